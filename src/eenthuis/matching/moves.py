"""Compiled moves of single parties: what they share, and a first proposal in the order of regret."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def fits(need: NDArray[np.int64], free: NDArray[np.int64]) -> bool:
    """Return whether ``need`` (K) fits into ``free`` (K)."""
    for use in range(need.shape[0]):  # noqa: SIM110 - a compiled loop, not a generator
        if need[use] > free[use]:
            return False
    return True


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def insert(
    listed: NDArray[np.int32],
    reduced: NDArray[np.float64],
    order: NDArray[np.int64],
    demand: NDArray[np.int64],
    free: NDArray[np.int64],
    place: NDArray[np.int64],
) -> None:
    """Give every party of ``order`` that stands nowhere its best listed place that has room; change ``free``.

    ``reduced`` (N x L) holds the value less prices of each listed place; below 0 nothing is taken.
    """
    slots = listed.shape[1]
    for party in order:
        if place[party] >= 0:
            continue
        best = -1
        most = 0.0
        for slot in range(slots):
            there = listed[party, slot]
            if there < 0:
                break
            if reduced[party, slot] >= most and fits(demand[party], free[there]):
                most = reduced[party, slot]
                best = there
        if best >= 0:
            place[party] = best
            for use in range(demand.shape[1]):
                free[best, use] -= demand[party, use]


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def draw(state: NDArray[np.uint64]) -> float:
    """Return the next number of a xorshift sequence, in [0, 1)."""
    word = state[0]
    word ^= word << np.uint64(13)
    word ^= word >> np.uint64(7)
    word ^= word << np.uint64(17)
    state[0] = word
    return float(word >> np.uint64(11)) / 9007199254740992.0
