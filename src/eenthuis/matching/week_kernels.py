"""Compiled passes for deciding week by week: prices of what is left, from cases that may still come.

Cases stand in one pool (score C x M, allowed C x M, demand C x K); ``rows`` says which of them take part, so that
many futures share one pool. Prices are flat (M * K), the uses of one place beside each other.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

SEEN = 1e-9
"""Chances below this add nothing."""


TINY = 1e-12
"""A price or a gain below this is none."""

WINDOW = 9.0
"""Values more than so many temperatures below the best have no chance."""

NEAR = 0.02
"""Steps end where what is taken differs from what is left by less than this (squared, summed)."""


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _chances(
    score: NDArray[np.float32],
    allowed: NDArray[np.bool_],
    need: NDArray[np.int64],
    left: NDArray[np.float64],
    price: NDArray[np.float64],
    temperature: float,
    where: NDArray[np.int64],
    chance: NDArray[np.float64],
) -> tuple[int, float]:
    """Write the places that one case may choose and their chances; return how many, and its smoothed best value.

    A place where the case does not fit any more has no chance, though shares of it would fit: so small households
    are steered to small remainders, and room for large ones keeps its price.
    """
    uses = need.shape[0]
    best = 0.0
    found = 0
    for place in range(score.shape[0]):
        if not allowed[place]:
            continue
        value = float(score[place])
        for use in range(uses):
            if need[use] > left[place * uses + use]:
                value = -np.inf
                break
            value -= need[use] * price[place * uses + use]
        if value > best - WINDOW * temperature:
            where[found] = place
            chance[found] = value
            found += 1
            best = max(best, value)
    mass = math.exp(-best / temperature)
    kept = 0
    for at in range(found):
        if chance[at] > best - WINDOW * temperature:
            where[kept] = where[at]
            chance[kept] = math.exp((chance[at] - best) / temperature)
            mass += chance[kept]
            kept += 1
    for at in range(kept):
        chance[at] /= mass
    return kept, best + temperature * math.log(mass)


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _add_case(
    need: NDArray[np.int64],
    where: NDArray[np.int64],
    chance: NDArray[np.float64],
    kept: int,
    temperature: float,
    slope: NDArray[np.float64],
    bend: NDArray[np.float64],
) -> None:
    """Add what one case takes, by its chances per place, to gradient and curvature."""
    uses = need.shape[0]
    for one in range(kept):
        first = where[one] * uses
        for use in range(uses):
            taken = need[use] * chance[one]
            if taken == 0.0:
                continue
            slope[first + use] -= taken
            for other_use in range(uses):
                bend[first + use, first + other_use] += taken * need[other_use] / temperature
            for other in range(kept):
                pull = taken * chance[other] / temperature
                for other_use in range(uses):
                    bend[first + use, where[other] * uses + other_use] -= pull * need[other_use]


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _slopes(  # noqa: PLR0913, PLR0917 - arrays that numba takes one by one
    score: NDArray[np.float32],
    allowed: NDArray[np.bool_],
    demand: NDArray[np.int64],
    rows: NDArray[np.int64],
    left: NDArray[np.float64],
    price: NDArray[np.float64],
    temperature: float,
    slope: NDArray[np.float64],
    bend: NDArray[np.float64],
) -> float:
    """Write gradient (M * K) and curvature (M * K squared) of the smoothed bound; return its height."""
    where = np.empty(score.shape[1], np.int64)
    chance = np.empty(score.shape[1])
    bend[:, :] = 0.0
    total = 0.0
    for slot in range(left.shape[0]):
        slope[slot] = left[slot]
        total += left[slot] * price[slot]
    for row in rows:
        need = demand[row]
        kept, height = _chances(score[row], allowed[row], need, left, price, temperature, where, chance)
        total += height
        _add_case(need, where, chance, kept, temperature, slope, bend)
    return total


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _newton_step(
    slope: NDArray[np.float64], bend: NDArray[np.float64], free: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the step over the ``free`` prices, damped a little."""
    own = np.empty((free.size, free.size))
    trace = 0.0
    for one in range(free.size):
        trace += bend[free[one], free[one]]
        for other in range(free.size):
            own[one, other] = bend[free[one], free[other]]
    for one in range(free.size):
        own[one, one] += 1e-3 * trace / free.size + 1e-9
    step = np.empty(free.size)
    step[:] = np.linalg.solve(own, -slope[free])
    return step


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def lower_prices(
    score: NDArray[np.float32],
    allowed: NDArray[np.bool_],
    demand: NDArray[np.int64],
    rows: NDArray[np.int64],
    left: NDArray[np.float64],
    price: NDArray[np.float64],
    temperature: float,
    steps: int,
) -> None:
    """Lower the smoothed bound over ``price`` (in place, never below 0) by projected Newton steps.

    For few places; ``left`` (M * K) is what is left, at most what could be used where there is no cap.
    """
    slots = price.shape[0]
    slope = np.empty(slots)
    bend = np.empty((slots, slots))
    tried = np.empty(slots)
    height = _slopes(score, allowed, demand, rows, left, price, temperature, slope, bend)
    for _ in range(steps):
        free = np.flatnonzero((price > TINY) | (slope < 0.0))
        if free.size == 0 or (slope[free] ** 2).sum() < NEAR:
            return
        step = _newton_step(slope, bend, free)
        reach = 1.0
        found = False
        for _ in range(12):
            tried[:] = price
            for one in range(free.size):
                tried[free[one]] = max(0.0, price[free[one]] + reach * step[one])
            lower = _slopes(score, allowed, demand, rows, left, tried, temperature, slope, bend)
            if lower < height - TINY:
                found = True
                break
            reach *= 0.4
        if not found:
            return
        price[:] = tried
        height = lower


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def smooth_rows(
    listed: NDArray[np.int32],
    value: NDArray[np.float32],
    demand: NDArray[np.int64],
    rows: NDArray[np.int64],
    left: NDArray[np.float64],
    price: NDArray[np.float64],
    temperature: float,
    usage: NDArray[np.float64],
) -> float:
    """Return the smoothed best values of ``rows`` over their listed places; add what they take to ``usage`` (M x K)."""
    uses, slots = demand.shape[1], listed.shape[1]
    reduced = np.empty(slots)
    total = 0.0
    for row in rows:
        best = 0.0
        filled = 0
        for slot in range(slots):
            place = listed[row, slot]
            if place < 0:
                break
            worth = float(value[row, slot])
            for use in range(uses):
                if demand[row, use] > left[place, use]:
                    worth = -np.inf
                    break
                worth -= demand[row, use] * price[place, use]
            reduced[slot] = worth
            best = max(best, worth)
            filled += 1
        mass = math.exp(-best / temperature)
        for slot in range(filled):
            reduced[slot] = math.exp(max(-60.0, (reduced[slot] - best) / temperature))
            mass += reduced[slot]
        total += best + temperature * math.log(mass)
        for slot in range(filled):
            share = reduced[slot] / mass
            if share > SEEN:
                for use in range(uses):
                    usage[listed[row, slot], use] += share * demand[row, use]
    return total


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def list_rows(
    score: NDArray[np.float32],
    allowed: NDArray[np.bool_],
    demand: NDArray[np.int64],
    rows: NDArray[np.int64],
    left: NDArray[np.int64],
    price: NDArray[np.float64],
    listed: NDArray[np.int32],
    value: NDArray[np.float32],
) -> None:
    """Write the best places of ``rows`` by score less prices into ``listed`` and their scores into ``value``."""
    places, uses, slots = score.shape[1], demand.shape[1], listed.shape[1]
    kept = np.empty(slots)
    for row in rows:
        kept[:] = -1e30
        listed[row, :] = -1
        for place in range(places):
            if not allowed[row, place]:
                continue
            worth = float(score[row, place])
            for use in range(uses):
                if demand[row, use] > left[place, use]:
                    worth = -np.inf
                    break
                worth -= demand[row, use] * price[place, use]
            if worth <= kept[slots - 1]:
                continue
            slot = slots - 1
            while slot > 0 and kept[slot - 1] < worth:
                kept[slot] = kept[slot - 1]
                listed[row, slot] = listed[row, slot - 1]
                slot -= 1
            kept[slot] = worth
            listed[row, slot] = place
        for slot in range(slots):
            if listed[row, slot] >= 0:
                value[row, slot] = score[row, listed[row, slot]]
