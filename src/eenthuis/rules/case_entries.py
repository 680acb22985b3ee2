"""Whether an entry may be added to the file of a municipality: what it lacks, who may confirm, and what comes first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from eenthuis.law.supervision import SubstitutionLaw
from eenthuis.rules.case_file import ANSWERS, DECIDING, SUBSTITUTION, CaseFile, case_file, next_in
from eenthuis.rules.substitution import Duty, EventKind, MayCarryOut, StillToDo
from eenthuis.terms.case_file import Contact, ContactKind


class Part(StrEnum):
    """What an entry can hold besides its day."""

    WHAT = "what"
    HALF_YEAR = "half-year"
    DUE = "due"
    PEOPLE = "people"
    RUNG = "rung"
    ABOUT = "about"


_NEEDS: Mapping[ContactKind, tuple[Part, ...]] = {
    ContactKind.REQUESTS_UNMET: (Part.WHAT, Part.HALF_YEAR, Part.PEOPLE),
    ContactKind.HOMES_READY: (Part.WHAT, Part.HALF_YEAR, Part.PEOPLE),
    ContactKind.PLAN: (Part.WHAT, Part.HALF_YEAR, Part.DUE, Part.PEOPLE),
    ContactKind.PLAN_ENDED: (Part.WHAT, Part.ABOUT),
    ContactKind.MILESTONE: (Part.WHAT, Part.DUE, Part.ABOUT),
    ContactKind.MILESTONE_MET: (Part.ABOUT,),
    ContactKind.RUNG_PUT_FORWARD: (Part.HALF_YEAR, Part.RUNG),
    ContactKind.RUNG_CONFIRMED: (Part.ABOUT,),
    ContactKind.RUNG_REFUSED: (Part.WHAT, Part.ABOUT),
    ContactKind.SUBSTITUTION_ITEM: (Part.WHAT,),
    ContactKind.ITEM_DONE: (Part.ABOUT,),
    ContactKind.STRUCK_OUT: (Part.WHAT,),
}
_SILENT = frozenset({ContactKind.INTENTION_IN_GAZETTE, ContactKind.INTENTION_TO_COUNCIL} | {
    ContactKind.DECISION_IN_GAZETTE, ContactKind.DECISION_TO_COUNCIL, ContactKind.CARRIED_OUT,
})  # fmt: skip
_ABOUT: Mapping[ContactKind, ContactKind] = MappingProxyType(
    {
        ContactKind.PLAN_ENDED: ContactKind.PLAN,
        ContactKind.MILESTONE: ContactKind.PLAN,
        ContactKind.MILESTONE_MET: ContactKind.MILESTONE,
        ContactKind.RUNG_CONFIRMED: ContactKind.RUNG_PUT_FORWARD,
        ContactKind.RUNG_REFUSED: ContactKind.RUNG_PUT_FORWARD,
        ContactKind.ITEM_DONE: ContactKind.SUBSTITUTION_ITEM,
    }
)
"""What an entry of a kind is about."""

_UNCORRECTED = DECIDING | {ContactKind.STRUCK_OUT, ContactKind.LETTER}
"""Kinds that are never corrected: a new decision or letter follows."""


class Obstacle(StrEnum):
    """Why an entry may not be added."""

    LACKS = "lacks"
    AHEAD = "ahead"
    NOTHING_ABOUT = "nothing-about"
    ANSWERED = "answered"
    SAME_PERSON = "same-person"
    RUNG_OPEN = "rung-open"
    NOT_YET = "not-yet"
    DUE_BEFORE = "due-before"
    NOT_CORRECTED = "not-corrected"


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an entry may not be added; ``parts`` are those that it lacks, ``duties`` what must come first."""

    obstacle: Obstacle
    parts: tuple[Part, ...] = ()
    duties: tuple[Duty, ...] = ()


def needs(kind: ContactKind) -> tuple[Part, ...]:
    """Return what an entry of a kind must hold.

    Examples
    --------
    >>> [part.value for part in needs(ContactKind.MILESTONE)]
    ['what', 'due', 'about']
    """
    return () if kind in _SILENT else _NEEDS.get(kind, (Part.WHAT,))


