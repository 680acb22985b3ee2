"""How people live in and around a project of flex homes ("leefbaarheid"): what is measured, and one figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NewType

LiveabilityId = NewType("LiveabilityId", int)
"""Number of a figure on liveability."""


class LiveabilityUnit(StrEnum):
    """What a figure counts: percent of those who answered, or a number per 100 homes in the twelve months before."""

    PERCENT = "percent"
    PER_100_HOMES = "per-100-homes"


class LiveabilityMeasure(StrEnum):
    """What is measured; the words to each measure say what counts and what does not."""

    SATISFIED = "satisfied"
    COMPLAINTS = "complaints"
    POLICE_REPORTS = "police-reports"
    TURNOVER = "turnover"

    @property
    def unit(self) -> LiveabilityUnit:
        """What a figure of this measure counts."""
        share = self is LiveabilityMeasure.SATISFIED
        return LiveabilityUnit.PERCENT if share else LiveabilityUnit.PER_100_HOMES

    @property
    def most(self) -> Decimal:
        """The largest value that can be right."""
        return Decimal(100) if self.unit is LiveabilityUnit.PERCENT else Decimal(1000)


@dataclass(frozen=True, slots=True)
class LiveabilityFigure:
    """One figure: what was measured on which day, by whom and where it can be read; ``value`` has one decimal.

    ``number`` is None before it is recorded.
    """

    measure: LiveabilityMeasure
    on: date
    value: Decimal
    measured_by: str
    source: str
    number: LiveabilityId | None = None
