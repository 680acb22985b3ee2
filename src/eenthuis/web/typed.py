"""Reading what somebody typed in a form."""

from __future__ import annotations

import re
from datetime import date

DAY_PARTS = 3
LONGEST_NUMBER = 9
TENTHS = re.compile(r"(\d{1,6})(?:,(\d))?", re.ASCII)
AMOUNT = re.compile(r"(\d{1,3}(?:\.\d{3}){1,4}|\d{1,13})(?:,(\d{1,2}))?", re.ASCII)


def day_in(text: str) -> date | None:
    """Return the day written as dd-mm-jjjj; None when it is none.

    Examples
    --------
    >>> day_in("03-03-2026"), day_in("31-02-2026"), day_in("morgen")
    (datetime.date(2026, 3, 3), None, None)
    """
    parts = text.split("-")
    if len(parts) != DAY_PARTS or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0]))
    except (ValueError, OverflowError):
        return None


def typed_number(text: str) -> int | None:
    """Return a whole number of at most nine digits; None when it is none."""
    fits = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return int(text) if fits else None


def typed_cents(text: str) -> int | None:
    """Return an amount in euros, as it is written in Dutch, in whole cents; None when it is none.

    Examples
    --------
    >>> typed_cents("1.234,56"), typed_cents("12,5"), typed_cents("€ 12"), typed_cents("1,234.56")
    (123456, 1250, 1200, None)
    """
    match = AMOUNT.fullmatch(text.removeprefix("€").strip())
    if match is None:
        return None
    return int(match[1].replace(".", "")) * 100 + int((match[2] or "0").ljust(2, "0"))


def typed_tenths(text: str) -> int | None:
    """Return a number with at most one decimal, as it is written in Dutch, in tenths; None when it is none.

    Examples
    --------
    >>> typed_tenths("12,5"), typed_tenths("80"), typed_tenths("12,55"), typed_tenths("veel")
    (125, 800, None, None)
    """
    match = TENTHS.fullmatch(text)
    return None if match is None else int(match[1]) * 10 + int(match[2] or 0)
