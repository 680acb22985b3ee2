"""Compiled annealing: a party changes places with a few others, now and then at a loss, ever less so."""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from eenthuis.matching.moves import draw, fits

MOST_OUT = 6
"""Most parties that one party may change places with."""


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _transfer(  # noqa: PLR0913, PLR0917 - a kernel takes arrays, not records
    party: int,
    target: int,
    demand: NDArray[np.int64],
    free: NDArray[np.int64],
    place: NDArray[np.int64],
    members: NDArray[np.int64],
    edge: NDArray[np.int64],
    count: NDArray[np.int64],
    spot: NDArray[np.int64],
) -> None:
    """Move a party to ``target`` (-1 = nowhere) in the lists of who stands where."""
    places, uses = free.shape
    source = place[party]
    at = source if source >= 0 else places
    last = members[edge[at] + count[at] - 1]
    members[edge[at] + spot[party]] = last
    spot[last] = spot[party]
    count[at] -= 1
    at = target if target >= 0 else places
    members[edge[at] + count[at]] = party
    spot[party] = count[at]
    count[at] += 1
    place[party] = target
    for use in range(uses):
        if source >= 0:
            free[source, use] += demand[party, use]
        if target >= 0:
            free[target, use] -= demand[party, use]


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _put_out(  # noqa: PLR0913, PLR0917 - a kernel takes arrays, not records
    target: int,
    source: int,
    room: NDArray[np.int64],
    back: NDArray[np.int64],
    score: NDArray[np.float32],
    allowed: NDArray[np.bool_],
    bonus: NDArray[np.float64],
    demand: NDArray[np.int64],
    here: NDArray[np.int64],
    out: NDArray[np.int64],
    goes: NDArray[np.int64],
    state: NDArray[np.uint64],
) -> tuple[int, float]:
    """Draw parties standing at ``target`` until ``room`` there is no longer short.

    They go to ``source`` while ``back`` has room for them, else nowhere. Returns how many (-1 = it cannot be done)
    and the change of value.
    """
    uses = room.shape[0]
    number = 0
    change = 0.0
    while room.min() < 0:
        if number == MOST_OUT or here.shape[0] <= number:
            return -1, 0.0
        other = here[int(draw(state) * here.shape[0])]
        relief = False
        for use in range(uses):
            relief = relief or (room[use] < 0 and demand[other, use] > 0)
        for earlier in range(number):
            relief = relief and out[earlier] != other
        if not relief:
            return -1, 0.0
        change -= score[other, target] + bonus[other]
        goes[number] = -1
        if source >= 0 and allowed[other, source] and fits(demand[other], back):
            goes[number] = source
            change += score[other, source] + bonus[other]
            for use in range(uses):
                back[use] -= demand[other, use]
        for use in range(uses):
            room[use] += demand[other, use]
        out[number] = other
        number += 1
    return number, change


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def anneal(  # noqa: PLR0913, PLR0917 - a kernel takes arrays, not records
    score: NDArray[np.float32],
    allowed: NDArray[np.bool_],
    bonus: NDArray[np.float64],
    listed: NDArray[np.int32],
    demand: NDArray[np.int64],
    free: NDArray[np.int64],
    place: NDArray[np.int64],
    edge: NDArray[np.int64],
    hot: float,
    cold: float,
    steps: int,
    state: NDArray[np.uint64],
) -> None:
    """Anneal ``place`` (N, -1 = nowhere) and ``free`` (M x K) in ``steps`` tries, from ``hot`` to ``cold``.

    ``edge`` (M + 2) says where the list of who stands at each place begins, with room for all who could; the last
    list is of those who stand nowhere.
    """
    parties, slots = listed.shape
    places, uses = free.shape
    members = np.empty(edge[places + 1], np.int64)
    count = np.zeros(places + 1, np.int64)
    spot = np.zeros(parties, np.int64)
    for party in range(parties):
        at = place[party] if place[party] >= 0 else places
        members[edge[at] + count[at]] = party
        spot[party] = count[at]
        count[at] += 1
    out = np.empty(MOST_OUT, np.int64)
    goes = np.empty(MOST_OUT, np.int64)
    room = np.empty(uses, np.int64)
    back = np.empty(uses, np.int64)
    temperature = hot
    for step in range(steps):
        if step % 256 == 0:
            temperature = hot * math.exp(math.log(cold / hot) * step / steps)
        party = int(draw(state) * parties)
        chance = draw(state)
        target = listed[party, int(chance * chance * slots)]
        source = place[party]
        if target < 0 or target == source:
            continue
        change = score[party, target] + bonus[party]
        if source >= 0:
            change -= score[party, source] + bonus[party]
        for use in range(uses):
            room[use] = free[target, use] - demand[party, use]
            back[use] = free[source, use] + demand[party, use] if source >= 0 else 0
        here = members[edge[target] : edge[target] + count[target]]
        number, moved = _put_out(
            target, source, room, back, score, allowed, bonus, demand, here, out, goes, state
        )
        change += moved
        if number < 0 or (change < 0.0 and draw(state) >= math.exp(change / temperature)):
            continue
        _transfer(party, -1, demand, free, place, members, edge, count, spot)
        for earlier in range(number):
            _transfer(out[earlier], goes[earlier], demand, free, place, members, edge, count, spot)
        _transfer(party, target, demand, free, place, members, edge, count, spot)
