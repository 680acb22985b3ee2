"""Prices of caps: a place where something is scarce costs more, and the prices prove how good a proposal can be.

For any prices p >= 0, no proposal is worth more than sum(cap * p) + sum over parties of the best value less prices,
at least 0 (weak duality). The prices are found by making that bound small: its entropy-smoothed form is minimised
by projected L-BFGS with a falling temperature, first on a sample, then on all, then on the best places of each.
A price is measured against the square root of its cap, for the bound curves as much as parties there hesitate; in
that measure few steps suffice.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.parties import Parties

RUNS = 16
PARTIES_PER_RUN = 4_000
"""Runs of households that threads share, at most, and parties in one at least; never by the number of threads."""

SAMPLE_LADDER = (2.5, 0.75, 0.25, 0.1)
"""Temperatures in units of the spread of scores."""

MEMORY = 12
"""Steps that the next one learns from."""

LEVEL = 30.0
"""How many times over the common level of the prices of a use counts."""

LEAST_LENGTH = 1e-3
"""A step that must be shorter than this share of itself is given up, and the descent with it."""

STALLED = 2
"""Steps in a row that gain next to nothing before a descent ends."""

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
        count = min(RUNS, max(2, len(parties.order) // PARTIES_PER_RUN))
        self.runs = [run for run in np.array_split(parties.order, count) if run.size]
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
                own.score, own.allowed, own.bonus, order, own.kind, own.kinds, price, temperature, usage
            )
            return float(total), usage

        return _added(list(self.pool.map(run, self.runs)))

    def smooth_listed(
        self,
        listed: Listed,
        price: NDArray[np.float64],
        temperature: float,
        among: NDArray[np.int64] | None = None,
    ) -> tuple[float, NDArray[np.float64]]:
        """Do as :meth:`smooth` over the listed places only, for all parties or those ``among`` (sorted by kind)."""
        from eenthuis.matching.kernels import smooth_listed_run

        own = self.parties
        runs = self.runs if among is None else np.array_split(among, len(self.runs))

        def run(order: NDArray[np.int64]) -> tuple[float, NDArray[np.float64]]:
            usage = np.zeros(price.shape)
            total = smooth_listed_run(
                listed.place, listed.value, order, own.kind, own.kinds, price, temperature, usage
            )
            return float(total), usage

        return _added(list(self.pool.map(run, runs)))

    def list_best(self, price: NDArray[np.float64], slots: int) -> Listed:
        """Return the ``slots`` best places of each party at ``price``."""
        from eenthuis.matching.kernels import list_best_run

        own = self.parties
        place = np.full((len(own.kind), slots), -1, np.int32)
        value = np.zeros((len(own.kind), slots))

        def run(order: NDArray[np.int64]) -> None:
            list_best_run(own.score, own.allowed, own.bonus, order, own.kind, own.kinds, price, place, value)

        list(self.pool.map(run, self.runs))
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


@dataclass(slots=True)
class _Memory:
    """What the last steps taught about the curvature, all in scaled prices."""

    steps: list[NDArray[np.float64]]
    turns: list[NDArray[np.float64]]

    def learn(self, step: NDArray[np.float64], turn: NDArray[np.float64]) -> None:
        """Keep how much the slope turned along a step, unless it curves the wrong way."""
        if float((step * turn).sum()) > 1e-12 * float((turn * turn).sum()):
            self.steps, self.turns = [*self.steps, step][-MEMORY:], [*self.turns, turn][-MEMORY:]

    def direction(
        self, slope: NDArray[np.float64], levels: NDArray[np.float64], first: float
    ) -> NDArray[np.float64]:
        """Return the direction down by the two loops of L-BFGS; ``first`` scales it while nothing is known.

        ``levels`` (M x K, columns of length 1) is the way in which all prices of a use rise together. Hardly anything
        curves along it, for nobody minds where all places cost as much more, so it counts many times over.
        """
        way = -slope
        taken = []
        pairs = list(zip(self.steps, self.turns, strict=True))
        for step, turn in reversed(pairs):
            part = float((step * way).sum()) / float((step * turn).sum())
            way = way - part * turn
            taken.append(part)
        way = way + LEVEL * levels * (levels * way).sum(axis=0)
        if not pairs:
            return np.asarray(first * way)
        step, turn = pairs[-1]
        spread_turn = turn + LEVEL * levels * (levels * turn).sum(axis=0)
        way *= float((step * turn).sum()) / float((turn * spread_turn).sum())
        for (step, turn), part in zip(pairs, reversed(taken), strict=True):
            way = way + (part - float((turn * way).sum()) / float((step * turn).sum())) * step
        return np.asarray(way)


def descend(
    smooth: Smooth,
    capacity: NDArray[np.float64],
    limited: NDArray[np.bool_],
    price: NDArray[np.float64],
    ladder: tuple[float, ...],
    steps: int,
    *,
    enough: float = 1e-9,
    go_on: Callable[[], bool] = lambda: True,
) -> NDArray[np.float64]:
    """Lower the smoothed bound from ``price`` over a falling ``ladder`` of temperatures; return the prices.

    Parameters
    ----------
    steps
        Steps per temperature, at most.
    enough
        Share of the bound: steps that gain less end the descent at a temperature.
    go_on
        Asked before every step.
    """
    unit = np.where(limited, 1.0 / np.sqrt(np.maximum(capacity, 1.0)), 0.0)
    if not limited.any():
        return price
    for temperature in ladder:

        def fall(at: NDArray[np.float64], heat: float = temperature) -> tuple[float, NDArray[np.float64]]:
            total, usage = smooth(at, heat)
            return total + float((capacity * at).sum()), (capacity - usage) * unit

        memory, stalled = _Memory([], []), 0
        now, slope = fall(price)
        for _ in range(steps):
            if not go_on():
                return price
            found = _step(fall, price, now, slope, unit, memory, temperature)
            if found is None:
                break
            gain = now - found[1]
            price, now, slope = found
            stalled = stalled + 1 if gain < enough * abs(now) else 0
            if stalled == STALLED:
                break
    return price


def _step(
    fall: Callable[[NDArray[np.float64]], tuple[float, NDArray[np.float64]]],
    price: NDArray[np.float64],
    now: float,
    slope: NDArray[np.float64],
    unit: NDArray[np.float64],
    memory: _Memory,
    temperature: float,
) -> tuple[NDArray[np.float64], float, NDArray[np.float64]] | None:
    """Return prices one step further with their bound and slope, or None when no step gains."""
    free = (unit > 0) & ((price > 0) | (slope < 0))
    own = np.where(free, slope, 0.0)
    level = np.where(free, 1.0 / np.where(unit > 0, unit, 1.0), 0.0)
    level /= np.maximum(np.sqrt((level * level).sum(axis=0)), 1e-300)
    way = np.where(free, memory.direction(own, level, temperature), 0.0)
    if float((way * own).sum()) >= 0:
        memory.steps, memory.turns = [], []
        way = -temperature * own
    length = 1.0
    while length > LEAST_LENGTH:
        other = np.maximum(price + length * way * unit, 0.0)
        moved = (other - price) / np.where(unit > 0, unit, 1.0)
        there, slope_there = fall(other)
        if there <= now + 1e-4 * float((slope * moved).sum()):
            memory.learn(moved, slope_there - slope)
            return other, there, slope_there
        length *= 0.3
    return None
