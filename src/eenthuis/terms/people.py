"""Households of status holders and what counts when they are linked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import LinkingRegion, MunicipalityCode

HouseholdId = NewType("HouseholdId", str)
"""Placement unit number ("plaatsingeenheidsnummer"), as COA identifies a family; invented in the demonstration."""

CentreCode = NewType("CentreCode", str)
"""Code of a reception centre."""


class Sex(StrEnum):
    """Sex as registered; needed for the composition report only, never to decide on a place."""

    FEMALE = "f"
    MALE = "m"
    UNKNOWN = "x"


class HardCriterion(StrEnum):
    """Hard placement criteria ("harde plaatsingscriteria"): they bind a household to a place."""

    FIRST_DEGREE_FAMILY = "first-degree-family"
    FAMILY_REUNIFICATION = "family-reunification"
    MEDICAL_TREATMENT = "medical-treatment"
    WORK_CONTRACT = "work-contract"
    STUDY = "study"


class SoftCriterion(StrEnum):
    """Soft placement criteria ("zachte plaatsingscriteria"): they make a link more promising."""

    WORK_EXPERIENCE = "work-experience"
    EDUCATION = "education"
    NETWORK = "network"
    AMBITION = "ambition"


class Evidence(StrEnum):
    """The kind of evidence that was seen for a hard criterion; never the document."""

    FAMILY_TIE = "family-tie"
    REUNIFICATION = "reunification"
    TREATMENT = "treatment"
    CONTRACT_AND_PAY_SLIP = "contract-and-pay-slip"
    ENROLMENT = "enrolment"


@dataclass(frozen=True, slots=True)
class HardTie:
    """A hard criterion and the municipalities that satisfy it; one or several, never none."""

    criterion: HardCriterion
    municipalities: frozenset[MunicipalityCode]


@dataclass(frozen=True, slots=True)
class SoftTie:
    """A soft criterion and the municipalities in which it makes a link more promising."""

    criterion: SoftCriterion
    municipalities: frozenset[MunicipalityCode]


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a household who is in reception now."""

    birth_year: int
    sex: Sex
    is_adult: bool


@dataclass(frozen=True, slots=True)
class JoiningRelatives:
    """Relatives ("nareizigers") who are expected to join the household."""

    people: int
    visa_granted: bool
    expected_on: date | None


@dataclass(frozen=True, slots=True)
class ReceptionCentre:
    """A reception centre ("azc", "opvanglocatie") and where it stands."""

    code: CentreCode
    name: str
    municipality: MunicipalityCode
    places: int


@dataclass(frozen=True, slots=True)
class Household:
    """A household ("huishouden") of status holders waiting in reception.

    Nationality, religion and ethnicity are not fields, and cannot be.
    """

    identifier: HouseholdId
    members: tuple[Member, ...]
    permit_on: date
    centre: CentreCode
    region: LinkingRegion
    hard_ties: tuple[HardTie, ...] = ()
    soft_ties: tuple[SoftTie, ...] = ()
    joining: JoiningRelatives | None = None
    needs_accessible_home: bool = False

    @property
    def persons(self) -> int:
        """Members in reception now; joining relatives are not among them."""
        return len(self.members)


@dataclass(frozen=True, slots=True)
class Link:
    """A household linked ("gekoppeld") to a municipality within the target of a half-year."""

    household: HouseholdId
    municipality: MunicipalityCode
    half_year: HalfYear
    persons: int
    linked_on: date
    reasons: tuple[str, ...]
