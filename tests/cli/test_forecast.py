"""``eenthuis forecast`` from the outside."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from eenthuis.cli.main import main

Printed = pytest.CaptureFixture[str]


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_a_backtest_writes_scores_forecasts_report_and_charts(tmp_path: Path, capsys: Printed) -> None:
    out = tmp_path / "out"
    asked = ["forecast", "backtest", "--out", str(out), "--horizon", "2", "--from", "2020-I"]
    assert main([*asked, "--format", "csv"]) == 0
    printed = capsys.readouterr()
    assert printed.out == (out / "scores.csv").read_text(encoding="utf-8")
    scores = list(csv.DictReader(io.StringIO(printed.out)))
    assert {(row["series"], row["horizon"]) for row in scores} >= {
        ("first-requests", "1"),
        ("national-number", "2"),
    }
    assert {row["horizon"] for row in scores} == {"1", "2"}
    assert "Scores shown to be better" in printed.err
    forecasts = rows_of(out / "forecasts.csv")
    assert min(row["origin"] for row in forecasts) == "2020-01-31"
    assert all(float(row["q05"]) <= float(row["q50"]) <= float(row["q95"]) for row in forecasts)
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert (summary["from"], summary["horizon"], summary["seed"]) == ("2020-I", 2, 1)
    assert summary["series"]["waiting"]["figures"] == 9
    drawn = ET.fromstring((out / "first-requests.svg").read_text(encoding="utf-8"))  # noqa: S314 - our own file
    shown = rows_of(out / "first-requests.csv")
    circles = [part for part in drawn.iter() if part.tag.endswith("circle")]
    assert len(circles) == len(shown) == 12
    report = (out / "report.md").read_text(encoding="utf-8")
    assert report.index("# Hoe goed zijn de prognoses?") < report.index("# How good are the forecasts?")
    assert "Geen enkel model is aantoonbaar beter" in report


def test_a_forecast_stands_beside_the_announced_number(capsys: Printed) -> None:
    assert (
        main(["forecast", "next", "--as-of", "2022-10-15", "--model", "same-as-last", "--format", "json"])
        == 0
    )
    printed = capsys.readouterr()
    document = json.loads(printed.out)
    national = [row for row in document["rows"] if row["series"] == "national-number"]
    assert [row["half_year"] for row in national] == ["2023-I", "2023-II", "2024-I", "2024-II"]
    assert (national[0]["official"], national[0]["announced_on"]) == (21_200, "2022-09-30")
    assert [row["official"] for row in national[1:]] == ["", "", ""]
    assert all(row["q05"] <= row["q50"] <= row["q95"] for row in document["rows"])
    assert document["notes"] == ["waiting: the last figure known is of 2020-I, too long before 2022-10-15"]
    assert "never instead of it" in printed.err


def test_the_combination_of_the_next_half_years_learns_from_the_record(capsys: Printed) -> None:
    made = {}
    for model in ("combined-by-record", "combined-equally"):
        asked = ["forecast", "next", "--as-of", "2019-02-01", "--model", model, "--format", "json"]
        assert main(asked) == 0
        rows = json.loads(capsys.readouterr().out)["rows"]
        assert {row["model"] for row in rows} == {model}
        made[model] = [(row["series"], row["half_year"], row["last_known"]) for row in rows]
    assert made["combined-by-record"] == made["combined-equally"]
    assert ("first-requests", "2019-I", "2018-II") in made["combined-by-record"]


def test_a_model_that_cannot_forecast_says_so(capsys: Printed) -> None:
    asked = ["forecast", "next", "--as-of", "2019-02-01", "--model", "smoothing", "--format", "csv"]
    assert main(asked) == 0
    printed = capsys.readouterr()
    assert "national-number: smoothing did not forecast: no months are published" in printed.err
    assert {row["series"] for row in csv.DictReader(io.StringIO(printed.out))} == {
        "first-requests",
        "joining-relatives",
    }


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["backtest", "--out", "OUT", "--horizon", "5"], "Give 1 to 4 half-years ahead"),
        (["backtest", "--out", "OUT", "--horizon", "two"], "must be a whole number"),
        (["backtest", "--out", "OUT", "--from", "2018"], "not a half-year"),
        (["backtest", "--out", "OUT", "--from", "2027-I"], "history ends in 2026-I"),
        (["backtest", "--out", "OUT/deeper", "--seed", "1"], "Make the folder first"),
        (["backtest", "--out", "OUT", "--seed", "-1"], "0 or more"),
        (["next", "--as-of", "yesterday"], "Write the day as"),
        (["next", "--as-of", "2014-01-01"], "nothing was known on 2014-01-01"),
        (["next", "--as-of", "2050-01-01"], "too long before 2050-01-01"),
        (["next", "--as-of", "2024-01-01", "--model", "oracle"], "Give one of same-as-last,"),
    ],
)
def test_bad_input_names_its_remedy_and_writes_nothing(
    arguments: list[str], told: str, tmp_path: Path, capsys: Printed
) -> None:
    out = tmp_path / "out"
    assert main(["forecast", *(word.replace("OUT", str(out)) for word in arguments)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert told in printed.err
    assert not out.exists()
