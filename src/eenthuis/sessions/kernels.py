"""Compiled passes over days and people of one centre, in whole numbers.

People of a centre are counted, not named: ``served`` of them have been handed a document or were left out. On a day at
most as many can have been as could come by then (``ready``), and at least as many must have been as no longer can after
it (``gone``). That relaxes who can come when, and families; so its least cost is never above the true one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from eenthuis.sessions.grid import Grid, Whole

NEVER = np.int64(1 << 60)
"""Cost of what is not possible."""

QUARTERS = 4
"""Prices weigh in quarters."""


class Prices(NamedTuple):
    """What one member of staff and one van of a team cost on a day, T x D, at least 0."""

    staff: Whole
    van: Whole


class Scratch(NamedTuple):
    """Room to work in: costs and cheapest team per day and counters (D x K), and the table of the best way on.

    ``value``, ``choice`` and ``reached`` are by day, room of the week taken, and people served.
    """

    option: Whole
    who: Whole
    value: Whole
    choice: Whole
    reached: NDArray[np.uint8]


def scratch_for(grid: Grid) -> Scratch:
    """Return room to work in for any centre of a grid."""
    days, kinds, most = len(grid.wait), len(grid.slots), int(grid.people.max(initial=0)) + 1
    return Scratch(
        np.zeros((days, kinds), np.int64),
        np.zeros((days, kinds), np.int64),
        np.zeros((days + 1, grid.room + 1, most), np.int64),
        np.zeros((days, grid.room + 1, most), np.int64),
        np.zeros((days + 1, grid.room + 1, most), np.uint8),
    )


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def offers(
    grid: Grid, centre: int, staff: Whole, vans: Whole, prices: Prices, quarters: int, scratch: Scratch
) -> None:
    """Write for every day and number of counters the cheapest team and what it costs at one centre.

    ``staff`` and ``vans`` (T x D) are what is left; prices weigh ``quarters`` of four.
    """
    for day in range(grid.wait.shape[0]):
        for counters in range(1, grid.slots.shape[0]):
            best, found = NEVER, np.int64(-1)
            if grid.open_days[centre, day] and grid.free[centre, day] < 0:
                for team in range(staff.shape[0]):
                    if staff[team, day] >= grid.needs[counters] and vans[team, day] > 0:
                        priced = prices.van[team, day] + grid.needs[counters] * prices.staff[team, day]
                        cost = grid.travel[centre, team] + priced * quarters // QUARTERS
                        if cost < best:
                            best, found = cost, np.int64(team)
            scratch.option[day, counters], scratch.who[day, counters] = best, found


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _step(grid: Grid, centre: int, day: int, week: int, served: int, counters: int) -> tuple[int, int, int]:
    """Return the week's room taken and the people served after a day, and how many were left out on it.

    A session serves as many as can come: whoever comes later or never costs more. Whoever is left out is so on the last
    day on which it was possible.
    """
    before = 0 if grid.begins[day] else week
    come, takes = grid.slots[counters], grid.weeks[counters]
    if grid.free[centre, day] >= 0:
        come, takes = grid.free[centre, day], min(grid.used[centre, day], grid.room - before)
    after = min(served + come, grid.ready[centre, day])
    return before + takes, after, max(grid.gone[centre, day] - after, 0)


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _mark(grid: Grid, centre: int, scratch: Scratch) -> None:
    """Mark which numbers of people served can be reached by each day."""
    scratch.reached[:] = 0
    scratch.reached[0, grid.carried[centre], 0] = 1
    for day in range(grid.wait.shape[0]):
        low = grid.gone[centre, day - 1] if day > 0 else np.int64(0)
        high = grid.ready[centre, day - 1] if day > 0 else np.int64(0)
        for week in range(grid.room + 1):
            for served in range(low, high + 1):
                if scratch.reached[day, week, served]:
                    for counters in range(grid.slots.shape[0]):
                        if scratch.option[day, counters] < NEVER:
                            now, after, lost = _step(grid, centre, day, week, served, counters)
                            if now <= grid.room:
                                scratch.reached[day + 1, now, after + lost] = 1


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def best_days(grid: Grid, centre: int, scratch: Scratch) -> int:
    """Write into the scratch how many counters to set up on each day, and return the least cost of one centre.

    The cost of each number of counters stands in ``scratch.option``.
    """
    days, value = grid.wait.shape[0], scratch.value
    _mark(grid, centre, scratch)
    value[days] = 0
    for day in range(days - 1, -1, -1):
        low = grid.gone[centre, day - 1] if day > 0 else np.int64(0)
        high = grid.ready[centre, day - 1] if day > 0 else np.int64(0)
        for week in range(grid.room + 1):
            for served in range(low, high + 1):
                if not scratch.reached[day, week, served]:
                    continue
                best, chosen = NEVER, np.int64(0)
                for counters in range(grid.slots.shape[0]):
                    cost = scratch.option[day, counters]
                    now, after, lost = _step(grid, centre, day, week, served, counters)
                    if cost >= NEVER or now > grid.room:
                        continue
                    cost += grid.wait[day] * (after - served) + grid.leaving * lost
                    cost += value[day + 1, now, after + lost]
                    if cost < best:
                        best, chosen = cost, np.int64(counters)
                value[day, week, served] = best
                scratch.choice[day, week, served] = chosen
    return int(value[0, grid.carried[centre], 0])


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def follow(grid: Grid, centre: int, scratch: Scratch, counters: Whole) -> None:
    """Write into ``counters`` (D) what the choices in the scratch lead to from the first day on."""
    served, week = 0, grid.carried[centre]
    for day in range(grid.wait.shape[0]):
        chosen = scratch.choice[day, week, served]
        counters[day] = chosen
        week, served, lost = _step(grid, centre, day, week, served, chosen)
        served += lost


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def fill(grid: Grid, centre: int, room: Whole, day_of: Whole) -> int:
    """Put the parties of one centre into sessions, return what their waiting costs; ``day_of`` (P) gets day or -1.

    ``room`` (D) holds the free slots of each day. Day after day every party that can come and still fits is taken, in
    the order of serving; so a family that does not fit that day lets others go first.
    """
    low, high = grid.start[centre], grid.start[centre + 1]
    cost = np.int64(0)
    for party in range(low, high):
        day_of[party] = -1
    for day in range(room.shape[0]):
        free = room[day]
        for party in range(low, high):
            if free <= 0:
                break
            can = day_of[party] < 0 and grid.first[party] <= day <= grid.last[party]
            if can and grid.size[party] <= free:
                day_of[party] = day
                free -= grid.size[party]
                cost += grid.wait[day] * grid.size[party]
    for party in range(low, high):
        if day_of[party] < 0:
            cost += grid.leaving * grid.size[party]
    return int(cost)
