"""Words of the policy lab: parameters, levers and scenarios, each value with its ground."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from eenthuis.terms.law import Authority


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number the simulation uses, the range in which it may lie, and its source."""

    name: str
    value: float
    low: float
    high: float
    unit: str
    meaning: str
    authority: Authority
    source: str
    note: str


class LeverKind(StrEnum):
    """What a lever takes: yes or no, a number in a range, or one of some words."""

    SWITCH = "switch"
    NUMBER = "number"
    CHOICE = "choice"


LeverValue = bool | float | str
"""The value of a lever, by its kind."""


@dataclass(frozen=True, slots=True)
class Lever:
    """Something a scenario can change; ``recommendation`` is its number in the memo, 0 for none."""

    name: str
    recommendation: int
    kind: LeverKind
    default: LeverValue
    low: float
    high: float
    choices: tuple[str, ...]
    unit: str
    meaning: str
    authority: Authority
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """A value for every lever, with what each rests on; what a scenario does not set keeps its default."""

    name: str
    levers: Mapping[str, LeverValue]
    sources: Mapping[str, str]


LEVER_COLUMNS = (
    "name", "recommendation", "kind", "default", "choices", "low", "high", "unit", "meaning", "authority", "source",
    "note",
)  # fmt: skip
PARAMETER_COLUMNS = ("name", "value", "low", "high", "unit", "meaning", "authority", "source", "note")
MEASURE_COLUMNS = ("name", "unit", "meaning")
"""Columns of the registers of levers, parameters and measures, as every table of them is given."""
