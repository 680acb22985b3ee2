"""Inviting people to sessions at centres: to places that a person chose, or that were proposed and agreed with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from eenthuis.law import law_book
from eenthuis.law.documents import document_law
from eenthuis.rules.document_steps import appoint
from eenthuis.rules.documents import Party, ReadyWindow, readiness
from eenthuis.services.access import require
from eenthuis.services.document_sessions import found_session, lock_session
from eenthuis.services.document_steps import Seen, on_hold, save, stepped, tell_coa
from eenthuis.store import documents as stored
from eenthuis.store.documents import HeldDocument, Place
from eenthuis.terms.access import Actor
from eenthuis.terms.document_steps import DocumentStep
from eenthuis.terms.documents import DocumentNumber, DocumentSession, session_id
from eenthuis.terms.errors import InputError, StateError
from eenthuis.terms.notices import NoticeKind
from eenthuis.terms.people import CentreCode


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document with the step that was seen of it, and the place in a session that somebody chose for it."""

    number: DocumentNumber
    seen: int
    place: Place


def invite_to_session(
    *, actor: Actor, centre: CentreCode, day: date, seen: Sequence[Seen], today: date
) -> int:
    """Give people the first free places in a row of one session, each household together; all or none are invited.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such session or document.
    InputError
        INP-04 when nobody was chosen.
    StateError
        STA-01 without room for all; STA-06 when somebody cannot come then; STA-07 when somebody was first.
    """
    require(actor, "plan-session")
    if not seen:
        raise InputError("INP-04", "nobody was chosen", remedy="Choose who is invited.")
    with transaction.atomic():
        lock_session(session_id(centre, day))
        session = found_session(centre, day).session
        there = stored.several([one.number for one in seen])
        window = ReadyWindow(day, day)
        of: dict[str, list[HeldDocument]] = {}
        for one in there:
            of.setdefault(one.document.household, []).append(one)
        asked = [Party(tuple(one.document for one in group), window) for group in of.values()]
        found = appoint(asked, [session], stored.taken(day))
        if len(found) < len(seen):
            raise StateError(
                "STA-01",
                f"{len(seen) - len(found)} of {len(seen)} have no free place in a row",
                remedy="Choose fewer people, or another session.",
            )
        steps = {one.number: one.step for one in seen}
        wanted = [Wanted(one.document, steps[one.document], Place(centre, day, one.slot)) for one in found]
        return invite(actor=actor, wanted=wanted, today=today)


def invite(*, actor: Actor, wanted: Sequence[Wanted], today: date) -> int:
    """Invite people to the places that were chosen for them; all or none. Return how many.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such session or document.
    StateError
        STA-01 when a place is somebody's; STA-06 when somebody cannot come then; STA-07 when somebody was first.
    """
    require(actor, "plan-session")
    with transaction.atomic():
        sessions = {}
        for place in sorted({(one.place.centre, one.place.day) for one in wanted}):
            lock_session(session_id(*place))
            sessions[session_id(*place)] = found_session(*place)
        first = min((one.place.day for one in wanted), default=today)
        taken = {name: set(slots) for name, slots in stored.taken(first).items()}
        with on_hold([Seen(one.number, one.seen) for one in wanted]) as held:
            made = []
            for one, document in zip(wanted, held, strict=True):
                _check_place(document, one.place, sessions[one.place.session].session, today)
                used = taken.setdefault(one.place.session, set())
                if one.place.slot in used:
                    raise StateError(
                        "STA-01", "a place is somebody's already", remedy="Reload the page and choose again."
                    )
                used.add(one.place.slot)
                after = stepped(document, DocumentStep.INVITED, on=today)
                made.append(replace(after, place=one.place, not_before=None))
            save(actor, made, action="document-invited")
        for name, session in sessions.items():
            tell_coa(
                NoticeKind.SESSION_FILLED,
                session.session.centre,
                f"session:{session.row.pk}",
                today=today,
                concerned=sum(one.place.session == name for one in wanted),
                due_on=session.session.day,
            )
    return len(wanted)


def _check_place(held: HeldDocument, place: Place, session: DocumentSession, today: date) -> None:
    document = held.document
    ready = readiness(document, place.day, document_law(law_book(), place.day)).is_ready
    too_early = held.not_before is not None and place.day < held.not_before
    fits = (
        place.day >= today
        and document.centre == place.centre
        and 0 <= place.slot < session.slots
        and ready
        and not too_early
    )
    if not fits:
        raise StateError(
            "STA-06",
            f"{document.number} cannot be handed out at that centre on {place.day.isoformat()}",
            remedy="Look at its page for what is missing, and choose another day.",
        )
