"""Decision notes: drawn up from the register, written on by the ministry, and reviewed by who wrote none of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from eenthuis import reference
from eenthuis.connect.note_book import AdviceFacts, drawn_up
from eenthuis.law import law_book
from eenthuis.law.withholding import withholding_law
from eenthuis.rules.decision_notes import ENDS, NoteObstacle, NoteState, note_state, step_refused
from eenthuis.rules.seen_text import cleaned
from eenthuis.services.access import may, person, require
from eenthuis.services.notices import tell
from eenthuis.services.recommendations import register_on
from eenthuis.store import decision_notes as stored
from eenthuis.store import journal
from eenthuis.store import recommendations as register
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.decision_notes import (
    NoteStep,
    NoteStepKind,
    NoteText,
    NoteVersion,
    Section,
    WithheldGround,
)
from eenthuis.terms.errors import AccessError, InputError, Location, StateError
from eenthuis.terms.notices import Addressee, NoticeKind, Thing

LONGEST_SECTION = 20_000
LONGEST_TITLE = 200
_JOURNALLED = {
    NoteStepKind.PUT_FORWARD: "put-forward-decision-note",
    NoteStepKind.SENT_BACK: "sent-back-decision-note",
    NoteStepKind.REVIEWED: "reviewed-decision-note",
    NoteStepKind.PUBLISHED: "published-decision-note",
    NoteStepKind.WITHDRAWN: "withdrawn-decision-note",
}
HeldNote = stored.HeldNote
"""A note with every version and step."""


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note in a list of those who write them."""

    held: stored.HeldNote
    state: NoteState


@dataclass(frozen=True, slots=True)
class NotesPage:
    """The notes that were made public, and to who may see them those that are being written."""

    published: tuple[stored.Published, ...]
    drafts: tuple[NoteLine, ...]
    may_write: bool


@dataclass(frozen=True, slots=True)
class NotePage:
    """A note as those who write and review it see it; ``is_second`` says that the reader may review it."""

    held: stored.HeldNote
    state: NoteState
    may_write: bool
    is_second: bool


def read_notes(*, actor: Actor) -> NotesPage:
    """Return the notes within reach.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    """
    require(actor, "see-recommendations")
    sees = may(actor, "see-decision-note-drafts")
    held = stored.notes() if sees else ()
    lines = tuple(NoteLine(one, note_state(one.versions, one.steps)) for one in held)
    return NotesPage(
        published=stored.published(),
        drafts=tuple(line for line in lines if line.state is not NoteState.PUBLISHED),
        may_write=may(actor, "write-decision-note"),
    )


def begin_note(*, actor: Actor, numbers: Sequence[int], today: date) -> int:
    """Draw up a note from recommendations, as its first version, and return its number.

    Raises
    ------
    AccessError
        ACC-01 when this role may not.
    InputError
        INP-06 when no recommendation is chosen; INP-04 when one does not exist.
    """
    require(actor, "write-decision-note")
    wanted = sorted(set(numbers))
    if not wanted:
        raise InputError("INP-06", "no recommendation is chosen", remedy="Choose one or more.")
    if not set(wanted) <= set(reference.recommendations()):
        raise InputError(
            "INP-04",
            "there is no recommendation by one of these numbers",
            remedy="Choose from the register.",
            location=Location(column="recommendation", value=",".join(str(one) for one in wanted)),
        )
    facts = [
        AdviceFacts(line.one, line.standing, len(register.comments(line.one.number)))
        for line in register_on(today)
        if line.one.number in wanted
    ]
    text = drawn_up(
        facts,
        today=today,
        near_days=law_book().notices(today).near_days,
        article=withholding_law(law_book(), today).articles[WithheldGround.PRIVACY],
    )
    with transaction.atomic():
        number = stored.begin(wanted, on=today, by=person(actor))
        stored.add_version(number, NoteVersion(1, text, person(actor), today))
        journal.write(
            actor, "begin-decision-note", f"decision note {number}", after={"recommendations": wanted}
        )
    return number


def read_note(*, actor: Actor, number: int) -> NotePage:
    """Return a note as those who write it see it.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is none by that number.
    """
    require(actor, "see-decision-note-drafts")
    held = found(number)
    state = note_state(held.versions, held.steps)
    review = step_refused(
        NoteStepKind.REVIEWED, by=person(actor), seen=held.last.place, why="", versions=held.versions,
        steps=held.steps,
    )  # fmt: skip
    writes = may(actor, "write-decision-note") and state not in ENDS
    return NotePage(held=held, state=state, may_write=writes, is_second=writes and review is None)


