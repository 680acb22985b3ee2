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


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _chances(
    score: NDArray[np.float32],
    allowed: NDArray[np.bool_],
    need: NDArray[np.int64],
    left: NDArray[np.float64],
    price: NDArray[np.float64],
    temperature: float,
    out: NDArray[np.float64],
) -> float:
    """Write the chance of every place for one case into ``out`` (M) and return its smoothed best value.

    A place where the case does not fit any more has no chance, though shares of it would fit: so small households
    are steered to small remainders, and room for large ones keeps its price.
    """
    places, uses = score.shape[0], need.shape[0]
    best = 0.0
    for place in range(places):
        out[place] = -np.inf
        if allowed[place]:
            value = float(score[place])
            for use in range(uses):
                if need[use] > left[place * uses + use]:
                    value = -np.inf
                    break
                value -= need[use] * price[place * uses + use]
            out[place] = value
            best = max(best, value)
    mass = math.exp(-best / temperature)
    for place in range(places):
        if out[place] > -np.inf:
            out[place] = math.exp((out[place] - best) / temperature)
            mass += out[place]
        else:
            out[place] = 0.0
    for place in range(places):
        out[place] /= mass
    return best + temperature * math.log(mass)


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _height(
    score: NDArray[np.float32],
    allowed: NDArray[np.bool_],
    demand: NDArray[np.int64],
    rows: NDArray[np.int64],
    left: NDArray[np.float64],
    price: NDArray[np.float64],
    temperature: float,
    chance: NDArray[np.float64],
) -> float:
    total = 0.0
    for slot in range(left.shape[0]):
        total += left[slot] * price[slot]
    for row in rows:
        total += _chances(score[row], allowed[row], demand[row], left, price, temperature, chance)
    return total


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _add_case(
    need: NDArray[np.int64],
    chance: NDArray[np.float64],
    temperature: float,
    slope: NDArray[np.float64],
    bend: NDArray[np.float64],
) -> None:
    """Add what one case takes, by its chances per place, to gradient and curvature."""
    uses = need.shape[0]
    seen = np.flatnonzero(chance > SEEN)
    for one in seen:
        for first in range(uses):
            taken = need[first] * chance[one]
            if taken == 0.0:
                continue
            here = one * uses + first
            slope[here] -= taken
            for second in range(uses):
                bend[here, one * uses + second] += taken * need[second] / temperature
            for other in seen:
                pull = taken * chance[other] / temperature
                for second in range(uses):
                    bend[here, other * uses + second] -= pull * need[second]


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _slopes(  # noqa: PLR0913, PLR0917 - arrays that numba takes one by one
    score: NDArray[np.float32],
    allowed: NDArray[np.bool_],
    demand: NDArray[np.int64],
    rows: NDArray[np.int64],
    left: NDArray[np.float64],
    price: NDArray[np.float64],
    temperature: float,
    chance: NDArray[np.float64],
    slope: NDArray[np.float64],
    bend: NDArray[np.float64],
) -> float:
    """Write gradient (M * K) and curvature (M * K squared) of the smoothed bound; return its height."""
    bend[:, :] = 0.0
    total = 0.0
    for slot in range(left.shape[0]):
        slope[slot] = left[slot]
        total += left[slot] * price[slot]
    for row in rows:
        need = demand[row]
        total += _chances(score[row], allowed[row], need, left, price, temperature, chance)
        _add_case(need, chance, temperature, slope, bend)
    return total


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
    chance = np.empty(score.shape[1])
    slope = np.empty(slots)
    bend = np.empty((slots, slots))
    tried = np.empty(slots)
    for _ in range(steps):
        height = _slopes(score, allowed, demand, rows, left, price, temperature, chance, slope, bend)
        free = np.flatnonzero((price > TINY) | (slope < 0.0))
        if free.size == 0 or (slope[free] ** 2).sum() < 1e-6 * (1 + rows.size):
            return
        own = np.empty((free.size, free.size))
        trace = 0.0
        for one in range(free.size):
            trace += bend[free[one], free[one]]
            for other in range(free.size):
                own[one, other] = bend[free[one], free[other]]
        for one in range(free.size):
            own[one, one] += 1e-3 * trace / free.size + 1e-9
        step = np.linalg.solve(own, -slope[free])
        reach = 1.0
        found = False
        for _ in range(12):
            tried[:] = price
            for one in range(free.size):
                tried[free[one]] = max(0.0, price[free[one]] + reach * step[one])
            lower = _height(score, allowed, demand, rows, left, tried, temperature, chance)
            if lower < height - TINY:
                found = True
                break
            reach *= 0.4
        if not found:
            return
        price[:] = tried


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
