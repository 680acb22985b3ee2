"""The best assignment of persons, one by one, by min-cost flow: what a method without households would do.

Parties come in one after the other; each new one is sent along the cheapest path of moves between places to one with
room left (Dijkstra with potentials), so that the flow of those who came in so far is the best at every moment.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from eenthuis.matching.parties import Parties

NOWHERE_LOSS = 4.0
"""What leaving a person out costs below the lowest score per person, in ranges of scores per person."""

BLOCK = 5_000
"""Parties that come in together; the work grows with the square of it."""

Worth = tuple[NDArray[np.float32], NDArray[np.bool_], NDArray[np.float64], float]
"""Scores and allowed pairs (N x M), the part of one person (N), and the worth of a person nowhere."""

Moves = tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]
"""Least cost of a move between two places (M + 1 x M + 1), the piece that makes it, and room for a row of costs."""


def best_flow(parties: Parties) -> NDArray[np.int64]:
    """Return the pieces (party, place, persons) of the flow of persons with the highest total score.

    A person counts for an equal share of the score of the party; one nowhere (place M) for less than any place gives,
    by :data:`NOWHERE_LOSS` ranges. Only allowed places and the caps on persons count. More than :data:`BLOCK` parties
    come in blocks, each with its part of the room that is left.
    """
    persons = parties.demand[:, 0]
    everybody = int(persons.sum())
    share = 1.0 / np.maximum(persons, 1)
    low = float((parties.score.min(axis=1, where=parties.allowed, initial=0.0) * share).min(initial=0.0))
    high = float((parties.score.max(axis=1, where=parties.allowed, initial=0.0) * share).max(initial=0.0))
    nowhere = low - NOWHERE_LOSS * max(high - low, 1e-9)
    room = np.append(np.minimum(parties.capacity[:, 0], everybody), everybody)
    pieces = [np.zeros((0, 3), np.int64)]
    for first in range(0, len(persons), BLOCK):
        rows = slice(first, first + BLOCK)
        part = persons[rows].sum() / max(1, persons[first:].sum())
        share_of_room = np.ceil(room * part).astype(np.int64)
        found = _flow(
            parties.score[rows], parties.allowed[rows], share[rows], nowhere, persons[rows], share_of_room
        )
        np.subtract.at(room, found[:, 1], found[:, 2])
        pieces.append(found + np.array([first, 0, 0]))
    return np.concatenate(pieces)


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _costs(who: int, worth: Worth, out: NDArray[np.float64]) -> None:
    """Fill in what a person of a party costs at every place, and last nowhere."""
    score, allowed, share, nowhere = worth
    for place in range(score.shape[1]):
        out[place] = -score[who, place] * share[who] if allowed[who, place] else np.inf
    out[score.shape[1]] = -nowhere


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _offer(at: int, worth: Worth, piece: NDArray[np.int64], moves: Moves) -> None:
    """Note where the persons of a piece would move at less cost than anyone else of their place."""
    move, mover, own = moves
    here = piece[at, 1]
    _costs(piece[at, 0], worth, own)
    for to in range(len(own)):
        dearer = own[to] - own[here]
        if to != here and dearer < move[here, to]:
            move[here, to] = dearer
            mover[here, to] = at


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _path(
    own: NDArray[np.float64],
    move: NDArray[np.float64],
    free: NDArray[np.int64],
    potential: NDArray[np.float64],
    came_from: NDArray[np.int64],
) -> int:
    """Return the place with room at the end of the cheapest path, and fill in where each step comes from.

    ``potential`` keeps every move at a cost of at least 0; the way out of a place with room costs its potential.
    """
    places = len(free)
    far = own - potential
    far -= far.min()
    done = np.zeros(places, np.bool_)
    came_from[:] = -1
    end, total = -1, np.inf
    while True:
        near, least = -1, np.inf
        for place in range(places):
            if not done[place] and far[place] < least:
                near, least = place, far[place]
        if near < 0 or total <= least:
            break
        done[near] = True
        if free[near] > 0 and least + potential[near] < total:
            end, total = near, least + potential[near]
        for place in range(places):
            new = least + move[near, place] + potential[near] - potential[place]
            if not done[place] and new < far[place]:
                far[place] = new
                came_from[place] = near
    for place in range(places):
        if done[place] and far[place] < total:
            potential[place] += far[place] - total
    return end


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _put(
    who: int,
    here: int,
    people: int,
    piece: NDArray[np.int64],
    head: NDArray[np.int64],
) -> int:
    """Add persons of a party to a place; return their piece."""
    at = head[here]
    while at >= 0:
        if piece[at, 0] == who:
            piece[at, 2] += people
            return int(at)
        at = piece[at, 3]
    at = head[-1]
    head[-1] = piece[at, 3]
    piece[at, 0], piece[at, 1], piece[at, 2], piece[at, 3] = who, here, people, head[here]
    head[here] = at
    return int(at)


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _drop(at: int, piece: NDArray[np.int64], head: NDArray[np.int64]) -> None:
    """Take a piece without persons out of the list of its place."""
    here = piece[at, 1]
    if head[here] == at:
        head[here] = piece[at, 3]
    else:
        before = head[here]
        while piece[before, 3] != at:
            before = piece[before, 3]
        piece[before, 3] = piece[at, 3]
    piece[at, 2], piece[at, 3] = 0, head[-1]
    head[-1] = at


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _send(
    who: int,
    people: int,
    end: int,
    came_from: NDArray[np.int64],
    worth: Worth,
    piece: NDArray[np.int64],
    head: NDArray[np.int64],
    moves: Moves,
) -> int:
    """Send as many of ``people`` along the path as each of its steps can take; return how many."""
    move, mover, _ = moves
    to = end
    while came_from[to] >= 0:
        people = min(people, piece[mover[came_from[to], to], 2])
        to = came_from[to]
    to = end
    while came_from[to] >= 0:
        here = came_from[to]
        at = mover[here, to]
        mover_of = piece[at, 0]
        piece[at, 2] -= people
        if piece[at, 2] == 0:
            _drop(at, piece, head)
            move[here, :] = np.inf
            left = head[here]
            while left >= 0:
                _offer(left, worth, piece, moves)
                left = piece[left, 3]
        _offer(_put(mover_of, to, people, piece, head), worth, piece, moves)
        to = here
    _offer(_put(who, to, people, piece, head), worth, piece, moves)
    return people


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _flow(
    score: NDArray[np.float32],
    allowed: NDArray[np.bool_],
    share: NDArray[np.float64],
    nowhere: float,
    persons: NDArray[np.int64],
    room: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Return pieces of the flow of least cost; the last place is nowhere and has room for everybody."""
    places = len(room)
    worth = score, allowed, share, nowhere
    moves = np.full((places, places), np.inf), np.zeros((places, places), np.int64), np.zeros(places)
    piece = np.zeros((persons.sum() + 1, 4), np.int64)
    piece[:, 3] = np.arange(1, len(piece) + 1)
    head = np.append(np.full(places, -1), 0)  # the last is that of the spare pieces
    potential, came_from, own = np.zeros(places), np.zeros(places, np.int64), np.zeros(places)
    free = room.copy()
    for who in range(len(persons)):
        left = persons[who]
        _costs(who, worth, own)
        while left > 0:
            end = _path(own, moves[0], free, potential, came_from)
            sent = _send(who, min(left, free[end]), end, came_from, worth, piece, head, moves)
            free[end] -= sent
            left -= sent
    return piece[piece[:, 2] > 0, :3]
