"""Words of the policy lab: parameters, levers and scenarios, each value with its ground."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from eenthuis.terms.law import Authority
from eenthuis.terms.places import MunicipalityCode


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


DISTRIBUTION_KEY, OWN_WEIGHTS = "distribution_key", "own-weights"
"""The lever by what the national number is shared out, and its choice of weights that a user gives."""
THOUSANDTHS = 1000
"""Parts of one unit of weight, so that weights add up exactly."""

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
    """A value for every lever, with what each rests on; what a scenario does not set keeps its default.

    ``weights`` says what each municipality weighs, in thousandths, when the distribution key is :data:`OWN_WEIGHTS`;
    with any other key it is empty or left alone.
    """

    name: str
    levers: Mapping[str, LeverValue]
    sources: Mapping[str, str]
    weights: Mapping[MunicipalityCode, int] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def key(self) -> str:
        """By what the national number is shared out."""
        return str(self.levers[DISTRIBUTION_KEY])

    def differs_in(self, base: Scenario) -> tuple[str, ...]:
        """Return the levers that this scenario pulls otherwise than ``base``; the key too when its weights differ."""
        other = self.key == base.key == OWN_WEIGHTS and dict(self.weights) != dict(base.weights)
        return tuple(
            name
            for name, value in self.levers.items()
            if value != base.levers[name] or (other and name == DISTRIBUTION_KEY)
        )


LEVER_COLUMNS = (
    "name", "recommendation", "kind", "default", "choices", "low", "high", "unit", "meaning", "authority", "source",
    "note",
)  # fmt: skip
PARAMETER_COLUMNS = ("name", "value", "low", "high", "unit", "meaning", "authority", "source", "note")
MEASURE_COLUMNS = ("name", "unit", "meaning")
"""Columns of the registers of levers, parameters and measures, as every table of them is given."""
