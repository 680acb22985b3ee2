"""One backtest of the packaged history that the tests of forecasts share."""

from __future__ import annotations

import numpy as np
import pytest

from eenthuis.forecast.backtest import Backtest, backtest
from eenthuis.forecast.history import packaged_series
from eenthuis.forecast.scoring import Score, scored
from eenthuis.forecast.series import Series
from eenthuis.terms.half_year import HalfYear


@pytest.fixture(scope="session")
def packaged() -> tuple[Series, ...]:
    return packaged_series()


@pytest.fixture(scope="session")
def tried(packaged: tuple[Series, ...]) -> Backtest:
    return backtest(packaged, np.random.default_rng(1))


@pytest.fixture(scope="session")
def scores(tried: Backtest) -> tuple[Score, ...]:
    return scored(tried.trials, np.random.default_rng(2), since=HalfYear(2018, 1), horizon=4)
