"""Week by week: every batch of households is decided before the next is known.

The price policy prices what is left in every place by what may still come (sampled from history and from what has
been seen), and gives each household, the largest first, the place where its score less that price is highest.
A charge for bunching keeps the flow into each place even.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.futures import Cases, Futures, Pool, trust_in_history
from eenthuis.matching.week_prices import WeekPrices
from eenthuis.terms.linking import Policy

EVERY_FEW, EVERY_MANY = 400, 48
"""Where prices are few they are found again so many times a season; where they are many, after so many households."""

NOT_KNOWN = 400
"""Cases expected in all when nobody says."""

FIRST_BATCHES = 3
"""The pace seen says nothing before so many batches."""

OFF_PACE = 3.0
"""From so many standard deviations off the announced pace of arrivals, the pace seen counts instead."""


@dataclass(frozen=True, slots=True)
class Season:
    """What is known beforehand: capacities (M x K), an earlier period, batches and cases in all (None: not known)."""

    capacity: NDArray[np.int64]
    history: Cases
    batches: int | None = None
    total: int | None = None


class WeekByWeek:
    """Decides batch after batch; it never sees a case before its batch."""

    def __init__(
        self,
        season: Season,
        *,
        policy: Policy,
        balance: float = 0.0,
        everyone: bool = False,
        seed: int = 1,
        threads: int = 2,
    ) -> None:
        """Start a season.

        ``everyone``: link whoever fits somewhere; else a household waits when every place open to it is worth more
        to those who still come.

        ``balance``: score given up to spare one household one batch of waiting at a place that has more work than
        its even share a batch (its capacity in persons over the number of batches).
        """
        self.policy = policy
        self.balance = balance
        self.everyone = everyone
        self.seed = seed
        self.season = season
        self.pool = Pool(season.history)
        self.total = season.total or len(season.history) or NOT_KNOWN
        self.batches = season.batches
        self.batch = 0
        self.seen = 0
        self.sizes: list[int] = []
        self.queue = np.zeros(len(season.capacity))
        self.rate = season.capacity[:, 0] / max(1, season.batches or 1)
        self.prices = WeekPrices(*season.capacity.shape, threads=threads)
        self.futures = Futures(
            len(season.history), futures=self.prices.futures, longest=max(1, self.total), seed=seed
        )
        self.since = self.every = max(1, self.total // EVERY_FEW) if self.prices.few else EVERY_MANY
        self.begun = False
        if policy is Policy.PRICE and len(season.history):
            self._begin(season.capacity)

    def decide(self, cases: Cases, left: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the place of each case of this batch (-1 = none); ``left`` (M x K) is what is open now."""
        self.batch += 1
        self.queue = np.maximum(0.0, self.queue - self.rate) if self.batch > 1 else self.queue
        rows = self.pool.add(cases)
        self.seen += len(cases)
        self.sizes.append(len(cases))
        left = left.copy()
        place = np.full(len(cases), -1, np.int64)
        if self.policy is Policy.PRICE:
            self._by_price(rows, left, place)
            return place
        for at, row in enumerate(rows):
            fits = self._fits(row, left)
            if fits.any():
                score = np.where(fits, self.pool.score[row], -np.inf) - self._charge()
                here = int(fits.argmax() if self.policy is Policy.FIRST_COME else score.argmax())
                self._take(row, here, left)
                place[at] = here
        return place

    def _begin(self, left: NDArray[np.int64]) -> None:
        self.prices.begin(self.pool, self._drawn(self.expected()), left, self._unit(), seed=self.seed)
        self.begun = True

    def expected(self) -> int:
        """Return how many cases may still come after this batch: as announced, and as seen once that is clearly off."""
        rest = max(0, self.total - self.seen)
        if self.batches is None or self.batch < FIRST_BATCHES:
            return rest
        due = self.total * self.batch / self.batches
        noise = np.sqrt(self.batch * np.var(self.sizes) + 1.0)
        if abs(self.seen - due) <= OFF_PACE * noise:
            return rest
        pace = self.seen / self.batch * max(0, self.batches - self.batch)
        passed = min(1.0, self.batch / self.batches)
        return round((1.0 - passed) * rest + passed * pace)

    def _fits(self, row: int, left: NDArray[np.int64]) -> NDArray[np.bool_]:
        return np.asarray(self.pool.allowed[row] & (self.pool.demand[row] <= left).all(axis=1))

    def _charge(self) -> NDArray[np.float64]:
        """Return the charge per place for the batches that a household would wait there."""
        if not self.balance:
            return np.zeros(len(self.queue))
        return self.balance * self.queue / np.maximum(self.rate, 1e-9)

    def _take(self, row: int, here: int, left: NDArray[np.int64]) -> None:
        left[here] -= self.pool.demand[row]
        self.queue[here] += self.pool.demand[row, 0]

    def _by_price(self, rows: NDArray[np.int64], left: NDArray[np.int64], place: NDArray[np.int64]) -> None:
        if not self.begun and len(rows):
            self._begin(left)
        waiting = list(range(len(rows)))
        fresh = False
        while waiting:
            if self.since >= self.every:
                if not fresh:
                    drawn, unit, fresh = self._drawn(self.expected()), self._unit(), True
                    self.prices.refresh(self.pool, left)
                self.prices.find(self.pool, drawn, rows[waiting], left, unit)
                self.since = 0
            self.since += 1
            at, here = self._next(rows, waiting, left, self.prices.mean())
            waiting.remove(at)
            if here >= 0:
                self._take(int(rows[at]), here, left)
                place[at] = here

    def _next(
        self, rows: NDArray[np.int64], waiting: list[int], left: NDArray[np.int64], price: NDArray[np.float64]
    ) -> tuple[int, int]:
        """Return the largest waiting case with its best place, or -1 when every place is worth more to others."""
        size = self.pool.demand[rows[waiting], 0]
        largest = np.flatnonzero(size == size.max())
        mine = rows[waiting][largest]
        demand = self.pool.demand[mine]
        worth = self.pool.score[mine] - demand @ price.T - self._charge()
        fits = self.pool.allowed[mine] & (demand[:, None, :] <= left[None, :, :]).all(axis=2)
        worth = np.where(fits, worth, -np.inf)
        best = worth.max(axis=1)
        chosen = int(best.argmax())
        keep = best[chosen] > (-np.inf if self.everyone else 0.0)
        return waiting[largest[chosen]], int(worth[chosen].argmax()) if keep else -1

    def _drawn(self, expected: int) -> list[NDArray[np.int64]]:
        trust = trust_in_history(self.pool.features(), self.pool.history)
        return [
            self.futures.draw(at, expected, seen=self.seen, trust=trust) for at in range(self.prices.futures)
        ]

    def _unit(self) -> float:
        """Return how far scores differ within a case, else between cases, over at most 2,000 cases of the pool."""
        step = max(1, self.pool.count // 2_000)
        score = self.pool.score[: self.pool.count : step].astype(np.float64)
        allowed = self.pool.allowed[: self.pool.count : step]
        count = np.maximum(allowed.sum(axis=1), 1)
        mean = np.where(allowed, score, 0.0).sum(axis=1) / count
        square = np.where(allowed, (score - mean[:, None]) ** 2, 0.0).sum(axis=1) / count
        found = np.sqrt(square)[allowed.sum(axis=1) > 1]
        if found.size and found.mean() > 0:
            return float(found.mean())
        return max(float(score[allowed].std()) if allowed.any() else 0.0, 1e-3)
