"""Compiled passes over the score matrix; each works on a run of households so that threads can share the work.

A pass never depends on how many threads there are: callers cut the households into a fixed number of runs and add
the results in order. Value of a pair = score + bonus of the household - price of what the household takes there.
Inner loops run along one contiguous row without branches, so that they become vector instructions; that is also why
a best value is found among bits read as whole numbers, which have the order of the values from 0 up.
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

FLUSH = 256
"""Households after which sums in single precision are added to those in double."""

_fast = {"nnan", "nsz", "reassoc", "contract", "arcp"}


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def price_row(
    need: NDArray[np.int64], price: NDArray[np.float64], bonus: float, row: NDArray[np.float64]
) -> None:
    """Write into ``row`` (M) what a household with ``need`` (K) pays at every place, less its ``bonus``."""
    places, uses = price.shape
    for place in range(places):
        total = 0.0
        for use in range(uses):
            total += need[use] * price[place, use]
        row[place] = total - bonus


@njit(cache=True, nogil=True, fastmath=_fast, error_model="numpy")  # type: ignore[untyped-decorator, unused-ignore]
def _reduce(
    score: NDArray[np.float32],
    allowed: NDArray[np.bool_],
    row: NDArray[np.float32],
    out: NDArray[np.float32],
) -> float:
    """Write the values of one household less prices into ``out`` (M) and return the best, at least 0."""
    for place in range(score.shape[0]):
        value = score[place] - row[place]
        out[place] = value if allowed[place] else FORBIDDEN
    bits = out.view(np.int32)
    found = np.zeros(1, np.int32)
    top = np.int32(0)
    for place in range(bits.shape[0]):
        top = max(top, bits[place])
    found[0] = top
    return found.view(np.float32)[0]  # type: ignore[no-any-return]


@njit(cache=True, nogil=True, fastmath=_fast, error_model="numpy")  # type: ignore[untyped-decorator, unused-ignore]
def _weigh(values: NDArray[np.float32], best: float, scale: np.floating, words: NDArray[np.int32]) -> float:
    """Turn ``values`` (M) into e^(scale * (value - best)), to 4e-6 of itself, and return the sum; ``words`` is room.

    2^whole is made of bits and 2^part from a polynomial.
    """
    for place in range(values.shape[0]):
        power = max((values[place] - best) * scale, np.float32(-80.0)) * np.float32(1.44269504)
        whole = np.floor(power)
        part = power - whole
        series = np.float32(0.0018775767) * part + np.float32(0.0089893397)
        series = series * part + np.float32(0.055826318)
        series = series * part + np.float32(0.24015361)
        series = series * part + np.float32(0.69315308)
        values[place] = series * part + np.float32(0.99999994)
        words[place] = np.int32((np.int32(whole) + np.int32(127)) << np.int32(23))
    powers = words.view(np.float32)
    mass: np.floating = np.float32(0.0)
    for place in range(values.shape[0]):
        weight = values[place] * powers[place]
        values[place] = weight
        mass += weight
    return float(mass)


@njit(cache=True, nogil=True, fastmath=_fast, error_model="numpy")  # type: ignore[untyped-decorator, unused-ignore]
def _add(weight: NDArray[np.float32], share: np.float32, chosen: NDArray[np.float32]) -> None:
    for place in range(weight.shape[0]):
        chosen[place] += weight[place] * share


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _pour(chosen: NDArray[np.floating], need: NDArray[np.int64], usage: NDArray[np.float64]) -> None:
    """Add what the ``chosen`` (M) shares of households with ``need`` (K) take to ``usage`` (M x K), and clear them."""
    for place in range(chosen.shape[0]):
        for use in range(usage.shape[1]):
            usage[place, use] += np.float64(chosen[place]) * need[use]
        chosen[place] = 0.0


@njit(cache=True, nogil=True, error_model="numpy")  # type: ignore[untyped-decorator, unused-ignore]
def smooth_run(  # noqa: PLR0913, PLR0917 - a kernel takes arrays, not records
    score: NDArray[np.float32],
    allowed: NDArray[np.bool_],
    bonus: NDArray[np.float64],
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
    places = price.shape[0]
    paid = np.empty(places)
    row = np.empty(places, np.float32)
    weight = np.empty(places, np.float32)
    words = np.empty(places, np.int32)
    chosen = np.zeros(places, np.float32)
    current, extra = -1, 0.0
    waiting = 0
    total = 0.0
    for household in order:
        if kind[household] != current or bonus[household] != extra or waiting == FLUSH:
            if current >= 0:
                _pour(chosen, kinds[current], usage)
            waiting = 0
            if kind[household] != current or bonus[household] != extra:
                current, extra = kind[household], bonus[household]
                price_row(kinds[current], price, extra, paid)
                row[:] = paid
        best = _reduce(score[household], allowed[household], row, weight)
        mass = _weigh(weight, best, np.float32(1.0 / temperature), words) + math.exp(-best / temperature)
        total += best + temperature * math.log(mass)
        _add(weight, np.float32(1.0 / mass), chosen)
        waiting += 1
    if current >= 0:
        _pour(chosen, kinds[current], usage)
    return total


@njit(cache=True, nogil=True, error_model="numpy")  # type: ignore[untyped-decorator, unused-ignore]
def _reduce_listed(
    listed: NDArray[np.int32], value: NDArray[np.float64], row: NDArray[np.float64], out: NDArray[np.float64]
) -> tuple[int, float]:
    """Write the values of listed places less prices into ``out`` and return how many and the best, at least 0."""
    best = 0.0
    filled = 0
    for slot in range(listed.shape[0]):
        if listed[slot] < 0:
            break
        out[slot] = value[slot] - row[listed[slot]]
        best = max(best, out[slot])
        filled += 1
    return filled, best


@njit(cache=True, nogil=True, error_model="numpy")  # type: ignore[untyped-decorator, unused-ignore]
def _weigh_listed(values: NDArray[np.float64], best: float, temperature: float) -> float:
    """Turn ``values`` into weights and return their sum, with that of standing nowhere."""
    mass = math.exp(-best / temperature)
    floor = best - WINDOW * temperature
    for slot in range(values.shape[0]):
        values[slot] = math.exp((values[slot] - best) / temperature) if values[slot] > floor else 0.0
        mass += values[slot]
    return mass


@njit(cache=True, nogil=True, error_model="numpy")  # type: ignore[untyped-decorator, unused-ignore]
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
    """Do as :func:`smooth_run` over the listed places of each household only (N x L best, -1 = no more)."""
    places = price.shape[0]
    slots = listed.shape[1]
    row = np.empty(places)
    reduced = np.empty(slots)
    chosen = np.zeros(places)
    current = -1
    total = 0.0
    for household in order:
        if kind[household] != current:
            if current >= 0:
                _pour(chosen, kinds[current], usage)
            current = kind[household]
            price_row(kinds[current], price, 0.0, row)
        filled, best = _reduce_listed(listed[household], value[household], row, reduced)
        mass = _weigh_listed(reduced[:filled], best, temperature)
        total += best + temperature * math.log(mass)
        for slot in range(filled):
            chosen[listed[household, slot]] += reduced[slot] / mass
    if current >= 0:
        _pour(chosen, kinds[current], usage)
    return total


@njit(cache=True, nogil=True, error_model="numpy")  # type: ignore[untyped-decorator, unused-ignore]
def list_best_run(  # noqa: PLR0913, PLR0917 - a kernel takes arrays, not records
    score: NDArray[np.float32],
    allowed: NDArray[np.bool_],
    bonus: NDArray[np.float64],
    order: NDArray[np.int64],
    kind: NDArray[np.int64],
    kinds: NDArray[np.int64],
    price: NDArray[np.float64],
    listed: NDArray[np.int32],
    value: NDArray[np.float64],
) -> None:
    """Write the L best allowed places of each household into ``listed`` (N x L, best first, -1 after), and their value.

    Best is by value less prices; ``value`` (N x L) is score + bonus.
    """
    places = price.shape[0]
    slots = listed.shape[1]
    paid = np.empty(places)
    row = np.empty(places, np.float32)
    reduced = np.empty(places, np.float32)
    kept = np.empty(slots, np.float32)
    current = -1
    for household in order:
        if kind[household] != current:
            current = kind[household]
            price_row(kinds[current], price, 0.0, paid)
            row[:] = paid
        _reduce(score[household], allowed[household], row, reduced)
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
        for slot in range(slots):
            if listed[household, slot] >= 0:
                value[household, slot] = (
                    np.float64(score[household, listed[household, slot]]) + bonus[household]
                )


@njit(cache=True, nogil=True, error_model="numpy")  # type: ignore[untyped-decorator, unused-ignore]
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
    places = price.shape[0]
    row = np.empty(places)
    values = np.empty(places)
    bits = values.view(np.int64)
    found = np.zeros(1, np.int64)
    current, extra = -1, 0.0
    for household in order:
        if kind[household] != current or bonus[household] != extra:
            current, extra = kind[household], bonus[household]
            price_row(kinds[current], price, extra, row)
        for place in range(places):
            value = np.float64(score[household, place]) - row[place]
            values[place] = value if allowed[household, place] else -1e30
        top = np.int64(0)
        for place in range(places):
            top = max(top, bits[place])
        found[0] = top
        best[household] = found.view(np.float64)[0]
