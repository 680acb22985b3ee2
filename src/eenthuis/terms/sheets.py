"""Spreadsheets that are handed in: their kinds, their columns, and what can be wrong in a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

Cell = str | int | float | bool | date | datetime | None
"""What a cell of a spreadsheet holds; an empty one holds None."""


class SheetKind(StrEnum):
    """What a spreadsheet holds, one kind a file."""

    HOUSEHOLDS = "households"
    HOMES = "homes"
    SIGN_OFFS = "sign-offs"
    PROGRESS = "progress"
    ESTIMATES = "estimates"
    DOCUMENTS = "documents"


class CellKind(StrEnum):
    """How the cells of a column are read."""

    NAME = "name"
    WHOLE = "whole"
    DAY = "day"
    YES_NO = "yes-no"
    CHOICE = "choice"
    MUNICIPALITY = "municipality"
    MUNICIPALITIES = "municipalities"
    MEMBERS = "members"
    HALF_YEAR = "half-year"
    TEXT = "text"


class Why(StrEnum):
    """Why a row, or a whole sheet, cannot be taken in; each has a sentence and a remedy."""

    WRONG_SHEET = "wrong-sheet"
    NO_ROWS = "no-rows"
    COLUMN_MISSING = "column-missing"
    COLUMN_UNKNOWN = "column-unknown"
    COLUMN_REFUSED = "column-refused"
    COLUMN_TWICE = "column-twice"
    NO_HEADING = "no-heading"
    FORMULA = "formula"
    CELL_ERROR = "cell-error"
    EMPTY = "empty"
    NOT_A_NAME = "not-a-name"
    NOT_WHOLE = "not-whole"
    OUT_OF_RANGE = "out-of-range"
    NOT_A_DAY = "not-a-day"
    DAY_CANNOT_BE = "day-cannot-be"
    NOT_A_DOCUMENT = "not-a-document"
    DAY_AS_NUMBER = "day-as-number"
    NOT_YES_NO = "not-yes-no"
    NOT_A_CHOICE = "not-a-choice"
    UNKNOWN_MUNICIPALITY = "unknown-municipality"
    AMBIGUOUS_MUNICIPALITY = "ambiguous-municipality"
    MUNICIPALITY_ENDED = "municipality-ended"
    NOT_A_MEMBER = "not-a-member"
    NOT_A_HALF_YEAR = "not-a-half-year"
    TOO_LONG = "too-long"
    TWICE = "twice"
    OUTSIDE_REACH = "outside-reach"
    UNKNOWN_CENTRE = "unknown-centre"
    UNKNOWN_HOUSEHOLD = "unknown-household"
    ALREADY_OTHERWISE = "already-otherwise"
    UNKNOWN_HOME = "unknown-home"
    NOT_LINKED = "not-linked"
    LINKED_ELSEWHERE = "linked-elsewhere"
    BEFORE_LINK = "before-link"
    AHEAD = "ahead"
    NOT_POSSIBLE = "not-possible"
    BEFORE_LAST_STEP = "before-last-step"
    NO_MEMBERS = "no-members"
    NO_TARGET = "no-target"
    OUTSIDE_HALF_YEAR = "outside-half-year"
    NOT_IN_ORDER = "not-in-order"
    UNTIL_MISSING = "until-missing"
    UNTIL_OUTSIDE = "until-outside"
    COUNT_HAS_NO_RANGE = "count-has-no-range"


class Outcome(StrEnum):
    """What taking in a row comes to: something new, the same as what is there already, or wrong."""

    NEW = "new"
    SAME = "same"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a kind: its heading in the file, how it is read, and what it means in both languages."""

    name: str
    heading: str
    kind: CellKind
    required: bool
    meaning: str
    meaning_en: str
    example: str
    least: int = 0
    most: int = 0
    choices: Mapping[str, str] = field(default_factory=dict)
    """What may stand in the cell (casefolded), and the value it means."""


@dataclass(frozen=True, slots=True)
class SheetForm:
    """The form of a kind: the name of its sheet, what it is for, its columns, and which of them name a row."""

    kind: SheetKind
    sheet: str
    title: str
    title_en: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    def column(self, name: str) -> Column:
        """Return a column by its name."""
        return next(one for one in self.columns if one.name == name)


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """What is wrong in one cell, row or sheet; ``row`` counts as the spreadsheet does.

    ``values`` fill in the sentence: never of a person, only what stands in the file or what is asked for.
    """

    why: Why
    row: int
    column: str = ""
    value: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One row of the file as it was read: its number, the cells by name of column, and where a formula stands."""

    number: int
    cells: Mapping[str, Cell]
    formulas: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet whose headings are understood; ``heading_row`` counts as the spreadsheet does."""

    form: SheetForm
    sheet: str
    heading_row: int
    lines: tuple[SheetLine, ...]
    problems: tuple[SheetProblem, ...]
