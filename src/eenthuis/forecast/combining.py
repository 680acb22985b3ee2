"""Combining the fans of several models, quantile by quantile, with equal weights or weights learned from the past."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from eenthuis.forecast.fan import Declined, Forecast, fans

LEAST_SCORED = 6
"""Forecasts of a model that must have met their figure before its record counts."""


def combined(forecasts: Mapping[str, Forecast], weights: Mapping[str, float]) -> Forecast:
    """Return the weighted mean of the quantiles of every model that forecast; weights need not add up to one."""
    given = {name: fan for name, fan in forecasts.items() if not isinstance(fan, Declined) and fan}
    if not given:
        return Declined("no model could forecast")
    stacked = np.stack([[fan.people for fan in given[name]] for name in given])
    weighing = np.asarray([weights[name] for name in given])
    some = next(iter(given.values()))
    return fans(
        tuple(fan.half_year for fan in some), np.tensordot(weighing / weighing.sum(), stacked, axes=1)
    )


def learned_weights(records: Mapping[str, Sequence[tuple[float, float]]]) -> dict[str, float]:
    """Return a weight per model: the naive forecast's pinball loss so far over the model's own, on the same forecasts.

    ``records`` holds per model pairs of its loss and that of the naive forecast, in people, of forecasts whose figure
    was known on the day the weights are for. A model whose record is too short weighs as the mean of the others; with
    no record at all everyone weighs the same.
    """
    scored = {
        name: sum(naive for _, naive in record) / max(sum(own for own, _ in record), 1e-9)
        for name, record in records.items()
        if len(record) >= LEAST_SCORED
    }
    usual = float(np.mean(list(scored.values()))) if scored else 1.0
    return {name: scored.get(name, usual) for name in records}


def equal_weights(forecasts: Mapping[str, Forecast]) -> dict[str, float]:
    """Return a weight of one for every model."""
    return dict.fromkeys(forecasts, 1.0)
