"""What somebody puts forward when asking for money, before it is checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from eenthuis.terms.flex import FlexProjectId
from eenthuis.terms.money_files import AskedLine
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.schemes import ProjectFact, SchemeCode
from eenthuis.terms.transit import SiteId


@dataclass(frozen=True, slots=True)
class CostsAsked:
    """Costs that a municipality made for a reception site ("declaratie"), line by line."""

    municipality: MunicipalityCode
    title: str
    site: SiteId
    first_day: date
    last_day: date
    lines: tuple[AskedLine, ...]


@dataclass(frozen=True, slots=True)
class GrantAsked:
    """What a municipality puts forward for the grant for places: its own, and those of its province, on one day."""

    municipality: MunicipalityCode
    title: str
    counted_on: date
    number: int
    places: int
    own_places: int
    kept_at: str


@dataclass(frozen=True, slots=True)
class SchemeAsked:
    """A project put to a scheme; ``asked_cents`` only where the scheme names no amount."""

    municipality: MunicipalityCode
    title: str
    scheme: SchemeCode
    project: FlexProjectId | None
    units: int
    facts: Mapping[ProjectFact, int | bool]
    first_day: date
    last_day: date
    asked_cents: int | None = None
