"""What comes to a municipality, month by month: a middle line within the band of eight futures in ten."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from eenthuis.services.coming import ComingPage
from eenthuis.web.figures.svg import element, nice_ceiling, number, picture, text

WIDTH, HEIGHT = 720, 320
LEFT, RIGHT, TOP, BOTTOM = 64, 64, 24, 44
STEPS = 4
ALL = "all"


def coming_chart(page: ComingPage, *, place: str) -> SafeString:
    """Draw the households that come in all, counted up from today."""
    lines = [line for line in page.lines if line.band == ALL]
    end = nice_ceiling(max([1, *(line.high for line in lines)]))
    xs = [LEFT + (WIDTH - LEFT - RIGHT) * step / len(lines) for step in range(len(lines) + 1)]

    def y(households: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * households / end

    parts = []
    for step in range(STEPS + 1):
        value = end * step / STEPS
        parts.append(element("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y(value), y2=y(value), class_="ee-grid"))
        label = number_format(round(value), 0, use_l10n=True)
        parts.append(text(label, x=LEFT - 8, y=y(value) + 4, text_anchor="end", class_="ee-tick"))
    lows, highs = [0, *(line.low for line in lines)], [0, *(line.high for line in lines)]
    outline = [*zip(xs, map(y, highs), strict=True), *reversed(list(zip(xs, map(y, lows), strict=True)))]
    parts.append(element("polygon", points=_points(outline), class_="ee-area"))
    middle = [(xs[0], y(0)), *((x, y(line.middle)) for x, line in zip(xs[1:], lines, strict=True))]
    parts.append(element("polyline", points=_points(middle), class_="ee-line ee-line--done"))
    parts += [element("circle", cx=x, cy=at, r=4, class_="ee-dot") for x, at in middle[1:]]
    for x, day in zip(xs[1:], page.months, strict=True):
        parts.append(
            text(date_format(day, "j b"), x=x, y=HEIGHT - 18, text_anchor="middle", class_="ee-tick")
        )
    last = lines[-1]
    title = _(
        "%(place)s: tot %(day)s worden er naar verwachting %(middle)s huishoudens gekoppeld, "
        "in acht van de tien gevallen %(low)s tot en met %(high)s."
    ) % {
        "place": place,
        "day": date_format(page.months[-1], "j F Y"),
        "middle": last.middle,
        "low": last.low,
        "high": last.high,
    }
    return picture(parts, width=WIDTH, height=HEIGHT, name="coming", title=title)


def _points(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{number(x)},{number(y)}" for x, y in places)
