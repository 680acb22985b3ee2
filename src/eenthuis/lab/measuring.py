"""What is measured at the end of every half-year, each with its meaning and unit."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eenthuis.lab.arriving import PERSONS
from eenthuis.lab.kernel import kernel
from eenthuis.lab.sharing import people_waiting
from eenthuis.lab.world import (
    ARRIVED,
    BACKLOG,
    BANDS,
    COST,
    DAYS_A_STEP,
    EVER_ARRIVED,
    EVER_HOUSED,
    EVER_LEFT,
    FLEX_NEW,
    HOUSED,
    LEFT,
    LINKED,
    RUNG,
    RUNGS,
    STAYED,
    TRANSIT_STAYS,
    Country,
    Settings,
    State,
)

WEEKS_A_STEP = DAYS_A_STEP / 7


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of a half-year: its meaning, its unit, whether it is a whole number and which way is better.

    Of a municipality it is kept in whole ``parts`` of its unit: 100 for hundredths.
    """

    name: str
    meaning: str
    unit: str
    is_whole: bool = True
    less_is_better: bool | None = None
    parts: int = 1


MEASURES: tuple[Measure, ...] = (
    Measure(
        "people-waiting", "people with a permit who have not moved to a home", "people", less_is_better=True
    ),
    Measure(
        "in-term",
        "share of households that moved within the term of 14 weeks",
        "share",
        is_whole=False,
        less_is_better=False,
    ),
    *(
        Measure(
            f"weeks-{name}",
            f"mean weeks from permit to home of households of {name} that moved",
            "weeks",
            is_whole=False,
            less_is_better=True,
        )
        for name, _, _ in BANDS
    ),
    Measure("backlog", "people that municipalities are behind, added up", "people", less_is_better=True),
    Measure("lead", "people that municipalities are ahead, added up", "people"),
    Measure("complying", "municipalities without backlog", "municipalities", less_is_better=False),
    *(
        Measure(f"rung-{rung}", f"municipalities on rung {rung} of their ladder", "municipalities")
        for rung in range(1, RUNGS)
    ),
    Measure(
        "backlog-spread",
        "standard deviation over municipalities of backlog per thousand inhabitants",
        "people per 1,000",
        is_whole=False,
        less_is_better=True,
    ),
    Measure("realised", "people signed off in the half-year", "people", less_is_better=False),
    Measure("announced", "the national number in force at the end of the half-year", "people"),
    Measure("permits", "people who got a permit in the half-year", "people"),
    Measure("linked", "people linked in the half-year", "people"),
    Measure("left", "people who refused without good reason and left on their own account", "people"),
    Measure("in-transit", "people in transit locations, mean over the half-year", "people"),
    Measure(
        "places-short",
        "people in reception without a durable place, mean over the half-year",
        "people",
        less_is_better=True,
    ),
    Measure(
        "reception-days",
        "days that people with a permit stayed in reception or transit, thousands",
        "thousand days",
        is_whole=False,
        less_is_better=True,
    ),
    Measure(
        "reception-cost",
        "cost of reception and transit in the half-year",
        "million euros",
        is_whole=False,
        less_is_better=True,
    ),
    Measure(
        "grants",
        "grants for flex homes in the half-year",
        "million euros",
        is_whole=False,
        less_is_better=True,
    ),
    Measure(
        "document-days",
        "mean days a person waits for a residence document",
        "days",
        is_whole=False,
        less_is_better=True,
    ),
    Measure(
        "document-kilometres",
        "kilometres for residence documents, of people to desks and of teams to centres, thousands",
        "thousand kilometres",
        is_whole=False,
        less_is_better=True,
    ),
    Measure("mass", "people who appeared or vanished; always 0", "people"),
)
WORK_MEASURES: tuple[Measure, ...] = (
    Measure(
        "work",
        "people expected to have work within a year of moving, of the households that got a home in the half-year",
        "people",
        less_is_better=False,
    ),
    Measure(
        "work-per-household",
        "the same per household that got a home: people expected to have work within a year of moving",
        "people per household",
        is_whole=False,
        less_is_better=False,
    ),
)
"""Measured only with scores of work that somebody loaded; relatives who go straight to a home are not among them."""
NAMES: tuple[str, ...] = tuple(measure.name for measure in (*MEASURES, *WORK_MEASURES))
"""Names of everything that a future writes, in order."""
_BAND_ENDS = np.asarray([(first, last) for _, first, last in BANDS], np.int64)
_BACKLOG = 2 + len(BANDS)
_RUNGS = _BACKLOG + 3
_AFTER = _RUNGS + RUNGS - 1
MILLION, THOUSAND = 1e6, 1e3


