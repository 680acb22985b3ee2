"""Sessions at reception centres: made, changed and cancelled by the IND, and people invited to them by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db import transaction

from eenthuis.law import law_book
from eenthuis.law.documents import document_law, session_law
from eenthuis.rules.document_steps import TO_INVITE
from eenthuis.rules.documents import parties
from eenthuis.services.access import require
from eenthuis.services.document_steps import Seen, on_hold, reason, save, stepped, tell_coa
from eenthuis.services.documents import DocumentLine, lines_of
from eenthuis.services.processing import note_processing
from eenthuis.store import document_sessions as stored_sessions
from eenthuis.store import documents as stored
from eenthuis.store import journal, people
from eenthuis.store.documents import HeldDocument
from eenthuis.terms.access import Actor
from eenthuis.terms.document_steps import DocumentState, DocumentStep
from eenthuis.terms.documents import (
    DocumentSession,
    SessionId,
    TeamCode,
    session_id,
)
from eenthuis.terms.errors import AccessError, InputError, Location, StateError
from eenthuis.terms.notices import NoticeKind
from eenthuis.terms.people import CentreCode
from eenthuis.terms.processing import Activity

DAYS_A_WEEK = 7
FURTHEST_DAYS = 366
"""Sessions lie at most so many days ahead."""
MOST_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session with the name of its centre, and how many places are somebody's."""

    session: DocumentSession
    centre_name: str
    taken: int

    @property
    def free(self) -> int:
        """Places that are nobody's."""
        return self.session.slots - self.taken


@dataclass(frozen=True, slots=True)
class DayLine:
    """A place of a session with whose it is, and when it begins."""

    begins: time
    line: DocumentLine


@dataclass(frozen=True, slots=True)
class PartyLine:
    """People of one household who could come to a session together."""

    documents: tuple[DocumentLine, ...]

    @property
    def key(self) -> str:
        """The numbers of their documents with the step that was seen, as a form sends them back."""
        return " ".join(f"{one.number}:{one.held.step}" for one in self.documents)


@dataclass(frozen=True, slots=True)
class SessionPage:
    """One session: its day list by time, what came to nothing, and who else at the centre could come."""

    line: SessionLine
    places: tuple[DayLine, ...]
    missed: tuple[DayLine, ...]
    could_come: tuple[PartyLine, ...]
    is_past: bool


def make_session(*, actor: Actor, session: DocumentSession, today: date) -> SessionId:
    """Make a session at a centre; a cancelled one of the same day is made again.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such centre.
    InputError
        INP-06 naming what does not fit: the day, staff for the counters, places for the time, a day or a week.
    StateError
        STA-01 when there is a session at that centre on that day.
    """
    require(actor, "plan-session")
    with transaction.atomic():
        key = _add(actor, session, today)
        journal.write(actor, "make-session", f"session {session.identifier}", after=_told(session))
        tell_coa(
            NoticeKind.SESSION_MADE,
            session.centre,
            f"session:{key}",
            today=today,
            due_on=session.day,
        )
    return session.identifier


def cancel_session(*, actor: Actor, centre: CentreCode, day: date, why: str, today: date) -> int:
    """Cancel a session, with a reason; who was invited is to be invited anew. Return how many.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such session.
    InputError
        INP-04 or INP-06 for the reason.
    StateError
        STA-06 when documents were handed out there already.
    """
    require(actor, "plan-session")
    with transaction.atomic():
        lock_session(session_id(centre, day))
        held = found_session(centre, day)
        invited = stored.listed(states=stored.PLACED, session=(centre, day))
        if any(one.state is not DocumentState.INVITED for one in invited):
            raise StateError(
                "STA-06", "documents were handed out at this session", remedy="Leave the session as it is."
            )
        key = stored_sessions.add_step(
            held.session, "cancelled", after=held.row, decided_by=actor.name, why=reason(why)
        )
        with on_hold([Seen(one.document.number, one.step) for one in invited]) as people_invited:
            save(
                actor,
                [stepped(one, DocumentStep.SESSION_CANCELLED, on=today, why=why) for one in people_invited],
                action="document-session-cancelled",
            )
        journal.write(actor, "cancel-session", f"session {session_id(centre, day)}", why=why.strip())
        tell_coa(NoticeKind.SESSION_CANCELLED, centre, f"session:{key}", today=today, concerned=len(invited))
    return len(invited)


def list_sessions(*, actor: Actor, today: date) -> tuple[SessionLine, ...]:
    """Return the sessions from a month back on, the next first and then those that were.

    Raises
    ------
    AccessError
        ACC-01 when this role sees none.
    """
    require(actor, "see-documents")
    first = today - timedelta(days=FURTHEST_DAYS)
    found = stored_sessions.sessions(first_day=first)
    taken = stored.taken(first)
    lines = [_line(one, len(taken.get(one.identifier, ()))) for one in found]
    coming = [line for line in lines if line.session.day >= today]
    return (*coming, *[line for line in lines if line.session.day < today][::-1])


