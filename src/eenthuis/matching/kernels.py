"""Compiled passes over the score matrix; each works on a run of households so that threads can share the work.

A pass never depends on how many threads there are: callers cut the households into a fixed number of runs and add
the results in order. Value of a pair = score + bonus of the household - price of what the household takes there.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

FORBIDDEN = np.float32(-1e30)
"""Value of a pair that is not allowed."""

WINDOW = 15.0
"""Values more than so many temperatures below the best weigh nothing (e^-15)."""

_fast = {"nnan", "nsz", "reassoc", "contract", "arcp"}


@njit(cache=True, nogil=True, fastmath=_fast)  # type: ignore[untyped-decorator, unused-ignore]
def price_row(need: NDArray[np.int64], price: NDArray[np.float64], row: NDArray[np.float32]) -> None:
    """Write into ``row`` (M) what a household with ``need`` (K) pays at every place."""
    places, uses = price.shape
    for place in range(places):
        total = 0.0
        for use in range(uses):
            total += need[use] * price[place, use]
        row[place] = total


@njit(cache=True, nogil=True, fastmath=_fast)  # type: ignore[untyped-decorator, unused-ignore]
def reduce_row(
    score: NDArray[np.float32],
    allowed: NDArray[np.bool_],
    bonus: np.float32,
    row: NDArray[np.float32],
    out: NDArray[np.float32],
) -> np.float32:
    """Write the values of one household less prices into ``out`` (M) and return the best, at least 0."""
    best = np.float32(0.0)
    for place in range(score.shape[0]):
        value = score[place] + bonus - row[place]
        value = value if allowed[place] else FORBIDDEN
        out[place] = value
        best = max(best, value)
    return best


@njit(cache=True, nogil=True, fastmath=_fast)  # type: ignore[untyped-decorator, unused-ignore]
def smooth_run(  # noqa: PLR0913, PLR0917 - a kernel takes arrays, not records
    score: NDArray[np.float32],
    allowed: NDArray[np.bool_],
    bonus: NDArray[np.float32],
    order: NDArray[np.int64],
    kind: NDArray[np.int64],
    kinds: NDArray[np.int64],
    price: NDArray[np.float64],
    temperature: float,
    usage: NDArray[np.float64],
) -> float:
    """Return the smoothed best value summed over ``order`` and add what the choices take to ``usage`` (M x K).

    ``order`` lists households sorted by ``kind`` (row of ``kinds``, T x K, what each kind takes).
    """
    places, uses = price.shape
    row = np.empty(places, np.float32)
    reduced = np.empty(places, np.float32)
    chosen = np.zeros(places)
    where = np.empty(places, np.int64)
    weight = np.empty(places)
    current = -1
    total = 0.0
    for household in order:
        if kind[household] != current:
            if current >= 0:
                _pour(chosen, kinds[current], usage, uses)
            current = kind[household]
            price_row(kinds[current], price, row)
        best = float(reduce_row(score[household], allowed[household], bonus[household], row, reduced))
        floor = best - WINDOW * temperature
        found = 0
        mass = math.exp(-best / temperature)
        for place in range(places):
            if reduced[place] > floor:
                where[found] = place
                weight[found] = math.exp((reduced[place] - best) / temperature)
                mass += weight[found]
                found += 1
        total += best + temperature * math.log(mass)
        for slot in range(found):
            chosen[where[slot]] += weight[slot] / mass
    if current >= 0:
        _pour(chosen, kinds[current], usage, uses)
    return total


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _pour(
    chosen: NDArray[np.float64], need: NDArray[np.int64], usage: NDArray[np.float64], uses: int
) -> None:
    for place in range(chosen.shape[0]):
        if chosen[place] > 0.0:
            for use in range(uses):
                usage[place, use] += chosen[place] * need[use]
            chosen[place] = 0.0


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def smooth_listed_run(
    listed: NDArray[np.int32],
    value: NDArray[np.float64],
    order: NDArray[np.int64],
    kind: NDArray[np.int64],
    kinds: NDArray[np.int64],
    price: NDArray[np.float64],
    temperature: float,
    usage: NDArray[np.float64],
) -> float:
    """Do as :func:`smooth_run` over the listed places of each household only (N x K best, -1 = no more)."""
    uses = price.shape[1]
    slots = listed.shape[1]
    reduced = np.empty(slots)
    total = 0.0
    for household in order:
        need = kinds[kind[household]]
        best = 0.0
        filled = 0
        for slot in range(slots):
            place = listed[household, slot]
            if place < 0:
                break
            paid = value[household, slot]
            for use in range(uses):
                paid -= need[use] * price[place, use]
            reduced[slot] = paid
            best = max(best, paid)
            filled += 1
        mass = math.exp(-best / temperature)
        for slot in range(filled):
            if reduced[slot] > best - WINDOW * temperature:
                reduced[slot] = math.exp((reduced[slot] - best) / temperature)
                mass += reduced[slot]
            else:
                reduced[slot] = 0.0
        total += best + temperature * math.log(mass)
        for slot in range(filled):
            if reduced[slot] > 0.0:
                for use in range(uses):
                    usage[listed[household, slot], use] += reduced[slot] / mass * need[use]
    return total


@njit(cache=True, nogil=True, fastmath=_fast)  # type: ignore[untyped-decorator, unused-ignore]
def list_best_run(
    score: NDArray[np.float32],
    allowed: NDArray[np.bool_],
    bonus: NDArray[np.float32],
    order: NDArray[np.int64],
    kind: NDArray[np.int64],
    kinds: NDArray[np.int64],
    price: NDArray[np.float64],
    listed: NDArray[np.int32],
) -> None:
    """Write into ``listed`` (N x K) the K best allowed places of each household by value, best first, -1 after."""
    places = price.shape[0]
    slots = listed.shape[1]
    row = np.empty(places, np.float32)
    reduced = np.empty(places, np.float32)
    kept = np.empty(slots, np.float32)
    current = -1
    for household in order:
        if kind[household] != current:
            current = kind[household]
            price_row(kinds[current], price, row)
        reduce_row(score[household], allowed[household], bonus[household], row, reduced)
        kept[:] = FORBIDDEN
        listed[household, :] = -1
        least = FORBIDDEN
        for place in range(places):
            if reduced[place] > least:
                slot = slots - 1
                while slot > 0 and kept[slot - 1] < reduced[place]:
                    kept[slot] = kept[slot - 1]
                    listed[household, slot] = listed[household, slot - 1]
                    slot -= 1
                kept[slot] = reduced[place]
                listed[household, slot] = place
                least = kept[slots - 1]


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def exact_run(
    score: NDArray[np.float32],
    allowed: NDArray[np.bool_],
    bonus: NDArray[np.float64],
    order: NDArray[np.int64],
    kind: NDArray[np.int64],
    kinds: NDArray[np.int64],
    price: NDArray[np.float64],
    best: NDArray[np.float64],
) -> None:
    """Write into ``best`` (N) the best value less prices of each household, at least 0, all in float64."""
    places, uses = price.shape
    row = np.empty(places)
    current = -1
    for household in order:
        if kind[household] != current:
            current = kind[household]
            for place in range(places):
                row[place] = 0.0
                for use in range(uses):
                    row[place] += kinds[current, use] * price[place, use]
        top = 0.0
        for place in range(places):
            if allowed[household, place]:
                top = max(top, score[household, place] + bonus[household] - row[place])
        best[household] = top
