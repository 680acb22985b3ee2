"""Series per half-year, and what was known of them on a day; nothing learned later passes through here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from eenthuis.terms.half_year import HalfYear


@dataclass(frozen=True, slots=True)
class Observation:
    """A published figure of a half-year, in people, and the first day on which it counts as known."""

    half_year: HalfYear
    people: float
    known_from: date


@dataclass(frozen=True, slots=True)
class MonthCount:
    """A published figure of a month (its first day), in people, and the first day it counts as known."""

    month: date
    people: float
    known_from: date


@dataclass(frozen=True, slots=True)
class Series:
    """A series to forecast: its half-years in order, its months and its groups where they are published.

    ``half_years`` may have gaps. ``months`` is without gaps, or empty. The groups of a series add up to it.
    """

    name: str
    meaning: str
    half_years: tuple[Observation, ...]
    months: tuple[MonthCount, ...] = ()
    groups: tuple[Series, ...] = ()

    def known(self, as_of: date) -> Known | None:
        """Return what was known on ``as_of``, or None where that was nothing.

        Of half-years that begin after the one of ``as_of`` nothing counts, announced or not: those are the ones a
        forecast stands beside.
        """
        latest = HalfYear.containing(as_of)
        halves = tuple(o for o in self.half_years if o.known_from <= as_of and o.half_year <= latest)
        if not halves:
            return None
        groups = tuple(group.known(as_of) for group in self.groups)
        return Known(
            half_years=tuple(o.half_year for o in halves),
            people=tuple(o.people for o in halves),
            months=tuple(m.people for m in self.months if m.known_from <= as_of),
            first_month=self.months[0].month if self.months else None,
            groups=tuple(group for group in groups if group is not None),
        )

    def actual(self, half_year: HalfYear) -> Observation | None:
        """Return the published figure of a half-year, or None where there is none."""
        return next((o for o in self.half_years if o.half_year == half_year), None)


@dataclass(frozen=True, slots=True)
class Known:
    """What was known of a series on a day: the only thing a model gets to see.

    ``months`` are whole months from ``first_month`` on without a gap; they may reach past the last half-year.
    """

    half_years: tuple[HalfYear, ...]
    people: tuple[float, ...]
    months: tuple[float, ...] = ()
    first_month: date | None = None
    groups: tuple[Known, ...] = ()

    @property
    def last(self) -> HalfYear:
        """The last half-year of which the figure was known."""
        return self.half_years[-1]

    def ahead(self, steps: int) -> tuple[HalfYear, ...]:
        """Return the next ``steps`` half-years after the last known one."""
        return tuple(self.last.shift(step) for step in range(1, steps + 1))

    def in_logs(self) -> NDArray[np.float64]:
        """Return the natural logarithm of the figures, at least one person each."""
        return np.log(np.maximum(np.asarray(self.people, dtype=np.float64), 1.0))

    def on_the_calendar(self) -> NDArray[np.float64]:
        """Return :meth:`in_logs` with every half-year from the first to the last; NaN where none is known."""
        positions = [count(half_year) - count(self.half_years[0]) for half_year in self.half_years]
        found = np.full(positions[-1] + 1, np.nan)
        found[positions] = self.in_logs()
        return found


def count(half_year: HalfYear) -> int:
    """Return the number of a half-year on an unbroken count of half-years."""
    return half_year.year * 2 + half_year.half - 1
