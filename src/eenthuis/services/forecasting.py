"""Our forecasts: made once a month by a worker, kept as they were, and read beside what is official."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import transaction

from eenthuis import reference
from eenthuis.forecast.ahead import next_ahead
from eenthuis.forecast.fan import LEVELS, Declined
from eenthuis.forecast.history import NATIONAL, packaged_series
from eenthuis.forecast.models import LEARNED
from eenthuis.services.access import require
from eenthuis.services.announced import views
from eenthuis.services.estimates import EstimateView, estimate_views
from eenthuis.store import announcements, journal
from eenthuis.store import forecasts as stored
from eenthuis.store.scope import whole
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.estimates import EstimateKind, Quantity
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.version import code_version

BY_ITSELF = Actor("eenthuis", Role.ADMINISTRATOR)
"""Who makes the forecasts of a month: nobody asks."""

PAST_SHOWN = 8
"""So many known half-years stand before the forecast in a chart."""

SHOWN = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class OfficialFigure:
    """A figure that is official for a half-year, beside the forecast: an announced number, an estimate or a count."""

    what: str
    low: int | None
    middle: int
    high: int | None
    made_on: date | None
    until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class ForecastLine:
    """One half-year ahead: our quantiles at :data:`SHOWN`, in people, and what is official for it."""

    half_year: HalfYear
    quantiles: Mapping[float, int]
    official: tuple[OfficialFigure, ...]


@dataclass(frozen=True, slots=True)
class SeriesPart:
    """One series: what was known when the forecast was made, the half-years ahead, and how good its models were."""

    series: str
    last_known: HalfYear
    past: tuple[tuple[HalfYear, int], ...]
    lines: tuple[ForecastLine, ...]
    scores: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class ForecastPage:
    """The latest forecasts with the official figures; ``made_on`` is None where none was made yet."""

    today: date
    made_on: date | None
    model: str
    parts: tuple[SeriesPart, ...]
    estimates: tuple[EstimateView, ...]


def forecast_due(today: date) -> date | None:
    """Make the forecasts of this month if nobody has; return the day on which they were made now.

    They are made from the published figures that come with the program, as known on the day. A series that is out of
    reach is left out.
    """
    last = stored.last_made()
    if last is not None and last >= today.replace(day=1):
        return None
    made = forecasts_on(today)
    if not made:
        return None
    with whole(BY_ITSELF.name), transaction.atomic():
        journal.lock_subject("forecasts")
        last = stored.last_made()
        if last is not None and last >= today.replace(day=1):
            return None
        stored.add_forecasts(made, version=code_version())
        told = {"made_on": today, "series": sorted({one.series for one in made})}
        journal.write(BY_ITSELF, "make-forecast", f"forecast {today:%Y-%m}", after=told)
    return today


@lru_cache(maxsize=4)
def forecasts_on(day: date) -> tuple[stored.MadeForecast, ...]:
    """Return the forecasts of a day; the same day gives the same ones, and what was just made is kept in memory."""
    made: list[stored.MadeForecast] = []
    for series in packaged_series():
        ahead = next_ahead(series, day)
        if not isinstance(ahead, Declined):
            made += [
                stored.MadeForecast(
                    made_on=day,
                    series=series.name,
                    last_known=ahead[0].half_year.previous,
                    half_year=fan.half_year,
                    model=LEARNED,
                    people=tuple(round(people) for people in fan.people),
                )
                for fan in ahead
            ]
    return tuple(made)


def read_forecasts(*, actor: Actor, today: date) -> ForecastPage:
    """Return the latest forecasts beside the official figures.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    """
    require(actor, "see-published-figures")
    listed = estimate_views()
    made_on = stored.last_made()
    if made_on is None:
        return ForecastPage(today, None, LEARNED, (), listed)
    made = stored.forecasts(made_on)
    scores = reference.forecast_scores()
    parts = []
    for series in packaged_series():
        own = [one for one in made if one.series == series.name]
        known = series.known(made_on)
        if own and known is not None:
            past = [
                (half, round(people)) for half, people in zip(known.half_years, known.people, strict=True)
            ]
            parts.append(
                SeriesPart(
                    series=series.name,
                    last_known=own[0].last_known,
                    past=tuple(past[-PAST_SHOWN:]),
                    lines=tuple(_line(one, listed) for one in own),
                    scores=tuple(row for row in scores if row["series"] == series.name),
                )
            )
    return ForecastPage(today, made_on, made[0].model if made else LEARNED, tuple(parts), listed)


def _line(made: stored.MadeForecast, listed: tuple[EstimateView, ...]) -> ForecastLine:
    by_level = dict(zip(LEVELS, made.people, strict=True))
    return ForecastLine(
        half_year=made.half_year,
        quantiles={level: by_level[level] for level in SHOWN},
        official=official_for(made.series, made.half_year, listed),
    )


def official_for(
    series: str, half_year: HalfYear, listed: tuple[EstimateView, ...]
) -> tuple[OfficialFigure, ...]:
    """Return what is official for a half-year: the number in force, the latest estimate and the latest count."""
    found = []
    if series == NATIONAL and half_year in announcements.announced_half_years():
        number = views(half_year)[-1].announcement
        found.append(
            OfficialFigure("announced", None, number.people, None, number.announced_on, None, number.source)
        )
    for kind in EstimateKind:
        own = [
            view.estimate
            for view in listed
            if view.estimate.quantity == series
            and view.estimate.half_year == half_year
            and view.estimate.kind is kind
            and not view.is_replaced
        ]
        if own:
            one = own[-1]
            found.append(
                OfficialFigure(
                    kind.value,
                    one.low,
                    one.middle,
                    one.high,
                    one.made_on or one.known_by,
                    one.until,
                    one.source,
                )
            )
    return tuple(found)


def comparable(series: str) -> bool:
    """Return whether our series counts the same people as the official quantity of its name.

    First requests and joining relatives are of seven countries here, and of everyone in official figures.
    """
    return series in {Quantity.NATIONAL_NUMBER.value, Quantity.WAITING.value}
