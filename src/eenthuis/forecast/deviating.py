"""What the packaged history showed of a deviation, from which day, and when it was told: per half-year."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from eenthuis import reference
from eenthuis.forecast.ahead import next_ahead
from eenthuis.forecast.backtest import origin_of
from eenthuis.forecast.fan import Declined
from eenthuis.forecast.history import ARRIVALS, NATIONAL, announced_from, packaged_series
from eenthuis.forecast.series import Series
from eenthuis.law.records import DeviationLaw
from eenthuis.rules.deviation import Origin, Signal, Told, deviation, moved_along
from eenthuis.terms.estimates import Quantity
from eenthuis.terms.half_year import HalfYear

A_YEAR = 12
"""Months of arrivals that are compared: a whole year, so that the season falls out."""

Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class PastDeviation:
    """One official figure of a half-year, what the data showed against it, and when another figure was told.

    ``shown_on`` is the first day on which a signal was substantial, with its ``origin`` and ``expected`` people;
    None where none was until the half-year ended. ``told_on`` is the day another official figure of the half-year was
    known, with its ``instead``; None where none was. ``is_day_found`` says whether that day itself was found.
    """

    told: Told
    origin: Origin | None
    shown_on: date | None
    expected: int | None
    told_on: date | None
    instead: int | None
    is_day_found: bool

    @property
    def days(self) -> int | None:
        """Days between the first day the data showed it and the day it was told; None where either lacks."""
        if self.shown_on is None or self.told_on is None:
            return None
        return (self.told_on - self.shown_on).days

    @property
    def days_untold(self) -> int | None:
        """Days from the first day the data showed it to the end of a half-year in which nothing else was told."""
        if self.shown_on is None or self.told_on is not None:
            return None
        return (self.told.half_year.last_day - self.shown_on).days


def arrivals_in_a_year(many: tuple[Series, ...], day: date) -> int:
    """Return first requests and joining relatives in the last twelve months known on a day; 0 with fewer months."""
    total = 0.0
    for series in many:
        if series.name in ARRIVALS:
            known = [month.people for month in series.months if month.known_from <= day][-A_YEAR:]
            if len(known) < A_YEAR:
                return 0
            total += sum(known)
    return round(total)


def arrivals_signal(told: Told, many: tuple[Series, ...], day: date) -> Signal | None:
    """Return what the arrivals known on a day make of a number, since it was told; None where nothing was known then.

    ``known_from`` is the day on which the newest month of them became known.
    """
    before, now = arrivals_in_a_year(many, told.known_from), arrivals_in_a_year(many, day)
    people = moved_along(told.people, before, now)
    known = [
        m.known_from
        for series in many
        if series.name in ARRIVALS
        for m in series.months
        if m.known_from <= day
    ]
    if people is None or not known:
        return None
    return Signal(Origin.ARRIVALS, people, max(known), "CBS 83102NED")


def past_deviations(
    law_on: Callable[[date], DeviationLaw], tell: Tell | None = None
) -> tuple[PastDeviation, ...]:
    """Return for every official figure of the packaged history what the data showed of it, and when another was told.

    Our own forecast is made twice a year from what was known on its day; arrivals are looked at as each month of them
    becomes known. ``tell`` is called with how many figures are done, and of how many.
    """
    many = packaged_series()
    figures = list(_figures())
    made: dict[date, dict[HalfYear, Signal]] = {}
    found = []
    for place, (told, later) in enumerate(figures, 1):
        end = min(told.half_year.last_day, later[0] if later else told.half_year.last_day)
        signals = [
            *_forecasts(told, end, many, made),
            *_arrivals(told, end, many),
        ]
        shown = [one for one in signals if deviation(told, one, law_on(one.known_from)) is not None]
        first = min(shown, key=lambda one: one.known_from, default=None)
        found.append(
            PastDeviation(
                told=told,
                origin=first.origin if first else None,
                shown_on=first.known_from if first else None,
                expected=first.people if first else None,
                told_on=later[0] if later else None,
                instead=later[1] if later else None,
                is_day_found=later[2] if later else False,
            )
        )
        if tell is not None:
            tell(place, len(figures))
    return tuple(found)


Later = tuple[date, int, bool]
"""The day another figure was known, its people, and whether that day itself was found."""


def _figures() -> Iterator[tuple[Told, Later | None]]:
    """Yield every official figure of a half-year with the one that came after it."""
    official: dict[HalfYear, list[tuple[date, int, bool, str]]] = {}
    for one in reference.estimates():
        if one.quantity is Quantity.NATIONAL_NUMBER:
            figure = (one.counts_from, one.middle, one.made_on is not None, one.source)
            official.setdefault(one.half_year, []).append(figure)
    for number in reference.announcements():
        figure = (announced_from(number), number.people, number.announced_on is not None, number.source)
        official.setdefault(number.half_year, []).append(figure)
    for half_year in sorted(official):
        figures = sorted(official[half_year], key=lambda figure: figure[0])
        for place, (day, people, _found, source) in enumerate(figures):
            later = figures[place + 1][:3] if place + 1 < len(figures) else None
            yield Told(half_year, people, day, source), later


def _forecasts(
    told: Told, end: date, many: tuple[Series, ...], made: dict[date, dict[HalfYear, Signal]]
) -> Iterator[Signal]:
    """Yield our forecasts of the half-year made after it was told, while they could be made without its own number."""
    (national,) = [series for series in many if series.name == NATIONAL]
    half_year = HalfYear.containing(told.known_from)
    while (day := origin_of(half_year)) <= end:
        half_year = half_year.next
        if day < told.known_from:
            continue
        if day not in made:
            ahead = next_ahead(national, day)
            made[day] = (
                {}
                if isinstance(ahead, Declined)
                else {
                    fan.half_year: Signal(
                        Origin.FORECAST,
                        round(fan.at(0.5)),
                        day,
                        "combined-by-record",
                        round(fan.at(0.1)),
                        round(fan.at(0.9)),
                    )
                    for fan in ahead
                }
            )
        if told.half_year in made[day]:
            yield made[day][told.half_year]


def _arrivals(told: Told, end: date, many: tuple[Series, ...]) -> Iterator[Signal]:
    days = {m.known_from for series in many if series.name in ARRIVALS for m in series.months}
    for day in sorted(day for day in days if told.known_from < day <= end):
        signal = arrivals_signal(told, many, day)
        if signal is not None:
            yield signal
