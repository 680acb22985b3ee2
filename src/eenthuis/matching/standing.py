"""A proposal in the making: who stands where, what is still free, and what it loses against the bound.

With prices p the loss of a proposal against the bound splits into parts that are never negative: the regret of each
party (its best value less prices, less that of its place) and the price of what is left free. An improvement inside
some places must lose less than they do now, so any pair whose regret alone is larger cannot be part of it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.parties import Parties


class Standing:
    """Place of each party (-1 = none), what is free, and the losses at ``price``."""

    def __init__(
        self,
        parties: Parties,
        price: NDArray[np.float64],
        best: NDArray[np.float64],
        place: NDArray[np.int64],
    ) -> None:
        """Take ``place`` (N int64) as it is; it must be possible."""
        self.parties = parties
        self.price = price
        self.best = best
        self.place = place.copy()
        self.free = parties.capacity.copy()
        there = np.flatnonzero(place >= 0)
        np.subtract.at(self.free, place[there], parties.demand[there])
        self.regret = np.zeros(len(place))
        self.renew(np.arange(len(place)))

    def renew(self, party: NDArray[np.int64]) -> None:
        """Compute the regret of ``party`` again."""
        place = self.place[party]
        there = place >= 0
        at = np.maximum(place, 0)
        worth = self.parties.value(party, at) - (self.price[at] * self.parties.demand[party]).sum(axis=1)
        self.regret[party] = self.best[party] - np.where(there, worth, 0.0)

    def move(self, party: NDArray[np.int64], place: NDArray[np.int64]) -> None:
        """Move ``party`` to ``place`` (-1 = none)."""
        left = self.place[party] >= 0
        np.add.at(self.free, self.place[party][left], self.parties.demand[party[left]])
        there = place >= 0
        np.subtract.at(self.free, place[there], self.parties.demand[party[there]])
        self.place[party] = place
        self.renew(party)

    def slack(self) -> NDArray[np.float64]:
        """Return the price of what each place leaves free (M)."""
        return np.asarray((np.where(self.price > 0, self.free, 0) * self.price).sum(axis=1))

    def objective(self) -> float:
        """Return the total value of the proposal."""
        there = np.flatnonzero(self.place >= 0)
        return float(self.parties.value(there, self.place[there]).sum())

    def persons(self) -> int:
        """Return the persons linked."""
        return int(self.parties.demand[self.place >= 0, 0].sum())

    def loss(self) -> NDArray[np.float64]:
        """Return what each place loses: its slack and the regret of who stands there (M)."""
        out = self.slack()
        there = self.place >= 0
        return out + np.bincount(self.place[there], self.regret[there], len(out))
