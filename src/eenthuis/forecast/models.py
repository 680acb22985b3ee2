"""The register of models; the first is the naive forecast that all others stand beside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from numpy.random import Generator

from eenthuis.forecast.fan import Forecast
from eenthuis.forecast.pooled import pooled
from eenthuis.forecast.series import Known
from eenthuis.forecast.simple import drift, same_as_last, same_as_last_year
from eenthuis.forecast.smoothing import smoothing, state_space


@dataclass(frozen=True, slots=True)
class Model:
    """A model: its name in files, what it does, and the function that forecasts from what is known."""

    name: str
    meaning: str
    ahead: Callable[[Known, int, Generator], Forecast]


NAIVE = Model("same-as-last", "the last known half-year once more", same_as_last)

MODELS: tuple[Model, ...] = (
    NAIVE,
    Model("same-as-last-year", "the same half of the last year known", same_as_last_year),
    Model("drift", "the mean change so far goes on", drift),
    Model(
        "smoothing", "exponential smoothing of the months, with a season where that fits better", smoothing
    ),
    Model("state-space", "a level that wanders, seen with noise", state_space),
    Model("pooled", "groups of arrivals that grow and fade by one shared law, added up", pooled),
)

EQUAL = "combined-equally"
LEARNED = "combined-by-record"
COMBINED = {
    EQUAL: "the mean of all models, quantile by quantile",
    LEARNED: "the same, each model weighing as its pinball loss so far was low",
}
"""The combinations, by name, with what each does."""

NAMES: tuple[str, ...] = (*(model.name for model in MODELS), *COMBINED)
"""The names of every model and combination, in the order of reports."""
