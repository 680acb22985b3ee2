"""``eenthuis targets options`` on the command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from eenthuis.cli.main import main

ASKED = ["targets", "options", "--half-year", "2025-I", "--expected", "15000", "--as-of", "2025-04-01"]


def test_the_lowering_of_2025_is_shown_beside_its_alternatives(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASKED, "--format", "csv"]) == 0
    rows = {row["way"]: row for row in csv.DictReader(capsys.readouterr().out.splitlines())}
    assert list(rows) == ["leave", "set-off", "announce", "excuse", "scenario"]
    assert rows["leave"]["number"] == "17700"
    assert rows["announce"]["number"] == "15000"
    assert rows["announce"]["standing"] == "no-ground-inside-the-half-year down-inside-is-practice"
    assert int(rows["leave"]["carried_out_backlog"]) > 2_500
    assert rows["announce"]["carried_out_backlog"] == "0"
    assert rows["excuse"]["could_climb"] == "0"


def test_each_municipality_with_its_own_figures(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "now.csv"
    file.write_text("code,carried_in,foreseen\nUtrecht,-20,200\nGM0363,300,\n", encoding="utf-8")
    assert main([*ASKED, "--progress", str(file), "--each", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    rows = {(row["way"], row["code"]): row for row in told["rows"]}
    assert len(rows) == 5 * 342
    assert rows["leave", "GM0344"]["foreseen"] == 200
    assert rows["leave", "GM0363"]["corrected"] > rows["announce", "GM0363"]["corrected"]
    assert rows["announce", "GM0344"]["gain"] > 0
    assert told["deviation"] == "-9/59"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("code,foreseen\nUtrecht,-1\n", ["INP-06", "row 2", "foreseen", "-1"]),
        ("code,carried_in\nUtrecht,veel\n", ["INP-01", "carried_in", "veel"]),
        ("code,foreseen\nNergenshuizen,3\n", ["REF-01", "Nergenshuizen"]),
        ("code,foreseen\nGM0344,3\nGM0344,4\n", ["INP-03"]),
        ("code,nationality\nGM0344,x\n", ["INP-02", "nationality"]),
    ],
)
def test_a_wrong_file_is_told_where(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: str, told: list[str]
) -> None:
    file = tmp_path / "now.csv"
    file.write_text(content, encoding="utf-8")
    assert main([*ASKED, "--progress", str(file)]) == 2
    said = capsys.readouterr().err
    assert all(part in said for part in told), said


def test_a_day_outside_the_half_year_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASKED[:-1], "2025-08-01", "--announced", "17700"]) == 2
    assert "outside 2025-I" in capsys.readouterr().err
