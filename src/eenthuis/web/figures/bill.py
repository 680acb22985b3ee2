"""The bill of reception per scenario: a bar each, split into regular places and emergency reception."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from eenthuis.rules.reception_money import BillLine
from eenthuis.web.figures.svg import element, nice_ceiling, picture, text
from eenthuis.web.wording_money import BILL_SCENARIOS

WIDTH, ROW, TOP, BOTTOM = 720, 44, 12, 12
NAMES, RIGHT = 110, 170
MILLION_EUROS = 100_000_000
"""A million euros in cents."""


def bill_chart(lines: Sequence[BillLine]) -> SafeString:
    """Draw the bill of a year in millions of euros."""
    end = nice_ceiling(max(line.cents for line in lines) / MILLION_EUROS)
    scale = (WIDTH - NAMES - RIGHT) / end
    parts = []
    for place, line in enumerate(lines):
        y = TOP + ROW * place
        regular = line.regular_places * line.prices.regular_cents / MILLION_EUROS
        whole = line.cents / MILLION_EUROS
        parts.append(
            text(
                str(BILL_SCENARIOS[line.scenario]),
                x=NAMES - 10,
                y=y + 22,
                text_anchor="end",
                class_="ee-tick",
            )
        )
        parts.append(
            element("rect", x=NAMES, y=y + 6, width=regular * scale, height=24, class_="ee-bar--done")
        )
        parts.append(
            element(
                "rect",
                x=NAMES + regular * scale,
                y=y + 6,
                width=(whole - regular) * scale,
                height=24,
                class_="ee-bar--asked",
            )
        )
        told = _("%(millions)s miljoen euro") % {"millions": number_format(round(whole), 0, use_l10n=True)}
        parts.append(text(told, x=NAMES + whole * scale + 8, y=y + 22, class_="ee-label"))
    title = _("Rekening van een jaar opvang: van %(low)s tot %(high)s miljoen euro.") % {
        "low": number_format(round(min(line.cents for line in lines) / MILLION_EUROS), 0, use_l10n=True),
        "high": number_format(round(max(line.cents for line in lines) / MILLION_EUROS), 0, use_l10n=True),
    }
    return picture(parts, width=WIDTH, height=TOP + ROW * len(lines) + BOTTOM, name="bill", title=title)
