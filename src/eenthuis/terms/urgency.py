"""Words of municipal urgency schemes ("urgentieregelingen"): who goes first for a home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from eenthuis.terms.places import MunicipalityCode


class UrgencyGroup(StrEnum):
    """A group that an urgency scheme must name, by its letter in the text of 1 July 2026."""

    CARERS = "a"
    CHRONIC_MEDICAL = "b"
    HOMELESS_SHELTER = "c"
    VIOLENCE_OR_TRAFFICKING_SHELTER = "d"
    LEAVING_PROTECTED_LIVING = "e"
    LEAVING_MENTAL_HEALTH_CARE = "f"
    LEAVING_YOUTH_CARE = "g"
    LEAVING_DETENTION = "h"
    LEAVING_SEX_WORK = "i"
    FAMILIES_WITHOUT_ABODE = "j"


class TargetProvision(StrEnum):
    """How a municipality settled in which way it meets its target (article 12, fourth paragraph)."""

    LAID_DOWN = "laid-down"
    OTHERWISE_BY_EXECUTIVE = "otherwise-by-executive"
    NONE = "none"


class OfferOrder(StrEnum):
    """By what households that could have a home are put in order; the first that tells two of them apart decides."""

    FIRST_DEADLINE = "first-deadline"
    LONGEST_WAITING = "longest-waiting"
    LARGEST_HOUSEHOLD = "largest-household"
    WITH_CHILDREN = "with-children"
    NEEDS_ACCESSIBLE_HOME = "needs-accessible-home"


@dataclass(frozen=True, slots=True)
class UrgencyScheme:
    """What one municipality has on urgency between two days that both count; ``last_day`` is None while it holds.

    ``order`` is empty where the municipality does not say in which order status holders are served.
    """

    municipality: MunicipalityCode
    first_day: date
    last_day: date | None
    has_scheme: bool
    names_status_holders: bool
    provision: TargetProvision
    groups: frozenset[UrgencyGroup]
    order: tuple[OfferOrder, ...]
    source: str

    def holds_on(self, day: date) -> bool:
        """Return whether this is what the municipality has on a day."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


class Shortcoming(StrEnum):
    """What the law asks of an urgency scheme and the register does not show."""

    NO_SCHEME = "no-scheme"
    STATUS_HOLDERS_NOT_NAMED = "status-holders-not-named"
    NO_TARGET_PROVISION = "no-target-provision"
    GROUP_MISSING = "group-missing"
