"""The tables of an instance folder: rows as read, and every fault found in them."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eenthuis.terms.errors import EenthuisError, InputError, InputErrors, LinkingError, Location

MOST_FAULTS = 50
"""Faults gathered before reading stops."""

LARGEST = 2**40
"""Caps and uses beyond this are taken for a mistake."""

LARGEST_SCORE = 1e30
"""Scores are held in single precision; beyond this they are taken for a mistake."""

_REMEDY = {
    "INP-01": "Mend the value and try again.",
    "INP-02": "Add the column and try again.",
    "INP-03": "Keep one of the two rows.",
    "INP-04": "Fill the cell in.",
    "INP-05": "Save the file again in the form the manual names.",
    "INP-06": "Give a whole number of at least 0.",
    "INP-07": "Put the file in the instance folder.",
    "LNK-01": "Make the files of the instance fit each other.",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of one CSV file, header apart."""

    path: Path
    columns: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...]

    def cells(self, *names: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield row numbers (the header is row 1) with the cells of ``names``, blanks stripped."""
        if any(name not in self.columns for name in names):
            return
        at = [self.columns.index(name) for name in names]
        for number, row in self.rows:
            yield number, tuple(row[column].strip() for column in at)


class Faults:
    """Faults found so far; they are raised together."""

    def __init__(self) -> None:
        """Start with none."""
        self.found: list[EenthuisError] = []

    def add(
        self, code: str, message: str, sheet: Sheet, row: int | None, column: str, value: str = ""
    ) -> None:
        """Note a fault in a cell, a row or a column of ``sheet``."""
        self._note(code, message, Location(file=str(sheet.path), row=row, column=column, value=value))

    def lack(self, code: str, message: str, path: Path) -> None:
        """Note a fault of a whole file."""
        self._note(code, message, Location(file=str(path)))

    def cell(self, path: Path, row: int, column: str, value: str) -> None:
        """Note a score that is not finite in an array; ``row`` counts from 0."""
        where = Location(file=str(path), row=row + 1, column=column, value=value)
        self._note("INP-01", "a score is not a finite number", where)

    def score(self, sheet: Sheet, row: int, text: str, *, needed: bool) -> float:
        """Return ``text`` as a finite score that single precision holds, noting it when it is not."""
        if not text and not needed:
            return 0.0
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not math.isfinite(number) or abs(number) > LARGEST_SCORE:
            self.add("INP-01", "a score is a finite number", sheet, row, "score", text)
            return 0.0
        return number

    def stop(self) -> None:
        """Raise what was found, if anything."""
        if self.found:
            raise InputErrors(tuple(self.found))

    def _note(self, code: str, message: str, where: Location) -> None:
        kind = LinkingError if code.startswith("LNK") else InputError
        self.found.append(kind(code, message, remedy=_REMEDY[code], location=where))
        if len(self.found) >= MOST_FAULTS:
            self.stop()


def read_sheet(path: Path, required: tuple[str, ...], faults: Faults) -> Sheet:
    """Read a CSV file with comma or semicolon, with or without byte-order mark; note missing columns."""
    empty = Sheet(path, (), ())
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        faults.lack("INP-07", "the file is missing", path)
        return empty
    except UnicodeDecodeError:
        faults.lack("INP-05", "the file is not UTF-8 text", path)
        return empty
    lines = text.splitlines()
    if not lines:
        faults.lack("INP-02", "the file is empty", path)
        return empty
    delimiter = ";" if ";" in lines[0] else ","
    rows = list(csv.reader(lines, delimiter=delimiter))
    columns = tuple(name.strip() for name in rows[0])
    sheet = Sheet(
        path,
        columns,
        tuple(
            (number, row) for number, row in enumerate(rows[1:], start=2) if any(cell.strip() for cell in row)
        ),
    )
    for name in required:
        if name not in columns:
            faults.add("INP-02", "the column is missing", sheet, 1, name)
    for name in {name for name in columns if columns.count(name) > 1}:
        faults.add("INP-03", "the column appears twice", sheet, 1, name)
    wrong = [number for number, row in sheet.rows if len(row) != len(columns)]
    for number in wrong[:MOST_FAULTS]:
        faults.add("INP-01", f"a row has {len(columns)} cells", sheet, number, "")
    if wrong:
        faults.stop()
    return sheet


def numbered(sheet: Sheet, column: str, faults: Faults) -> dict[str, int]:
    """Return identifiers with their row from 0, in file order, noting missing and repeated ones."""
    found: dict[str, int] = {}
    for number, (name,) in sheet.cells(column):
        if not name:
            faults.add("INP-04", "an identifier is missing", sheet, number, column)
        elif name in found:
            faults.add("INP-03", "an identifier appears twice", sheet, number, column, name)
        else:
            found[name] = len(found)
    return found


def household_row(
    rows: Mapping[str, int], sheet: Sheet, number: int, name: str, faults: Faults
) -> int | None:
    """Return the row of a household that another file names, or None after noting that nobody knows it."""
    row = rows.get(name)
    if row is None:
        faults.add("LNK-01", "this household is not in households.csv", sheet, number, "household_id", name)
    return row


def whole_column(sheet: Sheet, column: str, faults: Faults, *, empty: int | None = None) -> NDArray[np.int64]:
    """Return a column of whole numbers of at least 0; blanks count as ``empty`` when that is given."""
    out = np.zeros(len(sheet.rows), np.int64)
    for at, (number, (text,)) in enumerate(sheet.cells(column)):
        if not text and empty is not None:
            out[at] = empty
            continue
        if not (text.isascii() and text.removeprefix("-").isdigit()):
            faults.add("INP-01", "a whole number is needed", sheet, number, column, text)
            continue
        value = int(text)
        if value < 0 or value > LARGEST:
            faults.add("INP-06", "the number is out of range", sheet, number, column, text)
        else:
            out[at] = value
    return out
