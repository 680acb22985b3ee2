"""The file that a province keeps of a municipality: what its entries come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from eenthuis.law.supervision import SubstitutionLaw
from eenthuis.rules.substitution import (
    Event,
    EventKind,
    Item,
    NextStep,
    Proceedings,
    next_step,
)
from eenthuis.terms.case_file import Contact, ContactKind
from eenthuis.terms.half_year import HalfYear

ANSWERS = frozenset(
    {
        ContactKind.RUNG_CONFIRMED,
        ContactKind.RUNG_REFUSED,
        ContactKind.PLAN_ENDED,
        ContactKind.MILESTONE_MET,
        ContactKind.ITEM_DONE,
    }
)
"""Kinds of which one entry can have one only."""

DECIDING = frozenset({ContactKind.RUNG_PUT_FORWARD, ContactKind.RUNG_CONFIRMED, ContactKind.RUNG_REFUSED})
"""Kinds that put a municipality on a rung, or not."""

INTERNAL = frozenset({ContactKind.NOTE, ContactKind.RUNG_REFUSED})
"""Kinds that only those who keep or audit the file see."""

SUBSTITUTION: Mapping[ContactKind, EventKind] = MappingProxyType(
    {ContactKind(kind.value): kind for kind in EventKind}
)
"""The entries that are steps of a substitution."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A milestone of a plan, and the day on which it was met, None while it was not."""

    contact: Contact
    met_on: date | None

    def is_missed(self, on: date) -> bool:
        """Return whether its day had passed at the start of a day without it being met in time."""
        due = self.contact.due
        return due is not None and due < on and (self.met_on is None or self.met_on > due)


@dataclass(frozen=True, slots=True)
class Plan:
    """An improvement plan ("verbeterplan") with its milestones by day, and the day on which it ended early."""

    contact: Contact
    milestones: tuple[Milestone, ...]
    ended_on: date | None

    def covers(self, half_year: HalfYear, on: date) -> bool:
        """Return whether it was agreed before a day and runs in a half-year."""
        first, due = self.contact.half_year, self.contact.due
        if first is None or due is None or self.contact.on >= on:
            return False
        ended = self.ended_on is not None and self.ended_on < min(on, half_year.next.first_day)
        return first <= half_year and half_year.first_day <= due and not ended

    def is_on_schedule(self, half_year: HalfYear, on: date) -> bool:
        """Return whether it covers a half-year and no milestone was missed by the start of a day.

        A plan without milestones has no schedule that anybody could be on.
        """
        return (
            bool(self.milestones)
            and self.covers(half_year, on)
            and not any(one.is_missed(on) for one in self.milestones)
        )


@dataclass(frozen=True, slots=True)
class RungDecision:
    """A rung that was put forward, and what another person answered; ``answer`` is None while it is open."""

    contact: Contact
    answer: Contact | None

    @property
    def is_confirmed(self) -> bool:
        """Whether another person confirmed it."""
        return self.answer is not None and self.answer.kind is ContactKind.RUNG_CONFIRMED


@dataclass(frozen=True, slots=True)
class CaseFile:
    """What the entries of a municipality come to; ``contacts`` are those in force, newest day first."""

    contacts: tuple[Contact, ...] = ()
    plans: tuple[Plan, ...] = ()
    rungs: tuple[RungDecision, ...] = ()
    proceedings: Proceedings | None = None

    @property
    def open_rung(self) -> RungDecision | None:
        """The rung that was put forward and waits for another person."""
        return next((one for one in self.rungs if one.answer is None), None)

    def decided(self, half_year: HalfYear, on: date) -> RungDecision | None:
        """Return the last decision after a half-year that was confirmed before a day."""
        found = [
            one
            for one in self.rungs
            if one.contact.half_year == half_year and one.is_confirmed and one.answer and one.answer.on < on
        ]
        return max(
            found,
            key=lambda one: (one.answer.on, one.contact.number) if one.answer else (on, 0),
            default=None,
        )

    def is_on_schedule(self, half_year: HalfYear, on: date) -> bool:
        """Return whether a plan was on schedule in a half-year at the start of a day."""
        return any(plan.is_on_schedule(half_year, on) for plan in self.plans)

    def counted(self, kind: ContactKind, half_year: HalfYear, on: date) -> int:
        """Return the people or homes recorded of a half-year before a day."""
        return sum(
            one.people or 0
            for one in self.contacts
            if one.kind is kind and one.half_year == half_year and one.on < on
        )


