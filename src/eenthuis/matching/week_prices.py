"""What is left, priced by what may still come: the mean over many futures of the prices of each."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.futures import Pool
from eenthuis.matching.parties import single_parties
from eenthuis.matching.price_and_fix import find_prices
from eenthuis.matching.prices import Passes, descend

FEW_SLOTS = 200
"""Up to so many prices (places times uses), Newton steps over all places; beyond, steps over listed places."""

FEW_FUTURES, MANY_FUTURES = 40, 8
"""Futures priced where prices are few, and where they are many."""

NEWTON_STEPS, LISTED_STEPS, FIRST_STEPS = 15, 8, 80

LISTED = 24
"""Best places kept per case where prices are many."""

HEAT_FEW, HEAT_MANY = 0.15, 0.3
"""Temperatures in units of the spread of scores within a case."""


class WeekPrices:
    """Prices (M x K) of what is left in every place, over sampled futures; each future starts where it last ended."""

    def __init__(self, places: int, uses: int, *, threads: int) -> None:
        """Start from nothing: all prices 0."""
        self.shape = (places, uses)
        self.few = places * uses <= FEW_SLOTS
        self.futures = FEW_FUTURES if self.few else MANY_FUTURES
        self.price = np.zeros((self.futures, places * uses))
        self.threads = threads
        self.listed = np.empty((0, LISTED), np.int32)
        self.value = np.empty((0, LISTED), np.float32)

    def mean(self) -> NDArray[np.float64]:
        """Return the mean price over the futures (M x K)."""
        return np.asarray(self.price.mean(axis=0).reshape(self.shape))

    def refresh(self, pool: Pool, left: NDArray[np.int64]) -> None:
        """List the best places of every case again at the present prices; nothing to do where prices are few."""
        if self.few:
            return
        from eenthuis.matching.week_kernels import list_rows

        self.listed = np.full((len(pool.demand), LISTED), -1, np.int32)
        self.value = np.zeros((len(pool.demand), LISTED), np.float32)
        price = self.mean()
        with ThreadPoolExecutor(self.threads) as workers:
            list(
                workers.map(
                    lambda rows: list_rows(
                        pool.score, pool.allowed, pool.demand, rows, left, price, self.listed, self.value
                    ),
                    np.array_split(np.arange(pool.count, dtype=np.int64), 8),
                )
            )

    def begin(
        self, pool: Pool, futures: list[NDArray[np.int64]], left: NDArray[np.int64], unit: float, *, seed: int
    ) -> None:
        """Find first prices where they are many: those of one future over all places, then of each from there."""
        if self.few or not len(futures[0]):
            return
        first = futures[0]
        parties = single_parties(pool.demand[first], pool.score[first], pool.allowed[first], left)
        passes = Passes(parties, threads=self.threads)
        try:
            self.price[:] = find_prices(parties, passes, seed=seed, threads=self.threads).reshape(-1)
        finally:
            passes.close()
        self.refresh(pool, left)
        self.find(pool, futures, np.empty(0, np.int64), left, unit, steps=FIRST_STEPS)

    def find(
        self,
        pool: Pool,
        futures: list[NDArray[np.int64]],
        now: NDArray[np.int64],
        left: NDArray[np.int64],
        unit: float,
        *,
        steps: int = LISTED_STEPS,
    ) -> None:
        """Price ``left`` (M x K) for the cases ``now`` (pool rows) together with each future."""

        def work(at: int) -> None:
            rows = np.concatenate([now, futures[at]])
            if self.few:
                self._newton(pool, at, rows, left, unit)
            else:
                self._steps(pool, at, rows, left, unit, heat=HEAT_MANY, steps=steps)

        with ThreadPoolExecutor(self.threads) as workers:
            list(workers.map(work, range(self.futures)))

    def _newton(
        self, pool: Pool, future: int, rows: NDArray[np.int64], left: NDArray[np.int64], unit: float
    ) -> None:
        from eenthuis.matching.week_kernels import lower_prices

        most = pool.demand[rows].sum(axis=0) + 1
        room = np.minimum(left, most).astype(np.float64).reshape(-1)
        lower_prices(
            pool.score,
            pool.allowed,
            pool.demand,
            rows,
            room,
            self.price[future],
            HEAT_FEW * unit,
            NEWTON_STEPS,
        )

    def _steps(
        self,
        pool: Pool,
        future: int,
        rows: NDArray[np.int64],
        left: NDArray[np.int64],
        unit: float,
        *,
        heat: float,
        steps: int,
    ) -> None:
        from eenthuis.matching.week_kernels import smooth_rows

        most = pool.demand[rows].sum(axis=0) + 1
        room = np.minimum(left, most).astype(np.float64)

        def smooth(price: NDArray[np.float64], warmth: float) -> tuple[float, NDArray[np.float64]]:
            usage = np.zeros(self.shape)
            total = smooth_rows(self.listed, self.value, pool.demand, rows, room, price, warmth, usage)
            return float(total), usage

        start = self.price[future].reshape(self.shape)
        found = descend(smooth, room, left < most, start, (heat * unit,), steps)
        self.price[future] = found.reshape(-1)
