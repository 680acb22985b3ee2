"""``eenthuis link audit``, ``link solve --least-gain`` and the files beside an instance, from the outside."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from eenthuis.cli.main import main

Printed = pytest.CaptureFixture[str]
SCORES = {"a": (0.9, 0.2), "b": (0.8, 0.7), "c": (0.4, 0.1), "d": (0.3, 0.25)}
PERSONS = {"a": 1, "b": 1, "c": 4, "d": 4}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "instance"
    made.mkdir()
    rows = [f"{name},{persons},{at}" for at, (name, persons) in enumerate(PERSONS.items())]
    (made / "households.csv").write_text(
        "household_id,persons,order\n" + "\n".join(rows) + "\n", encoding="utf-8"
    )
    (made / "places.csv").write_text("place_id,cap_persons\nx,5\ny,5\n", encoding="utf-8")
    pairs = [
        f"{name},{place},{score},1"
        for name in SCORES
        for place, score in zip("xy", SCORES[name], strict=True)
    ]
    (made / "pairs.csv").write_text(
        "household_id,place_id,score,allowed\n" + "\n".join(pairs) + "\n", encoding="utf-8"
    )
    return made


def solve(folder: Path, *more: str) -> int:
    out, proof = folder.parent / "proposal.csv", folder.parent / "certificate.json"
    return main(["link", "solve", str(folder), "--out", str(out), "--certificate", str(proof), *more])


def certificate(folder: Path) -> dict[str, object]:
    found = json.loads((folder.parent / "certificate.json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def test_the_certificate_holds_the_audit_with_every_way_and_group(folder: Path, capsys: Printed) -> None:
    (folder / "characteristics.csv").write_text(
        "household_id,reception\na,north\nb,south\nc,north\n", encoding="utf-8"
    )
    (folder / "preferences.csv").write_text(
        "household_id,place_id,rank\na,x,1\nb,y,1\nb,x,2\n", encoding="utf-8"
    )
    assert solve(folder) == 0
    audit = certificate(folder)["audit"]
    assert isinstance(audit, dict)
    ways = {way["name"]: way for way in audit["ways"]}
    assert list(ways) == ["proposal", "first-come", "greedy", "most-room", "random", "persons-flow"]
    assert ways["proposal"]["score"] == pytest.approx(0.9 + 0.7 + 0.4 + 0.25)
    assert {(group["characteristic"], group["label"]) for group in audit["groups"]} == {
        ("size", "1"),
        ("size", "3-4"),
        ("reception", "north"),
        ("reception", "south"),
    }
    assert audit["preferences"] == {
        "asked": 2,
        "first_choice": 2,
        "among_first": 2,
        "named_place": 2,
        "mean_rank": 1.0,
        "envy": 0,
        "justified_envy": 0,
    }
    capsys.readouterr()
    assert main(["link", "audit", str(folder), str(folder.parent / "proposal.csv"), "--format", "json"]) == 0
    assert {key: value for key, value in json.loads(capsys.readouterr().out).items() if key in audit} == audit


def test_a_proposal_by_hand_is_audited_too(folder: Path, capsys: Printed) -> None:
    hand = folder.parent / "hand.csv"
    hand.write_text("household_id,place_id\na,y\nc,x\n", encoding="utf-8")
    assert main(["link", "audit", str(folder), str(hand), "--format", "csv"]) == 0
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    assert rows["proposal"]["persons_linked"] == "5.0"
    assert rows["proposal"]["score"] == "0.6"
    assert rows["3-4"]["linked"] == "1"


def test_a_least_gain_lifts_the_group_that_gains_least_and_tells_its_price(
    folder: Path, capsys: Printed
) -> None:
    assert (
        solve(folder, "--goal", "score", "--least-gain", "1.05", "--groups", "size", "--format", "json") == 0
    )
    (told,) = json.loads(capsys.readouterr().out)["rows"]
    assert float(told["price_of_floors"]) >= 0
    floors = certificate(folder)["floors"]
    assert isinstance(floors, list)
    assert [floor["label"] for floor in floors] == ["1", "3-4"]
    assert all(floor["reached"] >= floor["least"] - 1e-9 for floor in floors)
    files = [str(folder), str(folder.parent / "proposal.csv"), str(folder.parent / "certificate.json")]
    assert main(["link", "check", *files]) == 0


def test_a_floor_out_of_reach_is_told_and_still_proven(folder: Path, capsys: Printed) -> None:
    assert solve(folder, "--goal", "score", "--least-gain", "9") == 0
    assert "out of reach" in capsys.readouterr().err
    floors = certificate(folder)["floors"]
    assert isinstance(floors, list)
    assert all(floor["least"] < floor["asked"] for floor in floors)
    files = [str(folder), str(folder.parent / "proposal.csv"), str(folder.parent / "certificate.json")]
    assert main(["link", "check", *files]) == 0


BAD: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "nationality": ("characteristics.csv", "household_id,nationality\na,x\n", ("INP-02", "nationality")),
    "religion in Dutch": ("characteristics.csv", "household_id,geloof\na,x\n", ("INP-02", "geloof")),
    "country of origin": ("characteristics.csv", "household_id,landVanHerkomst\na,x\n", ("INP-02", "land")),
    "a household nobody knows": (
        "characteristics.csv",
        "household_id,region\nz,x\n",
        ("LNK-01", "row 2", "z"),
    ),
    "a household twice": ("characteristics.csv", "household_id,region\na,x\na,y\n", ("INP-03", "row 3")),
    "counted already": ("characteristics.csv", "household_id,size\na,x\n", ("INP-03", "size")),
    "no household column": ("characteristics.csv", "region\nx\n", ("INP-02", "household_id")),
    "a place nobody knows": ("preferences.csv", "household_id,place_id,rank\na,q,1\n", ("LNK-01", "q")),
    "a rank of 0": ("preferences.csv", "household_id,place_id,rank\na,x,0\n", ("INP-06", "rank")),
    "a rank that is no number": (
        "preferences.csv",
        "household_id,place_id,rank\na,x,best\n",
        ("INP-01", "best"),
    ),
    "a rank twice": ("preferences.csv", "household_id,place_id,rank\na,x,1\na,y,1\n", ("INP-03", "row 3")),
    "a place twice": ("preferences.csv", "household_id,place_id,rank\na,x,1\na,x,2\n", ("INP-03", "row 3")),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_refused_before_anything_is_solved(folder: Path, capsys: Printed, name: str) -> None:
    file, text, named = BAD[name]
    (folder / file).write_text(text, encoding="utf-8")
    assert solve(folder) == 2
    told = capsys.readouterr().err
    assert all(part in told for part in (file, *named))
    assert "Traceback" not in told
    assert not (folder.parent / "proposal.csv").exists()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--least-gain", "-1"), "INP-06"),
        (("--least-gain", "much"), "INP-06"),
        (("--least-gain", "1.1", "--groups", "shoe"), "INP-02"),
        (("--groups", "size"), "INP-02"),
    ],
)
def test_bad_wishes_are_refused(folder: Path, capsys: Printed, more: tuple[str, ...], code: str) -> None:
    assert solve(folder, *more) == 2
    assert code in capsys.readouterr().err
