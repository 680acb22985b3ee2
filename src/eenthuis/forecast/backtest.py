"""Trying every model on history by rolling origin: each forecast is made from what was known on its day, no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from numpy.random import Generator

from eenthuis.forecast.combining import combined, equal_weights, learned_weights
from eenthuis.forecast.fan import Declined, Fan, Forecast
from eenthuis.forecast.models import EQUAL, LEARNED, MODELS, NAIVE
from eenthuis.forecast.series import Series
from eenthuis.terms.half_year import HalfYear

HORIZON = 4  # half-years ahead at most


@dataclass(frozen=True, slots=True)
class Trial:
    """One forecast that met its figure: ``horizon`` half-years after the last one known on ``origin``.

    ``actual``, ``loss`` and ``naive_loss`` (pinball), ``error`` and ``naive_error`` (of the median, without sign) are
    people; ``actual_from`` is the day the figure was known.
    """

    series: str
    model: str
    origin: date
    horizon: int
    fan: Fan
    actual: float
    actual_from: date
    loss: float
    naive_loss: float
    error: float
    naive_error: float


@dataclass(frozen=True, slots=True)
class Silence:
    """A model that did not forecast on an origin, and why."""

    series: str
    model: str
    origin: date
    reason: str


@dataclass(frozen=True, slots=True)
class Backtest:
    """Every forecast tried and every silence, in order of series and origin."""

    trials: tuple[Trial, ...]
    silences: tuple[Silence, ...]


Tell = Callable[[int, int], None]
"""Called with how many origins are done, and of how many."""


def origin_of(half_year: HalfYear) -> date:
    """Return the day of a half-year on which history is forecast from: the end of its first month.

    Then the monthly figures of the half-year before are known.
    """
    return half_year.months[0].replace(day=31)


def origins(series: Series, until: date | None = None) -> Iterator[date]:
    """Yield every origin of a series on which something new was known, before ``until`` where that is given.

    A day on which nothing was known that was not known on the one before would repeat its forecasts and count their
    figures twice.
    """
    half_year = series.half_years[0].half_year.next
    before = None
    while half_year <= series.half_years[-1].half_year:
        day = origin_of(half_year)
        known = series.known(day)
        if known is not None and known != before and (until is None or day < until):
            yield day
        before = known
        half_year = half_year.next


def backtest(
    many: Sequence[Series], rng: Generator, tell: Tell | None = None, *, until: date | None = None
) -> Backtest:
    """Try every model and both combinations on every origin of every series, up to :data:`HORIZON` half-years ahead.

    ``rng`` is drawn from in a fixed order, so that the same seed gives the same forecasts. With ``until`` only origins
    before that day are tried.
    """
    work = [(series, origin) for series in many for origin in origins(series, until)]
    trials: dict[str, list[Trial]] = {series.name: [] for series in many}
    silences: list[Silence] = []
    for done, (series, origin) in enumerate(work, 1):
        made, silent = _tried(series, origin, trials[series.name], rng)
        trials[series.name] += made
        silences += silent
        if tell is not None:
            tell(done, len(work))
    return Backtest(tuple(trial for made in trials.values() for trial in made), tuple(silences))


def forecast_on(
    series: Series, as_of: date, rng: Generator, past: Sequence[Trial], steps: int = HORIZON
) -> dict[str, Forecast]:
    """Return the forecast of every model and combination from what was known on ``as_of``; empty if nothing was.

    ``past`` are earlier trials of the series; those whose figure was known by ``as_of`` teach the weights.
    """
    known = series.known(as_of)
    if known is None:
        return {}
    made: dict[str, Forecast] = {model.name: model.ahead(known, steps, rng) for model in MODELS}
    records: dict[str, list[tuple[float, float]]] = {name: [] for name in made}
    for trial in past:
        if trial.model in records and trial.actual_from <= as_of:
            records[trial.model].append((trial.loss, trial.naive_loss))
    both = {EQUAL: equal_weights(made), LEARNED: learned_weights(records)}
    return made | {name: combined(made, weights) for name, weights in both.items()}


def _tried(
    series: Series, origin: date, past: Sequence[Trial], rng: Generator
) -> tuple[list[Trial], list[Silence]]:
    forecasts = forecast_on(series, origin, rng, past)
    naive = forecasts.get(NAIVE.name, Declined("nothing is known"))
    made: list[Trial] = []
    silent: list[Silence] = []
    for name, forecast in forecasts.items():
        if isinstance(forecast, Declined):
            silent.append(Silence(series.name, name, origin, forecast.reason))
        elif not isinstance(naive, Declined):
            made += _met(series, name, origin, forecast, naive)
    return made, silent


def _met(
    series: Series, model: str, origin: date, forecast: Sequence[Fan], naive: Sequence[Fan]
) -> Iterator[Trial]:
    """Yield a trial for every half-year ahead of which the figure came, after ``origin``."""
    for horizon, (fan, beside) in enumerate(zip(forecast, naive, strict=True), 1):
        actual = series.actual(fan.half_year)
        if actual is not None:
            yield Trial(
                series=series.name,
                model=model,
                origin=origin,
                horizon=horizon,
                fan=fan,
                actual=actual.people,
                actual_from=actual.known_from,
                loss=fan.pinball(actual.people),
                naive_loss=beside.pinball(actual.people),
                error=abs(fan.at(0.5) - actual.people),
                naive_error=abs(beside.at(0.5) - actual.people),
            )
