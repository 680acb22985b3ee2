"""A forecast as quantiles, and what it cost when the figure came: pinball loss and coverage."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eenthuis.terms.half_year import HalfYear

LEVELS: tuple[float, ...] = tuple(step / 20 for step in range(1, 20))
"""The levels of every forecast: 0.05, 0.10 … 0.95."""

BANDS = {80: (0.1, 0.9), 90: (0.05, 0.95)}
"""Bands in percent with their lower and upper level."""


@dataclass(frozen=True, slots=True)
class Fan:
    """The quantiles of one half-year at :data:`LEVELS`, in people, never falling."""

    half_year: HalfYear
    people: tuple[float, ...]

    def at(self, level: float) -> float:
        """Return the quantile at one of :data:`LEVELS`, in people."""
        return self.people[LEVELS.index(level)]

    def pinball(self, actual: float) -> float:
        """Return the pinball loss at ``actual``, in people: the mean over all levels.

        Below a quantile of level q each person costs 1 - q, above it q; a forecast that is exact costs nothing.

        Examples
        --------
        >>> Fan(HalfYear(2025, 1), (100.0,) * 19).pinball(110.0)
        5.0
        """
        gap = actual - np.asarray(self.people)
        levels = np.asarray(LEVELS)
        return float(np.maximum(levels * gap, (levels - 1) * gap).mean())

    def covers(self, actual: float, band: int) -> bool:
        """Return whether ``actual`` lies in the band of 80 or 90 percent; its ends count."""
        low, high = BANDS[band]
        return self.at(low) <= actual <= self.at(high)


@dataclass(frozen=True, slots=True)
class Declined:
    """A model did not forecast, and why."""

    reason: str


Forecast = tuple[Fan, ...] | Declined
"""A fan per half-year ahead, or the reason there is none."""


def fans(half_years: tuple[HalfYear, ...], quantiles: NDArray[np.float64]) -> Forecast:
    """Return a fan per half-year from an array of half-years × levels, in people; declined when not finite."""
    if not np.isfinite(quantiles).all():
        return Declined("the fit has no finite quantiles")
    ordered = np.maximum.accumulate(np.maximum(quantiles, 0.0), axis=1)
    return tuple(
        Fan(half_year, tuple(float(value) for value in row))
        for half_year, row in zip(half_years, ordered, strict=True)
    )


def from_draws(half_years: tuple[HalfYear, ...], draws: NDArray[np.float64]) -> Forecast:
    """Return the fans of draws × half-years, in people."""
    if not np.isfinite(draws).all():
        return Declined("the fit has no finite draws")
    return fans(half_years, np.quantile(draws, LEVELS, axis=0).T)
