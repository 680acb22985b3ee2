"""Residence documents that are awaited: signalled by the IND, with what is known of each and who cannot have it yet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import IntegrityError, transaction

from eenthuis.law import law_book
from eenthuis.law.documents import document_law
from eenthuis.rules.document_steps import OPEN_STATES
from eenthuis.rules.documents import readiness
from eenthuis.services.access import require
from eenthuis.services.document_steps import Seen, on_hold, reason, save, stepped, take_one
from eenthuis.services.processing import note_processing
from eenthuis.store import documents as stored
from eenthuis.store import journal, people
from eenthuis.store.document_models import NUMBER
from eenthuis.store.document_reasons import chosen
from eenthuis.store.documents import HeldDocument, Place
from eenthuis.store.scope import whole
from eenthuis.terms.access import Actor
from eenthuis.terms.document_steps import DocumentState, DocumentStep
from eenthuis.terms.documents import DocumentNumber, Readiness, ResidenceDocument, WhyNotReady
from eenthuis.terms.errors import AccessError, InputError, Location, StateError
from eenthuis.terms.people import CentreCode, HouseholdId
from eenthuis.terms.processing import Activity

__all__ = [
    "DocumentFacts",
    "DocumentLine",
    "DocumentList",
    "DocumentPage",
    "Place",
    "change_document",
    "list_documents",
    "look_at_document",
    "note_listed",
    "read_document",
    "signal_documents",
    "withdraw_document",
]
SERVICE = "documents"
OLDEST = 120
"""Nobody is older than so many years."""


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What the IND says of a document that is ready, or will be; ``number`` may be left empty for one of ours."""

    number: str
    household: HouseholdId
    ready_on: date
    born_on: date
    photo_on: date | None
    fingerprints_on: date | None
    has_citizen_number: bool
    has_address: bool


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document as it stands, whether it can be handed out today, and the name of its centre."""

    held: HeldDocument
    readiness: Readiness
    centre_name: str

    @property
    def number(self) -> DocumentNumber:
        """Its number."""
        return self.held.document.number


@dataclass(frozen=True, slots=True)
class DocumentList:
    """A part of a list of documents, and how many there are in all."""

    lines: tuple[DocumentLine, ...]
    count: int


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One document with every step so far, newest first, and what the actor may do with it."""

    line: DocumentLine
    steps: tuple[HeldDocument, ...]
    is_open: bool


def signal_documents(
    *, actor: Actor, signalled: Sequence[DocumentFacts], today: date
) -> tuple[DocumentNumber, ...]:
    """Say which documents are ready or will be, and return their numbers; all are taken in, or none.

    The centre is where the household stays now: COA says so, not the IND.

    Raises
    ------
    AccessError
        ACC-01 when this role signals none; ACC-02 for a household that is not in reception.
    InputError
        INP-01 for a number that cannot be used; INP-03 for one given twice; INP-06 for a day that cannot be.
    StateError
        STA-01 for a number that is in use.
    """
    require(actor, "signal-document")
    _check_numbers(signalled)
    with transaction.atomic():
        numbers = _numbered(signalled)
        centres = centres_of([one.household for one in signalled])
        made = []
        for facts, number in zip(signalled, numbers, strict=True):
            check_days(facts, today)
            centre = centres.get(facts.household)
            if centre is None:
                raise AccessError(
                    "ACC-02", "no household by that number in reception", remedy="Check the number."
                )
            document = _document(facts, number, centre)
            made.append(HeldDocument(document, DocumentState.WAITING, DocumentStep.SIGNALLED, today))
        try:
            with transaction.atomic():
                save(actor, made, action="signal-document")
        except IntegrityError:
            raise StateError(
                "STA-01",
                "a document by that number is there already",
                remedy="Change it on its own page, or give another number.",
            ) from None
    return numbers


def change_document(*, actor: Actor, seen: Seen, facts: DocumentFacts, why: str, today: date) -> None:
    """Change what is known of a document, with a reason; its number, household and centre stay.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such document.
    InputError
        INP-04 without a reason; INP-06 for a day that cannot be.
    StateError
        STA-06 when it no longer waits; STA-07 when somebody was first.
    """
    require(actor, "signal-document")
    check_days(facts, today)
    with on_hold([seen]) as (held,):
        after = stepped(held, DocumentStep.CHANGED, on=today, why=reason(why))
        document = replace(
            _document(facts, held.document.number, held.document.centre), household=held.document.household
        )
        save(actor, [replace(after, document=document)], action="document-changed")


def withdraw_document(*, actor: Actor, seen: Seen, why: str, today: date) -> None:
    """Withdraw a document that will not be handed out at a centre, with a reason.

    Raises
    ------
    AccessError, InputError, StateError
        As :func:`change_document`.
    """
    take_one(
        actor=actor,
        action="signal-document",
        seen=seen,
        kind=DocumentStep.WITHDRAWN,
        why=why,
        today=today,
        told="document-withdrawn",
    )


def look_at_document(*, actor: Actor, seen: Seen, why: str, today: date) -> None:
    """Let a person be invited again whose document somebody had to look at; ``why`` is what was found.

    Raises
    ------
    AccessError, InputError, StateError
        As :func:`change_document`.
    """
    take_one(
        actor=actor,
        action="plan-session",
        seen=seen,
        kind=DocumentStep.LOOKED_AT,
        why=why,
        today=today,
        told="document-looked-at",
        after=lambda held: replace(held, no_shows=0),
    )


