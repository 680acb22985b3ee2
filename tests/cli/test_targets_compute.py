"""``eenthuis targets compute`` from the outside."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eenthuis import reference
from eenthuis.cli.main import main

Printed = pytest.CaptureFixture[str]
COLUMNS = ["code", "name", "province", "inhabitants", "reference_date", "exact", "net_target"]


def rows(printed: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(printed)))


def document(capsys: Printed, *arguments: str) -> dict[str, Any]:
    assert main(["targets", "compute", *arguments, "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    read: dict[str, Any] = json.loads(out)
    return read


def written(
    path: Path, pairs: Iterable[tuple[str, object]], *, delimiter: str = ",", encoding: str = "utf-8"
) -> Path:
    text = "\n".join(f"{code}{delimiter}{number}" for code, number in [("code", "inhabitants"), *pairs])
    path.write_text(text + "\n", encoding=encoding)
    return path


def test_csv_has_the_promised_columns_and_only_those(capsys: Printed) -> None:
    assert (
        main(["targets", "compute", "--half-year", "2023-I", "--national", "21200", "--format", "csv"]) == 0
    )
    out, err = capsys.readouterr()
    found = rows(out)
    assert out.splitlines()[0] == ",".join(COLUMNS)
    assert len(found) == 342
    utrecht = next(row for row in found if row["code"] == "GM0344")
    assert (utrecht["name"], utrecht["province"], utrecht["reference_date"]) == (
        "Utrecht",
        "Utrecht",
        "2021-01-01",
    )
    numerator, denominator = (int(part) for part in utrecht["exact"].split("/"))
    assert numerator * 17_475_415 == 21_200 * int(utrecht["inhabitants"]) * denominator
    assert sum(int(row["net_target"]) for row in found) == 21_205
    assert "rounding: arithmetic (inferred)" in err
    assert "reference date: year-before-announcement (inferred)" in err


def test_a_table_names_the_rule_below_it(capsys: Printed) -> None:
    assert (
        main(["targets", "compute", "--half-year", "2026-II", "--national", "10", "--format", "table"]) == 0
    )
    out, err = capsys.readouterr()
    assert "2026-II rounding: up (statute)" in out
    assert "Total 342 for a national number of 10" in out
    assert err == ""


def test_json_names_rule_source_total_and_receipt(capsys: Printed) -> None:
    read = document(capsys, "--half-year", "2023-I", "--national", "21200", "--announced", "2022-09-30")
    assert (read["total"], read["national"], read["half_year"]) == (21_205, 21_200, "2023-I")
    rule = read["rule"]
    assert (rule["rounding"], rule["reference_rule"]) == ("arithmetic", "year-before-announcement")
    assert rule["rounding_source"]["authority"] == "inferred"
    assert rule["rounding_source"]["why"]
    assert read["announcement"]["is_in_time"] is True
    assert read["announcement"]["deadline"] == "2022-10-02"
    assert read["receipt"]["action"] == "targets.compute"
    assert len(read["receipt"]["inputs"]["inhabitants"]) == len(read["rows"]) == 342
    assert read["rows"][0]["exact"] == "989077520/3495083"


def test_the_packaged_announcement_is_used_when_no_number_is_given(capsys: Printed) -> None:
    read = document(capsys, "--half-year", "2025-I")
    assert read["national"] == 15_000
    assert read["legal_remarks"] == ["no-ground-inside-the-half-year", "down-inside-is-practice"]
    assert read["announcement"]["replaces"] == 17_700
    before = document(capsys, "--half-year", "2025-I", "--announced", "2024-10-01")
    assert before["national"] == 17_700


def test_a_late_announcement_is_said(capsys: Printed) -> None:
    read = document(capsys, "--half-year", "2026-II", "--national", "9000", "--announced", "2026-04-02")
    assert read["legal_remarks"] == ["late"]
    assert read["announcement"]["days_after_deadline"] == 1


def test_another_rounding_is_an_assumption_in_every_output(capsys: Printed) -> None:
    read = document(
        capsys, "--half-year", "2023-I", "--rounding", "up", "--reference-rule", "year-before-half-year"
    )
    assert read["total"] == 21_362
    assert read["reference_date"] == "2022-01-01"
    assert read["rule"]["rounding_source"]["authority"] == "assumption"
    cited = {c["key"]: c["authority"] for c in read["receipt"]["citations"]}
    assert cited["targets.rounding"] == cited["targets.reference_rule"] == "assumption"


def test_mergers_that_the_text_does_not_name_are_said(capsys: Printed) -> None:
    read = document(capsys, "--half-year", "2022-II")
    said = next(remark for remark in read["remarks"] if "art. 30" in remark)
    assert "Weesp (GM0457)" in said
    assert "GM0457" not in {row["code"] for row in read["rows"]}


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16")])
def test_handed_in_inhabitants_give_the_same_as_the_packaged_ones(
    delimiter: str, encoding: str, capsys: Printed, tmp_path: Path
) -> None:
    people = reference.inhabitants(date(2021, 1, 1)).people
    file = written(tmp_path / "people.csv", people.items(), delimiter=delimiter, encoding=encoding)
    read = document(capsys, "--half-year", "2023-I", "--inhabitants", str(file))
    assert read["rows"] == document(capsys, "--half-year", "2023-I")["rows"]
    assert read["inhabitants_source"] == "handed in: people.csv"


def test_inhabitants_in_the_boundaries_of_the_half_year_are_not_moved_again(
    capsys: Printed, tmp_path: Path
) -> None:
    codes = [m.code for m in reference.municipalities(date(2023, 1, 1))]
    file = written(tmp_path / "people.csv", [(code, 10) for code in codes])
    read = document(capsys, "--half-year", "2023-I", "--inhabitants", str(file))
    assert {row["inhabitants"] for row in read["rows"]} == {10}


@pytest.mark.parametrize(("day", "ends"), [("2021-01-01", 0), ("", 0), ("2022-01-01", 2), ("soon", 2)])
def test_a_reference_date_in_the_file_is_checked(
    day: str, ends: int, capsys: Printed, tmp_path: Path
) -> None:
    lines = [f"{m.code},10,{day}" for m in reference.municipalities(date(2023, 1, 1))]
    file = tmp_path / "people.csv"
    file.write_text("\n".join(["code,inhabitants,reference_date", *lines]), encoding="utf-8")
    assert main(["targets", "compute", "--half-year", "2023-I", "--inhabitants", str(file)]) == ends
    err = capsys.readouterr().err
    assert ("row 2" in err and err.startswith("INP-01")) is (ends == 2)


def test_before_the_packaged_facts_any_codes_will_do(capsys: Printed, tmp_path: Path) -> None:
    file = written(tmp_path / "people.csv", [("GM0770", 18_200), ("GM0001", 16_900_000)])
    read = document(capsys, "--half-year", "2016-II", "--national", "20000", "--inhabitants", str(file))
    assert [(row["code"], row["name"], row["net_target"]) for row in read["rows"]] == [
        ("GM0001", "", 19_979),
        ("GM0770", "Eersel", 22),
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--national", "-1"], "INP-06"),
        (["--national", "21200.5"], "INP-01"),
        (["--national", "21.200"], "INP-01"),
        (["--national", "many"], "INP-01"),
        (["--national", "1", "--announced", "soon"], "INP-01"),
        (["--national", "1", "--inhabitants", "nowhere.csv"], "INP-07"),
    ],
)
def test_bad_options_end_with_2_and_a_remedy(arguments: list[str], said: str, capsys: Printed) -> None:
    assert main(["targets", "compute", "--half-year", "2023-I", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(said)
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("half_year", "national", "said"),
    [
        ("2023-III", "1", "INP-01"),
        ("next year", "1", "INP-01"),
        ("2010-I", "1", "LAW-01"),
        ("2019-I", None, "REF-05"),
        ("2040-I", None, "REF-05"),
        ("2040-I", "1", "REF-04"),
    ],
)
def test_a_half_year_that_cannot_be_computed(
    half_year: str, national: str | None, said: str, capsys: Printed
) -> None:
    given = [] if national is None else ["--national", national]
    assert main(["targets", "compute", "--half-year", half_year, *given]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(said)


PEOPLE = [(m.code, 10) for m in reference.municipalities(date(2023, 1, 1))]


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        pytest.param(
            [*PEOPLE, ("Bergen", 1)], ["REF-02", "row 344", "'Bergen'", "GM0373", "GM0893"], id="ambiguous"
        ),
        pytest.param([*PEOPLE, ("GM9999", 1)], ["REF-01", "row 344", "GM9999"], id="unknown code"),
        pytest.param([*PEOPLE, ("Atlantis", 1)], ["REF-01", "Atlantis"], id="unknown name"),
        pytest.param([*PEOPLE, ("GM0003", 1)], ["REF-03", "2020-12-31", "Eemsdelta"], id="merged earlier"),
        pytest.param([*PEOPLE, ("GM0344", 1)], ["INP-03", "GM0344", "again in row 344"], id="twice"),
        pytest.param([*PEOPLE, ("Utrecht (gemeente)", 1)], ["INP-03", "GM0344"], id="twice, by name"),
        pytest.param([*PEOPLE, ("", 1)], ["INP-04", "row 344"], id="no code"),
        pytest.param(PEOPLE[1:], ["INP-04", "Groningen (GM0014)"], id="one is missing"),
        pytest.param([("GM0344", 1)], ["INP-04", "and 333 more"], id="nearly all are missing"),
        pytest.param([("GM0344", "1.5"), *PEOPLE], ["INP-01", "row 2", "inhabitants"], id="a fraction"),
        pytest.param([("GM0344", -3), *PEOPLE], ["INP-06", "row 2", "'-3'"], id="negative"),
        pytest.param([*PEOPLE, ("GM0457", 1)], ["REF-03", "boundaries of 2021-01-01"], id="two days mixed"),
    ],
)
def test_bad_rows_are_named(
    pairs: list[tuple[str, object]], said: list[str], capsys: Printed, tmp_path: Path
) -> None:
    file = written(tmp_path / "people.csv", pairs)
    assert main(["targets", "compute", "--half-year", "2023-I", "--inhabitants", str(file)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    for part in ["people.csv", *said]:
        assert part in err


def test_a_file_in_another_encoding_is_refused(capsys: Printed, tmp_path: Path) -> None:
    file = written(tmp_path / "people.csv", [("Súdwest-Fryslân", 10)], encoding="cp1252")
    assert main(["targets", "compute", "--half-year", "2023-I", "--inhabitants", str(file)]) == 2
    assert capsys.readouterr().err.startswith("INP-05")


@pytest.mark.parametrize("arguments", [["compute"], ["correct"], ["verify"], []])
def test_help_has_an_example(arguments: list[str], capsys: Printed) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["targets", *arguments, "--help"])
    assert ended.value.code == 0
    assert ("Example: eenthuis targets" in capsys.readouterr().out) is bool(arguments)
