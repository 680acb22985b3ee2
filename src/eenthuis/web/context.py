"""What every page needs to know of its surroundings."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from eenthuis.terms.access import ANYONE


def surroundings(request: HttpRequest) -> dict[str, object]:
    """Return who is asking, what day it is and whether this is the demonstration."""
    return {
        "actor": getattr(request, "actor", ANYONE),
        "today": getattr(request, "today", None),
        "demonstration": settings.DEMONSTRATION,
    }
