"""Weights of municipalities of a user's own, from a table, from SES-WOA scores, and from a scenario file."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest

from eenthuis import reference
from eenthuis.connect.scenario_files import read_scenario, scenario_from_text, scenario_text
from eenthuis.connect.weight_files import read_weights, weights_in
from eenthuis.law import law_book
from eenthuis.rules.reception import weight
from eenthuis.terms.errors import EenthuisError, InputError, InputErrors
from eenthuis.terms.places import MunicipalityCode

DAY = reference.reference_dates()[-1]
CODES = [str(one.code) for one in reference.municipalities(DAY)]
SCORES = (
    '"Perioden";"Wijken en buurten";"Regiocode (gemeente, wijk, buurt) (code)";'
    '"SES-WOA/Totaalscore/Gemiddelde score (Getal)"'
)


def table(folder: Path, weights: Mapping[str, str], header: str = "code,weight") -> Path:
    path = folder / "weights.csv"
    path.write_text(
        "\n".join([header, *(f"{code},{one}" for code, one in weights.items())]), encoding="utf-8"
    )
    return path


def wrong(path: Path) -> list[EenthuisError]:
    with pytest.raises(InputError) as met:
        read_weights(path)
    return list(met.value.errors) if isinstance(met.value, InputErrors) else [met.value]


def test_weights_are_read_in_thousandths(tmp_path: Path) -> None:
    read = read_weights(table(tmp_path, {"GM0363": "5.125", "GM0344": "2"}))
    assert read == {"GM0363": 5125, "GM0344": 2000}


def test_every_row_that_is_wrong_is_named_at_once(tmp_path: Path) -> None:
    met = wrong(table(tmp_path, {"GM0363": "1.0005", "GM0344": "-1", "GM0599": "veel"}))
    told = [(one.code, one.location and one.location.row, one.location and one.location.value) for one in met]
    assert told == [("INP-01", 2, "1.0005"), ("INP-06", 3, "-1"), ("INP-01", 4, "veel")]
    assert all(one.remedy for one in met)


def test_a_table_without_weights_says_which_column_it_lacks(tmp_path: Path) -> None:
    told = [str(one) for one in wrong(table(tmp_path, {"GM0363": "1"}, header="code,banen"))]
    assert any("weight" in one for one in told)
    assert any("banen" in one for one in told)


def test_scores_weigh_as_in_the_distribution_of_places() -> None:
    lines = [
        f'"{year}";"x";"{code}";"-0,{step:03d}"'
        for year, step in ((2021, 500), (2022, 250))
        for code in CODES
    ]
    read = weights_in("\n".join([SCORES, *lines]).encode(), name="cbs.csv")
    law, people = law_book().reception(DAY), reference.inhabitants(DAY).people
    one = MunicipalityCode("GM0363")
    exact = weight(score=Fraction(-1, 4), inhabitants=people[one], country=1, law=law)
    assert set(read) == set(CODES)
    assert read[one] == round(exact * 1000)


def test_a_scenario_leads_to_its_weights_and_is_written_with_them(tmp_path: Path) -> None:
    table(tmp_path, dict.fromkeys(CODES, "1.5"))
    file = tmp_path / "jobs.toml"
    file.write_text('weights = "weights.csv"\n[levers]\ndistribution_key = "own-weights"\n', encoding="utf-8")
    scenario = read_scenario(str(file))
    assert scenario.weights["GM0363"] == 1500  # type: ignore[index]
    again = scenario_from_text(scenario_text(scenario), name="again")
    assert dict(again.weights) == dict(scenario.weights)
    assert not again.differs_in(scenario)


@pytest.mark.parametrize("written", ["nan", "-1", "true", '"veel"', "1.0001", "1e12"])
def test_a_weight_in_a_scenario_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(InputError) as met:
        scenario_from_text(f"[weights]\nGM0363 = {written}\n", name="own")
    assert met.value.code in {"INP-01", "INP-06"}
    assert met.value.location is not None
