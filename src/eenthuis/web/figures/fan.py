"""A forecast as a fan: what is known, then the bands of 90 and 50 percent with their middle, and what is official."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from eenthuis.services.forecasting import ForecastLine, SeriesPart
from eenthuis.web.figures.svg import element, nice_ceiling, number, picture, text

WIDTH, HEIGHT = 720, 320
LEFT, RIGHT, TOP, BOTTOM = 72, 24, 24, 48
STEPS = 4
OUTER, INNER, MIDDLE = (0.05, 0.95), (0.25, 0.75), 0.5


def fan_chart(part: SeriesPart, *, name: str, title: str) -> SafeString:
    """Draw a series: half-years known, half-years ahead with their bands, and official figures as diamonds."""
    count = len(part.past) + len(part.lines)
    step = (WIDTH - LEFT - RIGHT) / max(1, count - 1)
    end = nice_ceiling(max([people for _half, people in part.past] + [_top(line) for line in part.lines]))

    def y(people: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * people / end

    xs = [LEFT + step * place for place in range(count)]
    ahead = xs[len(part.past) :]
    parts = _axis(end, y(0), y(end))
    start = [(xs[len(part.past) - 1], y(part.past[-1][1]))] if part.past else []
    for band, css in ((OUTER, "ee-area"), (INNER, "ee-area")):
        lows = [*start, *((x, y(line.quantiles[band[0]])) for x, line in zip(ahead, part.lines, strict=True))]
        highs = [
            *start,
            *((x, y(line.quantiles[band[1]])) for x, line in zip(ahead, part.lines, strict=True)),
        ]
        parts.append(element("polygon", points=_points([*highs, *reversed(lows)]), class_=css))
    middle = [*start, *((x, y(line.quantiles[MIDDLE])) for x, line in zip(ahead, part.lines, strict=True))]
    parts.append(element("polyline", points=_points(middle), class_="ee-line ee-line--pace"))
    known = [(x, y(people)) for x, (_half, people) in zip(xs, part.past, strict=False)]
    parts.append(element("polyline", points=_points(known), class_="ee-line ee-line--done"))
    for x, line in zip(ahead, part.lines, strict=True):
        parts += [_official(x, y(one.middle)) for one in line.official]
    halves = [half for half, _people in part.past] + [line.half_year for line in part.lines]
    for place, (x, half) in enumerate(zip(xs, halves, strict=True)):
        if place % 2 == (count - 1) % 2:
            parts.append(text(str(half), x=x, y=HEIGHT - 18, text_anchor="middle", class_="ee-tick"))
    return picture(parts, width=WIDTH, height=HEIGHT, name=f"fan-{name}", title=_title(part, title))


def _axis(end: float, bottom: float, top: float) -> list[str]:
    parts = []
    for step in range(STEPS + 1):
        at = bottom + (top - bottom) * step / STEPS
        parts.append(element("line", x1=LEFT, x2=WIDTH - RIGHT, y1=at, y2=at, class_="ee-grid"))
        label = number_format(round(end * step / STEPS), 0, use_l10n=True)
        parts.append(text(label, x=LEFT - 8, y=at + 4, text_anchor="end", class_="ee-tick"))
    return parts


def _official(x: float, at: float) -> str:
    corners = [(x, at - 8), (x + 8, at), (x, at + 8), (x - 8, at)]
    return element("polygon", points=_points(corners), class_="ee-dot")


def _top(line: ForecastLine) -> int:
    return max([line.quantiles[OUTER[1]], *(one.high or one.middle for one in line.official)])


def _title(part: SeriesPart, title: str) -> str:
    if not part.lines:
        return title
    line = part.lines[0]
    return _(
        "%(title)s: voor %(half)s is het midden %(middle)s, met 90 procent tussen %(low)s en %(high)s."
    ) % {
        "title": title,
        "half": str(line.half_year),
        "middle": number_format(line.quantiles[MIDDLE], 0, use_l10n=True),
        "low": number_format(line.quantiles[OUTER[0]], 0, use_l10n=True),
        "high": number_format(line.quantiles[OUTER[1]], 0, use_l10n=True),
    }


def _points(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{number(x)},{number(at)}" for x, at in places)
