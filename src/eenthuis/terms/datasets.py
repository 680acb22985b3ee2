"""Open data: what is published as files, with the meaning of every column."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NewType

DatasetCode = NewType("DatasetCode", str)
"""Short Dutch name of a data set, as it stands in its address."""

Cell = str | int | Decimal | bool | date | None
"""One value of a table; None where nothing is told."""


class ColumnKind(StrEnum):
    """What the values of a column are."""

    TEXT = "text"
    WHOLE = "whole"
    DECIMAL = "decimal"
    DAY = "day"
    YES_NO = "yes-no"


class EditionKind(StrEnum):
    """What one edition of a data set covers: a year, a half-year, a month, a run of the policy lab, or everything."""

    YEAR = "year"
    HALF_YEAR = "half-year"
    MONTH = "month"
    LAB_RUN = "lab-run"
    WHOLE = "whole"


class Frequency(StrEnum):
    """How often there is something new, in the words of the EU list of frequencies."""

    MONTHLY = "MONTHLY"
    BIANNUAL = "ANNUAL_2"
    IRREGULAR = "IRREG"


@dataclass(frozen=True, slots=True)
class Worded:
    """A text in Dutch and in English."""

    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in every file, what its values are and in which unit, and what it means."""

    name: str
    kind: ColumnKind
    unit: str
    meaning: Worded


@dataclass(frozen=True, slots=True)
class Dataset:
    """A data set with its columns.

    Attributes
    ----------
    code, title, description, keywords
        What it is called and what it holds.
    editions, frequency
        What one edition covers, and how often there is something new.
    recompute
        How anyone computes the figures again.
    """

    code: DatasetCode
    title: Worded
    description: Worded
    keywords: tuple[Worded, ...]
    editions: EditionKind
    frequency: Frequency
    recompute: Worded
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition: its name in the address, and the days it covers, both counted; None where it has no end or start."""

    name: str
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class DatasetTable:
    """An edition of a data set with its rows, in the order of the columns."""

    dataset: Dataset
    edition: Edition
    rows: tuple[tuple[Cell, ...], ...]
