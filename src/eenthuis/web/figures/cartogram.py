"""A cartogram: every municipality a circle as large as its inhabitants, near where it lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians
from xml.sax.saxutils import escape

import numpy as np
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from eenthuis.web.figures.svg import element, picture

WIDTH, HEIGHT = 640, 720
FILLED = 0.32
"""Share of the picture that the circles cover together."""

ROUNDS = 420
GAP = 0.8
NEAR = 160
"""Circles whose places lie further apart than they reach plus this never meet."""

MARGIN = 14
MIDDLE_LATITUDE = 52.2
NAMED_FROM = 26.0
"""A circle of at least this radius bears the name of its municipality."""


@dataclass(frozen=True, slots=True)
class Circle:
    """One municipality: where it lies, how many live there, what class it has and what is said of it."""

    code: str
    name: str
    lat: float
    lon: float
    inhabitants: int
    kind: str
    said: str


def cartogram(circles: Sequence[Circle], *, title: str) -> SafeString:
    """Draw the circles; the same circles always come to lie in the same place."""
    placed = layout(tuple((circle.lat, circle.lon, circle.inhabitants) for circle in circles))
    parts = []
    for circle, (x, y, radius) in zip(circles, placed, strict=True):
        said = element("title", escape(circle.said))
        parts.append(
            element("circle", said, cx=x, cy=y, r=radius, class_=f"ee-place ee-place--{circle.kind}")
        )
    parts += [
        element(
            "text",
            escape(circle.name),
            x=x,
            y=y + 4,
            text_anchor="middle",
            class_=f"ee-place-name ee-place-name--{circle.kind}",
        )
        for circle, (x, y, radius) in zip(circles, placed, strict=True)
        if radius >= max(NAMED_FROM, 3.6 * len(circle.name))
    ]
    return picture(
        parts, width=WIDTH, height=HEIGHT, name="cartogram", title=title or _("Kaart van gemeenten")
    )


@lru_cache(maxsize=8)
def layout(places: tuple[tuple[float, float, int], ...]) -> tuple[tuple[float, float, float], ...]:
    """Return x, y and radius of every circle: pushed apart where they overlap, pulled back to where they lie."""
    if not places:
        return ()
    where = np.array([(lon * cos(radians(MIDDLE_LATITUDE)), -lat) for lat, lon, _people in places])
    people = np.array([float(inhabitants) for *_place, inhabitants in places])
    low, high = where.min(axis=0), where.max(axis=0)
    scale = ((np.array([WIDTH, HEIGHT]) - 2 * MARGIN) / np.maximum(high - low, 1e-6)).min()
    home = (where - low) * scale
    home += (np.array([WIDTH, HEIGHT]) - (high - low) * scale) / 2
    radius = np.sqrt(people / people.sum() * FILLED * WIDTH * HEIGHT / np.pi)
    spot = _settled(home, radius)
    return tuple((float(x), float(y), float(r)) for (x, y), r in zip(spot, radius, strict=True))


def _settled(home: NDArray[np.float64], radius: NDArray[np.float64]) -> NDArray[np.float64]:
    spot = home + 1e-3 * np.stack([np.arange(len(home)), -np.arange(len(home))], axis=1)
    one, other = np.triu_indices(len(home), k=1)
    reach = radius[one] + radius[other] + GAP
    near = np.hypot(*(home[one] - home[other]).T) < reach + NEAR
    one, other, reach = one[near], other[near], reach[near]
    lightness = radius[other] ** 2 / (radius[one] ** 2 + radius[other] ** 2)
    edge = radius[:, None] + 2
    for turn in range(ROUNDS):
        apart = spot[one] - spot[other]
        distance = np.maximum(np.hypot(*apart.T), 1e-9)
        push = (0.9 * np.maximum(reach - distance, 0) / distance)[:, None] * apart
        for axis in (0, 1):
            spot[:, axis] += np.bincount(one, push[:, axis] * lightness, len(spot))
            spot[:, axis] -= np.bincount(other, push[:, axis] * (1 - lightness), len(spot))
        if turn < ROUNDS // 2:
            spot += 0.03 * (home - spot)
        spot = np.clip(spot, edge, np.array([WIDTH, HEIGHT]) - edge)
    return spot
