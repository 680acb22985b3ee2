"""Charts of the policy lab as SVG; the table beside them holds the same figures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from eenthuis.connect.svg import Signs, element, picture, text, written

WIDTH, HEIGHT = 720, 320
LEFT, RIGHT, TOP, BOTTOM = 76, 700, 44, 270
TICKS = 4
STYLE = """
.ee-figure--fan { font: 13px sans-serif; background: #fff }
.outer { fill: #cfe0ef } .inner { fill: #8fb7d9 } .middle { fill: none; stroke: #154273; stroke-width: 3 }
.known { fill: #b3261e } .fitted { fill: #fff; stroke: #b3261e; stroke-width: 2 }
.grid { stroke: #ddd } .zero { stroke: #555; stroke-dasharray: 4 3 }
"""


@dataclass(frozen=True, slots=True)
class FanRow:
    """One half-year of a fan, in the unit of its measure."""

    half_year: str
    q05: float
    q25: float
    q50: float
    q75: float
    q95: float


@dataclass(frozen=True, slots=True)
class Scale:
    """The lowest and highest value of a chart, so that charts beside each other can be compared by eye."""

    low: float
    high: float


def scale_of(*fans: Sequence[FanRow]) -> Scale:
    """Return a scale on which all fans fit, with 0 on it."""
    shown = [row for rows in fans for row in rows if not math.isnan(row.q50)]
    return Scale(
        min([0.0, *(row.q05 for row in shown)]),
        max([0.0, *(row.q95 for row in shown)]) if shown else 1.0,
    )


def fan(
    rows: Sequence[FanRow],
    *,
    title: str,
    unit: str,
    key: str,
    signs: Signs,
    mark: str = "",
    scale: Scale | None = None,
) -> str:
    """Return a fan chart: two bands and a middle line per half-year, with a scale in round numbers.

    ``key`` is the sentence below the chart that says what the bands are, ``signs`` how its language writes numbers.
    Half-years without a figure are left open. On a page, where the style sheet dresses it, ``mark`` keeps its name
    apart from other charts; without it the chart stands on its own.
    """
    reach = scale or scale_of(rows)
    bottom, step = round_scale(reach.low, reach.high)
    top = bottom + step * TICKS
    wide = (RIGHT - LEFT) / max(1, len(rows) - 1)

    def x(place: int) -> float:
        return LEFT + wide * place

    def y(value: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * (value - bottom) / (top - bottom)

    parts = [*_dress(mark), text(f"{title} ({unit})", x=LEFT, y=18)]
    for tick in range(TICKS + 1):
        value = bottom + step * tick
        parts.append(
            element(
                "line", x1=LEFT, x2=RIGHT, y1=y(value), y2=y(value), class_="zero" if value == 0 else "grid"
            )
        )
        parts.append(text(spoken(value, step, signs), x=LEFT - 8, y=y(value) + 4, text_anchor="end"))
    places = [(place, row) for place, row in enumerate(rows) if not math.isnan(row.q50)]
    parts += [
        _band([(x(p), y(r.q05), y(r.q95)) for p, r in places], "outer"),
        _band([(x(p), y(r.q25), y(r.q75)) for p, r in places], "inner"),
        element(
            "polyline", points=" ".join(f"{x(p):.1f},{y(r.q50):.1f}" for p, r in places), class_="middle"
        ),
    ]
    every = max(1, len(rows) // 6)
    parts += [
        text(row.half_year, x=x(place), y=BOTTOM + 20, text_anchor="middle")
        for place, row in enumerate(rows)
        if place % every == 0
    ]
    parts.append(text(key, x=LEFT, y=HEIGHT - 8))
    return _picture(parts, HEIGHT, f"{title} ({unit})", mark)


def dressed(drawn: str) -> str:
    """Return a chart of a page so that it stands on its own, with its colours in it."""
    return drawn.replace("</title>", "</title>" + element("style", STYLE), 1)


def _dress(mark: str) -> list[str]:
    return [] if mark else [element("style", STYLE)]


def _picture(parts: Sequence[str], height: int, title: str, mark: str) -> str:
    drawn = picture(parts, width=WIDTH, height=height, name="fan", title=title) + "\n"
    return drawn.replace("fan-title", f"fan-{mark}-title") if mark else drawn


def _band(points: Sequence[tuple[float, float, float]], name: str) -> str:
    there = [f"{x:.1f},{high:.1f}" for x, _, high in points]
    back = [f"{x:.1f},{low:.1f}" for x, low, _ in reversed(points)]
    return element("polygon", points=" ".join(there + back), class_=name)


def round_scale(low: float, high: float, ticks: int = TICKS) -> tuple[float, float]:
    """Return the lowest tick and the distance of ticks, both round, so that all values fit."""
    reach = max(high - low, 1e-9)
    size = 10.0 ** math.floor(math.log10(reach / ticks))
    for times in (1, 2, 2.5, 5, 10, 20, 25, 50):
        step = size * times
        bottom = math.floor(low / step) * step
        if bottom + step * ticks >= high:
            return bottom, step
    return low, reach / ticks


MOST_DECIMALS = 6


def spoken(value: float, step: float, signs: Signs) -> str:
    """Return a number of a scale as people write it, with as many decimals as its round steps have.

    Examples
    --------
    >>> from eenthuis.connect.svg import DUTCH, ENGLISH
    >>> spoken(7500.0, 2500.0, ENGLISH), spoken(7.5, 2.5, DUTCH), spoken(0.5, 0.5, DUTCH)
    ('7,500', '7,5', '0,5')
    """
    decimals = next(
        (count for count in range(MOST_DECIMALS) if math.isclose(round(step, count), step)), MOST_DECIMALS
    )
    return written(value, decimals, signs)


ROW, NAME_ROOM = 30, 250


@dataclass(frozen=True, slots=True)
class Bar:
    """The effect of one lever, with the half-width of its band of 95 percent, in the unit of the measure."""

    name: str
    effect: float
    half_width: float


def bars(rows: Sequence[Bar], *, title: str, unit: str, key: str, signs: Signs, mark: str = "") -> str:
    """Return a bar per lever from 0 to its effect, largest on top, with its band and its figure written beside it."""
    reach = max((abs(row.effect) + row.half_width for row in rows), default=1.0) or 1.0
    height = TOP + ROW * len(rows) + 40
    middle, half = (NAME_ROOM + RIGHT) / 2, (RIGHT - NAME_ROOM) / 2 - 60
    parts = [*_dress(mark), text(f"{title} ({unit})", x=10, y=18)]
    for place, row in enumerate(rows):
        y, end = TOP + ROW * place, middle + half * row.effect / reach
        wide = half * row.half_width / reach
        parts += [
            text(row.name, x=NAME_ROOM - 60, y=y + 15, text_anchor="end"),
            element(
                "rect", x=min(middle, end), y=float(y), width=abs(end - middle), height=20.0, class_="inner"
            ),
            element("line", x1=end - wide, x2=end + wide, y1=y + 10.0, y2=y + 10.0, class_="middle"),
            text(
                _signed(row.effect, reach, signs),
                x=end + (wide + 6 if row.effect >= 0 else -wide - 6),
                y=y + 15,
                text_anchor="start" if row.effect >= 0 else "end",
            ),
        ]
    parts.append(element("line", x1=middle, x2=middle, y1=TOP - 6, y2=TOP + ROW * len(rows), class_="zero"))
    parts.append(text(key, x=10, y=height - 10))
    return _picture(parts, height, f"{title} ({unit})", mark)


def _signed(value: float, reach: float, signs: Signs) -> str:
    fine = reach / 100
    told = written(value, max(0, 1 - math.floor(math.log10(fine))) if fine < 1 else 0, signs)
    return told if value < 0 else f"+{told}"


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A published figure beside the band of 80 percent in which it was foreseen, in its unit."""

    half_year: str
    published: float
    q10: float
    q50: float
    q90: float
    is_held_out: bool


def foreseen(
    rows: Sequence[Foreseen], *, title: str, unit: str, key: str, signs: Signs, mark: str = ""
) -> str:
    """Return a bar from the tenth to the ninetieth percentile per half-year, with a dot for the published figure.

    The dot of a figure that was held out is filled, of one that was fitted open.
    """
    bottom, step = round_scale(0.0, max([1.0, *(max(row.q90, row.published) for row in rows)]))
    top = bottom + step * TICKS
    wide = (RIGHT - LEFT) / max(1, len(rows))

    def y(value: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * (value - bottom) / (top - bottom)

    parts = [*_dress(mark), text(f"{title} ({unit})", x=LEFT, y=18)]
    for tick in range(TICKS + 1):
        value = bottom + step * tick
        parts += [
            element("line", x1=LEFT, x2=RIGHT, y1=y(value), y2=y(value), class_="grid"),
            text(spoken(value, step, signs), x=LEFT - 8, y=y(value) + 4, text_anchor="end"),
        ]
    for place, row in enumerate(rows):
        x = LEFT + wide * (place + 0.5)
        parts += [
            element(
                "rect", x=x - 12, y=y(row.q90), width=24.0, height=y(row.q10) - y(row.q90), class_="outer"
            ),
            element("line", x1=x - 12, x2=x + 12, y1=y(row.q50), y2=y(row.q50), class_="middle"),
            element(
                "circle", cx=x, cy=y(row.published), r=5.0, class_="known" if row.is_held_out else "fitted"
            ),
            text(row.half_year, x=x, y=BOTTOM + 20, text_anchor="middle"),
        ]
    parts.append(text(key, x=LEFT, y=HEIGHT - 8))
    return _picture(parts, HEIGHT, f"{title} ({unit})", mark)
