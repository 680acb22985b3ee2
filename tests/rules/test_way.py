"""The machine of the way: the walk that the field knows, what may not be, and random walks through all of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eenthuis.access.matrix import actions
from eenthuis.law import law_book
from eenthuis.rules.way import IN_RECEPTION, advance, every_transition, possible_steps, transition
from eenthuis.rules.way_deadlines import action_needed, dropped_by, met_by, way_deadlines
from eenthuis.rules.way_history import STRIKEABLE, in_force, mend, sign_off_obstacle, state_after
from eenthuis.terms.access import Reach
from eenthuis.terms.way import (
    DeadlineKind,
    NotPossible,
    Obstacle,
    Stage,
    Stay,
    StepKind,
    WayState,
    WayStep,
)

K = StepKind
DAY = date(2026, 3, 2)
LAW = law_book().way(DAY)
STRAIGHT = [
    (K.TALK_PLANNED, Stage.TALK_PLANNED),
    (K.TALK_HELD, Stage.WAITING_FOR_LINK),
    (K.LINKED, Stage.LINKED),
    (K.HOME_OFFERED, Stage.HOME_OFFERED),
    (K.HOME_VIEWED, Stage.HOME_OFFERED),
    (K.REFUSED, Stage.REFUSED),
    (K.REFUSAL_JUSTIFIED, Stage.LINKED),
    (K.HOME_OFFERED, Stage.HOME_OFFERED),
    (K.ACCEPTED, Stage.ACCEPTED),
    (K.LEASED, Stage.LEASED),
    (K.MOVED, Stage.MOVED),
    (K.SIGNED_OFF, Stage.SIGNED_OFF),
]


def walked(kinds: Sequence[StepKind], *, days: int = 1) -> tuple[WayStep, ...]:
    return tuple(
        WayStep(number, kind, DAY + timedelta(days=days * number))
        for number, kind in enumerate(kinds, start=1)
    )


def after(*kinds: StepKind) -> WayState:
    found = state_after(walked(kinds))
    assert isinstance(found, WayState), found
    return found


def test_the_straight_way_from_permit_to_sign_off() -> None:
    for length, (_, stage) in enumerate(STRAIGHT, start=1):
        assert after(*(kind for kind, _ in STRAIGHT[:length])).stage is stage


@pytest.mark.parametrize(
    ("before", "step", "obstacle"),
    [
        pytest.param([], K.HOME_OFFERED, Obstacle.WRONG_STAGE, id="no home before a link"),
        pytest.param([K.LINKED], K.LINKED, Obstacle.WRONG_STAGE, id="no second link"),
        pytest.param([K.LINKED, K.HOME_OFFERED], K.HOME_OFFERED, Obstacle.WRONG_STAGE, id="no second offer"),
        pytest.param([K.LINKED], K.ACCEPTED, Obstacle.WRONG_STAGE, id="nothing to accept"),
        pytest.param([K.LINKED, K.HOME_OFFERED], K.LEASED, Obstacle.WRONG_STAGE, id="no lease unanswered"),
        pytest.param(
            [K.LINKED, K.HOME_OFFERED], K.SIGNED_OFF, Obstacle.WRONG_STAGE, id="no sign-off unanswered"
        ),
        pytest.param(
            [K.LINKED, K.HOME_OFFERED, K.REFUSED, K.HOME_RELEASED],
            K.ACCEPTED,
            Obstacle.NO_HOME_KEPT,
            id="the refused home was let go",
        ),
        pytest.param(
            [K.LINKED, K.HOME_OFFERED, K.HOME_VIEWED],
            K.HOME_VIEWED,
            Obstacle.VIEWED_ALREADY,
            id="seen already",
        ),
        pytest.param(
            [K.LINKED, K.HOTEL_ENTERED], K.TRANSIT_ENTERED, Obstacle.WRONG_STAY, id="sleeps in a hotel"
        ),
        pytest.param(
            [K.LINKED, K.TRANSIT_ENTERED], K.CENTRE_CHANGED, Obstacle.WRONG_STAY, id="not in a centre"
        ),
        pytest.param([], K.RELATIVES_WAIT_ENDED, Obstacle.WAIT_FOR_RELATIVES, id="waits for nobody"),
        pytest.param([K.LEFT], K.LINKED, Obstacle.WRONG_STAGE, id="who left is not linked"),
        pytest.param(
            [K.MERGED], K.TALK_HELD, Obstacle.WRONG_STAGE, id="a merged household has no way of its own"
        ),
        pytest.param([K.LINKED], K.LEFT, Obstacle.WRONG_STAGE, id="the link ends first"),
        pytest.param(
            [K.LINKED, K.HOME_OFFERED, K.ACCEPTED, K.LEASED],
            K.LINK_ENDED,
            Obstacle.WRONG_STAGE,
            id="a lease binds",
        ),
    ],
)
def test_what_may_not_be(before: list[StepKind], step: StepKind, obstacle: Obstacle) -> None:
    found = advance(after(*before), step)
    assert isinstance(found, NotPossible)
    assert found.obstacle is obstacle


def test_a_refusal_that_is_not_justified_can_still_be_accepted_while_the_home_is_kept() -> None:
    state = after(K.LINKED, K.HOME_OFFERED, K.REFUSED, K.REFUSAL_REJECTED)
    assert state.stage is Stage.REFUSAL_REJECTED
    assert advance(state, K.ACCEPTED) == WayState(Stage.ACCEPTED, holds_home=True)


def test_a_new_link_begins_with_nothing_of_the_old_one() -> None:
    state = after(K.LINKED, K.HOME_OFFERED, K.HOME_VIEWED, K.LINK_ENDED, K.LINKED)
    assert state == WayState(Stage.LINKED)


def test_a_transit_location_counts_and_the_hotel_scheme_does_not() -> None:
    law = law_book().counting(DAY)
    assert sign_off_obstacle(after(K.LINKED, K.TRANSIT_ENTERED), law) is None
    assert sign_off_obstacle(after(K.LINKED, K.HOTEL_ENTERED), law) is Obstacle.STAY_DOES_NOT_COUNT
    counting = law_book().assuming({"counting.hotel-scheme": True}, why="the switch").counting(DAY)
    assert sign_off_obstacle(after(K.LINKED, K.HOTEL_ENTERED), counting) is None


def test_every_transition_names_an_action_that_somebody_may_do_and_stages_that_are_reached() -> None:
    reached = {Stage.PERMIT} | {one.to for one in every_transition() if one.to is not None}
    assert reached == set(Stage)
    for one in every_transition():
        assert any(reach is not Reach.NOTHING for reach in actions()[one.action].reach.values()), one.kind
        assert one.from_stages, one.kind
        assert one.kind is K.STRUCK_OUT or one.told or one.kind in {K.HOME_VIEWED, K.TALK_PLANNED}, one.kind


def test_every_deadline_begins_ends_and_waits_for_somebody() -> None:
    started = {kind for one in every_transition() for kind in one.starts}
    assert started | {DeadlineKind.LINK, DeadlineKind.WHOLE_WAY} == set(DeadlineKind)
    for kind in DeadlineKind:
        assert met_by(kind)
        assert not met_by(kind) & dropped_by(kind)
        assert action_needed(kind) in actions()


walks = st.lists(st.integers(0, 30), max_size=40)


def follow(choices: Sequence[int]) -> tuple[list[StepKind], WayState]:
    """Take a possible step for every choice, or none when no step leads on."""
    state = WayState()
    taken: list[StepKind] = []
    for choice in choices:
        ways = [
            one.kind for one in possible_steps(state) if one.kind not in {K.STRUCK_OUT, K.SIGN_OFF_WITHDRAWN}
        ]
        if not ways:
            break
        kind = ways[choice % len(ways)]
        moved = advance(state, kind)
        assert isinstance(moved, WayState)
        state = moved
        taken.append(kind)
    return taken, state


def is_defined(state: WayState) -> bool:
    """Return whether a state makes sense: a home is kept where one can be, and seen only while it is kept."""
    with_home = {Stage.HOME_OFFERED, Stage.ACCEPTED, Stage.LEASED, Stage.MOVED}
    may_hold = with_home | {Stage.REFUSED, Stage.REFUSAL_REJECTED, Stage.SIGNED_OFF}
    return (
        (state.stage not in with_home or state.holds_home)
        and (not state.holds_home or state.stage in may_hold)
        and (not state.has_viewed or state.holds_home)
    )


@given(walks)
def test_a_random_walk_never_reaches_an_undefined_state(choices: list[int]) -> None:
    taken, state = follow(choices)
    assert is_defined(state)
    assert state_after(walked(taken)) == state
    if state.stage in IN_RECEPTION:
        assert any(one.to is not None for one in possible_steps(state)), "nobody is stuck"


def test_the_walk_would_find_a_home_kept_for_nobody() -> None:
    assert not is_defined(WayState(Stage.LINKED, holds_home=True))
    assert not is_defined(WayState(Stage.HOME_OFFERED))


@given(walks, st.sampled_from(sorted(K)))
def test_a_step_is_taken_exactly_where_its_transition_says(choices: list[int], kind: StepKind) -> None:
    _, state = follow(choices)
    found = advance(state, kind)
    if isinstance(found, NotPossible):
        assert found.obstacle is not Obstacle.WRONG_STAGE or state.stage not in transition(kind).from_stages
    else:
        assert state.stage in transition(kind).from_stages
        assert found.stage is (transition(kind).to or state.stage)


@given(walks, st.integers(0, 40))
def test_striking_out_gives_the_walk_without_the_step_or_says_what_no_longer_fits(
    choices: list[int], which: int
) -> None:
    taken, _ = follow(choices)
    steps = walked(taken)
    able = [step for step in steps if step.kind in STRIKEABLE]
    if not able:
        return
    wrong = able[which % len(able)]
    rest = [step.kind for step in steps if step != wrong]
    assert mend(steps, wrong.number) == state_after(walked(rest)) or isinstance(
        mend(steps, wrong.number), NotPossible
    )
    struck = WayStep(len(steps) + 1, K.STRUCK_OUT, DAY, replaces=wrong.number)
    assert [step.kind for step in in_force([*steps, struck])] == rest


def test_the_strike_would_find_an_answer_without_an_offer() -> None:
    steps = walked([K.LINKED, K.HOME_OFFERED, K.REFUSED, K.REFUSAL_REJECTED])
    found = mend(steps, 3)
    assert isinstance(found, NotPossible)
    assert found.kind is K.REFUSAL_REJECTED
    assert mend(steps, 1) is None
    assert mend(steps, 9) is None


def test_a_mended_step_keeps_its_place_however_often_it_is_mended() -> None:
    steps = [
        *walked([K.TALK_HELD, K.LINKED]),
        WayStep(3, K.TALK_HELD, DAY, replaces=1),
        WayStep(4, K.TALK_HELD, DAY + timedelta(days=1), replaces=3),
    ]
    assert [(step.number, step.kind) for step in in_force(steps)] == [(4, K.TALK_HELD), (2, K.LINKED)]
    assert state_after(steps) == after(K.TALK_HELD, K.LINKED)


def test_the_deadlines_of_the_way_are_two_ten_and_two_weeks() -> None:
    monday = date(2026, 1, 5)
    steps = (
        WayStep(1, K.LINKED, date(2026, 1, 19)),
        WayStep(2, K.HOME_OFFERED, date(2026, 2, 2)),
        WayStep(3, K.ACCEPTED, date(2026, 2, 3)),
        WayStep(4, K.LEASED, date(2026, 3, 30)),
    )
    found = {one.kind: (one.last_day, one.met_on) for one in way_deadlines(monday, steps, LAW)}
    assert found[DeadlineKind.LINK] == (date(2026, 1, 19), date(2026, 1, 19))
    assert found[DeadlineKind.LEASE] == (date(2026, 3, 30), date(2026, 3, 30))
    assert found[DeadlineKind.MOVE] == (date(2026, 4, 13), None)
    assert found[DeadlineKind.WHOLE_WAY] == (date(2026, 4, 13), None)
    assert found[DeadlineKind.ANSWER][1] == date(2026, 2, 3)


def test_what_no_longer_matters_is_no_deadline() -> None:
    kinds = {one.kind for one in way_deadlines(DAY, walked([K.LINKED, K.HOME_OFFERED, K.LINK_ENDED]), LAW)}
    assert kinds == {DeadlineKind.LINK, DeadlineKind.WHOLE_WAY}
    assert way_deadlines(DAY, walked([K.LEFT]), LAW) == ()


@given(walks)
def test_open_deadlines_are_those_of_the_stage(choices: list[int]) -> None:
    taken, state = follow(choices)
    open_now = {one.kind for one in way_deadlines(DAY, walked(taken), LAW) if one.met_on is None}
    wanted = {
        Stage.REFUSED: DeadlineKind.JUDGE_REFUSAL,
        Stage.HOME_OFFERED: DeadlineKind.ANSWER,
        Stage.LEASED: DeadlineKind.MOVE,
        Stage.MOVED: DeadlineKind.SIGN_OFF,
        Stage.WAITING_FOR_LINK: DeadlineKind.LINK,
        Stage.LINKED: DeadlineKind.LEASE,
        Stage.REFUSAL_REJECTED: DeadlineKind.LEAVE_RECEPTION,
    }
    if state.stage in wanted:
        assert wanted[state.stage] in open_now
    if state.stage in {Stage.LEFT, Stage.DISSOLVED}:
        assert not open_now
    assert (DeadlineKind.LEAVE_TRANSIT in open_now) == (
        state.stay is Stay.TRANSIT_LOCATION and state.stage not in {Stage.LEFT, Stage.DISSOLVED}
    )
