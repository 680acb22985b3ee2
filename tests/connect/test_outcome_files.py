"""Tables, models and cards of the chance of work as files: faults named, models that hold or are refused."""

from __future__ import annotations

import csv
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from eenthuis.connect import outcome_cards as cards
from eenthuis.connect.outcome_example import members_file, table_file, write_example
from eenthuis.connect.outcome_models import MODEL, model_document, read_model
from eenthuis.connect.outcome_tables import read_members, read_places, read_training
from eenthuis.connect.whole_files import write_whole
from eenthuis.matching.outcome.columns import coded
from eenthuis.matching.outcome.evidence import Split, Trained
from eenthuis.matching.outcome.invented import draw_adults, draw_table, draw_truth
from eenthuis.matching.outcome.measures import calibration, log_loss_saved, measured
from eenthuis.matching.outcome.model import Model, Variant, at_places, chances, chances_in, train
from eenthuis.matching.outcome.table import Table
from eenthuis.terms.errors import EenthuisError, InputError

HEAD = "household_id,place_id,worked,placed_on,region,place_jobs,years,craft\n"
GOOD = (
    HEAD + "h1,P,1,2021-01-31,R,1.0,12,care\nh1,P,0,2021-01-31,R,1.0,,office\nh2,Q,0,2022-03-01,R,0.8,3.5,\n"
)


@pytest.fixture(scope="module")
def table() -> Table:
    rng = np.random.default_rng(4)
    return draw_table(draw_truth(6, rng), 300, rng)[0]


@pytest.fixture(scope="module")
def model(table: Table) -> Model:
    return replace(train(table), slope=1.1, shift=-0.05)


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_is_read_as_it_stands(tmp_path: Path) -> None:
    read = read_training(written(tmp_path / "t.csv", GOOD), months=12)
    table = read.table
    assert (table.places, table.regions) == (("P", "Q"), ("R", "R"))
    assert table.household.tolist() == [1, 1, 2] or len(set(table.household[:2].tolist())) == 1
    assert table.worked.tolist() == [True, False, False]
    assert [column.name for column in table.people] == ["years", "craft"]
    assert np.array_equal(table.people[0].values, [12.0, np.nan, 3.5], equal_nan=True)
    assert table.people[1].values.tolist() == ["care", "office", ""]
    assert table.surroundings[0].values.tolist() == [1.0, 0.8]
    assert read.too_recent == 0


