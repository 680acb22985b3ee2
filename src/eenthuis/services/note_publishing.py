"""Making a decision note public: what may tell of a person is found, decided on by a person, and left out for good."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db import transaction

from eenthuis import reference
from eenthuis.connect.note_files import note_pdf, paragraphs_of, published_line
from eenthuis.law import law_book
from eenthuis.law.withholding import withholding_law
from eenthuis.rules.decision_notes import (
    Mark,
    NoteObstacle,
    NoteState,
    marks,
    note_state,
    public_note,
    removed_keys,
    step_refused,
    still_there,
    undecided,
)
from eenthuis.rules.personal_details import Rule
from eenthuis.rules.seen_text import folded
from eenthuis.services.access import may, person, require
from eenthuis.services.decision_notes import add_step, found, locked
from eenthuis.store import decision_notes as stored
from eenthuis.store import journal
from eenthuis.terms.access import Actor
from eenthuis.terms.decision_notes import MarkDecision, NoteStepKind
from eenthuis.terms.errors import AccessError, InputError, Location, StateError

Published = stored.Published
"""A note as everyone reads it."""


@dataclass(frozen=True, slots=True)
class MarkLine:
    """Something that was found, with what was decided on it last."""

    mark: Mark
    decision: MarkDecision | None


@dataclass(frozen=True, slots=True)
class MarksPage:
    """What was found in a note that was reviewed, and whether it can be published."""

    held: stored.HeldNote
    state: NoteState
    lines: tuple[MarkLine, ...]
    undecided: int
    may_write: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chooses for something that was found: left out, or kept with a reason."""

    key: str
    is_removed: bool
    why: str = ""


@cache
def known_words() -> frozenset[str]:
    """Return the words of municipalities and provinces, which are no names of people by themselves."""
    names = [one.name for one in reference.provinces()]
    names += [one.name for one in reference.municipalities(date(2026, 1, 1))]
    return frozenset(word for name in names for word in folded(name).replace("-", " ").split())


def read_marks(*, actor: Actor, number: int) -> MarksPage:
    """Return what was found in the last version of a note.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is none by that number.
    """
    require(actor, "see-decision-note-drafts")
    held = found(number)
    decided = stored.decisions(number, held.last.place)
    listed = _marks(held, decided)
    last = {one.key: one for one in decided}
    return MarksPage(
        held=held,
        state=note_state(held.versions, held.steps),
        lines=tuple(MarkLine(one, last.get(one.key)) for one in listed),
        undecided=len(undecided(listed, decided)),
        may_write=may(actor, "write-decision-note"),
    )


def _marks(held: stored.HeldNote, decided: Sequence[MarkDecision]) -> tuple[Mark, ...]:
    by_hand = [one.key for one in decided if one.rule == Rule.BY_HAND]
    return marks(held.last.text, known=known_words(), by_hand=by_hand)


def decide_marks(
    *, actor: Actor, number: int, seen: int, choices: Sequence[Choice], by_hand: str = ""
) -> int:
    """Decide on what was found in a reviewed version, and on a string that was not; return how many were decided.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is none by that number.
    InputError
        INP-04 for something that was not found, or a string that does not stand in the note; INP-06 when something is
        kept without a reason.
    StateError
        STA-01 when the version was not reviewed, or is not the last.
    """
    require(actor, "write-decision-note")
    with transaction.atomic():
        held = locked(number)
        _needs_review(held, seen)
        there = {one.key: one for one in _marks(held, stored.decisions(number, seen))}
        made = [_decision(actor, there, one) for one in choices]
        if by_hand.strip():
            made.append(_added(actor, held, by_hand))
        stored.add_decisions(number, seen, made)
        if made:
            journal.write(
                actor,
                "mark-decision-note",
                f"decision note {number}",
                after={
                    "version": seen,
                    "left_out": sum(one.is_removed for one in made),
                    "kept": sum(not one.is_removed for one in made),
                },
            )
    return len(made)


