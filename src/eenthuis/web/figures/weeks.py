"""People linked week by week beside the pace, and the proposal on top of the week it would be confirmed in."""

from __future__ import annotations

from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from eenthuis.services.weeks import WeekLine, WeeksPage
from eenthuis.web.figures.svg import element, nice_ceiling, number, picture, text

WIDTH, HEIGHT = 960, 360
LEFT, RIGHT, TOP, BOTTOM = 64, 20, 30, 48
STEPS = 4
FEW = 4
"""Every so manieth week bears its date below the axis."""


def weeks_chart(page: WeeksPage) -> SafeString:
    """Draw bars of people linked per week, the proposal on top, the pace as steps and the reference date as a line."""
    end = nice_ceiling(max([1.0, *(max(w.linked + w.proposed, float(w.pace)) for w in page.weeks)]))
    axes = _Axes(len(page.weeks), end)
    parts = axes.grid()
    for at, week in enumerate(page.weeks):
        parts += _bars(axes, at, week)
        if at % FEW == 0:
            parts.append(
                text(
                    date_format(week.first_day, "j b"),
                    x=axes.middle(at),
                    y=HEIGHT - 20,
                    text_anchor="middle",
                    class_="ee-tick",
                )
            )
    steps = [(x, axes.y(float(w.pace))) for at, w in enumerate(page.weeks) for x in axes.edges(at)]
    drawn = " ".join(f"{number(x)},{number(y)}" for x, y in steps)
    parts.append(element("polyline", points=drawn, class_="ee-line ee-line--pace"))
    parts += _reference(axes, page)
    title = _(
        "%(without)s mensen gekoppeld of gehuisvest, %(with)s met dit voorstel; "
        "het tempo vraagt er %(asked)s op %(day)s. Weken met een piek: %(peaks)s."
    ) % {
        "without": number_format(page.without, 0, use_l10n=True),
        "with": number_format(page.with_proposal, 0, use_l10n=True),
        "asked": number_format(round(page.asked_by_reference_day), 0, use_l10n=True),
        "day": date_format(page.reference_day, "j F"),
        "peaks": page.peaks,
    }
    return picture(parts, width=WIDTH, height=HEIGHT, name="weeks", title=title)


def _bars(axes: _Axes, at: int, week: WeekLine) -> list[str]:
    parts = []
    for low, high, kind in (
        (0, week.linked, "peak" if week.is_peak and not week.proposed else "done"),
        (week.linked, week.linked + week.proposed, "proposed"),
    ):
        if high > low:
            left, right = axes.edges(at)
            parts.append(
                element(
                    "rect",
                    x=left + 2,
                    y=axes.y(high),
                    width=right - left - 4,
                    height=max(axes.y(low) - axes.y(high), 0.5),
                    class_=f"ee-bar ee-bar--{kind}",
                )
            )
    if week.is_peak:
        parts.append(
            text(
                "▲",
                x=axes.middle(at),
                y=axes.y(week.linked + week.proposed) - 6,
                text_anchor="middle",
                class_="ee-peak",
            )
        )
    return parts


def _reference(axes: _Axes, page: WeeksPage) -> list[str]:
    at = next((n for n, week in enumerate(page.weeks) if week.last_day >= page.reference_day), None)
    if at is None:
        return []
    week = page.weeks[at]
    left, right = axes.edges(at)
    days = (week.last_day - week.first_day).days + 1
    x = left + (right - left) * (page.reference_day - week.first_day).days / days
    label = _("peildatum %(day)s") % {"day": date_format(page.reference_day, "j F")}
    return [
        element("line", x1=x, x2=x, y1=TOP - 6, y2=HEIGHT - BOTTOM, class_="ee-mark"),
        text(label, x=x + 8, y=TOP + 6, class_="ee-tick"),
    ]


class _Axes:
    """Turns weeks and people into places on the picture."""

    def __init__(self, weeks: int, end: int) -> None:
        self._wide, self._end = (WIDTH - LEFT - RIGHT) / max(weeks, 1), end

    def edges(self, at: int) -> tuple[float, float]:
        return LEFT + at * self._wide, LEFT + (at + 1) * self._wide

    def middle(self, at: int) -> float:
        return LEFT + (at + 0.5) * self._wide

    def y(self, people: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * people / self._end

    def grid(self) -> list[str]:
        parts = []
        for step in range(STEPS + 1):
            people = self._end * step / STEPS
            y = self.y(people)
            parts.append(element("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y, class_="ee-grid"))
            label = number_format(round(people), 0, use_l10n=True)
            parts.append(text(label, x=LEFT - 8, y=y + 4, text_anchor="end", class_="ee-tick"))
        return parts
