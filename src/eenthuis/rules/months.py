"""Months: as written, and counted from a day."""

from __future__ import annotations

from datetime import date, timedelta

from eenthuis.terms.errors import InputError, Location

_YEAR = 12
_SHAPE = "2026-03"


def month_from(written: str) -> date:
    """Return the month written as ``2026-03``.

    Examples
    --------
    >>> month_from("2026-03")
    datetime.date(2026, 3, 1)

    Raises
    ------
    InputError
        INP-01 when it is no month.
    """
    try:
        if len(written) != len(_SHAPE):
            raise ValueError  # noqa: TRY301 - one remedy for every shape that is wrong
        return date.fromisoformat(f"{written}-01")
    except ValueError:
        raise InputError(
            "INP-01",
            f"{written!r} is no month",
            remedy="Write a month such as 2026-03.",
            location=Location(column="month", value=written),
        ) from None


def months_after(day: date, months: int) -> date:
    """Return the same day ``months`` later, or the last day of that month where it is shorter.

    Examples
    --------
    >>> months_after(date(2024, 12, 30), 6), months_after(date(2024, 8, 31), 6)
    (datetime.date(2025, 6, 30), datetime.date(2025, 2, 28))
    """
    first = _first_day(day.year, day.month + months)
    last = _first_day(day.year, day.month + months + 1) - timedelta(days=1)
    return min(first + timedelta(days=day.day - 1), last)


def years_after(day: date, years: int) -> date:
    """Return the same day ``years`` later; 28 February where there is no 29th."""
    return months_after(day, years * _YEAR)


def last_day_that_reaches(day: date, months: int) -> date:
    """Return the last day of which the day ``months`` later has come by ``day``.

    Examples
    --------
    >>> last_day_that_reaches(date(2026, 2, 28), 6), last_day_that_reaches(date(2026, 2, 27), 6)
    (datetime.date(2025, 8, 31), datetime.date(2025, 8, 27))
    """
    found = months_after(day, -months)
    while months_after(found + timedelta(days=1), months) <= day:
        found += timedelta(days=1)
    return found


def _first_day(year: int, month: int) -> date:
    more, rest = divmod(month - 1, _YEAR)
    return date(year + more, rest + 1, 1)
