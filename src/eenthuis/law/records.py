"""Narrow records of law that rules receive; each carries the citations of its values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from eenthuis.terms.law import Citation, Rounding


class ReferenceRule(StrEnum):
    """Which 1 January gives the inhabitants.

    ``YEAR_BEFORE_HALF_YEAR``: of the calendar year before the one the half-year belongs to.
    ``YEAR_BEFORE_ANNOUNCEMENT``: of the calendar year before the one in which the number is announced, which is two
    years before a half-year that begins in January.
    """

    YEAR_BEFORE_HALF_YEAR = "year-before-half-year"
    YEAR_BEFORE_ANNOUNCEMENT = "year-before-announcement"


class ReorganisationRule(StrEnum):
    """Who sets the inhabitants of a municipality in a reorganisation."""

    PROVINCIAL_EXECUTIVE = "provincial-executive"
    PARTS_AT_REFERENCE_DATE = "parts-at-reference-date"


class CountingOrder(StrEnum):
    """What realised people are counted towards first."""

    BACKLOG_FIRST = "backlog-first"
    NEW_TARGET_FIRST = "new-target-first"


@dataclass(frozen=True, slots=True)
class TargetLaw:
    """What the Act says of the net target in one half-year."""

    rounding: Rounding
    reference_rule: ReferenceRule
    notice_weeks: int
    swap_keeps_sum: bool
    swap_parties: int
    reorganisation: ReorganisationRule
    interim_change_has_ground: bool
    down_inside: bool
    up_inside: bool
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class RealisationLaw:
    """How what was realised is counted and carried over; practice, not statute."""

    backlog_carries: bool
    lead_carries: bool
    order: CountingOrder
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class ProgressLaw:
    """The expected pace and the limits of its classes, as shares of what the pace asks."""

    months: int
    on_schedule_from: Fraction
    far_behind_below: Fraction
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class ProcessLaw:
    """The weeks between permit and key: linking, finding a home, moving."""

    link_weeks: int
    home_weeks: int
    move_weeks: int
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class LinkingLaw:
    """The month of a half-year by whose first day enough people must be linked, and the floor of small counts."""

    reference_month: int
    disclosure_floor: int
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class BreakGlassLaw:
    """How many minutes the account for emergencies stays open, with its paper."""

    minutes: int
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class NoticeLaw:
    """The days in which a notice that asks for it is acknowledged, and how many days ahead one tells of a day to come.

    ``near_days`` is for the last day of a deadline, ``erasing_days`` for the day on which records are erased.
    """

    acknowledge_days: int
    near_days: int
    erasing_days: int
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class DeviationLaw:
    """From when a deviation of the national number is substantial, and how it is said in homes.

    ``share`` is of the number told, ``people`` a least number of people, ``least_counted`` the share of a half-year's
    days that a count must cover, ``persons_per_home`` how many people one home houses on average.
    """

    share: Fraction
    people: int
    least_counted: Fraction
    persons_per_home: Fraction
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class CompositionLaw:
    """How family composition is told: what is hidden, what a large family is, and of which areas.

    ``large`` counts members in reception, ``large_with_joining`` also relatives whose entry visa was granted.
    Municipalities of at least ``alone`` inhabitants at the start of ``areas_year`` are told of by themselves, others in
    areas of at least ``together`` inhabitants and ``fewest`` municipalities.
    """

    floor: int
    protection: int
    large: int
    large_with_joining: int
    alone: int
    together: int
    fewest: int
    areas_year: int
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class CountingLaw:
    """Which groups count towards the target, each with its citation."""

    counts: Mapping[str, bool]
    citations: Mapping[str, Citation]
