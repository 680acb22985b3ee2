"""The linking problem as columns and arrays, whoever it came from.

Choose for every household at most one allowed place, so that for every place and every use the sum over its
households stays within the cap, and households of one group go to the same place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

UNLIMITED = np.iinfo(np.int64).max
"""A cap that never binds."""


@dataclass(frozen=True, slots=True)
class Problem:
    """H households, M places and K uses; the first use is always ``persons``.

    Attributes
    ----------
    households, places
        Identifiers in file order, H and M long.
    uses
        Names of the K uses, ``persons`` first.
    demand
        H x K int64: what each household takes of each use, never negative.
    capacity
        M x K int64: what each place holds of each use, :data:`UNLIMITED` where there is no cap.
    allowed
        H x M bool: the pairs that hard criteria leave.
    score
        H x M float32: finite wherever ``allowed``.
    group
        H int64: households with the same number of at least 0 go to one place together (or none of them
        anywhere); -1 stands alone.
    arrival
        H int64: rank or week of arrival for replay; zeros when order does not matter.
    """

    households: tuple[str, ...]
    places: tuple[str, ...]
    uses: tuple[str, ...]
    demand: NDArray[np.int64]
    capacity: NDArray[np.int64]
    allowed: NDArray[np.bool_]
    score: NDArray[np.float32]
    group: NDArray[np.int64]
    arrival: NDArray[np.int64]

    @property
    def persons(self) -> NDArray[np.int64]:
        """Persons per household."""
        return self.demand[:, 0]


def faults(problem: Problem) -> tuple[str, ...]:
    """Return what is wrong with the arrays of a problem, in words; empty when it can be solved.

    A folder is checked cell by cell when it is read; this is for problems built in memory.
    """
    households, places, uses = len(problem.households), len(problem.places), len(problem.uses)
    shapes = {
        "demand": (problem.demand.shape, (households, uses)),
        "capacity": (problem.capacity.shape, (places, uses)),
        "allowed": (problem.allowed.shape, (households, places)),
        "score": (problem.score.shape, (households, places)),
        "group": (problem.group.shape, (households,)),
        "arrival": (problem.arrival.shape, (households,)),
    }
    found = [f"{name} is {got}, not {wanted}" for name, (got, wanted) in shapes.items() if got != wanted]
    if found:
        return tuple(found)
    if len(set(problem.households)) < households or len(set(problem.places)) < places:
        found.append("an identifier appears twice")
    if (problem.demand < 0).any() or (problem.capacity < 0).any():
        found.append("a use or a cap is below 0")
    if not np.isfinite(problem.score).all():
        found.append("a score is not finite")
    if problem.uses[:1] != ("persons",):
        found.append("the first use is not persons")
    return tuple(found)
