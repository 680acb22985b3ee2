"""What leaves the service about appointments: invitations, appointments for a calendar, and the sessions of a team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from eenthuis.connect.calendars import CalendarDay, calendar_text
from eenthuis.services.access import require
from eenthuis.services.document_sessions import found_session, list_sessions
from eenthuis.services.processing import note_processing
from eenthuis.store import documents as stored
from eenthuis.store import people
from eenthuis.terms.access import Actor
from eenthuis.terms.document_steps import DocumentState
from eenthuis.terms.documents import DocumentNumber, DocumentSession
from eenthuis.terms.errors import AccessError
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.processing import Activity

HERE = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True, slots=True)
class InvitedAt:
    """A document with the time at which its owner is expected."""

    number: DocumentNumber
    begins: time


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """What an invitation tells: where a household is expected, and when each of its members."""

    household: HouseholdId
    session: DocumentSession
    centre_name: str
    times: tuple[InvitedAt, ...]
    today: date


def read_invitation(*, actor: Actor, number: DocumentNumber, today: date) -> InvitationPage:
    """Return the invitation of the household of a document, for the session it has an appointment in.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no documents; ACC-02 without such a document, or without an appointment.
    """
    require(actor, "see-documents")
    held = stored.held(number)
    if held is None or held.place is None or held.state is not DocumentState.INVITED:
        raise AccessError("ACC-02", "no appointment by that number", remedy="Check the number.")
    place, household = held.place, held.document.household
    note_processing(Activity.MAKE_INVITATION, [household])
    session = found_session(place.centre, place.day).session
    there = [
        one
        for one in stored.listed(
            states=(DocumentState.INVITED,), session=(place.centre, place.day), households=[household]
        )
        if one.place is not None
    ]
    times = [InvitedAt(one.document.number, session.begins(one.place.slot)) for one in there if one.place]
    return InvitationPage(
        household=household,
        session=session,
        centre_name=people.centres()[place.centre].name,
        times=tuple(sorted(times, key=lambda one: (one.begins, one.number))),
        today=today,
    )


def appointment_calendar(*, actor: Actor, number: DocumentNumber, today: date, site: str) -> str:
    """Return the appointments of the household of a document as a calendar; it names no person.

    Raises
    ------
    AccessError
        As :func:`read_invitation`.
    """
    page = read_invitation(actor=actor, number=number, today=today)
    days = [
        _event(
            f"document-{one.number}@{site}",
            "Verblijfsdocument ophalen",
            f"{page.centre_name}, document {one.number}",
            _at(page.session.day, one.begins),
            page.session.minutes_per_slot,
            today,
        )
        for one in page.times
    ]
    return calendar_text(days, name="Verblijfsdocument", language="nl")


def session_calendar(*, actor: Actor, team: str, today: date, site: str) -> str:
    """Return the sessions of a team, or of every team, as a calendar.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no sessions.
    """
    days = []
    for line in list_sessions(actor=actor, today=today):
        one = line.session
        if team and one.team != team:
            continue
        rows = -(-one.slots // one.counters)
        days.append(
            _event(
                f"session-{one.centre}-{one.day:%Y%m%d}@{site}",
                f"Uitgiftedag {line.centre_name}",
                f"{one.team}: {line.taken} van {one.slots} plaatsen bezet",
                _at(one.day, one.first_slot),
                rows * one.minutes_per_slot,
                today,
            )
        )
    return calendar_text(days, name=f"Uitgiftedagen {team}".strip(), language="nl")


def _at(day: date, begins: time) -> datetime:
    return datetime.combine(day, begins, HERE).astimezone(UTC)


def _event(uid: str, summary: str, what: str, begins: datetime, minutes: int, today: date) -> CalendarDay:
    return CalendarDay(
        uid=uid,
        on=begins.date(),
        summary=summary,
        description=what,
        url="",
        told_at=datetime.combine(today, time(), tzinfo=UTC),
        begins=begins,
        ends=begins + timedelta(minutes=minutes),
    )
