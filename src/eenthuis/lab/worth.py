"""What knowing more would be worth for a choice between scenarios: the value of perfect information per parameter.

Every future draws each parameter from its range, calibrated ones as a plausible set, and lives all scenarios with the
same chance. The choice now is the scenario with the best mean. Whoever knew a parameter would choose by what the
difference is expected to be at its value; a cubic through the paired differences estimates that (Strong and others,
2014), and what the better choices gain on average is the worth of knowing it, in the unit of the measure.

References
----------
Strong, Oakley and Brennan (2014), Estimating multiparameter partial expected value of perfect information from a
probabilistic sensitivity analysis sample: a nonparametric regression approach. Medical Decision Making 34(3).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eenthuis.lab.measuring import NAMES, Measure, measures
from eenthuis.lab.plausible import free_parameters, ranged_set, set_columns
from eenthuis.lab.running import Ask, Keeps, Worker, here
from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.policy import Scenario
from eenthuis.terms.work_scores import WorkScores

Real = NDArray[np.float64]
DEGREE = 3
GROUPS = 20
"""Groups of futures that are left out in turn: for the error, and to try a rule on futures it was not fitted on."""
NOTHING = 1e-9
"""A gain of less than this part of the largest difference is what rounding leaves."""
LEAST_FUTURES = 100
MOST_FUTURES = 50_000
"""Every future is kept here, unlike in other runs; more would not fit in memory."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What knowing something is worth, in the unit of the measure, with the standard error of chance."""

    name: str
    value: float
    error: float


@dataclass(frozen=True, slots=True)
class Choice:
    """The choice on one measure: the mean of each scenario, the best of them, and what knowing more is worth.

    ``parameters`` come most valuable first. ``together`` is what knowing all parameters is worth at least: what a
    straight rule of all of them gains on futures it was not fitted on. ``everything`` adds chance itself, which nobody
    can know; no knowledge is worth more.
    """

    measure: Measure
    half_year: HalfYear
    means: tuple[float, ...]
    errors: tuple[float, ...]
    best: int
    parameters: tuple[Worth, ...]
    together: Worth
    everything: Worth


@dataclass(frozen=True, slots=True)
class Weighed:
    """The last half-year of every future under every scenario, with the parameters it was lived with."""

    ask: Ask
    names: tuple[str, ...]
    drawn: Real
    last: Real

    def choice(self, measure: Measure) -> Choice:
        """Return the choice on a measure that has a better side."""
        values = self.last[:, :, NAMES.index(measure.name)]
        there = ~np.isnan(values).any(axis=0)
        values, drawn = values[:, there], self.drawn[there]
        better = values if not measure.less_is_better else -values
        half_year = self.ask.first.shift(self.ask.half_years - 1)
        groups = np.arange(values.shape[1]) % GROUPS
        found = [
            Worth(name, *of_one(better, drawn[:, place], groups)) for place, name in enumerate(self.names)
        ]
        found.sort(key=lambda one: (-one.value, one.name))
        spread = values.std(axis=1, ddof=1) / math.sqrt(values.shape[1])
        return Choice(
            measure=measure, half_year=half_year, means=tuple(values.mean(axis=1).tolist()),
            errors=tuple(spread.tolist()), best=int(better.mean(axis=1).argmax()), parameters=tuple(found),
            together=Worth("together", *of_all(better, drawn, groups)),
            everything=Worth("everything", *of_everything(better)),
        )  # fmt: skip


def chosen_measures(*, has_work: bool = False) -> tuple[Measure, ...]:
    """Return the measures of which it is known which way is better."""
    return tuple(one for one in measures(has_work=has_work) if one.less_is_better is not None)