def read_document(*, actor: Actor, number: DocumentNumber, today: date) -> DocumentPage:
    """Return one document with its steps.

    Raises
    ------
    AccessError
        ACC-01 when this role sees none; ACC-02 when there is none by that number.
    """
    require(actor, "see-documents")
    held = stored.held(number)
    if held is None:
        raise AccessError("ACC-02", "no document by that number", remedy="Check the number.")
    note_processing(Activity.SHOW_DOCUMENT, [held.document.household])
    (line,) = lines_of([held], today)
    return DocumentPage(line, stored.steps_of(number)[::-1], is_open=held.state in OPEN_STATES)


def list_documents(
    *,
    actor: Actor,
    today: date,
    states: Sequence[DocumentState] | None = None,
    centre: CentreCode | None = None,
    why: WhyNotReady | None = None,
    only_blocked: bool = False,
    first: int = 0,
    most: int | None = None,
) -> DocumentList:
    """Return documents as they stand; ``only_blocked`` those that cannot be handed out today, ``why`` for one reason.

    ``first`` and ``most`` say which part of the list is read; the count is of all of it.

    Raises
    ------
    AccessError
        ACC-01 when this role sees none.
    """
    require(actor, "see-documents")
    found, count = chosen(
        day=today,
        law=document_law(law_book(), today),
        states=states,
        centre=centre,
        why=why,
        only_blocked=only_blocked,
        first=first,
        most=most,
    )
    return DocumentList(lines_of(found, today), count)


def note_listed(lines: Sequence[DocumentLine]) -> None:
    """Note that the records of the households behind these lines were shown in a list."""
    note_processing(Activity.LIST_DOCUMENTS, [line.held.document.household for line in lines])


def facts_of(held: HeldDocument) -> DocumentFacts:
    """Return what is known of a document, as it was said."""
    one = held.document
    return DocumentFacts(
        number=one.number,
        household=one.household,
        ready_on=one.ready_on,
        born_on=one.born_on,
        photo_on=one.photo_on,
        fingerprints_on=one.fingerprints_on,
        has_citizen_number=one.has_citizen_number,
        has_address=one.has_address,
    )


def lines_of(held: Sequence[HeldDocument], today: date) -> tuple[DocumentLine, ...]:
    """Return documents with whether each can be handed out today."""
    law, centres = document_law(law_book(), today), people.centres()
    return tuple(
        DocumentLine(
            one,
            readiness(one.document, today, law),
            centres[one.document.centre].name if one.document.centre in centres else one.document.centre,
        )
        for one in held
    )


def centres_of(households: Sequence[HouseholdId]) -> dict[HouseholdId, CentreCode]:
    """Return in which centre each of these households stays that is in reception; nothing else of them is read."""
    with whole(SERVICE):
        return dict(people.centres_of(households))


def check_days(facts: DocumentFacts, today: date) -> None:
    """Refuse days that cannot be: a birth ahead, or a photo or fingerprints from before it or ahead.

    Raises
    ------
    InputError
        INP-06 with the column.
    """
    if not date(today.year - OLDEST, 1, 1) <= facts.born_on <= today:
        raise _no_day("born_on", facts.born_on)
    for column, day in (("photo_on", facts.photo_on), ("fingerprints_on", facts.fingerprints_on)):
        if day is not None and not facts.born_on <= day <= today:
            raise _no_day(column, day)
    if not facts.born_on <= facts.ready_on <= date(today.year + 1, 12, 31):
        raise _no_day("ready_on", facts.ready_on)


def _no_day(column: str, day: date) -> InputError:
    return InputError(
        "INP-06",
        f"{day.isoformat()} cannot be",
        remedy="Check the day.",
        location=Location(column=column, value=day.isoformat()),
    )


def _check_numbers(signalled: Sequence[DocumentFacts]) -> None:
    given = [one.number for one in signalled if one.number]
    for number in given:
        if not re.fullmatch(NUMBER, number):
            raise InputError(
                "INP-01",
                f"{number!r} is no number of a document",
                remedy="Begin with a letter; use capitals, digits and hyphens, at most 20 in all.",
                location=Location(column="number", value=number),
            )
    if len(set(given)) < len(given):
        raise InputError(
            "INP-03", "a number is given twice", remedy="Give each document a number of its own."
        )


def _numbered(signalled: Sequence[DocumentFacts]) -> tuple[DocumentNumber, ...]:
    journal.lock_subject("document numbers")
    following = stored.next_number()
    numbers = []
    for one in signalled:
        if one.number:
            numbers.append(DocumentNumber(one.number))
            continue
        numbers.append(stored.document_number(following))
        following += 1
    return tuple(numbers)


def _document(facts: DocumentFacts, number: DocumentNumber, centre: CentreCode) -> ResidenceDocument:
    return ResidenceDocument(
        number=number,
        household=facts.household,
        centre=centre,
        ready_on=facts.ready_on,
        born_on=facts.born_on,
        photo_on=facts.photo_on,
        fingerprints_on=facts.fingerprints_on,
        has_citizen_number=facts.has_citizen_number,
        has_address=facts.has_address,
    )
