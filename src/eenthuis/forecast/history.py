"""The packaged history as series: what each is, and from which day each figure counts as known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from eenthuis import reference
from eenthuis.forecast.series import MonthCount, Observation, Series
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.targets import Announcement

ARRIVALS = {
    "first-requests": "first asylum requests of the seven countries of origin published per month",
    "joining-relatives": "joining relatives of the same seven countries",
}
NATIONAL = "national-number"
WAITING = "waiting"
COUNTED_WAITING = ("status-holders-waiting", "status-holders-in-reception")
NEAREST_DAYS = 92
"""A count of people waiting stands for the end of a half-year when it lies at most this many days from it."""


def packaged_series() -> tuple[Series, ...]:
    """Return every series that can be forecast from the packaged facts."""
    return (*(_arrivals(name, meaning) for name, meaning in ARRIVALS.items()), _national(), _waiting())


def announced_from(announcement: Announcement) -> date:
    """Return from which day a national number counts as known: the day found, or else the half-year's first day.

    Most days of publication were not found. The first day of the half-year is the latest the number can have been
    needed, so that no forecast is credited with what it could have read.
    """
    return announcement.counts_from or announcement.half_year.first_day


def announced_by(half_year: HalfYear, as_of: date) -> Announcement | None:
    """Return the official number of a half-year known on a day, the latest when it was replaced, or None."""
    known = [one for one in reference.announcements(half_year) if announced_from(one) <= as_of]
    return known[-1] if known else None


def _arrivals(name: str, meaning: str) -> Series:
    lag = reference.known_after_months("arrivals")
    groups: defaultdict[str, list[MonthCount]] = defaultdict(list)
    totals: defaultdict[date, int] = defaultdict(int)
    for counted in reference.arrivals():
        if counted.series == name:
            groups[counted.group].append(
                MonthCount(counted.month, counted.people, _months_after(counted.month, lag))
            )
            totals[counted.month] += counted.people
    months = tuple(
        MonthCount(month, people, _months_after(month, lag)) for month, people in sorted(totals.items())
    )
    parts = tuple(
        Series(f"{name} {group}", "a published group", _halves(counts), tuple(counts))
        for group, counts in groups.items()
    )
    return Series(name, meaning, _halves(months), months, parts)


def _halves(months: Iterable[MonthCount]) -> tuple[Observation, ...]:
    """Return the half-years of which all six months are there, each known when its last month is."""
    found: defaultdict[HalfYear, list[MonthCount]] = defaultdict(list)
    for counted in months:
        found[HalfYear.containing(counted.month)].append(counted)
    return tuple(
        Observation(half_year, sum(c.people for c in counts), max(c.known_from for c in counts))
        for half_year, counts in sorted(found.items())
        if len(counts) == len(half_year.months)
    )


def _national() -> Series:
    first = {one.half_year: one for one in reversed(reference.announcements())}
    return Series(
        NATIONAL,
        "the national number of status holders to house, as first announced",
        tuple(Observation(half, one.people, announced_from(one)) for half, one in sorted(first.items())),
    )


def _waiting() -> Series:
    lag = reference.known_after_months("reception")
    counted = [c for c in reference.reception_history() if c.quantity in COUNTED_WAITING]
    nearest: dict[HalfYear, tuple[int, Observation]] = {}
    for count in counted:
        half_year = _ending_nearest(count.day)
        days = abs((half_year.last_day - count.day).days)
        seen = Observation(
            half_year, count.number, max(_months_after(count.day, lag), half_year.next.first_day)
        )
        if days <= NEAREST_DAYS and (half_year not in nearest or days < nearest[half_year][0]):
            nearest[half_year] = (days, seen)
    return Series(
        WAITING,
        "status holders in reception at the end of the half-year, by the count nearest to it",
        tuple(observation for _, (_, observation) in sorted(nearest.items())),
    )


def _ending_nearest(day: date) -> HalfYear:
    """Return the half-year whose last day is nearest to ``day``."""
    current = HalfYear.containing(day)
    return min((current.previous, current), key=lambda half: abs((half.last_day - day).days))


def _months_after(day: date, months: int) -> date:
    """Return the last day of the month that comes ``months`` after the month of ``day``."""
    after = day.year * 12 + day.month + months  # the first month past it, counted from zero
    return date(after // 12, after % 12 + 1, 1) - timedelta(days=1)
