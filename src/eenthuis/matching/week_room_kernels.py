"""Compiled passes that find what room is worth later: gains counted over cases, then seats valued place by place."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

MIN_STEPS, TAKERS_A_STEP = 60, 0.25
"""Time runs in steps of so many households that might want a place, and in no fewer steps."""


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _values_less_prices(
    score: NDArray[np.float32],
    allowed: NDArray[np.bool_],
    need: NDArray[np.int64],
    left: NDArray[np.int64],
    price: NDArray[np.float64],
    out: NDArray[np.float64],
) -> tuple[int, float, float]:
    """Write the value of every place less prices into ``out`` (M); return the best place, its value, the second's."""
    best, second, chosen = 0.0, 0.0, -1
    for place in range(score.shape[0]):
        out[place] = -np.inf
        if not allowed[place]:
            continue
        value = float(score[place])
        for use in range(need.shape[0]):
            if need[use] > left[place, use]:
                value = -np.inf
                break
            value -= need[use] * price[place, use]
        out[place] = value
        if value > best:
            best, second, chosen = value, best, place
        elif value > second:
            second = value
    return chosen, best, second


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def add_gains(  # noqa: PLR0913, PLR0917 - arrays that numba takes one by one
    score: NDArray[np.float32],
    allowed: NDArray[np.bool_],
    demand: NDArray[np.int64],
    rows: NDArray[np.int64],
    chance: NDArray[np.float64],
    kind: NDArray[np.int64],
    left: NDArray[np.int64],
    price: NDArray[np.float64],
    step: NDArray[np.float64],
    counted: NDArray[np.float64],
) -> None:
    """Count what cases gain at a place before paying for seats, above their best elsewhere.

    ``counted`` (2 x M x sizes x grid) takes chances and chances times gains, by steps of ``step`` (sizes).
    """
    places, grid = score.shape[1], counted.shape[3]
    value = np.empty(places)
    for at in range(rows.shape[0]):
        row = rows[at]
        need = demand[row]
        chosen, best, second = _values_less_prices(score[row], allowed[row], need, left, price, value)
        size = kind[at]
        for place in range(places):
            if value[place] == -np.inf or need[0] == 0:
                continue
            gain = value[place] + need[0] * price[place, 0] - (second if place == chosen else best)
            if gain > 0.0:
                bin_at = min(grid - 1, int(gain / step[size]))
                counted[0, place, size, bin_at] += chance[at]
                counted[1, place, size, bin_at] += chance[at] * gain


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _steps(above: NDArray[np.float64], step: NDArray[np.float64], count: int) -> int:
    """Return in how many steps ``count`` cases are taken together; 0 when none of them wants the place."""
    takers = 0.0
    for kind in range(step.shape[0]):
        takers += (above[kind, 0] - above[kind, 1]) / step[kind]
    if takers <= 0.0:
        return 0
    return min(count, max(MIN_STEPS, int(takers * count / TAKERS_A_STEP) + 1))


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _gain_of_one(
    seats: int,
    worth: NDArray[np.float64],
    above: NDArray[np.float64],
    sizes: NDArray[np.int64],
    step: NDArray[np.float64],
) -> float:
    """Return what one more case is expected to add with so many ``seats`` left."""
    grid = above.shape[1]
    total = 0.0
    for kind in range(sizes.shape[0]):
        size = sizes[kind]
        if size > seats or size == 0:
            continue
        rank = (worth[seats] - worth[seats - size]) / step[kind]
        low = int(rank)
        if low < grid - 1:
            part = rank - low
            total += (1.0 - part) * above[kind, low] + part * above[kind, low + 1]
    return total


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def value_rooms(
    above: NDArray[np.float64],
    sizes: NDArray[np.int64],
    step: NDArray[np.float64],
    left: NDArray[np.int64],
    count: int,
    places: NDArray[np.int64],
    out: NDArray[np.float64],
) -> None:
    """Write into ``out`` (M x C + 1) what seats are worth to ``count`` cases still to come, for ``places``.

    ``above`` (M x sizes x grid) holds the expected gain above each step of the grid, of one case.
    """
    later = np.zeros(out.shape[1])
    for place in places:
        steps = _steps(above[place], step, count)
        room = min(left[place], out.shape[1] - 1)
        worth = out[place]
        for _ in range(steps):
            for seats in range(1, room + 1):
                later[seats] = worth[seats] + count / steps * _gain_of_one(
                    seats, worth, above[place], sizes, step
                )
            for seats in range(1, room + 1):
                worth[seats] = later[seats]
        for seats in range(room + 1, out.shape[1]):
            worth[seats] = worth[room]
