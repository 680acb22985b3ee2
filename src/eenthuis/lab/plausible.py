"""The sets of parameters that futures are lived with."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np

from eenthuis.lab.dice import open_cell, uniform
from eenthuis.reference.policy import lab_parameters
from eenthuis.reference.tables import rows


@cache
def parameter_sets() -> tuple[Mapping[str, float], ...]:
    """Return the plausible sets in order; each future takes the next, so that no figure rests on one point.

    A set holds what calibration varied; every other parameter keeps its value.
    """
    central = {name: parameter.value for name, parameter in lab_parameters().items()}
    return tuple(
        central | {name: float(value) for name, value in row.items() if name in central}
        for row in rows("lab_plausible")
    )


PAST_ONLY = frozenset({"permits_per_request", "permits_most", "permits_spread", "procedure_months"})
"""Parameters of the past, which no future reads."""
RANGES = 8
"""Stream of chance of parameters that are drawn from their range."""


@cache
def set_columns() -> tuple[str, ...]:
    """Return the parameters that a plausible set holds, in order."""
    return tuple(name for name in rows("lab_plausible")[0] if name in lab_parameters())


@cache
def free_parameters() -> tuple[str, ...]:
    """Return the parameters that calibration left alone and that have a range, in order."""
    return tuple(
        name
        for name, one in lab_parameters().items()
        if one.low < one.high and name not in set_columns() and name not in PAST_ONLY
    )


def ranged_set(seed: int, future: int) -> Mapping[str, float]:
    """Return the next plausible set with every other parameter drawn evenly from its range."""
    dice = np.zeros(1, np.uint64)
    open_cell(dice, seed, future, 0, RANGES)
    parameters, sets = lab_parameters(), parameter_sets()
    drawn = {
        name: parameters[name].low + (parameters[name].high - parameters[name].low) * uniform(dice)
        for name in free_parameters()
    }
    return dict(sets[future % len(sets)]) | drawn
