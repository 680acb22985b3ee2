"""The past as the simulation would have had it: fitted on the first years, tried on the years after.

References
----------
Beaumont (2010), Approximate Bayesian computation in evolution and ecology: keep the sets whose run is nearest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from eenthuis import reference
from eenthuis.lab.country import INHABITANTS, country
from eenthuis.lab.future import live
from eenthuis.lab.local import COLUMNS
from eenthuis.lab.measuring import NAMES
from eenthuis.lab.settings import given, settings
from eenthuis.lab.world import STEPS, Country, Given, empty
from eenthuis.law import law_book
from eenthuis.reference.policy import TODAY, lab_parameters, scenarios
from eenthuis.reference.tables import rows
from eenthuis.terms.half_year import HalfYear

FIRST = HalfYear(2020, 1)
LAST = HalfYear(2025, 2)
BOUNDARIES = HalfYear(2026, 1)
"""The past is lived by the municipalities, inhabitants and ladders of this half-year."""
AT_START = {"waiting_at_start": 5595.0, "weeks_at_start": 14.0}
"""The state on 1 January 2020; the people waiting as published for November 2019, the weeks an assumption."""
BACKLOG_AT_START = (0.0, 4000.0)
"""Range of the backlog of 1 January 2020, of which nothing was found; an assumption."""
VARIED: tuple[str, ...] = (
    "permits_per_request",
    "permits_spread",
    "permits_most",
    "procedure_months",
    "direct_share",
    "letting_share",
    "variation",
    "push",
    "most_effort",
    "rung_gain",
    "fit",
    "homes_for_two",
    "homes_for_four",
    "homes_for_six",
    "flex_a_year",
)
"""Parameters that are drawn from their range; the others keep their value."""


@dataclass(frozen=True, slots=True)
class Known:
    """A published figure of the past; ``spread`` is how far a run may be off before that counts."""

    half_year: HalfYear
    measure: str
    value: float
    spread: float
    use: str
    source: str


@dataclass(frozen=True, slots=True)
class Met:
    """A published figure beside what plausible runs say of it, and beside the figure last published before."""

    known: Known
    quantiles: tuple[float, ...]
    before: float | None


STEPS_A_MONTH, MONTHS_A_HALF_YEAR = 2, 6
CHANCE = "chance"
FITTED = frozenset({"fitted"})
EVERYTHING = frozenset({"fitted", "held-out"})
"""Which published figures count: those up to 2022, or all; the packaged sets were fitted to all."""
KEPT = 60
"""Sets kept for a validation."""
LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)


@cache
def known() -> tuple[Known, ...]:
    """Return the published figures of the past in order of half-year."""
    return tuple(
        Known(
            half_year=HalfYear.parse(row["half_year"]),
            measure=row["measure"],
            value=float(row["value"]),
            spread=float(row["spread"]),
            use=row["use"],
            source=row["source"],
        )
        for row in rows("lab_history")
    )


def calibrate(
    rng: np.random.Generator,
    *,
    tries: int,
    keep: int,
    uses: frozenset[str] = FITTED,
    tell: Callable[[int], None] | None = None,
) -> tuple[Mapping[str, float], ...]:
    """Return the ``keep`` sets of ``tries`` drawn from their ranges whose run is nearest to the fitted figures.

    Only figures with one of ``uses`` count. A set holds the varied parameters, the backlog at the start and, as
    :data:`CHANCE`, the number of the future it was lived with.
    """
    drawn = _drawn(rng, tries)
    half_years = max(one.half_year for one in known() if one.use in uses)
    distances = np.zeros(tries)
    for place, one in enumerate(drawn):
        distances[place] = distance(past_run(one, until=half_years), uses)
        if tell is not None:
            tell(place + 1)
    order = np.argsort(distances, kind="stable")[:keep]
    return tuple(drawn[place] for place in order)


def tried(
    rng: np.random.Generator, *, tries: int, tell: Callable[[int], None] | None = None
) -> tuple[Met, ...]:
    """Fit on the figures up to 2022 with at least so many tries, and return what that says of every figure."""
    return validate(calibrate(rng, tries=max(tries, KEPT), keep=KEPT, tell=tell))


def _drawn(rng: np.random.Generator, tries: int) -> list[dict[str, float]]:
    """Return sets from their ranges, each range cut into as many slices as tries (a Latin hypercube)."""
    parameters = lab_parameters()
    ranges = {name: (parameters[name].low, parameters[name].high) for name in VARIED}
    ranges["backlog_at_start"] = BACKLOG_AT_START
    columns = {
        name: low + (high - low) * (rng.permutation(tries) + rng.random(tries)) / tries
        for name, (low, high) in ranges.items()
    }
    return [
        {CHANCE: float(place)} | {name: float(column[place]) for name, column in columns.items()}
        for place in range(tries)
    ]


def past_run(varied: Mapping[str, float], *, until: HalfYear = LAST) -> NDArray[np.float64]:
    """Return the measures (half-years × measures) of the years from :data:`FIRST` on under a set of parameters."""
    parameters = {name: one.value for name, one in lab_parameters().items()} | AT_START | dict(varied)
    parameters["arrivals_spread"] = parameters["permits_spread"]
    half_years = sum(1 for _ in _half_years(until))
    land = _land()
    out = np.zeros((half_years, len(NAMES)))
    live(
        empty(len(land.weights), half_years),
        land,
        settings(scenarios()[TODAY], parameters),
        past_given(parameters, until),
        0,
        int(varied[CHANCE]),
        out,
        np.zeros((0, len(land.weights), COLUMNS), np.int32),
    )
    return out


@cache
def _land() -> Country:
    return country(law_book(), BOUNDARIES, INHABITANTS)


def _half_years(until: HalfYear) -> Sequence[HalfYear]:
    found = [FIRST]
    while found[-1] < until:
        found.append(found[-1].shift(1))
    return found


def past_given(parameters: Mapping[str, float], until: HalfYear) -> Given:
    """Return people per step from the packaged months, and the numbers as last announced, below 0 where not found."""
    half_years = _half_years(until)
    granted, relatives = permits(parameters), _months("joining-relatives")
    months = [FIRST.year * 12 + step // STEPS_A_MONTH for step in range(len(half_years) * STEPS)]
    people = np.asarray([(granted[month] + relatives[month]) / STEPS_A_MONTH for month in months])
    announced = np.full(len(half_years), -1.0)
    for place, half_year in enumerate(half_years):
        numbers = reference.announcements(half_year)
        if numbers:
            announced[place] = numbers[-1].people
    return given(parameters, parameters["arrivals_level"], people, announced)


def permits(parameters: Mapping[str, float]) -> Mapping[int, float]:
    """Return the permits of each month on the requests of all months up to then, counted in months since the year 0.

    Requests stand in a line: each month as many are decided as the line holds by the mean duration of the procedure,
    and no more than the IND can do. A peak of requests is thus spread, and what is too much waits.
    """
    requests = _months("first-requests")
    most = parameters["permits_most"] / MONTHS_A_HALF_YEAR
    waiting, found = 0.0, {}
    for month in range(min(requests), max(requests) + 1):
        waiting += requests.get(month, 0) * parameters["permits_per_request"]
        found[month] = min(most, waiting / parameters["procedure_months"])
        waiting -= found[month]
    return found


@cache
def _months(series: str) -> Mapping[int, int]:
    found: dict[int, int] = {}
    for count in reference.arrivals():
        if count.series == series:
            month = count.month.year * 12 + count.month.month - 1
            found[month] = found.get(month, 0) + count.people
    return found


def distance(run: NDArray[np.float64], uses: frozenset[str]) -> float:
    """Return how far a run is from the figures with one of ``uses``: the root of the mean square, in spreads."""
    off = [
        (run[place, NAMES.index(one.measure)] - one.value) / one.spread
        for one in known()
        if one.use in uses and (place := _place(one.half_year)) < len(run)
    ]
    return float(np.sqrt(np.mean(np.square(off))))


def _place(half_year: HalfYear) -> int:
    return (half_year.year - FIRST.year) * 2 + half_year.half - FIRST.half


def validate(sets: Sequence[Mapping[str, float]]) -> tuple[Met, ...]:
    """Return every published figure since :data:`FIRST` beside the quantiles of the runs that were kept.

    Each set is lived on with the chance it was kept with. A run tells how much a figure changes since it was last
    published; the level is the published one, as it would have been known. A published figure is rounded and of another
    day than the end of the half-year; its spread is added as a normal draw, for both figures, so that a band is one for
    the figure as published. No measure falls below 0.
    """
    runs = _lived(sets)
    found = []
    for one in known():
        place, measure = _place(one.half_year), NAMES.index(one.measure)
        if place < 0:
            continue
        dice = np.random.default_rng([place, measure])
        values = runs[:, place, measure] + dice.normal(0.0, one.spread, len(sets))
        earlier = [k for k in known() if k.measure == one.measure and k.half_year < one.half_year]
        if earlier and (last := _place(earlier[-1].half_year)) >= 0:
            published = earlier[-1].value + dice.normal(0.0, earlier[-1].spread, len(sets))
            values += published - runs[:, last, measure]
        quantiles = tuple(max(0.0, float(q)) for q in np.quantile(values, LEVELS))
        found.append(Met(one, quantiles, earlier[-1].value if earlier else None))
    return tuple(found)


def _lived(sets: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
    return np.stack([past_run(one) for one in sets])


def covered(met: Sequence[Met]) -> float:
    """Return the share of figures within the band of 80 percent."""
    return float(np.mean([one.quantiles[1] <= one.known.value <= one.quantiles[5] for one in met]))


def pinball(met: Met) -> float:
    """Return the mean pinball loss of the quantiles of a figure, in its unit."""
    gap = met.known.value - np.asarray(met.quantiles)
    levels = np.asarray(LEVELS)
    return float(np.maximum(levels * gap, (levels - 1) * gap).mean())


def naive_pinball(met: Met) -> float | None:
    """Return the loss of saying the figure last published before, or None where there is none."""
    if met.before is None:
        return None
    gap = met.known.value - met.before
    levels = np.asarray(LEVELS)
    return float(np.maximum(levels * gap, (levels - 1) * gap).mean())
