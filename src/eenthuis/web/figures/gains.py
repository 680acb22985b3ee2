"""Who gains and who loses by two ways with a number: bars to the right and to the left, a pair per province."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from eenthuis.rules.interim import Way
from eenthuis.services.interim import InterimPage
from eenthuis.web.figures.svg import element, nice_ceiling, picture, text

WIDTH, ROW, TOP, BOTTOM = 720, 34, 12, 30
NAMES, RIGHT = 150, 60
BARS = ((Way.ANNOUNCE, "ee-bar--done"), (Way.SET_OFF, "ee-bar--asked"))


def gains_chart(page: InterimPage) -> SafeString:
    """Draw people fewer to house in the next half-year per province, when announced anew and when set off."""
    height = TOP + ROW * len(page.provinces) + BOTTOM
    values = [one.gains[way] for one in page.provinces for way, _css in BARS]
    low, high = min([0, *values]), max([0, *values])
    end = nice_ceiling(max(high, -low, 1))
    left, right = (-end if low < 0 else 0), (end if high > 0 or low == 0 else 0)
    scale = (WIDTH - NAMES - RIGHT) / (right - left)

    def x(people: float) -> float:
        return NAMES + (people - left) * scale

    parts = [element("line", x1=x(0), x2=x(0), y1=TOP, y2=height - BOTTOM, class_="ee-grid")]
    for place, one in enumerate(page.provinces):
        y = TOP + ROW * place
        parts.append(text(one.name, x=NAMES - 10, y=y + 20, text_anchor="end", class_="ee-tick"))
        for step, (way, css) in enumerate(BARS):
            gain = one.gains[way]
            at = y + 4 + step * 13
            parts.append(
                element(
                    "rect",
                    x=min(x(0), x(gain)),
                    y=float(at),
                    width=abs(gain) * scale,
                    height=11.0,
                    class_=css,
                )
            )
    for value in sorted({left, 0, right}):
        label = number_format(value, 0, use_l10n=True)
        parts.append(text(label, x=x(value), y=height - 8, text_anchor="middle", class_="ee-tick"))
    title = _(
        "Mensen minder te huisvesten in %(half)s per provincie, bij een nieuwe aankondiging en bij verrekenen."
    )
    return picture(
        parts, width=WIDTH, height=height, name="gains", title=title % {"half": str(page.half_year.next)}
    )
