"""Pictures of the policy lab per place: small charts of provinces on one scale, and equal squares per municipality.

They are drawn small, so that a narrow screen shows them at about their own size. On a page the style sheet dresses
them; :func:`dressed` lets one stand on its own.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from eenthuis.connect.lab_figures import round_scale, spoken
from eenthuis.connect.svg import Signs, element, picture, text

PANEL_WIDTH, PANEL_HEIGHT = 180, 132
LEFT, RIGHT, TOP, BOTTOM = 52, 174, 24, 112
PANEL_TICKS = 2
COLUMNS = 3
"""Panels beside each other in a picture of all."""
STYLE = """
.ee-figure--panel, .ee-figure--tiles { font: 12px sans-serif; background: #fff }
.name { font-weight: bold } .grid { stroke: #ddd } .zero { stroke: #555; stroke-dasharray: 4 3 }
.base-band { fill: #b9c4c9; opacity: .7 } .base { fill: none; stroke: #33474f; stroke-width: 2; stroke-dasharray: 5 3 }
.other-band { fill: #8fb7d9; opacity: .55 } .other { fill: none; stroke: #154273; stroke-width: 2.5 }
.tile { stroke: #33474f; stroke-width: .5 }
.tile--none { fill: #fff } .tile--0 { fill: #e3ecf5 } .tile--1 { fill: #c0d5e8 } .tile--2 { fill: #8fb3d5 }
.tile--3 { fill: #4f82b8 } .tile--4 { fill: #154273 }
.tile--less2 { fill: #154273 } .tile--less1 { fill: #8fb3d5 } .tile--same { fill: #f7f7f7 }
.tile--more1 { fill: #f2b98d } .tile--more2 { fill: #a34a10 }
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One scenario of a panel: its middle and the band of nine of ten futures, per half-year."""

    middle: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]


@dataclass(frozen=True, slots=True)
class Panel:
    """One province: its name, the base, and the scenario beside it."""

    name: str
    base: Line
    other: Line


@dataclass(frozen=True, slots=True)
class Reach:
    """The lowest and highest value of all panels."""

    low: float
    high: float


def reach_of(panels: Sequence[Panel]) -> Reach:
    """Return a reach that holds every panel, and 0."""
    ends = [value for one in panels for line in (one.base, one.other) for value in (*line.low, *line.high)]
    return Reach(min(0.0, *ends), max(1.0, *ends))


def panel(one: Panel, half_years: Sequence[str], reach: Reach, *, signs: Signs, mark: str) -> str:
    """Return the chart of one province, its axes those of every other."""
    parts = _panel_parts(one, half_years, reach, signs)
    drawn = picture(parts, width=PANEL_WIDTH, height=PANEL_HEIGHT, name="panel", title=one.name)
    return drawn.replace("panel-title", f"panel-{mark}-title")


def panels(every: Sequence[Panel], half_years: Sequence[str], *, title: str, signs: Signs) -> str:
    """Return one picture of all provinces that stands on its own."""
    reach = reach_of(every)
    parts = [element("style", STYLE)]
    for place, one in enumerate(every):
        x, y = place % COLUMNS * PANEL_WIDTH, place // COLUMNS * PANEL_HEIGHT
        inside = "".join(_panel_parts(one, half_years, reach, signs))
        parts.append(element("g", inside, transform=f"translate({x} {y})"))
    rows = math.ceil(len(every) / COLUMNS)
    return picture(parts, width=COLUMNS * PANEL_WIDTH, height=rows * PANEL_HEIGHT, name="panel", title=title)


def _panel_parts(one: Panel, half_years: Sequence[str], reach: Reach, signs: Signs) -> list[str]:
    bottom, step = round_scale(reach.low, reach.high, PANEL_TICKS)
    top = bottom + step * PANEL_TICKS
    wide = (RIGHT - LEFT) / max(1, len(half_years) - 1)

    def y(value: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * (value - bottom) / (top - bottom)

    parts = [text(one.name, x=4, y=14, class_="name")]
    for tick in range(PANEL_TICKS + 1):
        value = bottom + step * tick
        kind = "zero" if value == 0 else "grid"
        parts += [
            element("line", x1=LEFT, x2=RIGHT, y1=y(value), y2=y(value), class_=kind),
            text(spoken(value, step, signs), x=LEFT - 4, y=y(value) + 4, text_anchor="end"),
        ]
    for line, kind in ((one.base, "base"), (one.other, "other")):
        there = [f"{LEFT + wide * at:.1f},{y(value):.1f}" for at, value in enumerate(line.high)]
        back = [f"{LEFT + wide * at:.1f},{y(value):.1f}" for at, value in enumerate(line.low)]
        parts.append(element("polygon", points=" ".join(there + back[::-1]), class_=f"{kind}-band"))
    for line, kind in ((one.base, "base"), (one.other, "other")):
        points = " ".join(f"{LEFT + wide * at:.1f},{y(value):.1f}" for at, value in enumerate(line.middle))
        parts.append(element("polyline", points=points, class_=kind))
    parts.append(text(half_years[0], x=LEFT, y=BOTTOM + 15))
    if len(half_years) > 1:
        parts.append(text(half_years[-1], x=RIGHT, y=BOTTOM + 15, text_anchor="end"))
    return parts


SIDE, ACROSS, SPACE, NAME_HEIGHT = 13, 8, 14, 16
TILES_WIDTH = 360
LAYOUT: tuple[tuple[str, ...], ...] = (
    ("", "PV21", "PV20"),
    ("PV27", "PV24", "PV22"),
    ("PV28", "PV26", "PV23"),
    ("PV29", "PV30", "PV25"),
    ("", "", "PV31"),
)
"""Provinces by code about where they lie, north up."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One municipality: its code and province, where it lies, its class, and what is said of it."""

    code: str
    province: str
    lat: float
    lon: float
    kind: str
    said: str


def tiles(every: Sequence[Tile], names: Mapping[str, str], *, title: str, mark: str, is_small: bool) -> str:
    """Return a square per municipality in the block of its province, north up and west to the left.

    A small picture has no names, and one path per class.
    """
    spots, heads, height = _spots(every)
    if is_small:
        paths: dict[str, list[str]] = {}
        for one in every:
            x, y = spots[one.code]
            paths.setdefault(one.kind, []).append(f"M{x} {y}h{SIDE - 1}v{SIDE - 1}h-{SIDE - 1}z")
        parts = [
            element("path", d="".join(found), class_=f"tile tile--{kind}")
            for kind, found in sorted(paths.items())
        ]
    else:
        parts = [text(names[province], x=x, y=y, class_="name") for province, (x, y) in heads.items()]
        parts += [
            element(
                "rect", element("title", escape(one.said)), x=spots[one.code][0], y=spots[one.code][1],
                width=SIDE - 1, height=SIDE - 1, class_=f"tile tile--{one.kind}",
            )
            for one in every
        ]  # fmt: skip
    drawn = picture(parts, width=TILES_WIDTH, height=height, name="tiles", title=title)
    return drawn.replace("tiles-title", f"tiles-{mark}-title")


def _spots(
    every: Sequence[Tile],
) -> tuple[dict[str, tuple[int, int]], dict[str, tuple[int, int]], int]:
    """Return the corner of every square, where the name of every province stands, and the height."""
    own: dict[str, list[Tile]] = {}
    for one in every:
        own.setdefault(one.province, []).append(one)
    spots, heads, y = {}, {}, NAME_HEIGHT
    for row in LAYOUT:
        deepest = 0
        for column, province in enumerate(row):
            if province not in own:
                continue
            x = column * (ACROSS * SIDE + SPACE)
            heads[province] = (x, y - 4)
            north = sorted(own[province], key=lambda one: (-one.lat, one.code))
            lines = [north[at : at + ACROSS] for at in range(0, len(north), ACROSS)]
            for down, line in enumerate(lines):
                for along, one in enumerate(sorted(line, key=lambda one: (one.lon, one.code))):
                    spots[one.code] = (x + along * SIDE, y + down * SIDE)
            deepest = max(deepest, len(lines))
        y += deepest * SIDE + SPACE + NAME_HEIGHT
    return spots, heads, y - NAME_HEIGHT


def dressed(drawn: str) -> str:
    """Return a picture of a page so that it stands on its own, with its colours in it."""
    return drawn.replace("</title>", "</title>" + element("style", STYLE), 1)
