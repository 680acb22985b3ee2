"""Borders with fewer points, the same ones on both sides; and the Dutch grid in degrees.

References
----------
Douglas and Peucker (1973), "Algorithms for the reduction of the number of points required to represent a digitized
line". Schreutelkamp and Strang van Hees (2001), "Benaderingsformules voor de transformatie tussen RD- en
WGS84-kaartcoördinaten": better than a metre within the country.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

Point = tuple[float, float]
Ring = tuple[Point, ...]
Polygon = tuple[Ring, ...]
Key = TypeVar("Key")

_METRES_PER_DEGREE = 111_320.0
_WIDTH_OF_A_DEGREE = math.cos(math.radians(52.2))
_TRIANGLE = 3
_BRANCH = 2

_NORTHWARD = (
    (0, 1, 3235.65389), (2, 0, -32.58297), (0, 2, -0.24750), (2, 1, -0.84978), (0, 3, -0.06550), (2, 2, -0.01709),
    (1, 0, -0.00738), (4, 0, 0.00530), (2, 3, -0.00039), (4, 1, 0.00033), (1, 1, -0.00012),
)  # fmt: skip
_EASTWARD = (
    (1, 0, 5260.52916), (1, 1, 105.94684), (1, 2, 2.45656), (3, 0, -0.81885), (1, 3, 0.05594), (3, 1, -0.05607),
    (0, 1, 0.01199), (3, 2, -0.00256), (1, 4, 0.00128), (0, 2, 0.00022), (2, 0, -0.00022), (5, 0, 0.00026),
)  # fmt: skip


def to_degrees(x: float, y: float) -> Point:
    """Return longitude and latitude (WGS84) of a point on the Dutch grid (RD New), in metres.

    Examples
    --------
    >>> lon, lat = to_degrees(155_000, 463_000)
    >>> round(lon, 5), round(lat, 5)
    (5.38721, 52.15517)
    """
    east, north = (x - 155_000) * 1e-5, (y - 463_000) * 1e-5
    lat = 52.15517440 + sum(k * east**p * north**q for p, q, k in _NORTHWARD) / 3600
    lon = 5.38720621 + sum(k * east**p * north**q for p, q, k in _EASTWARD) / 3600
    return lon, lat


def simplified(
    boundaries: Mapping[Key, Sequence[Polygon]], *, metres: float
) -> Mapping[Key, tuple[Polygon, ...]]:
    """Return the boundaries with no more points than ``metres`` asks for.

    Borders are cut where three or more meet, and each piece is simplified once for both its sides. Islands and
    holes that shrink to nothing are left out; the largest part of a place always stays.
    """
    corners = _corners(boundaries)
    return {
        key: _place(polygons, corners, metres / _METRES_PER_DEGREE) for key, polygons in boundaries.items()
    }


def _corners(boundaries: Mapping[Key, Sequence[Polygon]]) -> frozenset[Point]:
    """Return the points from which more than two borders leave."""
    beside: defaultdict[Point, set[Point]] = defaultdict(set)
    for polygons in boundaries.values():
        for polygon in polygons:
            for ring in polygon:
                for one, other in pairwise(ring):
                    beside[one].add(other)
                    beside[other].add(one)
    return frozenset(point for point, ends in beside.items() if len(ends - {point}) > _BRANCH)


def _place(polygons: Sequence[Polygon], corners: frozenset[Point], tolerance: float) -> tuple[Polygon, ...]:
    kept = []
    for polygon in polygons:
        rings = [_simplified_ring(ring, corners, tolerance) for ring in polygon]
        if rings and len(set(rings[0])) >= _TRIANGLE:
            kept.append((rings[0], *(ring for ring in rings[1:] if len(set(ring)) >= _TRIANGLE)))
    if kept:
        return tuple(kept)
    return (max(polygons, key=lambda polygon: abs(area(polygon[0]))),) if polygons else ()


def area(ring: Ring) -> float:
    """Return the area within a ring in square degrees, positive when it turns to the left."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def _simplified_ring(ring: Ring, corners: frozenset[Point], tolerance: float) -> Ring:
    around = ring[:-1] if ring and ring[0] == ring[-1] else ring
    if len(around) <= _TRIANGLE:
        return (*around, around[0]) if around else ()
    cuts = [place for place, point in enumerate(around) if point in corners] or _own_cuts(around)
    if len(cuts) == 1:
        cuts = sorted({cuts[0], _farthest(around, cuts[0])})
    drawn: list[Point] = []
    for start, end in zip(cuts, [*cuts[1:], cuts[0] + len(around)], strict=True):
        piece = [around[place % len(around)] for place in range(start, end + 1)]
        drawn.extend(_simplified_line(piece, tolerance)[:-1])
    return (*drawn, drawn[0])


def _own_cuts(around: Sequence[Point]) -> list[int]:
    """Return where to cut a ring that meets no other, the same whichever way round it is drawn."""
    first = min(range(len(around)), key=lambda place: around[place])
    return sorted({first, _farthest(around, first)})


def _farthest(around: Sequence[Point], place: int) -> int:
    origin = around[place]
    return max(range(len(around)), key=lambda other: (_square(origin, around[other]), around[other]))


def _square(one: Point, other: Point) -> float:
    across = (one[0] - other[0]) * _WIDTH_OF_A_DEGREE
    return across * across + (one[1] - other[1]) ** 2


def _simplified_line(points: Sequence[Point], tolerance: float) -> list[Point]:
    """Return the line with fewer points; it gives the same points in both directions."""
    if points[-1] < points[0]:
        return _simplified_line(points[::-1], tolerance)[::-1]
    keep = {0, len(points) - 1}
    waiting = [(0, len(points) - 1)]
    while waiting:
        start, end = waiting.pop()
        farthest, distance = start, -1.0
        for place in range(start + 1, end):
            found = _distance(points[place], points[start], points[end])
            if found > distance:
                farthest, distance = place, found
        if distance > tolerance:
            keep.add(farthest)
            waiting += [(start, farthest), (farthest, end)]
    return [points[place] for place in sorted(keep)]


def _distance(point: Point, start: Point, end: Point) -> float:
    """Return how far a point lies from a stretch, in degrees of latitude."""
    px, sx, ex = (p[0] * _WIDTH_OF_A_DEGREE for p in (point, start, end))
    py, sy, ey = point[1], start[1], end[1]
    dx, dy = ex - sx, ey - sy
    length = dx * dx + dy * dy
    share = min(1.0, max(0.0, ((px - sx) * dx + (py - sy) * dy) / length)) if length else 0.0
    return math.hypot(px - sx - share * dx, py - sy - share * dy)