def _needs_review(held: stored.HeldNote, seen: int) -> None:
    if note_state(held.versions, held.steps) is not NoteState.REVIEWED or seen != held.last.place:
        raise StateError(
            "STA-01",
            "this version was not reviewed by a second person, or is not the last",
            remedy="Reload the page to see how the note stands.",
        )


def _decision(actor: Actor, there: Mapping[str, Mark], choice: Choice) -> MarkDecision:
    mark = there.get(choice.key)
    if mark is None:
        raise InputError(
            "INP-04",
            "something was decided on that was not found in this version",
            remedy="Reload the page.",
            location=Location(column="mark"),
        )
    if not choice.is_removed and not choice.why.strip():
        raise InputError(
            "INP-06",
            "something is kept without a reason",
            remedy="Say in a sentence why it may be public.",
            location=Location(column=f"why-{list(there).index(choice.key)}"),
        )
    return MarkDecision(mark.key, mark.text, mark.rules[0], choice.is_removed, choice.why, person(actor))


def _added(actor: Actor, held: stored.HeldNote, by_hand: str) -> MarkDecision:
    key = folded(by_hand)
    if not key or not _stands(held, key):
        raise InputError(
            "INP-04",
            "these words do not stand in what would be made public",
            remedy="Copy them from the note.",
            location=Location(column="by-hand"),
        )
    return MarkDecision(
        key, by_hand.strip(), Rule.BY_HAND.value, is_removed=True, why="", decided_by=person(actor)
    )


def _stands(held: stored.HeldNote, key: str) -> bool:
    return any(one.key == key for one in marks(held.last.text, known=known_words(), by_hand=[key]))


def publish_note(*, actor: Actor, number: int, seen: int, today: date) -> NoteObstacle | None:
    """Make a reviewed note public once everything found was decided on; return why not, or None when it was done.

    What is left out is left out of title and sections before any file is made; the files are looked through again, and
    nothing is made public when something of it still stands there.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is none by that number.
    StateError
        STA-06 when something that was left out would still be readable.
    """
    require(actor, "write-decision-note")
    with transaction.atomic():
        held = locked(number)
        obstacle = step_refused(
            NoteStepKind.PUBLISHED,
            by=person(actor),
            seen=seen,
            why="",
            versions=held.versions,
            steps=held.steps,
        )
        if obstacle is not None:
            return obstacle
        decided = stored.decisions(number, seen)
        if undecided(_marks(held, decided), decided):
            return NoteObstacle.UNDECIDED
        gone = removed_keys(decided)
        made = public_note(held.last.text, gone, withholding_law(law_book(), today).articles)
        said = [
            made.title,
            published_line(today),
            *(text for one in made.sections for text in paragraphs_of(one)),
        ]
        if still_there("\n".join(said), held.last.text, gone):
            raise StateError(
                "STA-06",
                "something that is left out would still be readable",
                remedy="Leave out the whole sentence, or write the section anew.",
            )
        pdf = note_pdf(number=number, title=made.title, sections=made.sections, day=today)
        add_step(actor, held, NoteStepKind.PUBLISHED, "", today)
        stored.publish(
            stored.Published(
                number=number,
                recommendations=held.recommendations,
                title=made.title,
                sections=made.sections,
                published_on=today,
                pdf_digest=hashlib.sha256(pdf).hexdigest(),
            ),
            pdf,
        )
    return None


def read_published(*, actor: Actor, number: int) -> stored.Published:
    """Return a note as it was made public.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when none was made public by that number.
    """
    require(actor, "see-recommendations")
    made = stored.published_note(number)
    if made is None:
        raise AccessError("ACC-02", "no decision note by that number", remedy="Check the number.")
    return made


def published_file(*, actor: Actor, number: int) -> bytes:
    """Return the PDF of a note as it was made public.

    Raises
    ------
    AccessError
        As :func:`read_published`.
    """
    return stored.published_pdf(read_published(actor=actor, number=number).number)
