"""``eenthuis supervise`` from the outside."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from eenthuis import reference
from eenthuis.cli.main import main
from eenthuis.cli.supervise_output import MEANINGS, SENTENCES
from eenthuis.rules.judgement import GroundKind
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.supervision import FigureKind

Printed = pytest.CaptureFixture[str]
HEADER = "code,half_year,corrected_target,realised,linked"
LINES = [
    "GM0344,2025-II,400,320,405",
    "GM0034,2025-II,100,50,40",
    "GM0344,2025-I,300,200,300",
    "GM0777,2025-II,48,50,48",
]


@pytest.fixture
def progress(tmp_path: Path) -> Path:
    return tmp_path / "progress.csv"


def written(path: Path, lines: list[str], header: str = HEADER) -> str:
    path.write_text("\n".join([header, *lines]), encoding="utf-8")
    return str(path)


def asked(file: str, *more: str, half_year: str = "2025-II", as_of: str = "2026-01-01") -> list[str]:
    return ["supervise", "assess", "--half-year", half_year, "--progress", file, "--as-of", as_of, *more]


def document(capsys: Printed, arguments: list[str]) -> dict[str, Any]:
    assert main([*arguments, "--format", "json"]) == 0
    read: dict[str, Any] = json.loads(capsys.readouterr().out)
    return read


def refused(capsys: Printed, arguments: list[str]) -> str:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    return err


def test_one_row_per_municipality_with_verdict_rung_reasons_and_term(capsys: Printed, progress: Path) -> None:
    assert main([*asked(written(progress, LINES)), "--format", "csv"]) == 0
    out, err = capsys.readouterr()
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(out))}
    kept = {code: (row["verdict"], row["rung"], row["answer_by"]) for code, row in rows.items()}
    assert kept == {
        "GM0034": ("behind-excusable", "0", ""),
        "GM0344": ("behind", "2", "2026-01-29"),
        "GM0777": ("lead", "0", ""),
    }
    assert (rows["GM0344"]["name"], rows["GM0344"]["province"]) == ("Utrecht", "Utrecht")
    assert "80 short of the 400 due on 2026-01-01" in rows["GM0344"]["reasons"]
    assert "60 of 100 not linked before 2025-10-01" in rows["GM0034"]["reasons"]
    assert rows["GM0777"]["backlog_or_lead"] == "-2"
    assert "3 assessed: 1 behind, 1 behind-excusable, 1 lead" in err
    assert "values are assumptions" in err


def test_a_table_names_the_columns_and_the_assumptions(capsys: Printed, progress: Path) -> None:
    assert main([*asked(written(progress, LINES)), "--format", "table"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == [
        *["code", "name", "province", "verdict", "rung", "step", "regime"],
        *["backlog_or_lead", "reasons", "answer_by"],
    ]
    assert "supervision.excusable_share=1/2" in lines[-1]


def test_json_holds_law_assumptions_figures_and_a_receipt_that_recomputes(
    capsys: Printed, progress: Path, tmp_path: Path
) -> None:
    header = f"{HEADER},net_target,own_count,requests_unmet,homes_ready,plan_on_schedule"
    line = "GM0777,2025-II,48,37,48,37,40,1,2,yes"
    told = document(capsys, asked(written(progress, [line], header)))
    row = told["rows"][0]
    assert (row["verdict"], row["scope"], row["held"]) == ("behind-excusable", "backlog-only", 0)
    kinds = {figure["kind"]: figure for figure in row["figures"]}
    assert kinds["own-count"]["number"] == 40
    assert kinds["realised"]["source"] == "handed in: progress.csv"
    assert "signed off" in kinds["realised"]["meaning"]
    assert "agreed catch-up on schedule in half-year 1 of at most 2" in row["reasons"]
    cited = {one["key"]: one for one in told["law"]}
    assert (cited["supervision.plan_half_years"]["place"], told["is_provisional"]) == ("noord-brabant", False)
    assumed = {one["key"] for one in told["assumptions"]}
    assert "supervision.excusable_share" in assumed
    assert "supervision.plan_half_years" not in assumed
    saved = tmp_path / "assessed.json"
    saved.write_text(json.dumps(told), encoding="utf-8")
    assert main(["receipt", "verify", str(saved)]) == 0
    assert capsys.readouterr().out.startswith("same: supervise.assess, receipt")
    row["rung"] = 5
    saved.write_text(json.dumps(told), encoding="utf-8")
    assert main(["receipt", "verify", str(saved)]) == 1
    assert "rung: computed again 0, the row says 5" in capsys.readouterr().out


def test_the_order_of_rows_changes_nothing(capsys: Printed, progress: Path) -> None:
    first = document(capsys, asked(written(progress, LINES)))
    shuffled = [LINES[place] for place in (2, 0, 3, 1)]
    again = document(capsys, asked(written(progress, shuffled)))
    assert sorted(shuffled) == sorted(LINES)
    assert (first["rows"], first["receipt_number"]) == (again["rows"], again["receipt_number"])


def test_a_province_by_name_or_code_leaves_the_others_out(capsys: Printed, progress: Path) -> None:
    file = written(progress, LINES)
    for province in ("utrecht", "PV26", "Utrecht"):
        told = document(capsys, asked(file, "--province", province))
        assert [row["code"] for row in told["rows"]] == ["GM0344"]
        assert told["remarks"] == ["Left out, of other provinces: 2."]


def test_a_day_inside_the_half_year_is_provisional(capsys: Printed, progress: Path) -> None:
    told = document(capsys, asked(written(progress, LINES), as_of="2025-10-01"))
    rows = {row["code"]: row for row in told["rows"]}
    assert told["is_provisional"]
    assert (rows["GM0344"]["verdict"], rows["GM0344"]["rung"]) == ("complies", 1)
    assert rows["GM0344"]["answer_by"] == "2025-07-29"
    assert rows["GM0034"]["verdict"] == "complies"
    later = document(capsys, asked(written(progress, LINES), as_of="2025-12-01"))
    assert {row["code"]: row["verdict"] for row in later["rows"]}["GM0344"] == "behind"


def test_a_decided_rung_and_its_written_reason(capsys: Printed, progress: Path) -> None:
    header = f"{HEADER},decided_rung,skip_reason"
    lines = ["GM0344,2025-I,300,200,300,3,every talk was refused", "GM0344,2025-II,400,320,405,,"]
    told = document(capsys, asked(written(progress, lines, header)))
    assert (told["rows"][0]["held"], told["rows"][0]["rung"]) == (3, 3)
    lines[0] = "GM0344,2025-I,300,200,300,3,"
    err = refused(capsys, asked(written(progress, lines, header)))
    assert "row 2, column 'decided_rung', value '3'" in err
    assert "rung 1, 2 is skipped without a written reason" in err


def test_the_whole_country_is_assessed_by_its_own_ladders(capsys: Printed, progress: Path) -> None:
    last = HalfYear(2025, 2)
    lines = [
        f"{m.code},{half_year},40,{20 + number % 30},40"
        for number, m in enumerate(reference.municipalities(last.first_day))
        for half_year in (last.previous, last)
    ]
    told = document(capsys, asked(written(progress, lines)))
    assert told["assessed"] == len(told["rows"]) == 342
    assert {row["scope"] for row in told["rows"] if row["province"] == "Flevoland"} == {"whole-task"}
    assert {row["verdict"] for row in told["rows"]} == {"behind", "complies", "lead"}


def test_history_before_the_packaged_facts_and_of_places_that_ended(capsys: Printed, progress: Path) -> None:
    lines = [f"GM0344,{HalfYear(2016, 1).shift(step)},100,60,100" for step in range(20)] + [
        "GM1684,2021-II,10,10,10"
    ]  # Cuijk, part of Land van Cuijk since 2022
    told = document(capsys, asked(written(progress, lines), half_year="2025-II"))
    assert (told["rows"][0]["held"], told["rows"][0]["rung"]) == (4, 4)
    assert "Cuijk (GM1684)" in told["remarks"][0]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param(
            "GM9999,2025-II,1,1,1", "row 3, column 'code', value 'GM9999'", id="a code nobody knows"
        ),
        pytest.param("GM1684,2025-II,1,1,1", "REF-03", id="a municipality that had ended"),
        pytest.param("GM1982,2021-II,1,1,1", "REF-03", id="a municipality that was yet to come"),
        pytest.param("GM9999,2016-I,1,1,1", "value 'GM9999'", id="unknown, from before the packaged facts"),
        pytest.param(",2025-II,1,1,1", "INP-04", id="no code"),
        pytest.param(
            "GM0344,2025-III,1,1,1", "row 3, column 'half_year', value '2025-III'", id="no half-year"
        ),
        pytest.param("GM0344,2026-I,1,1,1", "2026-I lies after 2025-II", id="a later half-year"),
        pytest.param("GM0344,2025-II,1,-1,1", "row 3, column 'realised', value '-1'", id="negative realised"),
        pytest.param("GM0344,2025-II,1,1,-4", "row 3, column 'linked', value '-4'", id="negative linked"),
        pytest.param("GM0344,2025-II,1.000,1,1", "thousands", id="a thousands sign"),
        pytest.param("GM0344,2025-II,,1,1", "a whole number is missing", id="an empty target"),
        pytest.param("GM0777,2025-II,1,1,1", "stands in row 2 and again in row 3", id="twice"),
        pytest.param("GM0344,2024-II,1,1,1", "Utrecht (GM0344) has no row of 2025-II", id="only history"),
        pytest.param("GM0777,2024-II,1,1,1", "2025-I is missing", id="a gap in the history"),
        pytest.param("GM0344,2025-II,1,1", "INP-02", id="a cell is missing"),
    ],
)
def test_a_wrong_row_names_row_column_value_and_remedy(
    line: str, said: str, capsys: Printed, progress: Path
) -> None:
    assert said in refused(capsys, asked(written(progress, ["GM0777,2025-II,48,50,48", line])))


@pytest.mark.parametrize(
    ("header", "line", "said"),
    [
        ("code,half_year,corrected_target,realised", "GM0344,2025-II,1,1", "the column 'linked' is missing"),
        (f"{HEADER},relised", "GM0344,2025-II,1,1,1,1", "Did you mean 'realised'?"),
        (f"{HEADER},plan_on_schedule", "GM0344,2025-II,1,1,1,perhaps", "neither yes nor no"),
        (f"{HEADER},homes_ready", "GM0344,2025-II,1,1,1,-2", "column 'homes_ready', value '-2'"),
        (f"{HEADER},decided_rung", "GM0344,2025-II,1,1,1,2", "the half-year to assess"),
    ],
)
def test_a_wrong_column_is_named(header: str, line: str, said: str, capsys: Printed, progress: Path) -> None:
    assert said in refused(capsys, asked(written(progress, [line], header)))


def test_a_rung_beyond_the_ladder_is_refused(capsys: Printed, progress: Path) -> None:
    lines = ["GM0344,2025-I,300,200,300,9", "GM0344,2025-II,400,320,405,"]
    err = refused(capsys, asked(written(progress, lines, f"{HEADER},decided_rung")))
    assert "the ladder has rungs 1 to 6" in err


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"as_of": "2025-06-30"}, "2025-06-30 lies before 2025-II"),
        ({"as_of": "soon"}, "--as-of is not a day"),
        ({"as_of": "9999-12-31"}, "over ten years after 2025-II"),
        ({"half_year": "2025"}, "is not a half-year"),
    ],
)
def test_wrong_options_are_refused(
    changes: dict[str, str], said: str, capsys: Printed, progress: Path
) -> None:
    assert said in refused(capsys, asked(written(progress, LINES), **changes))


def test_a_missing_file_and_an_unknown_province_are_refused(
    capsys: Printed, progress: Path, tmp_path: Path
) -> None:
    assert "INP-07" in refused(capsys, asked(str(tmp_path / "nowhere.csv")))
    file = written(progress, LINES)
    assert "no province is called 'Brabant'" in refused(capsys, asked(file, "--province", "Brabant"))
    assert "no province is called ''" in refused(capsys, asked(file, "--province", ""))
    assert "no row is of 2025-II and of the province" in refused(capsys, asked(file, "--province", "Zeeland"))


@pytest.mark.parametrize(("province", "scope"), [("Flevoland", "whole-task"), ("PV30", "backlog-only")])
def test_the_ladder_is_shown_with_grounds_and_sources(province: str, scope: str, capsys: Printed) -> None:
    command = ["supervise", "ladder", "--province", province, "--as-of", "2026-01-01", "--format"]
    assert main([*command, "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["scope"], told["has_own_values"]) == (scope, True)
    assert [row["rung"] for row in told["rows"]] == [1, 2, 3, 4, 5, 6]
    assert all(row["authority"] and row["source"] for row in told["rows"])
    assert main([*command, "table"]) == 0
    shown = capsys.readouterr().out
    assert f"supervision.scope = {scope}" in shown
    assert "substitution.in_gazette = true (statute" in shown
    assert "values are assumptions" in shown


def test_the_common_ladder_needs_no_province_but_a_day(capsys: Printed) -> None:
    assert main(["supervise", "ladder", "--as-of", "2026-01-01", "--format", "csv"]) == 0
    assert capsys.readouterr().out.startswith("rung,step,entry,backlog_people")
    assert "LAW-01" in refused(capsys, ["supervise", "ladder", "--as-of", "1999-01-01"])


def test_every_ground_and_figure_has_words() -> None:
    assert set(SENTENCES) == set(GroundKind)
    assert set(MEANINGS) == set(FigureKind)
    assert not [words for words in SENTENCES.values() if "," in words or ";" in words]
