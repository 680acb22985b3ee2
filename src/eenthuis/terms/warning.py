"""Words of early warning: households on their way to a home, as far as a chance to meet the target needs them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """A household linked to a municipality: when, whether it accepted a home, was signed off, or its link ended."""

    municipality: MunicipalityCode
    persons: int
    linked_on: date
    home_on: date | None = None
    signed_off_on: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class TargetToMeet:
    """The corrected target of a municipality in a half-year, in people; negative where a lead exceeds it."""

    municipality: MunicipalityCode
    half_year: HalfYear
    people: int
