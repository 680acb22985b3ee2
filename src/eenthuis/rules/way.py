"""The machine of a household's way: which step can be taken where, and where it leads.

:func:`transition` says of every kind of step all there is to say; :func:`advance` takes one. Both match every kind,
so that a kind that is added without its rule does not pass the type checker.
"""

from __future__ import annotations

from typing import Literal, assert_never

from eenthuis.terms.access import Role
from eenthuis.terms.way import (
    Circumstances,
    DeadlineKind,
    Field,
    NotPossible,
    Obstacle,
    Stage,
    Stay,
    StepKind,
    Transition,
    WayState,
)

BEFORE_LINK = frozenset({Stage.PERMIT, Stage.TALK_PLANNED, Stage.WAITING_FOR_LINK})
"""Stages of a household in reception that has no municipality yet."""

WITH_LINK = frozenset(
    {
        Stage.LINKED,
        Stage.HOME_OFFERED,
        Stage.ACCEPTED,
        Stage.REFUSED,
        Stage.REFUSAL_REJECTED,
        Stage.LEASED,
        Stage.MOVED,
    }
)
"""Stages of a household that is linked and not signed off."""

IN_RECEPTION = BEFORE_LINK | WITH_LINK
"""Stages in which a household still counts as waiting in reception."""

SIGNING_OFF = frozenset({Stage.LINKED, Stage.ACCEPTED, Stage.LEASED, Stage.MOVED})
"""Stages in which a household can be signed off; a household may have found a home itself, so no lease is asked."""

_ANSWERING = frozenset({Stage.HOME_OFFERED, Stage.REFUSED, Stage.REFUSAL_REJECTED})
_BEFORE_LEASE = WITH_LINK - {Stage.LEASED, Stage.MOVED}
_NO_HOME = Circumstances(holds_home=False, has_viewed=False)
_MUNICIPALITY, _COA = (Role.MUNICIPALITY,), (Role.COA,)
_BOTH = (Role.COA, Role.MUNICIPALITY)


_K = StepKind
_Link = Literal[
    StepKind.TALK_PLANNED,
    StepKind.TALK_HELD,
    StepKind.LINKED,
    StepKind.LINK_CHANGED,
    StepKind.LINK_ENDED,
]
_Offer = Literal[
    StepKind.HOME_OFFERED,
    StepKind.OFFER_WITHDRAWN,
    StepKind.HOME_VIEWED,
    StepKind.HOME_RELEASED,
    StepKind.HOME_CHANGED,
]
_Answer = Literal[StepKind.ACCEPTED, StepKind.REFUSED, StepKind.REFUSAL_JUSTIFIED, StepKind.REFUSAL_REJECTED]
_Moving = Literal[StepKind.LEASED, StepKind.MOVED, StepKind.SIGNED_OFF, StepKind.SIGN_OFF_WITHDRAWN]
_Stay = Literal[
    StepKind.TRANSIT_ENTERED,
    StepKind.TRANSIT_LEFT,
    StepKind.HOTEL_ENTERED,
    StepKind.HOTEL_LEFT,
    StepKind.CENTRE_CHANGED,
]
_Household = Literal[
    StepKind.RELATIVES_AWAITED,
    StepKind.RELATIVES_WAIT_ENDED,
    StepKind.LEFT,
    StepKind.MERGED,
    StepKind.SPLIT,
    StepKind.STRUCK_OUT,
]


def transition(kind: StepKind) -> Transition:
    """Return between which stages a step leads, who may take it, what it needs, starts, and whom it is told.

    Examples
    --------
    >>> transition(StepKind.REFUSED).to.value, transition(StepKind.REFUSED).action
    ('refused', 'answer-offer')
    """
    match kind:
        case _K.TALK_PLANNED | _K.TALK_HELD | _K.LINKED | _K.LINK_CHANGED | _K.LINK_ENDED:
            return _link(kind)
        case _K.HOME_OFFERED | _K.OFFER_WITHDRAWN | _K.HOME_VIEWED | _K.HOME_RELEASED | _K.HOME_CHANGED:
            return _offer(kind)
        case _K.ACCEPTED | _K.REFUSED | _K.REFUSAL_JUSTIFIED | _K.REFUSAL_REJECTED:
            return _answer(kind)
        case _K.LEASED | _K.MOVED | _K.SIGNED_OFF | _K.SIGN_OFF_WITHDRAWN:
            return _moving(kind)
        case _K.TRANSIT_ENTERED | _K.TRANSIT_LEFT | _K.HOTEL_ENTERED | _K.HOTEL_LEFT | _K.CENTRE_CHANGED:
            return _staying(kind)
        case _K.RELATIVES_AWAITED | _K.RELATIVES_WAIT_ENDED | _K.LEFT | _K.MERGED | _K.SPLIT | _K.STRUCK_OUT:
            return _household(kind)
        case _:
            assert_never(kind)


def every_transition() -> tuple[Transition, ...]:
    """Return the transition of every kind of step, in the order of the way."""
    return tuple(transition(kind) for kind in StepKind)


