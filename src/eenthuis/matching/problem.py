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
