"""Whether what is now expected of a half-year differs so much from what was told that it must be told anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from eenthuis.law.records import DeviationLaw, TargetLaw
from eenthuis.rules.rounding import rounded
from eenthuis.rules.targets import net_targets
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.law import Rounding
from eenthuis.terms.places import Inhabitants, MunicipalityCode


class Origin(StrEnum):
    """What says that another number is to be expected.

    ``NEWER``: a newer official estimate or number. ``COUNT``: who came so far, carried on evenly. ``FORECAST``: our
    own forecast, whose band of 80 percent the number told lies outside. ``ARRIVALS``: the number told, moved along
    with how many first requests and joining relatives came in twelve months.
    """

    NEWER = "newer"
    COUNT = "count"
    FORECAST = "forecast"
    ARRIVALS = "arrivals"


@dataclass(frozen=True, slots=True)
class Told:
    """What municipalities were last told of a half-year, in people, and from which day."""

    half_year: HalfYear
    people: int
    known_from: date
    source: str


@dataclass(frozen=True, slots=True)
class Signal:
    """What is expected instead, in people; ``low`` and ``high`` are its band of 80 percent, where it has one."""

    origin: Origin
    people: int
    known_from: date
    source: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Deviation:
    """A substantial deviation: what was told and what says otherwise."""

    told: Told
    signal: Signal

    @property
    def change(self) -> int:
        """How many more people are expected than were told; below 0 fewer."""
        return self.signal.people - self.told.people

    @property
    def share(self) -> Fraction:
        """The change as a share of what was told; of nothing told, 1."""
        return Fraction(self.change, self.told.people) if self.told.people else Fraction(1)


def substantial(told: int, expected: int, law: DeviationLaw) -> bool:
    """Return whether a difference is large enough in people and as a share of what was told; its ends count.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> law = law_book().deviation(date(2025, 4, 30))
    >>> substantial(17_700, 15_000, law), substantial(17_700, 16_500, law), substantial(3_000, 2_600, law)
    (True, False, False)
    """
    difference = abs(expected - told)
    return difference >= law.people and difference >= law.share * told


def deviation(told: Told, signal: Signal, law: DeviationLaw) -> Deviation | None:
    """Return the deviation that a signal shows; None where it is small, older than what was told or within its band."""
    if signal.known_from < told.known_from or not substantial(told.people, signal.people, law):
        return None
    if signal.low is not None and signal.high is not None and signal.low <= told.people <= signal.high:
        return None
    return Deviation(told, signal)


def deviations(told: Told, signals: Iterable[Signal], law: DeviationLaw) -> tuple[Deviation, ...]:
    """Return the deviations that signals show, at most one of each origin: that of its latest signal."""
    latest: dict[Origin, Signal] = {}
    for signal in sorted(signals, key=lambda one: one.known_from):
        latest[signal.origin] = signal
    found = (deviation(told, latest[origin], law) for origin in Origin if origin in latest)
    return tuple(one for one in found if one is not None)


def carried_on(counted: int, half_year: HalfYear, until: date, law: DeviationLaw) -> int | None:
    """Return the people of the whole half-year if they keep coming as they did; None while too few days are counted.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> carried_on(4_000, HalfYear(2026, 1), date(2026, 3, 31), law_book().deviation(date(2026, 4, 1)))
    8044
    """
    days = (half_year.last_day - half_year.first_day).days + 1
    counted_days = (until - half_year.first_day).days + 1
    if Fraction(counted_days, days) < law.least_counted:
        return None
    return rounded(counted * days, counted_days, Rounding.ARITHMETIC)


def moved_along(told: int, before: int, now: int) -> int | None:
    """Return what was told, moved along with people who came in twelve months ``before`` it and until ``now``."""
    return rounded(told * now, before, Rounding.ARITHMETIC) if before > 0 else None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a deviation means for one municipality: targets by both numbers, in people, and the change in homes."""

    municipality: MunicipalityCode
    told: int
    expected: int
    homes: int

    @property
    def people(self) -> int:
        """How many more people it would have to house; below 0 fewer."""
        return self.expected - self.told


def meanings(
    found: Deviation, inhabitants: Inhabitants, law: TargetLaw, deviating: DeviationLaw
) -> tuple[Meaning, ...]:
    """Return what a deviation means for every municipality, shared out as targets are, by code.

    References
    ----------
    Huisvestingswet 2014, art. 29, first paragraph.
    """
    told, expected = (
        _shares(found.told.half_year, people, inhabitants, law)
        for people in (found.told.people, found.signal.people)
    )
    return tuple(
        Meaning(code, told[code], expected[code], homes(expected[code] - told[code], deviating))
        for code in sorted(told)
    )


def homes(people: int, law: DeviationLaw) -> int:
    """Return how many homes a change in people asks, with its sign."""
    per_home = law.persons_per_home
    needed = rounded(abs(people) * per_home.denominator, per_home.numerator, Rounding.ARITHMETIC)
    return needed if people >= 0 else -needed


def _shares(
    half_year: HalfYear, national: int, inhabitants: Inhabitants, law: TargetLaw
) -> Mapping[MunicipalityCode, int]:
    made = net_targets(half_year=half_year, national=national, inhabitants=inhabitants, law=law)
    return {target.municipality: target.people for target in made.targets}
