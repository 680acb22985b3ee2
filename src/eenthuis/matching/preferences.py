"""What households themselves prefer, where they were asked: ranks and envy, told beside a proposal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.problem import UNLIMITED, Problem

TOP = 3
"""A place among so many first choices counts as one of the first."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """``rank`` is H x M int64: 1 = first choice, 0 = not named by that household."""

    rank: NDArray[np.int64]

    @property
    def asked(self) -> NDArray[np.bool_]:
        """Which households (H) named any place."""
        return np.asarray((self.rank > 0).any(axis=1))


@dataclass(frozen=True, slots=True)
class PreferenceMeasures:
    """How far preferences are met, among the ``asked`` households.

    ``mean_rank`` is over those linked to a place they named. ``envy``: a household prefers a place it may go to where,
    in the room of one household linked there and what is left, it would fit. ``justified_envy``: it came before that
    household as well.
    """

    asked: int
    first_choice: int
    among_first: int
    named_place: int
    mean_rank: float | None
    envy: int
    justified_envy: int


def measure_preferences(
    problem: Problem, assignment: NDArray[np.int64], preferences: Preferences
) -> PreferenceMeasures:
    """Measure ``assignment`` (H, -1 = none) by what households prefer."""
    asked = np.flatnonzero(preferences.asked)
    linked = asked[assignment[asked] >= 0]
    got = preferences.rank[linked, assignment[linked]]
    named = got[got > 0]
    there = np.flatnonzero(assignment >= 0)
    used = np.zeros(problem.capacity.shape, np.int64)
    np.add.at(used, assignment[there], problem.demand[there])
    left = np.where(problem.capacity == UNLIMITED, UNLIMITED // 2, problem.capacity - used)
    at_place = [np.flatnonzero(assignment == place) for place in range(len(problem.places))]
    envy = justified = 0
    for row in asked.tolist():
        envies, ahead = _envy(
            problem, row, _preferred(problem, preferences, row, int(assignment[row])), left, at_place
        )
        envy += envies
        justified += ahead
    return PreferenceMeasures(
        asked=len(asked),
        first_choice=int((named == 1).sum()),
        among_first=int((named <= TOP).sum()),
        named_place=len(named),
        mean_rank=float(named.mean()) if named.size else None,
        envy=envy,
        justified_envy=justified,
    )


def _preferred(problem: Problem, preferences: Preferences, row: int, here: int) -> NDArray[np.int64]:
    """Return the allowed places that a household prefers to where it is linked."""
    rank = preferences.rank[row]
    own = rank[here] if here >= 0 else 0
    better = (rank > 0) & ((rank < own) if own else True)
    better = better & problem.allowed[row]
    if here >= 0:
        better[here] = False
    return np.flatnonzero(better)


def _envy(
    problem: Problem,
    row: int,
    preferred: NDArray[np.int64],
    left: NDArray[np.int64],
    at_place: list[NDArray[np.int64]],
) -> tuple[bool, bool]:
    envies = ahead = False
    need = problem.demand[row]
    for place in preferred:
        others = at_place[place]
        gives = (problem.demand[others] + left[place] >= need).all(axis=1)
        envies |= bool(gives.any())
        ahead |= bool((gives & (problem.arrival[others] > problem.arrival[row])).any())
    return envies, ahead
