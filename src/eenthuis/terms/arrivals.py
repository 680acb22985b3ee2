"""Published counts of people who arrive: first asylum requests and joining relatives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ArrivalCount:
    """How many ``people`` were counted in a month in one group of a published series.

    ``month`` is its first day. A group is a label of a published aggregate, never a field of a person.
    """

    month: date
    series: str
    group: str
    people: int


@dataclass(frozen=True, slots=True)
class ArrivalTotal:
    """The published total of a year, of one group or of everyone (``all``), in people."""

    year: int
    series: str
    group: str
    people: int
    source: str
