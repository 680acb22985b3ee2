"""A reserve for hard cases: room kept back for households for which few places will have room left.

A household is a hard case when, with a tenth of every cap left, at most a tenth of all places could still hold it:
because it is large, because it needs something scarce (a large or an accessible home), or because it may go to few
places. What still comes of them is drawn from history and from this period; each drawn one keeps room at the place
where it would do best, and only hard cases may take that room. As the period runs out fewer are drawn, so the room
comes free by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.futures import Cases, Pool
from eenthuis.matching.problem import UNLIMITED
from eenthuis.terms.linking import Hardness

LATE = 0.1
"""Share of every cap that is left where it is asked who would still find a place."""

FEW = 0.1
"""Share of all places: a household that at most so many could then hold is a hard case."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Room kept back (M x K) and for whom: hard cases per kind, and their persons."""

    room: NDArray[np.int64]
    cases: Mapping[Hardness, int] = field(default_factory=dict)
    persons: int = 0

    @property
    def count(self) -> int:
        """How many hard cases room is kept for."""
        return sum(self.cases.values())


def hardness(cases: Cases, capacity: NDArray[np.int64]) -> list[Hardness | None]:
    """Return for each case why it is hard to place, None where it is not, or where no empty place could hold it."""
    most = FEW * len(capacity)
    scarce = np.where(capacity == UNLIMITED, UNLIMITED, np.floor(LATE * capacity).astype(np.int64))
    can = _places(cases, capacity)
    late = _places(cases, scarce)
    seats = _places(Cases(cases.demand[:, :1], cases.allowed, cases.score), scarce[:, :1])
    out: list[Hardness | None] = []
    for row in range(len(cases)):
        if can[row] == 0 or late[row] > most:
            out.append(None)
        elif cases.allowed[row].sum() <= most:
            out.append(Hardness.FEW_PLACES)
        else:
            out.append(Hardness.LARGE if seats[row] <= most else Hardness.SCARCE_USE)
    return out


def can_be_held(cases: Cases, capacity: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which cases (C) some allowed place could hold if it were empty."""
    return np.asarray(_places(cases, capacity) > 0)


def _places(cases: Cases, room: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count the allowed places (C) that hold each case by itself with so much ``room`` (M x K)."""
    fits = cases.allowed.copy()
    for use in range(room.shape[1]):
        fits &= cases.demand[:, use, None] <= room[None, :, use]
    return np.asarray(fits.sum(axis=1), np.int64)


class Reserve:
    """Keeps room for a share of the hard cases that are expected; it knows of every case of the pool how hard it is."""

    def __init__(self, share: float, capacity: NDArray[np.int64], history: Cases) -> None:
        """Keep room for ``share`` (0 to 1) of the hard cases still expected; 0 keeps none.

        ``kept`` is what is kept now, ``most`` the most persons' room that was kept at one time.
        """
        self.share = share
        self.capacity = capacity
        self.kinds = hardness(history, capacity) if share > 0 else []
        self.kept = self.most = Kept(np.zeros_like(capacity))

    def add(self, cases: Cases) -> NDArray[np.bool_]:
        """Take note of cases of this period; return which are hard (all, where nothing is kept)."""
        if self.share <= 0:
            return np.ones(len(cases), bool)
        found = hardness(cases, self.capacity)
        self.kinds += found
        return np.array([kind is not None for kind in found], bool)

    def keep(
        self, drawn: NDArray[np.int64], pool: Pool, left: NDArray[np.int64], price: NDArray[np.float64]
    ) -> None:
        """Keep room in ``left`` (M x K) for the hard ones among the ``drawn`` pool rows, at their best places.

        Those with the fewest places choose first, then the largest; ``price`` (M x K) is what room is worth.
        """
        if self.share <= 0:
            return
        hard = [row for row in drawn.tolist() if self.kinds[row] is not None]
        hard = hard[: round(self.share * len(hard))]
        free = left.copy()
        allowed = {row: pool.allowed[row] for row in hard}
        hard.sort(key=lambda row: (int(allowed[row].sum()), -int(pool.demand[row, 0])))
        kinds: dict[Hardness, int] = {}
        persons = 0
        for row in hard:
            need = pool.demand[row]
            fits = allowed[row] & (need <= free).all(axis=1)
            kind = self.kinds[row]
            if kind is None or not fits.any():
                continue
            net = np.where(fits, pool.score[row] - price @ need, -np.inf)
            free[int(net.argmax())] -= need
            kinds[kind] = kinds.get(kind, 0) + 1
            persons += int(need[0])
        self.kept = Kept(left - free, kinds, persons)
        if persons > self.most.persons:
            self.most = self.kept
