"""Workbooks for spreadsheet programs, the same bytes for the same contents."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

WIDEST = 48


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, its columns and its rows; None is an empty cell."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[str | int | None]]


def workbook(sheets: Sequence[Sheet], *, title: str, day: date) -> bytes:
    """Return sheets as xlsx, each with a heading that stays in view and a filter; texts never become formulas."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": title, "created": datetime.combine(day, time(), UTC).replace(tzinfo=None)})
    bold = book.add_format({"bold": True})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.write_row(0, 0, sheet.columns, bold)
        for at, row in enumerate(sheet.rows, start=1):
            page.write_row(at, 0, ["" if value is None else value for value in row])
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
        for column, name in enumerate(sheet.columns):
            texts = [name, *(str(row[column]) for row in sheet.rows)]
            page.set_column(column, column, min(WIDEST, max(map(len, texts)) + 2))
    book.close()
    return out.getvalue()
