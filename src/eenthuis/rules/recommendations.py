"""Where a recommendation stands on a day, by the entries of its register; and which entry may follow.

A recommendation is given, then answered; steps are promised and done or late; at the end it is closed. Nothing is
changed in place: what was wrong is struck out by an entry of its own, and everything that rested on it goes with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from eenthuis.terms.recommendations import Answer, EntryKind, RegisterEntry


class State(StrEnum):
    """How far a recommendation is."""

    GIVEN = "given"
    ANSWERED = "answered"
    PROMISED = "promised"
    LATE = "late"
    DONE = "done"
    CLOSED = "closed"


class StepState(StrEnum):
    """How far a promised step is; undated when no last day was promised."""

    UNDATED = "undated"
    OPEN = "open"
    NEAR = "near"
    LATE = "late"
    DONE = "done"
    DONE_LATE = "done-late"
    WITHDRAWN = "withdrawn"


class Obstacle(StrEnum):
    """Why an entry may not stand in the register."""

    AHEAD = "ahead"
    BEFORE_GIVEN = "before-given"
    NO_TEXT = "no-text"
    NO_ANSWER = "no-answer"
    NO_OWNER = "no-owner"
    NO_SOURCE = "no-source"
    NOT_ANSWERED = "not-answered"
    DUE_PAST = "due-past"
    NO_DUE = "no-due"
    NO_SUCH_STEP = "no-such-step"
    BEFORE_STEP = "before-step"
    STEP_ENDED = "step-ended"
    STEPS_OPEN = "steps-open"
    IS_CLOSED = "is-closed"
    NOT_CLOSED = "not-closed"
    NO_SUCH_ENTRY = "no-such-entry"


@dataclass(frozen=True, slots=True)
class PromisedStep:
    """A step with its entries: as it was promised, every later last day, and how it ended."""

    promised: RegisterEntry
    moves: tuple[RegisterEntry, ...]
    end: RegisterEntry | None

    @property
    def due(self) -> date | None:
        """The last day that holds now."""
        return self.moves[-1].due if self.moves else self.promised.due

    def state(self, on: date, near_days: int) -> StepState:
        """Return how far the step is on a day; near within ``near_days`` of its last day, late from the day after."""
        if self.end is not None:
            if self.end.kind is EntryKind.STEP_WITHDRAWN:
                return StepState.WITHDRAWN
            return StepState.DONE_LATE if self.due and self.end.on > self.due else StepState.DONE
        if self.due is None:
            return StepState.UNDATED
        if self.due < on:
            return StepState.LATE
        return StepState.NEAR if self.due <= on + timedelta(days=near_days) else StepState.OPEN


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a recommendation stands on a day: the answer that holds, the steps, and what is late."""

    state: State
    answer: RegisterEntry | None
    steps: tuple[PromisedStep, ...]
    evidence: tuple[RegisterEntry, ...]
    closed: RegisterEntry | None
    on: date

    @property
    def open_steps(self) -> tuple[PromisedStep, ...]:
        """The steps that have not ended."""
        return tuple(step for step in self.steps if step.end is None)

    @property
    def next_due(self) -> date | None:
        """The earliest last day among open steps, past or to come."""
        return min((step.due for step in self.open_steps if step.due), default=None)


def in_force(entries: Sequence[RegisterEntry]) -> tuple[RegisterEntry, ...]:
    """Return the entries that were not struck out, nor rest on one that was; in order of day, then of adding.

    Examples
    --------
    >>> day = date(2026, 1, 1)
    >>> promised = RegisterEntry(1, 5, EntryKind.STEP_PROMISED, day, "a step")
    >>> done = RegisterEntry(2, 5, EntryKind.STEP_DONE, day, "", about=1)
    >>> struck = RegisterEntry(3, 5, EntryKind.STRUCK_OUT, day, "a mistake", about=1)
    >>> in_force([promised, done, struck]), len(in_force([promised, done]))
    ((), 2)
    """
    gone = {one.about for one in entries if one.kind is EntryKind.STRUCK_OUT}
    there = [one for one in entries if one.kind is not EntryKind.STRUCK_OUT]
    kept = [one for one in there if one.number not in gone and one.about not in gone]
    return tuple(sorted(kept, key=_in_order))


def _in_order(entry: RegisterEntry) -> tuple[date, bool, int]:
    """Return what orders entries: by day, packaged ones first in their own order, then the others as added."""
    return (entry.on, entry.number > 0, abs(entry.number))


def standing(entries: Sequence[RegisterEntry], on: date) -> Standing:
    """Return where a recommendation stands on a day; entries of later days do not count yet."""
    counted = in_force([one for one in entries if one.on <= on])
    answers = [one for one in counted if one.kind is EntryKind.ANSWERED]
    steps = tuple(
        PromisedStep(
            promised=one,
            moves=tuple(_about(one, counted, EntryKind.STEP_MOVED)),
            end=next(iter(_about(one, counted, EntryKind.STEP_DONE, EntryKind.STEP_WITHDRAWN)), None),
        )
        for one in counted
        if one.kind is EntryKind.STEP_PROMISED
    )
    turns = [one for one in counted if one.kind in {EntryKind.CLOSED, EntryKind.REOPENED}]
    closed = turns[-1] if turns and turns[-1].kind is EntryKind.CLOSED else None
    return Standing(
        state=_state(answers, steps, closed, on),
        answer=answers[-1] if answers else None,
        steps=steps,
        evidence=tuple(one for one in counted if one.kind is EntryKind.EVIDENCE),
        closed=closed,
        on=on,
    )


