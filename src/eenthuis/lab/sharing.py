"""The national number, its shares per municipality, and what is changed inside the half-year."""

from __future__ import annotations

import math

from eenthuis.lab.arriving import PERSONS, expected
from eenthuis.lab.dice import normal, open_cell
from eenthuis.lab.kernel import kernel
from eenthuis.lab.world import (
    BACKLOG,
    EVER_ARRIVED,
    EVER_HOUSED,
    EVER_LEFT,
    IN_MOVE,
    NET,
    QUEUED,
    REALISED,
    STEPS,
    Country,
    Given,
    Settings,
    State,
)

FORECAST = 4
"""Stream of chance of the error of a forecast."""
ROUNDED_TO = 100.0
"""National numbers are announced in hundreds; practice, as every number found is."""
NONE, DOWN_ONLY, BOTH_WAYS = range(3)
"""Ways of interim adjustment."""


@kernel
def people_waiting(state: State) -> int:
    """Return the people with a permit who have not moved, one by one: to be linked, linked, or with a lease."""
    total = state.places[:, QUEUED].sum() + state.places[:, IN_MOVE].sum()
    for size in range(len(PERSONS)):
        total += state.to_link[size].sum() * PERSONS[size]
    return int(total)


@kernel
def staying(state: State) -> int:
    """Return the people with a permit who have not moved, from who came, moved and left: as many as are waiting."""
    return int(state.counts[EVER_ARRIVED] - state.counts[EVER_HOUSED] - state.counts[EVER_LEFT])


@kernel
def _actual(state: State, given: Given, first: int, last: int) -> float:
    total = 0.0
    for step in range(first, last):
        total += expected(state, given, step)
    return total


@kernel
def announce(
    state: State, country: Country, settings: Settings, given: Given, seed: int, future: int, step: int
) -> None:
    """Announce the number of the next half-year: permits forecast as the year behind, and the stock that is too large.

    What is not realised is carried over by the municipalities and is no part of the new number.
    """
    places = state.places
    following = step // STEPS + 1
    if following < len(given.announced) and given.announced[following] >= 0.0:
        state.numbers[following] = given.announced[following]
        return
    first = following * STEPS
    if settings.perfect_information > 0.0:
        forecast = _actual(state, given, first, first + STEPS)
    else:
        open_cell(state.dice, seed, future, step, FORECAST)
        error = math.exp(settings.forecast_error * normal(state.dice))
        behind = min(step, 2 * STEPS)
        seen = _actual(state, given, step - behind, step) * STEPS / behind if behind else given.level
        forecast = seen * error
    open_backlog = 0
    for place in range(len(state.places)):
        open_backlog += max(0, places[place, NET] + places[place, BACKLOG] - places[place, REALISED])
    in_process = forecast * country.term_steps / STEPS
    more = settings.clear_share * (staying(state) - open_backlog - in_process)
    state.numbers[following] = max(0.0, math.floor((forecast + more) / ROUNDED_TO + 0.5) * ROUNDED_TO)


@kernel
def share_out(state: State, country: Country, national: float) -> None:
    """Write the net target of every municipality: its weight's share of the number, rounded as the law says."""
    places = state.places
    number = int(national)
    for place in range(len(country.weights)):
        exact = number * country.weights[place]
        if country.rounds_up:
            places[place, NET] = -((-exact) // country.total)
        else:
            places[place, NET] = (2 * exact + country.total) // (2 * country.total)


@kernel
def deviation(state: State, given: Given, step: int) -> float:
    """Return how far permits of this half-year run from the year before it, as a share; a step within half-way.

    It is what somebody who looks at the counts half-way knows: twice the first half against the pace behind the number.
    """
    first = step // STEPS * STEPS
    if step == first:
        return 0.0
    now = _actual(state, given, first, step) * STEPS / (step - first)
    behind = min(first, 2 * STEPS)
    before = _actual(state, given, first - behind, first) * STEPS / behind if behind else given.level
    return now / before - 1.0 if before > 0.0 else 0.0


@kernel
def adjust(state: State, country: Country, settings: Settings, given: Given, step: int) -> None:
    """Announce another number inside the half-year where that is the policy and the deviation is substantial."""
    if settings.interim == NONE:
        return
    away = deviation(state, given, step)
    if abs(away) < settings.substantial or (away > 0.0 and settings.interim == DOWN_ONLY):
        return
    running = step // STEPS
    changed = state.numbers[running] * (1.0 + away)
    state.numbers[running] = max(0.0, math.floor(changed / ROUNDED_TO + 0.5) * ROUNDED_TO)
    share_out(state, country, state.numbers[running])
