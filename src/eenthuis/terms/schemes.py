"""Words of the schemes that pay for homes and places: what they pay for, whom they serve, what they ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from eenthuis.terms.law import Citation
from eenthuis.terms.places import MunicipalityCode

SchemeCode = NewType("SchemeCode", str)
"""Short name of one version of a scheme ("regeling"), such as ``sft-2023``."""

ApplicationId = NewType("ApplicationId", str)
"""Number under which a project asks for money."""


class TargetGroup(StrEnum):
    """For whom homes are meant ("aandachtsgroepen"), as schemes name them; homes are counted by it, never people."""

    STATUS_HOLDERS = "status-holders"
    DISPLACED_PEOPLE = "displaced-people"
    HOMELESS_PEOPLE = "homeless-people"
    SOCIAL_OR_MEDICAL_URGENCY = "social-or-medical-urgency"
    LEAVING_INSTITUTIONS = "leaving-institutions"
    LABOUR_MIGRANTS = "labour-migrants"
    STUDENTS = "students"
    CARAVAN_DWELLERS = "caravan-dwellers"


class Purpose(StrEnum):
    """What a scheme pays for."""

    EXTRA_HOMES = "extra-homes"
    HOUSED_PEOPLE = "housed-people"
    TEMPORARY_PLACES = "temporary-places"


class AmountPer(StrEnum):
    """What an amount is counted by."""

    HOME = "home"
    PERSON = "person"
    PERSON_DAY = "person-day"


class OrderRule(StrEnum):
    """Who is served first when the budget does not reach: who came first, or a category and within it the lot."""

    FIRST_COME = "first-come"
    CATEGORY_THEN_LOT = "category-then-lot"


class WhenShort(StrEnum):
    """What happens at the first application that no longer fits: all after it get nothing, or only that one."""

    STOP = "stop"
    SKIP = "skip"


class Evidence(StrEnum):
    """What a scheme asks as evidence afterwards."""

    ANNUAL_ACCOUNTS = "annual-accounts"
    HOMES_DELIVERED = "homes-delivered"
    OCCUPANCY_PER_DAY = "occupancy-per-day"


class ConditionKind(StrEnum):
    """How a fact is compared with what a scheme asks."""

    MUST = "must"
    LEAST = "least"
    MOST = "most"


class ProjectFact(StrEnum):
    """A fact of a project that a condition may ask for; yes or no with ``must``, a whole number otherwise."""

    YEARS_AVAILABLE = "years-available"
    SOCIAL_RENT = "social-rent"
    SHORTFALL_PROVEN = "shortfall-proven"
    WRITTEN_LEASE = "written-lease"
    ADDS_TO_STOCK = "adds-to-stock"
    FOUNDATIONS_BEGUN = "foundations-begun"
    MONTHS_TO_DELIVERY = "months-to-delivery"
    MONTHS_TO_START = "months-to-start"
    ONLY_FOR_THE_GROUPS = "only-for-the-groups"
    PERSONS_IN_HOUSEHOLD = "persons-in-household"
    ADULTS_ONLY = "adults-only"
    LINKED_PEOPLE_ONLY = "linked-people-only"
    FROM_RECEPTION_ONLY = "from-reception-only"
    NO_OTHER_HOUSING = "no-other-housing"
    FITS_THE_FAMILY = "fits-the-family"
    SITE_YEARS = "site-years"


class Outcome(StrEnum):
    """What is found about one condition; ``NOT_KNOWN`` when the fact was not given."""

    MET = "met"
    NOT_MET = "not-met"
    NOT_KNOWN = "not-known"


@dataclass(frozen=True, slots=True)
class SchemeProject:
    """What a municipality puts to a scheme: facts, homes or people, and the day on which it applies.

    ``units`` counts what the scheme pays by: homes, people, or days of people.
    """

    application: ApplicationId
    municipality: MunicipalityCode
    applied_on: date
    units: int
    facts: Mapping[ProjectFact, int | bool]


@dataclass(frozen=True, slots=True)
class ConditionResult:
    """One condition with what was found; ``asked`` and ``found`` are as text, ``found`` empty when it was not given."""

    name: str
    asked: str
    found: str
    outcome: Outcome
    citations: tuple[Citation, ...]
