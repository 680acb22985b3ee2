"""Linking, offering homes and moving, per half-month; a household is never split and never lost.

A run spends its time in these loops. They index arrays by number and choose by arithmetic where a branch would often be
guessed wrong; no kernel of the lab makes arrays, so that none counts references.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from eenthuis.lab.arriving import PERSONS, PLACES_FROM
from eenthuis.lab.dice import open_cell, open_stream, poisson, step_key, uniform
from eenthuis.lab.kernel import kernel, woven
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
    LATEST,
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
    RETURNED,
    ROOM,
    SIZES,
    STEPS,
    TRANSIT_NOW,
    TRANSIT_STAYS,
    TRANSIT_STEPS,
    USED,
    Country,
    Given,
    Settings,
    State,
)

LINKS = 5
"""Stream of chance of linking."""
Whole = NDArray[np.int64]
Short = NDArray[np.int32]
Dice = NDArray[np.uint64]
TURN_BITS = 3
"""Bits that hold a size: there are eight."""
LARGEST = np.asarray([max(s for s, persons in enumerate(SIZES) if persons <= most) for most in CAPACITIES])
"""The largest size of household that each kind of home can house."""


@kernel
def _rooms(places: Short, share: float) -> int:
    """Write how many people may still be linked to each municipality by its pace to the reference date; return all."""
    total = 0
    for place in range(len(places)):
        goal = math.ceil(max(0, places[place, NET] + places[place, BACKLOG]) * share)
        promised = places[place, REALISED] + places[place, QUEUED] + places[place, IN_MOVE]
        room = max(0, goal - promised)
        places[place, ROOM] = room
        total += room
    return total


@woven
def _drawn_size(up_to: Short, households: int, dice: Dice) -> int:
    """Return a size drawn by how many households of it can be linked; ``up_to`` counts those of it and smaller ones."""
    drawn, size = math.floor(uniform(dice) * households), 0
    for one in range(len(PERSONS)):
        size += up_to[one] <= drawn
    return size


@woven
def _from_stock(to_link: Short, sizes: Whole, size: int) -> int:
    """Take the household of a size that has waited longest out of those to be linked; return its cohort."""
    cohort = sizes[size, OLDEST]
    while to_link[size, cohort] == 0:
        cohort += 1
    sizes[size, OLDEST] = cohort
    to_link[size, cohort] -= 1
    sizes[size, LINKABLE] -= 1
    return int(cohort)


@woven
def _turn(cohort: int, size: int) -> int:
    """Return how soon a household is next: greater the longer it waits, of a cohort the smaller household first."""
    return ((LATEST - cohort) << TURN_BITS) + len(PERSONS) - 1 - size


@woven
def _has_room(free: Whole) -> bool:
    return bool(free[RETURNED] > 0 or free[USED] < QUEUE_ROOM)


@woven
def _push(
    queues: Short, turns: Short, entries: Short, free: Whole, place: int, size: int, cohort: int
) -> None:
    """Put a household at the end of a queue."""
    entry = free[RETURNED]
    if entry > 0:
        free[RETURNED] = entries[entry, AFTER]
    else:
        free[USED] += 1
        entry = free[USED]
    entries[entry, COHORT] = cohort
    entries[entry, AFTER] = 0
    entries[queues[place, size, LAST], AFTER] = entry
    queues[place, size, LAST] = entry
    turn = turns[place, size]
    queues[place, size, FIRST] = queues[place, size, FIRST] if turn > 0 else entry
    turns[place, size] = turn if turn > 0 else _turn(cohort, size)


@woven
def _pop(queues: Short, turns: Short, entries: Short, free: Whole, place: int, size: int) -> int:
    """Take the household that has waited longest from a queue; return its cohort."""
    entry = queues[place, size, FIRST]
    following = entries[entry, AFTER]
    entries[entry, AFTER] = free[RETURNED]
    free[RETURNED] = entry
    queues[place, size, FIRST] = following
    queues[place, size, LAST] = queues[place, size, LAST] if following > 0 else 0
    turns[place, size] = _turn(entries[following, COHORT], size) if following > 0 else 0
    return int(entries[entry, COHORT])


@kernel
def link(state: State, country: Country, seed: int, future: int, step: int) -> None:
    """Link households to municipalities by the room each has, everyone's share alike, longest waiting first."""
    places, sizes, dice, counts = state.places, state.sizes, state.dice, state.counts
    queues, turns, entries, free, to_link = (
        state.queues,
        state.turns,
        state.entries,
        state.free,
        state.to_link,
    )
    up_to, available, households = state.up_to, 0, 0
    for size in range(len(PERSONS)):
        households += sizes[size, LINKABLE]
        available += sizes[size, LINKABLE] * PERSONS[size]
        up_to[size] = households
    total = _rooms(places, min(1.0, (step % STEPS + 1.0) / country.link_steps))
    if available == 0 or total == 0:
        return
    part = min(1.0, available / total)
    open_cell(dice, seed, future, step, LINKS)
    for place in range(len(places)):
        wanted = math.floor(places[place, ROOM] * part + uniform(dice))
        while wanted > 0:
            if households == 0 or not _has_room(free):
                return
            size = _drawn_size(up_to, households, dice)
            people = PERSONS[size]
            if people > wanted and uniform(dice) * people > wanted:
                break
            _push(queues, turns, entries, free, place, size, _from_stock(to_link, sizes, size))
            households -= 1
            for one in range(len(PERSONS)):
                up_to[one] -= one >= size
            places[place, QUEUED] += people
            counts[LINKED] += people
            wanted -= people


