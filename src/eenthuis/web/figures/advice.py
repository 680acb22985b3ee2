"""The time line of recommendations: a row for each, with the advice, the answers, the promised steps and today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from eenthuis.rules.recommendations import StepState
from eenthuis.services.recommendations import RegisterLine, StepLine
from eenthuis.web.figures.svg import element, picture, text

WIDTH, ROW, TOP, LEFT, RIGHT = 900, 40, 44, 40, 16
DAYS_AHEAD = 120
MIDDLE = ROW // 2
_CLASSES = {
    StepState.LATE: "ee-place ee-place--far-behind",
    StepState.NEAR: "ee-place ee-place--behind",
    StepState.DONE: "ee-place ee-place--met",
    StepState.DONE_LATE: "ee-place ee-place--met",
}


def advice_chart(lines: Sequence[RegisterLine], today: date) -> SafeString:
    """Draw every recommendation from the day it was given: a circle, its answers as squares, its steps as diamonds."""
    first = min(line.one.given_on for line in lines)
    days = [step.step.due for line in lines for step in line.steps if step.step.due]
    last = max([today, *days]).toordinal() + DAYS_AHEAD
    begin = date(first.year, 1, 1).toordinal()

    def x(day: date) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (day.toordinal() - begin) / (last - begin)

    height = TOP + ROW * len(lines) + 12
    parts = []
    for year in range(first.year, date.fromordinal(last).year + 1):
        at = x(date(year, 1, 1))
        parts.append(element("line", x1=at, x2=at, y1=TOP - 8, y2=height - 8, class_="ee-grid"))
        parts.append(text(year, x=at + 3, y=TOP - 14, class_="ee-tick"))
    parts.append(
        element("line", x1=x(today), x2=x(today), y1=TOP - 8, y2=height - 8, class_="ee-line ee-line--pace")
    )
    parts.append(text(_("vandaag"), x=x(today), y=14, text_anchor="middle", class_="ee-tick"))
    for place, line in enumerate(lines):
        y = TOP + ROW * place + MIDDLE
        parts.append(text(line.one.number, x=LEFT - 12, y=y + 5, text_anchor="end", class_="ee-label"))
        parts.append(
            element("line", x1=x(line.one.given_on), x2=float(WIDTH - RIGHT), y1=y, y2=y, class_="ee-grid")
        )
        parts.append(element("circle", cx=x(line.one.given_on), cy=y, r=6, class_="ee-dot"))
        answers = [entry for entry in line.entries if entry.answer is not None]
        parts += [
            element("rect", x=x(one.on) - 5, y=y - 5, width=10, height=10, class_="ee-bar--done")
            for one in answers
        ]
        parts += [_step(step, x(_day(step)), y) for step in line.steps if step.state is not StepState.UNDATED]
    title = _("Tijdlijn van de aanbevelingen. De tabel hieronder zegt hetzelfde.")
    return picture(parts, width=WIDTH, height=height, name="advice", title=title)


def _day(step: StepLine) -> date:
    """Return the day at which a step is drawn: when it ended, its last day, or when it was promised."""
    if step.step.end is not None:
        return step.step.end.on
    return step.step.due or step.step.promised.on


def _step(step: StepLine, x: float, y: float) -> str:
    corners = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in ((0, -9), (9, 0), (0, 9), (-9, 0)))
    return element(
        "polygon", points=corners, class_=_CLASSES.get(step.state, "ee-place ee-place--on-schedule")
    )
