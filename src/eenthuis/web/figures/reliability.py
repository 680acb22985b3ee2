"""Reliability of chances: what was told beside what came true, with the line on which both are the same."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from eenthuis.forecast.warning_trials import Bin
from eenthuis.web.figures.svg import element, picture, text

WIDTH, HEIGHT = 480, 440
LEFT, RIGHT, TOP, BOTTOM = 64, 24, 16, 60
STEPS = 5
SMALLEST, LARGEST = 4.0, 13.0


def reliability_chart(bins: Sequence[Bin]) -> SafeString:
    """Draw every tenth of chances as a circle; the larger, the more chances it holds."""

    def x(share: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * share

    def y(share: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share

    parts = []
    for step in range(STEPS + 1):
        share = step / STEPS
        label = f"{round(share * 100)}%"
        parts.append(element("line", x1=x(0), x2=x(1), y1=y(share), y2=y(share), class_="ee-grid"))
        parts.append(text(label, x=LEFT - 8, y=y(share) + 4, text_anchor="end", class_="ee-tick"))
        parts.append(text(label, x=x(share), y=HEIGHT - BOTTOM + 20, text_anchor="middle", class_="ee-tick"))
    parts.append(element("line", x1=x(0), y1=y(0), x2=x(1), y2=y(1), class_="ee-line ee-line--pace"))
    most = max([1, *(one.cases for one in bins)])
    for one in bins:
        radius = SMALLEST + (LARGEST - SMALLEST) * sqrt(one.cases / most)
        parts.append(element("circle", cx=x(one.told), cy=y(one.met), r=radius, class_="ee-dot"))
    parts.append(
        text(
            _("kans die werd genoemd"),
            x=x(0.5),
            y=HEIGHT - 16,
            text_anchor="middle",
            class_="ee-tick",
        )
    )
    far = max((abs(one.told - one.met) for one in bins), default=0.0)
    title = _(
        "Betrouwbaarheid: wat er werd gezegd tegen wat uitkwam. Het verschil is ten hoogste %(far)s procentpunt."
    ) % {"far": number_format(round(far * 100), 0)}
    return picture(parts, width=WIDTH, height=HEIGHT, name="reliability", title=title)