def test_who_was_placed_too_recently_is_left_out_and_counted(tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", GOOD)
    read = read_training(path, months=13, as_of=date(2022, 3, 1))
    assert (len(read.table.worked), read.too_recent) == (2, 1)
    with pytest.raises(InputError, match="nobody was placed 13 months"):
        read_training(path, months=13, as_of=date(2022, 2, 28))


def test_an_invented_table_comes_back_the_same(tmp_path: Path, table: Table) -> None:
    (tmp_path / "t.csv").write_bytes(table_file(table))
    back = read_training(tmp_path / "t.csv", months=12).table
    order = [back.places.index(place) for place in table.places]
    assert [order[place] for place in table.place] == back.place.tolist()
    assert back.worked.tolist() == table.worked.tolist()
    for column, other in zip(table.people, back.people, strict=True):
        same = np.array_equal(column.values, other.values, equal_nan=column.is_number)
        assert same, column.name


WRONG: dict[str, tuple[str, dict[str, Any]]] = {
    "row 2, column 'worked', value '2'": (GOOD.replace("h1,P,1", "h1,P,2"), {}),
    "row 3, column 'worked'": (GOOD.replace("h1,P,0", "h1,P,"), {}),
    "row 2, column 'placed_on', value '31-01-2021'": (GOOD.replace("P,1,2021-01-31", "P,1,31-01-2021"), {}),
    "the day of placing is missing (t.csv, row 4": (GOOD.replace("2022-03-01", ""), {}),
    "row 4, column 'household_id'": (GOOD.replace("h2", ""), {}),
    "row 4, column 'years', value '3,5'": (GOOD.replace("3.5", '"3,5"'), {}),
    "Write a decimal point: 3.5.": (GOOD.replace("3.5", '"3,5"'), {}),
    "row 4, column 'years', value 'about 3'": (GOOD.replace("3.5", "about 3"), {}),
    "place P has '1.0' in row 2 and '1.1' here (t.csv, row 3": (GOOD.replace("R,1.0,,", "R,1.1,,"), {}),
    "place P has 'R' in row 2 and 'S' here": (GOOD.replace("R,1.0,,", "S,1.0,,"), {}),
    "the column 'worked' is missing": (GOOD.replace("worked", "job"), {}),
    "'nationality' tells 'nationality', which may not count": (GOOD.replace("craft", "nationality"), {}),
    "'land_van_herkomst' tells 'land'": (GOOD.replace("craft", "land van herkomst"), {}),
    "'religion' tells 'religion'": (GOOD.replace("craft", "Religion"), {}),
    "'etniciteit' tells 'etniciteit'": (GOOD.replace("craft", "etniciteit"), {}),
    "'place_of_origin' tells 'origin'": (GOOD.replace("place_jobs", "place of origin"), {}),
    "'country_of_origin' tells 'country'": (
        GOOD.replace("craft", "country_of_origin"),
        {"named": ("country_of_origin",)},
    ),
    "'geslacht' tells sex, which counts only when you ask for it by name": (
        GOOD.replace("craft", "geslacht"),
        {},
    ),
    "ask for it: --with age": (GOOD.replace("years", "age"), {}),
    "column '--with', value 'sex'": (GOOD, {"named": ("sex",)}),
    "a column has no name": (GOOD.replace("place_jobs", ""), {}),
    "without the column 'placed_on'": (
        GOOD.replace("placed_on", "note"),
        {"as_of": date(2024, 1, 1)},
    ),
}


@pytest.mark.parametrize("says", WRONG)
def test_a_wrong_table_is_refused_by_row_column_and_value(tmp_path: Path, says: str) -> None:
    text, choices = WRONG[says]
    with pytest.raises(InputError) as refused:
        read_training(written(tmp_path / "t.csv", text), months=12, **choices)
    assert says in str(refused.value)


def test_sex_and_age_count_when_they_are_named(tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", GOOD.replace("years", "age"))
    assert [c.name for c in read_training(path, months=12, named=("age",)).table.people] == ["age", "craft"]


def test_a_person_who_stands_in_a_table_twice_is_refused(tmp_path: Path) -> None:
    text = GOOD.replace("years", "person_id").replace(",12,", ",a,").replace("1.0,,", "1.0,a,")
    with pytest.raises(InputError, match=r"INP-03.*row 2 as well.*row 3, column 'person_id', value 'a'"):
        read_training(written(tmp_path / "t.csv", text), months=12)


def test_members_are_read_in_order_of_the_instance(tmp_path: Path, model: Model) -> None:
    adults = draw_adults(20, np.random.default_rng(1))
    lines = members_file(adults).decode().splitlines()
    path = written(tmp_path / "m.csv", "\n".join([lines[0], *reversed(lines[1:])]) + "\n")
    members = read_members(path, model, [f"N{at + 1}" for at in range(20)])
    assert members.household.tolist() == adults.household.tolist()
    assert members.earner is not None
    assert int(members.earner.sum()) == 20
    assert members.age is not None
    assert sorted(members.age.tolist()) == sorted(adults.age.tolist())


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("N2,", "X2,", "LNK-01.*this household is not in the instance .*row"),
        ("craft", "beroep", "the column 'craft' is missing"),
        ("joined_later\n", "joined_later,religion\n", "'religion' tells 'religion'"),
        (",1,m,", ",j,m,", "neither 1 .yes. nor 0 .no. .*column 'earner', value 'j'"),
    ],
)
def test_wrong_members_are_refused(tmp_path: Path, model: Model, old: str, new: str, says: str) -> None:
    text = members_file(draw_adults(5, np.random.default_rng(3))).decode()
    if "religion" in new:
        text = text.replace("\n", ",x\n").replace("joined_later,x", "joined_later,religion")
    else:
        text = text.replace(old, new)
    with pytest.raises(InputError, match=says):
        read_members(written(tmp_path / "m.csv", text), model, [f"N{at + 1}" for at in range(5)])


