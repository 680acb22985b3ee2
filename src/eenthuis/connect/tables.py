"""One reader for every table that a person hands in: a CSV file from a spreadsheet or a program.

It reads UTF-8 with or without byte-order mark, UTF-16 with one, and comma, semicolon or tab as delimiter.
Column names may differ in case and spaces. Everything that is wrong is found in one go and told with file,
row, column, value and remedy; rows count as a spreadsheet counts them, the header being row 1.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from eenthuis.connect.text import decoded
from eenthuis.terms.errors import EenthuisError, InputError, InputErrors, Location
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode

T = TypeVar("T")

_CODE = re.compile(r"(?:GM)?(?P<number>\d{1,4})")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)")
_LONGEST_DECIMAL = 30
_WHOLE = re.compile(r"[+-]?[0-9]+")
_DELIMITERS = ",;\t"
_EXCEL_HINT = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_LONGEST_NUMBER = 18


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its number in the spreadsheet and its cells by column name, stripped of spaces."""

    file: str
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Return the cell of ``column``, empty when the table does not have that column."""
        return self.cells.get(column, "")

    def where(self, column: str) -> Location:
        """Return where the cell of ``column`` stands, for an error message."""
        return Location(self.file, self.number, column, self[column])


Kind = Callable[[Row, str], object]
"""Reads the cell of a column and raises when it cannot: :func:`whole_number`, :func:`code`, :func:`day` …"""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, with the names of the columns that were found."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def each(self, read: Callable[[Row], T]) -> tuple[T, ...]:
        """Return ``read`` of every row.

        Raises
        ------
        InputErrors
            With the error of every row on which ``read`` raised one.
        """
        found: list[T] = []
        problems: list[EenthuisError] = []
        for row in self.rows:
            try:
                found.append(read(row))
            except InputErrors as wrong:
                problems.extend(wrong.errors)
            except EenthuisError as wrong:
                problems.append(wrong)
        _refuse(problems)
        return tuple(found)


def read_table(
    path: Path,
    *,
    columns: Sequence[str],
    optional: Sequence[str] = (),
    kinds: Mapping[str, Kind] = MappingProxyType({}),
    unique: Sequence[str] = (),
    other_columns: bool = False,
    may_be_empty: bool = False,
) -> Table:
    """Read a CSV file with a header and check it as a whole.

    Parameters
    ----------
    path
        The file.
    columns
        Names that must be there, in lower case; order in the file does not matter.
    optional
        Names that may be there.
    kinds
        How to read the cells of a column; run on every cell so that all errors come out at once. A cell of an
        optional column may be empty.
    unique
        Columns that together may not repeat, such as ``("code",)`` or ``("code", "half_year")``.
    other_columns
        Whether columns of other names are left alone instead of refused.
    may_be_empty
        Whether a header without rows is fine.

    Raises
    ------
    InputError
        INP-07 no such file; INP-05 not text in UTF-8 or UTF-16.
    InputErrors
        INP-02 missing, unknown or doubled columns and rows with too many or too few cells; INP-03 repeated
        keys; INP-04 empty codes or no rows at all; INP-01 and INP-06 from ``kinds``. All of them at once.
    """
    file = path.name
    text = decoded(path)
    records = _records(file, text)
    header_row, written = next(records, (1, []))
    names = [_folded(name) for name in written]
    while names and not names[-1]:
        names.pop()
    _refuse(_header_problems(file, header_row, names, columns, None if other_columns else optional))
    rows, problems = _rows(file, names, records)
    problems.extend(_cell_problems(rows, kinds, frozenset(optional)))
    if unique:
        problems.extend(_repeats(rows, unique, kinds))
        problems.sort(key=lambda wrong: (wrong.location and wrong.location.row) or 0)
    if not rows and not problems and not may_be_empty:
        problems.append(
            InputError(
                "INP-04",
                "the file has a header and no rows",
                remedy="Put at least one row below the header.",
                location=Location(file),
            )
        )
    _refuse(problems)
    return Table(file, tuple(names), tuple(rows))


def code(row: Row, column: str = "code") -> MunicipalityCode:
    """Return the municipality code in a cell; ``GM0344``, ``gm0344`` and a bare ``344`` are the same.

    Raises
    ------
    InputError
        INP-04 when the cell is empty, INP-01 when it is no code.
    """
    written = row[column].upper()
    if not written:
        raise InputError(
            "INP-04",
            "the municipality code is missing",
            remedy="Write the CBS code, such as GM0344.",
            location=row.where(column),
        )
    match = _CODE.fullmatch(written)
    if match is None:
        raise InputError(
            "INP-01",
            f"{row[column]!r} is not a municipality code",
            remedy="Write the CBS code: GM and four digits, such as GM0344.",
            location=row.where(column),
        )
    return MunicipalityCode(f"GM{int(match['number']):04d}")


def whole_number(row: Row, column: str, minimum: int = 0) -> int:
    """Return the whole number in a cell, no lower than ``minimum``.

    A point or comma is refused, since ``1.234`` can mean one and a bit or more than a thousand.

    Raises
    ------
    InputError
        INP-01 when it is not written as a whole number, INP-06 when it is below ``minimum`` or absurdly long.
    """
    written = row[column]
    if _WHOLE.fullmatch(written) is None:
        raise InputError(
            "INP-01",
            f"{written!r} is not a whole number" if written else "a whole number is missing",
            remedy=_number_remedy(written),
            location=row.where(column),
        )
    if len(written) > _LONGEST_NUMBER or int(written) < minimum:
        raise InputError(
            "INP-06",
            f"{written[:_LONGEST_NUMBER]} is out of range",
            remedy=f"Write a whole number of {minimum} or more, at most {_LONGEST_NUMBER} digits.",
            location=row.where(column),
        )
    return int(written)


def exact_decimal(row: Row, column: str) -> Fraction:
    """Return the decimal number in a cell exactly, with a point or a comma before the decimals.

    Raises
    ------
    InputError
        INP-01 when it is no decimal number, INP-06 when it is absurdly long.
    """
    written = row[column]
    if _DECIMAL.fullmatch(written) is None:
        raise InputError(
            "INP-01",
            f"{written!r} is not a decimal number" if written else "a decimal number is missing",
            remedy="Write it as 0.123 or -0,123, without thousands signs or an exponent.",
            location=row.where(column),
        )
    if len(written) > _LONGEST_DECIMAL:
        raise InputError(
            "INP-06",
            f"{written[:_LONGEST_DECIMAL]}… is too long",
            remedy=f"Write at most {_LONGEST_DECIMAL} signs.",
            location=row.where(column),
        )
    return Fraction(written.replace(",", "."))


def half_year(row: Row, column: str = "half_year") -> HalfYear:
    """Return the half-year in a cell, written ``2023-I`` or ``2023-1``.

    Raises
    ------
    InputError
        INP-01 when it is no half-year.
    """
    try:
        return HalfYear.parse(row[column])
    except InputError as wrong:
        raise InputError(
            wrong.code, wrong.message, remedy=wrong.remedy, location=row.where(column)
        ) from wrong


def day(row: Row, column: str) -> date:
    """Return the day in a cell, written ``2023-01-31``.

    Raises
    ------
    InputError
        INP-01 when it is no day.
    """
    try:
        return date.fromisoformat(row[column])
    except ValueError as wrong:
        raise InputError(
            "INP-01",
            f"{row[column]!r} is not a day",
            remedy="Write year, month and day, such as 2023-01-31.",
            location=row.where(column),
        ) from wrong


def _refuse(problems: Sequence[EenthuisError]) -> None:
    if problems:
        raise InputErrors(tuple(problems))


def _number_remedy(written: str) -> str:
    if re.fullmatch(r"[+-]?\d{1,3}([., \u00a0]\d{3})+", written):
        bare = re.sub(r"[., \u00a0]", "", written)
        return f"Write it without thousands signs: {bare}."
    if re.fullmatch(r"[+-]?\d+[.,]\d+", written):
        return "Write a whole number, without decimals."
    return "Write digits only, such as 1234."


def delimiter_of(line: str) -> str:
    """Return the delimiter that stands most often in ``line`` outside quotes; a comma when there is none."""
    bare = re.sub(r'"[^"]*"', "", line)
    return max(_DELIMITERS, key=bare.count)


def _folded(name: str) -> str:
    return re.sub(r"[\s-]+", "_", name.strip().casefold())


def _records(file: str, text: str) -> Iterator[tuple[int, list[str]]]:
    hint = _EXCEL_HINT.match(text)
    body = text[hint.end() :] if hint else text
    first = next((line for line in body.splitlines() if line.strip()), "")
    reader = csv.reader(
        io.StringIO(body, newline=""), delimiter=hint[1] if hint else delimiter_of(first), strict=True
    )
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield number, stripped
    except csv.Error as wrong:
        raise InputError(
            "INP-01",
            f"the row cannot be split into cells: {wrong}",
            remedy="Close every quotation mark, and double those inside a cell.",
            location=Location(file, number + 1),
        ) from wrong


def _header_problems(
    file: str, row: int, names: Sequence[str], columns: Sequence[str], optional: Sequence[str] | None
) -> list[EenthuisError]:
    """Return what is wrong with the header; ``optional`` is None where any other name is fine."""
    wanted = ", ".join(columns) + (f" (and optionally {', '.join(optional)})" if optional else "")
    problems: list[EenthuisError] = [
        _column_error(file, row, name, f"the column {name!r} is missing", f"The header must name {wanted}.")
        for name in columns
        if name not in names
    ]
    for place, name in enumerate(names):
        if name and name in names[:place]:
            problems.append(
                _column_error(file, row, name, f"the column {name!r} stands twice", "Leave one of them out.")
            )
        elif optional is not None and name not in {*columns, *optional}:
            near = difflib.get_close_matches(name, [*columns, *optional], n=1)
            remedy = f"Did you mean {near[0]!r}?" if near else f"Leave it out; known columns are {wanted}."
            problems.append(_column_error(file, row, name, f"the column {name!r} is unknown", remedy))
    return problems


def _column_error(file: str, row: int, name: str, message: str, remedy: str) -> InputError:
    return InputError("INP-02", message, remedy=remedy, location=Location(file, row, name))


def _rows(
    file: str, names: Sequence[str], records: Iterator[tuple[int, list[str]]]
) -> tuple[list[Row], list[EenthuisError]]:
    rows: list[Row] = []
    problems: list[EenthuisError] = []
    for number, cells in records:
        while len(cells) > len(names) and not cells[-1]:
            cells.pop()
        if len(cells) != len(names):
            problems.append(
                InputError(
                    "INP-02",
                    f"the row has {len(cells)} cells where the header names {len(names)} columns",
                    remedy="Give every row as many cells as the header; quote a cell that holds a delimiter.",
                    location=Location(file, number),
                )
            )
            continue
        rows.append(Row(file, number, MappingProxyType(dict(zip(names, cells, strict=True)))))
    return rows, problems


def _cell_problems(
    rows: Sequence[Row], kinds: Mapping[str, Kind], optional: frozenset[str]
) -> Iterator[EenthuisError]:
    for row in rows:
        for column, kind in kinds.items():
            if column in optional and not row[column]:
                continue
            try:
                kind(row, column)
            except EenthuisError as wrong:
                yield wrong


def _repeats(
    rows: Sequence[Row], unique: Sequence[str], kinds: Mapping[str, Kind]
) -> Iterator[EenthuisError]:
    seen: dict[tuple[object, ...], int] = {}
    for row in rows:
        try:
            key = tuple(kinds[column](row, column) if column in kinds else row[column] for column in unique)
        except EenthuisError:
            continue
        first = seen.setdefault(key, row.number)
        if first != row.number:
            shown = ", ".join(str(part) for part in key)
            yield InputError(
                "INP-03",
                f"{shown} stands in row {first} and again in row {row.number}",
                remedy="Keep one of the two rows.",
                location=Location(row.file, row.number, unique[0], row[unique[0]]),
            )