def case_file(contacts: Iterable[Contact]) -> CaseFile:
    """Return what entries come to, in whatever order they are handed in.

    An entry that another replaces no longer counts; what was about it is about the one in its place.

    Examples
    --------
    >>> plan = Contact(1, ContactKind.PLAN, date(2026, 1, 9), "catch up", "a", HalfYear(2026, 1), date(2026, 6, 30), 9)
    >>> met = Contact(2, ContactKind.MILESTONE, date(2026, 1, 9), "homes found", "a", due=date(2026, 2, 1), about=1)
    >>> case_file([plan, met]).is_on_schedule(HalfYear(2026, 1), date(2026, 2, 1))
    True
    >>> case_file([met, plan]).is_on_schedule(HalfYear(2026, 1), date(2026, 2, 2))
    False
    """
    listed = sorted(contacts, key=lambda one: one.number)
    later: dict[int, int] = {one.replaces: one.number for one in listed if one.replaces is not None}
    kept = [
        replace(one, about=_latest(one.about, later))
        for one in listed
        if one.number not in later and one.kind is not ContactKind.STRUCK_OUT
    ]
    numbers = {one.number for one in kept}
    roots: dict[int, int] = {}
    for one in listed:
        roots[one.number] = roots.get(one.replaces, one.number) if one.replaces else one.number
    while gone := {one.number for one in kept if one.about is not None and one.about not in numbers}:
        kept = [one for one in kept if one.number not in gone]
        numbers -= gone
    answers = {one.about: one for one in kept if one.kind in ANSWERS}
    return CaseFile(
        contacts=tuple(sorted(kept, key=lambda one: (one.on, one.number), reverse=True)),
        plans=tuple(_plan(one, kept, answers) for one in kept if one.kind is ContactKind.PLAN),
        rungs=tuple(
            RungDecision(one, answers.get(one.number))
            for one in kept
            if one.kind is ContactKind.RUNG_PUT_FORWARD
        ),
        proceedings=_proceedings(kept, roots),
    )


def next_in(file: CaseFile, as_of: date, law: SubstitutionLaw) -> NextStep | None:
    """Return what comes next in the substitution of a file; None while there is none.

    What was recorded on the day itself counts: a person looks at the page after recording it.
    """
    if file.proceedings is None:
        return None
    return next_step(_dated_before(file.proceedings), as_of, law)


def _dated_before(proceedings: Proceedings) -> Proceedings:
    """Return the proceedings as if everything had happened the day before, for the order of steps only."""
    return replace(
        proceedings,
        events=frozenset(
            replace(event, on=date.fromordinal(event.on.toordinal() - 1)) for event in proceedings.events
        ),
    )


def _latest(number: int | None, later: Mapping[int, int]) -> int | None:
    while number is not None and number in later:
        number = later[number]
    return number


def _plan(contact: Contact, kept: list[Contact], answers: Mapping[int | None, Contact]) -> Plan:
    ended = answers.get(contact.number)
    milestones = [
        Milestone(one, met.on if (met := answers.get(one.number)) else None)
        for one in kept
        if one.kind is ContactKind.MILESTONE and one.about == contact.number
    ]
    milestones.sort(key=lambda one: (one.contact.due or date.max, one.contact.number))
    return Plan(contact, tuple(milestones), ended.on if ended else None)


def _proceedings(kept: list[Contact], roots: Mapping[int, int]) -> Proceedings | None:
    """Return the substitution that runs: the entries since the last one that was withdrawn or carried out."""
    steps = [
        one
        for one in kept
        if one.kind in SUBSTITUTION
        or one.kind in {ContactKind.SUBSTITUTION_ITEM, ContactKind.SUBSTITUTION_URGENT}
    ]
    ends = [
        roots[one.number] for one in steps if one.kind in {ContactKind.WITHDRAWN, ContactKind.CARRIED_OUT}
    ]
    begun = [roots[one.number] for one in steps if one.kind is ContactKind.INTENTION]
    if not begun:
        return None
    ended = max((end for end in ends if any(number > end for number in begun)), default=0)
    first = min(number for number in begun if number > ended)
    mine = [one for one in steps if roots[one.number] >= first]
    items = {one.number: one for one in mine if one.kind is ContactKind.SUBSTITUTION_ITEM}
    return Proceedings(
        items=tuple(Item(one.what, one.due) for one in items.values()),
        events=frozenset(
            Event(SUBSTITUTION[one.kind], one.on, items[one.about].what if one.about in items else "")
            for one in mine
            if one.kind in SUBSTITUTION
        ),
        is_urgent=any(one.kind is ContactKind.SUBSTITUTION_URGENT for one in mine),
    )