def measures(*, has_work: bool) -> tuple[Measure, ...]:
    """Return what is measured nationally, with or without scores of work."""
    return (*MEASURES, *WORK_MEASURES) if has_work else MEASURES


@kernel
def measure_half_year(
    state: State,
    country: Country,
    settings: Settings,
    number: float,
    short: float,
    steps: int,
    out: NDArray[np.float64],
) -> None:
    """Write every measure of the half-year that was just closed into ``out``, in the order of :data:`MEASURES`."""
    out[0] = people_waiting(state)
    _waits(state, out)
    _municipalities(state, country, out)
    counts = state.counts
    after = _AFTER
    out[after + 1] = counts[HOUSED]
    out[after + 2] = number
    out[after + 3] = counts[ARRIVED]
    out[after + 4] = counts[LINKED]
    out[after + 5] = counts[LEFT]
    out[after + 6] = counts[TRANSIT_STAYS] / steps
    out[after + 7] = short / steps
    out[after + 8] = state.reception[STAYED] / THOUSAND
    out[after + 9] = state.reception[COST] / MILLION
    out[after + 10] = counts[FLEX_NEW] * settings.flex_grant / MILLION
    at_centre = settings.documents_at_centre
    out[after + 11] = settings.desk_days * (1.0 - at_centre * (1.0 - settings.centre_days_part))
    driven = at_centre * settings.team_kilometres + (1.0 - at_centre) * settings.desk_kilometres
    out[after + 12] = counts[ARRIVED] * driven / THOUSAND
    out[after + 13] = counts[EVER_ARRIVED] - counts[EVER_HOUSED] - counts[EVER_LEFT] - out[0]
    _work(state, country, out)
    counts[:EVER_ARRIVED] = 0
    state.by_size[:] = 0
    state.moved[:] = 0
    state.reception[COST] = 0.0
    state.reception[STAYED] = 0.0


@kernel
def _waits(state: State, out: NDArray[np.float64]) -> None:
    households, in_term = 0, 0
    for size in range(len(PERSONS)):
        households += state.by_size[size, 0]
        in_term += state.by_size[size, 2]
    out[1] = in_term / households if households else math.nan
    for band in range(len(_BAND_ENDS)):
        moved, waited = 0, 0
        for size in range(_BAND_ENDS[band, 0], _BAND_ENDS[band, 1]):
            moved += state.by_size[size, 0]
            waited += state.by_size[size, 1]
        out[2 + band] = waited * WEEKS_A_STEP / moved if moved else math.nan


@kernel
def _municipalities(state: State, country: Country, out: NDArray[np.float64]) -> None:
    places = state.places
    behind, ahead, complying, total, squares = 0, 0, 0, 0.0, 0.0
    out[_RUNGS:_AFTER] = 0.0
    many = len(state.places)
    for place in range(many):
        backlog = places[place, BACKLOG]
        behind += max(0, backlog)
        ahead += max(0, -backlog)
        complying += backlog <= country.tolerance
        rate = backlog * THOUSAND / country.inhabitants[place]
        total += rate
        squares += rate * rate
        if places[place, RUNG] > 0:
            out[_RUNGS + places[place, RUNG] - 1] += 1
    out[_BACKLOG] = behind
    out[_BACKLOG + 1] = ahead
    out[_BACKLOG + 2] = complying
    out[_AFTER] = math.sqrt(max(0.0, squares / many - (total / many) ** 2))


@kernel
def _work(state: State, country: Country, out: NDArray[np.float64]) -> None:
    """Write who is expected to have work: whoever got a home, by municipality and size; nothing without scores."""
    out[-2:] = math.nan
    if len(country.at_work) == 0:
        return
    households, working = 0, 0.0
    for place in range(len(state.moved)):
        for size in range(len(PERSONS)):
            households += state.moved[place, size]
            working += state.moved[place, size] * country.at_work[place, size]
    out[-2] = working
    if households:
        out[-1] = working / households
