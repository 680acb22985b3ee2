"""Cells of a spreadsheet as values: read strictly, written so that they are read back the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from eenthuis import reference
from eenthuis.connect.sheet_book import folded
from eenthuis.terms.errors import EenthuisError, ReferenceFactError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.people import Sex
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.sheets import Cell, CellKind, Column, SheetForm, SheetLine, SheetProblem, Why

_DUTCH_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?")
_MEMBER = re.compile(r"(\d{4})\s*([mvx])", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9-]+")
_ERROR = re.compile(
    r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|N/B|WAARDE!|VERW!|DEEL/0!|NAAM\?|LEEG!|GETAL!)"
)
_SEXES = {"m": Sex.MALE, "v": Sex.FEMALE, "x": Sex.UNKNOWN}
_LETTERS = {sex: letter for letter, sex in _SEXES.items()}
_YES = frozenset({"ja", "j", "waar", "true", "yes"})
_NO = frozenset({"nee", "n", "onwaar", "false", "no"})
_FIRST_YEAR = 1900
MOST_MEMBERS = 30
MOST_SHOWN = 60
"""So much of a cell is shown beside a problem."""

Value = str | int | bool | date | HalfYear | tuple[MunicipalityCode, ...] | tuple[tuple[int, Sex], ...] | None


class Wrong(Exception):  # noqa: N818 - never leaves this module
    """A cell that cannot be read, with what fills in its sentence."""

    def __init__(self, why: Why, **values: str) -> None:
        """Keep why."""
        self.why, self.values = why, values
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Cells:
    """The values of a row by name of column with the cells they were read from, and what is wrong with it."""

    number: int
    cells: Mapping[str, Cell]
    values: Mapping[str, Value]
    problems: tuple[SheetProblem, ...]


def shown(cell: Cell) -> str:
    """Return a cell as a person reads it: days Dutch, yes and no in words, at most so much."""
    match cell:
        case None:
            return ""
        case bool():
            return "ja" if cell else "nee"
        case datetime():
            return f"{cell:%d-%m-%Y %H:%M}"
        case date():
            return f"{cell:%d-%m-%Y}"
        case _:
            text = str(cell)
            return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def read_cells(line: SheetLine, form: SheetForm, today: date) -> Cells:
    """Return the values of a row, with every cell that cannot be read told of."""
    values: dict[str, Value] = {}
    problems = []
    for column in form.columns:
        cell = line.cells.get(column.name)
        try:
            values[column.name] = _read(cell, column, today, is_formula=column.name in line.formulas)
        except Wrong as wrong:
            problems.append(SheetProblem(wrong.why, line.number, column.heading, shown(cell), wrong.values))
    return Cells(line.number, line.cells, values, tuple(problems))


def _read(cell: Cell, column: Column, today: date, *, is_formula: bool) -> Value:
    if is_formula:
        raise Wrong(Why.FORMULA)
    if cell is None:
        if column.required:
            raise Wrong(Why.EMPTY)
        return None
    if isinstance(cell, str) and _ERROR.fullmatch(cell):
        raise Wrong(Why.CELL_ERROR)
    return _READERS[column.kind](cell, column, today)


def _name(cell: Cell, column: Column, _today: date) -> Value:
    text = str(cell)
    if isinstance(cell, bool | float | date) or not _NAME.fullmatch(text) or len(text) > column.most:
        raise Wrong(Why.NOT_A_NAME)
    return text


def _whole(cell: Cell, column: Column, _today: date) -> Value:
    if isinstance(cell, str) and cell.isascii() and cell.isdigit():
        cell = int(cell)
    if not isinstance(cell, int) or isinstance(cell, bool):
        raise Wrong(Why.NOT_WHOLE)
    if not column.least <= cell <= column.most:
        raise Wrong(Why.OUT_OF_RANGE)
    return cell


def _day(cell: Cell, _column: Column, _today: date) -> Value:
    match cell:
        case bool():
            raise Wrong(Why.NOT_A_DAY)
        case datetime():
            return cell.date()
        case date():
            return cell
        case int() | float():
            raise Wrong(Why.DAY_AS_NUMBER)
        case _:
            return _typed_day(str(cell))


def read_day(text: str) -> date | None:
    """Return a day as people type it, or None when it is none."""
    try:
        return _typed_day(text)
    except Wrong:
        return None


def _typed_day(text: str) -> date:
    if dutch := _DUTCH_DAY.fullmatch(text):
        day, month, year = (int(part) for part in dutch.groups())
    elif iso := _ISO_DAY.fullmatch(text):
        year, month, day = (int(part) for part in iso.groups())
    else:
        raise Wrong(Why.NOT_A_DAY)
    try:
        return date(year, month, day)
    except ValueError as wrong:
        raise Wrong(Why.NOT_A_DAY) from wrong


def _yes_no(cell: Cell, _column: Column, _today: date) -> Value:
    if isinstance(cell, bool):
        return cell
    word = str(cell).casefold()
    if word in _YES | _NO:
        return word in _YES
    raise Wrong(Why.NOT_YES_NO)


def _choice(cell: Cell, column: Column, _today: date) -> Value:
    for word, value in column.choices.items():
        if folded(str(cell)) in {folded(word), value}:
            return value
    raise Wrong(Why.NOT_A_CHOICE)


@lru_cache(maxsize=4096)
def _found(written: str, on: date) -> MunicipalityCode | Why:
    try:
        return reference.find(written, on).code
    except ReferenceFactError as wrong:
        return {
            "REF-02": Why.AMBIGUOUS_MUNICIPALITY,
            "REF-03": Why.MUNICIPALITY_ENDED,
        }.get(wrong.code, Why.UNKNOWN_MUNICIPALITY)


def _municipality(cell: Cell, _column: Column, today: date) -> Value:
    found = _found(str(cell).strip(), today)
    if isinstance(found, Why):
        raise Wrong(found)
    return found


def _municipalities(cell: Cell, column: Column, today: date) -> Value:
    parts = [part.strip() for part in str(cell).split(";") if part.strip()]
    return tuple(sorted({MunicipalityCode(str(_municipality(part, column, today))) for part in parts}))


def _members(cell: Cell, _column: Column, today: date) -> Value:
    members = []
    for part in (part.strip() for part in str(cell).split(";")):
        found = _MEMBER.fullmatch(part)
        if found is None or not _FIRST_YEAR <= int(found[1]) <= today.year:
            raise Wrong(Why.NOT_A_MEMBER, part=part[:MOST_SHOWN])
        members.append((int(found[1]), _SEXES[found[2].lower()]))
    if len(members) > MOST_MEMBERS:
        raise Wrong(Why.TOO_LONG, most=str(MOST_MEMBERS))
    return tuple(members)


def _half_year(cell: Cell, _column: Column, _today: date) -> Value:
    try:
        return HalfYear.parse(str(cell))
    except EenthuisError as wrong:
        raise Wrong(Why.NOT_A_HALF_YEAR) from wrong


def _text(cell: Cell, column: Column, _today: date) -> Value:
    text = cell if isinstance(cell, str) else shown(cell)
    if len(text) > column.most:
        raise Wrong(Why.TOO_LONG)
    return text


_READERS: Mapping[CellKind, Callable[[Cell, Column, date], Value]] = {
    CellKind.NAME: _name,
    CellKind.WHOLE: _whole,
    CellKind.DAY: _day,
    CellKind.YES_NO: _yes_no,
    CellKind.CHOICE: _choice,
    CellKind.MUNICIPALITY: _municipality,
    CellKind.MUNICIPALITIES: _municipalities,
    CellKind.MEMBERS: _members,
    CellKind.HALF_YEAR: _half_year,
    CellKind.TEXT: _text,
}


def written(value: object, column: Column) -> Cell:
    """Return a value as a cell that :func:`read_cells` reads back the same."""
    match value:
        case None | ():
            return None
        case date() | int() if not isinstance(value, bool):
            return value
        case _:
            return _words(value, column)


def _words(value: object, column: Column) -> str:
    match value:
        case bool():
            return "ja" if value else "nee"
        case tuple() if column.kind is CellKind.MUNICIPALITIES:
            return "; ".join(str(code) for code in value)
        case tuple():
            return "; ".join(f"{year} {_LETTERS[sex]}" for year, sex in value)
        case str() if column.kind is CellKind.CHOICE:
            return next(word for word, meant in column.choices.items() if meant == value)
        case _:
            return str(value)
