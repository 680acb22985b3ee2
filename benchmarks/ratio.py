"""What a benchmark reports: our measure beside another's, taken in the same run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure that the engine is held to: its name (L1, L2 ...), what it is of, what is wanted, what was reached.

    ``at_least`` says that more is better; else less is.
    """

    name: str
    what: str
    wanted: float
    reached: float
    unit: str
    at_least: bool = False

    @property
    def holds(self) -> bool:
        """Whether what was reached is what is wanted."""
        return self.reached >= self.wanted if self.at_least else self.reached <= self.wanted


@dataclass(frozen=True, slots=True)
class Ratio:
    """One measurement of Eenthuis beside one of a named other.

    ``ours`` and ``theirs`` are in the same ``unit``; lower is better for both. ``limit`` is the highest
    ratio that was promised, None where nothing was. ``note`` holds what a reader must know: sizes, versions,
    what each side does more or less than the other. ``card`` says how the instance was drawn and what it is like;
    ``figures`` are those that the same run measured.
    """

    name: str
    ours: float
    theirs: float
    against: str
    unit: str
    limit: float | None = None
    note: str = ""
    card: Mapping[str, object] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()

    @property
    def ratio(self) -> float:
        """How many times the other's measure ours is."""
        return self.ours / self.theirs if self.theirs else float("inf")

    @property
    def kept(self) -> bool:
        """Whether the promise is kept; without a promise it is."""
        return self.limit is None or self.ratio <= self.limit
