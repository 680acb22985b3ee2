"""Places of a transit location used day by day, against the places there are."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from eenthuis.services.transit_days import DayUsed
from eenthuis.web.figures.svg import element, nice_ceiling, picture, rising_axis, text

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 48, 12, 16, 40
STEPS, WEEK = 4, 7


def used_chart(days: Sequence[DayUsed], *, places: int) -> SafeString:
    """Draw a bar per day with people, and a line at the places there are; the table beside it says the same."""
    end = nice_ceiling(max([places, *(one.people for one in days)]))
    room = (WIDTH - LEFT - RIGHT) / max(len(days), 1)
    height = HEIGHT - TOP - BOTTOM
    parts = rising_axis(end, steps=STEPS, left=LEFT, right=WIDTH - RIGHT, top=TOP, height=height)
    for at, one in enumerate(days):
        tall = height * one.people / end
        x = LEFT + at * room + 2
        parts.append(
            element(
                "rect", x=x, y=TOP + height - tall, width=room - 4, height=max(tall, 0.5),
                class_="ee-bar ee-bar--done",
            )
        )  # fmt: skip
        if at % WEEK == 0:
            parts.append(text(date_format(one.day, "j b"), x=x, y=HEIGHT - 14, class_="ee-tick"))
    y = TOP + height * (1 - places / end)
    parts.append(element("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y, class_="ee-line ee-line--pace"))
    title = _("Mensen per dag over %(days)s dagen; de lijn staat op %(places)s plekken.") % {
        "days": len(days),
        "places": number_format(places, 0, use_l10n=True),
    }
    return picture(parts, width=WIDTH, height=HEIGHT, name="transit", title=title)