def read_session(*, actor: Actor, centre: CentreCode, day: date, today: date) -> SessionPage:
    """Return one session with its day list, and who else at the centre could come.

    Raises
    ------
    AccessError
        ACC-01 when this role sees none; ACC-02 when there is no such session.
    """
    require(actor, "see-documents")
    session = found_session(centre, day).session
    there = stored.listed(states=stored.PLACED, session=(centre, day))
    missed = stored.missed(centre, day)
    could = _could_come(session, today) if day >= today else ()
    note_processing(
        Activity.LIST_DOCUMENTS,
        [
            *(one.document.household for one in (*there, *missed)),
            *(line.held.document.household for party in could for line in party.documents),
        ],
    )
    return SessionPage(
        line=_line(session, len(there)),
        places=_day_list(session, there, today),
        missed=_day_list(session, missed, today),
        could_come=could,
        is_past=day < today,
    )


def lock_session(session: SessionId) -> None:
    """Hold a session until the transaction ends."""
    journal.lock_subject(f"session {session}")


def _add(actor: Actor, session: DocumentSession, today: date) -> int:
    lock_session(session.identifier)
    if session.centre not in people.centres():
        raise AccessError("ACC-02", "no centre by that code", remedy="Check the code.")
    check_session(session, today)
    held = stored_sessions.held(session.centre, session.day)
    if held is not None and not held.is_cancelled:
        raise StateError(
            "STA-01",
            "there is a session at that centre on that day already",
            remedy="Look at it, or choose another day.",
        )
    after = held.row if held else None
    return stored_sessions.add_step(session, "made", after=after, decided_by=actor.name)


def check_session(session: DocumentSession, today: date) -> None:
    """Refuse a session that cannot be held as it is set up.

    Raises
    ------
    InputError
        INP-06 with the column that does not fit.
    """
    law = session_law(law_book(), session.day)
    week = session.day - timedelta(days=session.day.weekday())
    others = sum(
        one.slots
        for one in stored_sessions.sessions(
            first_day=week, last_day=week + timedelta(days=DAYS_A_WEEK - 1), centres=[session.centre]
        )
        if one.day != session.day
    )
    rows = -(-session.slots // max(session.counters, 1))
    checks = (
        ("day", today <= session.day <= today + timedelta(days=FURTHEST_DAYS), session.day.isoformat()),
        ("counters", session.counters >= 1, session.counters),
        ("staff", session.staff >= session.counters * law.people_at_counter, session.staff),
        ("minutes", 1 <= session.minutes_per_slot * rows <= law.minutes_a_day, session.minutes_per_slot),
        ("slots", 1 <= session.slots <= law.slots_a_day, session.slots),
        ("slots", session.slots + others <= law.slots_a_week, session.slots),
        ("first_slot", _ends(session, rows) <= MOST_MINUTES, session.first_slot.isoformat("minutes")),
    )
    for column, fits, value in checks:
        if not fits:
            raise InputError(
                "INP-06",
                f"{column} {value} does not fit",
                remedy="Change the session so that it can be held as the law book sets it.",
                location=Location(column=column, value=str(value)),
            )


def _ends(session: DocumentSession, rows: int) -> int:
    return session.first_slot.hour * 60 + session.first_slot.minute + rows * session.minutes_per_slot


def hand_made(
    *,
    centre: CentreCode,
    day: date,
    team: str,
    staff: int,
    counters: int,
    slots: int,
    first_slot: time,
    minutes: int,
) -> DocumentSession:
    """Return a session as somebody fills it in; how far its team travels is not said by hand."""
    return DocumentSession(centre, day, TeamCode(team), staff, counters, slots, first_slot, minutes, 0)


def found_session(centre: CentreCode, day: date) -> stored_sessions.HeldSession:
    """Return a session that was not cancelled.

    Raises
    ------
    AccessError
        ACC-02 when there is none at that centre on that day.
    """
    held = stored_sessions.held(centre, day)
    if held is None or held.is_cancelled:
        raise AccessError("ACC-02", "no session at that centre on that day", remedy="Check the address.")
    return held


def _line(session: DocumentSession, taken: int) -> SessionLine:
    centre = people.centres().get(session.centre)
    return SessionLine(session, centre.name if centre else session.centre, taken)


def _day_list(session: DocumentSession, held: Sequence[HeldDocument], today: date) -> tuple[DayLine, ...]:
    lines = [
        DayLine(session.begins(line.held.place.slot), line)
        for line in lines_of(held, today)
        if line.held.place is not None
    ]
    return tuple(
        sorted(lines, key=lambda one: (one.begins, one.line.held.document.household, one.line.number))
    )


def _could_come(session: DocumentSession, today: date) -> tuple[PartyLine, ...]:
    """Return who at the centre can be handed a document that day and has no appointment, who waits longest first."""
    waiting = [
        one
        for one in stored.listed(states=TO_INVITE, centre=session.centre)
        if one.not_before is None or one.not_before <= session.day
    ]
    lines = {line.number: line for line in lines_of(waiting, today)}
    of: dict[str, list[HeldDocument]] = {}
    for one in waiting:
        of.setdefault(one.document.household, []).append(one)
    law = document_law(law_book(), session.day)
    found = [
        party
        for group in of.values()
        for party in parties([one.document for one in group], [session.day], law, session.slots)
    ]
    found.sort(key=lambda one: (min(each.ready_on for each in one.documents), one.documents[0].number))
    return tuple(PartyLine(tuple(lines[one.number] for one in party.documents)) for party in found)


def _told(session: DocumentSession) -> dict[str, object]:
    return {
        "on": session.day,
        "team": session.team,
        "staff": session.staff,
        "counters": session.counters,
        "slots": session.slots,
    }
