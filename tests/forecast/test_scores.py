"""Pinball loss, coverage and skill; and the golden scores of the packaged history."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import numpy as np
import pytest

from eenthuis import reference
from eenthuis.connect.forecast_report import SCORE_COLUMNS, score_table
from eenthuis.forecast.backtest import Backtest, Trial
from eenthuis.forecast.fan import LEVELS, Fan
from eenthuis.forecast.scoring import LEAST, Score, Verdict, scored
from eenthuis.forecast.series import Series
from eenthuis.terms.half_year import HalfYear

NAMED = SCORE_COLUMNS[:4]
MEASURED = SCORE_COLUMNS[4:-1]
CLEAR = 0.02  # of skill


@pytest.mark.parametrize(
    ("actual", "loss"),
    [(100.0, 0.0), (110.0, 5.0), (90.0, 5.0), (200.0, 50.0)],
)
def test_the_loss_of_a_point_is_half_its_distance(actual: float, loss: float) -> None:
    assert Fan(HalfYear(2020, 1), (100.0,) * len(LEVELS)).pinball(actual) == pytest.approx(loss)


def test_the_loss_is_the_mean_over_levels_as_written_out() -> None:
    people = tuple(float(10 * place) for place in range(len(LEVELS)))
    expected = [
        level * (73.0 - q) if q <= 73.0 else (1 - level) * (q - 73.0)
        for level, q in zip(LEVELS, people, strict=True)
    ]
    assert Fan(HalfYear(2020, 1), people).pinball(73.0) == pytest.approx(sum(expected) / len(expected))


@pytest.mark.parametrize(
    ("actual", "inside"),
    [
        (0.0, (False, True)),
        (10.0, (True, True)),
        (170.0, (True, True)),
        (180.0, (False, True)),
        (181.0, (False, False)),
    ],
)
def test_the_ends_of_a_band_count(actual: float, inside: tuple[bool, bool]) -> None:
    fan = Fan(HalfYear(2020, 1), tuple(float(10 * place) for place in range(len(LEVELS))))
    assert (fan.covers(actual, 80), fan.covers(actual, 90)) == inside


def scored_again(trials: list[Trial]) -> Score:
    (score,) = scored(trials, np.random.default_rng(1), since=HalfYear(2018, 1), horizon=1)
    return score


@pytest.fixture
def ahead(tried: Backtest) -> list[Trial]:
    """The forecasts of drift one half-year ahead, of which the losses are set by each test."""
    return [
        trial
        for trial in tried.trials
        if (trial.series, trial.model, trial.horizon) == ("first-requests", "drift", 1)
        and trial.origin.year >= 2018
    ]


@pytest.mark.parametrize(
    ("times", "verdict"), [(0.5, Verdict.BETTER), (2.0, Verdict.WORSE), (1.0, Verdict.NOT_SHOWN)]
)
def test_a_verdict_follows_from_the_losses(ahead: list[Trial], times: float, verdict: Verdict) -> None:
    score = scored_again([replace(trial, loss=times * trial.naive_loss) for trial in ahead])
    assert score.verdict is verdict
    assert score.skill == pytest.approx(1 - times)
    assert score.skill_low == pytest.approx(1 - times)


def test_one_lucky_half_year_is_not_called_better(ahead: list[Trial]) -> None:
    losses = [trial.naive_loss * (0.05 if place == 3 else 1.02) for place, trial in enumerate(ahead)]
    score = scored_again([replace(trial, loss=loss) for trial, loss in zip(ahead, losses, strict=True)])
    assert score.verdict is Verdict.NOT_SHOWN


def test_few_forecasts_get_no_verdict(ahead: list[Trial]) -> None:
    score = scored_again([replace(trial, loss=0.0) for trial in ahead[: LEAST - 1]])
    assert (score.verdict, score.skill_low, score.skill_high) == (Verdict.TOO_FEW, None, None)


def test_the_scores_of_the_packaged_history_are_the_golden_ones(scores: tuple[Score, ...]) -> None:
    """Fits differ in their last digits between machines, so a verdict is held where its bound is clear of zero."""
    found = list(csv.DictReader(io.StringIO(score_table(scores))))
    golden = list(reference.forecast_scores())
    assert [[row[name] for name in NAMED] for row in found] == [
        [row[name] for name in NAMED] for row in golden
    ]
    for row, kept in zip(found, golden, strict=True):
        for name in MEASURED:
            if kept[name]:
                assert float(row[name]) == pytest.approx(float(kept[name]), rel=0.03, abs=0.03), (kept, name)
            else:
                assert row[name] == ""
        if not any(kept[name] and abs(float(kept[name])) < CLEAR for name in ("skill_low", "skill_high")):
            assert row["verdict"] == kept["verdict"], kept


def test_what_the_documentation_says_of_the_scores_is_so(scores: tuple[Score, ...]) -> None:
    """No model beats "same as last time" on joining relatives or the national number one half-year ahead."""
    one_ahead = [score for score in scores if score.horizon == 1]
    better = {score.series for score in one_ahead if score.verdict is Verdict.BETTER}
    assert better == {"first-requests"}
    first = next(s for s in one_ahead if (s.series, s.model) == ("first-requests", "smoothing"))
    assert (first.pinball, first.naive_pinball) == pytest.approx((817, 1388), rel=0.02)
    assert {s.verdict for s in scores if s.series == "waiting"} == {Verdict.NAIVE, Verdict.TOO_FEW}


def test_the_series_hold_the_published_figures(packaged: tuple[Series, ...]) -> None:
    """CBS 83102NED added up; the announced numbers; the counts nearest to the end of a half-year."""
    figures = {(series.name, str(o.half_year)): o.people for series in packaged for o in series.half_years}
    assert figures["first-requests", "2015-II"] == 26_405
    assert figures["joining-relatives", "2025-II"] == 8_205
    assert figures["national-number", "2025-I"] == 17_700
    assert figures["waiting", "2022-I"] == 15_270
    assert figures["waiting", "2025-II"] == 18_420
    assert ("national-number", "2019-I") not in figures
    assert ("waiting", "2021-I") not in figures
