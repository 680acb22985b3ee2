"""Workbooks and CSV files that go out: templates, what was handed in with its errors marked, and lists.

Text stays text: no cell is written as a formula, whatever it begins with.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from eenthuis import reference
from eenthuis.connect.sheet_book import folded, own_headings, sentence
from eenthuis.terms.sheets import Cell, CellKind, Column, SheetForm, SheetProblem

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LAST_ROW = 100_000
WIDTHS = {CellKind.MUNICIPALITIES: 26, CellKind.MEMBERS: 24, CellKind.TEXT: 50, CellKind.CHOICE: 32}
ERROR_HEADINGS = ("Wat is er mis", "Wat te doen")
Written = str | int | float | bool | date | datetime | Decimal | None
Tell = Callable[[int], None]


def _workbook(out: io.BytesIO, *, long: bool = False) -> Workbook:
    from xlsxwriter import Workbook  # only this needs it

    book = Workbook(
        out,
        {
            "in_memory": True,
            "constant_memory": long,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "remove_timezone": True,
        },
    )
    book.set_properties({"title": "Eenthuis", "author": "Eenthuis", "created": datetime(2026, 1, 1)})  # noqa: DTZ001 - the same content gives the same file
    return book


def _put(
    sheet: Worksheet, row: int, column: int, cell: Written, day: Format, plain: Format | None = None
) -> None:
    match cell:
        case None | "":
            if plain is not None:
                sheet.write_blank(row, column, None, plain)
        case str():
            sheet.write_string(row, column, cell, plain)
        case bool():
            sheet.write_string(row, column, "ja" if cell else "nee", plain)
        case datetime():
            sheet.write_datetime(row, column, cell, day)
        case date():
            sheet.write_datetime(row, column, cell, day)
        case _:
            sheet.write_number(row, column, float(cell), plain)


def template(form: SheetForm, on: date) -> bytes:
    """Return the workbook to fill in: Dutch headings, lists to choose from, and a sheet that explains them."""
    out = io.BytesIO()
    with _workbook(out) as book:
        head = book.add_format(
            {"bold": True, "bg_color": "#DDE7F3", "text_wrap": True, "valign": "top", "border": 1}
        )
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        text = book.add_format({"num_format": "@"})
        main = book.add_worksheet(form.sheet)
        explained = book.add_worksheet("Uitleg")
        lists = book.add_worksheet("Lijsten")
        main.freeze_panes(1, 1)
        for place, column in enumerate(form.columns):
            main.write_string(0, place, column.heading, head)
            formats = {CellKind.DAY: day, CellKind.WHOLE: None}
            main.set_column(place, place, WIDTHS.get(column.kind, 18), formats.get(column.kind, text))
            _validate(main, lists, place, column, on)
        lists.hide()
        _explain(explained, form, head)
    return out.getvalue()


def _validate(main: Worksheet, lists: Worksheet, place: int, column: Column, on: date) -> None:
    shared = {
        "ignore_blank": True,
        "input_title": column.heading[:32],
        "input_message": column.meaning[:255],
        "error_title": "Dit kan niet",
    }
    words = {
        CellKind.CHOICE: list(column.choices),
        CellKind.YES_NO: ["ja", "nee"],
        CellKind.MUNICIPALITY: [one.name for one in reference.municipalities(on)],
    }.get(column.kind)
    rule: dict[str, object]
    if words:
        lists.write_column(0, place, words)
        letter = lists_column(place)
        rule = {"validate": "list", "source": f"=Lijsten!${letter}$1:${letter}${len(words)}"}
        if column.kind is CellKind.MUNICIPALITY:
            rule["error_type"] = "warning"  # a CBS code is good as well
    elif column.kind is CellKind.DAY:
        rule = {
            "validate": "date", "criteria": ">=", "value": date(2000, 1, 1),
            "error_type": "warning", "error_message": "Schrijf een dag als dd-mm-jjjj.",
        }  # fmt: skip
    elif column.kind is CellKind.WHOLE:
        rule = {
            "validate": "integer", "criteria": "between", "minimum": column.least, "maximum": column.most,
            "error_message": f"Een geheel getal van {column.least} tot en met {column.most}.",
        }  # fmt: skip
    else:
        rule = {"validate": "any"}
    main.data_validation(1, place, LAST_ROW, place, {**shared, **rule})


def lists_column(place: int) -> str:
    """Return the letters of a column of the sheet with lists."""
    from eenthuis.connect.sheet_reading import letters

    return letters(place)


def _explain(sheet: Worksheet, form: SheetForm, head: Format) -> None:
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 2, 90)
    sheet.set_column(3, 3, 40)
    sheet.write_string(0, 0, form.title)
    sheet.write_string(
        1, 0, f"Vul het blad {form.sheet} in. De volgorde van de kolommen is vrij; de koppen niet."
    )
    sheet.write_string(
        2, 0, "Nationaliteit, afkomst en geloof horen hier niet: een bestand met zo’n kolom wordt geweigerd."
    )
    for place, heading in enumerate(("Kolom", "Verplicht", "Uitleg", "Voorbeeld")):
        sheet.write_string(4, place, heading, head)
    for row, column in enumerate(form.columns, start=5):
        must = "ja" if column.required else "nee"
        for place, words in enumerate((column.heading, must, column.meaning, column.example)):
            sheet.write_string(row, place, words)


def marked(
    form: SheetForm, rows: Sequence[Sequence[Cell]], heading_row: int, problems: Sequence[SheetProblem]
) -> bytes:
    """Return what was handed in as a workbook with two columns more: what is wrong in a row, and what to do.

    Every row stands where it stood, with the cells as they were; the cells with something wrong are coloured.
    Marks of an earlier time are renewed.
    """
    by_row: defaultdict[int, list[SheetProblem]] = defaultdict(list)
    for problem in problems:
        by_row[problem.row].append(problem)
    headings = (
        [folded(str(cell or "")) for cell in rows[heading_row - 1]] if 0 < heading_row <= len(rows) else []
    )
    kept = [place for place, name in enumerate(headings) if name not in own_headings()]
    width = max((len(row) for row in rows), default=0)
    kept += list(range(len(headings), width))
    out = io.BytesIO()
    with _workbook(out) as book:
        bad = book.add_format({"bg_color": "#FBD5D5"})
        bad_day = book.add_format({"bg_color": "#FBD5D5", "num_format": "dd-mm-yyyy"})
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        head = book.add_format({"bold": True, "bg_color": "#DDE7F3"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(form.sheet)
        sheet.set_column(0, max(len(kept) - 1, 0), 18)
        sheet.set_column(len(kept), len(kept) + 1, 60, wrap)
        if heading_row:
            sheet.freeze_panes(heading_row, 0)
        for number, row in enumerate(rows, start=1):
            wrong = {folded(one.column) for one in by_row[number]} if number in by_row else set()
            for at, place in enumerate(kept):
                is_bad = bool(wrong) and place < len(headings) and headings[place] in wrong
                cell = row[place] if place < len(row) else None
                plain = head if number == heading_row else bad if is_bad else None
                _put(sheet, number - 1, at, cell, bad_day if is_bad else day, plain)
            _mark(
                sheet,
                number,
                len(kept),
                by_row.get(number, []),
                form,
                head if number == heading_row else None,
            )
    return out.getvalue()


def _mark(
    sheet: Worksheet,
    number: int,
    place: int,
    problems: Sequence[SheetProblem],
    form: SheetForm,
    head: Format | None,
) -> None:
    if head is not None:
        for at, heading in enumerate(ERROR_HEADINGS):
            sheet.write_string(number - 1, place + at, heading, head)
        return
    told = [(one.column, *sentence(one, form)) for one in problems]
    if told:
        why = "\n".join(f"{column}: {words}" if column else words for column, words, _ in told)
        remedy = "\n".join(dict.fromkeys(words for _, _, words in told))
        sheet.write_string(number - 1, place, why)
        sheet.write_string(number - 1, place + 1, remedy)


@dataclass(frozen=True, slots=True)
class ListFile:
    """A list that goes out: its title, headings and rows, with the filter in words and the moment it was made."""

    sheet: str
    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Written]]
    filter_words: str
    moment: datetime

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What stands beside the rows."""
        return (
            ("Lijst", self.title),
            ("Filter", self.filter_words),
            ("Moment", f"{self.moment:%d-%m-%Y %H:%M}"),
        )


