"""The table that a model is trained on, and what makes a table unfit for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.outcome.columns import MOST_TEXTS, Column, codings_of
from eenthuis.matching.outcome.measures import auc
from eenthuis.terms.errors import EenthuisError, InputError, InputErrors, LinkingError, Location

LEAST_OF_EACH = 100
"""People at work, and people not at work, below which nothing is learned: bands around any chance would be too wide."""

LEAST_PER_TERM = 10
"""People of the rarer outcome per number that the columns of people become: the usual rule for logistic models."""

LEAST_HOUSEHOLDS = 50
"""Households below which leaving out a fifth of them says little."""

TELLS_ALL = 0.985
"""A column that alone orders outcomes this well (1 = without a fault) is taken for the outcome under another name."""


@dataclass(frozen=True, slots=True)
class Table:
    """People who were placed, a row each (n), and whether they found work in time.

    Attributes
    ----------
    household
        n int64: rows with the same number are one household.
    place
        n int64: number of the place in ``places``.
    places, regions
        Identifier of each place, and its region (``""`` where it has none).
    worked
        n bool.
    placed_on
        n days, or None where the table has no such column.
    people, surroundings
        Columns of the people (n rows each), and of the places (a row per place).
    """

    household: NDArray[np.int64]
    place: NDArray[np.int64]
    places: tuple[str, ...]
    regions: tuple[str, ...]
    worked: NDArray[np.bool_]
    placed_on: NDArray[np.datetime64] | None
    people: tuple[Column, ...]
    surroundings: tuple[Column, ...]

    def taken(self, rows: NDArray[np.int64]) -> Table:
        """Return the table of some rows only; numbers of places stay what they are."""
        return replace(
            self,
            household=self.household[rows],
            place=self.place[rows],
            worked=self.worked[rows],
            placed_on=None if self.placed_on is None else self.placed_on[rows],
            people=tuple(column.taken(rows) for column in self.people),
        )


def refuse_unfit(table: Table) -> None:
    """Refuse a table from which no honest chance can be learned.

    Raises
    ------
    LinkingError
        LNK-05: one outcome only, too few people of the rarer one, too few households, no column of people.
    InputErrors
        INP-02 for every column that tells the outcome itself, or is a name rather than a characteristic.
    """
    wrong: list[EenthuisError] = [*_names(table), *_leaks(table)]
    if wrong:
        raise InputErrors(tuple(wrong))
    reason = next(_lacks(table), None)
    if reason:
        raise LinkingError(
            "LNK-05",
            reason,
            remedy="Gather more rows, or link without a chance of work; that is the default.",
        )


def _lacks(table: Table) -> Iterator[str]:
    working = int(table.worked.sum())
    rarer = min(working, len(table.worked) - working)
    if rarer == 0:
        yield f"all {len(table.worked)} people have the same outcome, so nothing tells them apart"
    if rarer < LEAST_OF_EACH:
        yield f"{rarer} people have the rarer outcome; at least {LEAST_OF_EACH} are needed"
    households = len(np.unique(table.household))
    if households < LEAST_HOUSEHOLDS:
        yield f"there are {households} households; at least {LEAST_HOUSEHOLDS} are needed"
    terms = sum(len(coding.terms) for coding in codings_of(table.people))
    if terms == 0:
        yield "no column of people tells them apart"
    if rarer < LEAST_PER_TERM * terms:
        yield (
            f"the columns of people become {terms} numbers, and {rarer} people have the rarer outcome; "
            f"at least {LEAST_PER_TERM} for each number are needed"
        )


def _names(table: Table) -> Iterator[InputError]:
    for column in (*table.people, *table.surroundings):
        if column.is_number:
            if _numbers_rows(column):
                yield InputError(
                    "INP-02",
                    f"the column {column.name!r} has another whole number in every row, as a file number has",
                    remedy="Leave it out.",
                    location=Location(column=column.name),
                )
            continue
        texts = np.unique(column.values[~column.empty])
        if len(texts) > MOST_TEXTS:
            yield InputError(
                "INP-02",
                f"the column {column.name!r} holds {len(texts)} different texts, more than {MOST_TEXTS}",
                remedy="Leave it out, or bring its texts together in a few kinds.",
                location=Location(column=column.name, value=str(texts[0])),
            )


def _numbers_rows(column: Column) -> bool:
    values = np.asarray(column.values, np.float64)
    whole = bool((~column.empty).all() and (values == np.floor(values)).all())
    return whole and len(np.unique(values)) == len(values) and len(values) >= LEAST_OF_EACH


def _leaks(table: Table) -> Iterator[InputError]:
    if table.worked.all() or not table.worked.any():
        return
    for column in table.people:
        order = max(_orders(column, table.worked), _orders_by_gap(column, table.worked))
        if order > TELLS_ALL:
            yield InputError(
                "INP-02",
                f"the column {column.name!r} tells the outcome itself: alone it orders {order:.1%} of pairs right",
                remedy="Leave it out; at the time of placing nobody can know it.",
                location=Location(column=column.name),
            )


def _orders(column: Column, worked: NDArray[np.bool_]) -> float:
    """Return how well a column alone orders the outcomes, whichever way round (0.5 = not, 1 = without a fault)."""
    if column.is_number:
        known = ~column.empty
        value = np.asarray(column.values[known], np.float64)
        outcome = worked[known]
    else:
        _, kind = np.unique(column.values, return_inverse=True)
        outcome = worked
        value = (np.bincount(kind, weights=worked) / np.bincount(kind))[kind]
    if outcome.all() or not outcome.any() or len(outcome) * 2 < len(worked):
        return 0.5
    found = auc(outcome, value)
    return max(found, 1.0 - found)


def _orders_by_gap(column: Column, worked: NDArray[np.bool_]) -> float:
    """Return the same for whether the cell is filled in at all, such as the first day of a job."""
    found = auc(worked, column.empty.astype(np.float64))
    return max(found, 1.0 - found)
