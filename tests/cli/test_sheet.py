"""``eenthuis sheet``: templates without a database, files checked and taken in whole, errors by row and column."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from python_calamine import CalamineWorkbook
from small_country import COA, MINISTRY, OF_UTRECHT
from workbooks import Written, xlsx

from eenthuis.cli import django_ready
from eenthuis.cli.main import main
from eenthuis.connect.sheet_book import forms
from eenthuis.store.models import AccountRow, HouseholdRow, SheetRow, StatedProgressRow
from eenthuis.terms.sheets import SheetKind

HEADINGS: list[Written] = [
    "Plaatsingseenheid",
    "Vergunning op",
    "Opvanglocatie",
    "Koppelregio",
    "Volwassenen",
]
ROW: list[Written] = ["IM-1", date(2025, 11, 3), "OL-001", "Overijssel, Gelderland", "1988 m"]

REGIONS = "; ".join(forms()[SheetKind.HOUSEHOLDS].column("region").choices)


@pytest.fixture
def settled(proposal: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The small country with its accounts; the database of the test stands ready already."""
    del proposal
    monkeypatch.setattr(django_ready, "ready", lambda: None)
    monkeypatch.setenv("EENTHUIS_TODAY", "2026-03-03")
    for who in (COA, MINISTRY, OF_UTRECHT):
        user = get_user_model().objects.create(username=who.name)
        AccountRow.objects.create(user=user, role=who.role.value, municipality=who.municipality or "")


def write(folder: Path, *rows: list[Written]) -> str:
    file = folder / "lijst.xlsx"
    file.write_bytes(xlsx({"Huishoudens": [HEADINGS, *rows]}))
    return str(file)


@pytest.mark.parametrize("kind", ["households", "homes", "sign-offs", "progress"])
def test_a_template_is_written_without_a_database(kind: str, tmp_path: Path) -> None:
    out = tmp_path / "sjabloon.xlsx"
    assert main(["sheet", "template", kind, "--out", str(out)]) == 0
    assert CalamineWorkbook.from_path(out).sheet_names[1:] == ["Uitleg", "Lijsten"]


@pytest.mark.usefixtures("settled")
def test_a_sound_file_is_checked_without_a_trace_and_then_taken_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path, ROW)
    assert main(["sheet", "import", "households", file, "--check"]) == 0
    assert "1 new, 0 there already, 0 wrong; nothing was taken in, as asked" in capsys.readouterr().err
    assert SheetRow.objects.count() == 0
    assert main(["sheet", "import", "households", file, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["new"], told["taken_in"], len(told["receipt"])) == (1, True, 12)
    assert HouseholdRow.objects.filter(identifier="IM-1").exists()
    assert main(["sheet", "import", "households", file]) == 0
    assert "0 new, 1 there already" in capsys.readouterr().err


@pytest.mark.usefixtures("settled")
def test_every_error_is_told_with_row_column_value_why_and_remedy_and_nothing_is_taken_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path, ROW, ["IM-2", "31-11-2025", "OL-001", "Mars", "1988 m"])
    back = tmp_path / "terug.xlsx"
    assert main(["sheet", "import", "households", file, "--marked", str(back), "--format", "csv"]) == 2
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "row,column,value,why,remedy",
        '3,Vergunning op,31-11-2025,This is no day that exists.,"Write dd-mm-yyyy, such as 03-11-2025."',
        f'3,Koppelregio,Mars,This is none of the choices.,"Choose from: {REGIONS}."',
    ]
    assert "1 new, 0 there already, 1 wrong; nothing was taken in" in said.err
    assert not HouseholdRow.objects.filter(identifier="IM-1").exists()
    rows = CalamineWorkbook.from_path(back).get_sheet_by_index(0).to_python()
    assert rows[2][1] == "31-11-2025"
    assert "geen dag die bestaat" in str(rows[2][5])


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["households", "nergens.xlsx"], "INP-07"),
        (["households", "LIST", "--account", "nobody"], "INP-04"),
        (["households", "LIST", "--account", OF_UTRECHT.name], "ACC-01"),
        (["progress", "LIST"], "INP-04"),
        (["households", "LIST", "--marked", "no/such/folder/x.xlsx"], "INP-07"),
    ],
)
def test_what_cannot_be_done_is_said_with_its_code(
    words: list[str], code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [write(tmp_path, ROW) if word == "LIST" else word for word in words]
    assert main(["sheet", "import", *given]) == 2
    assert code in capsys.readouterr().err
    assert not HouseholdRow.objects.filter(identifier="IM-1").exists()
    assert StatedProgressRow.objects.count() == 0
