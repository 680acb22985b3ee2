"""``eenthuis link explain`` and ``eenthuis link reconsider``: rows, files, exit codes and refusals."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from eenthuis.cli.main import main

Printed = pytest.CaptureFixture[str]

HOUSEHOLDS = "household_id,persons,use_homes\na,2,1\nb,2,1\nc,6,1\n"
PLACES = "place_id,cap_persons,cap_homes\nx,3,2\ny,2,\n"
PAIRS = "household_id,place_id,score,allowed\na,x,2,1\na,y,1,1\nb,x,1.5,1\nb,y,1,1\nc,x,9,1\n"


@pytest.fixture
def solved(tmp_path: Path, capsys: Printed) -> Path:
    folder = tmp_path / "instance"
    folder.mkdir()
    for name, text in {"households": HOUSEHOLDS, "places": PLACES, "pairs": PAIRS}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    out, certificate = tmp_path / "proposal.csv", tmp_path / "certificate.json"
    assert main(["link", "solve", str(folder), "--out", str(out), "--certificate", str(certificate)]) == 0
    capsys.readouterr()
    return tmp_path


def given(at: Path) -> list[str]:
    return [str(at / "instance"), str(at / "proposal.csv"), str(at / "certificate.json")]


def reconsider(at: Path, overrides: str, *more: str) -> int:
    (at / "overrides.csv").write_text("kind,household_id,place_id,reason\n" + overrides, encoding="utf-8")
    out = ["--out", str(at / "new.csv"), "--certificate", str(at / "new.json")]
    return main(["link", "reconsider", *given(at), "--overrides", str(at / "overrides.csv"), *out, *more])


def rows(capsys: Printed) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def test_a_household_is_explained_in_rows(solved: Path, capsys: Printed) -> None:
    assert main(["link", "explain", *given(solved), "--household", "b", "--format", "csv"]) == 0
    found = rows(capsys)
    assert (found[0]["about"], found[0]["code"], found[0]["place_id"]) == (
        "place",
        "linked:room-elsewhere-dearer",
        "y",
    )
    flips = {row["code"]: row for row in found if row["about"] == "flip"}
    assert (flips["room"]["place_id"], flips["room"]["use"], flips["room"]["amount"]) == ("x", "persons", "1")
    assert flips["fewer"]["other_households"] == "a"
    other = next(row for row in found if row["about"] == "other")
    assert (other["code"], other["place_id"], other["cost"], other["other_households"]) == (
        "re-solved",
        "x",
        "0.5",
        "a",
    )


def test_json_holds_everything_in_numbers(solved: Path, capsys: Printed) -> None:
    assert main(["link", "explain", *given(solved), "--household", "b", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["code"] == "linked:room-elsewhere-dearer"
    assert document["others"][0]["displaced"][0] == {
        "household": "a",
        "persons": 2,
        "before": "x",
        "after": "y",
    }
    assert isinstance(document["others"][0]["cost"], float)


def test_a_place_says_who_goes_there_and_who_came_next(solved: Path, capsys: Printed) -> None:
    assert main(["link", "explain", *given(solved), "--place", "x", "--format", "csv"]) == 0
    found = {(row["about"], row["household_id"]): row for row in rows(capsys)}
    assert ("linked", "a") in found
    assert found["next", "b"]["use"] == "persons"


def test_everybody_without_a_place_is_explained(solved: Path, capsys: Printed) -> None:
    assert main(["link", "explain", *given(solved), "--unlinked", "--format", "csv"]) == 0
    found = rows(capsys)
    assert {row["household_id"] for row in found} == {"c"}
    assert found[0]["code"] == "not-linked:too-large"
    assert any(row["about"] == "flip" and row["amount"] == "3" for row in found)
    assert main(["link", "explain", *given(solved), "--unlinked", "--format", "table"]) == 0
    assert "not-linked:too-large" in capsys.readouterr().out


@pytest.mark.parametrize(("option", "file"), [("--household", "households.csv"), ("--place", "places.csv")])
def test_an_unknown_name_is_bad_input(solved: Path, capsys: Printed, option: str, file: str) -> None:
    assert main(["link", "explain", *given(solved), option, "nobody"]) == 2
    told = capsys.readouterr().err
    assert "INP-04" in told
    assert file in told


def test_a_pin_is_followed_and_its_certificate_can_be_checked(solved: Path, capsys: Printed) -> None:
    assert reconsider(solved, "pin,b,x,her sister lives there\n", "--format", "csv") == 0
    assert {row["household_id"]: row["after"] for row in rows(capsys)} == {"a": "y", "b": "x"}
    assert (solved / "new.csv").read_text(encoding="utf-8").splitlines()[1:3] == [
        "a,y,linked:room-elsewhere-dearer",
        "b,x,linked:only-place",
    ]
    stated = json.loads((solved / "new.json").read_text(encoding="utf-8"))
    assert stated["overrides"][0]["reason"] == "her sister lives there"
    new = [str(solved / "new.csv"), str(solved / "new.json")]
    assert main(["link", "check", str(solved / "instance"), *new]) == 0
    stated["overrides"][0]["place"] = "y"
    (solved / "new.json").write_text(json.dumps(stated), encoding="utf-8")
    assert main(["link", "check", str(solved / "instance"), *new]) == 1


def test_a_least_gain_stays_in_the_certificate_and_who_falls_short_is_named(
    solved: Path, capsys: Printed
) -> None:
    stated = json.loads((solved / "certificate.json").read_text(encoding="utf-8"))
    floor = {"characteristic": "size", "label": "2", "households": ["a"], "multiplier": 0.0}
    stated["floors"] = [{**floor, "asked": 2.0, "least": 2.0, "reached": 2.0}]
    (solved / "certificate.json").write_text(json.dumps(stated), encoding="utf-8")
    assert reconsider(solved, "pin,b,x,her sister lives there\n", "--format", "json") == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["floors_missed"] == ["size 2"]
    assert "least gain no longer reached for size 2" in printed.err
    (kept,) = json.loads((solved / "new.json").read_text(encoding="utf-8"))["floors"]
    assert (kept["asked"], kept["least"], kept["reached"]) == (2.0, 1.0, 1.0)
    new = [str(solved / "new.csv"), str(solved / "new.json")]
    assert main(["link", "check", str(solved / "instance"), *new]) == 0
    del stated["floors"][0]["least"]
    (solved / "certificate.json").write_text(json.dumps(stated), encoding="utf-8")
    assert reconsider(solved, "pin,b,x,again\n") == 2
    assert "LNK-02" in capsys.readouterr().err


def test_earlier_overrides_count_until_they_are_released(solved: Path, capsys: Printed) -> None:
    assert reconsider(solved, "pin,b,x,asked\n") == 0
    for name in ("csv", "json"):
        kind = {"csv": "proposal.csv", "json": "certificate.json"}[name]
        (solved / kind).write_bytes((solved / f"new.{name}").read_bytes())
    assert reconsider(solved, "forbid,c,x,ill\n", "--format", "json") == 0
    assert len(json.loads((solved / "new.json").read_text(encoding="utf-8"))["overrides"]) == 2
    capsys.readouterr()
    assert main(["link", "explain", *given(solved), "--household", "b"]) == 0
    assert "linked:only-place" in capsys.readouterr().out
    assert reconsider(solved, "release,b,,no longer asked\n", "--format", "json") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["score"] == 0.5
    assert document["people_moved"] == 4


def test_the_same_list_gives_the_same_files(solved: Path) -> None:
    log = "pin,b,x,asked\nforbid,a,y,asked\nrelease,a,,mistake\n"
    made = []
    for _ in range(2):
        assert reconsider(solved, log) == 0
        made.append((solved / "new.csv").read_bytes())
    assert made[0] == made[1]


def test_what_cannot_hold_together_ends_with_one_and_writes_nothing(solved: Path, capsys: Printed) -> None:
    assert reconsider(solved, "pin,a,x,asked\npin,b,x,asked\n", "--format", "csv") == 1
    printed = capsys.readouterr()
    found = list(csv.DictReader(io.StringIO(printed.out)))
    assert {(row["about"], row["kind"]) for row in found} == {
        ("wish", "pin"),
        ("wish", "cap"),
        ("repair", "raise-cap"),
        ("repair", "drop-pin"),
    }
    assert "LNK-03" in printed.err
    assert "Let x hold 1 more of persons." in printed.err
    assert not (solved / "new.csv").exists()
    assert reconsider(solved, "pin,a,x,asked\npin,b,x,asked\n", "--format", "json") == 1
    assert json.loads(capsys.readouterr().out)["conflicts"][0]["repairs"][0]["amount"] == 1.0


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        ("keep,a,x,asked", "INP-01", "kind"),
        ("pin,nobody,x,asked", "LNK-01", "household_id"),
        ("pin,a,nowhere,asked", "LNK-01", "place_id"),
        ("pin,a,x,", "INP-04", "reason"),
    ],
)
def test_bad_overrides_are_named_by_row_and_column(
    solved: Path, capsys: Printed, line: str, code: str, column: str
) -> None:
    assert reconsider(solved, f"{line}\n") == 2
    told = capsys.readouterr().err
    assert code in told
    assert "row 2" in told
    assert f"column '{column}'" in told
    assert not (solved / "new.csv").exists()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"objective": 1.0}, "objective"),
        ({"prices": {}}, "price"),
        ({"overrides": [{"kind": "keep"}]}, "override"),
    ],
)
def test_a_certificate_of_something_else_is_refused(
    solved: Path, capsys: Printed, change: dict[str, object], told: str
) -> None:
    path = solved / "certificate.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**document, **change}), encoding="utf-8")
    assert reconsider(solved, "pin,a,x,asked\n") == 2
    printed = capsys.readouterr().err
    assert "LNK-02" in printed
    assert told in printed
