"""Writing SVG: escaped text, plain numbers, no style attribute that a strict content policy would refuse."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from django.utils.safestring import SafeString, mark_safe


def number(value: float) -> str:
    """Return a coordinate with at most one decimal."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def element(name: str, content: str = "", **attributes: object) -> str:
    """Return an element; an underscore at the end of an attribute's name is left out, others become dashes."""
    parts = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(number(value) if isinstance(value, float) else str(value))}"
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{parts}>{content}</{name}>" if content else f"<{name}{parts}/>"


def text(content: object, **attributes: object) -> str:
    """Return a text element with its content escaped."""
    return element("text", escape(str(content)), **attributes)


def picture(parts: Iterable[str], *, width: int, height: int, name: str, title: str) -> SafeString:
    """Return a whole picture that scales with its column; ``title`` is what a screen reader says."""
    head = element("title", escape(title), id=f"{name}-title")
    return mark_safe(  # noqa: S308 - every text in it went through escape
        element(
            "svg",
            head + "".join(parts),
            viewBox=f"0 0 {width} {height}",
            role="img",
            aria_labelledby=f"{name}-title",
            class_=f"ee-figure ee-figure--{name}",
            xmlns="http://www.w3.org/2000/svg",
        )
    )


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
