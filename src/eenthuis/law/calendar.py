"""The days on which a term does not end, and the terms of a household's way, as the law book holds them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from eenthuis.law.page import Page
from eenthuis.terms.errors import LawError
from eenthuis.terms.law import Citation
from eenthuis.terms.way import DeadlineKind

HOLIDAY = "holiday."
_FIXED = re.compile(r"(\d\d)-(\d\d)(?: unless sunday, then (\d\d)-(\d\d))?")
_EASTER = re.compile(r"easter([+-]\d+)")
_DECREED = re.compile(r"\d{4}-\d\d-\d\d( \d{4}-\d\d-\d\d)*")


class TermUnit(StrEnum):
    """In what a term is told."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class FixedHoliday:
    """A holiday on a day of a month; ``on_sunday`` is the day it is kept on when that day is a Sunday."""

    month: int
    day: int
    on_sunday: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class EasterHoliday:
    """A holiday a number of days after Easter Sunday; before it when negative."""

    days: int


@dataclass(frozen=True, slots=True)
class DecreedDays:
    """Days that a royal decree puts on a par with a public holiday ("gelijkgestelde dagen"), each only once."""

    days: tuple[date, ...]


Holiday = FixedHoliday | EasterHoliday | DecreedDays


@dataclass(frozen=True, slots=True)
class CalendarLaw:
    """When a term that ends on a closed day is extended.

    Attributes
    ----------
    holidays
        Days that are closed every year, and days that a decree closes once.
    closed_weekdays
        Days of the week that are closed, 1 is Monday.
    longest
        The longest term of each unit that is extended.
    extends_practice
        Whether terms of practice are treated as the Act treats terms of law.
    """

    holidays: tuple[Holiday, ...]
    closed_weekdays: frozenset[int]
    longest: Mapping[TermUnit, int]
    extends_practice: bool
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A term: so many days, weeks or months, with the value it rests on."""

    amount: int
    unit: TermUnit
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class WayLaw:
    """The terms on the way from permit to sign-off, and the calendar on which they run.

    A kind without a term on that day is left out: its scheme does not hold then.
    """

    terms: Mapping[DeadlineKind, Term]
    calendar: CalendarLaw


@dataclass(frozen=True, slots=True)
class RefusalLaw:
    """What a refusal that is not justified leads to, with the article it stands in."""

    ends_reception: bool
    ends_priority: bool
    citations: tuple[Citation, ...]


TERMS: Mapping[DeadlineKind, tuple[tuple[str, ...], TermUnit]] = {
    DeadlineKind.LINK: (("process.link_weeks",), TermUnit.WEEKS),
    DeadlineKind.LEASE: (("process.home_weeks",), TermUnit.WEEKS),
    DeadlineKind.MOVE: (("process.move_weeks",), TermUnit.WEEKS),
    DeadlineKind.WHOLE_WAY: (
        ("process.link_weeks", "process.home_weeks", "process.move_weeks"),
        TermUnit.WEEKS,
    ),
    DeadlineKind.ANSWER: (("way.answer_days",), TermUnit.DAYS),
    DeadlineKind.JUDGE_REFUSAL: (("way.judge_days",), TermUnit.DAYS),
    DeadlineKind.LEAVE_RECEPTION: (("way.leave_weeks",), TermUnit.WEEKS),
    DeadlineKind.SIGN_OFF: (("way.sign_off_days",), TermUnit.DAYS),
    DeadlineKind.LEAVE_TRANSIT: (("way.transit_days",), TermUnit.DAYS),
    DeadlineKind.LEAVE_HOTEL: (("way.hotel_months",), TermUnit.MONTHS),
}
"""Where the term of each deadline stands; several values add up."""

SCHEMES = frozenset({DeadlineKind.LEAVE_TRANSIT, DeadlineKind.LEAVE_HOTEL})
"""Deadlines of schemes that do not hold on every day."""


def calendar_law(page: Page, holidays: tuple[str, ...]) -> CalendarLaw:
    """Read the calendar from a page; ``holidays`` are the keys of the holidays that hold that day."""
    found = tuple(_holiday(key, page.text(key)) for key in holidays)
    weekdays = frozenset(int(day) for day in page.text("calendar.closed_weekdays").split())
    longest = {
        TermUnit.DAYS: page.whole("calendar.longest_days"),
        TermUnit.WEEKS: page.whole("calendar.longest_weeks"),
        TermUnit.MONTHS: page.whole("calendar.longest_months"),
    }
    return CalendarLaw(found, weekdays, longest, page.yes("calendar.extends_practice"), page.citations)


def term_of(page: Page, kind: DeadlineKind) -> Term:
    """Read the term of one deadline from a page of its own."""
    keys, unit = TERMS[kind]
    return Term(sum(page.whole(key) for key in keys), unit, page.citations)


def refusal_law(page: Page) -> RefusalLaw:
    """Read what a refusal that is not justified leads to."""
    return RefusalLaw(page.yes("refusal.ends_reception"), page.yes("refusal.ends_priority"), page.citations)


def _holiday(key: str, text: str) -> Holiday:
    if found := _EASTER.fullmatch(text):
        return EasterHoliday(int(found[1]))
    if found := _FIXED.fullmatch(text):
        instead = (int(found[3]), int(found[4])) if found[3] else None
        return FixedHoliday(int(found[1]), int(found[2]), instead)
    if _DECREED.fullmatch(text):
        with suppress(ValueError):
            return DecreedDays(tuple(date.fromisoformat(day) for day in text.split()))
    raise LawError(
        "LAW-02",
        f"{key} is {text!r}",
        remedy="Write a holiday as 12-25, as '04-27 unless sunday, then 04-26', as easter+39, or days as 2026-05-15.",
    )
