"""People who get a residence document week by week, as a plan proposes."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from eenthuis.services.document_plans import PlannedWeek
from eenthuis.web.figures.svg import element, nice_ceiling, picture, rising_axis, text

WIDTH, HEIGHT = 640, 280
LEFT, RIGHT, TOP, BOTTOM = 56, 12, 16, 40
STEPS = 4
MOST_NAMED = 8
"""So many weeks are named below their bars; of more, every second one or fewer."""


def planned_chart(weeks: Sequence[PlannedWeek]) -> SafeString:
    """Draw a bar per week with people; the table beside it says the same."""
    end = nice_ceiling(max([one.people for one in weeks], default=0))
    room = (WIDTH - LEFT - RIGHT) / max(len(weeks), 1)
    height = HEIGHT - TOP - BOTTOM
    every = -(-len(weeks) // MOST_NAMED)
    parts = rising_axis(end, steps=STEPS, left=LEFT, right=WIDTH - RIGHT, top=TOP, height=height)
    for at, one in enumerate(weeks):
        tall = height * one.people / end
        parts.append(
            element(
                "rect",
                x=LEFT + at * room + 3,
                y=TOP + height - tall,
                width=room - 6,
                height=max(tall, 0.5),
                class_="ee-bar ee-bar--done",
            )
        )
        if at % every == 0:
            parts.append(
                text(
                    date_format(one.first_day, "j b"),
                    x=LEFT + (at + 0.5) * room,
                    y=HEIGHT - 14,
                    text_anchor="middle",
                    class_="ee-tick",
                )
            )
    people = number_format(sum(one.people for one in weeks), 0, use_l10n=True)
    title = _("%(people)s mensen krijgen een document, verdeeld over %(weeks)s weken.") % {
        "people": people,
        "weeks": len(weeks),
    }
    return picture(parts, width=WIDTH, height=HEIGHT, name="planned", title=title)
