"""Early warning: where each municipality stands on a day, and what three plain models make of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from eenthuis.forecast.completion import LEAST_EVENTS, Curve, Days, Shares, curve, mean_within
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.warning import OnTheWay, TargetToMeet

NEVER = date.max.toordinal()
RECENT = 182  # days from which the pace of linking is taken
OWN = 0.5  # weight of a municipality's own pace of linking beside that of the country
CONTINUITY = 0.5  # people

PACE, SEASON, PIPELINE, BOTH = "pace", "season", "pipeline", "pipeline-and-season"
MODELS = (PACE, SEASON, PIPELINE, BOTH)
"""The models, the simplest first. ``PACE`` looks at what was realised alone and is the naive one."""


@dataclass(frozen=True, slots=True)
class History:
    """Households and targets as arrays; days are ordinals, a day that has not come is :data:`NEVER`."""

    codes: tuple[MunicipalityCode, ...]
    place: Days
    persons: Days
    linked: Days
    home: Days
    signed: Days
    ended: Days
    targets: dict[HalfYear, Shares]

    @property
    def half_years(self) -> tuple[HalfYear, ...]:
        """The half-years with targets, oldest first."""
        return tuple(sorted(self.targets))


@dataclass(frozen=True, slots=True)
class Situation:
    """Every municipality at the start of a day in a half-year, in people, in the order of ``codes``.

    ``needed`` is the corrected target and ``realised`` what was signed off in the half-year so far. ``linked`` are
    people linked and not signed off; ``expected`` of them, and ``coming`` of links still to be made, are signed off by
    the end; ``variance`` is that of both together. ``season`` is the share of a half-year's sign-offs that earlier
    half-years had by this day, ``new_link`` the chance of a household linked today to be signed off by the end, and
    ``size`` the people in a household when one person counts as much as another.
    """

    half_year: HalfYear
    on: date
    codes: tuple[MunicipalityCode, ...]
    needed: Shares
    realised: Shares
    linked: Shares
    expected: Shares
    coming: Shares
    variance: Shares
    season: float
    new_link: float
    size: float

    def with_more(self, place: int, people: float, variance: float) -> Situation:
        """Return the same day with so many people more expected in one municipality."""
        expected, spread = self.expected.copy(), self.variance.copy()
        expected[place] += people
        spread[place] = max(spread[place] + variance, 0.0)
        return replace(self, expected=expected, variance=spread)

    def at(self, place: int) -> Situation:
        """Return the same day for one municipality alone."""
        one = slice(place, place + 1)
        return replace(
            self,
            codes=self.codes[one],
            needed=self.needed[one],
            realised=self.realised[one],
            linked=self.linked[one],
            expected=self.expected[one],
            coming=self.coming[one],
            variance=self.variance[one],
        )

    @property
    def days_left(self) -> int:
        """Days on which somebody can still be signed off, the day itself included."""
        return (self.half_year.last_day - self.on).days + 1

    @property
    def is_met(self) -> NDArray[np.bool_]:
        """Who has realised the target already."""
        met: NDArray[np.bool_] = self.realised >= self.needed
        return met

    @property
    def elapsed(self) -> float:
        """The share of the days of the half-year that have passed."""
        first = self.half_year.first_day
        return (self.on - first).days / ((self.half_year.last_day - first).days + 1)

    def signals(self, model: str) -> Shares:
        """Return what a model looks at, one row per municipality.

        Raises
        ------
        KeyError
            When there is no such model.
        """
        columns = {
            PACE: (self._ahead(self.elapsed),),
            SEASON: (self._ahead(self.season),),
            PIPELINE: (self._margin(),),
            BOTH: (self._margin(), self._ahead(self.season)),
        }[model]
        return np.column_stack(columns)

    def _ahead(self, share: float) -> Shares:
        """Return how far the end lies above the target if the rest comes as the share so far, as a log of the ratio."""
        end: Shares = np.log((self.realised / max(share, 0.02) + 1) / (np.maximum(self.needed, 0) + 1))
        return end

    def _margin(self) -> Shares:
        """Return what is expected beyond the target, in standard deviations."""
        short = self.needed - self.realised - CONTINUITY
        margin: Shares = (self.expected + self.coming - short) / np.sqrt(self.variance + 1.0)
        return np.clip(margin, -8.0, 8.0)


def history_of(ways: Iterable[OnTheWay], targets: Iterable[TargetToMeet]) -> History:
    """Return households and targets as arrays; a municipality without any target is left out."""
    listed = tuple(targets)
    codes = tuple(sorted({one.municipality for one in listed}))
    index = {code: place for place, code in enumerate(codes)}
    by_half_year: dict[HalfYear, Shares] = {}
    for one in listed:
        held = by_half_year.setdefault(one.half_year, np.full(len(codes), np.nan))
        held[index[one.municipality]] = one.people
    rows = np.array(
        [
            (
                index[way.municipality],
                way.persons,
                way.linked_on.toordinal(),
                way.home_on.toordinal() if way.home_on else NEVER,
                way.signed_off_on.toordinal() if way.signed_off_on else NEVER,
                way.ended_on.toordinal() if way.ended_on else NEVER,
            )
            for way in ways
            if way.municipality in index
        ],
        dtype=np.int64,
    ).reshape(-1, 6)
    place, persons, linked, home, signed, ended = rows.T
    return History(codes, place, persons, linked, home, signed, ended, by_half_year)


def situation(history: History, half_year: HalfYear, on: date) -> Situation:
    """Return where every municipality with a target stands at the start of a day, from what was known then.

    Raises
    ------
    KeyError
        When no municipality has a target of the half-year.
    """
    day, first = on.toordinal(), half_year.first_day.toordinal()
    left = (half_year.last_day - on).days + 1
    has = ~np.isnan(history.targets[half_year])
    known = history.linked < day
    link_curve, home_curve = _curves(history, day, known)
    is_open = known & (history.signed >= day) & (history.ended >= day)
    with_home = is_open & (history.home < day) & (home_curve.events >= LEAST_EVENTS)
    chance = np.zeros(len(history.place))
    alone = is_open & ~with_home
    chance[alone] = link_curve.within(day - history.linked[alone], left)
    chance[with_home] = home_curve.within(day - history.home[with_home], left)

    def per_place(values: Shares) -> Shares:
        summed: Shares = np.bincount(history.place, weights=values, minlength=len(history.codes)).astype(
            float
        )
        return summed

    persons = history.persons.astype(float)
    done = (history.signed >= first) & (history.signed < day)
    rate, size, square = _coming(history, half_year, day, known)
    new_link = mean_within(link_curve, left)
    coming = rate * left * new_link
    spread = per_place(np.where(is_open, persons**2 * chance * (1 - chance), 0.0))
    return Situation(
        half_year=half_year,
        on=on,
        codes=tuple(code for code, held in zip(history.codes, has, strict=True) if held),
        needed=history.targets[half_year][has],
        realised=per_place(np.where(done, persons, 0.0))[has],
        linked=per_place(np.where(is_open, persons, 0.0))[has],
        expected=per_place(np.where(is_open, persons * chance, 0.0))[has],
        coming=coming[has],
        variance=(spread + coming * square / size)[has],
        season=_season(history, half_year, on),
        new_link=float(link_curve.within(np.zeros(1, dtype=np.int64), left)[0]),
        size=square / size,
    )


def home_chance(history: History, on: date, days: int) -> tuple[float, int]:
    """Return the chance of a household that accepts a home today to be signed off within so many days.

    With it the households that the figures know of: with few of them the chance says little.
    """
    day = on.toordinal()
    _, found = _curves(history, day, history.linked < day)
    return float(found.within(np.zeros(1, dtype=np.int64), days)[0]), found.events


def realised_in(history: History, half_year: HalfYear) -> Shares:
    """Return what every municipality with a target had realised at the end of a half-year, in people."""
    first, last = half_year.first_day.toordinal(), half_year.last_day.toordinal()
    done = (history.signed >= first) & (history.signed <= last)
    persons = np.where(done, history.persons, 0).astype(float)
    people = np.bincount(history.place, weights=persons, minlength=len(history.codes)).astype(float)
    return people[~np.isnan(history.targets[half_year])]


def origins(half_year: HalfYear) -> Sequence[date]:
    """Return the days of a half-year on which its forecasts are tried: the first of every month but the first."""
    return half_year.months[1:]


def _curves(history: History, day: int, known: NDArray[np.bool_]) -> tuple[Curve, Curve]:
    """Return the curves since the link and since a home was accepted, from what was known at the start of a day."""
    seen = np.minimum(np.minimum(history.signed, history.ended), day)
    done = history.signed < day
    since = min(history.targets).first_day.toordinal()
    since_link = curve(history.linked[known], seen[known], done[known], since)
    housed = known & (history.home < day)
    since_home = curve(history.home[housed], np.maximum(seen, history.home)[housed], done[housed], since)
    return since_link, since_home


def _coming(
    history: History, half_year: HalfYear, day: int, known: NDArray[np.bool_]
) -> tuple[Shares, float, float]:
    """Return people linked per day and municipality lately, and the mean size and square of a household."""
    lately = known & (history.linked >= day - RECENT)
    persons = history.persons[lately].astype(float)
    if not len(persons):
        return np.zeros(len(history.codes)), 1.0, 1.0
    own = np.bincount(history.place[lately], weights=persons, minlength=len(history.codes)) / RECENT
    asked = np.maximum(np.nan_to_num(history.targets[half_year]), 0.0)
    country = own.sum() * asked / max(asked.sum(), 1.0)
    return OWN * own + (1 - OWN) * country, float(persons.mean()), float((persons**2).mean())


def _season(history: History, half_year: HalfYear, on: date) -> float:
    """Return the share of sign-offs that earlier half-years had by the same day; that of the days without any."""
    passed = (on - half_year.first_day).days
    before = after = 0.0
    for earlier in history.half_years:
        if earlier >= half_year:
            continue
        first = earlier.first_day
        inside = (history.signed >= first.toordinal()) & (history.signed <= earlier.last_day.toordinal())
        early = inside & (history.signed < (first + timedelta(days=passed)).toordinal())
        before += float(history.persons[early].sum())
        after += float(history.persons[inside].sum())
    days = (half_year.last_day - half_year.first_day).days + 1
    return before / after if after else passed / days
