"""The arcs of a TopoJSON file, and rings put together from them.

References
----------
Bostock and Metcalf, "The TopoJSON Format Specification", 2.1.2 and 2.1.4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Arcs:
    """Lines that the borders share, in the coordinates of the file."""

    lines: tuple[tuple[Point, ...], ...]

    @classmethod
    def of(cls, arcs: Sequence[Any], transform: Any) -> Self:  # noqa: ANN401 - whatever the JSON holds
        """Read arcs; with a ``transform`` they are steps on a grid, without one they are plain points."""
        if not transform:
            return cls(tuple(tuple((float(p[0]), float(p[1])) for p in arc) for arc in arcs))
        scale, shift = transform["scale"], transform["translate"]
        lines = []
        for arc in arcs:
            x = y = 0
            line = []
            for step in arc:
                x, y = x + step[0], y + step[1]
                line.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
            lines.append(tuple(line))
        return cls(tuple(lines))

    def line(self, index: int) -> tuple[Point, ...]:
        """Return one arc; a negative index (``~i``) is arc ``i`` backwards."""
        return self.lines[index] if index >= 0 else self.lines[~index][::-1]


def stitched(arcs: Arcs, indices: Sequence[int]) -> list[Point]:
    """Return the closed ring of several arcs, each beginning where the one before it ended."""
    ring: list[Point] = []
    for index in indices:
        line = arcs.line(index)
        if ring and ring[-1] != line[0]:
            msg = f"arc {index} does not begin where the one before it ends"
            raise ValueError(msg)
        ring.extend(line[1:] if ring else line)
    return ring
