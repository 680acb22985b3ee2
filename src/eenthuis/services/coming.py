"""What comes to a municipality in the next months, for everyone to read: made from published figures only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from eenthuis.forecast.coming import BATCHES, DRAWS, STEADY, Coming, coming, spread_over
from eenthuis.forecast.fan import LEVELS, Declined
from eenthuis.forecast.history import NATIONAL, packaged_series
from eenthuis.forecast.models import NAIVE
from eenthuis.rules.bands import BANDS
from eenthuis.rules.months import months_after
from eenthuis.services.access import require
from eenthuis.services.announced import views
from eenthuis.services.balances import Standing, standing
from eenthuis.services.composing import published_as
from eenthuis.store import announcements
from eenthuis.store import composition as stored
from eenthuis.terms.access import Actor
from eenthuis.terms.composition import Cell, Characteristic, Stage
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import COUNTRY, MunicipalityCode

MONTHS, YEAR = 6, 12
SEED = 20260301
LARGEST_MEAN = 9.0
"""Persons that a household of eight or more counts on average; the band has no upper end."""


@dataclass(frozen=True, slots=True)
class ComingPage:
    """Households that come per band and month, and what that was made from.

    ``linked_people`` were linked in the year before, at whose pace others come; None where the tables hold no year yet,
    and the pace is that of the targets. ``open_people`` can still be linked in the running half-year; ``next_people``
    is the target expected for the next one, low, middle and high; ``is_announced`` says that its number is known.
    """

    today: date
    counted_on: date
    months: tuple[date, ...]
    lines: tuple[Coming, ...]
    linked_people: int | None
    open_people: int
    next_half_year: HalfYear
    next_people: tuple[int, int, int]
    is_announced: bool

    def of(self, months: int) -> tuple[Coming, ...]:
        """Return what comes within so many months, per band and in all."""
        return tuple(line for line in self.lines if line.months == months)


def read_coming(*, actor: Actor, code: MunicipalityCode, today: date) -> ComingPage | None:
    """Return what comes to a municipality; None where the sizes of those who wait are not published.

    The same day gives the same forecast.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    ReferenceFactError
        REF-05 when the running half-year has no target.
    """
    require(actor, "see-published-figures")
    months = stored.months()
    kept = stored.kept(months[0]) if months else None
    if kept is None:
        return None
    published = published_as(kept)
    sizes = {band: Cell(Stage.WAITING, Characteristic.SIZE, COUNTRY, band) for band, _, _ in BANDS}
    if any(cell in published.hidden for cell in sizes.values()):
        return None
    where = standing(HalfYear.containing(today), today)
    if code not in where.held.targets:
        return None
    ahead = people_ahead(where, code, today)
    linked = linked_in_year(today)
    pace = None if linked is None else linked.get(code, 0)
    lines = coming(
        ahead.people if pace is None else at_pace(pace),
        mix={band: published.counts[cell] for band, cell in sizes.items()},
        persons={band: (low + min(high, LARGEST_MEAN * 2 - low)) / 2 for band, low, high in BANDS},
        rng=np.random.Generator(np.random.PCG64([SEED, int(code[2:]), today.toordinal()])),
        batches=BATCHES if pace is None else STEADY,
    )
    low, middle, high = (int(value) for value in np.quantile(ahead.following, [0.1, 0.5, 0.9]))
    return ComingPage(
        today=today,
        counted_on=kept.month,
        months=tuple(months_after(today, step) for step in range(1, MONTHS + 1)),
        lines=lines,
        linked_people=pace,
        open_people=where.open_people(code),
        next_half_year=where.half_year.next,
        next_people=(low, middle, high),
        is_announced=ahead.is_announced,
    )


def linked_in_year(day: date) -> Mapping[MunicipalityCode, int] | None:
    """Return the people linked per municipality in the year before a day; None where the tables begin later."""
    start = months_after(day, -YEAR)
    return announcements.people_linked_between(start, day) if announcements.has_linked_before(start) else None


def at_pace(people: int) -> NDArray[np.float64]:
    """Return a twelfth of a year's people for every month to come, the same in all futures (D x M float64)."""
    return np.full((DRAWS, MONTHS), people / YEAR)


@dataclass(frozen=True, slots=True)
class PeopleAhead:
    """People expected to be linked to a municipality.

    Attributes
    ----------
    people
        D x M float64: per future and month.
    following
        D float64: those of the next half-year, per future.
    is_announced
        Whether the national number of that half-year is known, and so the same in all futures.
    """

    people: NDArray[np.float64]
    following: NDArray[np.float64]
    is_announced: bool


def people_ahead(where: Standing, code: MunicipalityCode, day: date) -> PeopleAhead:
    """Return the people expected to be linked to a municipality in the months after a day."""
    running = where.half_year
    national, is_announced = _national(running.next, day)
    everyone = sum(target.inhabitants for target in where.held.targets.values())
    following = national * where.held.targets[code].inhabitants / everyone
    ends = tuple(months_after(day, step) for step in range(MONTHS + 1))
    people = spread_over(
        [
            (np.full(DRAWS, float(where.open_people(code))), _shares(ends, day, running)),
            (following, _shares(ends, running.next.first_day, running.next)),
        ]
    )
    return PeopleAhead(people, following, is_announced)


def _shares(ends: tuple[date, ...], first: date, half_year: HalfYear) -> list[float]:
    """Return how much of a half-year's days from ``first`` on falls between each two ends."""
    days = (half_year.last_day - first).days + 1
    after = half_year.next.first_day
    shares = []
    for start, end in pairwise(ends):
        overlap = (min(end, after) - max(start, first)).days
        shares.append(max(overlap, 0) / days)
    return shares


def _national(half_year: HalfYear, today: date) -> tuple[NDArray[np.float64], bool]:
    """Return the national number in equally likely futures, and whether it is announced and so the same in all."""
    known = [
        view.announcement
        for view in views(half_year)
        if view.announcement.counts_from is not None and view.announcement.counts_from <= today
    ]
    if known:
        return np.full(DRAWS, float(known[-1].people)), True
    series = next(one for one in packaged_series() if one.name == NATIONAL)
    past = series.known(today)
    rng = np.random.Generator(np.random.PCG64([SEED, today.toordinal()]))
    fan = Declined("nothing is known") if past is None else NAIVE.ahead(past, 1, rng)
    if isinstance(fan, Declined):
        return np.zeros(DRAWS), False
    return np.interp(rng.random(DRAWS), LEVELS, fan[0].people), False