def _link(kind: _Link) -> Transition:
    before_talk = frozenset({Stage.PERMIT, Stage.TALK_PLANNED})
    talk = "hold-profile-talk"
    match kind:
        case _K.TALK_PLANNED:
            return Transition(kind, before_talk, Stage.TALK_PLANNED, talk, (Field.EXPECTED_ON,))
        case _K.TALK_HELD:
            return Transition(kind, before_talk, Stage.WAITING_FOR_LINK, talk, told=_COA)
        case _K.LINKED:
            starts = (DeadlineKind.LEASE,)
            return Transition(kind, BEFORE_LINK, Stage.LINKED, "confirm-link", (), starts, _MUNICIPALITY)
        case _K.LINK_CHANGED:
            asks, starts = (Field.MUNICIPALITY, Field.WHY), (DeadlineKind.LEASE,)
            return Transition(
                kind, _BEFORE_LEASE, Stage.LINKED, "confirm-link", asks, starts, _MUNICIPALITY, makes=_NO_HOME
            )
        case _K.LINK_ENDED:
            to, why, starts = Stage.WAITING_FOR_LINK, (Field.WHY,), (DeadlineKind.LINK,)
            return Transition(
                kind, _BEFORE_LEASE, to, "confirm-link", why, starts, _MUNICIPALITY, makes=_NO_HOME
            )


def _offer(kind: _Offer) -> Transition:
    action, why = "offer-home", (Field.WHY,)
    keeps, free = Circumstances(holds_home=True), Circumstances(holds_home=False, has_viewed=False)
    match kind:
        case _K.HOME_OFFERED:
            stages, starts = frozenset({Stage.LINKED}), (DeadlineKind.ANSWER,)
            return Transition(
                kind, stages, Stage.HOME_OFFERED, action, (Field.HOME,), starts, _COA, free, keeps
            )
        case _K.OFFER_WITHDRAWN:
            stages = frozenset({Stage.HOME_OFFERED, Stage.ACCEPTED})
            return Transition(kind, stages, Stage.LINKED, action, why, (), _COA, keeps, free)
        case _K.HOME_VIEWED:
            return Transition(
                kind,
                _ANSWERING | {Stage.ACCEPTED},
                None,
                "answer-offer",
                needs=Circumstances(holds_home=True, has_viewed=False),
                makes=Circumstances(has_viewed=True),
            )
        case _K.HOME_RELEASED:
            stages = frozenset({Stage.REFUSED, Stage.REFUSAL_REJECTED})
            return Transition(kind, stages, None, action, why, (), _COA, keeps, free)
        case _K.HOME_CHANGED:
            stages, starts = frozenset({Stage.LEASED, Stage.MOVED}), (DeadlineKind.MOVE,)
            asks, anew = (Field.HOME, Field.WHY), Circumstances(holds_home=True, has_viewed=False)
            return Transition(kind, stages, Stage.ACCEPTED, action, asks, starts, _COA, keeps, anew)


def _answer(kind: _Answer) -> Transition:
    refused, why = frozenset({Stage.REFUSED}), (Field.WHY,)
    keeps, free = Circumstances(holds_home=True), Circumstances(holds_home=False, has_viewed=False)
    match kind:
        case _K.ACCEPTED:
            return Transition(kind, _ANSWERING, Stage.ACCEPTED, "answer-offer", told=_BOTH, needs=keeps)
        case _K.REFUSED:
            stages, needs = frozenset({Stage.HOME_OFFERED}), (Field.GROUND, Field.WHY)
            starts = (DeadlineKind.JUDGE_REFUSAL,)
            return Transition(kind, stages, Stage.REFUSED, "answer-offer", needs, starts, _BOTH)
        case _K.REFUSAL_JUSTIFIED:
            to = Stage.LINKED
            return Transition(kind, refused, to, "judge-refusal", why, (), _MUNICIPALITY, makes=free)
        case _K.REFUSAL_REJECTED:
            to, starts = Stage.REFUSAL_REJECTED, (DeadlineKind.LEAVE_RECEPTION,)
            return Transition(kind, refused, to, "judge-refusal", why, starts, _MUNICIPALITY)


def _moving(kind: _Moving) -> Transition:
    match kind:
        case _K.LEASED:
            stages, starts = frozenset({Stage.ACCEPTED}), (DeadlineKind.MOVE,)
            return Transition(kind, stages, Stage.LEASED, "sign-lease", (), starts, _COA)
        case _K.MOVED:
            stages, starts = frozenset({Stage.LEASED}), (DeadlineKind.SIGN_OFF,)
            return Transition(kind, stages, Stage.MOVED, "record-move", (), starts, _COA)
        case _K.SIGNED_OFF:
            return Transition(kind, SIGNING_OFF, Stage.SIGNED_OFF, "sign-off", (), (), _MUNICIPALITY)
        case _K.SIGN_OFF_WITHDRAWN:
            stages = frozenset({Stage.SIGNED_OFF})
            return Transition(kind, stages, None, "sign-off", (Field.WHY,), (), _MUNICIPALITY)


