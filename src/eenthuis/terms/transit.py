"""Transit locations ("doorstroomlocaties"): sites with places, and the days people stay there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from eenthuis.terms.places import MunicipalityCode

SiteId = NewType("SiteId", str)
"""Short name of a site; no address."""

PersonNumber = NewType("PersonNumber", str)
"""A number that tells two people apart inside one claim; no citizen number, no file number."""


@dataclass(frozen=True, slots=True)
class TakesPart:
    """A municipality takes part in a site between two days that both count; ``last_day`` is None while it goes on."""

    municipality: MunicipalityCode
    first_day: date
    last_day: date | None


@dataclass(frozen=True, slots=True, order=True)
class PersonAt:
    """A person at a site, by the number that holds inside it."""

    site: SiteId
    person: PersonNumber


@dataclass(frozen=True, slots=True)
class TransitSite:
    """A transit location, its places, its days, and the municipalities that take part in it.

    ``last_day`` counts and is None where no end was agreed. ``municipality`` is where it stands; it always takes part.
    ``participants`` are all that take part or did so; one with days in ``taking_part`` does so on those, any other one
    as long as the site is there.
    """

    site: SiteId
    municipality: MunicipalityCode
    places: int
    first_day: date
    last_day: date | None
    participants: frozenset[MunicipalityCode]
    taking_part: tuple[TakesPart, ...] = ()


@dataclass(frozen=True, slots=True)
class TransitStay:
    """One person at a site from ``first_day`` to ``last_day``, both counted; None while the stay lasts.

    ``linked_to`` is the municipality the person is linked to; ``came_from`` who this was at a site before, where known.
    """

    person: PersonNumber
    site: SiteId
    linked_to: MunicipalityCode
    first_day: date
    last_day: date | None
    came_from: PersonAt | None = None


class NotPaid(StrEnum):
    """Why a day of a person is not paid."""

    SCHEME_NOT_IN_FORCE = "scheme-not-in-force"
    SITE_CLOSED = "site-closed"
    SITE_TOO_LONG = "site-too-long"
    LINKED_TO_NO_PARTICIPANT = "linked-to-no-participant"
    COUNTED_ELSEWHERE = "counted-elsewhere"
    DAYS_USED_UP = "days-used-up"
    NO_PLACE = "no-place"


@dataclass(frozen=True, slots=True)
class TransitMonth:
    """What one site comes to in one month, in days of people and whole cents.

    ``elsewhere_days`` are the paid days of people linked to another municipality that takes part.
    """

    site: SiteId
    month: date
    paid_days: int
    elsewhere_days: int
    cents: int
