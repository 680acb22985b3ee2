"""The next four half-years of a series from what was known on a day, weighed by the record so far."""

from __future__ import annotations

from datetime import date

import numpy as np

from eenthuis.forecast.backtest import HORIZON, backtest, forecast_on
from eenthuis.forecast.fan import Declined, Forecast
from eenthuis.forecast.models import LEARNED
from eenthuis.forecast.series import Series
from eenthuis.terms.half_year import HalfYear

SEED = 1


def out_of_reach(series: Series, as_of: date) -> str:
    """Return why a series cannot be forecast on a day, or nothing."""
    known = series.known(as_of)
    if known is None:
        return f"nothing was known on {as_of}"
    if HalfYear.containing(as_of) > known.last.shift(HORIZON):
        return f"the last figure known is of {known.last}, too long before {as_of}"
    return ""


def next_ahead(series: Series, as_of: date, *, seed: int = SEED) -> Forecast:
    """Return the forecast of the combination that weighs models by their record; declined when out of reach.

    The same day and seed give the same numbers.
    """
    reason = out_of_reach(series, as_of)
    if reason:
        return Declined(reason)
    past = backtest([series], np.random.default_rng(seed), until=as_of)
    return forecast_on(series, as_of, np.random.default_rng(seed), past.trials)[LEARNED]
