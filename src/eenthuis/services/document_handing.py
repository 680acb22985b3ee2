"""Handing residence documents out at a session: one person hands out, another checks, and the rest is told why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from eenthuis.law import law_book
from eenthuis.rules.document_steps import again_from
from eenthuis.services.access import in_person, is_other, person, require
from eenthuis.services.document_steps import (
    Seen,
    on_hold,
    reason,
    save,
    stepped,
    take_one,
    tell_coa,
)
from eenthuis.store import documents as stored
from eenthuis.terms.access import Actor
from eenthuis.terms.document_steps import DocumentState, DocumentStep
from eenthuis.terms.errors import AccessError, StateError
from eenthuis.terms.notices import NoticeKind


def hand_out(*, actor: Actor, seen: Seen, today: date) -> None:
    """Record that a document was given to its owner; it counts once another has checked.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such document; ACC-04 while standing in for another.
    StateError
        STA-06 when its owner has no appointment; STA-07 when somebody was first; STA-09 before the day of it.
    """
    require(actor, "hand-out-document")
    in_person(actor)
    with on_hold([seen]) as (held,):
        made = stepped(held, DocumentStep.GIVEN, on=today)
        _on_the_day(held, today)
        save(actor, [replace(made, given_by=person(actor), checked_by="")], action="document-given")


def check_handed_out(*, actor: Actor, seen: Seen) -> None:
    """Check, as a second person, that a document was handed out to the right owner; from then on it counts.

    Raises
    ------
    AccessError
        ACC-03 when it is the person who handed it out; otherwise as :func:`hand_out`.
    StateError
        STA-06 when nobody handed it out; STA-07 when somebody was first.
    """
    require(actor, "hand-out-document")
    in_person(actor)
    with on_hold([seen]) as (held,):
        made = stepped(held, DocumentStep.HANDED_OUT, on=held.on)
        if not is_other(actor, held.given_by):
            raise AccessError(
                "ACC-03",
                "who hands a document out does not check it",
                remedy="Ask a colleague to check it.",
            )
        save(actor, [replace(made, checked_by=person(actor))], action="document-handed-out")


def refuse_check(*, actor: Actor, seen: Seen, why: str, today: date) -> None:
    """Say, as a second person, that a document was not handed out as it should; it stands as before.

    Raises
    ------
    AccessError, StateError
        As :func:`check_handed_out`.
    InputError
        INP-04 or INP-06 for the reason.
    """
    require(actor, "hand-out-document")
    in_person(actor)
    with on_hold([seen]) as (held,):
        made = stepped(held, DocumentStep.CHECK_REFUSED, on=today, why=reason(why))
        save(actor, [replace(made, given_by="", checked_by="")], action="document-check-refused")


def record_no_show(*, actor: Actor, seen: Seen, today: date) -> None:
    """Record that somebody did not come; a new appointment can be made after some days, or a person looks first.

    Raises
    ------
    AccessError, StateError
        As :func:`hand_out`.
    """
    require(actor, "hand-out-document")
    with on_hold([seen]) as (held,):
        made = stepped(held, DocumentStep.NO_SHOW, on=today)
        place = _on_the_day(held, today)
        days, _ = law_book().look_up("missed_appointment.again_days", place.day)
        save(
            actor,
            [replace(made, not_before=again_from(place.day, days=int(days)))],
            action="document-no-show",
        )
        if made.state is DocumentState.TO_LOOK_AT:
            row = stored.held(held.document.number)
            tell_coa(
                NoticeKind.NO_SHOW,
                held.document.centre,
                f"document:{row.row if row else 0}",
                today=today,
                concerned=1,
            )


def record_wrong_details(*, actor: Actor, seen: Seen, why: str, today: date) -> None:
    """Record that the card was wrong and was not handed out; a person looks before there is another appointment.

    Raises
    ------
    AccessError, StateError
        As :func:`hand_out`.
    InputError
        INP-04 or INP-06 for the reason.
    """
    require(actor, "hand-out-document")
    with on_hold([seen]) as (held,):
        made = stepped(held, DocumentStep.WRONG_DETAILS, on=today, why=reason(why))
        _on_the_day(held, today)
        save(actor, [made], action="document-wrong-details")


def take_back(*, actor: Actor, seen: Seen, why: str, today: date) -> None:
    """Correct that a document was handed out, with a reason: a new row, after which it waits again.

    Raises
    ------
    AccessError, InputError, StateError
        As :func:`refuse_check`.
    """
    in_person(actor)
    take_one(
        actor=actor,
        action="hand-out-document",
        seen=seen,
        kind=DocumentStep.RETURNED,
        why=why,
        today=today,
        told="document-returned",
        after=lambda held: replace(held, given_by="", checked_by=""),
    )


def _on_the_day(held: stored.HeldDocument, today: date) -> stored.Place:
    if held.place is None or held.place.day > today:
        raise StateError(
            "STA-09", "the day of the appointment has not come", remedy="Record it on the day itself."
        )
    return held.place
