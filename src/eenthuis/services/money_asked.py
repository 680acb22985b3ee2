"""What somebody puts forward when asking for money, before it is checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from eenthuis.terms.flex import FlexProjectId
from eenthuis.terms.money_files import AskedLine
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.schemes import ProjectFact, SchemeCode


@dataclass(frozen=True, slots=True)
class CostsAsked:
    """Costs that a municipality made for a reception site ("declaratie"), line by line.

    ``site`` is the number of one of its sites in the register, as COA confirmed it.
    """

    municipality: MunicipalityCode
    title: str
    site: str
    first_day: date
    last_day: date
    lines: tuple[AskedLine, ...]


@dataclass(frozen=True, slots=True)
class GrantAsked:
    """What a municipality puts forward for the grant for places: its own, and those of its province, on one day.

    Numbers that are None are those of the registers; another number needs ``why``.
    """

    municipality: MunicipalityCode
    title: str
    counted_on: date
    number: int | None
    places: int | None
    own_places: int | None
    kept_at: str
    why: str = ""


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
