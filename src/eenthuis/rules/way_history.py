"""What the steps of a household add up to: which of them count, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from eenthuis.law.records import CountingLaw
from eenthuis.rules.counting import counts
from eenthuis.rules.way import advance
from eenthuis.terms.way import NotPossible, Obstacle, Stay, StepKind, WayState, WayStep

STRIKEABLE = frozenset(
    {
        StepKind.TALK_PLANNED,
        StepKind.TALK_HELD,
        StepKind.HOME_VIEWED,
        StepKind.ACCEPTED,
        StepKind.REFUSED,
        StepKind.REFUSAL_REJECTED,
        StepKind.LEASED,
        StepKind.MOVED,
        StepKind.TRANSIT_ENTERED,
        StepKind.TRANSIT_LEFT,
        StepKind.HOTEL_ENTERED,
        StepKind.HOTEL_LEFT,
        StepKind.RELATIVES_AWAITED,
        StepKind.RELATIVES_WAIT_ENDED,
        StepKind.LEFT,
    }
)
"""Steps that can be struck out or mended; the others are taken back by a step of their own."""

_STRIKES = frozenset({StepKind.STRUCK_OUT, StepKind.SIGN_OFF_WITHDRAWN})


def in_force(steps: Sequence[WayStep]) -> tuple[WayStep, ...]:
    """Return the steps that count: a mended one stands in the place of the one it replaces, a struck-out one is gone.

    ``steps`` are in the order in which they were written down.

    Examples
    --------
    >>> from datetime import date
    >>> day = date(2026, 3, 2)
    >>> talk = WayStep(1, StepKind.TALK_HELD, day)
    >>> mended = WayStep(2, StepKind.TALK_HELD, date(2026, 3, 1), replaces=1)
    >>> [step.on.day for step in in_force([talk, mended])]
    [1]
    >>> in_force([talk, WayStep(2, StepKind.STRUCK_OUT, day, replaces=1)])
    ()
    """
    place: dict[int, int] = {}
    standing: dict[int, WayStep] = {}
    for step in steps:
        at = place.get(step.replaces, step.number) if step.replaces is not None else step.number
        place[step.number] = at
        if step.kind in _STRIKES:
            standing.pop(at, None)
        else:
            standing[at] = step
    return tuple(standing[at] for at in sorted(standing))


def state_after(steps: Sequence[WayStep]) -> WayState | NotPossible:
    """Return where a household stands after all its steps, or the first step that does not fit.

    Examples
    --------
    >>> from datetime import date
    >>> state_after([WayStep(1, StepKind.TALK_HELD, date(2026, 3, 2))]).stage.value
    'waiting-for-link'
    """
    state = WayState()
    for step in in_force(steps):
        after = advance(state, step.kind)
        if isinstance(after, NotPossible):
            return after
        state = after
    return state


def mend(steps: Sequence[WayStep], number: int, by: StepKind | None = None) -> WayState | NotPossible | None:
    """Return where a household would stand with step ``number`` struck out, or mended to a step of kind ``by``.

    None says that there is no such step in force, or that it is taken back in another way.
    """
    wrong = next((step for step in in_force(steps) if step.number == number), None)
    if wrong is None or wrong.kind not in STRIKEABLE or by not in {None, wrong.kind}:
        return None
    last = max(step.number for step in steps) + 1
    mended = replace(wrong, number=last, kind=by or StepKind.STRUCK_OUT, replaces=number)
    return state_after([*steps, mended])


def sign_off_obstacle(state: WayState, law: CountingLaw) -> Obstacle | None:
    """Return what stands in the way of counting a household where it sleeps now: a stay that does not count.

    References
    ----------
    Practice of transit locations and of the hotel scheme, each with its own value in the law book.

    Examples
    --------
    >>> from datetime import date
    >>> from eenthuis.law import law_book
    >>> law = law_book().counting(date(2026, 3, 3))
    >>> sign_off_obstacle(WayState(stay=Stay.HOTEL_SCHEME), law).value
    'stay-does-not-count'
    >>> sign_off_obstacle(WayState(stay=Stay.TRANSIT_LOCATION), law) is None
    True
    """
    match state.stay:
        case Stay.CENTRE:
            return None
        case Stay.HOTEL_SCHEME:
            return None if counts("hotel-scheme", law).counts else Obstacle.STAY_DOES_NOT_COUNT
        case Stay.TRANSIT_LOCATION:
            return None if counts("transit-location", law).counts else Obstacle.STAY_DOES_NOT_COUNT
