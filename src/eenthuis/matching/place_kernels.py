"""Compiled choice of the best set of parties for one place: exact, over every cap at once.

With a price per party, what a place can gain is a small knapsack with several caps. Parties of one kind take the
same, so of each kind only the few with the highest value less price can be in the best set; over those the best set
follows from a table with one cell for every way in which the caps can be used.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _most_of_kind(need: NDArray[np.int64], room: NDArray[np.int64], there: int) -> int:
    """Return how many parties that take ``need`` (K) fit into ``room`` (K), of those ``there``."""
    most = there
    for use in range(need.shape[0]):
        if need[use] > 0:
            most = min(most, room[use] // need[use])
    return most


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _best_of_kind(
    worth: NDArray[np.float64],
    price: NDArray[np.float64],
    who: NDArray[np.int64],
    most: int,
    item: NDArray[np.int64],
    gain: NDArray[np.float64],
) -> int:
    """Write the ``most`` parties of ``who`` with the highest value less price, if above 0; return how many."""
    count = 0
    if most == 0:
        return 0
    for party in who:
        more = worth[party] - price[party]
        if more <= 0.0 or (count == most and more <= gain[count - 1]):
            continue
        at = min(count, most - 1)
        while at > 0 and gain[at - 1] < more:
            gain[at] = gain[at - 1]
            item[at] = item[at - 1]
            at -= 1
        gain[at] = more
        item[at] = party
        count = min(count + 1, most)
    return count


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _add_within(
    row: NDArray[np.float64], taken: NDArray[np.bool_], first: int, last: int, gain: float
) -> None:
    """Let one party into the cells ``first`` to ``last`` of ``row`` that follow from the row itself."""
    for column in range(last - 1, first - 1, -1):
        value = row[column - first] + gain
        taken[column] = value > row[column]
        row[column] = max(value, row[column])


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _add_beside(
    row: NDArray[np.float64],
    taken: NDArray[np.bool_],
    source: NDArray[np.float64],
    first: int,
    last: int,
    gain: float,
) -> None:
    """Let one party into the cells ``first`` to ``last`` of ``row`` that follow from another row, ``source``."""
    for column in range(first, last):
        value = source[column - first] + gain
        taken[column] = value > row[column]
        row[column] = max(value, row[column])


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _add_item(
    table: NDArray[np.float64],
    taken: NDArray[np.bool_],
    need: NDArray[np.int64],
    gain: float,
    radix: NDArray[np.int64],
    reach: NDArray[np.int64],
) -> None:
    """Let one party into ``table`` (rows: the further uses; columns: persons), where ``reach`` (K) is used at most."""
    uses = need.shape[0]
    digit = reach.copy()
    back = 0
    for use in range(1, uses):
        back += need[use] * radix[use]
    first, last = need[0], reach[0] + 1
    while True:
        row = 0
        for use in range(1, uses):
            row += digit[use] * radix[use]
        if back == 0:
            _add_within(table[row], taken[row], first, last, gain)
        else:
            _add_beside(table[row], taken[row], table[row - back], first, last, gain)
        use = uses - 1
        while use > 0:
            digit[use] -= 1
            if digit[use] >= need[use]:
                break
            digit[use] = reach[use]
            use -= 1
        if use <= 0:
            return


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _candidates(
    worth: NDArray[np.float64],
    price: NDArray[np.float64],
    who: NDArray[np.int64],
    edge: NDArray[np.int64],
    need: NDArray[np.int64],
    room: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    """Return the parties that can be in the best set of a place, what each adds, and its kind."""
    kinds = need.shape[0]
    total = 0
    most = np.zeros(kinds, np.int64)
    for kind in range(kinds):
        most[kind] = _most_of_kind(need[kind], room, edge[kind + 1] - edge[kind])
        total += most[kind]
    item, gain, of_kind = np.empty(total, np.int64), np.empty(total), np.empty(total, np.int64)
    count = 0
    for kind in range(kinds):
        here = who[edge[kind] : edge[kind + 1]]
        found = _best_of_kind(worth, price, here, most[kind], item[count:], gain[count:])
        of_kind[count : count + found] = kind
        count += found
    return item[:count], gain[:count], of_kind[:count]


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _best_set(
    gain: NDArray[np.float64], kind: NDArray[np.int64], need: NDArray[np.int64], room: NDArray[np.int64]
) -> tuple[float, NDArray[np.bool_]]:
    """Return the highest total ``gain`` within ``room`` (K) and which items (n) make it."""
    uses = room.shape[0]
    bound = np.zeros(uses, np.int64)
    for at in range(gain.shape[0]):
        bound += need[kind[at]]
    bound = np.minimum(bound, room)
    radix = np.zeros(uses, np.int64)
    rows = 1
    for use in range(uses - 1, 0, -1):
        radix[use] = rows
        rows *= bound[use] + 1
    table = np.full((rows, bound[0] + 1), -np.inf)
    table[0, 0] = 0.0
    taken = np.zeros((gain.shape[0], rows, bound[0] + 1), np.bool_)
    reach = np.zeros(uses, np.int64)
    for at in range(gain.shape[0]):
        reach = np.minimum(bound, reach + need[kind[at]])
        _add_item(table, taken[at], need[kind[at]], gain[at], radix, reach)
    best = int(np.argmax(table))
    total = table.reshape(-1)[best]
    row, column = best // table.shape[1], best % table.shape[1]
    chosen = np.zeros(gain.shape[0], np.bool_)
    for at in range(gain.shape[0] - 1, -1, -1):
        if taken[at, row, column]:
            chosen[at] = True
            column -= need[kind[at], 0]
            for use in range(1, uses):
                row -= need[kind[at], use] * radix[use]
    return total, chosen


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def best_sets(  # noqa: PLR0913, PLR0917 - a kernel takes arrays, not records
    worth: NDArray[np.float64],
    price: NDArray[np.float64],
    who: NDArray[np.int64],
    edge: NDArray[np.int64],
    need: NDArray[np.int64],
    room: NDArray[np.int64],
    place: NDArray[np.int64],
    weight: float,
    value: NDArray[np.float64],
    chosen: NDArray[np.int64],
    often: NDArray[np.float64],
) -> None:
    """Find the best set of every ``place``; write its ``value`` (M) and count how often each party is ``chosen`` (N).

    ``worth`` is M x N (-inf: not allowed); ``who`` holds the parties that take part, by kind, kind t from ``edge`` t
    on; kind t takes ``need`` t (T x K); ``room`` is M x K. ``weight`` is added to ``often`` (M x N) for every pair.
    """
    for there in place:
        item, gain, kind = _candidates(worth[there], price, who, edge, need, room[there])
        total, inside = _best_set(gain, kind, need, room[there])
        value[there] = total
        for at in range(item.shape[0]):
            if inside[at]:
                chosen[item[at]] += 1
                often[there, item[at]] += weight