def refusal(new: Contact, contacts: Iterable[Contact], today: date, law: SubstitutionLaw) -> Refused | None:
    """Return why an entry may not be added; None when it may.

    Whoever put a rung forward does not confirm it ("vier ogen"); a step of a substitution comes after those that the
    Act asks before it. Whether a rung is skipped is for :func:`eenthuis.rules.ladder.advance`.
    """
    listed = tuple(contacts)
    file = case_file(listed)
    lacking = tuple(part for part in needs(new.kind) if not _holds(new, part))
    if lacking:
        return Refused(Obstacle.LACKS, parts=lacking)
    if new.on > today:
        return Refused(Obstacle.AHEAD)
    if new.due is not None and new.due < new.on:
        return Refused(Obstacle.DUE_BEFORE)
    return _in_order(new, file, law)


def _in_order(new: Contact, file: CaseFile, law: SubstitutionLaw) -> Refused | None:
    if new.replaces is not None or new.kind is ContactKind.STRUCK_OUT:
        return _correction(new, file)
    if new.about is not None or new.kind in _ABOUT:
        return _answer(new, file)
    if new.kind is ContactKind.RUNG_PUT_FORWARD and file.open_rung is not None:
        return Refused(Obstacle.RUNG_OPEN)
    return _substitution(new, file, law)


def _holds(new: Contact, part: Part) -> bool:
    match part:
        case Part.WHAT:
            return bool(new.what.strip())
        case Part.HALF_YEAR:
            return new.half_year is not None
        case Part.DUE:
            return new.due is not None
        case Part.PEOPLE:
            return new.people is not None and new.people >= 0
        case Part.RUNG:
            return new.rung is not None
        case Part.ABOUT:
            return new.about is not None


def _correction(new: Contact, file: CaseFile) -> Refused | None:
    old = next((one for one in file.contacts if one.number == new.replaces), None)
    if old is None:
        return Refused(Obstacle.NOTHING_ABOUT)
    if old.kind in _UNCORRECTED or new.kind not in {old.kind, ContactKind.STRUCK_OUT}:
        return Refused(Obstacle.NOT_CORRECTED)
    return None


def _answer(new: Contact, file: CaseFile) -> Refused | None:
    about = next((one for one in file.contacts if one.number == new.about), None)
    if about is None or about.kind is not _ABOUT.get(new.kind):
        return Refused(Obstacle.NOTHING_ABOUT)
    if new.kind in ANSWERS and any(
        one.about == about.number and one.kind in ANSWERS for one in file.contacts
    ):
        return Refused(Obstacle.ANSWERED)
    if new.kind is ContactKind.RUNG_CONFIRMED and new.by == about.by:
        return Refused(Obstacle.SAME_PERSON)
    return None


def _substitution(new: Contact, file: CaseFile, law: SubstitutionLaw) -> Refused | None:
    kind = SUBSTITUTION.get(new.kind)
    if kind in {None, EventKind.INTENTION, EventKind.WITHDRAWN}:
        return None
    step = next_in(file, new.on, law)
    if kind is EventKind.CARRIED_OUT:
        may = isinstance(step, MayCarryOut)
        duties = step.duties if isinstance(step, StillToDo) else ()
        return None if may else Refused(Obstacle.NOT_YET, duties=duties)
    if not isinstance(step, StillToDo):
        return Refused(Obstacle.NOT_YET)
    before = tuple(duty for duty in step.duties if _ORDER.index(duty) < _ORDER.index(_DUTIES[kind]))
    return Refused(Obstacle.NOT_YET, duties=before) if before and kind in _AFTER_ALL else None


_ORDER = tuple(Duty)
_DUTIES: Mapping[EventKind | None, Duty] = {
    EventKind.INTENTION_IN_GAZETTE: Duty.INTENTION_IN_GAZETTE,
    EventKind.INTENTION_TO_COUNCIL: Duty.INTENTION_TO_COUNCIL,
    EventKind.DECISION: Duty.DECIDE,
    EventKind.DECISION_IN_GAZETTE: Duty.DECISION_IN_GAZETTE,
    EventKind.DECISION_TO_COUNCIL: Duty.DECISION_TO_COUNCIL,
}
_AFTER_ALL = frozenset({EventKind.DECISION, EventKind.DECISION_IN_GAZETTE, EventKind.DECISION_TO_COUNCIL})
"""Steps that come after everything before them; gazette and council may be told of an intention in either order."""
