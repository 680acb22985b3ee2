"""Counting whole months from a day."""

from __future__ import annotations

from datetime import date, timedelta

_YEAR = 12


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


def _first_day(year: int, month: int) -> date:
    more, rest = divmod(month - 1, _YEAR)
    return date(year + more, rest + 1, 1)
