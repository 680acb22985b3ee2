"""The policy lab on the command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from eenthuis.cli.main import main

SMALL = ["--futures", "30", "--half-years", "3", "--seed", "7"]


def run(out: Path, *more: str, scenario: str = "today") -> int:
    return main(["lab", "run", scenario, *SMALL, "--out", str(out), *more])


def test_a_run_leaves_fan_summary_and_figures(tmp_path: Path) -> None:
    assert run(tmp_path / "out") == 0
    with (tmp_path / "out" / "fan.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["measure", "half_year", "q05", "q25", "q50", "q75", "q95"]
    assert {row["half_year"] for row in rows} == {"2026-I", "2026-II", "2027-I"}
    waiting = next(row for row in rows if row["measure"] == "people-waiting")
    levels = [int(waiting[level]) for level in ("q05", "q25", "q50", "q75", "q95")]
    assert levels == sorted(levels)
    assert levels[0] > 0
    assert all(row["q05"] == row["q95"] == "0" for row in rows if row["measure"] == "mass")
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert summary["futures"] == 30
    assert any(line.startswith("rung_gain") for line in summary["assumptions"])
    picture = (tmp_path / "out" / "people-waiting.svg").read_text(encoding="utf-8")
    assert "2026-I" in picture
    assert "people with a permit" in picture


def test_the_number_of_workers_changes_no_digit(tmp_path: Path) -> None:
    run(tmp_path / "one", "--workers", "1")
    run(tmp_path / "three", "--workers", "3")
    for name in ("fan.csv", "summary.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "three" / name).read_bytes()


def test_scenarios_beside_each_other_share_their_chance(tmp_path: Path) -> None:
    assert run(tmp_path / "out", "--beside", "as-advised") == 0
    with (tmp_path / "out" / "differences.csv").open(encoding="utf-8") as file:
        rows = {(row["measure"], row["half_year"]): row for row in csv.DictReader(file)}
    assert float(rows["permits", "2027-I"]["q95"]) == 0.0
    assert float(rows["document-kilometres", "2027-I"]["mean"]) < 0


def test_every_lever_is_pulled_alone_and_left_out(tmp_path: Path) -> None:
    out = tmp_path / "out"
    asked = ["lab", "tornado", "as-advised", "--base", "cabinet-response-2023", *SMALL, "--out", str(out)]
    assert main(asked) == 0
    with (out / "effects.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["measure"] == "realised"]
    single = {row["lever"]: row for row in rows}
    assert {"urgency_duty", "composition_told", "interim_adjustment", "all", "together"} <= single.keys()
    assert "reception_duty" not in single, "both scenarios pull it"
    alone = sum(float(row["alone"]) for row in rows if row["lever"] not in {"all", "together"})
    assert float(single["together"]["alone"]) == pytest.approx(
        float(single["all"]["alone"]) - alone, abs=0.01
    )
    assert "urgency_duty" in (out / "realised-effects.svg").read_text(encoding="utf-8")


def test_what_knowing_more_is_worth(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    asked = ["lab", "worth", "today", "as-advised", "--half-years", "2", "--out", str(out)]
    assert main([*asked, "--futures", "100"]) == 0
    with (out / "worth.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["measure"] == "people-waiting"]
    worth = [float(row["worth"]) for row in rows[:-2]]
    assert worth == sorted(worth, reverse=True)
    assert [row["knowing"] for row in rows[-2:]] == ["together", "everything"]
    assert float(rows[-1]["worth"]) >= float(rows[-2]["worth"])
    with (out / "choices.csv").open(encoding="utf-8") as file:
        best = [row for row in csv.DictReader(file) if row["is_best"] == "yes"]
    assert len(best) == len({row["measure"] for row in best})
    assert main([*asked, "--futures", "99"]) == 2
    assert main(["lab", "worth", "today", "--out", str(out)]) == 2
    assert "no choice" in capsys.readouterr().err


def test_scores_of_work_are_loaded_or_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scores = tmp_path / "work.csv"
    assert main(["lab", "outcomes", "--invented", "1", "--out", str(scores)]) == 0
    assert "invented, of nobody" in capsys.readouterr().err
    assert run(tmp_path / "out", "--outcomes", str(scores)) == 0
    assert (tmp_path / "out" / "work-scores.csv").read_bytes() == scores.read_bytes()
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert summary["work"]["is_invented"] is True
    assert summary["measures"]["work"]["last_half_year"]["q50"] > 0
    scores.write_text("code,persons,at_work\nGM0344,1,7\n", encoding="utf-8")
    assert run(tmp_path / "no", "--outcomes", str(scores)) == 2
    told = capsys.readouterr().err
    assert all(part in told for part in ("INP-06", "work.csv", "row 2", "at_work", "Give 0 to 1"))
    assert run(tmp_path / "no", "--outcomes", str(tmp_path / "nowhere.csv")) == 2
    assert not (tmp_path / "no").exists()
    assert main(["lab", "outcomes", str(tmp_path / "nowhere"), "--out", str(scores)]) == 2


def test_two_scenarios_that_do_not_differ_have_no_effects(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lab", "tornado", "today", *SMALL, "--out", str(tmp_path / "out")]) == 2
    assert "pulls no lever" in capsys.readouterr().err


def test_a_file_on_top_of_a_packaged_scenario(tmp_path: Path) -> None:
    written = tmp_path / "mine.toml"
    written.write_text(
        'name = "Mine"\nbase = "cabinet-response-2023"\n[levers]\ninterim_adjustment = "down-only"\n'
        "substantial_deviation = 0.10\n",
        encoding="utf-8",
    )
    assert run(tmp_path / "out", scenario=str(written)) == 0
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    levers = summary["scenarios"][0]["levers"]
    assert levers["interim_adjustment"] == {
        "value": "down-only",
        "source": "an assumption of mine.toml",
    }
    assert levers["tell_deviations"]["value"] is True


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("[levers]\nflex = 3\n", ["INP-02", "flex", "reception_duty"]),
        ("[levers]\nurgency_duty = 1\n", ["INP-01", "urgency_duty", "true or false"]),
        ('[levers]\ninterim_adjustment = "up"\n', ["INP-01", "down-only"]),
        ("[levers]\nflex_share = 1.5\n", ["INP-06", "flex_share", "0 to 1"]),
        ("[lever]\nflex_share = 0.5\n", ["INP-02", "lever"]),
        ("levers = 3\n", ["INP-01", "levers"]),
        ('base = "nowhere"\n', ["INP-07", "nowhere"]),
        ('base = "wrong.toml"\n', ["INP-01", "its own base"]),
        ("name = \n", ["INP-01", "TOML"]),
    ],
)
def test_a_wrong_scenario_is_told_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, told: list[str]
) -> None:
    written = tmp_path / "wrong.toml"
    written.write_text(content, encoding="utf-8")
    assert run(tmp_path / "out", scenario=str(written)) == 2
    said = capsys.readouterr().err
    assert all(part in said for part in told), said
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--futures", "0"], "--futures"),
        (["--half-years", "61"], "--half-years"),
        (["--workers", "0"], "--workers"),
        (["--seed", "x"], "--seed"),
    ],
)
def test_wrong_numbers_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str], told: str
) -> None:
    assert run(tmp_path / "out", *more) == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    ("what", "column"),
    [("levers", "recommendation"), ("parameters", "low"), ("measures", "unit"), ("scenarios", "lever")],
)
def test_what_there_is_can_be_shown(capsys: pytest.CaptureFixture[str], what: str, column: str) -> None:
    assert main(["lab", what, "--format", "csv"]) == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert len(rows) > 10
    assert all(
        row[column]
        for row in rows
        if column in {"low", "unit", "lever", "recommendation"} and row[column] != ""
    )


def test_every_recommendation_has_a_lever(capsys: pytest.CaptureFixture[str]) -> None:
    main(["lab", "levers", "--format", "csv"])
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert {row["recommendation"] for row in rows} == {str(number) for number in range(11)}


def test_calibration_keeps_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lab", "calibrate", "--tries", "12", "--keep", "3", "--format", "csv"]) == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert [row["number"] for row in rows] == ["1", "2", "3"]
    assert main(["lab", "calibrate", "--tries", "2", "--keep", "3"]) == 2
    assert "--keep" in capsys.readouterr().err
