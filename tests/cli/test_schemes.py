"""``eenthuis schemes``, ``flex`` and ``urgency`` from the outside."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from eenthuis.cli.main import main

Printed = pytest.CaptureFixture[str]
SEED = "0123456789abcdef0123456789abcdef"
PROJECTS = "project,code,scheme,applied_on,homes,status_holders,delivered_on,years"
REGISTER = "code,first_day,last_day,has_scheme,names_status_holders,provision,groups,order,source"
APPLICATIONS = "application,code,applied_on,units,social_rent,years_available,status_holders"


def written(path: Path, header: str, *lines: str) -> str:
    path.write_text("\n".join([header, *lines]), encoding="utf-8")
    return str(path)


def document(capsys: Printed, arguments: list[str], rc: int = 0) -> dict[str, Any]:
    assert main([*arguments, "--format", "json"]) == rc
    read: dict[str, Any] = json.loads(capsys.readouterr().out)
    return read


def refused(capsys: Printed, arguments: list[str]) -> str:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    return err


def test_the_register_shows_what_is_known_and_marks_what_is_assumed(capsys: Printed) -> None:
    assert main(["schemes", "list", "--as-of", "2022-10-01", "--format", "csv"]) == 0
    rows = {row["scheme"]: row for row in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    assert rows["sft-2022"]["budget_cents"] == "10000000000"
    assert rows["sft-2022"]["assumed"] == "title when_short"
    assert rows["rha-2022"]["amount_cents"] == ""
    assert rows["sft-2022"]["shares"].startswith("memo: at-most 1/3 status-holders; scheme: at-least 1/3")


def test_overlaps_are_pairs(capsys: Printed) -> None:
    found = document(capsys, ["schemes", "list", "--as-of", "2022-10-01", "--overlaps"])
    assert [(row["scheme"], row["other"]) for row in found["rows"]] == [("rha-2022", "sft-2022")]


def test_conditions_are_listed_one_by_one_with_their_source(capsys: Printed, tmp_path: Path) -> None:
    file = written(tmp_path / "a.csv", APPLICATIONS, "A-1,GM0344,2024-04-02,700,ja,9,")
    found = document(capsys, ["schemes", "check", file, "--scheme", "sft-2023"], rc=1)
    outcomes = {row["condition"]: row["outcome"] for row in found["rows"]}
    assert outcomes["social-rent"] == "met"
    assert outcomes["years-available"] == "not-met"
    assert outcomes["share"] == outcomes["shortfall-proven"] == "not-known"
    assert all(row["source"].startswith("https://") for row in found["rows"])
    assert found["applications"] == [
        {"application": "A-1", "outcome": "not-met", "most_cents": 500000000, "capped": True}
    ]


def test_an_application_outside_the_scheme_fails_on_its_day(capsys: Printed, tmp_path: Path) -> None:
    file = written(tmp_path / "a.csv", APPLICATIONS, "A-1,GM0344,2025-03-01,10,ja,10,")
    found = document(capsys, ["schemes", "check", file, "--scheme", "sft-2023"], rc=1)
    assert {row["condition"]: row["outcome"] for row in found["rows"]}["in-force"] == "not-met"


def lot(tmp_path: Path, *more: str, seed: str = SEED, commitment: str) -> list[str]:
    entries = written(tmp_path / "e.csv", "application,category,asked_cents", "A,1,100", "B,1,200", "C,2,300")
    held = written(tmp_path / "seed.txt", seed)
    given = ["--seed-file", held, "--round", "r", "--commitment", commitment, "--budget-cents", "450"]
    return ["schemes", "draw", entries, *given, "--as-of", "2024-06-01", *more]


def test_a_lot_is_promised_drawn_and_drawn_again(capsys: Printed, tmp_path: Path) -> None:
    held = written(tmp_path / "seed.txt", SEED)
    promised = document(capsys, ["schemes", "commit", "--seed-file", held, "--round", "r"])["rows"][0]
    drawn = document(capsys, lot(tmp_path, commitment=promised["commitment"]))
    assert sorted(row["application"] for row in drawn["rows"]) == ["A", "B", "C"]
    assert drawn["awarded_cents"] == sum(row["awarded_cents"] for row in drawn["rows"]) == 300
    kept = tmp_path / "drawn.json"
    kept.write_text(json.dumps(drawn), encoding="utf-8")
    assert main(["receipt", "verify", str(kept)]) == 0
    drawn["rows"][0]["awarded_cents"] = 999
    kept.write_text(json.dumps(drawn), encoding="utf-8")
    capsys.readouterr()
    assert main(["receipt", "verify", str(kept)]) == 1
    assert "awarded_cents: computed again" in capsys.readouterr().out


def test_a_seed_that_was_not_promised_or_is_missing_draws_nothing(capsys: Printed, tmp_path: Path) -> None:
    assert "STA-10" in refused(capsys, lot(tmp_path, commitment="0" * 64))
    assert "INP-04" in refused(capsys, lot(tmp_path, commitment="0" * 64, seed=" "))


def test_awards_are_settled_at_what_was_shown(capsys: Printed, tmp_path: Path) -> None:
    header = "application,awarded_cents,paid_cents,shown_units"
    file = written(tmp_path / "w.csv", header, "A,7800000,7800000,9", "B,7800000,0,20")
    found = document(capsys, ["schemes", "settle", file, "--scheme", "sft-2023", "--as-of", "2024-12-31"])
    assert [row["due_cents"] for row in found["rows"]] == [-780000, 7800000]
    assert found["due_cents"] == 7020000
    unknown = ["schemes", "settle", file, "--scheme", "hotel-2022", "--as-of", "2024-12-31"]
    assert "the amount of hotel-2022 is not known" in refused(capsys, unknown)


def transit(tmp_path: Path, *stays: str) -> list[str]:
    sites = written(
        tmp_path / "sites.csv",
        "site,code,places,first_day,last_day,participants",
        "S1,GM0344,2,2026-01-15,,GM0310",
    )
    file = written(tmp_path / "stays.csv", "person,site,code,first_day,last_day", *stays)
    return ["schemes", "settle", file, "--sites", sites, "--as-of", "2026-02-28"]


def test_transit_locations_are_billed_by_month(capsys: Printed, tmp_path: Path) -> None:
    asked = transit(
        tmp_path,
        "1,S1,GM0344,2026-01-20,2026-02-05",
        "2,S1,GM0310,2026-01-20,2026-02-05",
        "3,S1,GM0344,2026-02-01,",
    )
    found = document(capsys, asked)
    assert [(row["month"], row["cents"]) for row in found["rows"]] == [
        ("2026-01", 153600),
        ("2026-02", 202000),
    ]
    assert (found["cents"], found["unpaid"]) == (355600, {"no-place": 5})


@pytest.mark.parametrize(
    ("stay", "told"),
    [
        ("1,S2,GM0344,2026-01-20,", "INP-04 a code is missing: the site S2 is not among the sites"),
        ("1,S1,GM0344,2026-01-20,2026-01-01", "INP-06 a number is out of range: it ends before it begins"),
        ("1,S1,GM9999,2026-01-20,", "REF-01"),
        ("1,S1,GM0344,20-01-2026,", "'20-01-2026' is not a day"),
    ],
)
def test_a_wrong_stay_is_told_with_its_row(capsys: Printed, tmp_path: Path, stay: str, told: str) -> None:
    err = refused(capsys, transit(tmp_path, "2,S1,GM0344,2026-01-20,", stay))
    assert told in err
    assert "row 3" in err


def test_flex_homes_show_both_texts_and_what_comes(capsys: Printed, tmp_path: Path) -> None:
    file = written(
        tmp_path / "p.csv",
        PROJECTS,
        "F-1,GM0344,sft-2022,2022-10-01,30,10,2023-09-01,15",
        "F-2,GM0344,,2022-10-01,30,5,2023-10-01,15",
    )
    found = document(capsys, ["flex", "check", file])
    assert [(row["text"], row["standing"], row["slack"]) for row in found["rows"][:2]] == [
        ("memo", "stated", 0),
        ("scheme", "binding", 0),
    ]
    assert "(days assumed)" in found["rows"][1]["why"]
    assert found["rows"][2]["verdict"] == "no-scheme"
    assert found["effect"][0] == {"half_year": "2023-II", "delivered": 15, "ended": 0}
    assert found["remarks"][0].startswith("F-1: the next home breaks the share at-least 1/3")


def test_a_broken_share_ends_with_one(capsys: Printed, tmp_path: Path) -> None:
    file = written(tmp_path / "p.csv", PROJECTS, "F-1,GM0344,sft-2022,2022-10-01,30,9,2023-09-01,15")
    assert document(capsys, ["flex", "check", file], rc=1)["broken"] == 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("F-1,GM0344,sft-1999,2022-10-01,30,9,2023-09-01,15", "'sft-1999' is no scheme of the law book"),
        ("F-1,GM0344,,2022-10-01,30,31,2023-09-01,15", "31 homes are meant for groups and it has 30"),
        ("F-1,GM0344,,2022-10-01,30,9,2023-09-01,101", "101 years is out of range"),
        ("F-1,GM0344,,2022-10-01,1.5,9,2023-09-01,15", "'1.5' is not a whole number"),
        (",GM0344,,2022-10-01,30,9,2023-09-01,15", "the project is missing"),
    ],
)
def test_a_wrong_project_is_told_with_its_row(capsys: Printed, tmp_path: Path, line: str, told: str) -> None:
    err = refused(capsys, ["flex", "check", written(tmp_path / "p.csv", PROJECTS, line)])
    assert told in err
    assert "row 2" in err


def test_sizes_are_read_and_must_add_up(capsys: Printed, tmp_path: Path) -> None:
    def asked(sizes: str) -> list[str]:
        line = f"F-1,GM0344,,2022-10-01,30,9,2023-09-01,15,{sizes}"
        return ["flex", "check", written(tmp_path / "p.csv", f"{PROJECTS},sizes", line)]

    assert main(asked("1:20 4:10")) == 0
    capsys.readouterr()
    assert "its sizes add up to 29" in refused(capsys, asked("1:20 4:9"))
    assert "'1-20' is no number of homes of a size" in refused(capsys, asked("1-20"))


def test_the_register_is_listed_and_checked_on_a_day(capsys: Printed, tmp_path: Path) -> None:
    file = written(
        tmp_path / "r.csv",
        REGISTER,
        "GM0344,2020-01-01,2025-12-31,yes,no,none,a b,with-children first-deadline,https://example.org",
        "GM0344,2026-01-01,,yes,yes,laid-down,a b c d e f g h i j,,https://example.org",
        "GM0363,2020-01-01,,no,no,none,,,https://example.org",
    )
    listed = document(capsys, ["urgency", "list", file, "--as-of", "2025-12-31"])
    assert [(row["code"], row["order"]) for row in listed["rows"]] == [
        ("GM0344", "with-children first-deadline"),
        ("GM0363", ""),
    ]
    found = document(capsys, ["urgency", "check", file, "--as-of", "2026-07-01"], rc=1)
    assert [(row["code"], row["shortcoming"]) for row in found["rows"]] == [("GM0363", "no-scheme")]
    assert (found["filled"], found["with_scheme"]["counted"], found["with_scheme"]["published"]) == (
        2,
        1,
        "1/2",
    )
    assert main(["urgency", "check", file, "--as-of", "2026-06-30", "--format", "table"]) == 0
    assert "published was 4.0 % (Companen, March 2022)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("GM0344,2020-01-01,2019-01-01,yes,no,none,,,x", "the entry ends before it begins"),
        ("GM0344,2020-01-01,,perhaps,no,none,,,x", "'perhaps' is neither yes nor no"),
        ("GM0344,2020-01-01,,yes,no,maybe,,,x", "'maybe' is none of the words"),
        ("GM0344,2020-01-01,,yes,no,none,a z,,x", "'z' is none of the words"),
        ("GM0344,2020-01-01,,yes,no,none,a a,,x", "'a' stands twice"),
        ("GM0344,2020-01-01,,yes,no,none,,,", "the source is missing"),
    ],
)
def test_a_wrong_entry_is_told_with_its_row(capsys: Printed, tmp_path: Path, line: str, told: str) -> None:
    file = written(tmp_path / "r.csv", REGISTER, line)
    err = refused(capsys, ["urgency", "list", file, "--as-of", "2026-06-30"])
    assert told in err
    assert "row 2" in err


def test_an_unknown_scheme_names_those_there_are(capsys: Printed, tmp_path: Path) -> None:
    file = written(tmp_path / "a.csv", APPLICATIONS, "A-1,GM0344,2024-04-02,7,ja,9,")
    assert "Name one of hotel-2022" in refused(capsys, ["schemes", "check", file, "--scheme", "sft"])


def test_more_homes_for_groups_than_units_are_refused(capsys: Printed, tmp_path: Path) -> None:
    file = written(tmp_path / "a.csv", APPLICATIONS, "A-1,GM0344,2024-04-02,7,ja,9,8")
    assert "8 homes are meant for groups out of 7" in refused(
        capsys, ["schemes", "check", file, "--scheme", "sft-2023"]
    )
