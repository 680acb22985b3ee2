"""The real map, drawn from boundaries that an installation has loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import cos, radians
from xml.sax.saxutils import escape

from django.utils.safestring import SafeString

from eenthuis.terms.places import MunicipalityCode
from eenthuis.web.figures.svg import element, number, picture

WIDTH, HEIGHT = 640, 760
MARGIN = 10
MIDDLE_LATITUDE = 52.2

Ring = Sequence[tuple[float, float]]
Polygons = Sequence[Sequence[Ring]]


def boundary_map(
    boundaries: Mapping[MunicipalityCode, Polygons],
    kinds: Mapping[MunicipalityCode, tuple[str, str]],
    *,
    title: str,
) -> SafeString | None:
    """Draw the municipalities in ``kinds`` (class and what is said of each); None when no boundary is loaded."""
    shown = {code: boundaries[code] for code in kinds if code in boundaries}
    if not shown:
        return None
    place = Projection(point for polygons in shown.values() for rings in polygons for point in rings[0])
    parts = [
        element(
            "path",
            element("title", escape(kinds[code][1])),
            d="".join(ring_path(ring, place) for rings in polygons for ring in rings),
            fill_rule="evenodd",
            class_=f"ee-place ee-place--{kinds[code][0]}",
        )
        for code, polygons in sorted(shown.items())
    ]
    return picture(parts, width=WIDTH, height=HEIGHT, name="map", title=title)


class Projection:
    """Degrees to places on the picture, north up, fitted to the points given."""

    def __init__(self, points: Iterable[tuple[float, float]]) -> None:
        """Fit the points, as longitude and latitude, onto the picture."""
        listed = list(points)
        self._stretch = cos(radians(MIDDLE_LATITUDE))
        self._west, self._north = min(lon for lon, _ in listed), max(lat for _, lat in listed)
        wide = (max(lon for lon, _ in listed) - self._west) * self._stretch
        high = self._north - min(lat for _, lat in listed)
        self._scale = min((WIDTH - 2 * MARGIN) / max(wide, 1e-9), (HEIGHT - 2 * MARGIN) / max(high, 1e-9))
        self._left = (WIDTH - wide * self._scale) / 2

    def __call__(self, point: tuple[float, float]) -> tuple[float, float]:
        """Return where a longitude and latitude lies on the picture."""
        lon, lat = point
        x = self._left + (lon - self._west) * self._stretch * self._scale
        return x, MARGIN + (self._north - lat) * self._scale


def ring_path(ring: Ring, place: Projection) -> str:
    """Return a ring as the path of a picture."""
    points = [place(point) for point in ring]
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + "Z"
