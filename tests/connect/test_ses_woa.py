"""SES-WOA scores out of CBS open data, in both shapes, and everything that may be wrong with it.

The lines are invented in the shapes of StatLine table 85163NED; no file of CBS is stored.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from eenthuis import reference
from eenthuis.connect.ses_woa import read_ses_woa
from eenthuis.terms.errors import EenthuisError, InputErrors
from eenthuis.terms.places import MunicipalityCode

DAY = date(2024, 1, 1)
CODES = [str(m.code) for m in reference.municipalities(DAY)]
SCORES = {code: f"-0,{number:03d}" for number, code in enumerate(CODES)}
HEADER = (
    '"Perioden";"Wijken en buurten";"Regiocode (gemeente, wijk, buurt) (code)";'
    '"SES-WOA/Totaalscore/Gemiddelde score (Getal)";'
    '"SES-WOA/Deelscore opleidingsniveau/Gemiddelde score (Getal)"'
)


def csv_file(tmp_path: Path, scores: Mapping[str, str], *more: str, header: str = HEADER) -> Path:
    lines = [
        f'"2022";"{reference.municipality(code).name}";"{code}";"{score}";"0,999"'
        for code, score in scores.items()
    ]
    path = tmp_path / "SES_WOA_scores_per_wijk_en_buurt.csv"
    path.write_text("\n".join(['"SES-WOA"', header, *lines, *more, '"Bron: CBS"']), encoding="utf-8-sig")
    return path


def json_file(tmp_path: Path, rows: list[dict[str, object]], **beside: str) -> Path:
    path = tmp_path / "cbs.json"
    path.write_text(json.dumps({"value": rows, **beside}), encoding="utf-8")
    return path


def odata(scores: Mapping[str, str]) -> list[dict[str, object]]:
    return [
        {
            "ID": number,
            "WijkenEnBuurten": f"{code}    ",
            "Perioden": "2022JJ00",
            "GemiddeldeScore_29": float(score.replace(",", ".")),
            "GemiddeldeScore_35": 0.999,
        }
        for number, (code, score) in enumerate(scores.items())
    ]


def refused(path: Path, period: int = 2022, on: date = DAY) -> str:
    with pytest.raises(EenthuisError) as wrong:
        read_ses_woa(path, period=period, on=on)
    return str(wrong.value)


def test_both_shapes_give_the_total_score_exactly(tmp_path: Path) -> None:
    expected = {MunicipalityCode(code): Fraction(one.replace(",", ".")) for code, one in SCORES.items()}
    for path in (csv_file(tmp_path, SCORES), json_file(tmp_path, odata(SCORES))):
        found = read_ses_woa(path, period=2022, on=DAY)
        assert found.scores.scores == expected
        assert found.scores.source == f"CBS, SES-WOA of 2022, {path.name}"
        assert not found.scores.is_invented


def test_other_regions_years_and_ended_municipalities_are_left_out_and_told(tmp_path: Path) -> None:
    more = (
        '"2022";"Nederland";"NL00";"0,000";"0,1"',
        '"2022";"Centrum";"WK034400";"0,5";"0,1"',
        '"2022";"Appingedam";"GM0003";".";"."',
        '"2021";"Utrecht";"GM0344";"0,9";"0,1"',
    )
    found = read_ses_woa(csv_file(tmp_path, SCORES, *more), period=2022, on=DAY)
    assert (found.other_regions, found.left_out) == (2, ("GM0003",))
    assert found.scores.scores[MunicipalityCode("GM0344")] == Fraction(SCORES["GM0344"].replace(",", "."))


def test_every_municipality_without_a_score_is_named(tmp_path: Path) -> None:
    few = {code: score for code, score in SCORES.items() if code not in {"GM0344", "GM0363"}}
    said = refused(csv_file(tmp_path, few))
    assert "INP-04" in said
    assert "Utrecht (GM0344), Amsterdam (GM0363)" in said


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ('"2022";"Utrecht";"GM0344";"1";"1"', "INP-03.*GM0344 stands in the file again"),
        ('"2022";"Ergens";"ZZ12";"1";"1"', "INP-01.*'ZZ12' is not recognised as a region"),
        ('"2022";"Utrecht";"GM344";"1";"1"', "INP-01.*'GM344' is not recognised as a region"),
    ],
)
def test_lines_that_do_not_fit_are_refused(tmp_path: Path, line: str, wrong: str) -> None:
    with pytest.raises(InputErrors, match=wrong):
        read_ses_woa(csv_file(tmp_path, SCORES, line), period=2022, on=DAY)


@pytest.mark.parametrize(("score", "wrong"), [(".", "INP-04"), ("1e5", "INP-01"), ("1.234,5", "INP-01")])
def test_scores_that_cannot_be_read_are_refused_with_their_row(
    tmp_path: Path, score: str, wrong: str
) -> None:
    said = refused(csv_file(tmp_path, {**SCORES, "GM0344": score}))
    assert wrong in said
    assert "row " in said


def test_a_table_without_the_total_score_names_the_columns_it_has(tmp_path: Path) -> None:
    header = HEADER.replace("Totaalscore/Gemiddelde", "Deelscore arbeidsverleden/Gemiddelde")
    said = refused(csv_file(tmp_path, SCORES, header=header))
    assert "not recognised as a table of SES-WOA scores" in said
    assert "seswoadeelscorearbeidsverledengemiddeldescore" in said
    rows = [
        {name: cell for name, cell in row.items() if name != "GemiddeldeScore_29"} for row in odata(SCORES)
    ]
    said = refused(json_file(tmp_path, rows))
    assert "its columns are GemiddeldeScore_35, ID, Perioden, WijkenEnBuurten" in said


def test_another_year_more_pages_and_no_table_are_refused(tmp_path: Path) -> None:
    assert "no lines for 2019; it has 2022" in refused(csv_file(tmp_path, SCORES), period=2019)
    assert "more pages" in refused(json_file(tmp_path, odata(SCORES), **{"odata.nextLink": "more"}))
    assert "not recognised" in refused(json_file(tmp_path, []))
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    assert "INP-01" in refused(broken)
    assert "INP-07" in refused(tmp_path / "nothing.csv")
