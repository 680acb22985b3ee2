"""Charts of how forecasts met their figures, as SVG, each with its table."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from eenthuis.connect.svg import DUTCH, element, picture, text, written
from eenthuis.forecast.backtest import Trial
from eenthuis.forecast.models import NAIVE
from eenthuis.terms.half_year import HalfYear

WIDTH, HEIGHT = 720, 320
LEFT, RIGHT, TOP, BOTTOM = 70, 700, 44, 280
TICKS = 4
STYLE = """
.ee-figure--forecast { font: 13px sans-serif; background: #fff }
.band { fill: #9ec1e0 } .middle { stroke: #154273; stroke-width: 3 }
.naive { fill: none; stroke: #666; stroke-width: 1.5 } .actual { fill: #b32400 } .grid { stroke: #ddd }
"""
COLUMNS = ("half_year", "actual", "q10", "q50", "q90", "same_as_last")


@dataclass(frozen=True, slots=True)
class Point:
    """One half-year of a chart, in people: the figure, the band of 80 percent, its median and the naive median."""

    half_year: HalfYear
    actual: float
    low: float
    middle: float
    high: float
    naive: float


def points(trials: Sequence[Trial], *, series: str, model: str, since: HalfYear) -> tuple[Point, ...]:
    """Return the forecasts one half-year ahead of a model on a series, beside the naive one, in order of half-year."""

    def of(name: str) -> dict[HalfYear, Trial]:
        return {
            trial.fan.half_year: trial
            for trial in trials
            if (trial.series, trial.model, trial.horizon) == (series, name, 1)
            and trial.origin >= since.first_day
        }

    own, naive = of(model), of(NAIVE.name)
    return tuple(
        Point(
            half_year=half_year,
            actual=trial.actual,
            low=trial.fan.at(0.1),
            middle=trial.fan.at(0.5),
            high=trial.fan.at(0.9),
            naive=naive[half_year].fan.at(0.5),
        )
        for half_year, trial in sorted(own.items())
    )


def table(shown: Sequence[Point]) -> str:
    """Return the figures of a chart as CSV, in people."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in shown:
        values = (one.actual, one.low, one.middle, one.high, one.naive)
        writer.writerow([one.half_year, *(f"{value:.0f}" for value in values)])
    return out.getvalue()


def chart(shown: Sequence[Point], *, title: str) -> str:
    """Return a chart: bands and medians one half-year ahead, the naive forecast and the figures that came."""
    highest = _round_up(max(max(one.high, one.actual) for one in shown))
    step = (RIGHT - LEFT) / len(shown)

    def height(people: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * people / highest

    parts = [element("style", STYLE), text(title, x=LEFT, y=16)]
    for tick in range(TICKS + 1):
        people = highest * tick / TICKS
        y = height(people)
        parts.append(element("line", x1=LEFT, x2=RIGHT, y1=y, y2=y, class_="grid"))
        parts.append(text(written(people, 0, DUTCH), x=LEFT - 8, y=y + 4, text_anchor="end"))
    for place, one in enumerate(shown):
        x = LEFT + step * (place + 0.5)
        wide = step * 0.5
        top, bottom = height(one.high), height(one.low)
        middle = height(one.middle)
        parts += [
            element("rect", x=x - wide / 2, y=top, width=wide, height=bottom - top, class_="band"),
            element("line", x1=x - wide / 2, x2=x + wide / 2, y1=middle, y2=middle, class_="middle"),
            element("rect", x=x - 5, y=height(one.naive) - 5, width=10.0, height=10.0, class_="naive"),
            element("circle", cx=x, cy=height(one.actual), r=4.5, class_="actual"),
        ]
        if one.half_year.half == 1 or len(shown) == 1:
            parts.append(text(one.half_year, x=x, y=BOTTOM + 18, text_anchor="middle"))
    parts.append(
        text(
            "balk: 80 % · streep: midden · vierkant: zelfde als vorige keer · stip: het cijfer",
            x=LEFT,
            y=HEIGHT - 6,
        )
    )
    return picture(parts, width=WIDTH, height=HEIGHT, name="forecast", title=title) + "\n"


def _round_up(people: float) -> float:
    """Return the next number of two leading digits, the second even, so that ticks are round."""
    size = 10.0 ** (len(str(int(people))) - 1)
    return -(-people // (size * 0.4)) * size * 0.4
