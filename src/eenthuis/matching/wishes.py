"""Overrides as the engine takes them: who must go where, who may not, and the problem that leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.problem import Problem
from eenthuis.terms.errors import LinkingError
from eenthuis.terms.overriding import Override, OverrideKind

ANYWHERE = -1
"""Place of a pin that asks for any place."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """Overrides in force, as rows and columns of a problem.

    Attributes
    ----------
    pins
        Household (row) -> place (column), or :data:`ANYWHERE` where any place will do.
    forbids
        Pairs of household and place that may not be.
    held
        Households that get no place.
    """

    pins: Mapping[int, int]
    forbids: frozenset[tuple[int, int]]
    held: frozenset[int]

    @property
    def must_link(self) -> NDArray[np.int64]:
        """Rows of the households that must get a place, in order."""
        return np.array(sorted(self.pins), np.int64)


def in_force(overrides: Sequence[Override]) -> tuple[Override, ...]:
    """Return the overrides of an ordered list that still count: of two that contradict each other the later one.

    Examples
    --------
    >>> pin = Override(OverrideKind.PIN, "a", "x")
    >>> [one.place for one in in_force([pin, Override(OverrideKind.PIN, "a", "y")])]
    ['y']
    >>> in_force([pin, Override(OverrideKind.RELEASE, "a")])
    ()
    """
    kept: list[Override] = []
    for override in overrides:
        kept = [one for one in kept if not _replaces(override, one)]
        if override.kind is not OverrideKind.RELEASE:
            kept.append(override)
    return tuple(sorted(kept, key=lambda one: (one.household, one.kind.value, one.place)))


def _replaces(later: Override, earlier: Override) -> bool:
    if later.household != earlier.household:
        return False
    if later.kind is OverrideKind.RELEASE:
        return later.place in {"", earlier.place}
    if later.kind is OverrideKind.PIN:
        is_other_pin = earlier.kind is OverrideKind.PIN
        return is_other_pin or not earlier.place or earlier.place == later.place
    is_pin = earlier.kind is OverrideKind.PIN
    return earlier.place == later.place or (is_pin and not later.place)


def wishes_of(problem: Problem, overrides: Sequence[Override]) -> Wishes:
    """Return the overrides in force as rows and columns of ``problem``.

    Raises
    ------
    LinkingError
        LNK-01 when a household or a place is not in the problem.
    """
    rows = {name: row for row, name in enumerate(problem.households)}
    columns = {name: column for column, name in enumerate(problem.places)}
    pins: dict[int, int] = {}
    forbids: set[tuple[int, int]] = set()
    held: set[int] = set()
    for override in in_force(overrides):
        row = rows.get(override.household)
        column = columns.get(override.place, ANYWHERE)
        if row is None or (override.place and column == ANYWHERE):
            what = "household" if row is None else "place"
            raise LinkingError(
                "LNK-01",
                f"an override names a {what} that is not in the problem: "
                f"{override.household if row is None else override.place}",
                remedy="Leave this override out, or name one that is.",
            )
        if override.kind is OverrideKind.PIN:
            pins[row] = column
        elif override.place:
            forbids.add((row, column))
        else:
            held.add(row)
    return Wishes(pins, frozenset(forbids), frozenset(held))


def changed_problem(problem: Problem, wishes: Wishes) -> Problem:
    """Return the problem in which pins leave one place and forbids are not allowed; nothing else changes."""
    if not (wishes.pins or wishes.forbids or wishes.held):
        return problem
    allowed = problem.allowed.copy()
    for row, column in wishes.forbids:
        allowed[row, column] = False
    for row in wishes.held:
        allowed[row] = False
    for row, column in wishes.pins.items():
        if column != ANYWHERE:
            may = bool(allowed[row, column])
            allowed[row] = False
            allowed[row, column] = may
    return replace(problem, allowed=allowed)
