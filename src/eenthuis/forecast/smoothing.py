"""Exponential smoothing and state space, by statsmodels; the only module that knows it, and it loads on first use.

References
----------
Hyndman, Koehler, Ord and Snyder, *Forecasting with Exponential Smoothing: The State Space Approach* (2008).
Durbin and Koopman, *Time Series Analysis by State Space Methods* (2012).
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from eenthuis.forecast.fan import LEVELS, Declined, Forecast, fans, from_draws
from eenthuis.forecast.series import Known

LEAST_MONTHS = 36
LEAST_HALF_YEARS = 5
DRAWS = 2000
MONTHS = 6  # in a half-year
SEASON = 12  # months


class Fitted(Protocol):
    """The part of a fit of statsmodels that is used."""

    aicc: float

    def simulate(
        self, nsimulations: int, *, anchor: str, repetitions: int, rng: Generator
    ) -> NDArray[np.float64]:
        """Return draws ahead, one column per repetition."""
        ...


def smoothing(known: Known, steps: int, rng: Generator) -> Forecast:
    """Forecast the months by exponential smoothing of their logarithms, and add them up to half-years.

    With and without a season of twelve months; the one with the lower corrected AIC is taken. Months that are known
    of a half-year that is not over count as they are.
    """
    if known.first_month is None:
        return Declined("no months are published")
    if len(known.months) < LEAST_MONTHS:
        return Declined(f"{len(known.months)} months are too few")
    started = _months_started(known)
    logs = np.log(np.maximum(np.asarray(known.months), 1.0))
    with _quietly_on_one_core():
        fitted = min((_fit(logs, season=season) for season in (False, True)), key=lambda one: one.aicc)
        drawn = np.asarray(
            fitted.simulate(steps * MONTHS - started, anchor="end", repetitions=DRAWS, rng=rng)
        ).reshape(-1, DRAWS)
    counted = np.repeat(np.asarray(known.months[len(known.months) - started :])[:, None], DRAWS, axis=1)
    months = np.concatenate([counted.reshape(started, DRAWS), np.exp(drawn)])
    return from_draws(known.ahead(steps), months.reshape(steps, MONTHS, DRAWS).sum(axis=1).T)


def _months_started(known: Known) -> int:
    """Return of how many months after the last known half-year the figures are known."""
    first = known.first_month
    ahead = known.ahead(1)[0].first_day
    if first is None:
        return 0
    before = (ahead.year - first.year) * SEASON + ahead.month - first.month
    return len(known.months) - before


@contextmanager
def _quietly_on_one_core() -> Iterator[None]:
    """Fit on one core, where such small fits are ten times quicker, and without warnings.

    A fit that stopped early is judged by the backtest, as any other.
    """
    import statsmodels.tools.sm_exceptions  # noqa: F401 - asks for its warnings when first loaded, so before they go

    with threadpool_limits(limits=1, user_api="blas"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _fit(logs: NDArray[np.float64], *, season: bool) -> Fitted:
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    model = ETSModel(
        logs,
        error="add",
        seasonal="add" if season else None,
        seasonal_periods=SEASON if season else None,
    )
    fitted: Fitted = model.fit(disp=False)
    return fitted


def state_space(known: Known, steps: int, rng: Generator) -> Forecast:
    """Forecast the half-years by a level that wanders, seen with noise; half-years without a figure stay open.

    The logarithm of each figure is the level plus noise (the local level model); the Kalman filter passes over gaps.
    """
    del rng
    if len(known.people) < LEAST_HALF_YEARS:
        return Declined(f"{len(known.people)} half-years are too few")
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    with _quietly_on_one_core():
        ahead = (
            UnobservedComponents(known.on_the_calendar(), level="llevel").fit(disp=False).get_forecast(steps)
        )
        middle, spread = np.asarray(ahead.predicted_mean), np.asarray(ahead.se_mean)
    from scipy.stats import norm

    quantiles = np.asarray(norm.ppf(LEVELS))
    return fans(known.ahead(steps), np.exp(middle[:, None] + spread[:, None] * quantiles[None, :]))
