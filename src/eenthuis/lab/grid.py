"""Quantiles of whole numbers for many rows at once: counts per cell, the same in whatever order they are added.

Near 0 every number has a cell of its own; further out the ends of a cell differ by a fixed ratio, so that a quantile is
right to within half of that. Room does not grow with the number of values.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from eenthuis.lab.kernel import kernel

Whole = NDArray[np.int64]
Real = NDArray[np.float64]
MOST = 1_000_000
"""Numbers further from 0 than this count as this."""
COMMON = 1 << 14
"""Numbers nearer to 0 than this find their cell in a table."""
BLOCK = 16
"""Rows that are done together, so that what is counted and where stays at hand."""


@dataclass(frozen=True, slots=True)
class Cells:
    """How numbers fall into cells: each by itself up to ``exact``, then by ``ratio``; ``is_signed`` if below 0 too."""

    exact: int
    ratio: float
    is_signed: bool

    def ends(self) -> Whole:
        """Return the least number of every cell from 0 up."""
        return _ends(self.exact, self.ratio)

    @property
    def many(self) -> int:
        """How many cells there are."""
        return (2 if self.is_signed else 1) * len(self.ends())

    def middles(self) -> Real:
        """Return the whole number that stands for each cell, from the lowest to the highest."""
        low = self.ends()
        high = np.append(low[1:] - 1, MOST)
        up = np.rint(np.sqrt(low * high.astype(float)))
        return np.concatenate([-up[::-1], up]) if self.is_signed else up


@cache
def _ends(exact: int, ratio: float) -> Whole:
    steps = math.ceil(math.log(MOST / (exact + 1)) / math.log(ratio))
    further = np.floor((exact + 1) * ratio ** np.arange(steps + 1)).astype(np.int64)
    return np.unique(np.concatenate([np.arange(exact + 1), further[further <= MOST]]))


@cache
def _near(exact: int, ratio: float) -> NDArray[np.int16]:
    """Return the cell of every number that is common, so that it need not be sought."""
    return (np.searchsorted(_ends(exact, ratio), np.arange(COMMON), side="right") - 1).astype(np.int16)


@dataclass(slots=True)
class Grid:
    """Counts per row and cell, with sums and sums of squares per row; every part is whole."""

    cells: Cells
    rows: int
    many: int = 0
    counts: NDArray[np.uint32] = field(init=False)
    total: Whole = field(init=False)
    squares: Whole = field(init=False)

    def __post_init__(self) -> None:
        """Make room, empty."""
        self.counts = np.zeros((self.rows, self.cells.many), np.uint32)
        self.total = np.zeros(self.rows, np.int64)
        self.squares = np.zeros(self.rows, np.int64)

    def add(self, values: NDArray[np.signedinteger]) -> None:
        """Add a value to each row for each of several futures (futures × rows)."""
        whole = np.ascontiguousarray(values, np.int64)
        self.many += len(whole)
        _add(
            whole,
            self.cells.ends(),
            _near(self.cells.exact, self.cells.ratio),
            len(self.cells.middles()) - len(self.cells.ends()),
            self.counts,
            self.total,
            self.squares,
        )

    def quantiles(self, *levels: float) -> Real:
        """Return for each level the value of every row below which that share of futures lies (levels × rows)."""
        passed = np.cumsum(self.counts, axis=1, dtype=np.int64)
        middles = self.cells.middles()
        return np.stack([middles[(passed <= at * (self.many - 1)).sum(axis=1)] for at in levels])

    def means(self) -> Real:
        """Return the mean of every row."""
        return self.total / self.many

    def errors(self) -> Real:
        """Return the standard error of the mean of every row; NaN with fewer than two futures."""
        return mean_errors(self.many, self.total, self.squares)


def mean_errors(many: int, total: Whole, squares: Whole) -> Real:
    """Return standard errors of means from whole sums; NaN with fewer than two values."""
    if many < 2:  # noqa: PLR2004 - a spread needs two values
        return np.full(len(total), math.nan)
    spread = squares.astype(float) - total.astype(float) ** 2 / many
    return np.sqrt(np.maximum(spread, 0.0) / (many - 1) / many)


@kernel
def _add(
    values: Whole,
    ends: Whole,
    near: NDArray[np.int16],
    below: int,
    counts: NDArray[np.uint32],
    total: Whole,
    squares: Whole,
) -> None:
    for first in range(0, values.shape[1], BLOCK):
        for future in range(values.shape[0]):
            for row in range(first, min(first + BLOCK, values.shape[1])):
                value = values[future, row]
                size = min(abs(value), MOST)
                cell = near[size] if size < len(near) else np.searchsorted(ends, size, side="right") - 1
                counts[row, below + cell if value >= 0 or below == 0 else below - 1 - cell] += 1
                total[row] += value
                squares[row] += value * value