def list_workbook(made: ListFile, tell: Tell | None = None) -> bytes:
    """Return a list as a workbook, with a second sheet that says which list, filter and moment it is."""
    out = io.BytesIO()
    with _workbook(out, long=True) as book:
        head = book.add_format({"bold": True, "bg_color": "#DDE7F3"})
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        sheet = book.add_worksheet(made.sheet)
        sheet.set_column(0, len(made.headings) - 1, 20)
        sheet.freeze_panes(1, 0)
        for place, heading in enumerate(made.headings):
            sheet.write_string(0, place, heading, head)
        for number, row in enumerate(made.rows, start=1):
            for place, cell in enumerate(row):
                _put(sheet, number, place, cell, day)
            if tell is not None and number % 500 == 0:
                tell(number)
        about = book.add_worksheet("Toelichting")
        about.set_column(0, 0, 12)
        about.set_column(1, 1, 100)
        for number, (name, words) in enumerate(made.facts):
            about.write_string(number, 0, name, head)
            about.write_string(number, 1, words)
    return out.getvalue()


def list_csv(made: ListFile, *, for_excel: bool, tell: Tell | None = None) -> bytes:
    """Return a list as CSV: for Dutch Excel with the facts above the headings, or for programs with them in columns."""
    out = io.StringIO()
    writer = csv.writer(
        out, delimiter=";" if for_excel else ",", lineterminator="\r\n" if for_excel else "\n"
    )
    facts = made.facts
    if for_excel:
        writer.writerows((name, guarded(words)) for name, words in facts)
        writer.writerow([])
    writer.writerow([*made.headings, *(() if for_excel else [name for name, _ in facts])])
    said = () if for_excel else [guarded(words) for _, words in facts]
    for number, row in enumerate(made.rows, start=1):
        writer.writerow([*(_csv_cell(cell, for_excel=for_excel) for cell in row), *said])
        if tell is not None and number % 500 == 0:
            tell(number)
    return (("\ufeff" if for_excel else "") + out.getvalue()).encode()


def _csv_cell(cell: Written, *, for_excel: bool) -> str:
    match cell:
        case None:
            return ""
        case str():
            return guarded(cell)
        case datetime() | date():
            return _csv_day(cell, for_excel=for_excel)
        case bool():
            return "ja" if cell else "nee"
        case _:
            return str(cell).replace(".", ",") if for_excel else str(cell)


def _csv_day(day: date | datetime, *, for_excel: bool) -> str:
    if isinstance(day, datetime):
        return f"{day:%d-%m-%Y %H:%M}" if for_excel else day.isoformat(timespec="seconds")
    return f"{day:%d-%m-%Y}" if for_excel else day.isoformat()


def guarded(words: str) -> str:
    """Return text with an apostrophe before it when a spreadsheet would take it for a formula."""
    return f"'{words}" if words[:1] in {"=", "+", "-", "@", "\t", "\r"} or words[:2] in _GUARDED else words


_GUARDED = frozenset({"'=", "'+", "'-", "'@", "'\t", "''"})
"""Text that begins like a guarded one gets its own apostrophe, so that it reads back the same."""