def weigh(
    variants: tuple[Scenario, ...],
    *,
    futures: int,
    seed: int,
    half_years: int,
    work: WorkScores | None = None,
    worker: Worker = here,
    tell: Callable[[int], None] | None = None,
) -> Weighed:
    """Live the same futures under several scenarios, with every parameter drawn from its range.

    Raises
    ------
    InputError
        INP-06 for a number no run can have, INP-01 for fewer than two scenarios.
    """
    if len(variants) < 2:  # noqa: PLR2004 - a choice is between two
        raise InputError(
            "INP-01", "one scenario is no choice", remedy="Give two or more.", location=Location(column="scenario")
        )  # fmt: skip
    if not LEAST_FUTURES <= futures <= MOST_FUTURES:
        raise InputError(
            "INP-06",
            f"--futures is {futures}",
            remedy=f"Give {LEAST_FUTURES} to {MOST_FUTURES}.",
            location=Location(column="--futures", value=str(futures)),
        )
    ask = Ask(variants, futures, seed, half_years, keeps=Keeps.LAST, work=work)
    names = (*set_columns(), *free_parameters())
    last = np.zeros((len(variants), futures, len(NAMES)))
    done = 0
    for piece in worker(ask, ask.pieces()):
        if piece.last is not None:
            last[:, piece.first : piece.first + piece.futures] = piece.last
        done += piece.futures
        if tell is not None:
            tell(done)
    sets = [ranged_set(seed, future) for future in range(futures)]
    return Weighed(ask, names, np.asarray([[one[name] for name in names] for one in sets]), last)


def of_one(better: Real, known: Real, groups: NDArray[np.int64]) -> tuple[float, float]:
    """Return what knowing one parameter is worth, and its error (scenarios × futures, more is better; futures).

    The cubic is fitted to all futures, and without each group in turn: that gives the worth, and its error.
    """
    design, apart = _cubic(known), (better[1:] - better[0]).T
    kept = np.vstack([np.ones(len(known), bool), groups != np.arange(GROUPS)[:, None]])
    sums = np.einsum("gf,fi,fj->gij", kept, design, design, optimize=True)
    met = np.einsum("gf,fi,fs->gis", kept, design, apart, optimize=True)
    expected = np.maximum((design @ np.linalg.solve(sums, met)).max(axis=2), 0.0)
    many = kept.sum(axis=1)
    now = np.maximum((kept @ apart).max(axis=1) / many, 0.0)
    gains = (expected * kept).sum(axis=1) / many - now
    gains[np.abs(gains) < NOTHING * np.abs(apart).max()] = 0.0
    return float(gains[0]), _left_out(gains[1:])


def of_all(better: Real, known: Real, groups: NDArray[np.int64]) -> tuple[float, float]:
    """Return what a straight rule of all parameters gains on futures it was not fitted on, 0 if it loses; its error."""
    varies = known.std(axis=0) > 0.0
    scaled = (known[:, varies] - known[:, varies].mean(axis=0)) / known[:, varies].std(axis=0)
    design = np.column_stack([np.ones(len(known)), scaled])
    apart = (better - better[0]).T
    sums, met = design.T @ design, design.T @ apart
    gained = np.zeros(len(known))
    for group in range(GROUPS):
        tried = groups == group
        own, outcome = design[tried], apart[tried]
        fitted, *_ = np.linalg.lstsq(sums - own.T @ own, met - own.T @ outcome, rcond=None)
        now = int(apart[~tried].mean(axis=0).argmax())
        then = (own @ fitted).argmax(axis=1)
        gained[tried] = outcome[np.arange(len(own)), then] - outcome[:, now]
    return max(0.0, float(gained.mean())), _error(gained)


def of_everything(better: Real) -> tuple[float, float]:
    """Return what knowing each future itself would be worth, chance too, and its error."""
    gained = better.max(axis=0) - better[int(better.mean(axis=1).argmax())]
    return float(gained.mean()), _error(gained)


def _cubic(known: Real) -> Real:
    low, high = known.min(), known.max()
    scaled = (2.0 * known - low - high) / (high - low) if high > low else np.zeros(len(known))
    return np.polynomial.legendre.legvander(scaled, DEGREE if high > low else 0)


def _left_out(values: Real) -> float:
    """Return the standard error of a figure from its values with each group left out (a jackknife)."""
    return float(np.sqrt((len(values) - 1) / len(values) * ((values - values.mean()) ** 2).sum()))


def _error(values: Real) -> float:
    return float(values.std(ddof=1) / math.sqrt(len(values)))
