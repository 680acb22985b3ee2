"""A forecast sees nothing that was published after its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from eenthuis.forecast.backtest import backtest, forecast_on, origin_of, origins
from eenthuis.forecast.fan import Declined, Forecast
from eenthuis.forecast.history import NATIONAL
from eenthuis.forecast.series import Series
from eenthuis.terms.half_year import HalfYear

SPOILT = 1000.0


def spoilt_after(series: Series, day: date) -> Series:
    """Return the series with every figure published after ``day`` changed beyond recognition."""
    return replace(
        series,
        half_years=tuple(
            replace(o, people=o.people * SPOILT) if o.known_from > day else o for o in series.half_years
        ),
        months=tuple(
            replace(m, people=m.people * SPOILT) if m.known_from > day else m for m in series.months
        ),
        groups=tuple(spoilt_after(group, day) for group in series.groups),
    )


def made_on(series: Series, day: date) -> dict[str, Forecast]:
    """Return every forecast of a day, with the weights that the record before it teaches."""
    rng = np.random.default_rng(3)
    past = backtest([series], rng, until=day)
    return forecast_on(series, day, rng, past.trials)


@pytest.mark.parametrize("name", ["first-requests", "joining-relatives", "national-number", "waiting"])
def test_later_figures_change_no_forecast(packaged: tuple[Series, ...], name: str) -> None:
    series = next(one for one in packaged if one.name == name)
    day = origin_of(HalfYear(2023, 2) if name == "waiting" else HalfYear(2020, 1))
    honest = made_on(series, day)
    assert not isinstance(honest["combined-by-record"], Declined)
    assert made_on(spoilt_after(series, day), day) == honest


def test_a_known_figure_that_is_spoilt_is_noticed(packaged: tuple[Series, ...]) -> None:
    """The counter-example: a figure that was known is spoilt, and the forecasts differ."""
    series = next(one for one in packaged if one.name == NATIONAL)
    day = origin_of(HalfYear(2021, 2))
    early = replace(
        series,
        half_years=tuple(
            replace(o, people=o.people * SPOILT) if o.half_year == HalfYear(2021, 1) else o
            for o in series.half_years
        ),
    )
    assert made_on(early, day) != made_on(series, day)


def test_only_what_was_published_is_known(packaged: tuple[Series, ...]) -> None:
    for series in packaged:
        for day in origins(series):
            known = series.known(day)
            assert known is not None
            for half_year, people in zip(known.half_years, known.people, strict=True):
                actual = series.actual(half_year)
                assert actual is not None
                assert (actual.people, actual.known_from <= day) == (people, True)
            assert len(known.months) == sum(m.known_from <= day for m in series.months)


def test_a_half_year_is_known_when_its_last_month_is(packaged: tuple[Series, ...]) -> None:
    series = packaged[0]
    before, on = series.known(date(2018, 7, 30)), series.known(date(2018, 7, 31))
    assert before is not None
    assert on is not None
    assert (before.last, on.last) == (HalfYear(2017, 2), HalfYear(2018, 1))


def test_an_announced_number_ahead_does_not_forecast_itself(packaged: tuple[Series, ...]) -> None:
    """21,200 for 2023-I was published on 30 September 2022; a forecast of October stands beside it."""
    national = next(one for one in packaged if one.name == NATIONAL)
    known = national.known(date(2022, 10, 15))
    assert known is not None
    assert known.ahead(1) == (HalfYear(2023, 1),)
    assert 21_200.0 not in known.people


def test_a_day_on_which_nothing_new_was_known_is_no_origin(packaged: tuple[Series, ...]) -> None:
    national = next(one for one in packaged if one.name == NATIONAL)
    seen = [national.known(day) for day in origins(national)]
    assert all(one != other for one, other in pairwise(seen))
    assert origin_of(HalfYear(2019, 1)) not in set(origins(national))