def _staying(kind: _Stay) -> Transition:
    linked, transit, hotel = WITH_LINK - {Stage.MOVED}, "place-in-transit", "place-in-hotel"
    centre = Circumstances(stay=Stay.CENTRE)
    in_transit, in_hotel = Circumstances(stay=Stay.TRANSIT_LOCATION), Circumstances(stay=Stay.HOTEL_SCHEME)
    match kind:
        case _K.TRANSIT_ENTERED:
            starts, where = (DeadlineKind.LEAVE_TRANSIT,), (Field.MUNICIPALITY,)
            return Transition(kind, linked, None, transit, where, starts, _BOTH, centre, in_transit)
        case _K.TRANSIT_LEFT:
            stages = IN_RECEPTION | {Stage.SIGNED_OFF}
            return Transition(kind, stages, None, transit, (), (), _BOTH, in_transit, centre)
        case _K.HOTEL_ENTERED:
            starts = (DeadlineKind.LEAVE_HOTEL,)
            return Transition(kind, linked, None, hotel, (), starts, _MUNICIPALITY, centre, in_hotel)
        case _K.HOTEL_LEFT:
            return Transition(kind, IN_RECEPTION, None, hotel, (), (), _MUNICIPALITY, in_hotel, centre)
        case _K.CENTRE_CHANGED:
            where = (Field.CENTRE,)
            return Transition(kind, IN_RECEPTION, None, "change-centre", where, (), _MUNICIPALITY, centre)


def _household(kind: _Household) -> Transition:
    action, why, told = "change-household", (Field.WHY,), _MUNICIPALITY
    waits, waits_not = Circumstances(awaits_relatives=True), Circumstances(awaits_relatives=False)
    match kind:
        case _K.RELATIVES_AWAITED:
            stages, when = BEFORE_LINK | {Stage.LINKED}, (Field.EXPECTED_ON,)
            return Transition(kind, stages, None, action, when, (), told, waits_not, waits)
        case _K.RELATIVES_WAIT_ENDED:
            return Transition(kind, IN_RECEPTION, None, action, (), (), told, waits, waits_not)
        case _K.LEFT:
            return Transition(kind, BEFORE_LINK, Stage.LEFT, "record-departure", why, (), _COA)
        case _K.MERGED | _K.SPLIT:
            who, centre = (Field.HOUSEHOLDS, Field.WHY), Circumstances(stay=Stay.CENTRE)
            return Transition(kind, BEFORE_LINK, Stage.DISSOLVED, action, who, (), _COA, centre)
        case _K.STRUCK_OUT:
            return Transition(kind, frozenset(Stage), None, "correct-step", why, (), _BOTH)


def advance(state: WayState, kind: StepKind) -> WayState | NotPossible:
    """Return where a household stands after a step, or why the step cannot be taken there.

    Examples
    --------
    >>> linked = advance(WayState(), StepKind.LINKED)
    >>> linked.stage.value, advance(linked, StepKind.MOVED).obstacle.value
    ('linked', 'wrong-stage')
    """
    step = transition(kind)
    obstacle = Obstacle.WRONG_STAGE if state.stage not in step.from_stages else _obstacle(state, step.needs)
    if obstacle is not None:
        return NotPossible(kind, state, obstacle)
    made = step.makes
    return WayState(
        stage=step.to or state.stage,
        stay=made.stay or state.stay,
        awaits_relatives=_either(made.awaits_relatives, state.awaits_relatives),
        holds_home=_either(made.holds_home, state.holds_home),
        has_viewed=_either(made.has_viewed, state.has_viewed),
    )


def can_recompose(state: WayState) -> bool:
    """Return whether a household can be merged or split from where it stands, its link ending with it if it has one.

    Examples
    --------
    >>> can_recompose(WayState(Stage.LINKED)), can_recompose(WayState(Stage.LEASED))
    (True, False)
    """
    without = advance(state, StepKind.LINK_ENDED)
    first = state if isinstance(without, NotPossible) else without
    return not isinstance(advance(first, StepKind.MERGED), NotPossible)


def possible_steps(state: WayState) -> tuple[Transition, ...]:
    """Return the steps that can be taken from where a household stands, in the order of the way.

    Examples
    --------
    >>> [step.kind.value for step in possible_steps(WayState(Stage.MOVED, Stay.HOTEL_SCHEME))][:2]
    ['signed-off', 'hotel-left']
    """
    return tuple(one for one in every_transition() if not isinstance(advance(state, one.kind), NotPossible))


def _obstacle(state: WayState, needs: Circumstances) -> Obstacle | None:
    asked: tuple[tuple[object, object, Obstacle], ...] = (
        (needs.stay, state.stay, Obstacle.WRONG_STAY),
        (needs.awaits_relatives, state.awaits_relatives, Obstacle.WAIT_FOR_RELATIVES),
        (needs.holds_home, state.holds_home, Obstacle.NO_HOME_KEPT),
        (needs.has_viewed, state.has_viewed, Obstacle.VIEWED_ALREADY),
    )
    return next((why for wanted, found, why in asked if wanted is not None and wanted != found), None)


def _either(made: bool | None, before: bool) -> bool:  # noqa: FBT001 - what it makes so, or what was so
    return before if made is None else made
