"""Prices of caps: a place where something is scarce costs more, and the prices prove how good a proposal can be.

For any prices p >= 0, no proposal is worth more than sum(cap * p) + sum over parties of the best value less prices,
at least 0 (weak duality). The prices are found by making that bound small: its entropy-smoothed form is minimised
by projected L-BFGS with a falling temperature, first on a sample, then on all, then on the best places of each.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from eenthuis.matching.parties import Parties

RUNS = 16
"""Runs of households that threads share; fixed, so that sums do not depend on the number of threads."""

SAMPLE = 3_000
SAMPLE_LADDER = (2.5, 0.75, 0.25, 0.1)
FULL_LADDER = (0.1, 0.04)
LISTED_LADDER = (0.04, 0.015, 0.005, 0.002, 0.0008)
"""Temperatures in units of the spread of scores."""

Smooth = Callable[[NDArray[np.float64], float], tuple[float, NDArray[np.float64]]]


@dataclass(frozen=True, slots=True)
class Listed:
    """The best places of each party by value less prices: ``place`` N x L int32 (-1 = no more), ``value`` float64."""

    place: NDArray[np.int32]
    value: NDArray[np.float64]


class Passes:
    """Passes over the matrix of ``parties``, shared by ``threads``."""

    def __init__(self, parties: Parties, *, threads: int = 2) -> None:
        """Cut the parties into runs."""
        self.parties = parties
        self.bonus32 = parties.bonus.astype(np.float32)
        self.runs = [run for run in np.array_split(parties.order, RUNS) if run.size]
        self.pool = ThreadPoolExecutor(max_workers=threads)

    def close(self) -> None:
        """Let the threads go."""
        self.pool.shutdown(wait=True)

    def smooth(self, price: NDArray[np.float64], temperature: float) -> tuple[float, NDArray[np.float64]]:
        """Return the smoothed best values summed, and what the choices take (M x K)."""
        from eenthuis.matching.kernels import smooth_run

        own = self.parties

        def run(order: NDArray[np.int64]) -> tuple[float, NDArray[np.float64]]:
            usage = np.zeros(price.shape)
            total = smooth_run(
                own.score, own.allowed, self.bonus32, order, own.kind, own.kinds, price, temperature, usage
            )
            return float(total), usage

        return _added(list(self.pool.map(run, self.runs)))

    def smooth_listed(
        self, listed: Listed, price: NDArray[np.float64], temperature: float
    ) -> tuple[float, NDArray[np.float64]]:
        """Do as :meth:`smooth` over the listed places only."""
        from eenthuis.matching.kernels import smooth_listed_run

        own = self.parties

        def run(order: NDArray[np.int64]) -> tuple[float, NDArray[np.float64]]:
            usage = np.zeros(price.shape)
            total = smooth_listed_run(
                listed.place, listed.value, order, own.kind, own.kinds, price, temperature, usage
            )
            return float(total), usage

        return _added(list(self.pool.map(run, self.runs)))

    def list_best(self, price: NDArray[np.float64], slots: int) -> Listed:
        """Return the ``slots`` best places of each party at ``price``."""
        from eenthuis.matching.kernels import list_best_run

        own = self.parties
        place = np.full((len(own.kind), slots), -1, np.int32)

        def run(order: NDArray[np.int64]) -> None:
            list_best_run(own.score, own.allowed, self.bonus32, order, own.kind, own.kinds, price, place)

        list(self.pool.map(run, self.runs))
        rows = np.arange(len(own.kind), dtype=np.int64)[:, None]
        value = own.score[rows, np.maximum(place, 0)].astype(np.float64) + own.bonus[:, None]
        return Listed(place, value)

    def best_values(self, price: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the best value less prices of each party (N float64), at least 0, over the full matrix."""
        from eenthuis.matching.kernels import exact_run

        own = self.parties
        best = np.zeros(len(own.kind))

        def run(order: NDArray[np.int64]) -> None:
            exact_run(own.score, own.allowed, own.bonus, order, own.kind, own.kinds, price, best)

        list(self.pool.map(run, self.runs))
        return best

    def bound(self, price: NDArray[np.float64]) -> float:
        """Return the proven upper bound at ``price``."""
        own = self.parties
        paid = np.where(price > 0, own.capacity, 0) * price
        return float(paid.sum() + self.best_values(price).sum())


def spread(parties: Parties) -> float:
    """Return how far scores differ within a party: their mean standard deviation over at most 2,000 parties."""
    step = max(1, len(parties.kind) // 2_000)
    score, allowed = parties.score[::step].astype(np.float64), parties.allowed[::step]
    count = np.maximum(allowed.sum(axis=1), 1)
    mean = np.where(allowed, score, 0.0).sum(axis=1) / count
    square = np.where(allowed, (score - mean[:, None]) ** 2, 0.0).sum(axis=1) / count
    found = float(np.sqrt(square)[allowed.any(axis=1)].mean()) if allowed.any() else 0.0
    return (
        found
        or max(float(np.abs(parties.bonus).max(initial=0.0)), float(np.abs(score).max(initial=0.0)))
        or 1.0
    )


def first_ladder(parties: Parties, unit: float) -> tuple[float, ...]:
    """Return falling temperatures from the scale of whole values down to a tenth of the spread of scores."""
    top = (
        0.25 * float((np.abs(parties.bonus) + np.abs(parties.score[:, 0])).mean())
        if len(parties.kind)
        else 0.0
    )
    above = []
    while top > 2 * SAMPLE_LADDER[0] * unit:
        above.append(top)
        top /= 4.0
    return (*above, *(unit * step for step in SAMPLE_LADDER))


def _added(parts: list[tuple[float, NDArray[np.float64]]]) -> tuple[float, NDArray[np.float64]]:
    return float(sum(total for total, _ in parts)), np.sum([usage for _, usage in parts], axis=0)


def descend(
    smooth: Smooth,
    capacity: NDArray[np.float64],
    limited: NDArray[np.bool_],
    price: NDArray[np.float64],
    ladder: tuple[float, ...],
    steps: int,
) -> NDArray[np.float64]:
    """Lower the smoothed bound from ``price`` over a falling ``ladder`` of temperatures; return the prices."""
    flat = price[limited]
    caps = capacity[limited]
    if not flat.size:
        return price
    scale = max(1.0, float(caps.sum()))
    for temperature in ladder:

        def fall(point: NDArray[np.float64], heat: float = temperature) -> tuple[float, NDArray[np.float64]]:
            full = np.zeros(price.shape)
            full[limited] = point
            total, usage = smooth(full, heat)
            return (total + float(caps @ point)) / scale, (caps - usage[limited]) / scale

        found = minimize(
            fall,
            flat,
            jac=True,
            method="L-BFGS-B",
            bounds=[(0.0, None)] * flat.size,
            options={"maxiter": steps, "maxfun": 2 * steps, "ftol": 1e-13, "gtol": 1e-12, "maxcor": 20},
        )
        flat = np.maximum(np.asarray(found.x, np.float64), 0.0)
    out = np.zeros(price.shape)
    out[limited] = flat
    return out
