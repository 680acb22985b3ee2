"""Proposals to fill what a province is short of, as bars beside each other per municipality."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from eenthuis.web.figures.svg import element, nice_ceiling, picture, text

WIDTH, LEFT, RIGHT, TOP = 600, 190, 50, 4
ROW, BAR, GAP = 62, 15, 2


def filling_chart(rows: Sequence[tuple[str, Sequence[int]]], *, place: str) -> SafeString:
    """Draw the places that each proposal adds, per municipality; ``rows`` hold them in the order of the legend."""
    end = nice_ceiling(max([1, *(places for _, added in rows for places in added)]))
    scale = (WIDTH - LEFT - RIGHT) / end
    parts = []
    for number_of_row, (name, added) in enumerate(rows):
        top = TOP + number_of_row * ROW
        parts.append(text(name, x=LEFT - 10, y=top + 31, text_anchor="end", class_="ee-label"))
        for place_in_row, places in enumerate(added):
            y = top + 2 + place_in_row * (BAR + GAP)
            width = max(places * scale, 0.5)
            parts.append(
                element(
                    "rect", x=LEFT, y=y, width=width, height=BAR, class_=f"ee-fill ee-fill--{place_in_row}"
                )
            )
            if places:
                shown = number_format(places, 0, use_l10n=True)
                parts.append(text(shown, x=LEFT + width + 5, y=y + 13, class_="ee-tick"))
    title = _("%(place)s: plaatsen die drie voorstellen per gemeente toevoegen.") % {"place": place}
    return picture(parts, width=WIDTH, height=TOP + ROW * len(rows) + 8, name="filling", title=title)
