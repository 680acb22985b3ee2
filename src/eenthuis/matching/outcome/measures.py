"""How good chances are: measures, their intervals, and the table behind a calibration plot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BINS = 10
"""Parts of equal size into which people are divided by their chance."""

DRAWS = 400
"""Samples of households, drawn with replacement, behind an interval."""

SMALLEST = 1e-9
"""Chances are kept this far from 0 and 1 where a logarithm is taken."""

MEASURES = ("log_loss", "brier", "auc", "calibration_error")

WIDTH = 1.959963984540054
"""Standard errors on either side of an interval that holds 95 of 100 times."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure with the interval that holds 95 of 100 times."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bin:
    """People with about the same chance: how many, their mean chance, and the share that worked with its interval."""

    people: int
    chance: float
    worked: float
    low: float
    high: float


def auc(
    worked: NDArray[np.bool_], value: NDArray[np.float64], weight: NDArray[np.float64] | None = None
) -> float:
    """Return the share of pairs (one worked, one did not) that ``value`` puts in the right order; ties count half.

    Examples
    --------
    >>> auc(np.array([False, True, True]), np.array([0.2, 0.2, 0.9]))
    0.75
    """
    own = np.ones(len(worked)) if weight is None else weight
    _, level = np.unique(value, return_inverse=True)
    return _ordered(level, worked, own)


def _ordered(level: NDArray[np.int64], worked: NDArray[np.bool_], weight: NDArray[np.float64]) -> float:
    good = np.bincount(level, weights=weight * worked)
    bad = np.bincount(level, weights=weight * ~worked)
    pairs = float(good.sum() * bad.sum())
    below = np.cumsum(bad) - bad
    return float((good * (below + bad / 2)).sum()) / pairs if pairs > 0 else 0.5


def bins_of(chance: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return for each person the number of the tenth by chance it falls in (n int64); equal chances stay together."""
    edges = np.quantile(chance, np.arange(1, BINS) / BINS)
    return np.searchsorted(edges, chance, side="right").astype(np.int64)


def _losses(
    worked: NDArray[np.bool_], chance: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    own = np.clip(chance, SMALLEST, 1 - SMALLEST)
    return -np.log(np.where(worked, own, 1 - own)), (chance - worked) ** 2


def weighted_measures(
    worked: NDArray[np.bool_], chance: NDArray[np.float64], weights: Iterator[NDArray[np.float64]]
) -> Iterator[dict[str, float]]:
    """Yield every measure of :data:`MEASURES`, once for each vector of weights of the people (n)."""
    log, square = _losses(worked, chance)
    _, level = np.unique(chance, return_inverse=True)
    part = bins_of(chance)
    for weight in weights:
        total = float(weight.sum())
        gap = np.abs(np.bincount(part, weights=weight * (chance - worked)))
        yield {
            "log_loss": float(weight @ log) / total,
            "brier": float(weight @ square) / total,
            "auc": _ordered(level, worked, weight),
            "calibration_error": float(gap.sum()) / total,
        }


def household_weights(
    household: NDArray[np.int64], rng: np.random.Generator
) -> Iterator[NDArray[np.float64]]:
    """Yield :data:`DRAWS` weights of people (n): how often their household came up, drawing with replacement."""
    _, own = np.unique(household, return_inverse=True)
    count = int(own.max(initial=-1)) + 1
    for _ in range(DRAWS):
        yield np.bincount(rng.integers(0, count, count), minlength=count)[own].astype(np.float64)


def measured(
    worked: NDArray[np.bool_],
    chance: NDArray[np.float64],
    household: NDArray[np.int64],
    rng: np.random.Generator,
) -> Mapping[str, Measured]:
    """Return every measure with its interval over households.

    ``log_loss`` (mean minus logarithm of the chance of what happened) and ``brier`` (mean square) are better when
    lower; ``auc`` is the share of pairs in the right order; ``calibration_error`` is the mean distance, over tenths of
    people by chance, between mean chance and the share that worked.
    """
    whole = next(weighted_measures(worked, chance, iter((np.ones(len(worked)),))))
    draws = list(weighted_measures(worked, chance, household_weights(household, rng)))
    return {name: _interval(whole[name], [draw[name] for draw in draws]) for name in MEASURES}


def log_loss_saved(
    worked: NDArray[np.bool_],
    chance: NDArray[np.float64],
    other: NDArray[np.float64],
    household: NDArray[np.int64],
    rng: np.random.Generator,
) -> Measured:
    """Return how much lower the log loss of ``chance`` is than that of ``other``, over the same draws of households."""
    saved = _losses(worked, other)[0] - _losses(worked, chance)[0]
    draws = [float(weight @ saved) / float(weight.sum()) for weight in household_weights(household, rng)]
    return _interval(float(saved.mean()), draws)


def _interval(value: float, draws: list[float]) -> Measured:
    low, high = np.quantile(draws, (0.025, 0.975))
    return Measured(value, float(low), float(high))


def calibration(worked: NDArray[np.bool_], chance: NDArray[np.float64]) -> tuple[Bin, ...]:
    """Return the tenths of people by chance, lowest first, with Wilson's interval around the share that worked."""
    part = bins_of(chance)
    out = []
    for number in np.unique(part):
        here = part == number
        people, share = int(here.sum()), float(worked[here].mean())
        spread = WIDTH**2 / people
        middle = (share + spread / 2) / (1 + spread)
        half = WIDTH / (1 + spread) * np.sqrt(share * (1 - share) / people + spread / (4 * people))
        low, high = max(0.0, float(middle - half)), min(1.0, float(middle + half))
        out.append(Bin(people, float(chance[here].mean()), share, low, high))
    return tuple(out)
