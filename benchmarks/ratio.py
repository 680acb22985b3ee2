"""What a benchmark reports: our measure beside another's, taken in the same run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ratio:
    """One measurement of Eenthuis beside one of a named other.

    ``ours`` and ``theirs`` are in the same ``unit``; lower is better for both. ``limit`` is the highest
    ratio that was promised, None where nothing was. ``note`` holds what a reader must know: sizes, versions,
    what each side does more or less than the other.
    """

    name: str
    ours: float
    theirs: float
    against: str
    unit: str
    limit: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float:
        """How many times the other's measure ours is."""
        return self.ours / self.theirs

    @property
    def kept(self) -> bool:
        """Whether the promise is kept; without a promise it is."""
        return self.limit is None or self.ratio <= self.limit
