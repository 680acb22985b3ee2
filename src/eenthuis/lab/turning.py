"""What happens at the turn of a half-year: the reading, the rungs, the effort, flex homes and reception places."""

from __future__ import annotations

import math

from eenthuis.lab.arriving import PLACES_FROM, expected
from eenthuis.lab.dice import normal, open_cell, poisson
from eenthuis.lab.kernel import kernel
from eenthuis.lab.sharing import deviation, share_out, staying
from eenthuis.lab.world import (
    BACKLOG,
    BEHIND,
    COST,
    DAYS_A_STEP,
    FLEX_HOMES,
    FLEX_NEW,
    IN_MOVE,
    NET,
    NO_HOME,
    OWN,
    PLACES,
    QUEUED,
    RATE,
    REALISED,
    RUNG,
    RUNGS,
    SEEKERS,
    STAYED,
    STEPS,
    TRANSIT_NOW,
    Country,
    Given,
    Settings,
    State,
)

STEPS_A_YEAR = 2 * STEPS
FLEX = 6
"""Stream of chance of flex homes."""
CHARACTER = PLACES_FROM - 1
"""Stream of chance of how much a municipality does of its own accord."""
LEAST_PUSH, MOST_PUSH = -1.0, 2.0
"""Bounds of backlog as a multiple of the net target, beyond which it moves a municipality no further."""


@kernel
def draw_character(state: State, settings: Settings, seed: int, future: int) -> None:
    """Draw for every municipality how much it does of its own accord; the mean over municipalities is 1."""
    efforts = state.efforts
    open_cell(state.dice, seed, future, 0, CHARACTER)
    for place in range(len(state.places)):
        efforts[place, OWN] = math.exp(
            settings.variation * normal(state.dice) - settings.variation * settings.variation / 2.0
        )


@kernel
def close_half_year(state: State, country: Country, settings: Settings) -> None:
    """Read every municipality: carry backlog or lead over, and set the rung it stands on.

    Who complies or leads leaves the ladder. A backlog is excusable when too few people were linked: what was not
    linked is at least the set share of it; then the rung stays. Who is behind without excuse climbs one rung after as
    many half-years in a row as its ladder asks.
    """
    places = state.places
    for place in range(len(places)):
        row = places[place]
        asked = row[NET] + row[BACKLOG]
        row[BACKLOG] = asked - row[REALISED]
        short = asked - row[REALISED] - row[QUEUED] - row[IN_MOVE]
        if row[BACKLOG] <= country.tolerance or settings.has_target == 0.0:
            row[BEHIND], row[RUNG] = 0, 0
        elif short < country.excusable_share * row[BACKLOG]:
            row[BEHIND] += 1
            above = country.climb[place, row[RUNG] + 1] if row[RUNG] + 1 < RUNGS else 0
            if 0 < above <= row[BEHIND]:
                row[RUNG] += 1
        row[REALISED] = 0


@kernel
def set_effort(state: State, country: Country, settings: Settings) -> None:
    """Set the homes a municipality offers per half-month: its lettings, its own accord, its backlog and its rung."""
    efforts, places = state.efforts, state.places
    for place in range(len(state.places)):
        late = places[place, BACKLOG] / max(1, places[place, NET])
        push = 1.0 + settings.push * min(MOST_PUSH, max(LEAST_PUSH, late)) * settings.has_target
        pressure = 1.0 + settings.rung_gain * places[place, RUNG]
        effort = max(0.0, efforts[place, OWN] * push) * pressure
        share = settings.letting_share * min(settings.most_effort, effort)
        regular = settings.lettings * country.homes[place] * share
        flex = places[place, FLEX_HOMES] * settings.flex_turnover * settings.flex_share
        efforts[place, RATE] = (regular + flex) / STEPS_A_YEAR
        efforts[place, NO_HOME] = math.exp(-efforts[place, RATE])


@kernel
def build_flex(state: State, country: Country, settings: Settings, seed: int, future: int, step: int) -> None:
    """Add the flex homes that come ready in this half-year; their first letting adds to the homes of the half-year."""
    efforts, places = state.efforts, state.places
    open_cell(state.dice, seed, future, step, FLEX)
    people = country.inhabitants.sum()
    for place in range(len(state.places)):
        mean = settings.flex_a_year / 2.0 * country.inhabitants[place] / people
        ready = poisson(state.dice, mean, math.exp(-mean))
        places[place, FLEX_HOMES] += ready
        state.counts[FLEX_NEW] += ready
        efforts[place, RATE] += ready * settings.flex_share / STEPS
        efforts[place, NO_HOME] = math.exp(-efforts[place, RATE])


@kernel
def open_half_year(
    state: State, country: Country, settings: Settings, seed: int, future: int, step: int
) -> None:
    """Begin a half-year: targets from the announced number, effort and flex homes."""
    if settings.has_target > 0.0 or step == 0:
        share_out(state, country, state.numbers[step // STEPS])
    set_effort(state, country, settings)
    build_flex(state, country, settings, seed, future, step)


@kernel
def act_early(state: State, settings: Settings) -> None:
    """Half-way: proactive supervision treats who is behind half its task as if it stood some rungs higher."""
    if settings.proactive == 0:
        return
    places, efforts = state.places, state.efforts
    for place in range(len(places)):
        row = places[place]
        if 2 * row[REALISED] < row[NET] + row[BACKLOG]:
            now = 1.0 + settings.rung_gain * row[RUNG]
            then = 1.0 + settings.rung_gain * (row[RUNG] + settings.proactive)
            efforts[place, RATE] *= then / now
            efforts[place, NO_HOME] = math.exp(-efforts[place, RATE])


@kernel
def tell(state: State, settings: Settings, given: Given, step: int) -> None:
    """Half-way: where deviations are told in time, municipalities seek more homes when more people come."""
    efforts = state.efforts
    if settings.told == 0.0:
        return
    efforts = state.efforts
    away = deviation(state, given, step)
    if away < settings.substantial:
        return
    for place in range(len(efforts)):
        efforts[place, RATE] *= 1.0 + settings.told * away
        efforts[place, NO_HOME] = math.exp(-efforts[place, RATE])


@kernel
def receive(state: State, settings: Settings, given: Given, step: int) -> float:
    """Follow reception for a half-month and return the people without a durable place.

    People in the procedure follow the permits with a delay of a half-year; durable places are built towards the need.
    """
    wanted = settings.procedure_ratio * expected(state, given, step) * STEPS
    state.reception[SEEKERS] += (wanted - state.reception[SEEKERS]) / STEPS
    here = staying(state)
    state.reception[STAYED] += here * DAYS_A_STEP
    need = state.reception[SEEKERS] + here
    short = max(0.0, need - state.reception[PLACES])
    used = min(need, state.reception[PLACES])
    state.reception[COST] += (
        used * settings.place_cost + short * settings.emergency_cost
    ) * DAYS_A_STEP + state.counts[TRANSIT_NOW] * settings.transit_cost * DAYS_A_STEP
    state.reception[PLACES] += settings.build_rate / STEPS_A_YEAR * short
    return float(short)