def test_a_table_of_places_tells_every_place_of_the_instance(tmp_path: Path, model: Model) -> None:
    path = written(tmp_path / "p.csv", "place_id,region,place_jobs\nnew,R01,1.2\nP001,R01,\nother,,\n")
    regions, columns = read_places(path, model, ("P001", "new"))
    assert regions == ("R01", "R01")
    assert np.array_equal(columns[0].values, [np.nan, 1.2], equal_nan=True)
    with pytest.raises(InputError, match=r"INP-04.*the place P002 has no row"):
        read_places(path, model, ("P001", "P002"))


def test_a_model_comes_back_digit_for_digit(tmp_path: Path, model: Model, table: Table) -> None:
    write_whole(tmp_path / "model", {MODEL: cards.as_json(model_document(model, 12)).encode()})
    kept = read_model(tmp_path / "model")
    assert kept.months == 12
    assert chances_in(kept.model, table).tolist() == chances_in(model, table).tolist()
    assert model_document(kept.model, 12) == model_document(model, 12)


def _signed(document: dict[str, object]) -> dict[str, object]:
    """Return the document with a digest that fits it, as someone who tampers could make."""
    from eenthuis.connect.outcome_models import _digest

    return {**document, "digest": _digest(document)}


Change = Callable[[dict[str, object]], object]
BROKEN: dict[str, tuple[Change, str]] = {
    "a changed number": (lambda d: {**d, "intercept": 0.5}, "its digest does not hold"),
    "another form": (lambda d: {**d, "form": "other"}, "it is not a model of the form"),
    "a list": (lambda d: [d], "it is not a model of the form"),
    "too few terms": (
        lambda d: _signed({**d, "terms": {"people": [1.0]}}),
        "its parts do not fit each other",
    ),
    "terms of an unknown group": (
        lambda d: _signed({**d, "terms": {"luck": [1.0]}}),
        "do not fit each other",
    ),
    "no places": (lambda d: _signed({k: v for k, v in d.items() if k != "places"}), "do not fit each other"),
    "a text for a number": (lambda d: _signed({**d, "slope": "1"}), "a finite number was expected"),
    "months that are none": (lambda d: _signed({**d, "months": True}), "do not fit each other: months"),
    "a column without a range": (
        lambda d: _signed({**d, "people": [{"name": "x"}]}),
        "do not fit each other",
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_model_that_was_tampered_with_is_refused(tmp_path: Path, model: Model, what: str) -> None:
    change, says = BROKEN[what]
    changed = change(model_document(model, 12))
    written(tmp_path / MODEL, json.dumps(changed))
    with pytest.raises(EenthuisError, match=f"LNK-06.*{says}"):
        read_model(tmp_path)


@pytest.mark.parametrize(
    ("content", "code"), [(b"\x80\x04\x95pickle", "INP-05"), (b"{", "INP-05"), (b'{"a": NaN}', "INP-05")]
)
def test_what_is_not_json_is_no_model(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / MODEL).write_bytes(content)
    with pytest.raises(EenthuisError, match=code):
        read_model(tmp_path)


def test_no_model_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"INP-07.*there is no model here"):
        read_model(tmp_path)


@pytest.fixture(scope="module")
def evidence(table: Table, model: Model) -> Trained:
    rng = np.random.default_rng(0)
    found = {variant: chances_in(train(table, variant), table) for variant in Variant}
    measures = {variant: measured(table.worked, one, table.household, rng) for variant, one in found.items()}
    saved, on_share = (
        log_loss_saved(table.worked, found[Variant.POOLED], found[other], table.household, rng)
        for other in (Variant.PLAIN, Variant.SHARE)
    )
    split = Split("households", len(table.worked), measures, saved, on_share)
    return Trained(model, split, None, calibration(table.worked, found[Variant.POOLED]))


def test_the_card_says_on_what_it_was_trained_in_both_languages(evidence: Trained, table: Table) -> None:
    asked = cards.Training("people.csv", "abc", 12, date(2024, 6, 1), ("age",), 7, 1)
    files = cards.model_files(evidence, table, asked)
    card = json.loads(files["card.json"])
    assert card["table"]["people"] == len(table.worked)
    assert card["table"]["worked"] == int(table.worked.sum())
    assert card["table"]["left_out_as_too_recent"] == 7
    assert card["columns"]["sex_or_age_asked_for_by_name"] == ["age"]
    assert card["model_digest"] == json.loads(files[MODEL])["digest"]
    assert list(files)[-1] == MODEL
    text = files["card.md"].decode()
    for sentence in (
        f"Getraind op `people.csv`: {len(table.worked)} mensen uit {len(np.unique(table.household))} huishoudens",
        f"Trained on `people.csv`: {len(table.worked)} people",
        "Geslacht of leeftijd telt mee, omdat daar om gevraagd is: `age` (age).",
        "| households | plain-logistic |",
        "Een mens beslist. Deze kans staat standaard uit.",
    ):
        assert sentence in text


def test_the_plot_stands_on_its_own_and_shows_what_its_table_holds(evidence: Trained) -> None:
    drawn = ET.fromstring(cards.calibration_plot(evidence.bins, 12))  # noqa: S314 - our own text
    space = "{http://www.w3.org/2000/svg}"
    assert len(drawn.findall(f"{space}circle")) == len(evidence.bins)
    assert "Kans op werk binnen 12 maanden" in (drawn.findtext(f"{space}title") or "")
    assert "class" not in drawn.find(f"{space}circle").attrib  # type: ignore[union-attr]
    rows = list(csv.DictReader(cards.calibration_table(evidence.bins).splitlines()))
    assert [int(row["people"]) for row in rows] == [one.people for one in evidence.bins]


def test_the_terms_of_a_model_can_be_added_up_by_hand(model: Model, table: Table) -> None:
    rows = list(csv.DictReader(cards.terms_table(model).splitlines()))
    terms = {(row["group"], row["of"], row["at"]): float(row["term"]) for row in rows}
    own = coded(model.people, table.people, len(table.worked))[:1]
    around = coded(model.surroundings, table.surroundings, len(table.places))[2]
    names = [name for coding in model.people for name in coding.terms]
    place, region = table.places[2], table.regions[2]
    odds = terms["intercept", "", ""] + terms["region", "", region] + terms["place", "", place]
    odds += around[0] * terms["surroundings", "place_jobs", ""]
    for name, value in zip(names, own[0], strict=True):
        each = terms["people", name, ""] + terms["people x region", name, region]
        each += terms["people x place", name, place]
        each += around[0] * terms["people x surroundings", name, "place_jobs"]
        odds += value * each
    by_hand = 1 / (1 + np.exp(-(model.slope * odds + model.shift)))
    assert chances(model, own, at_places(model, (place,)))[0, 0] == pytest.approx(by_hand)


def test_the_example_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        write_example(tmp_path / name, seed=seed)
    one, same, other = ((tmp_path / name / "table.csv").read_bytes() for name in "abc")
    assert one == same != other
    assert (tmp_path / "a" / "instance" / "scores.npy").exists()


def test_files_are_written_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "b").mkdir()
    with pytest.raises(InputError, match="INP-07"):
        write_whole(tmp_path / "missing" / "below", {"a": b"1"})
    with pytest.raises(InputError, match="INP-07"):
        write_whole(tmp_path / "there", {"b": b"1"})
    assert sorted(path.name for path in (tmp_path / "there").iterdir()) == ["b"]
