"""Reading what somebody typed in a form."""

from __future__ import annotations

import re
from datetime import date

LONGEST_NUMBER = 9
DAY = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})", re.ASCII)
THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+", re.ASCII)
DECIMAL = re.compile(r"-?\d{1,15}(?:\.\d{1,9})?", re.ASCII)
GROUPED = re.compile(r"[1-9]\d{0,2}(?: \d{3})+(?:\.\d+)?", re.ASCII)
TENTHS = re.compile(r"(\d{1,6})(?:,(\d))?", re.ASCII)
AMOUNT = re.compile(r"(\d{1,3}(?:\.\d{3}){1,4}|\d{1,13})(?:,(\d{1,2}))?", re.ASCII)


def day_in(text: str) -> date | None:
    """Return the day written as dd-mm-jjjj; None when it is none.

    Examples
    --------
    >>> day_in("03-03-2026"), day_in("31-02-2026"), day_in("morgen"), day_in("03-03-26")
    (datetime.date(2026, 3, 3), None, None, None)
    """
    found = DAY.fullmatch(text)
    if found is None:
        return None
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None


def without_points(text: str) -> str:
    """Return a number without the points of its thousands; anything else as it is.

    Examples
    --------
    >>> without_points("5.000"), without_points("5.00")
    ('5000', '5.00')
    """
    return text.replace(".", "") if THOUSANDS.fullmatch(text) else text


def typed_number(text: str) -> int | None:
    """Return a whole number of at most nine digits, with or without the points of thousands; None when it is none.

    Examples
    --------
    >>> typed_number("1200"), typed_number("1.200"), typed_number("1.20"), typed_number("1,2")
    (1200, 1200, None, None)
    """
    text = without_points(text)
    fits = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return int(text) if fits else None


def typed_decimal(text: str, separator: str) -> float | None:
    """Return a number with decimals, whose separator in the language of the page is given; None when it is none.

    The other sign parts thousands where it can; where it cannot, it is read as the separator that was meant.

    Examples
    --------
    >>> [typed_decimal(one, ",") for one in ("9.000", "9.000,5", "0.300", "0,3", "veel")]
    [9000.0, 9000.5, 0.3, 0.3, None]
    >>> typed_decimal("9,000", "."), typed_decimal("1.500", ".")
    (9000.0, 1.5)
    """
    other = "." if separator == "," else ","
    parted = GROUPED.fullmatch(text.replace(other, " ").replace(separator, "."))
    plain = parted[0].replace(" ", "") if parted else text.replace(",", ".")
    return float(plain) if DECIMAL.fullmatch(plain) else None


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
