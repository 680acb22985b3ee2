"""What room in persons is worth later, place by place, in whole households.

A price is what one more person's room is worth; but the last seats of a place go to whole households, or stay empty.
So for every place the worth of each number of seats left is found backwards from the end of the season: each case that
may come takes a seat when what it gains here, above its best elsewhere at the prices, is more than the seats are worth.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.futures import Pool

GRID = 128
"""Steps in which gains are counted, per size of household."""

RUNS = 8
"""Runs of cases or places that threads share; fixed, so that sums do not depend on the number of threads."""

AHEAD = 1.5
"""Seats looked at: so many times what is expected to come at a place."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Cases that may come: rows of the pool with the chance of each (summing to 1), and how many come."""

    rows: NDArray[np.int64]
    chance: NDArray[np.float64]
    count: int


def room_values(
    pool: Pool, coming: Expected, left: NDArray[np.int64], price: NDArray[np.float64], *, threads: int
) -> NDArray[np.float64]:
    """Return what every number of seats is worth to who may come: M x (C + 1) float64, by place and seats left.

    Uses other than persons are paid for at ``price`` (M x K). More seats than C are worth what C are.
    """
    from eenthuis.matching.week_room_kernels import add_gains, value_rooms

    places = len(left)
    persons = pool.demand[coming.rows, 0]
    sizes, kind = np.unique(persons, return_inverse=True)
    most = int(AHEAD * coming.count * (persons @ coming.chance)) + 2 * int(persons.max(initial=0)) + 8
    seats = int(min(most, left[:, 0].max(initial=0)))
    out = np.zeros((places, seats + 1))
    if not coming.count or not sizes.size:
        return out
    top = np.zeros(len(sizes))
    np.maximum.at(top, kind, pool.score[coming.rows].max(axis=1, initial=0.0))
    step = np.maximum(top, 1e-6) / (GRID - 1)
    runs = np.array_split(np.arange(len(coming.rows)), RUNS)

    def gains(run: NDArray[np.int64]) -> NDArray[np.float64]:
        counted = np.zeros((2, places, len(sizes), GRID))
        add_gains(
            pool.score,
            pool.allowed,
            pool.demand,
            coming.rows[run],
            coming.chance[run],
            kind[run],
            left,
            price,
            step,
            counted,
        )
        return counted

    with ThreadPoolExecutor(threads) as workers:
        counted = np.sum(list(workers.map(gains, runs)), axis=0)
        mass, gained = np.cumsum(counted[..., ::-1], axis=-1)[..., ::-1]
        above = gained - mass * step[None, :, None] * np.arange(GRID)
        list(
            workers.map(
                lambda run: value_rooms(above, sizes, step, left[:, 0], coming.count, run, out),
                np.array_split(np.arange(places), RUNS),
            )
        )
    return out
