"""The cycle of reception places as a line with dates, and places through time against the number asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from eenthuis.rules.capacity import CapacityStep
from eenthuis.services.reception_pages import StepLine
from eenthuis.web.figures.svg import element, nice_ceiling, number, picture, text
from eenthuis.web.wording_places import CYCLE_STEPS, STEP_STATES

WIDTH, CYCLE_HEIGHT, HEIGHT = 960, 150, 300
SIDE, LEFT, RIGHT, TOP, BOTTOM = 110, 64, 120, 24, 44
STEPS = 4


def cycle_line(steps: Sequence[StepLine], *, year: int, today: date) -> SafeString:
    """Draw the steps of a cycle on a line at equal distances, with their last days, and today between them."""
    middle, wide = CYCLE_HEIGHT / 2, (WIDTH - 2 * SIDE) / max(len(steps) - 1, 1)
    parts = [element("line", x1=SIDE, x2=WIDTH - SIDE, y1=middle, y2=middle, class_="ee-cycle__line")]
    for place, line in enumerate(steps):
        x = SIDE + place * wide
        parts.append(
            element("circle", cx=x, cy=middle, r=13, class_=f"ee-cycle__dot ee-cycle__dot--{line.state}")
        )
        if line.state == "done":
            mark = [(x - 6, middle), (x - 1, middle + 5), (x + 6, middle - 5)]
            parts.append(element("polyline", points=_points(mark), class_="ee-cycle__mark"))
        parts += [
            text(CYCLE_STEPS[line.step.step], x=x, y=middle - 34, text_anchor="middle", class_="ee-label"),
            text(
                date_format(line.step.last_day, "j M Y"),
                x=x, y=middle + 36, text_anchor="middle", class_="ee-label",
            ),
            text(
                f"{STEP_STATES[line.state]}{f' ({line.done}/{line.of})' if line.of > 1 else ''}",
                x=x, y=middle + 56, text_anchor="middle", class_="ee-tick",
            ),
        ]  # fmt: skip
    at = SIDE + wide * _between([line.step.last_day for line in steps], today)
    parts.append(element("line", x1=at, x2=at, y1=middle - 22, y2=middle + 22, class_="ee-cycle__today"))
    parts.append(
        text(_("vandaag"), x=at, y=middle - 54, text_anchor="middle", class_="ee-label ee-label--pace")
    )
    title = _("De cyclus van %(year)s: %(steps)s") % {
        "year": year,
        "steps": "; ".join(
            f"{CYCLE_STEPS[line.step.step]}, {date_format(line.step.last_day, 'j F Y')}, {STEP_STATES[line.state]}"
            for line in steps
        ),
    }
    return picture(parts, width=WIDTH, height=CYCLE_HEIGHT, name="cycle", title=title)


def _between(days: Sequence[date], today: date) -> float:
    """Return where today lies among days that stand at equal distances, from 0 to the last one."""
    if today <= days[0]:
        return 0.0
    for place, (first, last) in enumerate(pairwise(days)):
        if today <= last:
            return place + (today - first).days / max((last - first).days, 1)
    return float(len(days) - 1)


def capacity_chart(steps: Sequence[CapacityStep], *, last: date, asked: int | None, place: str) -> SafeString:
    """Draw places through time from the first step to ``last``, beside the number asked."""
    first = steps[0].day
    end = nice_ceiling(max([asked or 0, *(step.places for step in steps)]))
    days = max((last - first).days, 1)

    def x(day: date) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (day - first).days / days

    def y(places: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * places / end

    parts = []
    for step in range(STEPS + 1):
        height = y(end * step / STEPS)
        parts.append(element("line", x1=LEFT, x2=WIDTH - RIGHT, y1=height, y2=height, class_="ee-grid"))
        label = number_format(round(end * step / STEPS), 0, use_l10n=True)
        parts.append(text(label, x=LEFT - 8, y=height + 4, text_anchor="end", class_="ee-tick"))
    for year in range(first.year + 1, last.year + 1):
        at = x(date(year, 1, 1))
        parts.append(element("line", x1=at, x2=at, y1=TOP, y2=HEIGHT - BOTTOM, class_="ee-grid"))
        parts.append(text(str(year), x=at, y=HEIGHT - 18, text_anchor="middle", class_="ee-tick"))
    points: list[tuple[float, float]] = [(LEFT, y(steps[0].places))]
    for before, after in pairwise(steps):
        points += [(x(after.day), y(before.places)), (x(after.day), y(after.places))]
    points.append((x(last), y(steps[-1].places)))
    area = [(LEFT, y(0)), *points, (x(last), y(0))]
    parts.append(element("polygon", points=_points(area), class_="ee-area"))
    parts.append(element("polyline", points=_points(points), class_="ee-line ee-line--done"))
    shown = number_format(steps[-1].places, 0, use_l10n=True)
    parts.append(text(shown, x=x(last) + 8, y=y(steps[-1].places) + 4, class_="ee-label ee-label--done"))
    if asked:
        line = _points([(LEFT, y(asked)), (x(last), y(asked))])
        parts.append(element("polyline", points=line, class_="ee-line ee-line--pace"))
        label = _("opgave %(places)s") % {"places": number_format(asked, 0, use_l10n=True)}
        parts.append(text(label, x=LEFT + 6, y=y(asked) - 7, class_="ee-label ee-label--pace"))
    title = _("%(place)s: opvangplaatsen van %(first)s tot %(last)s, van %(now)s naar %(then)s.") % {
        "place": place,
        "first": date_format(first, "j F Y"),
        "last": date_format(last, "j F Y"),
        "now": steps[0].places,
        "then": steps[-1].places,
    }
    return picture(parts, width=WIDTH, height=HEIGHT, name="capacity", title=title)


def _points(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{number(x)},{number(y)}" for x, y in places)
