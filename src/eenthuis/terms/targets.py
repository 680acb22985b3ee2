"""The housing target ("taakstelling") and everything that changes or follows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.law import Citation
from eenthuis.terms.places import MunicipalityCode


class AnnouncementStatus(StrEnum):
    """How well an announced national number is documented."""

    OFFICIAL = "official"
    PRESS = "press"
    SECONDARY = "secondary"
    DERIVED = "derived"
    ENTERED = "entered"


@dataclass(frozen=True, slots=True)
class Announcement:
    """A national number ("landelijke taakstelling") announced for a half-year.

    ``people`` is the number of status holders to house; ``announced_on`` is unknown for some published numbers. A
    later announcement for the same half-year replaces an earlier one; both stay. ``known_by`` is the last day by which
    it had been published, where only that is known, such as the end of a month. ``note`` holds what a reader must
    know, such as another figure in circulation.
    """

    identifier: str
    half_year: HalfYear
    people: int
    announced_on: date | None
    status: AnnouncementStatus
    source: str
    replaces: str | None = None
    note: str = ""
    known_by: date | None = None

    @property
    def counts_from(self) -> date | None:
        """The day from which it counts: of publication, or by which it was known when that day was not found."""
        return self.announced_on or self.known_by


@dataclass(frozen=True, slots=True)
class NetTarget:
    """The net target ("netto taakstelling") of one municipality, with the exact share it was rounded from."""

    municipality: MunicipalityCode
    half_year: HalfYear
    inhabitants: int
    exact: Fraction
    people: int


@dataclass(frozen=True, slots=True)
class NetTargets:
    """The net targets of a half-year, the facts they follow from and the law that was applied.

    ``national`` and ``total`` are people; ``total`` may differ from ``national`` because each share is rounded.
    """

    half_year: HalfYear
    national: int
    reference_date: date
    country_inhabitants: int
    targets: tuple[NetTarget, ...]
    citations: tuple[Citation, ...]
    remarks: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """The sum of the municipal targets, in people."""
        return sum(target.people for target in self.targets)


@dataclass(frozen=True, slots=True)
class Swap:
    """A joint decision of municipalities to change their targets, the sum staying the same (art. 29(2))."""

    half_year: HalfYear
    decided_on: date
    changes: Mapping[MunicipalityCode, int]
    reference: str = ""


@dataclass(frozen=True, slots=True)
class CorrectedTarget:
    """The corrected target ("gecorrigeerde taakstelling") of one municipality.

    ``backlog_or_lead`` is people carried in: positive is a backlog ("achterstand"), negative a lead ("voorsprong").
    ``people`` = ``net`` + ``swapped`` + ``backlog_or_lead``; it is negative when a lead exceeds the new target.
    """

    municipality: MunicipalityCode
    half_year: HalfYear
    net: int
    swapped: int
    backlog_or_lead: int
    people: int
    pace_per_month: Fraction
    citations: tuple[Citation, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a municipality is at the start of ``as_of``, against the expected pace.

    ``realised`` is people signed off ("afgemeld") in the half-year before ``as_of``; ``expected`` is what the pace
    asks by then; ``linked`` is people linked and not yet signed off.
    """

    municipality: MunicipalityCode
    half_year: HalfYear
    as_of: date
    corrected: int
    realised: int
    linked: int
    expected: Fraction
