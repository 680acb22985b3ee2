"""Official figures beside a forecast: estimates ("ramingen") with minimum and maximum, and counts of who came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from eenthuis.terms.half_year import HalfYear

MOST_PEOPLE = 1_000_000
"""More than anybody estimates for half a year; beyond it a number is a slip of the pen."""


class Quantity(StrEnum):
    """What is estimated or counted, in people.

    ``NATIONAL_NUMBER`` is the number of status holders to house in a half-year; ``WAITING`` those in reception at its
    end; the others are people who come within it.
    """

    NATIONAL_NUMBER = "national-number"
    PERMITS = "permits"
    FIRST_REQUESTS = "first-requests"
    JOINING_RELATIVES = "joining-relatives"
    WAITING = "waiting"


class EstimateKind(StrEnum):
    """Whether a figure says what will come, or what has come."""

    ESTIMATE = "estimate"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Estimate:
    """An official figure of one quantity in one half-year, in people.

    ``low`` and ``high`` are the minimum and maximum scenario where they were published; ``middle`` is the one that is
    worked with, or the count. ``made_on`` is the day it was published and ``known_by`` a day by which it had been,
    where only that was found. ``until`` is the last day counted, of a count.
    """

    quantity: Quantity
    half_year: HalfYear
    kind: EstimateKind
    middle: int
    low: int | None
    high: int | None
    made_on: date | None
    known_by: date | None
    until: date | None
    source: str
    note: str = ""

    @property
    def counts_from(self) -> date:
        """The day from which it counts as known; of two unknown days the half-year's first."""
        return self.made_on or self.known_by or self.half_year.first_day
