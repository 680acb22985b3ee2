"""``eenthuis register`` from the outside: what it prints and how it ends."""

from __future__ import annotations

import csv
import io
import json

import pytest

from eenthuis import reference
from eenthuis.cli.main import main
from eenthuis.reference.algorithm_register import titles

Printed = pytest.CaptureFixture[str]


def test_json_is_what_is_handed_in(capsys: Printed) -> None:
    assert main(["register", "show", "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == reference.algorithm_record().document()
    assert [line.split(" ")[2] for line in err.splitlines()] == [
        "organization",
        "contact_email",
        "impacttoetsen",
    ]


def test_fields_can_be_filled_in(capsys: Printed) -> None:
    given = (
        "organization=COA",
        "contact_email=https://voorbeeld.example/a=b",
        "impacttoetsen=Een DPIA is gedaan.",
    )
    asked = [word for one in given for word in ("--set", one)]
    assert main(["register", "show", "--format", "json", *asked]) == 0
    out, err = capsys.readouterr()
    document = json.loads(out)
    assert document["organization"] == "COA"
    assert document["contact_email"] == "https://voorbeeld.example/a=b"
    assert document["impacttoetsen"] == "<p>Een DPIA is gedaan.</p>"
    assert err == ""


def test_csv_has_a_row_for_every_field(capsys: Printed) -> None:
    assert main(["register", "show", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["field"] for row in rows] == list(titles())
    assert rows[0] == {
        "field": "name",
        "title": "Naam",
        "to_fill": "",
        "value": "Koppelvoorstel statushouders",
    }
    assert {row["field"]: row["to_fill"] for row in rows}["organization"] == "must"


def test_the_table_is_read_by_people(capsys: Printed) -> None:
    assert main(["register", "show", "--format", "table"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["Naam (name)", "  Koppelvoorstel statushouders"]
    assert "Organisatie (organization) [in te vullen]" in lines
    assert "  - Het algoritme bekijkt alle huishoudens en alle gemeenten tegelijk." in lines
    assert max(map(len, lines)) <= 110


@pytest.mark.parametrize(
    ("given", "code"), [("organization", "INP-01"), ("status=Klaar", "INP-01"), ("goal=Iets", "INP-02")]
)
def test_a_wrong_value_ends_with_2(given: str, code: str, capsys: Printed) -> None:
    assert main(["register", "show", "--set", given]) == 2
    assert code in capsys.readouterr().err
