"""What is asked before a residence document is handed out, and how a day of handing out is set up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from fractions import Fraction
from functools import partial

from eenthuis.law.book import Book
from eenthuis.law.page import Page
from eenthuis.terms.errors import LawError
from eenthuis.terms.law import Citation


@dataclass(frozen=True, slots=True)
class DocumentLaw:
    """When a document can be handed out.

    Attributes
    ----------
    photo_months
        The age in months that a facial image may have.
    fingerprint_ages
        The birthdays, in years and rising, from which fingerprints are asked; those given before one no longer count.
    needs_citizen_number, needs_address
        Whether the citizen number and the address must be known first.
    """

    photo_months: int
    fingerprint_ages: tuple[int, ...]
    needs_citizen_number: bool
    needs_address: bool
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class SessionLaw:
    """How a day of handing out at a centre is set up, and what planning weighs; each is a setting.

    Attributes
    ----------
    slots_a_day, slots_a_week
        The most people at one centre on a day and in a week that begins on Monday; one person a slot.
    people_at_counter
        Staff who serve one person together, so that two have checked what is handed out.
    minutes_per_slot, minutes_a_day, first_slot
        How long one person takes, how long is handed out on a day, and when it begins.
    horizon_weeks, notice_days
        How far ahead is planned, and days between telling someone and the appointment.
    waiting_days_per_km
        What a kilometre of a team weighs, in days that one person waits.
    unplanned_days
        What it weighs to leave someone without an appointment, in days on top of waiting until after the horizon.
    no_shows
        Appointments someone may miss before a talk comes first.
    detour
        Kilometres by road for one as the crow flies.
    expat_centres_count, desk_slots_a_day
        For the comparison with desks only: whether expat centres hand out to status holders, and the most people whom
        one desk serves on a day.
    """

    slots_a_day: int
    slots_a_week: int
    people_at_counter: int
    minutes_per_slot: int
    minutes_a_day: int
    first_slot: time
    horizon_weeks: int
    notice_days: int
    waiting_days_per_km: Fraction
    unplanned_days: int
    no_shows: int
    detour: Fraction
    expat_centres_count: bool
    desk_slots_a_day: int
    citations: tuple[Citation, ...]

    @property
    def slots_per_counter(self) -> int:
        """People whom one counter serves on a day."""
        return self.minutes_a_day // self.minutes_per_slot

    def citation(self, word: str) -> Citation:
        """Return the citation of a value by the last word of its key."""
        return next(one for one in self.citations if one.key.endswith(f".{word}"))


def document_law(book: Book, day: date) -> DocumentLaw:
    """Return what is asked before a document is handed out on a day.

    Raises
    ------
    LawError
        LAW-01 where there is no value that day, LAW-02 for a value of another kind.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> law = document_law(law_book(), date(2026, 12, 1))
    >>> law.photo_months, law.fingerprint_ages
    (6, (6, 12, 18))
    """
    page = Page(partial(book.look_up, day=day), day)
    return DocumentLaw(
        photo_months=page.whole("documents.photo_months"),
        fingerprint_ages=_ages(page),
        needs_citizen_number=page.yes("documents.needs_citizen_number"),
        needs_address=page.yes("documents.needs_address"),
        citations=page.citations,
    )


def session_law(book: Book, day: date) -> SessionLaw:
    """Return how sessions at centres are set up and weighed, as on a day.

    Raises
    ------
    LawError
        LAW-01 where there is no value that day, LAW-02 for a value of another kind.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> law = session_law(law_book(), date(2026, 12, 1))
    >>> law.slots_a_day, law.slots_a_week, law.slots_per_counter
    (60, 300, 30)
    """
    page = Page(partial(book.look_up, day=day), day)
    return SessionLaw(
        slots_a_day=page.whole("sessions.slots_a_day"),
        slots_a_week=page.whole("sessions.slots_a_week"),
        people_at_counter=page.whole("sessions.people_at_counter"),
        minutes_per_slot=page.whole("sessions.minutes_per_slot"),
        minutes_a_day=page.whole("sessions.minutes_a_day"),
        first_slot=_clock(page, "sessions.first_slot"),
        horizon_weeks=page.whole("sessions.horizon_weeks"),
        notice_days=page.whole("sessions.notice_days"),
        waiting_days_per_km=page.share("sessions.waiting_days_per_km"),
        unplanned_days=page.whole("sessions.unplanned_days"),
        no_shows=page.whole("sessions.no_shows"),
        detour=page.share("sessions.detour"),
        expat_centres_count=page.yes("sessions.expat_centres_count"),
        desk_slots_a_day=page.whole("sessions.desk_slots_a_day"),
        citations=page.citations,
    )


def _ages(page: Page) -> tuple[int, ...]:
    written = page.text("documents.fingerprint_ages")
    ages = tuple(int(age) for age in written.split() if age.isdecimal())
    if len(ages) != len(written.split()) or list(ages) != sorted(set(ages)):
        raise LawError(
            "LAW-02",
            f"documents.fingerprint_ages is {written!r}",
            remedy="Write rising ages in years with spaces between them, such as 6 12 18.",
        )
    return ages


def _clock(page: Page, key: str) -> time:
    written = page.text(key)
    try:
        return time.fromisoformat(written)
    except ValueError:
        raise LawError(
            "LAW-02", f"{key} is {written!r}", remedy="Write a time of day, such as 09:30."
        ) from None
