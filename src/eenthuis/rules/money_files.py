"""Which step a money file allows, and where it stands after it: no cent is lost, and no decision taken alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from eenthuis.terms.errors import StateError
from eenthuis.terms.money_files import (
    MoneyFile,
    MoneyRefused,
    MoneyStage,
    MoneyState,
    MoneyStep,
    MoneyStepKind,
)

_ALLOWED: dict[MoneyStage, frozenset[MoneyStepKind]] = {
    MoneyStage.ASKED: frozenset(
        {MoneyStepKind.EVIDENCE, MoneyStepKind.CHECKED, MoneyStepKind.WITHDRAWN},
    ),
    MoneyStage.CHECKED: frozenset(
        {
            MoneyStepKind.EVIDENCE,
            MoneyStepKind.CHECKED,
            MoneyStepKind.AWARDED,
            MoneyStepKind.REFUSED,
            MoneyStepKind.WITHDRAWN,
        }
    ),
    MoneyStage.AWARDED: frozenset(
        {MoneyStepKind.EVIDENCE, MoneyStepKind.PAID, MoneyStepKind.SETTLEMENT_PROPOSED}
    ),
    MoneyStage.SETTLEMENT_PROPOSED: frozenset(
        {MoneyStepKind.EVIDENCE, MoneyStepKind.SETTLEMENT_PROPOSED, MoneyStepKind.SETTLED}
    ),
    MoneyStage.SETTLED: frozenset({MoneyStepKind.PAID, MoneyStepKind.RECOVERED}),
    MoneyStage.CLOSED: frozenset(),
    MoneyStage.REFUSED: frozenset(),
    MoneyStage.WITHDRAWN: frozenset(),
}


def allowed_steps(stage: MoneyStage) -> frozenset[MoneyStepKind]:
    """Return the steps that a file at a stage allows.

    Examples
    --------
    >>> sorted(step.value for step in allowed_steps(MoneyStage.SETTLED))
    ['paid', 'recovered']
    """
    return _ALLOWED[stage]


def has_use(kind: MoneyStepKind, state: MoneyState) -> bool:
    """Return whether a step that the stage allows has something to do."""
    match kind:
        case MoneyStepKind.PAID:
            return state.stage is MoneyStage.AWARDED or state.due_cents > 0
        case MoneyStepKind.RECOVERED:
            return state.due_cents < 0
        case MoneyStepKind.AWARDED:
            return bool(state.found_cents)
        case MoneyStepKind.SETTLEMENT_PROPOSED:
            return state.evidence > 0
        case _:
            return True


def first_person(kind: MoneyStepKind, state: MoneyState) -> str:
    """Return who did the first half of a step that takes two people; empty when the step takes one."""
    match kind:
        case MoneyStepKind.AWARDED | MoneyStepKind.REFUSED:
            return state.checked_by
        case MoneyStepKind.SETTLED:
            return state.proposed_by
        case _:
            return ""


def state_of(file: MoneyFile, steps: Iterable[MoneyStep]) -> MoneyState:
    """Return where a file stands after its steps.

    Raises
    ------
    StateError
        STA-06 when the steps do not follow from each other: a file that was tampered with.
    """
    state = MoneyState(MoneyStage.ASKED, file.asked_cents)
    for step in steps:
        after = after_step(file, state, step)
        if isinstance(after, MoneyRefused):
            raise StateError(
                "STA-06",
                f"money file {file.identifier}: {step.kind} does not fit ({after.value})",
                remedy="Tell the administrator; the rows of this file do not follow from each other.",
            )
        state = after
    return state


def after_step(
    file: MoneyFile, state: MoneyState, step: MoneyStep, *, most_advance_cents: int | None = None
) -> MoneyState | MoneyRefused:
    """Return where a file stands after one more step, or why the step does not fit.

    Parameters
    ----------
    file, state, step
        The file, where it stands, and what is to be done.
    most_advance_cents
        The most that may be paid before the settlement; without it the whole award may.

    Examples
    --------
    >>> from datetime import date
    >>> from eenthuis.terms.money_files import (
    ...     AskedLine, CheckedLine, CostKind, EvidenceKind, FileKind, MoneyFileId
    ... )
    >>> from eenthuis.terms.places import MunicipalityCode
    >>> day = date(2026, 3, 3)
    >>> line = AskedLine(1, CostKind.RENT, "rent", 1_000_00, EvidenceKind.INVOICE)
    >>> file = MoneyFile(
    ...     MoneyFileId("G-1"), FileKind.RECEPTION_COSTS, MunicipalityCode("GM0344"), "x", "rent", day, "a",
    ...     day, day, (line,)
    ... )
    >>> checked = MoneyStep(MoneyStepKind.CHECKED, day, "b", lines=(CheckedLine(1, 900_00, "no invoice for March"),))
    >>> found = after_step(file, state_of(file, []), checked)
    >>> found.found_cents
    90000
    >>> after_step(file, found, MoneyStep(MoneyStepKind.AWARDED, day, "b", cents=90000)).value
    'same-person'
    >>> after_step(file, found, MoneyStep(MoneyStepKind.AWARDED, day, "c", cents=90000)).cut_cents
    10000
    """
    if step.kind not in _ALLOWED[state.stage]:
        return MoneyRefused.NOT_NOW
    after: MoneyState | MoneyRefused
    match step.kind:
        case MoneyStepKind.EVIDENCE:
            after = _evidence(state, step)
        case MoneyStepKind.CHECKED:
            after = _checked(file, state, step)
        case MoneyStepKind.AWARDED:
            after = _awarded(state, step)
        case MoneyStepKind.REFUSED | MoneyStepKind.WITHDRAWN:
            after = _ended(state, step)
        case MoneyStepKind.PAID:
            after = _paid(state, step, most_advance_cents)
        case MoneyStepKind.SETTLEMENT_PROPOSED:
            after = _proposed(state, step)
        case MoneyStepKind.SETTLED:
            after = _settled(state, step)
        case MoneyStepKind.RECOVERED:
            after = _recovered(state, step)
    return after


def _evidence(state: MoneyState, step: MoneyStep) -> MoneyState | MoneyRefused:
    """Add evidence; what was checked or proposed without it is to be done again."""
    if step.evidence is None or not step.kept_at.strip():
        return MoneyRefused.NO_EVIDENCE
    back = {
        MoneyStage.CHECKED: MoneyStage.ASKED,
        MoneyStage.SETTLEMENT_PROPOSED: MoneyStage.AWARDED,
    }
    return replace(state, stage=back.get(state.stage, state.stage), evidence=state.evidence + 1)


def _checked(file: MoneyFile, state: MoneyState, step: MoneyStep) -> MoneyState | MoneyRefused:
    asked = {line.line: line.asked_cents for line in file.lines}
    found = {line.line: line for line in step.lines}
    if len(found) != len(step.lines) or found.keys() != asked.keys():
        return MoneyRefused.LINES_DIFFER
    for number, line in found.items():
        if not 0 <= line.awarded_cents <= asked[number]:
            return MoneyRefused.MORE_THAN_ASKED
        if line.awarded_cents < asked[number] and not line.why.strip():
            return MoneyRefused.CUT_WITHOUT_REASON
    return replace(
        state,
        stage=MoneyStage.CHECKED,
        found_cents=sum(line.awarded_cents for line in step.lines),
        category=step.category,
        checked=step.lines,
        checked_by=step.by,
    )


def _awarded(state: MoneyState, step: MoneyStep) -> MoneyState | MoneyRefused:
    if step.by == first_person(step.kind, state):
        return MoneyRefused.SAME_PERSON
    if not state.found_cents or step.cents != state.found_cents:
        return MoneyRefused.NOTHING_TO_AWARD
    return replace(state, stage=MoneyStage.AWARDED, awarded_cents=step.cents)


def _ended(state: MoneyState, step: MoneyStep) -> MoneyState | MoneyRefused:
    """Refuse what was asked, as a second person, or withdraw it."""
    is_refused = step.kind is MoneyStepKind.REFUSED
    if is_refused and step.by == first_person(step.kind, state):
        return MoneyRefused.SAME_PERSON
    if not step.why.strip():
        return MoneyRefused.NO_REASON
    stage = MoneyStage.REFUSED if is_refused else MoneyStage.WITHDRAWN
    return replace(state, stage=stage, awarded_cents=0)


def _paid(state: MoneyState, step: MoneyStep, most_advance_cents: int | None) -> MoneyState | MoneyRefused:
    if step.cents <= 0:
        return MoneyRefused.NO_AMOUNT
    awarded = state.awarded_cents or 0
    limit = awarded if most_advance_cents is None else min(awarded, most_advance_cents)
    due = state.due_cents if state.stage is MoneyStage.SETTLED else limit - state.paid_cents
    if step.cents > due:
        return MoneyRefused.MORE_THAN_DUE
    return _closed_when_even(replace(state, paid_cents=state.paid_cents + step.cents))


def _proposed(state: MoneyState, step: MoneyStep) -> MoneyState | MoneyRefused:
    if not state.evidence:
        return MoneyRefused.NO_EVIDENCE
    if not 0 <= step.cents <= (state.awarded_cents or 0):
        return MoneyRefused.MORE_THAN_AWARDED
    if step.cents < (state.awarded_cents or 0) and not step.why.strip():
        return MoneyRefused.CUT_WITHOUT_REASON
    return replace(
        state, stage=MoneyStage.SETTLEMENT_PROPOSED, proposed_cents=step.cents, proposed_by=step.by
    )


def _settled(state: MoneyState, step: MoneyStep) -> MoneyState | MoneyRefused:
    if step.by == first_person(step.kind, state):
        return MoneyRefused.SAME_PERSON
    if step.cents != state.proposed_cents:
        return MoneyRefused.MORE_THAN_AWARDED
    return _closed_when_even(replace(state, stage=MoneyStage.SETTLED, settled_cents=step.cents))


def _recovered(state: MoneyState, step: MoneyStep) -> MoneyState | MoneyRefused:
    if step.cents <= 0:
        return MoneyRefused.NO_AMOUNT
    if step.cents > -state.due_cents:
        return MoneyRefused.MORE_THAN_DUE
    return _closed_when_even(replace(state, recovered_cents=state.recovered_cents + step.cents))


def _closed_when_even(state: MoneyState) -> MoneyState:
    is_even = state.stage is MoneyStage.SETTLED and state.due_cents == 0
    return replace(state, stage=MoneyStage.CLOSED) if is_even else state
