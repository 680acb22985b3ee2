"""One batch decided as a whole: largest households first, then moves that make room for each other."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

BETTER = 1e-9
"""A move must gain more than this."""

ROUNDS = 8
"""Rounds of moves at most."""


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _worth(
    here: int,
    net: NDArray[np.float64],
    need: NDArray[np.int64],
    left: NDArray[np.int64],
    kept: NDArray[np.int64],
    room: NDArray[np.float64],
    queue: NDArray[np.float64],
    charge: NDArray[np.float64],
) -> float:
    """Return what a case gains at ``here`` with what is ``left`` and not ``kept``, less what its seats are worth."""
    if net[here] == -np.inf:
        return -np.inf
    for use in range(need.shape[0]):
        if need[use] > left[here, use] - kept[here, use]:
            return -np.inf
    last = room.shape[1] - 1
    before = room[here, min(last, left[here, 0])]
    after = room[here, min(last, left[here, 0] - need[0])]
    return float(net[here] - before + after - charge[here] * queue[here])


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _shift(
    here: int, need: NDArray[np.int64], left: NDArray[np.int64], queue: NDArray[np.float64], sign: int
) -> None:
    """Take (1) or give back (-1) what a case uses at ``here``."""
    for use in range(need.shape[0]):
        left[here, use] -= sign * need[use]
    queue[here] += sign * need[0]


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _best(
    net: NDArray[np.float64],
    need: NDArray[np.int64],
    left: NDArray[np.int64],
    kept: NDArray[np.int64],
    room: NDArray[np.float64],
    queue: NDArray[np.float64],
    charge: NDArray[np.float64],
    nowhere: float,
) -> tuple[int, float]:
    """Return the best place of a case and its worth; -1 and ``nowhere`` when no place is worth more."""
    found, most = -1, nowhere
    for here in range(net.shape[0]):
        worth = _worth(here, net, need, left, kept, room, queue, charge)
        if worth > most:
            found, most = here, worth
    return found, most


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _improve(  # noqa: PLR0913, PLR0917 - arrays that numba takes one by one
    case: int,
    net: NDArray[np.float64],
    demand: NDArray[np.int64],
    left: NDArray[np.int64],
    kept: NDArray[np.int64],
    hard: NDArray[np.int8],
    room: NDArray[np.float64],
    queue: NDArray[np.float64],
    charge: NDArray[np.float64],
    nowhere: float,
    place: NDArray[np.int64],
) -> bool:
    """Move ``case`` to where it gains most, another case making room if need be; return whether it moved."""
    need, old = demand[case], place[case]
    stayed = nowhere
    if old >= 0:
        _shift(old, need, left, queue, -1)
        stayed = _worth(old, net[case], need, left, kept[hard[case]], room, queue, charge)
    most, target, other, refuge = BETTER, old, -1, -1
    there, worth = _best(net[case], need, left, kept[hard[case]], room, queue, charge, nowhere)
    if worth - stayed > most:
        most, target = worth - stayed, there
    for rival in range(place.shape[0]):
        here = place[rival]
        if rival == case or here < 0 or here == old or net[case, here] == -np.inf:
            continue
        _shift(here, demand[rival], left, queue, -1)
        lost = _worth(here, net[rival], demand[rival], left, kept[hard[rival]], room, queue, charge)
        gained = _worth(here, net[case], need, left, kept[hard[case]], room, queue, charge)
        if gained > -np.inf:
            _shift(here, need, left, queue, 1)
            away, regained = _best(
                net[rival], demand[rival], left, kept[hard[rival]], room, queue, charge, nowhere
            )
            if gained + regained - lost - stayed > most:
                most, target, other, refuge = gained + regained - lost - stayed, here, rival, away
            _shift(here, need, left, queue, -1)
        _shift(here, demand[rival], left, queue, 1)
    if other >= 0:
        _shift(target, demand[other], left, queue, -1)
        place[other] = refuge
        if refuge >= 0:
            _shift(refuge, demand[other], left, queue, 1)
    place[case] = target
    if target >= 0:
        _shift(target, need, left, queue, 1)
    return bool(target != old or other >= 0)


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def decide_batch(  # noqa: PLR0913, PLR0917 - arrays that numba takes one by one
    net: NDArray[np.float64],
    demand: NDArray[np.int64],
    left: NDArray[np.int64],
    kept: NDArray[np.int64],
    hard: NDArray[np.int8],
    room: NDArray[np.float64],
    queue: NDArray[np.float64],
    charge: NDArray[np.float64],
    nowhere: float,
) -> NDArray[np.int64]:
    """Return the place of each case of a batch (-1 = none).

    ``net`` (N x M) is score less prices of what is not seats, minus infinity where a case may not go; ``room``
    (M x C + 1) what seats are worth later; ``queue`` (M) persons waiting and ``charge`` (M) score per person waiting;
    ``kept`` (2 x M x K) what a case may not take of ``left``, in the row that ``hard`` (N) names for it;
    ``nowhere`` what a case without a place is worth. ``left`` and ``queue`` are changed as places are taken.
    """
    count = demand.shape[0]
    place = np.full(count, -1, np.int64)
    done = np.zeros(count, np.bool_)
    for _ in range(count):
        largest, chosen, target, most = -1, -1, -1, -np.inf
        for case in range(count):
            if done[case] or demand[case, 0] < largest:
                continue
            here, worth = _best(net[case], demand[case], left, kept[hard[case]], room, queue, charge, nowhere)
            if demand[case, 0] > largest or worth > most:
                largest, chosen, target, most = demand[case, 0], case, here, worth
        done[chosen] = True
        place[chosen] = target
        if target >= 0:
            _shift(target, demand[chosen], left, queue, 1)
    for _ in range(ROUNDS):
        moved = False
        for case in range(count):
            if _improve(case, net, demand, left, kept, hard, room, queue, charge, nowhere, place):
                moved = True
        if not moved:
            break
    return place
