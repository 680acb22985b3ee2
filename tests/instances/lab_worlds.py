"""Scenarios, parameters and measures for tests of the policy lab."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from eenthuis.lab.measuring import NAMES
from eenthuis.reference.policy import TODAY, lab_parameters, scenarios
from eenthuis.terms.policy import LeverValue, Scenario

HALF_YEARS = 6
Lived = Callable[..., NDArray[np.float64]]


def today(**levers: LeverValue) -> Scenario:
    """Return today's scenario with other levers."""
    return Scenario("test", {**scenarios()[TODAY].levers, **levers}, {})


def central(**changed: float) -> Mapping[str, float]:
    """Return every parameter at its value, some changed."""
    return {name: one.value for name, one in lab_parameters().items()} | changed


def of(out: NDArray[np.float64], measure: str) -> NDArray[np.float64]:
    """Return one measure over the half-years."""
    return out[:, NAMES.index(measure)]
