"""A code that a telephone reads from the screen, drawn as SVG without asking the network."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe

MODULE_PIXELS = 5


def readable_code(text: str, title: str) -> SafeString:
    """Return a QR code as SVG with a title for those who do not see it."""
    drawn = segno.make(text, error="m", micro=False)
    return mark_safe(drawn.svg_inline(scale=MODULE_PIXELS, title=title, svgclass="ee-code", lineclass=None))  # noqa: S308 - segno escapes the title and draws paths only
