"""Who asks, for which place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from eenthuis.terms.places import LinkingRegion, MunicipalityCode, ProvinceCode


class Role(StrEnum):
    """The roles of the chain; ``PUBLIC`` is anyone who has not signed in."""

    PUBLIC = "public"
    MINISTRY = "ministry"
    COA = "coa"
    MUNICIPALITY = "municipality"
    PROVINCE = "province"
    IND = "ind"
    HOUSING_ASSOCIATION = "housing-association"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Reach(StrEnum):
    """How far a role may see or act, widest first."""

    NATION = "nation"
    OWN_PROVINCE = "own-province"
    OWN_MUNICIPALITY = "own-municipality"
    OWN_HOMES = "own-homes"
    AGGREGATES = "aggregates"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone who asks: an account with a role and the place it belongs to.

    ``scopes`` narrows a program with an API key to some actions of its role; outside them it is anyone. None is no
    narrowing at all.
    ``region`` is where an officer of COA leads; it opens that desk and neither widens nor narrows a reach.
    ``association`` is the housing association whose homes are an account's own.
    ``hand`` is the name of a colleague who stands in: this actor is for whom it is done, the hand is who does it.
    """

    name: str
    role: Role
    municipality: MunicipalityCode | None = None
    province: ProvinceCode | None = None
    scopes: frozenset[str] | None = None
    region: LinkingRegion | None = None
    association: str | None = None
    hand: str = ""

    @property
    def organisation(self) -> str:
        """The organisation this actor works for: its role, with its place or the housing association.

        Examples
        --------
        >>> Actor("someone", Role.MUNICIPALITY, MunicipalityCode("GM0344")).organisation
        'municipality:GM0344'
        """
        return f"{self.role}:{self.association or self.municipality or self.province or ''}"

    def role_for(self, action: str) -> Role:
        """Return the role in which this actor does an action.

        Examples
        --------
        >>> Actor("key", Role.COA, scopes=frozenset({"propose"})).role_for("confirm-link")
        <Role.PUBLIC: 'public'>
        """
        return self.role if self.scopes is None or action in self.scopes else Role.PUBLIC


ANYONE = Actor(name="anyone", role=Role.PUBLIC)
"""Who has not signed in."""


@dataclass(frozen=True, slots=True)
class Place:
    """What is asked about: the country, a province, or a municipality within a province."""

    province: ProvinceCode | None = None
    municipality: MunicipalityCode | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of :func:`eenthuis.access.decide`, with the row of the matrix that decided."""

    allowed: bool
    reach: Reach
    row: str
    reason: str
