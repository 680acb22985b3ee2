"""SVG in pages: as in files, with no style attribute that a strict content policy would refuse."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.formats import get_format, number_format
from django.utils.safestring import SafeString, mark_safe

from eenthuis.connect import svg
from eenthuis.connect.svg import Signs, element, number, text

__all__ = ["element", "nice_ceiling", "number", "picture", "rising_axis", "signs", "text"]


def signs() -> Signs:
    """Return how the language of the page writes numbers, for charts that are drawn outside the pages."""
    return Signs(get_format("THOUSAND_SEPARATOR"), get_format("DECIMAL_SEPARATOR"))


def picture(parts: Iterable[str], *, width: int, height: int, name: str, title: str) -> SafeString:
    """Return a whole picture that scales with its column; ``title`` is what a screen reader says."""
    drawn = svg.picture(parts, width=width, height=height, name=name, title=title)
    return mark_safe(drawn)  # noqa: S308 - every text in it went through escape


def rising_axis(end: int, *, steps: int, left: float, right: float, top: float, height: float) -> list[str]:
    """Return lines across from ``left`` to ``right`` at equal steps from 0 to ``end``, each behind its number."""
    parts = []
    for step in range(steps + 1):
        y = top + height * (1 - step / steps)
        parts.append(element("line", x1=left, x2=right, y1=y, y2=y, class_="ee-grid"))
        told = number_format(end * step // steps, 0, use_l10n=True)
        parts.append(text(str(told), x=left - 8, y=y + 5, text_anchor="end", class_="ee-tick"))
    return parts


def nice_ceiling(value: float) -> int:
    """Return a round number at or above ``value`` for the end of an axis.

    Examples
    --------
    >>> nice_ceiling(4439), nice_ceiling(87), nice_ceiling(0)
    (5000, 100, 4)
    """
    if value <= 4:  # noqa: PLR2004 - the smallest axis has four steps of one
        return 4
    step = 1
    while True:
        for factor in (1, 1.5, 2, 2.5, 3, 5, 7.5):
            end = factor * step * 4
            if end >= value and end == int(end):
                return int(end)
        step *= 10
