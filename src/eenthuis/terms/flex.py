"""Projects of flex homes, and the shares of them that a scheme reserves for groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NewType

from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.schemes import SchemeCode, TargetGroup

FlexProjectId = NewType("FlexProjectId", str)
"""Number of a project of flex homes; no address."""


class Direction(StrEnum):
    """Which way a share is bounded; texts about one scheme contradict each other, so it is asked, never assumed."""

    AT_LEAST = "at-least"
    AT_MOST = "at-most"


class CountedIn(StrEnum):
    """Where homes for the groups may lie to count: in the project itself, or anywhere in the municipality's stock.

    The share itself is always of the homes of the project.
    """

    PROJECT = "project"
    WHOLE_STOCK = "whole-stock"


@dataclass(frozen=True, slots=True)
class HomesForGroups:
    """Homes of a project, those of them meant for each group, and extra homes for each group elsewhere in the stock."""

    homes: int
    meant_for: Mapping[TargetGroup, int]
    extra_in_stock: Mapping[TargetGroup, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FlexProject:
    """A project of flex homes ("flexwoningen").

    Attributes
    ----------
    identifier, municipality, owner
        Its number, where it stands, and who owns it.
    scheme, applied_on
        The scheme that was asked to pay for it and the day of that application; no scheme where none was asked.
    homes, sizes
        Its homes, and how many of them for each largest household, in people.
    meant_for, extra_in_stock
        Homes of the project for each group, and extra homes for each group elsewhere in the stock of the municipality.
    starts_on, delivered_on, years
        First day of building, day of delivery, and the years the homes stand from then on.
    """

    identifier: FlexProjectId
    municipality: MunicipalityCode
    owner: str
    scheme: SchemeCode | None
    applied_on: date
    homes: int
    meant_for: Mapping[TargetGroup, int]
    delivered_on: date
    years: int
    starts_on: date | None = None
    sizes: Mapping[int, int] = field(default_factory=dict)
    extra_in_stock: Mapping[TargetGroup, int] = field(default_factory=dict)

    @property
    def for_status_holders(self) -> int:
        """Homes of the project that are meant for status holders."""
        return self.meant_for.get(TargetGroup.STATUS_HOLDERS, 0)

    @property
    def for_groups(self) -> HomesForGroups:
        """The homes by which shares are counted."""
        return HomesForGroups(self.homes, self.meant_for, self.extra_in_stock)


@dataclass(frozen=True, slots=True)
class HomesInHalfYear:
    """Homes for status holders that come and go in a half-year; one home houses one household."""

    half_year: HalfYear
    delivered: int
    ended: int
