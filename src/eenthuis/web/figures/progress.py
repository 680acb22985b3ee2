"""Progress against pace over the months, and balances over half-years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from eenthuis.services.read_models import MonthPoint, PastHalfYear
from eenthuis.terms.half_year import HalfYear
from eenthuis.web.figures.svg import element, nice_ceiling, number, picture, text

WIDTH, HEIGHT = 720, 320
LEFT, RIGHT, TOP, BOTTOM = 64, 112, 24, 44
STEPS = 4


def progress_chart(
    months: Sequence[MonthPoint], *, half_year: HalfYear, corrected: int, place: str
) -> SafeString:
    """Draw people housed against the pace asked, from the first to the last day of a half-year."""
    first, last = half_year.first_day, half_year.next.first_day
    end = nice_ceiling(max([corrected, *(point.realised for point in months)]))
    axes = _Axes(first, last, end)
    done = [(axes.x(point.as_of), axes.y(point.realised)) for point in months]
    goal = max(corrected, 0)
    parts = [*axes.grid(), *axes.months(half_year)]
    parts.append(
        element(
            "polyline",
            points=_points([(axes.x(first), axes.y(0)), (axes.x(last), axes.y(goal))]),
            class_="ee-line ee-line--pace",
        )
    )
    area = [(done[0][0], axes.y(0)), *done, (done[-1][0], axes.y(0))]
    parts.append(element("polygon", points=_points(area), class_="ee-area"))
    parts.append(element("polyline", points=_points(done), class_="ee-line ee-line--done"))
    parts += [element("circle", cx=x, cy=y, r=4, class_="ee-dot") for x, y in done]
    parts.append(text(_("tempo"), x=axes.x(last) + 8, y=axes.y(goal) + 4, class_="ee-label ee-label--pace"))
    parts.append(
        text(
            number_format(months[-1].realised, 0, use_l10n=True),
            x=done[-1][0] + 10,
            y=done[-1][1] - 8,
            class_="ee-label ee-label--done",
        )
    )
    title = _(
        "%(place)s, %(half_year)s: %(realised)s mensen gehuisvest tot en met nu; het tempo vraagt er %(expected)s."
    ) % {
        "place": place,
        "half_year": half_year,
        "realised": months[-1].realised,
        "expected": round(months[-1].expected),
    }
    return picture(parts, width=WIDTH, height=HEIGHT, name="progress", title=title)


def balance_chart(history: Sequence[PastHalfYear], *, place: str) -> SafeString:
    """Draw corrected target and people housed side by side per half-year, the balance written above."""
    end = nice_ceiling(max([1, *(max(line.corrected, line.realised) for line in history)]))
    axes = _Axes(date(2000, 1, 1), date(2000, 1, 2), end)
    width = (WIDTH - LEFT - 24) / max(len(history), 1)
    parts = axes.grid(right=24)
    for place_in_row, line in enumerate(history):
        left = LEFT + place_in_row * width
        for part, people, kind in ((0, max(line.corrected, 0), "asked"), (1, line.realised, "done")):
            top = axes.y(people)
            parts.append(
                element(
                    "rect",
                    x=left + width * (0.16 + 0.34 * part),
                    y=top,
                    width=width * 0.32,
                    height=max(axes.y(0) - top, 0.5),
                    class_=f"ee-bar ee-bar--{kind}",
                )
            )
        parts.append(
            text(
                f"{number_format(line.realised, 0, use_l10n=True)} / {number_format(line.corrected, 0, use_l10n=True)}",
                x=left + width / 2,
                y=axes.y(max(line.corrected, line.realised, 0)) - 8,
                text_anchor="middle",
                class_="ee-tick",
            )
        )
        parts.append(
            text(line.half_year, x=left + width / 2, y=HEIGHT - 18, text_anchor="middle", class_="ee-tick")
        )
    title = _("%(place)s: gehuisvest naast gevraagd, per halfjaar.") % {"place": place}
    return picture(parts, width=WIDTH, height=HEIGHT, name="balance", title=title)


class _Axes:
    """Turns days and people into places on the picture."""

    def __init__(self, first: date, last: date, end: int) -> None:
        self._first, self._days, self._end = first, (last - first).days, end

    def x(self, day: date) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (day - self._first).days / self._days

    def y(self, people: float | Fraction) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * float(people) / self._end

    def grid(self, right: int = RIGHT) -> list[str]:
        parts = []
        for step in range(STEPS + 1):
            people = self._end * step / STEPS
            y = self.y(people)
            parts.append(element("line", x1=LEFT, x2=WIDTH - right, y1=y, y2=y, class_="ee-grid"))
            label = number_format(round(people), 0, use_l10n=True)
            parts.append(text(label, x=LEFT - 8, y=y + 4, text_anchor="end", class_="ee-tick"))
        return parts

    def months(self, half_year: HalfYear) -> list[str]:
        return [
            text(
                date_format(month, "b"),
                x=(self.x(month) + self.x(self._after(month, half_year))) / 2,
                y=HEIGHT - 18,
                text_anchor="middle",
                class_="ee-tick",
            )
            for month in half_year.months
        ]

    @staticmethod
    def _after(month: date, half_year: HalfYear) -> date:
        later = [other for other in half_year.months if other > month]
        return later[0] if later else half_year.next.first_day


def _points(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{number(x)},{number(y)}" for x, y in places)
