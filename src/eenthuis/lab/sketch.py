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

RATIO = 1.002
_LOG = math.log(RATIO)
LEAST = 1e-6
"""Values nearer to 0 count as 0."""
MILLIONTHS = 1_000_000


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
        for value in values:
            if math.isnan(value):
                self.missing += 1
                continue
            whole = round(value * MILLIONTHS)
            self.cells[_cell(value)] += 1
            self.count += 1
            self.total += whole
            self.squares += whole * whole

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
