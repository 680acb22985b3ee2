"""One future from its first half-month to its last."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from eenthuis.lab.arriving import PERSONS, arrive, draw_levels, expected
from eenthuis.lab.dice import open_cell, uniform
from eenthuis.lab.kernel import kernel
from eenthuis.lab.local import SHORT_HERE, note_moved, note_places
from eenthuis.lab.measuring import measure_half_year
from eenthuis.lab.placing import house, link
from eenthuis.lab.reception import note_short, settle
from eenthuis.lab.sharing import adjust, announce, staying
from eenthuis.lab.turning import act_early, close_half_year, draw_character, open_half_year, receive, tell
from eenthuis.lab.world import (
    BACKLOG,
    BEDS,
    BEFORE,
    EVER_ARRIVED,
    LINKABLE,
    OWN,
    PLACES,
    SEEKERS,
    STEPS,
    Country,
    Given,
    Settings,
    State,
)

START = 7
"""Stream of chance of the state at the start."""
WEEKS_TO_STEPS = 7 / (365 / 24)


@kernel
def _clear(state: State) -> None:
    state.to_link[:] = 0
    state.sizes[:] = 0
    state.queues[:] = 0
    state.turns[:] = 0
    state.free[:] = 0
    state.transit[:] = 0
    state.moving[:] = 0
    state.places[:] = 0
    state.counts[:] = 0
    state.by_size[:] = 0
    state.moved[:] = 0
    state.numbers[:] = 0.0
    state.reception[:] = 0.0


@kernel
def _begin(state: State, country: Country, settings: Settings, given: Given, seed: int, future: int) -> None:
    """Set the state at the start: people waiting with permits of the steps before, some linked, and the backlog."""
    open_cell(state.dice, seed, future, 0, START)
    people, mean_size = 0.0, 0.0
    for size in range(len(PERSONS)):
        mean_size += given.sizes[size] * PERSONS[size]
    mean_age = max(1.0, settings.weeks_at_start * WEEKS_TO_STEPS)
    weights = 0.0
    for age in range(BEFORE):
        weights += math.exp(-age / mean_age)
    for size in range(len(PERSONS)):
        carried = 0.5
        for age in range(BEFORE):
            households = settings.waiting_at_start / mean_size * math.exp(-age / mean_age) / weights
            carried += households * given.sizes[size]
            whole = int(carried)
            carried -= whole
            state.to_link[size, BEFORE - 1 - age] = whole
            people += whole * PERSONS[size]
            if age >= settings.profile_steps:
                state.sizes[size, LINKABLE] += whole
    state.counts[EVER_ARRIVED] = int(people)
    _begin_backlog(state, country, settings)
    chance = settings.transit_sites / len(state.places)
    for place in range(len(state.places)):
        if uniform(state.dice) < chance:
            state.places[place, BEDS] = int(settings.transit_places / settings.transit_sites)


@kernel
def _begin_backlog(state: State, country: Country, settings: Settings) -> None:
    """Spread the backlog of the start over municipalities, more where less is done of its own accord."""
    efforts, places = state.efforts, state.places
    weight = 0.0
    for place in range(len(state.places)):
        weight += country.inhabitants[place] / max(0.2, efforts[place, OWN])
    carried = uniform(state.dice)
    for place in range(len(state.places)):
        part = country.inhabitants[place] / max(0.2, efforts[place, OWN]) / weight
        carried += settings.backlog_at_start * part
        places[place, BACKLOG] = math.floor(carried)
        carried -= math.floor(carried)


@kernel
def _first_number(state: State, given: Given) -> None:
    if len(given.announced) and given.announced[0] >= 0.0:
        state.numbers[0] = given.announced[0]
        return
    permits = 0.0
    for step in range(STEPS):
        permits += expected(state, given, step)
    state.numbers[0] = math.floor(permits / 100.0 + 0.5) * 100.0


@kernel
def live(
    state: State,
    country: Country,
    settings: Settings,
    given: Given,
    seed: int,
    future: int,
    out: NDArray[np.float64],
    local: NDArray[np.int32],
) -> None:
    """Live one future and write its measures into ``out`` (half-years × measures).

    What is measured per municipality goes into ``local`` (half-years × municipalities × columns), unless that has no
    half-years. The state is cleared first, so that nothing of another future is left in it.
    """
    half_years, is_local = out.shape[0], len(local) > 0
    _clear(state)
    draw_levels(state, settings, seed, future, half_years)
    draw_character(state, settings, seed, future)
    _begin(state, country, settings, given, seed, future)
    _first_number(state, given)
    state.reception[SEEKERS] = settings.procedure_ratio * expected(state, given, 0) * STEPS
    need = state.reception[SEEKERS] + staying(state)
    state.reception[PLACES] = settings.places_at_start * need
    settle(state, country)
    short, held = 0.0, 0.0
    for step in range(half_years * STEPS):
        within = step % STEPS
        if within == 0:
            open_half_year(state, country, settings, seed, future, step)
        if within == STEPS - country.notice_steps:
            announce(state, country, settings, given, seed, future, step)
        if within == STEPS // 2:
            adjust(state, country, settings, given, step)
            tell(state, settings, given, step)
            act_early(state, settings)
        arrive(state, country, settings, given, seed, future, step)
        link(state, country, seed, future, step)
        house(state, country, settings, given, seed, future, step)
        held += state.reception[PLACES]
        short += receive(state, settings, given, step)
        if within == STEPS - 1:
            if is_local:
                note_moved(state, country, local[step // STEPS])
            close_half_year(state, country, settings)
            if is_local:
                note_places(state, local[step // STEPS])
                note_short(state, country, held, short, local[step // STEPS], SHORT_HERE)
            number = state.numbers[step // STEPS]
            measure_half_year(state, country, settings, number, short, STEPS, out[step // STEPS])
            short, held = 0.0, 0.0
