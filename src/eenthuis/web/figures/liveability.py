"""Figures of one measure of liveability through time, as a small chart."""

from __future__ import annotations

from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from eenthuis.services.liveability import LiveabilityLine
from eenthuis.terms.liveability import LiveabilityUnit
from eenthuis.web.figures.svg import element, nice_ceiling, number, picture, text
from eenthuis.web.wording_liveability import MEASURES, UNITS

WIDTH, HEIGHT = 320, 180
LEFT, RIGHT, TOP, BOTTOM = 40, 34, 44, 30
ASIDE = 10
STEPS = 2
ROOM = 1.1
"""The axis ends this much above the largest figure, so that its number stays clear of the axis."""


def liveability_chart(line: LiveabilityLine) -> SafeString:
    """Draw the figures of a measure as dots on a line, from nought to a round number above the largest."""
    unit = line.measure.unit
    largest = max(float(one.value) for one in line.figures)
    end = 100 if unit is LiveabilityUnit.PERCENT else nice_ceiling(largest * ROOM)
    first, last = line.figures[0], line.figures[-1]
    days = max((last.on - first.on).days, 1)
    bottom = HEIGHT - BOTTOM
    begin = LEFT + ASIDE

    def y(value: float) -> float:
        return bottom - (bottom - TOP) * value / end

    parts = [
        text(capfirst(str(MEASURES[line.measure])), x=0, y=14, class_="name"),
        text(str(UNITS[unit]), x=0, y=30),
    ]
    for step in range(STEPS + 1):
        value = end * step / STEPS
        parts.append(element("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y(value), y2=y(value), class_="ee-grid"))
        parts.append(text(number_format(value, 0), x=LEFT - 6, y=y(value) + 4, text_anchor="end"))
    points = [
        (begin + (WIDTH - RIGHT - begin) * (one.on - first.on).days / days, y(float(one.value)))
        for one in line.figures
    ]
    drawn = " ".join(f"{number(x)},{number(height)}" for x, height in points)
    parts.append(element("polyline", points=drawn, class_="ee-line ee-line--done"))
    parts += [element("circle", cx=x, cy=height, r=4, class_="ee-dot") for x, height in points]
    parts.append(text(date_format(first.on, "m-Y"), x=LEFT, y=HEIGHT - 8))
    if len(line.figures) > 1:
        parts.append(text(date_format(last.on, "m-Y"), x=WIDTH - RIGHT, y=HEIGHT - 8, text_anchor="end"))
    parts.append(text(number_format(last.value, 1), x=points[-1][0] - 6, y=points[-1][1] - 8, class_="name"))
    title = _("%(measure)s: %(first)s op %(begin)s, %(last)s op %(end)s (%(unit)s).") % {
        "measure": capfirst(str(MEASURES[line.measure])),
        "first": number_format(first.value, 1),
        "begin": date_format(first.on, "j F Y"),
        "last": number_format(last.value, 1),
        "end": date_format(last.on, "j F Y"),
        "unit": UNITS[unit],
    }
    return picture(parts, width=WIDTH, height=HEIGHT, name=f"lived-{line.measure.value}", title=title)
