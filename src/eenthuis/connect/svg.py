"""Writing SVG: escaped text and plain numbers; a picture is text that stands on its own in a file."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr


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


def picture(parts: Iterable[str], *, width: int, height: int, name: str, title: str) -> str:
    """Return a whole picture that scales with its column; ``title`` is what a screen reader says."""
    head = element("title", escape(title), id=f"{name}-title")
    return element(
        "svg",
        head + "".join(parts),
        viewBox=f"0 0 {width} {height}",
        role="img",
        aria_labelledby=f"{name}-title",
        class_=f"ee-figure ee-figure--{name}",
        xmlns="http://www.w3.org/2000/svg",
    )
