"""The calendar on which terms run: weekends, Dutch public holidays, and the day on which a term ends."""

from __future__ import annotations

from datetime import date, timedelta
from typing import assert_never

from eenthuis.law.calendar import (
    CalendarLaw,
    DecreedDays,
    EasterHoliday,
    FixedHoliday,
    Holiday,
    Term,
    TermUnit,
)
from eenthuis.rules.months import months_after
from eenthuis.terms.law import Authority

_SUNDAY = 7
_OF_LAW = frozenset({Authority.STATUTE, Authority.DECREE})


def easter(year: int) -> date:
    """Return Easter Sunday of a year of the Gregorian calendar.

    References
    ----------
    The reckoning published by an anonymous author in Nature, 20 April 1876.

    Examples
    --------
    >>> easter(2026), easter(2038)
    (datetime.date(2026, 4, 5), datetime.date(2038, 4, 25))
    """
    golden = year % 19
    century, rest = divmod(year, 100)
    leap, over = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap - shift + 15) % 30
    quarter, left = divmod(rest, 4)
    week = (32 + 2 * over + 2 * quarter - moon - left) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def holidays(year: int, law: CalendarLaw) -> frozenset[date]:
    """Return the public holidays of a year, with the days that a royal decree puts on a par with them.

    References
    ----------
    Algemene termijnenwet, art. 3.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> law = law_book().calendar(date(2026, 1, 1))
    >>> len(holidays(2026, law)), date(2026, 5, 14) in holidays(2026, law), date(2026, 5, 15) in holidays(2026, law)
    (11, True, True)
    """
    return frozenset(day for one in law.holidays for day in _days(year, one))


def _days(year: int, one: Holiday) -> tuple[date, ...]:
    match one:
        case DecreedDays(days=decreed):
            return tuple(day for day in decreed if day.year == year)
        case EasterHoliday(days=days):
            return (easter(year) + timedelta(days=days),)
        case FixedHoliday(month=month, day=day, on_sunday=instead):
            kept = date(year, month, day)
            if instead is None or kept.isoweekday() != _SUNDAY:
                return (kept,)
            return (date(year, *instead),)
        case _:
            assert_never(one)


def is_closed(day: date, law: CalendarLaw) -> bool:
    """Return whether a term that ends on ``day`` is extended: a weekend or a public holiday."""
    return day.isoweekday() in law.closed_weekdays or day in holidays(day.year, law)


def open_day(day: date, law: CalendarLaw) -> date:
    """Return ``day``, or the first day after it that is not closed.

    References
    ----------
    Algemene termijnenwet, art. 1, first paragraph.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> open_day(date(2026, 4, 3), law_book().calendar(date(2026, 1, 1)))
    datetime.date(2026, 4, 7)
    """
    while is_closed(day, law):
        day += timedelta(days=1)
    return day


def last_day(start: date, term: Term, law: CalendarLaw) -> date:
    """Return the last day of a term that begins the day after ``start``.

    A term of law is extended past closed days unless it is longer than the Act allows; a term of practice as the law
    book says.

    References
    ----------
    Algemene termijnenwet, arts. 1 and 4.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> from eenthuis.terms.way import DeadlineKind
    >>> law = law_book().way(date(2026, 1, 1))
    >>> last_day(date(2026, 3, 20), law.terms[DeadlineKind.LINK], law.calendar)
    datetime.date(2026, 4, 7)
    """
    ends = raw_last_day(start, term)
    return open_day(ends, law) if is_extended(term, law) else ends


def raw_last_day(start: date, term: Term) -> date:
    """Return the last day of a term before it is extended."""
    match term.unit:
        case TermUnit.DAYS:
            return start + timedelta(days=term.amount)
        case TermUnit.WEEKS:
            return start + timedelta(weeks=term.amount)
        case TermUnit.MONTHS:
            return months_after(start, term.amount)


def is_extended(term: Term, law: CalendarLaw) -> bool:
    """Return whether a term that ends on a closed day runs on: one of law, or of practice where that is done."""
    of_law = all(citation.authority in _OF_LAW for citation in term.citations)
    return (of_law or law.extends_practice) and term.amount <= law.longest[term.unit]
