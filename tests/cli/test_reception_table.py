"""``eenthuis reception table`` and ``sites check`` from the outside."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from eenthuis import reference
from eenthuis.cli.main import main
from eenthuis.law import law_book
from eenthuis.rules.allocation import Allocation, TableFacts, allocate
from eenthuis.rules.filling import Filling
from eenthuis.rules.table_proposals import fillings
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.reception import Offer, PlaceSwap

Printed = pytest.CaptureFixture[str]
DAY = "2026-03-01"
HERE = ProvinceCode("PV26")
CODES = [one.code for one in reference.municipalities(date.fromisoformat(DAY)) if one.province == HERE]
UTRECHT, ZEIST = MunicipalityCode("GM0344"), MunicipalityCode("GM0355")
SHARES = {code: 100 + 10 * number for number, code in enumerate(CODES)}


def written(path: Path, *lines: str) -> str:
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


@pytest.fixture
def shares(tmp_path: Path) -> str:
    rows = [f"{code},{places},{50 if code == UTRECHT else ''}" for code, places in SHARES.items()]
    return written(tmp_path / "shares.csv", "code,places,standing", *rows)


def refused(capsys: Printed, arguments: list[str]) -> str:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    return err


@pytest.fixture
def asked(shares: str, tmp_path: Path) -> list[str]:
    offers = written(
        tmp_path / "offers.csv", "code,places,kind,durable", f"{UTRECHT},200,,", "Zeist,150,regular,ja"
    )
    swaps = written(tmp_path / "swaps.csv", "swap,code,change", f"a,{UTRECHT},-20", f"a,{ZEIST},+20")
    return [
        "reception",
        "table",
        shares,
        "--as-of",
        DAY,
        "--offers",
        offers,
        "--swaps",
        swaps,
        "--smallest",
        "40",
    ]


def test_the_table_is_that_of_the_page_with_its_proposals(capsys: Printed, asked: list[str]) -> None:
    assert main([*asked, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    facts = TableFacts(
        SHARES,
        {},
        {UTRECHT: 50},
        (Offer(UTRECHT, 200), Offer(ZEIST, 150, is_durable=True)),
        (PlaceSwap({UTRECHT: -20, ZEIST: 20}),),
        {},
    )
    made = allocate(HERE, facts, law=law_book().reception(date.fromisoformat(DAY)))
    assert isinstance(made, Allocation)
    assert (told["short"], told["remaining"]) == (made.short, sum(SHARES.values()))
    assert [row["lacking"] for row in told["rows"]] == [line.lacking for line in made.lines]
    for one, said in zip(fillings(made, 40), told["proposals"], strict=True):
        assert isinstance(one.filling, Filling)
        assert (said["aim"], said["places"], said["over"]) == (
            one.aim,
            dict(one.filling.places),
            one.filling.over,
        )
        column = one.aim.replace("-", "_")
        assert sum(row[column] for row in told["rows"]) == made.short + one.filling.over


def test_a_table_has_a_receipt_and_says_the_same_in_every_form(
    capsys: Printed, asked: list[str], tmp_path: Path
) -> None:
    assert main([*asked, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    kept = tmp_path / "table.json"
    kept.write_text(json.dumps(told), encoding="utf-8")
    assert main(["receipt", "verify", str(kept)]) == 0
    told["rows"][0]["offered"] += 1
    kept.write_text(json.dumps(told), encoding="utf-8")
    assert main(["receipt", "verify", str(kept)]) == 1
    capsys.readouterr()
    assert main([*asked, "--format", "csv"]) == 0
    out, err = capsys.readouterr()
    assert [int(row["share"]) for row in csv.DictReader(io.StringIO(out))] == list(SHARES.values())
    assert f"{told['short']} short" in err
    assert main([*asked, "--format", "table"]) == 0
    assert "fewest-sites" in capsys.readouterr().out


def test_shares_of_the_country_need_a_province_and_what_distribute_writes_fits(
    capsys: Printed, tmp_path: Path
) -> None:
    shared = [
        "reception",
        "distribute",
        "--need",
        "90000",
        "--invented-ses",
        "1",
        "--reference-date",
        "2026-01-01",
    ]
    assert main([*shared, "--format", "csv"]) == 0
    file = written(tmp_path / "all.csv", *capsys.readouterr().out.splitlines())
    assert "--province" in refused(capsys, ["reception", "table", file, "--as-of", DAY])
    assert (
        main(["reception", "table", file, "--as-of", DAY, "--province", "Utrecht", "--format", "json"]) == 0
    )
    told = json.loads(capsys.readouterr().out)
    assert [row["code"] for row in told["rows"]] == CODES
    assert told["short"] == told["number"]
    refused(capsys, ["reception", "table", file, "--as-of", DAY, "--province", "Atlantis"])
    assert "LAW-01" in refused(
        capsys, ["reception", "table", file, "--as-of", "2020-01-01", "--province", "Utrecht"]
    )


@pytest.mark.parametrize(
    ("option", "header", "row", "code", "column"),
    [
        ("--offers", "code,places", "GM0363,10", "INP-06", "code"),
        ("--offers", "code,places", "GM0344,0", "INP-06", "places"),
        ("--offers", "code,places,kind", "GM0344,10,tent", "INP-01", "kind"),
        ("--offers", "code,places,durable", "GM0344,10,soms", "INP-01", "durable"),
        ("--swaps", "swap,code,change", "a,GM0344,twee", "INP-01", "change"),
        ("--swaps", "swap,code,change", "a,GM0344,-20", "INP-06", "swap"),
        ("--swaps", "swap,code,change", "a,GM0344,-900\na,GM0355,900", "INP-06", "swap"),
        ("--swaps", "swap,code,change", "a,GM0344,-2\na,GM0344,2", "INP-03", "code"),
        ("--swaps", "swap,code,change,kind", "a,GM0344,-2,\na,GM0355,2,special", "INP-06", "kind"),
    ],
)
def test_a_wrong_row_on_the_table_is_told_with_its_cell(
    capsys: Printed, shares: str, tmp_path: Path, option: str, header: str, row: str, code: str, column: str
) -> None:
    file = written(tmp_path / "wrong.csv", header, row)
    err = refused(capsys, ["reception", "table", shares, "--as-of", DAY, option, file])
    for said in (code, "wrong.csv", column):
        assert said in err


def test_shares_that_lack_a_municipality_or_are_wrong_are_refused(capsys: Printed, tmp_path: Path) -> None:
    few = written(tmp_path / "few.csv", "code,places", f"{UTRECHT},100")
    err = refused(capsys, ["reception", "table", few, "--as-of", DAY])
    assert "INP-04" in err
    assert "Zeist" in err
    for row in (f"{UTRECHT},veel", f"{UTRECHT},-1", "GM9999,10"):
        wrong = written(tmp_path / "wrong.csv", "code,places", row)
        assert "wrong.csv" in refused(capsys, ["reception", "table", wrong, "--as-of", DAY])
    refused(capsys, ["reception", "table", str(tmp_path / "none.csv"), "--as-of", DAY])
    refused(capsys, ["reception", "table", few, "--as-of", "1 maart"])


HEADER = "site,code,site_name,kind,form,for_minors,durable,places,first_day,last_day"
GOOD = (
    "S-0000001,GM0344,Kade,regular,regular,nee,ja,80,2026-01-01,2026-02-28",
    "S-0000001,GM0344,Kade,regular,regular,nee,ja,120,2026-03-01,",
    ",Zeist,Hof,special,emergency,,,40,2026-06-01,2026-12-31",
)


def test_a_sound_register_is_listed_with_what_is_not_deducted(capsys: Printed, tmp_path: Path) -> None:
    file = written(tmp_path / "sites.csv", HEADER, *GOOD)
    asked = ["reception", "sites", "check", file, "--on", DAY]
    assert main([*asked, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(row["code"], row["places"]) for row in told["rows"]] == [("GM0344", 120), ("GM0355", 0)]
    assert (told["sites"], told["total"], told["not_deducted"]) == (2, 120, [])
    small = written(tmp_path / "small.csv", HEADER, GOOD[2].replace(",,,40", ",,ja,4"))
    assert main(["reception", "sites", "check", small, "--on", DAY, "--format", "table"]) == 0
    assert "available-too-short" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("12,GM0344,Kade,regular,,,,80,2026-01-01,", "INP-01", "site"),
        (",GM9999,Kade,regular,,,,80,2026-01-01,", "REF-01", "code"),
        (",GM0344,,regular,,,,80,2026-01-01,", "INP-04", "site_name"),
        (f",GM0344,{'k' * 81},regular,,,,80,2026-01-01,", "INP-06", "site_name"),
        (",GM0344,Kade,tent,,,,80,2026-01-01,", "INP-01", "kind"),
        (",GM0344,Kade,regular,boot,,,80,2026-01-01,", "INP-01", "form"),
        (",GM0344,Kade,regular,,soms,,80,2026-01-01,", "INP-01", "for_minors"),
        (",GM0344,Kade,regular,,,,0,2026-01-01,", "INP-06", "places"),
        (",GM0344,Kade,regular,,,,,2026-01-01,", "INP-04", "places"),
        (",GM0344,Kade,regular,,,,20001,2026-01-01,", "INP-06", "places"),
        (",GM0344,Kade,regular,,,,80,1 januari,", "INP-01", "first_day"),
        (",GM0344,Kade,regular,,,,80,2026-01-02,2026-01-01", "INP-06", "last_day"),
        (",Zeist,hof,regular,,,,80,2026-01-02,", "INP-03", "site_name"),
        ("S-0000001,GM0344,Kade,regular,regular,nee,ja,90,2026-04-01,", "INP-06", "first_day"),
        ("S-0000001,GM0344,Werf,regular,regular,nee,ja,90,2026-04-01,", "INP-06", "site"),
    ],
)
def test_a_wrong_site_is_told_with_its_cell(
    capsys: Printed, tmp_path: Path, row: str, code: str, column: str
) -> None:
    file = written(tmp_path / "sites.csv", HEADER, *GOOD, row)
    err = refused(capsys, ["reception", "sites", "check", file, "--on", DAY])
    for said in (code, "sites.csv", "row 5", column):
        assert said in err
