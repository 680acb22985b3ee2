"""``eenthuis receipt verify`` from the outside: same, or what differs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eenthuis import reference
from eenthuis.cli.main import main
from eenthuis.terms.half_year import HalfYear

Printed = pytest.CaptureFixture[str]


@pytest.fixture
def computed(capsys: Printed) -> dict[str, Any]:
    assert main(["targets", "compute", "--half-year", "2023-I", "--format", "json"]) == 0
    read: dict[str, Any] = json.loads(capsys.readouterr().out)
    return read


def saved(path: Path, document: object) -> str:
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


def test_the_json_that_holds_a_receipt_and_the_receipt_alone_are_the_same(
    computed: dict[str, Any], capsys: Printed, tmp_path: Path
) -> None:
    number = computed["receipt_number"]
    for document in (computed, computed["receipt"]):
        assert main(["receipt", "verify", saved(tmp_path / "t.json", document)]) == 0
        assert capsys.readouterr().out == f"same: targets.compute, receipt {number}\n"


def test_corrected_targets_recompute(capsys: Printed, tmp_path: Path) -> None:
    realised = tmp_path / "realised.csv"
    lines = [
        f"{m.code},{half_year},30"
        for half_year in (HalfYear(2022, 1), HalfYear(2022, 2))
        for m in reference.municipalities(half_year.first_day)
    ]
    realised.write_text("\n".join(["code,half_year,realised", *lines]), encoding="utf-8")
    asked = ["--half-year", "2023-I", "--realised", str(realised), "--format", "json"]
    assert main(["targets", "correct", *asked]) == 0
    document = json.loads(capsys.readouterr().out)
    assert main(["receipt", "verify", saved(tmp_path / "c.json", document)]) == 0
    document["rows"][3]["corrected_target"] += 1
    assert main(["receipt", "verify", saved(tmp_path / "c.json", document)]) == 1
    assert "corrected_target: computed again" in capsys.readouterr().out


def test_what_was_changed_is_named(computed: dict[str, Any], capsys: Printed, tmp_path: Path) -> None:
    computed["rows"][0]["net_target"] += 1
    computed["total"] += 1
    computed["receipt"]["inputs"]["inhabitants"]["GM0344"] -= 1000
    assert main(["receipt", "verify", saved(tmp_path / "t.json", computed)]) == 1
    out = capsys.readouterr().out
    assert out.startswith("different: targets.compute, receipt ")
    for part in ["the inputs have digest", "GM0014 net_target", "GM0344 net_target", "total: computed again"]:
        assert part in out


def test_inputs_that_do_not_compute_at_all_are_a_difference(
    computed: dict[str, Any], capsys: Printed, tmp_path: Path
) -> None:
    computed["receipt"]["inputs"]["inhabitants"]["GM0344"] += 1000
    assert main(["receipt", "verify", saved(tmp_path / "t.json", computed)]) == 1
    out = capsys.readouterr().out
    assert "the inputs do not compute" in out
    assert "stands only in the rows" not in out


@pytest.mark.parametrize(("ends", "result"), [(0, "same"), (1, "different")])
def test_csv_and_json(
    ends: int, result: str, computed: dict[str, Any], capsys: Printed, tmp_path: Path
) -> None:
    computed["total"] += ends
    file = saved(tmp_path / "t.json", computed)
    assert main(["receipt", "verify", file, "--format", "csv"]) == ends
    header, line = capsys.readouterr().out.splitlines()
    assert header == "result,receipt,difference"
    assert line.startswith(f"{result},{computed['receipt_number']},")
    assert main(["receipt", "verify", file, "--format", "json"]) == ends
    read = json.loads(capsys.readouterr().out)
    assert (read["same"], read["law_since"]) == (not ends, [])


def test_what_the_law_book_says_by_now_is_a_note(
    computed: dict[str, Any], capsys: Printed, tmp_path: Path
) -> None:
    for citation in computed["receipt"]["citations"]:
        if citation["key"] == "targets.notice_weeks":
            citation["value"] = "12"
    assert main(["receipt", "verify", saved(tmp_path / "t.json", computed)]) == 0
    assert "note: today's law book has targets.notice_weeks" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", ["INP-01", "row 1", "not JSON"]),
        ("[" * 100_000, ["INP-01", "not JSON"]),
        ("[1, 2]", ["INP-01", "not a receipt"]),
        ("{}", ["INP-01", "not a receipt"]),
        ('{"receipt": {"action": "x"}}', ["INP-01", "not a receipt"]),
    ],
)
def test_what_is_no_receipt_is_refused(text: str, said: list[str], capsys: Printed, tmp_path: Path) -> None:
    file = tmp_path / "t.json"
    file.write_text(text, encoding="utf-8")
    assert main(["receipt", "verify", str(file)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    for part in said:
        assert part in err


def test_a_missing_file_is_refused(capsys: Printed) -> None:
    assert main(["receipt", "verify", "nowhere.json"]) == 2
    assert capsys.readouterr().err.startswith("INP-07")
