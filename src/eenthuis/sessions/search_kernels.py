"""Compiled passes over centres: what prices of staff and vans lead to, and centres planned again in what is left."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from eenthuis.sessions.grid import Grid, Whole
from eenthuis.sessions.kernels import QUARTERS, Prices, Scratch, best_days, fill, follow, offers


class Chosen(NamedTuple):
    """A plan in arrays.

    Attributes
    ----------
    staff, vans
        T x D: what is left.
    counters, team
        C x D: counters of a new session, 0 for none, and the team, -1 for none.
    day_of
        P: the day of each party as a place in the days, -1 for none.
    cost
        C: what each centre costs.
    """

    staff: Whole
    vans: Whole
    counters: Whole
    team: Whole
    day_of: Whole
    cost: Whole


def nothing_chosen(grid: Grid) -> Chosen:
    """Return the plan without any new session, to be filled."""
    shape = len(grid.people), len(grid.wait)
    return Chosen(
        grid.staff.copy(),
        grid.vans.copy(),
        np.zeros(shape, np.int64),
        np.full(shape, -1, np.int64),
        np.full(len(grid.size), -1, np.int64),
        np.zeros(shape[0], np.int64),
    )


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def priced_value(grid: Grid, prices: Prices, scratch: Scratch, used: Prices) -> int:
    """Return the least cost of all centres at prices, less what all staff and vans fetch: never above any plan's cost.

    ``used`` gets the staff and vans that the cheapest plans take.
    """
    counters = np.zeros(grid.wait.shape[0], np.int64)
    total = np.int64(0)
    for team in range(grid.staff.shape[0]):
        for day in range(grid.staff.shape[1]):
            total -= (
                grid.staff[team, day] * prices.staff[team, day] + grid.vans[team, day] * prices.van[team, day]
            )
            used.staff[team, day], used.van[team, day] = 0, 0
    for centre in range(grid.people.shape[0]):
        offers(grid, centre, grid.staff, grid.vans, prices, QUARTERS, scratch)
        total += best_days(grid, centre, scratch)
        follow(grid, centre, scratch, counters)
        for day in range(counters.shape[0]):
            if counters[day] > 0:
                team = scratch.who[day, counters[day]]
                used.staff[team, day] += grid.needs[counters[day]]
                used.van[team, day] += 1
    return int(total)


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def plan_centre(
    grid: Grid, centre: int, prices: Prices, quarters: int, scratch: Scratch, chosen: Chosen
) -> int:
    """Plan one centre in what is left of staff and vans, take it, and return what it truly costs."""
    offers(grid, centre, chosen.staff, chosen.vans, prices, quarters, scratch)
    best_days(grid, centre, scratch)
    follow(grid, centre, scratch, chosen.counters[centre])
    room = np.zeros(grid.wait.shape[0], np.int64)
    cost = np.int64(0)
    for day in range(room.shape[0]):
        counters = chosen.counters[centre, day]
        room[day] = grid.free[centre, day]
        if counters > 0:
            team = scratch.who[day, counters]
            chosen.team[centre, day] = team
            chosen.staff[team, day] -= grid.needs[counters]
            chosen.vans[team, day] -= 1
            cost += grid.travel[centre, team]
            room[day] = grid.slots[counters]
    return int(cost + fill(grid, centre, room, chosen.day_of))


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def give_back(grid: Grid, centre: int, chosen: Chosen) -> None:
    """Take the new sessions of a centre out of the plan."""
    for day in range(grid.wait.shape[0]):
        counters, team = chosen.counters[centre, day], chosen.team[centre, day]
        if counters > 0:
            chosen.staff[team, day] += grid.needs[counters]
            chosen.vans[team, day] += 1
            chosen.counters[centre, day], chosen.team[centre, day] = 0, -1


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def take_again(grid: Grid, centre: int, chosen: Chosen) -> None:
    """Take the staff and vans that the new sessions of a centre need."""
    for day in range(grid.wait.shape[0]):
        counters, team = chosen.counters[centre, day], chosen.team[centre, day]
        if counters > 0:
            chosen.staff[team, day] -= grid.needs[counters]
            chosen.vans[team, day] -= 1


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def copy_centre(grid: Grid, centre: int, origin: Chosen, to: Chosen) -> None:
    """Copy what a plan says of one centre."""
    for day in range(grid.wait.shape[0]):
        to.counters[centre, day], to.team[centre, day] = (
            origin.counters[centre, day],
            origin.team[centre, day],
        )
    for party in range(grid.start[centre], grid.start[centre + 1]):
        to.day_of[party] = origin.day_of[party]
    to.cost[centre] = origin.cost[centre]


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def improve(
    grid: Grid, moves: Whole, weighs: Whole, prices: Prices, scratch: Scratch, chosen: Chosen, kept: Chosen
) -> int:
    """Plan a few centres again, one after another in what is left, and keep it when together they cost no more.

    ``moves`` (M x 5) holds centres, padded with -1; ``weighs`` (M) the quarters of the prices with which all but the
    last look at what others may need. ``kept`` is room for a copy. Returns how many moves made it cheaper.
    """
    better = 0
    for move in range(moves.shape[0]):
        before, after, several = np.int64(0), np.int64(0), 0
        for centre in moves[move]:
            if centre >= 0:
                several += 1
                copy_centre(grid, centre, chosen, kept)
                before += chosen.cost[centre]
                give_back(grid, centre, chosen)
        for i in range(several):
            centre = moves[move, i]
            quarters = int(weighs[move]) if i < several - 1 else 0
            chosen.cost[centre] = plan_centre(grid, centre, prices, quarters, scratch, chosen)
            after += chosen.cost[centre]
        better += 1 if after < before else 0
        if after > before:
            for i in range(several):
                give_back(grid, moves[move, i], chosen)
            for i in range(several):
                copy_centre(grid, moves[move, i], kept, chosen)
                take_again(grid, moves[move, i], chosen)
    return better
