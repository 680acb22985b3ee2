"""From a spreadsheet file to the rows below the headings of its form."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from eenthuis.connect.sheet_book import folded, own_headings, refused_headings
from eenthuis.connect.sheet_files import MOST_COLUMNS, MOST_ROWS, Place, look
from eenthuis.connect.tables import delimiter_of
from eenthuis.connect.text import text_of
from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.sheets import Cell, ReadSheet, SheetForm, SheetLine, SheetProblem, Why

LOOKED_AT = 20
"""Headings stand somewhere in so many first rows; above them may stand a title."""

Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet as it stands in the file: every row from the first, and where formulas are."""

    name: str
    rows: list[list[Cell]]
    formulas: frozenset[Place]


def grids(content: bytes, name: str) -> tuple[Grid, ...]:
    """Return the sheets of a file; a CSV file is one sheet.

    Raises
    ------
    InputError
        INP-05 when it cannot be read; INP-06 when it is too large.
    """
    found = look(content, name)
    if found.kind == "csv":
        return (Grid(Path(name).stem, _csv_rows(content, name), frozenset()),)
    from python_calamine import CalamineError, CalamineWorkbook  # only this needs it

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return tuple(
            Grid(
                sheet,
                [
                    [_plain(cell) for cell in row]
                    for row in book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
                ],
                found.formulas.get(sheet, frozenset()),
            )
            for sheet in book.sheet_names
        )
    except CalamineError as wrong:
        raise InputError(
            "INP-05",
            "the workbook cannot be read",
            remedy="Open it in a spreadsheet program and save it again as .xlsx.",
            location=Location(name),
        ) from wrong


def _plain(cell: str | float | bool | date | datetime | time | timedelta) -> Cell:  # noqa: FBT001 - a cell holds what it holds
    match cell:
        case "":
            return None
        case str():
            return cell.replace("\u00a0", " ").replace("\x00", "").strip() or None
        case float() if cell.is_integer():
            return int(cell)
        case datetime() if cell.time() == time():
            return cell.date()
        case time() | timedelta():
            return str(cell)
        case _:
            return cell


def _csv_rows(content: bytes, name: str) -> list[list[Cell]]:
    text = text_of(content, Path(name))
    lines = [line for line in text.splitlines()[:LOOKED_AT] if line.strip()]
    widest = max(lines, key=lambda line: line.count(delimiter_of(line)), default="")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(widest), strict=True)
    rows: list[list[Cell]] = []
    try:
        for cells in reader:
            if len(rows) > MOST_ROWS + LOOKED_AT or len(cells) > MOST_COLUMNS:
                raise InputError(
                    "INP-06",
                    f"it has more than {MOST_ROWS} rows or {MOST_COLUMNS} columns",
                    remedy="Hand it in in parts.",
                    location=Location(name),
                )
            rows.append([_csv_cell(cell) for cell in cells])
    except csv.Error as wrong:
        raise InputError(
            "INP-01",
            f"the row cannot be split into cells: {wrong}",
            remedy="Close every quotation mark, and double those inside a cell.",
            location=Location(name, len(rows) + 1),
        ) from wrong
    return rows


def _csv_cell(cell: str) -> Cell:
    """Return a cell of a CSV file, without the apostrophe that guards text against being a formula."""
    bare = cell.replace("\u00a0", " ").strip()
    return (bare[1:] if bare[:1] == "'" and bare[1:2] in set("=+-@\t'") else bare) or None


def read_sheet(content: bytes, name: str, form: SheetForm, tell: Tell | None = None) -> ReadSheet:
    """Return the rows of the sheet that has the headings of a form, with what is wrong in its headings.

    Raises
    ------
    InputError
        INP-05 when the file cannot be read; INP-06 when it is too large.
    """
    every = grids(content, name)
    grid, heading = _sheet_of(every, form)
    if grid is None:
        values = {"found": ", ".join(one.name for one in every)}
        return ReadSheet(form, "", 0, (), (SheetProblem(Why.WRONG_SHEET, 1, values=values),))
    places, problems = _columns(grid, heading, form)
    lines = tuple(_lines(grid, heading, places, tell))
    if not lines and not problems:
        problems.append(SheetProblem(Why.NO_ROWS, heading + 1))
    return ReadSheet(form, grid.name, heading + 1, lines, tuple(problems))


def sheet_of(every: Sequence[Grid], form: SheetForm) -> Grid | None:
    """Return the sheet of a file that has the headings of a form, if there is one."""
    return _sheet_of(every, form)[0]


def _sheet_of(every: Sequence[Grid], form: SheetForm) -> tuple[Grid | None, int]:
    """Return the sheet with most of the headings, the one that bears the name of the form before others."""
    wanted = {folded(one.heading) for one in form.columns}
    best: tuple[int, bool, Grid | None, int] = (1 if len(wanted) > 1 else 0, False, None, 0)
    for grid in every:
        named = folded(grid.name) == folded(form.sheet)
        for number, row in enumerate(grid.rows[:LOOKED_AT]):
            count = len(wanted & {folded(cell) for cell in row if isinstance(cell, str)})
            if (count, named) > best[:2]:
                best = (count, named, grid, number)
    return best[2], best[3]


def _columns(grid: Grid, heading: int, form: SheetForm) -> tuple[dict[int, str], list[SheetProblem]]:
    """Return the column of the form at each place, and what is wrong with the headings."""
    known = {folded(one.heading): one.name for one in form.columns}
    places: dict[int, str] = {}
    problems = []
    row = heading + 1
    for place, cell in enumerate(grid.rows[heading]):
        written = "" if cell is None else str(cell)
        name = folded(written)
        if not name:
            if _holds_something(grid, heading, place):
                problems.append(SheetProblem(Why.NO_HEADING, row, letters(place)))
        elif name in refused_headings():
            problems.append(SheetProblem(Why.COLUMN_REFUSED, row, written))
        elif name in own_headings():
            continue
        elif name not in known:
            problems.append(SheetProblem(Why.COLUMN_UNKNOWN, row, written))
        elif known[name] in places.values():
            problems.append(SheetProblem(Why.COLUMN_TWICE, row, written))
        else:
            places[place] = known[name]
    problems += [
        SheetProblem(Why.COLUMN_MISSING, row, one.heading)
        for one in form.columns
        if one.required and one.name not in places.values()
    ]
    return places, problems


def _holds_something(grid: Grid, heading: int, place: int) -> bool:
    return any(len(row) > place and row[place] is not None for row in grid.rows[heading + 1 :])


def letters(place: int) -> str:
    """Return the letters of a column, from 0.

    Examples
    --------
    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    left, found = place + 1, ""
    while left:
        left, rest = divmod(left - 1, 26)
        found = chr(65 + rest) + found
    return found


def _lines(grid: Grid, heading: int, places: dict[int, str], tell: Tell | None) -> Iterator[SheetLine]:
    by_row: dict[int, set[int]] = {}
    for row, place in grid.formulas:
        by_row.setdefault(row, set()).add(place)
    for at in range(heading + 1, len(grid.rows)):
        row_cells = grid.rows[at]
        cells = {name: row_cells[place] for place, name in places.items() if len(row_cells) > place}
        formulas = frozenset(places[place] for place in by_row.get(at, ()) if place in places)
        if formulas or any(cell is not None for cell in cells.values()):
            yield SheetLine(at + 1, cells, formulas)
        if tell is not None and at % 1000 == 0:
            tell(at)
