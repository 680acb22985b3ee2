"""Linking, offering homes and moving, per half-month; a household is never split and never lost."""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from eenthuis.lab.arriving import PERSONS, PLACES_FROM
from eenthuis.lab.dice import open_cell, poisson, uniform
from eenthuis.lab.world import (
    AFTER,
    BACKLOG,
    BEDS,
    BEFORE,
    CAPACITIES,
    COHORT,
    DUE,
    EVER_HOUSED,
    EVER_LEFT,
    FIRST,
    HOUSED,
    IN_MOVE,
    IN_TRANSIT,
    LAST,
    LEFT,
    LINKABLE,
    LINKED,
    MOVING,
    NET,
    NO_HOME,
    OLDEST,
    QUEUE_ROOM,
    QUEUED,
    RATE,
    REALISED,
    STEPS,
    TRANSIT_STAYS,
    TRANSIT_STEPS,
    WAITING,
    Country,
    Given,
    Settings,
    State,
)

LINKS = 5
"""Stream of chance of linking."""
Whole = NDArray[np.int64]
Entries = NDArray[np.int32]
Dice = NDArray[np.uint64]


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _room(row: Whole, share: float) -> int:
    """Return the people who may still be linked to a municipality by now, by its pace up to the reference date."""
    goal = math.ceil(max(0, row[NET] + row[BACKLOG]) * share)
    return int(max(0, goal - row[REALISED] - row[QUEUED] - row[IN_MOVE]))


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _drawn_size(sizes: Whole, dice: Dice) -> int:
    """Return a size drawn by how many households of it can be linked, or -1 when there are none."""
    total = 0
    for size in range(len(PERSONS)):
        total += sizes[size, LINKABLE]
    if total == 0:
        return -1
    left = uniform(dice) * total
    for size in range(len(PERSONS)):
        left -= sizes[size, LINKABLE]
        if left < 0:
            return size
    return len(PERSONS) - 1


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _from_stock(to_link: Entries, sizes: Whole, size: int) -> int:
    """Take the household of a size that has waited longest out of those to be linked; return its cohort."""
    cohort = sizes[size, OLDEST]
    while to_link[size, cohort] == 0:
        cohort += 1
    sizes[size, OLDEST] = cohort
    to_link[size, cohort] -= 1
    sizes[size, LINKABLE] -= 1
    return int(cohort)


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _push(queue: Whole, entries: Entries, free: Whole, cohort: int) -> None:
    """Put a household at the end of a queue."""
    entry = free[0]
    free[0] = entries[entry, AFTER]
    entries[entry, COHORT] = cohort
    if queue[WAITING] == 0:
        queue[FIRST] = entry
    else:
        entries[queue[LAST], AFTER] = entry
    queue[LAST] = entry
    queue[WAITING] += 1


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _pop(queue: Whole, entries: Entries, free: Whole) -> int:
    """Take the household that has waited longest from a queue; return its cohort."""
    entry = queue[FIRST]
    queue[FIRST] = entries[entry, AFTER]
    entries[entry, AFTER] = free[0]
    free[0] = entry
    queue[WAITING] -= 1
    return int(entries[entry, COHORT])


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def link(state: State, country: Country, seed: int, future: int, step: int) -> None:
    """Link households to municipalities by the room each has, everyone's share alike, longest waiting first."""
    places, sizes, queues, dice = state.places, state.sizes, state.queues, state.dice
    to_link, entries, free, counts = state.to_link, state.entries, state.free, state.counts
    share = min(1.0, (step % STEPS + 1.0) / country.link_steps)
    available, total = 0, 0
    for size in range(len(PERSONS)):
        available += sizes[size, LINKABLE] * PERSONS[size]
    for place in range(len(places)):
        total += _room(places[place], share)
    if available == 0 or total == 0:
        return
    part = min(1.0, available / total)
    open_cell(dice, seed, future, step, LINKS)
    for place in range(len(places)):
        wanted = math.floor(_room(places[place], share) * part + uniform(dice))
        while wanted > 0:
            size = _drawn_size(sizes, dice)
            if size < 0 or free[0] >= QUEUE_ROOM:
                return
            if PERSONS[size] > wanted and uniform(dice) * PERSONS[size] > wanted:
                break
            _push(queues[place, size], entries, free, _from_stock(to_link, sizes, size))
            places[place, QUEUED] += PERSONS[size]
            counts[LINKED] += PERSONS[size]
            wanted -= PERSONS[size]


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _longest_waiting(queues: Whole, entries: Entries) -> int:
    """Return the size of the household that has waited longest at a place where somebody waits."""
    best, found = -1, 0
    for size in range(len(PERSONS)):
        if queues[size, WAITING] == 0:
            continue
        cohort = entries[queues[size, FIRST], COHORT]
        if best < 0 or cohort < found:
            best, found = size, cohort
    return best


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _wanted_size(queues: Whole, entries: Entries, dice: Dice, fit: float, kinds: NDArray[np.float64]) -> int:
    """Return the size of the household to whom a free home goes, or -1: one found to fit, or the largest that fits."""
    if uniform(dice) < fit:
        return _longest_waiting(queues, entries)
    drawn, kind = uniform(dice), 0
    while kind < len(CAPACITIES) - 1 and drawn >= kinds[kind]:
        drawn -= kinds[kind]
        kind += 1
    for size in range(len(PERSONS) - 1, -1, -1):
        if queues[size, WAITING] > 0 and PERSONS[size] <= CAPACITIES[kind]:
            return size
    return -1


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _record(by_size: Whole, size: int, waited: int, term: int) -> None:
    by_size[size, 0] += 1
    by_size[size, 1] += waited
    if waited <= term:
        by_size[size, 2] += 1


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _from_transit(row: Whole, queues: Whole) -> bool:
    """Give a home to a household whose stay in a transit location is over; return whether there was one."""
    for size in range(len(PERSONS)):
        if queues[size, DUE] > 0:
            queues[size, DUE] -= 1
            row[IN_TRANSIT] -= PERSONS[size]
            return True
    return False


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _transit(state: State, place: int, step: int, term: int) -> None:
    """End stays that are over, and let households who wait longest in; that counts for the municipality."""
    row, queues, slot = state.places[place], state.queues[place], step % TRANSIT_STEPS
    stays, counts = state.transit[place], state.counts
    if row[IN_TRANSIT] > 0:
        for size in range(len(PERSONS)):
            queues[size, DUE] += stays[size, slot]
            stays[size, slot] = 0
    while row[QUEUED] > 0:
        size = _longest_waiting(queues, state.entries)
        if row[IN_TRANSIT] + PERSONS[size] > row[BEDS]:
            break
        cohort = _pop(queues[size], state.entries, state.free)
        stays[size, slot] += 1
        row[QUEUED] -= PERSONS[size]
        row[IN_TRANSIT] += PERSONS[size]
        row[REALISED] += PERSONS[size]
        counts[HOUSED] += PERSONS[size]
        counts[EVER_HOUSED] += PERSONS[size]
        _record(state.by_size, size, step - (cohort - BEFORE), term)
        state.moved[place, size] += 1
    counts[TRANSIT_STAYS] += row[IN_TRANSIT]


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _move(state: State, slot: int) -> None:
    """Let people with a lease move; they are signed off and count."""
    places, moving, counts = state.places, state.moving, state.counts
    for place in range(len(places)):
        moved = moving[place, slot]
        moving[place, slot] = 0
        places[place, IN_MOVE] -= moved
        places[place, REALISED] += moved
        counts[HOUSED] += moved
        counts[EVER_HOUSED] += moved


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def house(
    state: State, country: Country, settings: Settings, given: Given, seed: int, future: int, step: int
) -> None:
    """Let people move who have a lease, and offer the homes that come free in this step; a home nobody needs goes by.

    An offer is accepted, refused with good reason (the household waits on) or without (it leaves).
    """
    _move(state, step % MOVING)
    places, efforts, queues, dice = state.places, state.efforts, state.queues, state.dice
    entries, free, moving, counts = state.entries, state.free, state.moving, state.counts
    slot = (step + settings.move_steps) % MOVING
    moved = step + settings.move_steps + BEFORE
    for place in range(len(places)):
        if places[place, BEDS] > 0:
            _transit(state, place, step, country.term_steps)
        if places[place, QUEUED] + places[place, IN_TRANSIT] == 0:
            continue
        open_cell(dice, seed, future, step, PLACES_FROM + place)
        for _ in range(poisson(dice, efforts[place, RATE], efforts[place, NO_HOME])):
            if places[place, IN_TRANSIT] > 0 and _from_transit(places[place], queues[place]):
                continue
            if places[place, QUEUED] == 0:
                continue
            size = _wanted_size(queues[place], entries, dice, settings.fit, given.kinds)
            drawn = uniform(dice)
            if size < 0 or drawn < settings.refusal * settings.justified:
                continue
            cohort = _pop(queues[place, size], entries, free)
            places[place, QUEUED] -= PERSONS[size]
            if drawn < settings.refusal:
                counts[LEFT] += PERSONS[size]
                counts[EVER_LEFT] += PERSONS[size]
                continue
            moving[place, slot] += PERSONS[size]
            places[place, IN_MOVE] += PERSONS[size]
            _record(state.by_size, size, moved - cohort, country.term_steps)
            state.moved[place, size] += 1