def _about(
    step: RegisterEntry, entries: Sequence[RegisterEntry], *kinds: EntryKind
) -> Sequence[RegisterEntry]:
    return [one for one in entries if one.about == step.number and one.kind in kinds]


def _state(
    answers: Sequence[RegisterEntry],
    steps: Sequence[PromisedStep],
    closed: RegisterEntry | None,
    on: date,
) -> State:
    if closed is not None:
        return State.CLOSED
    still = [step for step in steps if step.end is None]
    if any(step.state(on, 0) is StepState.LATE for step in still):
        return State.LATE
    if still:
        return State.PROMISED
    if any(step.end is not None and step.end.kind is EntryKind.STEP_DONE for step in steps):
        return State.DONE
    return State.ANSWERED if answers else State.GIVEN


@dataclass(frozen=True, slots=True)
class _Case:
    """What is looked at when an entry is added: itself, those before it, how it stands, and today."""

    entry: RegisterEntry
    before: Sequence[RegisterEntry]
    now: Standing
    today: date


def refusal(
    entry: RegisterEntry, before: Sequence[RegisterEntry], *, given_on: date, today: date
) -> Obstacle | None:
    """Return why an entry may not be added to those of its recommendation; None when it may.

    Examples
    --------
    >>> day = date(2026, 1, 5)
    >>> new = RegisterEntry(0, 5, EntryKind.STEP_PROMISED, day, "a step", owner=None)
    >>> refusal(new, [], given_on=date(2022, 10, 18), today=day).value
    'not-answered'
    """
    case = _Case(entry, before, standing(before, today), today)
    checks: tuple[tuple[bool, Obstacle], ...] = (
        (entry.on > today, Obstacle.AHEAD),
        (entry.on < given_on, Obstacle.BEFORE_GIVEN),
        (not entry.what.strip(), Obstacle.NO_TEXT),
        (case.now.closed is not None and entry.kind not in _WHEN_CLOSED, Obstacle.IS_CLOSED),
    )
    first = next((obstacle for wrong, obstacle in checks if wrong), None)
    return first if first is not None else _OWN[entry.kind](case)


_WHEN_CLOSED = frozenset({EntryKind.REOPENED, EntryKind.STRUCK_OUT})


def _answer(case: _Case) -> Obstacle | None:
    if case.entry.answer is None:
        return Obstacle.NO_ANSWER
    return None if case.entry.source.strip() else Obstacle.NO_SOURCE


def _promise(case: _Case) -> Obstacle | None:
    if case.now.answer is None:
        return Obstacle.NOT_ANSWERED
    if case.entry.owner is None:
        return Obstacle.NO_OWNER
    past = case.entry.due is not None and case.entry.due < case.entry.on
    return Obstacle.DUE_PAST if past else None


def _of_step(case: _Case) -> Obstacle | None:
    step = next((one for one in case.now.steps if one.promised.number == case.entry.about), None)
    if step is None:
        return Obstacle.NO_SUCH_STEP
    if step.end is not None:
        return Obstacle.STEP_ENDED
    latest = max([step.promised.on, *(one.on for one in step.moves)])
    return Obstacle.BEFORE_STEP if case.entry.on < latest else None


def _move(case: _Case) -> Obstacle | None:
    wrong = _of_step(case)
    if wrong is not None:
        return wrong
    if case.entry.due is None:
        return Obstacle.NO_DUE
    return Obstacle.DUE_PAST if case.entry.due < case.entry.on else None


def _evidence(case: _Case) -> Obstacle | None:
    return None if case.entry.source.strip() else Obstacle.NO_SOURCE


def _close(case: _Case) -> Obstacle | None:
    if case.now.answer is None:
        return Obstacle.NOT_ANSWERED
    return Obstacle.STEPS_OPEN if case.now.open_steps else None


def _reopen(case: _Case) -> Obstacle | None:
    return Obstacle.NOT_CLOSED if case.now.closed is None else None


def _strike(case: _Case) -> Obstacle | None:
    there = {one.number for one in in_force(case.before)}
    return None if case.entry.about in there and (case.entry.about or 0) > 0 else Obstacle.NO_SUCH_ENTRY


_OWN: Mapping[EntryKind, Callable[[_Case], Obstacle | None]] = MappingProxyType(
    {
        EntryKind.ANSWERED: _answer,
        EntryKind.STEP_PROMISED: _promise,
        EntryKind.STEP_MOVED: _move,
        EntryKind.STEP_DONE: _of_step,
        EntryKind.STEP_WITHDRAWN: _of_step,
        EntryKind.EVIDENCE: _evidence,
        EntryKind.CLOSED: _close,
        EntryKind.REOPENED: _reopen,
        EntryKind.STRUCK_OUT: _strike,
    }
)


def answer_counts(standings: Sequence[Standing]) -> Mapping[Answer, int]:
    """Return how many recommendations have each answer."""
    held = [one.answer.answer for one in standings if one.answer is not None]
    return MappingProxyType({answer: held.count(answer) for answer in Answer})
