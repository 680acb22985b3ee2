"""The simple models: same as last time, same as the year before, drift. None of them fits anything but a spread."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from eenthuis.forecast.fan import LEVELS, Declined, Forecast, fans
from eenthuis.forecast.series import Known, count

LEAST_CHANGES = 3
YEAR = 2  # half-years


def same_as_last(known: Known, steps: int, rng: Generator) -> Forecast:
    """Forecast the last known figure, as wide as changes were until then: the naive forecast all others stand beside.

    Changes are of logarithms, scaled to one half-year where there are gaps; the width grows with the square root of
    the number of half-years ahead, and its quantiles are those of Student's t.
    """
    del rng
    changes, gaps = _changes(known)
    if len(changes) < LEAST_CHANGES:
        return _too_short(known)
    spread = float(np.sqrt(np.mean(changes**2 / gaps)))
    ahead = np.arange(1, steps + 1)
    middle = np.full(steps, known.in_logs()[-1])
    return fans(known.ahead(steps), _widened(middle, spread * np.sqrt(ahead), len(changes)))


def drift(known: Known, steps: int, rng: Generator) -> Forecast:
    """Forecast that the mean change per half-year so far goes on."""
    del rng
    changes, gaps = _changes(known)
    if len(changes) < LEAST_CHANGES:
        return _too_short(known)
    whole = float(gaps.sum())
    per_step = float(changes.sum()) / whole
    spread = float(np.sqrt(np.sum((changes - per_step * gaps) ** 2 / gaps) / (len(changes) - 1)))
    ahead = np.arange(1, steps + 1)
    middle = known.in_logs()[-1] + per_step * ahead
    return fans(
        known.ahead(steps), _widened(middle, spread * np.sqrt(ahead * (1 + ahead / whole)), len(changes) - 1)
    )


def same_as_last_year(known: Known, steps: int, rng: Generator) -> Forecast:
    """Forecast the figure of the same half of the last year known, as wide as changes over a year were."""
    del rng
    calendar = known.on_the_calendar()
    changes = calendar[YEAR:] - calendar[:-YEAR]
    changes = changes[np.isfinite(changes)]
    if len(changes) < LEAST_CHANGES:
        return _too_short(known)
    ahead = np.arange(1, steps + 1)
    years = -(-ahead // YEAR)
    middle = calendar[len(calendar) - 1 + ahead - YEAR * years]
    if not np.isfinite(middle).all():
        return Declined("a figure of the year before is not known")
    spread = float(np.sqrt(np.mean(changes**2)))
    return fans(known.ahead(steps), _widened(middle, spread * np.sqrt(years), len(changes)))


def _changes(known: Known) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the changes of the logarithms between figures in turn, and the half-years between them."""
    gaps = np.diff([count(half_year) for half_year in known.half_years]).astype(np.float64)
    return np.diff(known.in_logs()), gaps


def _widened(middle: NDArray[np.float64], spread: NDArray[np.float64], freedom: int) -> NDArray[np.float64]:
    """Return people, half-years × levels, around a middle in logarithms."""
    from scipy.stats import t as student  # loads for long, and pages that forecast nothing start without it

    quantiles = np.asarray(student.ppf(LEVELS, freedom), dtype=np.float64)
    return np.exp(middle[:, None] + spread[:, None] * quantiles[None, :])


def _too_short(known: Known) -> Declined:
    return Declined(f"{len(known.people)} half-years are too few")
