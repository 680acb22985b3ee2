"""Spreadsheets as people hand them in: read strictly, refused clearly, and marked so that they can be mended."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from python_calamine import CalamineWorkbook
from workbooks import Written, ods, packed, repacked, xlsx

from eenthuis.connect import sheet_files, sheet_reading, sheet_writing
from eenthuis.connect.sheet_book import forms, list_words, sentence
from eenthuis.connect.sheet_cells import read_cells
from eenthuis.terms.errors import InputError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.sheets import ReadSheet, SheetKind, SheetProblem, Why

TODAY = date(2026, 3, 3)
FORM = forms()[SheetKind.PROGRESS]
HEADINGS: list[Written] = ["Gemeente", "Halfjaar", "Stand op", "Gehuisvest", "Toelichting"]
ROW: list[Written] = ["Utrecht", "2026-I", date(2026, 2, 28), 42, None]


def read(content: bytes, name: str = "lijst.xlsx") -> ReadSheet:
    return sheet_reading.read_sheet(content, name, FORM)


def whys(sheet: ReadSheet) -> list[Why]:
    found = list(sheet.problems)
    for line in sheet.lines:
        found += read_cells(line, FORM, TODAY).problems
    return [problem.why for problem in found]


def book(*rows: list[Written], name: str = "Voortgang") -> bytes:
    return xlsx({name: [HEADINGS, *rows]})


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        (0, "Utrecht", None),
        (0, "gm0344", None),
        (0, "Den Haag", None),
        (0, "Utregt", Why.UNKNOWN_MUNICIPALITY),
        (0, "Bergen", Why.AMBIGUOUS_MUNICIPALITY),
        (0, "GM0457", Why.MUNICIPALITY_ENDED),
        (0, None, Why.EMPTY),
        (0, "#N/B", Why.CELL_ERROR),
        (1, "2026-2", None),
        (1, "eerste helft", Why.NOT_A_HALF_YEAR),
        (2, "28-02-2026", None),
        (2, "2026-02-28", None),
        (2, "1-2-2026", None),
        (2, "30-02-2026", Why.NOT_A_DAY),
        (2, "02/28/2026", Why.NOT_A_DAY),
        (2, "28 februari 2026", Why.NOT_A_DAY),
        (2, 46081, Why.DAY_AS_NUMBER),
        (3, "42", None),
        (3, 42.0, None),
        (3, 42.5, Why.NOT_WHOLE),
        (3, "1.234", Why.NOT_WHOLE),
        (3, "veel", Why.NOT_WHOLE),
        (3, -1, Why.OUT_OF_RANGE),
        (3, 1_000_000, Why.OUT_OF_RANGE),
        (3, True, Why.NOT_WHOLE),
        (4, "x" * 501, Why.TOO_LONG),
        (4, "+31 minder", None),
    ],
)
def test_a_cell_is_read_strictly(column: int, cell: Written, why: Why | None) -> None:
    row = list(ROW)
    row[column] = cell
    sheet = read(book(row, ROW))
    assert whys(sheet) == ([why] if why else [])


def test_values_are_the_same_from_every_kind_of_file() -> None:
    text = ["Utrecht", "2026-I", "28-02-2026", "42", "op tijd"]
    names = [str(one) for one in HEADINGS]
    comma = ",".join(names) + "\n" + ",".join(text) + "\n"
    semicolon = "\ufeff" + ";".join(names) + "\r\n" + ";".join(text) + "\r\n"
    files = {
        "a.xlsx": book(["Utrecht", "2026-I", date(2026, 2, 28), 42, "op tijd"]),
        "a.ods": ods("Voortgang", [names, text]),
        "a.csv": comma.encode(),
        "b.csv": semicolon.encode(),
        "c.csv": semicolon[1:].encode("utf-16"),
    }
    found = [read_cells(read(content, name).lines[0], FORM, TODAY).values for name, content in files.items()]
    assert all(values == found[0] for values in found)
    assert found[0] == {
        "municipality": "GM0344",
        "half_year": HalfYear(2026, 1),
        "as_of": date(2026, 2, 28),
        "realised": 42,
        "note": "op tijd",
    }


def test_a_formula_is_told_of_with_its_cell_and_not_taken_for_its_value() -> None:
    made = xlsx({"Voortgang": [HEADINGS, ROW, ROW]}, {"D3": "=2+3"})
    assert [line.formulas for line in read(made).lines] == [frozenset(), {"realised"}]
    assert whys(read(made)) == [Why.FORMULA]
    cell = '<table:table-cell table:formula="of:=2+3" office:value-type="float" office:value="5"/>'
    text = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    sheet = ods(
        "Voortgang", [[str(one) for one in HEADINGS]], f"<table:table-row>{text * 3}{cell}</table:table-row>"
    )
    assert read(sheet, "a.ods").lines[0].formulas == {"realised"}


def test_titles_above_blanks_below_and_rows_between_do_not_matter() -> None:
    rows: list[list[Written]] = [
        ["Onze lijst", None],
        [None],
        HEADINGS,
        ROW,
        [None, " ", None],
        ROW,
        [None],
        [""],
    ]
    sheet = read(xlsx({"Blad1": rows}))
    assert (sheet.heading_row, [line.number for line in sheet.lines], sheet.problems) == (3, [4, 6], ())


def test_a_column_under_merged_headings_is_pointed_out() -> None:
    rows: list[list[Written]] = [
        ["Gemeente", "Halfjaar", "Stand op", "Gehuisvest", None],
        ["Utrecht", "2026-I", date(2026, 2, 28), 42, "x"],
    ]
    (problem,) = read(xlsx({"Voortgang": rows})).problems
    assert (problem.why, problem.row, problem.column) == (Why.NO_HEADING, 1, "E")


def test_the_sheet_is_found_by_its_headings_and_its_absence_is_said_with_what_there_is() -> None:
    assert read(xlsx({"Eerst": [["iets anders"]], "Tweede": [HEADINGS, ROW]})).sheet == "Tweede"
    assert read(xlsx({"Oud": [HEADINGS, ROW], "Voortgang": [HEADINGS, ROW]})).sheet == "Voortgang"
    (problem,) = read(xlsx({"Eerst": [["iets anders"]], "Tweede": [["nog iets"]]})).problems
    assert problem.why is Why.WRONG_SHEET
    assert "Eerst, Tweede" in sentence(problem, FORM)[0]


@pytest.mark.parametrize(
    ("headings", "why"),
    [
        ([*HEADINGS, "Nationaliteit"], Why.COLUMN_REFUSED),
        ([*HEADINGS, "  land VAN  herkomst "], Why.COLUMN_REFUSED),
        ([*HEADINGS, "Schoenmaat"], Why.COLUMN_UNKNOWN),
        ([*HEADINGS, "Gehuisvest"], Why.COLUMN_TWICE),
        (HEADINGS[:3], Why.COLUMN_MISSING),
    ],
)
def test_headings_that_do_not_belong_are_refused_by_name(headings: list[Written], why: Why) -> None:
    sheet = read(xlsx({"Voortgang": [headings, [*ROW, "x"]]}))
    assert why in [problem.why for problem in sheet.problems]


def test_a_refused_column_says_why_it_is_refused() -> None:
    (problem,) = read(xlsx({"Voortgang": [[*HEADINGS, "Nationaliteit"], ROW]})).problems
    assert "tellen niet mee" in sentence(problem, FORM)[0]
    assert "do not count" in sentence(problem, FORM, language="en")[0]


def test_every_reason_has_a_sentence_in_both_languages_for_every_form() -> None:
    for form in forms().values():
        for why in Why:
            problem = SheetProblem(why, 2, form.columns[0].heading, "x", _everything())
            for language in ("nl", "en"):
                assert all(words and "{" not in words for words in sentence(problem, form, language=language))


def _everything() -> dict[str, str]:
    return dict.fromkeys(("found", "part", "other", "there", "first", "last", "least", "most"), "1")


@pytest.mark.parametrize("kind", SheetKind)
def test_a_template_has_the_headings_lists_to_choose_from_and_reads_as_empty(kind: SheetKind) -> None:
    form = forms()[kind]
    made = sheet_writing.template(form, TODAY)
    sheet = sheet_reading.read_sheet(made, "sjabloon.xlsx", form)
    assert [problem.why for problem in sheet.problems] == [Why.NO_ROWS]
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        first = archive.read("xl/worksheets/sheet1.xml").decode()
    assert first.count("<dataValidation ") == len(form.columns)
    explained = CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_name("Uitleg").to_python()
    assert {column.heading for column in form.columns} <= {str(row[0]) for row in explained}


def test_the_workbook_comes_back_with_its_rows_and_what_is_wrong_beside_them_and_reads_again() -> None:
    rows: list[list[Written]] = [["Titel"], HEADINGS, ROW, ["Utregt", "2026-I", "=x", 5, "'-1"]]
    given = xlsx({"Voortgang": rows})
    sheet = read(given)
    problems = [problem for line in sheet.lines for problem in read_cells(line, FORM, TODAY).problems]
    (grid,) = sheet_reading.grids(given, "a.xlsx")
    made = sheet_writing.marked(FORM, grid.rows, sheet.heading_row, problems)
    (back,) = sheet_reading.grids(made, "b.xlsx")
    assert [row[:5] for row in back.rows[1:]] == [row[:5] for row in grid.rows[1:]]
    assert back.rows[1][5:] == list(sheet_writing.ERROR_HEADINGS)
    assert back.rows[2][5:] == [None, None]
    assert "Gemeente: Er is geen gemeente die zo heet." in str(back.rows[3][5])
    assert read(made).problems == ()
    again = sheet_writing.marked(FORM, back.rows, sheet.heading_row, problems)
    assert sheet_reading.grids(again, "c.xlsx")[0].rows == back.rows


def test_a_bomb_a_lie_a_lock_and_a_wreck_are_refused_without_being_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sheet_files, "MOST_UNPACKED", 1_000_000)
    good = book(ROW)
    bomb = repacked(good, {"xl/media/bomb.bin": b"\0" * 2_000_000})
    assert len(bomb) < 50_000
    cases = {
        "INP-06": [bomb, b"x" * (sheet_files.MOST_BYTES + 1)],
        "INP-05": [
            b"\xd0\xcf\x11\xe0" + b"\0" * 600,
            good[:-40],
            packed({"iets.txt": b"x"}),
            repacked(good, {"xl/worksheets/sheet1.xml": b"<worksheet"}),
            repacked(good, {"xl/workbook.xml": b"<workbook"}),
            "gemeente;café".encode("cp1252"),
        ],
    }
    for code, files in cases.items():
        for content in files:
            with pytest.raises(InputError) as refused:
                read(content)
            assert refused.value.code == code


def test_a_cell_in_the_far_corner_is_refused_before_it_fills_the_memory() -> None:
    sheet = (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        "</sheetData></worksheet>"
    )
    far = repacked(book(ROW), {"xl/worksheets/sheet1.xml": sheet.encode()})
    many = (
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="string" '
    )
    many += 'table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row>'
    empty = '<table:table-row table:number-rows-repeated="1048570">'
    empty += '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    for content in (far, ods("Voortgang", [], many)):
        with pytest.raises(InputError, match="INP-06"):
            read(content)
    text = ["Utrecht", "2026-I", "28-02-2026", "42", ""]
    assert len(read(ods("Voortgang", [[str(one) for one in HEADINGS], text], empty), "a.ods").lines) == 1


@pytest.mark.parametrize("words", ["=1+1", "+31", "-5", "@x", "'", "'=1", "''x", "\u20ac 5", 'a;b,c\n"d"'])
@pytest.mark.parametrize("form", ["xlsx", "csv", "excel"])
def test_text_stays_text_on_its_way_out_and_reads_back_the_same(words: str, form: str) -> None:
    from datetime import datetime

    made = sheet_writing.ListFile(
        sheet=list_words("progress").sheet,
        title="Voortgang",
        headings=list_words("progress").headings,
        rows=[["GM0344", "2026-I", date(2026, 2, 28), 42, words]],
        filter_words="=filter",
        moment=datetime(2026, 3, 3, 9, 5),  # noqa: DTZ001 - a moment on the wall
    )
    content = (
        sheet_writing.list_workbook(made)
        if form == "xlsx"
        else sheet_writing.list_csv(made, for_excel=form == "excel")
    )
    if form == "xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    else:
        assert not any(
            cell[:1] in set("=+@-") for cell in content.decode("utf-8-sig").replace(";", ",").split(",")
        )
        assert b"03-03-2026 09:05" in content
    sheet = read(content, f"a.{'xlsx' if form == 'xlsx' else 'csv'}")
    assert (sheet.problems, read_cells(sheet.lines[0], FORM, TODAY).values["note"]) == ((), words)
