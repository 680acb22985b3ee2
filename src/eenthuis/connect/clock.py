"""The clock: the only place that knows what day it is."""

from __future__ import annotations

import os
from datetime import date, datetime
from zoneinfo import ZoneInfo

from eenthuis.terms.errors import SetupError

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def now() -> datetime:
    """Return this moment in the Netherlands."""
    return datetime.now(tz=AMSTERDAM)


def today() -> date:
    """Return today in the Netherlands, or the day that ``EENTHUIS_TODAY`` names, as the demonstration does.

    Raises
    ------
    SetupError
        SET-01 when that is no day.
    """
    fixed = os.environ.get("EENTHUIS_TODAY", "")
    if not fixed:
        return now().date()
    try:
        return date.fromisoformat(fixed)
    except ValueError as wrong:
        raise SetupError(
            "SET-01",
            f"EENTHUIS_TODAY is {fixed!r}",
            remedy="Write a day such as 2026-03-03, or leave it out.",
        ) from wrong
