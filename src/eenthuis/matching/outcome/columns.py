"""Columns of people and places, and how they become numbers that a model can weigh."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEAST_OF_A_KIND = 10
"""A text, a gap, a place or a region that fewer people share gets no effect of its own: it would tell about them."""

MOST_TEXTS = 30
"""A column with more different texts is taken for a name or a number of a file, not for a characteristic."""

PERSONAL: Mapping[str, frozenset[str]] = {
    "sex": frozenset(
        {"sex", "gender", "geslacht", "male", "female", "man", "men", "woman", "women", "vrouw", "vrouwen"}
    ),
    "age": frozenset(
        {
            "age",
            "ages",
            "leeftijd",
            "birth",
            "born",
            "birthday",
            "birthdate",
            "dob",
            "geboren",
            "geboortejaar",
        }
        | {"geboortedatum", "leeftijdsgroep", "birthyear"}
    ),
}
"""Words that tell sex or age: such a column counts only when whoever trains asks for it by name."""


def personal_kind(name: str) -> str | None:
    """Return ``sex`` or ``age`` when the name of a column tells that, else None.

    Examples
    --------
    >>> personal_kind("year_of_birth"), personal_kind("Geslacht"), personal_kind("language")
    ('age', 'sex', None)
    """
    parts = {part.lower() for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}
    return next((kind for kind, words in PERSONAL.items() if parts & words), None)


@dataclass(frozen=True, slots=True)
class Column:
    """One column over n rows: float64 with NaN where it is empty, or texts with ``""`` where it is empty."""

    name: str
    values: NDArray[np.float64] | NDArray[np.str_]

    @property
    def is_number(self) -> bool:
        """Whether it holds numbers."""
        return self.values.dtype.kind == "f"

    @property
    def empty(self) -> NDArray[np.bool_]:
        """Which rows hold nothing."""
        return np.asarray(np.isnan(self.values) if self.is_number else self.values == "")

    def taken(self, rows: NDArray[np.int64]) -> Column:
        """Return the column of some rows only."""
        return Column(self.name, self.values[rows])


@dataclass(frozen=True, slots=True)
class Coding:
    """How one column becomes numbers, fixed when a model is trained.

    Attributes
    ----------
    name
        The column.
    mean, scale, low, high
        Of a column of numbers: what is taken off, what it is divided by, and the range seen in training.
    levels
        Of a column of texts: those with a number of their own; empty for a column of numbers.
    marks_empty
        Whether an empty cell has a number of its own.
    """

    name: str
    mean: float = 0.0
    scale: float = 1.0
    low: float = 0.0
    high: float = 0.0
    levels: tuple[str, ...] = ()
    marks_empty: bool = False

    @property
    def terms(self) -> tuple[str, ...]:
        """What each number of the code is called."""
        own = tuple(f"{self.name} = {level}" for level in self.levels) or (self.name,)
        return (*own, f"{self.name} is empty") if self.marks_empty else own

    def coded(self, column: Column) -> NDArray[np.float64]:
        """Return the code of every row (n x terms).

        A number outside the range of training counts as the nearest one within it, an empty one as the mean; a text
        that is not among the levels counts as none of them.
        """
        if self.levels:
            parts = [np.asarray(column.values == level, np.float64) for level in self.levels]
        else:
            within = np.clip(np.asarray(column.values, np.float64), self.low, self.high)
            parts = [np.nan_to_num((within - self.mean) / self.scale, nan=0.0)]
        if self.marks_empty:
            parts.append(column.empty.astype(np.float64))
        return np.stack(parts, axis=1)

    def strange(self, column: Column) -> int:
        """Return how many rows hold a number or text that training did not know."""
        if self.levels:
            return int((~np.isin(column.values, self.levels) & ~column.empty).sum())
        numbers = np.asarray(column.values, np.float64)
        return int(((numbers < self.low) | (numbers > self.high)).sum())


def coding_of(column: Column) -> Coding | None:
    """Return the code of a column as its rows suggest it; None where every row says the same."""
    empty = column.empty
    marks_empty = bool(LEAST_OF_A_KIND <= int(empty.sum()) <= len(empty) - LEAST_OF_A_KIND)
    if column.is_number:
        known = np.asarray(column.values[~empty], np.float64)
        if not known.size or float(np.ptp(known)) == 0.0:
            return None
        return Coding(
            column.name,
            mean=float(known.mean()),
            scale=float(known.std()),
            low=float(known.min()),
            high=float(known.max()),
            marks_empty=marks_empty,
        )
    texts, counts = np.unique(column.values[~empty], return_counts=True)
    levels = tuple(str(text) for text, count in zip(texts, counts, strict=True) if count >= LEAST_OF_A_KIND)
    if not levels or (len(texts) == 1 and not marks_empty):
        return None
    return Coding(column.name, levels=levels, marks_empty=marks_empty)


def codings_of(columns: Sequence[Column]) -> tuple[Coding, ...]:
    """Return the code of every column that tells rows apart."""
    return tuple(coding for column in columns if (coding := coding_of(column)) is not None)


def coded(codings: Sequence[Coding], columns: Sequence[Column], rows: int) -> NDArray[np.float64]:
    """Return the codes of ``rows`` rows side by side (rows x all terms)."""
    by_name = {column.name: column for column in columns}
    parts = [coding.coded(by_name[coding.name]) for coding in codings]
    return np.concatenate([np.zeros((rows, 0)), *parts], axis=1)
