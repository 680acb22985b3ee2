"""Counts of people in reception."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ReceptionCount:
    """A published count on one day: of people, or of locations where ``quantity`` says so."""

    day: date
    quantity: str
    number: int
    source: str
    note: str