@woven
def _longest_waiting(turns: Short, place: int) -> int:
    """Return the size of the household that has waited longest at a place where somebody waits."""
    longest = 0
    for size in range(len(PERSONS)):
        longest = max(longest, turns[place, size])
    return len(PERSONS) - 1 - (longest & (len(PERSONS) - 1))


@woven
def _wanted_size(turns: Short, place: int, dice: Dice, fit: float, kinds: NDArray[np.float64]) -> int:
    """Return the size of the household to whom a free home goes, or -1: one found to fit, or the largest that fits."""
    if uniform(dice) < fit:
        return _longest_waiting(turns, place)
    first = uniform(dice)
    second = first - kinds[0]
    third = second - kinds[1]
    largest = LARGEST[(second >= 0.0) * (1 + (third >= 0.0) * (1 + (third >= kinds[2])))]
    found = -1
    for size in range(len(PERSONS)):
        found = max(found, size if turns[place, size] > 0 and size <= largest else -1)
    return found


@woven
def _record(by_size: Whole, size: int, waited: int, term: int) -> None:
    by_size[size, 0] += 1
    by_size[size, 1] += waited
    if waited <= term:
        by_size[size, 2] += 1


@kernel
def _from_transit(state: State, place: int) -> bool:
    """Give a home to a household whose stay in a transit location is over; return whether there was one."""
    for size in range(len(PERSONS)):
        if state.transit[place, size, DUE] > 0:
            state.transit[place, size, DUE] -= 1
            state.places[place, IN_TRANSIT] -= PERSONS[size]
            state.counts[TRANSIT_NOW] -= PERSONS[size]
            return True
    return False


@kernel
def _transit(state: State, place: int, step: int, term: int) -> None:
    """End stays that are over, and let households who wait longest in; that counts for the municipality."""
    row, stays, slot = state.places[place], state.transit[place], step % TRANSIT_STEPS
    counts = state.counts
    if row[IN_TRANSIT] > 0:
        for size in range(len(PERSONS)):
            stays[size, DUE] += stays[size, slot]
            stays[size, slot] = 0
    while row[QUEUED] > 0:
        size = _longest_waiting(state.turns, place)
        if row[IN_TRANSIT] + PERSONS[size] > row[BEDS]:
            break
        cohort = _pop(state.queues, state.turns, state.entries, state.free, place, size)
        stays[size, slot] += 1
        row[QUEUED] -= PERSONS[size]
        row[IN_TRANSIT] += PERSONS[size]
        row[REALISED] += PERSONS[size]
        counts[TRANSIT_NOW] += PERSONS[size]
        counts[HOUSED] += PERSONS[size]
        counts[EVER_HOUSED] += PERSONS[size]
        _record(state.by_size, size, step - (cohort - BEFORE), term)
        state.moved[place, size] += 1
    counts[TRANSIT_STAYS] += row[IN_TRANSIT]


@kernel
def _move(state: State, slot: int) -> None:
    """Let people with a lease move; they are signed off and count."""
    places, moving, counts = state.places, state.moving, state.counts
    for place in range(len(places)):
        moved = moving[slot, place]
        if moved > 0:
            moving[slot, place] = 0
            places[place, IN_MOVE] -= moved
            places[place, REALISED] += moved
            counts[HOUSED] += moved
            counts[EVER_HOUSED] += moved


@kernel
def house(
    state: State, country: Country, settings: Settings, given: Given, seed: int, future: int, step: int
) -> None:
    """Let people move who have a lease, and offer the homes that come free in this step; a home nobody needs goes by.

    An offer is accepted, refused with good reason (the household waits on) or without (it leaves).
    """
    _move(state, step % MOVING)
    places, efforts, dice, counts = state.places, state.efforts, state.dice, state.counts
    queues, turns, entries, free, moving = state.queues, state.turns, state.entries, state.free, state.moving
    slot = (step + settings.move_steps) % MOVING
    moved = step + settings.move_steps + BEFORE
    key = step_key(seed, future, step)
    for place in range(len(places)):
        if places[place, BEDS] > 0:
            _transit(state, place, step, country.term_steps)
        if places[place, QUEUED] + places[place, IN_TRANSIT] == 0:
            continue
        open_stream(dice, key, PLACES_FROM + place)
        for _ in range(poisson(dice, efforts[place, RATE], efforts[place, NO_HOME])):
            if places[place, IN_TRANSIT] > 0 and _from_transit(state, place):
                continue
            if places[place, QUEUED] == 0:
                continue
            size = _wanted_size(turns, place, dice, settings.fit, given.kinds)
            drawn = uniform(dice)
            if size < 0 or drawn < settings.refusal * settings.justified:
                continue
            cohort, people = _pop(queues, turns, entries, free, place, size), PERSONS[size]
            places[place, QUEUED] -= people
            if drawn < settings.refusal:
                counts[LEFT] += people
                counts[EVER_LEFT] += people
                continue
            moving[slot, place] += people
            places[place, IN_MOVE] += people
            _record(state.by_size, size, moved - cohort, country.term_steps)
            state.moved[place, size] += 1
