"""Every model on series whose answer is known beforehand."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import numpy as np
import pytest

from eenthuis.forecast.backtest import Backtest
from eenthuis.forecast.combining import LEAST_SCORED, combined, equal_weights, learned_weights
from eenthuis.forecast.fan import LEVELS, Declined, Fan, Forecast
from eenthuis.forecast.models import MODELS, NAMES
from eenthuis.forecast.pooled import pooled
from eenthuis.forecast.series import Known
from eenthuis.forecast.simple import drift, same_as_last, same_as_last_year
from eenthuis.forecast.smoothing import smoothing, state_space
from eenthuis.terms.half_year import HalfYear

FIRST = HalfYear(2015, 1)
PEOPLE = (100.0, 120.0, 90.0, 130.0, 110.0, 140.0, 95.0, 150.0)


def rng() -> np.random.Generator:
    return np.random.default_rng(5)


def known(people: tuple[float, ...], *, gap_before: int | None = None) -> Known:
    """Return half-years in a row, with one left out before position ``gap_before``."""
    shift = [int(gap_before is not None and place >= gap_before) for place in range(len(people))]
    return Known(tuple(FIRST.shift(place + more) for place, more in enumerate(shift)), people)


def given(forecast: Forecast) -> tuple[Fan, ...]:
    assert not isinstance(forecast, Declined), forecast
    return forecast


def test_every_fan_of_history_rises_and_holds_no_negative_people(tried: Backtest) -> None:
    assert {trial.model for trial in tried.trials} == set(NAMES)
    for trial in tried.trials:
        people = trial.fan.people
        assert len(people) == len(LEVELS)
        assert list(people) == sorted(people)
        assert people[0] >= 0


def test_same_as_last_time_centres_on_the_last_figure_and_widens() -> None:
    fans = given(same_as_last(known(PEOPLE), 4, rng()))
    assert [fan.half_year for fan in fans] == [HalfYear(2019, 1).shift(n) for n in range(4)]
    assert [fan.at(0.5) for fan in fans] == pytest.approx([150.0] * 4)
    widths = [fan.at(0.95) - fan.at(0.05) for fan in fans]
    assert widths == sorted(widths)


def test_same_as_last_year_takes_the_same_half() -> None:
    fans = given(same_as_last_year(known(PEOPLE), 4, rng()))
    assert [fan.at(0.5) for fan in fans] == pytest.approx([95.0, 150.0, 95.0, 150.0])


def test_drift_goes_on_growing() -> None:
    doubling = known(tuple(100.0 * 2**n * (1.1 if n % 2 else 1.0) for n in range(9)))
    fans = given(drift(doubling, 2, rng()))
    assert [fan.at(0.5) for fan in fans] == pytest.approx([51_200.0, 102_400.0])


def test_a_gap_counts_as_its_half_years() -> None:
    """A change over two half-years says less of one half-year than the same change over one."""
    near, far = (given(same_as_last(known(PEOPLE, gap_before=gap), 1, rng()))[0] for gap in (None, 7))
    assert far.at(0.95) - far.at(0.05) < near.at(0.95) - near.at(0.05)
    assert isinstance(same_as_last_year(known(PEOPLE, gap_before=7), 4, rng()), Declined)


def test_the_state_space_passes_over_a_gap() -> None:
    fans = given(state_space(known(PEOPLE, gap_before=4), 2, rng()))
    assert min(PEOPLE) < fans[0].at(0.5) < max(PEOPLE)


def seasonal(months: int) -> Known:
    """Return months of which every December has five times as many people."""
    people = tuple(500.0 if month % 12 == 11 else 100.0 + month % 3 for month in range(months))
    whole = tuple(sum(people[start : start + 6]) for start in range(0, months - 5, 6))
    return Known(tuple(FIRST.shift(n) for n in range(len(whole))), whole, people, date(2015, 1, 1))


def test_smoothing_learns_the_season() -> None:
    fans = given(smoothing(seasonal(60), 2, rng()))
    assert [fan.at(0.5) for fan in fans] == pytest.approx([606.0, 1005.0], rel=0.05)


def test_months_of_a_half_year_that_is_not_over_count_as_they_are() -> None:
    """After five of six months the last one alone is uncertain, so the band is narrower."""
    early, late = (given(smoothing(seasonal(months), 1, rng()))[0] for months in (60, 65))
    assert early.half_year == late.half_year == HalfYear(2020, 1)
    assert late.at(0.95) - late.at(0.05) < early.at(0.95) - early.at(0.05)
    assert late.at(0.05) > sum(seasonal(65).months[60:])


def test_pooled_groups_add_up() -> None:
    groups = tuple(known(tuple(size * people for people in PEOPLE)) for size in (1.0, 2.0, 3.0))
    whole = Known(groups[0].half_years, tuple(6 * people for people in PEOPLE), groups=groups)
    (fan,) = given(pooled(whole, 1, rng()))
    (single,) = given(pooled(Known(groups[0].half_years, PEOPLE, groups=groups[:1]), 1, rng()))
    assert fan.at(0.5) == pytest.approx(6 * single.at(0.5), rel=0.02)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_too_little_history_is_said_not_guessed(model: object) -> None:
    forecast = next(m for m in MODELS if m is model).ahead(known(PEOPLE[:2]), 4, rng())
    assert isinstance(forecast, Declined)
    assert forecast.reason


def test_combining_averages_quantiles_and_leaves_out_who_declined() -> None:
    low, high = (Fan(FIRST, (people,) * len(LEVELS)) for people in (100.0, 200.0))
    made: dict[str, Forecast] = {"a": (low,), "b": (high,), "c": Declined("no months")}
    assert given(combined(made, equal_weights(made)))[0].at(0.5) == pytest.approx(150.0)
    assert given(combined(made, {"a": 3.0, "b": 1.0, "c": 9.0}))[0].at(0.5) == pytest.approx(125.0)
    assert isinstance(combined({"c": Declined("no months")}, {"c": 1.0}), Declined)


def test_weights_follow_the_record_and_a_short_record_does_not_count() -> None:
    long = LEAST_SCORED
    weights = learned_weights(
        {
            "good": [(1.0, 2.0)] * long,
            "poor": [(4.0, 2.0)] * long,
            "new": [(0.1, 2.0)] * (long - 1),
        }
    )
    assert weights == pytest.approx({"good": 2.0, "poor": 0.5, "new": 1.25})
    assert learned_weights({"a": [], "b": []}) == {"a": 1.0, "b": 1.0}


def test_the_same_seed_gives_the_same_draws() -> None:
    once, again, other = (smoothing(seasonal(60), 2, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert once == again
    assert once != other


def test_statsmodels_is_loaded_on_first_use() -> None:
    asked = "import sys, eenthuis.forecast.backtest; print('statsmodels' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_first_fit_of_a_program_says_nothing_on_the_side() -> None:
    """A fit that does not converge, as the first thing that loads statsmodels, writes no warning."""
    known = seasonal(65)
    asked = (
        "import datetime, numpy as np; from eenthuis.forecast.series import Known; "
        "from eenthuis.forecast.smoothing import smoothing; from eenthuis.terms.half_year import HalfYear; "
        f"fans = smoothing({known!r}, 1, np.random.default_rng(5)); print(fans[0].half_year)"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("2020-I", "")
