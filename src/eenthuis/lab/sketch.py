"""Quantiles of many values in little room, the same whoever adds them and in whatever order.

A value falls into a cell whose ends differ by a fifth of a percent, so that a quantile is right to within a tenth of a
percent of itself; sums are kept in whole millionths. Both are whole numbers, which add up alike in any order.

References
----------
Masson, Rim and Lee (2019), DDSketch: a fast and fully-mergeable quantile sketch with relative-error guarantees.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numba import njit
from numpy.typing import NDArray

RATIO = 1.002
_LOG = math.log(RATIO)
LEAST = 1e-6
"""Values nearer to 0 count as 0."""
MILLIONTHS = 1_000_000
_HALF = 26
"""Bits of the lower half of a whole number that is squared in two halves, so that sums of squares stay exact."""


@dataclass(slots=True)
class Sketch:
    """How often each cell was met, and sums; ``missing`` counts values that are not there (nobody moved)."""

    cells: Counter[int] = field(default_factory=Counter)
    count: int = 0
    missing: int = 0
    total: int = 0
    squares: int = 0

    def add(self, values: Iterable[float]) -> None:
        """Add values; NaN is counted as missing."""
        self.merge(sketched(np.fromiter(values, np.float64)[:, None])[0])

    def merge(self, other: Sketch) -> None:
        """Add what another sketch holds."""
        self.cells.update(other.cells)
        self.count += other.count
        self.missing += other.missing
        self.total += other.total
        self.squares += other.squares

    def quantile(self, level: float) -> float:
        """Return the value below which a share ``level`` lies, to within a tenth of a percent; NaN without values."""
        if not self.count:
            return math.nan
        rank = level * (self.count - 1)
        passed = 0
        for cell in sorted(self.cells):
            passed += self.cells[cell]
            if passed > rank:
                return _middle(cell)
        return _middle(max(self.cells))

    @property
    def mean(self) -> float:
        """The mean of the values; NaN without any."""
        return self.total / self.count / MILLIONTHS if self.count else math.nan

    @property
    def error(self) -> float:
        """The standard error of the mean; NaN with fewer than two values."""
        if self.count < 2:  # noqa: PLR2004 - a spread needs two values
            return math.nan
        spread = self.count * self.squares - self.total * self.total
        return math.sqrt(spread / self.count / (self.count - 1) / self.count) / MILLIONTHS


def sketched(values: NDArray[np.float64]) -> list[Sketch]:
    """Return a sketch of every column of ``values`` (futures × columns); NaN is counted as missing."""
    there = ~np.isnan(values)
    whole = np.rint(np.where(there, values, 0.0) * MILLIONTHS).astype(np.int64)
    high, low = whole >> _HALF, whole & ((1 << _HALF) - 1)
    sums = (there, whole, high * high, high * low, low * low)
    columns = zip(_cells(values).T, there.T, *(one.sum(axis=0).tolist() for one in sums), strict=True)
    return [
        Sketch(
            Counter((cells if count == len(values) else cells[real]).tolist()),
            count=count,
            missing=len(values) - count,
            total=total,
            squares=(highs << 2 * _HALF) + (mixed << _HALF + 1) + lows,
        )
        for cells, real, count, total, highs, mixed, lows in columns
    ]


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _cells(values: NDArray[np.float64]) -> NDArray[np.int32]:
    found = np.zeros(values.shape, np.int32)
    for row in range(values.shape[0]):
        for column in range(values.shape[1]):
            if not math.isnan(values[row, column]):
                found[row, column] = _cell(values[row, column])
    return found


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _cell(value: float) -> int:
    size = abs(value)
    if size < LEAST:
        return 0
    cell = 1 + max(0, math.floor(math.log(size / LEAST) / _LOG))
    return cell if value > 0 else -cell


def _middle(cell: int) -> float:
    if cell == 0:
        return 0.0
    size = LEAST * math.exp((abs(cell) - 0.5) * _LOG)
    return size if cell > 0 else -size
