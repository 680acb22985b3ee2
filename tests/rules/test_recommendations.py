"""The state machine of a recommendation: given, answered, promised, done or late, closed; nothing changed in place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eenthuis import reference
from eenthuis.rules.recommendations import (
    Obstacle,
    State,
    StepState,
    answer_counts,
    in_force,
    refusal,
    standing,
)
from eenthuis.terms.recommendations import Answer, EntryKind, Party, RegisterEntry

GIVEN = date(2022, 10, 18)
DAY = date(2026, 1, 10)
TODAY = date(2026, 3, 3)
DUE = date(2026, 2, 1)


def entry(number: int, kind: EntryKind, **given: object) -> RegisterEntry:
    base = RegisterEntry(number, 4, kind, DAY, "text", source="paper")
    return replace(base, **given)  # type: ignore[arg-type]


ANSWERED = entry(1, EntryKind.ANSWERED, answer=Answer.PARTLY)
PROMISED = entry(2, EntryKind.STEP_PROMISED, owner=Party.COA, due=DUE)
DONE = entry(3, EntryKind.STEP_DONE, about=2, on=DUE)


def refused(new: RegisterEntry, *before: RegisterEntry) -> Obstacle | None:
    return refusal(new, before, given_on=GIVEN, today=TODAY)


@pytest.mark.parametrize(
    ("entries", "state"),
    [
        ((), State.GIVEN),
        ((ANSWERED,), State.ANSWERED),
        ((ANSWERED, PROMISED), State.LATE),
        ((ANSWERED, replace(PROMISED, due=TODAY)), State.PROMISED),
        ((ANSWERED, replace(PROMISED, due=None)), State.PROMISED),
        ((ANSWERED, PROMISED, DONE), State.DONE),
        ((ANSWERED, PROMISED, replace(DONE, kind=EntryKind.STEP_WITHDRAWN)), State.ANSWERED),
        ((ANSWERED, PROMISED, DONE, entry(4, EntryKind.CLOSED, on=TODAY)), State.CLOSED),
        (
            (ANSWERED, entry(4, EntryKind.CLOSED, on=DUE), entry(5, EntryKind.REOPENED, on=TODAY)),
            State.ANSWERED,
        ),
        ((ANSWERED, entry(4, EntryKind.STRUCK_OUT, about=1)), State.GIVEN),
        ((ANSWERED, PROMISED, entry(4, EntryKind.STEP_MOVED, about=2, due=TODAY)), State.PROMISED),
    ],
)
def test_where_a_recommendation_stands(entries: tuple[RegisterEntry, ...], state: State) -> None:
    assert standing(entries, TODAY).state is state


@pytest.mark.parametrize(
    ("due", "end", "state"),
    [
        (None, None, StepState.UNDATED),
        (TODAY, None, StepState.NEAR),
        (TODAY + timedelta(days=14), None, StepState.NEAR),
        (TODAY + timedelta(days=15), None, StepState.OPEN),
        (TODAY - timedelta(days=1), None, StepState.LATE),
        (DUE, DUE, StepState.DONE),
        (DUE, DUE + timedelta(days=1), StepState.DONE_LATE),
        (None, DUE, StepState.DONE),
    ],
)
def test_how_far_a_step_is(due: date | None, end: date | None, state: StepState) -> None:
    entries = [ANSWERED, replace(PROMISED, due=due)]
    if end is not None:
        entries.append(replace(DONE, on=end))
    (step,) = standing(entries, TODAY).steps
    assert step.state(TODAY, 14) is state


@pytest.mark.parametrize(
    ("new", "before", "obstacle"),
    [
        (replace(ANSWERED, on=TODAY + timedelta(days=1)), (), Obstacle.AHEAD),
        (replace(ANSWERED, on=GIVEN - timedelta(days=1)), (), Obstacle.BEFORE_GIVEN),
        (replace(ANSWERED, what=" "), (), Obstacle.NO_TEXT),
        (replace(ANSWERED, answer=None), (), Obstacle.NO_ANSWER),
        (replace(ANSWERED, source=""), (), Obstacle.NO_SOURCE),
        (PROMISED, (), Obstacle.NOT_ANSWERED),
        (replace(PROMISED, owner=None), (ANSWERED,), Obstacle.NO_OWNER),
        (replace(PROMISED, due=DAY - timedelta(days=1)), (ANSWERED,), Obstacle.DUE_PAST),
        (DONE, (ANSWERED,), Obstacle.NO_SUCH_STEP),
        (replace(DONE, number=9), (ANSWERED, PROMISED, DONE), Obstacle.STEP_ENDED),
        (replace(DONE, on=DAY - timedelta(days=1)), (ANSWERED, PROMISED), Obstacle.BEFORE_STEP),
        (entry(4, EntryKind.STEP_MOVED, about=2), (ANSWERED, PROMISED), Obstacle.NO_DUE),
        (
            entry(4, EntryKind.STEP_MOVED, about=2, due=DAY - timedelta(days=1)),
            (ANSWERED, PROMISED),
            Obstacle.DUE_PAST,
        ),
        (entry(4, EntryKind.STEP_MOVED, about=9, due=DUE), (ANSWERED, PROMISED), Obstacle.NO_SUCH_STEP),
        (entry(4, EntryKind.EVIDENCE, source=" "), (), Obstacle.NO_SOURCE),
        (entry(4, EntryKind.CLOSED), (), Obstacle.NOT_ANSWERED),
        (entry(4, EntryKind.CLOSED), (ANSWERED, PROMISED), Obstacle.STEPS_OPEN),
        (PROMISED, (ANSWERED, entry(4, EntryKind.CLOSED)), Obstacle.IS_CLOSED),
        (entry(4, EntryKind.REOPENED), (ANSWERED,), Obstacle.NOT_CLOSED),
        (entry(4, EntryKind.STRUCK_OUT, about=9), (ANSWERED,), Obstacle.NO_SUCH_ENTRY),
        (
            entry(4, EntryKind.STRUCK_OUT, about=-400),
            (replace(ANSWERED, number=-400),),
            Obstacle.NO_SUCH_ENTRY,
        ),
        (ANSWERED, (), None),
        (PROMISED, (ANSWERED,), None),
        (DONE, (ANSWERED, PROMISED), None),
        (entry(4, EntryKind.STEP_MOVED, about=2, due=TODAY), (ANSWERED, PROMISED), None),
        (entry(4, EntryKind.EVIDENCE), (), None),
        (entry(4, EntryKind.CLOSED), (ANSWERED,), None),
        (entry(5, EntryKind.REOPENED), (ANSWERED, entry(4, EntryKind.CLOSED)), None),
        (entry(4, EntryKind.STRUCK_OUT, about=1), (ANSWERED,), None),
    ],
)
def test_which_entry_may_follow(
    new: RegisterEntry, before: tuple[RegisterEntry, ...], obstacle: Obstacle | None
) -> None:
    assert refused(new, *before) is obstacle


def walks() -> st.SearchStrategy[list[tuple[EntryKind, int, int]]]:
    """Draw kinds with days after the start and what each is about; most of them are refused."""
    return st.lists(
        st.tuples(st.sampled_from(EntryKind), st.integers(0, 40), st.integers(0, 12)), max_size=14
    )


def walked(drawn: list[tuple[EntryKind, int, int]]) -> list[RegisterEntry]:
    held: list[RegisterEntry] = []
    for number, (kind, days, about) in enumerate(drawn, 1):
        new = entry(
            number,
            kind,
            on=DAY + timedelta(days=days),
            answer=Answer.NOT if kind is EntryKind.ANSWERED else None,
            owner=Party.BZK,
            due=DAY + timedelta(days=days + about),
            about=about if kind in {EntryKind.STRUCK_OUT, *OF_STEPS} else None,
        )
        if refused(new, *held) is None:
            held.append(new)
    return held


OF_STEPS = (EntryKind.STEP_MOVED, EntryKind.STEP_DONE, EntryKind.STEP_WITHDRAWN)
RECORDED = [
    (EntryKind.ANSWERED, 0, 0),
    (EntryKind.STEP_PROMISED, 1, 5),
    (EntryKind.STEP_DONE, 9, 2),
    (EntryKind.CLOSED, 10, 0),
    (EntryKind.STRUCK_OUT, 11, 2),
]


@settings(max_examples=60, deadline=None)
@given(walks())
def test_whatever_is_added_the_register_stays_whole(drawn: list[tuple[EntryKind, int, int]]) -> None:
    held = walked(drawn)
    now = standing(held, TODAY)
    assert {one.number for one in in_force(held)} <= {one.number for one in held}
    for step in now.steps:
        ends = [
            one for one in in_force(held) if one.about == step.promised.number and one.kind in OF_STEPS[1:]
        ]
        assert len(ends) <= 1
    if now.state in {State.PROMISED, State.LATE}:
        assert now.open_steps
    if now.state is State.LATE:
        assert now.next_due is not None
        assert now.next_due < TODAY


def test_the_recorded_walk_strikes_a_step_with_what_rested_on_it() -> None:
    held = walked(RECORDED)
    assert [one.kind for one in held] == [kind for kind, _, _ in RECORDED]
    assert standing(held, TODAY).steps == ()


def test_a_later_answer_holds_and_days_to_come_do_not_count() -> None:
    later = replace(ANSWERED, number=7, on=DUE, answer=Answer.TAKEN_OVER)
    assert standing([later, ANSWERED], DAY).answer == ANSWERED
    now = standing([later, ANSWERED], TODAY)
    assert now.answer == later
    assert answer_counts([now, standing([], TODAY)]) == {
        Answer.TAKEN_OVER: 1,
        Answer.PARTLY: 0,
        Answer.NOT: 0,
    }


def test_the_ten_stand_as_the_memo_says() -> None:
    found = reference.recommendations()
    assert list(found) == list(range(1, 11))
    entries = reference.packaged_entries()
    states = {number: standing(entries[number], TODAY).state for number in found}
    assert {number for number, state in states.items() if state is State.PROMISED} == {2, 3, 7, 9, 10}
    assert states[1] is State.DONE
    assert {one.number for one in found.values() if one.answer is Answer.NOT} == {4, 10}
    assert {one.number for one in found.values() if one.is_answer_read} == {4, 8}
    assert not any(step.due for one in found for step in standing(entries[one], TODAY).steps)
