"""What comes to a municipality: households still to be linked per size band in the next months, with uncertainty.

People come at the pace of the year before; while there is no such year, those still to be linked within the target come
evenly until the half-year ends, and after that at the pace of the next target. Households come in the sizes of those
who wait in the whole country. Chance does the rest: how many come at all varies more than the throws of a die, because
links come in batches.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9
DRAWS = 4000
ALL = "all"
BATCHES = 3.0
"""How far the speed of linking varies between municipalities: the shape of a gamma distribution with mean one."""

STEADY = 10.0
"""The same around the pace of the year before; ``benchmarks/bench_coming.py`` prints how often its intervals hold."""


@dataclass(frozen=True, slots=True)
class Coming:
    """Households of a band that come within so many months: a low, a middle and a high count.

    Eight in ten futures lie from ``low`` to ``high``.
    """

    band: str
    months: int
    low: int
    middle: int
    high: int

    def covers(self, count: int) -> bool:
        """Return whether a count lies within the interval; its ends count."""
        return self.low <= count <= self.high


def coming(
    people: NDArray[np.float64],
    *,
    mix: Mapping[str, int],
    persons: Mapping[str, float],
    rng: Generator,
    batches: float = BATCHES,
) -> tuple[Coming, ...]:
    """Return the households that come, per band and number of months, and of all bands together.

    Parameters
    ----------
    people
        D x M float64: people expected to be linked in each of M months to come, in D equally likely futures.
    mix
        Households per band among those who wait.
    persons
        Mean persons of a household per band.
    rng
        Where chance comes from.
    batches
        Shape of the gamma distribution of the speed of linking; larger is steadier.

    Examples
    --------
    >>> rng = np.random.Generator(np.random.PCG64(1))
    >>> found = coming(np.full((100, 2), 10.0), mix={"1": 5, "2": 0}, persons={"1": 1.0, "2": 2.0}, rng=rng)
    >>> [(one.band, one.months) for one in found]
    [('1', 1), ('2', 1), ('all', 1), ('1', 2), ('2', 2), ('all', 2)]
    >>> found[1].high
    0
    """
    waiting = sum(number * persons[band] for band, number in mix.items())
    if not waiting:
        return ()
    bands = list(mix)
    rate = np.array([mix[band] / waiting for band in bands])
    speed = rng.gamma(batches, 1 / batches, size=len(people))
    expected = speed[:, None, None] * people[:, :, None] * rate[None, None, :]
    counts = rng.poisson(expected).cumsum(axis=1)
    counts = np.concatenate([counts, counts.sum(axis=2, keepdims=True)], axis=2)
    ends = np.quantile(counts, [LOW, MIDDLE, HIGH], axis=0, method="inverted_cdf").astype(int)
    return tuple(
        Coming(band, month + 1, *(int(value) for value in ends[:, month, at]))
        for month in range(people.shape[1])
        for at, band in enumerate((*bands, ALL))
    )


def spread_over(parts: Sequence[tuple[NDArray[np.float64], Sequence[float]]]) -> NDArray[np.float64]:
    """Return people per future and month from parts: each the people (D float64) of a half-year and month shares.

    A share says how much of the half-year's people falls in a month; months in which none does have 0.
    """
    return np.asarray(sum(people[:, None] * np.asarray(shares)[None, :] for people, shares in parts), float)
