"""Compiled transport: the parties of one kind placed as well as possible within whole counts per place.

Everybody starts at the best place. From a place with too many, someone goes along the path of moves that loses least to
a place with room, or nowhere; as each path is the cheapest there is (Dijkstra with potentials), no better placing
within the counts exists over the listed places.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

FAR = 1e18
"""Loss of a move that nobody can make."""

Moves = tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]
"""Least loss of a move between two places (M + 1 x M + 1, the last is nowhere), who makes it, and potentials."""


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _renew(
    at: int,
    members: NDArray[np.int64],
    place: NDArray[np.int64],
    listed: NDArray[np.int32],
    regret: NDArray[np.float64],
    nowhere: NDArray[np.float64],
    moves: Moves,
) -> None:
    """Find again what leaving place ``at`` costs least, for every place to go to."""
    loss, mover, _ = moves
    loss[at, :] = FAR
    last = loss.shape[0] - 1
    for party in members:
        if place[party] != at:
            continue
        own = nowhere[party] if at == last else 0.0
        for slot in range(listed.shape[1]):
            if listed[party, slot] == at:
                own = regret[party, slot]
        for slot in range(listed.shape[1] + 1):
            to = last if slot == listed.shape[1] else np.int64(listed[party, slot])
            if to < 0:
                continue
            dearer = (nowhere[party] if to == last else regret[party, slot]) - own
            if dearer < loss[at, to]:
                loss[at, to] = dearer
                mover[at, to] = party


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _nearest(length: NDArray[np.float64], done: NDArray[np.bool_]) -> int:
    """Return the place with the least ``length`` that is not ``done``; nowhere is always within reach."""
    here = len(length) - 1
    for place in range(len(length)):
        if not done[place] and (done[here] or length[place] < length[here]):
            here = place
    return here


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _cheapest(
    start: int,
    room: NDArray[np.int64],
    moves: Moves,
    length: NDArray[np.float64],
    before: NDArray[np.int64],
) -> int:
    """Return the place with ``room`` that is nearest to ``start``, the way to it in ``before``."""
    loss, _, potential = moves
    places = len(room)
    done = np.zeros(places, np.bool_)
    length[:] = FAR
    length[start] = 0.0
    while True:
        here = _nearest(length, done)
        done[here] = True
        if room[here] > 0:
            break
        for place in range(places):
            if not done[place] and loss[here, place] < FAR:
                through = length[here] + max(loss[here, place] + potential[here] - potential[place], 0.0)
                if through < length[place]:
                    length[place] = through
                    before[place] = here
    for place in range(places):
        if done[place]:
            potential[place] += length[place] - length[here]
    return here


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def transport(
    members: NDArray[np.int64],
    count: NDArray[np.int64],
    listed: NDArray[np.int32],
    regret: NDArray[np.float64],
    nowhere: NDArray[np.float64],
    place: NDArray[np.int64],
) -> None:
    """Place ``members`` (rows) within ``count`` (M); ``place`` (N) holds M for nowhere.

    ``regret`` (N x L) is what every listed place loses against the best, ``nowhere`` (N) what staying out loses.
    """
    last = len(count)
    room = np.empty(last + 1, np.int64)
    room[:last] = count
    room[last] = len(members)
    for party in members:
        place[party] = listed[party, 0] if listed[party, 0] >= 0 and nowhere[party] > 0.0 else last
        room[place[party]] -= 1
    moves = (np.empty((last + 1, last + 1)), np.zeros((last + 1, last + 1), np.int64), np.zeros(last + 1))
    for at in range(last + 1):
        _renew(at, members, place, listed, regret, nowhere, moves)
    length, before = np.empty(last + 1), np.zeros(last + 1, np.int64)
    for start in range(last):
        while room[start] < 0:
            end = _cheapest(start, room, moves, length, before)
            room[start] += 1
            room[end] -= 1
            to = end
            while to != start:
                place[moves[1][before[to], to]] = to
                to = before[to]
            to = end
            _renew(to, members, place, listed, regret, nowhere, moves)
            while to != start:
                to = before[to]
                _renew(to, members, place, listed, regret, nowhere, moves)
