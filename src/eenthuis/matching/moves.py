"""Compiled moves of single parties: a first proposal in the order of regret, and shifts that gain."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def fits(need: NDArray[np.int64], free: NDArray[np.int64]) -> bool:
    """Return whether ``need`` (K) fits into ``free`` (K)."""
    for use in range(need.shape[0]):
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


DEPTH = 8
"""Most parties that move in one chain."""


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _draw(state: NDArray[np.uint64]) -> float:
    """Return the next number of a xorshift sequence, in [0, 1)."""
    word = state[0]
    word ^= word << np.uint64(13)
    word ^= word >> np.uint64(7)
    word ^= word << np.uint64(17)
    state[0] = word
    return float(word >> np.uint64(11)) / 9007199254740992.0


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _link(party: int, there: int, head: NDArray[np.int64], chain: NDArray[np.int64]) -> None:
    following = head[there]
    chain[party, 0] = following
    chain[party, 1] = -1
    if following >= 0:
        chain[following, 1] = party
    head[there] = party


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _unlink(party: int, there: int, head: NDArray[np.int64], chain: NDArray[np.int64]) -> None:
    following, before = chain[party, 0], chain[party, 1]
    if before >= 0:
        chain[before, 0] = following
    else:
        head[there] = following
    if following >= 0:
        chain[following, 1] = before


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _shift(
    party: int,
    source: int,
    target: int,
    demand: NDArray[np.int64],
    free: NDArray[np.int64],
    place: NDArray[np.int64],
    head: NDArray[np.int64],
    chain: NDArray[np.int64],
) -> None:
    """Move one party; a place of -1 is nowhere."""
    if source >= 0:
        _unlink(party, source, head, chain)
        for use in range(demand.shape[1]):
            free[source, use] += demand[party, use]
    if target >= 0:
        _link(party, target, head, chain)
        for use in range(demand.shape[1]):
            free[target, use] -= demand[party, use]
    place[party] = target


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def improve(  # noqa: C901, PLR0912, PLR0913, PLR0915 - one compiled loop; a call per step would cost more than it clears
    listed: NDArray[np.int32],
    value: NDArray[np.float64],
    reduced: NDArray[np.float64],
    order: NDArray[np.int64],
    demand: NDArray[np.int64],
    free: NDArray[np.int64],
    place: NDArray[np.int64],
    worth: NDArray[np.float64],
    worth_reduced: NDArray[np.float64],
    noise: float,
    state: NDArray[np.uint64],
) -> float:
    """Let every party of ``order`` start a chain of moves that ends in a gain, if one is found; return the gain.

    In a chain a party takes a listed place, puts out one party there if it must, which moves on in turn. ``worth``
    and ``worth_reduced`` (N) hold the value of each party where it stands, without and with prices (0 = nowhere).
    """
    parties, slots = listed.shape
    uses = demand.shape[1]
    head = np.full(free.shape[0], -1, np.int64)
    chain = np.full((parties, 2), -1, np.int64)
    for party in range(parties):
        if place[party] >= 0:
            _link(party, place[party], head, chain)
    moved = np.empty(DEPTH + 1, np.int64)
    origin = np.empty(DEPTH + 1, np.int64)
    old_worth = np.empty((DEPTH + 1, 2))
    gained = 0.0
    for first in order:
        held = first
        gain = -worth[first]
        steps = 0
        moved[0] = first
        origin[0] = place[first]
        old_worth[0, 0] = worth[first]
        old_worth[0, 1] = worth_reduced[first]
        if place[first] >= 0:
            _shift(first, place[first], -1, demand, free, place, head, chain)
        worth[first] = 0.0
        worth_reduced[first] = 0.0
        done = False
        while True:
            best_end, end_slot = 1e-9, -1
            best_go, go_slot, go_out = -1e18, -1, -1
            if gain > best_end:
                best_end, end_slot = gain, -2
            for slot in range(slots):
                there = listed[held, slot]
                if there < 0:
                    break
                if fits(demand[held], free[there]):
                    if gain + value[held, slot] > best_end and not (steps == 0 and there == origin[0]):
                        best_end, end_slot = gain + value[held, slot], slot
                    continue
                if steps >= DEPTH - 1:
                    continue
                other = head[there]
                while other >= 0:
                    known = False
                    for step in range(steps + 1):
                        known = known or moved[step] == other
                    if not known:
                        enough = True
                        for use in range(uses):
                            if demand[held, use] > free[there, use] + demand[other, use]:
                                enough = False
                        if enough:
                            hope = reduced[other, 0]
                            if listed[other, 0] == there:
                                hope = reduced[other, 1] if slots > 1 else 0.0
                            hope = max(hope, 0.0)
                            guess = reduced[held, slot] - worth_reduced[other] + hope
                            if noise > 0.0:
                                guess -= noise * _draw(state)
                            if guess > best_go:
                                best_go, go_slot, go_out = guess, slot, other
                    other = chain[other, 0]
            if end_slot != -1:
                if end_slot >= 0:
                    _shift(held, -1, listed[held, end_slot], demand, free, place, head, chain)
                    worth[held] = value[held, end_slot]
                    worth_reduced[held] = reduced[held, end_slot]
                gained += best_end
                done = True
                break
            if go_slot < 0:
                break
            there = listed[held, go_slot]
            steps += 1
            moved[steps] = go_out
            origin[steps] = there
            old_worth[steps, 0] = worth[go_out]
            old_worth[steps, 1] = worth_reduced[go_out]
            gain += value[held, go_slot] - worth[go_out]
            _shift(go_out, there, -1, demand, free, place, head, chain)
            worth[go_out] = 0.0
            worth_reduced[go_out] = 0.0
            _shift(held, -1, there, demand, free, place, head, chain)
            worth[held] = value[held, go_slot]
            worth_reduced[held] = reduced[held, go_slot]
            held = go_out
        if not done:
            for step in range(steps + 1):
                if place[moved[step]] >= 0:
                    _shift(moved[step], place[moved[step]], -1, demand, free, place, head, chain)
            for step in range(steps + 1):
                if origin[step] >= 0:
                    _shift(moved[step], -1, origin[step], demand, free, place, head, chain)
                worth[moved[step]] = old_worth[step, 0]
                worth_reduced[moved[step]] = old_worth[step, 1]
    return gained
