"""A least gain for every group, kept week by week: scores of a group that falls behind count for more.

What chance would have brought a group is found beside the season: some random proposals take the same cases as they
come, each with its own room. A group whose score is less than the least gain times that gets a lift, in proportion to
what it lacks; the lift falls as the group catches up. The first lifts are learned from history. A lifted score counts
in prices as well, so that room is left where the group gains most.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.futures import Cases, Pool
from eenthuis.matching.groups import Members

RUNS = 20
"""Random proposals beside the season."""

PULL = 4.0
"""Lift per share of the floor that a group lacks."""

MOST = 1.2
"""No lift is higher."""

MARGIN = 0.02
"""So much above the floor is aimed at, for what comes is not known."""

SOON = 0.25
"""What a group lacks counts in full only after this share of the season."""

TINY = 1e-9


class Lifts:
    """What a score of each group counts for (1 plus its lift), learned as the season goes."""

    def __init__(
        self,
        least_gain: float,
        capacity: NDArray[np.int64],
        history: Cases,
        *,
        members: Members,
        expected: int,
        seed: int,
    ) -> None:
        """Start with no lift for any group; ``expected`` cases come in all."""
        self.least_gain = least_gain
        self.members = members
        self.own = members(history.demand)
        self.reached, self.chance, self.lift, self.first = np.zeros((4, len(self.own)))
        self.left = np.repeat(capacity[None], RUNS, axis=0)
        self.capacity = capacity
        self.rng = np.random.default_rng([seed, 61])
        self.expected = max(1, expected)
        self.seen = 0

    def add(self, cases: Cases) -> None:
        """Take note of cases of this period."""
        self.own = np.concatenate([self.own, self.members(cases.demand)], axis=1)

    def gains(self) -> NDArray[np.float64]:
        """Return per group (G) its score so far as a multiple of what chance would have brought (NaN: nothing yet)."""
        return np.where(self.chance > 0, self.reached / np.where(self.chance > 0, self.chance, 1.0), np.nan)

    def factor(self) -> NDArray[np.float64]:
        """Return what the scores of each row of the pool count for."""
        return np.asarray(1.0 + self.lift @ self.own)

    def learn_first(self, pool: Pool, rows: NDArray[np.int64], price: NDArray[np.float64]) -> bool:
        """Raise lifts where groups of a drawn season would lack at these prices (M x K); return whether any did."""
        allowed = pool.allowed[rows]
        paid = pool.demand[rows] @ price.T
        net = np.where(allowed, pool.score[rows] - paid, -np.inf)
        here = net.argmax(axis=1)
        plain = pool.told.score[rows]
        own = np.where(net.max(axis=1) > 0, plain[np.arange(len(rows)), here], 0.0)
        share = self.capacity[:, 0] / max(1, self.capacity[:, 0].sum())
        chance = (np.where(allowed, plain, 0.0) @ share) / np.maximum(allowed @ share, TINY)
        least = (1.0 + MARGIN) * self.least_gain * (self.own[:, rows] @ chance)
        lack = 1.0 - (self.own[:, rows] @ own) / np.maximum(least, TINY)
        self.first = np.clip(self.first + lack, 0.0, MOST)
        self.lift = self.first.copy()
        return bool((lack > 0).any())

    def learn(self, cases: Cases, place: NDArray[np.int64]) -> None:
        """Take note of what was decided (N, -1 = none), and of what chance would have brought."""
        rows = np.arange(len(cases))
        chance = [self._random(cases, row) for row in range(len(cases))]
        member = self.own[:, self.own.shape[1] - len(cases) :]
        self.reached += member @ np.where(place >= 0, cases.score[rows, place], 0.0)
        self.chance += member @ np.array(chance).reshape(len(rows))
        self.seen += len(cases)
        least = (1.0 + MARGIN) * self.least_gain * self.chance
        lack = (least - self.reached) / np.maximum(least, TINY)
        lack *= min(1.0, self.seen / (SOON * self.expected))
        self.lift = np.clip(self.first + PULL * lack, 0.0, MOST)

    def _random(self, cases: Cases, row: int) -> float:
        """Place one case at random in every run; return its mean score."""
        need = cases.demand[row]
        fits = cases.allowed[row] & (need <= self.left).all(axis=2)
        here = np.where(fits, self.rng.random(fits.shape), -1.0).argmax(axis=1)
        found = np.flatnonzero(fits.any(axis=1))
        self.left[found, here[found]] -= need
        return float(cases.score[row, here[found]].sum()) / RUNS
