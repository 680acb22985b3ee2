"""How people arrive: a level per half-year, and households per half-month that get a permit."""

from __future__ import annotations

import math

import numpy as np

from eenthuis.lab.dice import normal, open_cell, poisson, uniform
from eenthuis.lab.kernel import kernel
from eenthuis.lab.world import (
    ARRIVED,
    BEFORE,
    DIRECT,
    EVER_ARRIVED,
    EVER_HOUSED,
    HOUSED,
    LINKABLE,
    REALISED,
    SIZES,
    STEPS,
    Country,
    Given,
    Settings,
    State,
)

PERSONS = np.asarray(SIZES, np.int64)
LEVELS, PERMITS, RELATIVES = range(1, 4)
"""Streams of chance; those of municipalities follow after :data:`PLACES_FROM`."""
PLACES_FROM = 16


@kernel
def draw_levels(state: State, settings: Settings, seed: int, future: int, half_years: int) -> None:
    """Draw how far permits are from their plain level in every half-year and the next: it drifts and comes back."""
    open_cell(state.dice, seed, future, 0, LEVELS)
    away = 0.0
    for half_year in range(half_years + 1):
        away = settings.arrivals_persistence * away + settings.arrivals_spread * normal(state.dice)
        state.level[half_year] = math.exp(away)


@kernel
def expected(state: State, given: Given, step: int) -> float:
    """Return the people expected to get a permit in a step: what is given, or the plain level, times its drift."""
    if step < len(given.arrivals) and given.arrivals[step] >= 0.0:
        return float(given.arrivals[step] * state.level[step // STEPS])
    return float(given.level * state.level[step // STEPS] / STEPS)


@kernel
def arrive(
    state: State, country: Country, settings: Settings, given: Given, seed: int, future: int, step: int
) -> None:
    """Let households get a permit in this step; relatives who go straight to a home count where they come to live."""
    people = expected(state, given, step)
    open_cell(state.dice, seed, future, step, PERMITS)
    mean_size = 0.0
    for size in range(len(PERSONS)):
        mean_size += given.sizes[size] * PERSONS[size]
    households = people * (1.0 - settings.direct_share) / mean_size
    for size in range(len(PERSONS)):
        mean = households * given.sizes[size]
        count = poisson(state.dice, mean, math.exp(-mean))
        state.to_link[size, step + BEFORE] += count
        state.counts[ARRIVED] += count * PERSONS[size]
        state.counts[EVER_ARRIVED] += count * PERSONS[size]
    _join(state, country, people * settings.direct_share, seed, future, step)
    ready = step + BEFORE - settings.profile_steps
    for size in range(len(PERSONS)):
        state.sizes[size, LINKABLE] += state.to_link[size, ready]


@kernel
def _join(state: State, country: Country, mean: float, seed: int, future: int, step: int) -> None:
    """Let relatives go straight to the home of their sponsor, by inhabitants; they count there at once."""
    places, counts = state.places, state.counts
    open_cell(state.dice, seed, future, step, RELATIVES)
    count = poisson(state.dice, mean, math.exp(-mean))
    first, before = uniform(state.dice), 0
    for place in range(len(places)):
        so_far = math.floor(first + count * country.part[place])
        places[place, REALISED] += so_far - before
        before = so_far
    counts[DIRECT] += before
    counts[ARRIVED] += before
    counts[EVER_ARRIVED] += before
    counts[HOUSED] += before
    counts[EVER_HOUSED] += before
