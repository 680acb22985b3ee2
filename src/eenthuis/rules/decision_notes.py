"""How far a decision note is, who may do what next with it, and what of it may be made public."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from eenthuis.rules.personal_details import Detail, leaks, occurrences, together, without
from eenthuis.rules.seen_text import folded
from eenthuis.terms.decision_notes import (
    MarkDecision,
    NoteStep,
    NoteStepKind,
    NoteText,
    NoteVersion,
    PublishedSection,
    Section,
    WithheldGround,
)

AROUND = 40
"""Letters shown on either side of what was found."""


class NoteState(StrEnum):
    """How far the last version of a note is."""

    DRAFT = "draft"
    PUT_FORWARD = "put-forward"
    SENT_BACK = "sent-back"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class NoteObstacle(StrEnum):
    """Why a step may not be taken."""

    ENDED = "ended"
    WRONG_STATE = "wrong-state"
    OWN_WORK = "own-work"
    NO_REASON = "no-reason"
    OVERTAKEN = "overtaken"
    UNDECIDED = "undecided"


ENDS = frozenset({NoteState.PUBLISHED, NoteState.WITHDRAWN})
_FROM: Mapping[NoteStepKind, frozenset[NoteState]] = {
    NoteStepKind.PUT_FORWARD: frozenset({NoteState.DRAFT, NoteState.SENT_BACK}),
    NoteStepKind.SENT_BACK: frozenset({NoteState.PUT_FORWARD, NoteState.REVIEWED}),
    NoteStepKind.REVIEWED: frozenset({NoteState.PUT_FORWARD}),
    NoteStepKind.PUBLISHED: frozenset({NoteState.REVIEWED}),
    NoteStepKind.WITHDRAWN: frozenset(NoteState) - ENDS,
}
_WITH_REASON = frozenset({NoteStepKind.SENT_BACK, NoteStepKind.WITHDRAWN})


def note_state(versions: Sequence[NoteVersion], steps: Sequence[NoteStep]) -> NoteState:
    """Return how far a note is: by what was done with its last version, or by how it ended."""
    for step in steps:
        if step.kind in {NoteStepKind.PUBLISHED, NoteStepKind.WITHDRAWN}:
            return NoteState(step.kind.value)
    last = max(version.place for version in versions)
    own = [step for step in steps if step.version == last]
    return NoteState(own[-1].kind.value) if own else NoteState.DRAFT


def step_refused(
    kind: NoteStepKind,
    *,
    by: str,
    seen: int,
    why: str,
    versions: Sequence[NoteVersion],
    steps: Sequence[NoteStep],
) -> NoteObstacle | None:
    """Return why a person may not take a step with the version it has ``seen``; None when it may.

    Who wrote any version of the note, or put it forward, does not review it.
    """
    state = note_state(versions, steps)
    if state in ENDS:
        return NoteObstacle.ENDED
    last = max(version.place for version in versions)
    if seen != last:
        return NoteObstacle.OVERTAKEN
    if state not in _FROM[kind]:
        return NoteObstacle.WRONG_STATE
    writers = {version.written_by for version in versions}
    writers |= {step.decided_by for step in steps if step.kind is NoteStepKind.PUT_FORWARD}
    if kind is NoteStepKind.REVIEWED and by in writers:
        return NoteObstacle.OWN_WORK
    return NoteObstacle.NO_REASON if kind in _WITH_REASON and not why.strip() else None


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that may tell of a person, in all places where it stands; ``places`` are what stands around it."""

    key: str
    text: str
    rules: tuple[str, ...]
    places: tuple[tuple[Section | None, str, str, str], ...]

    @property
    def count(self) -> int:
        """In how many places it stands."""
        return len(self.places)


def public_parts(text: NoteText) -> tuple[tuple[Section | None, str], ...]:
    """Return the title, as None, and the sections that are not withheld as a whole, with their texts."""
    sections = [(one, text.sections.get(one, "")) for one in Section if one not in text.withheld]
    return ((None, text.title), *sections)


def marks(text: NoteText, *, known: frozenset[str], by_hand: Iterable[str] = ()) -> tuple[Mark, ...]:
    """Return what was found in what would be made public, each once, in order; with what a person added by hand."""
    parts = public_parts(text)
    found = together([written for _, written in parts], known=known)
    held: dict[str, list[tuple[Detail, Section | None, str]]] = {}
    for (section, written), details in zip(parts, found, strict=True):
        for one in details:
            held.setdefault(one.key, []).append((one, section, written))
    for key in by_hand:
        if key not in held:
            held[key] = [
                (one, section, written) for section, written in parts for one in occurrences(written, key)
            ]
    return tuple(_mark(key, listed) for key, listed in held.items() if listed)


def _mark(key: str, listed: Sequence[tuple[Detail, Section | None, str]]) -> Mark:
    return Mark(
        key=key,
        text=listed[0][0].text,
        rules=tuple(dict.fromkeys(one.rule.value for one, _, _ in listed)),
        places=tuple(
            (
                section,
                written[max(0, one.start - AROUND) : one.start],
                one.text,
                written[one.start + len(one.text) :][:AROUND],
            )
            for one, section, written in listed
        ),
    )


def undecided(found: Sequence[Mark], decided: Sequence[MarkDecision]) -> tuple[Mark, ...]:
    """Return what nobody decided on yet."""
    known = {one.key for one in decided}
    return tuple(one for one in found if one.key not in known)


def removed_keys(decided: Sequence[MarkDecision]) -> frozenset[str]:
    """Return what is left out: the last decision on each counts."""
    last = {one.key: one.is_removed for one in decided}
    return frozenset(key for key, is_removed in last.items() if is_removed)


@dataclass(frozen=True, slots=True)
class PublicNote:
    """A note as everyone reads it."""

    title: str
    sections: tuple[PublishedSection, ...]

    @property
    def whole(self) -> str:
        """Everything it says, as one text."""
        return "\n".join([self.title, *(part for one in self.sections for part in (one.text, one.ground))])


def public_note(text: NoteText, removed: Iterable[str], articles: Mapping[WithheldGround, str]) -> PublicNote:
    """Return a note without what is left out, and without the sections that are withheld: those name their article.

    Leaving out wins: what is left out somewhere is left out everywhere, also inside something that was kept.
    """
    gone = frozenset(removed)
    return PublicNote(
        title=without(text.title, gone),
        sections=tuple(
            PublishedSection(one, "", articles[text.withheld[one]])
            if one in text.withheld
            else PublishedSection(one, without(text.sections.get(one, ""), gone))
            for one in Section
        ),
    )


def still_there(made: str, text: NoteText, removed: Iterable[str]) -> tuple[str, ...]:
    """Return what should be gone from something made for everyone and is not: strings left out, withheld sections."""
    sections = [folded(text.sections.get(one, "")) for one in text.withheld]
    seen = folded(made)
    return (*leaks(made, removed), *(one for one in sections if one and one in seen))
