"""Writing SVG: escaped text and plain numbers; a picture is text that stands on its own in a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr


@dataclass(frozen=True, slots=True)
class Signs:
    """How a language writes numbers: what stands between thousands, and before decimals."""

    thousands: str
    decimals: str


DUTCH, ENGLISH = Signs(".", ","), Signs(",", ".")


def written(value: float, decimals: int, signs: Signs) -> str:
    """Return a number with so many decimals as people write it in a language.

    Examples
    --------
    >>> written(-1234.5, 1, DUTCH), written(-1234.5, 1, ENGLISH)
    ('−1.234,5', '−1,234.5')
    """
    plain = f"{abs(value):,.{decimals}f}"
    told = plain.replace(",", "\0").replace(".", signs.decimals).replace("\0", signs.thousands)
    return f"\N{MINUS SIGN}{told}" if value < 0 and plain.strip("0.,") else told


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
