"""How good each model was: pinball loss, coverage, and skill beside the naive forecast with its own uncertainty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.random import Generator

from eenthuis.forecast.backtest import Trial
from eenthuis.forecast.models import NAIVE, NAMES
from eenthuis.terms.half_year import HalfYear

LEAST = 8
"""Forecasts below which skill gets no interval and no verdict."""
RESAMPLES = 2000
INTERVAL = (0.05, 0.95)


class Verdict(StrEnum):
    """What may be said of a model beside "same as last time"."""

    NAIVE = "naive"
    BETTER = "better"
    NOT_SHOWN = "not-shown-better"
    WORSE = "worse"
    TOO_FEW = "too-few"


@dataclass(frozen=True, slots=True)
class Score:
    """The record of one model on one series, so many half-years ahead.

    ``pinball`` and ``naive_pinball`` are mean losses in people on the same forecasts; ``skill`` is one minus their
    ratio, 0 as good as the naive forecast; its 90 percent interval is None with too few forecasts. ``coverage80`` and
    ``coverage90`` are the shares of figures that fell inside the bands. ``median_error`` is the mean distance in people
    between the median and the figure, which says nothing of the width of the bands.
    """

    series: str
    model: str
    horizon: int
    forecasts: int
    pinball: float
    naive_pinball: float
    skill: float
    skill_low: float | None
    skill_high: float | None
    coverage80: float
    coverage90: float
    median_error: float
    naive_median_error: float
    verdict: Verdict


def scored(trials: Sequence[Trial], rng: Generator, *, since: HalfYear, horizon: int) -> tuple[Score, ...]:
    """Return the score of every series, model and number of half-years ahead, of origins from ``since`` on."""
    found: defaultdict[tuple[str, str, int], list[Trial]] = defaultdict(list)
    for trial in trials:
        if trial.horizon <= horizon and trial.origin >= since.first_day:
            found[trial.series, trial.model, trial.horizon].append(trial)
    return tuple(
        _score(found[series, model, ahead], rng)
        for series in dict.fromkeys(trial.series for trial in trials)
        for model in NAMES
        for ahead in range(1, horizon + 1)
        if (series, model, ahead) in found
    )


def _score(trials: Sequence[Trial], rng: Generator) -> Score:
    own = np.asarray([trial.loss for trial in trials])
    naive = np.asarray([trial.naive_loss for trial in trials])
    first = trials[0]
    low, high = _interval(own, naive, first.horizon, rng)
    return Score(
        series=first.series,
        model=first.model,
        horizon=first.horizon,
        forecasts=len(trials),
        pinball=float(own.mean()),
        naive_pinball=float(naive.mean()),
        skill=1.0 - float(own.sum() / naive.sum()),
        skill_low=low,
        skill_high=high,
        coverage80=float(np.mean([trial.fan.covers(trial.actual, 80) for trial in trials])),
        coverage90=float(np.mean([trial.fan.covers(trial.actual, 90) for trial in trials])),
        median_error=float(np.mean([trial.error for trial in trials])),
        naive_median_error=float(np.mean([trial.naive_error for trial in trials])),
        verdict=_verdict(first.model, low, high),
    )


def _interval(
    own: np.ndarray[tuple[int], np.dtype[np.float64]],
    naive: np.ndarray[tuple[int], np.dtype[np.float64]],
    block: int,
    rng: Generator,
) -> tuple[float | None, float | None]:
    """Return the 90 percent interval of skill, by resampling blocks as long as the horizon, since those overlap."""
    many = len(own)
    if many < LEAST:
        return None, None
    starts = rng.integers(many, size=(RESAMPLES, -(-many // block)))
    drawn = ((starts[:, :, None] + np.arange(block)) % many).reshape(RESAMPLES, -1)[:, :many]
    skills = 1.0 - own[drawn].sum(axis=1) / naive[drawn].sum(axis=1)
    low, high = np.quantile(skills, INTERVAL)
    return float(low), float(high)


def _verdict(model: str, low: float | None, high: float | None) -> Verdict:
    if model == NAIVE.name:
        return Verdict.NAIVE
    if low is None or high is None:
        return Verdict.TOO_FEW
    if low > 0:
        return Verdict.BETTER
    return Verdict.WORSE if high < 0 else Verdict.NOT_SHOWN