def save_version(*, actor: Actor, number: int, text: NoteText, seen: int, today: date) -> int:
    """Save a new version of a note that has not ended, and return its place; a review of an older one no longer counts.

    ``seen`` is the version that was written on: another that came meanwhile is not overwritten. Hidden characters are
    left out of what is kept.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is none by that number.
    InputError
        INP-06 without a title, or when a text is too long.
    StateError
        STA-01 when the note has ended; STA-07 when somebody saved another version meanwhile.
    """
    require(actor, "write-decision-note")
    kept = _kept(text)
    with transaction.atomic():
        held = locked(number)
        if note_state(held.versions, held.steps) in ENDS:
            raise StateError("STA-01", "the note has ended", remedy="Draw up another note.")
        if seen != held.last.place:
            raise StateError(
                "STA-07",
                f"version {held.last.place} was saved meanwhile",
                remedy="Reload the page and write on that version.",
            )
        if kept == held.last.text:
            return held.last.place
        place = held.last.place + 1
        stored.add_version(number, NoteVersion(place, kept, person(actor), today))
        journal.write(
            actor,
            "save-decision-note",
            f"decision note {number}",
            before={"version": held.last.place},
            after={
                "version": place,
                "sections": [one for one in Section if _differs(one, held.last.text, kept)],
            },
        )
    return place


def _differs(section: Section, before: NoteText, after: NoteText) -> bool:
    return before.sections.get(section) != after.sections.get(section) or before.withheld.get(
        section
    ) != after.withheld.get(section)


def _kept(text: NoteText) -> NoteText:
    title = cleaned(text.title).replace("\n", " ")
    sections = {one: cleaned(text.sections.get(one, "")) for one in Section}
    if not title or len(title) > LONGEST_TITLE:
        raise InputError(
            "INP-06",
            f"the title has {len(title)} characters",
            remedy=f"Give a title of 1 to {LONGEST_TITLE} characters.",
            location=Location(column="title"),
        )
    for section, written in sections.items():
        if len(written) > LONGEST_SECTION:
            raise InputError(
                "INP-06",
                f"a section has {len(written)} characters",
                remedy=f"Use at most {LONGEST_SECTION}.",
                location=Location(column=section.value),
            )
    return NoteText(title, sections, dict(text.withheld))


def take_note_step(
    *, actor: Actor, number: int, kind: NoteStepKind, seen: int, why: str, today: date
) -> NoteObstacle | None:
    """Put a note forward, send it back, review it or withdraw it; return why not, or None when it was done.

    Publishing has a use case of its own. The journal tells what was done, never why: reasons may name somebody.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is none by that number.
    """
    require(actor, "write-decision-note")
    if kind is NoteStepKind.PUBLISHED:
        return NoteObstacle.WRONG_STATE
    with transaction.atomic():
        held = locked(number)
        obstacle = step_refused(
            kind, by=person(actor), seen=seen, why=why, versions=held.versions, steps=held.steps
        )
        if obstacle is not None:
            return obstacle
        add_step(actor, held, kind, why, today)
        if kind is NoteStepKind.PUT_FORWARD:
            tell(
                kind=NoticeKind.NOTE_PUT_FORWARD,
                to=Addressee(Role.MINISTRY),
                reference=f"{Thing.NOTE}:{number}",
                today=today,
            )
    return None


def add_step(by: Actor, held: stored.HeldNote, kind: NoteStepKind, why: str, today: date) -> None:
    """Add a step with its line in the journal, in the transaction of who calls."""
    stored.add_step(held.number, NoteStep(kind, held.last.place, today, person(by), cleaned(why)))
    journal.write(
        by,
        _JOURNALLED[kind],
        f"decision note {held.number}",
        before={"state": note_state(held.versions, held.steps)},
        after={"state": kind, "version": held.last.place},
    )


def locked(number: int) -> stored.HeldNote:
    """Return a note, held until the transaction ends.

    Raises
    ------
    AccessError
        ACC-02 when there is none by that number.
    """
    journal.lock_subject(f"decision note {number}")
    return found(number)


def found(number: int) -> stored.HeldNote:
    """Return a note.

    Raises
    ------
    AccessError
        ACC-02 when there is none by that number.
    """
    held = stored.note(number)
    if held is None or not held.versions:
        raise AccessError("ACC-02", "no decision note by that number", remedy="Check the number.")
    return held
