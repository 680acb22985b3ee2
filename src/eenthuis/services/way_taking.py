"""Taking a step on a household's way for programs: by its kind, on what was seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from eenthuis.services import offers, way
from eenthuis.services.link_lists import read_listed_household
from eenthuis.services.versions import version_of
from eenthuis.services.way_reading import WayPage, read_way
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import ApiError, InputError, StateError
from eenthuis.terms.people import CentreCode, HouseholdId
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.way import RefusalGround, StepKind

__all__ = [
    "OVERTAKEN",
    "TAKEN",
    "StepWanted",
    "WayPage",
    "overtaken",
    "read_numbered_way",
    "require_seen",
    "take_step",
    "version_of_way",
]
OVERTAKEN = "STA-07"


@dataclass(frozen=True, slots=True)
class StepWanted:
    """A step to take: its kind, its day, and what more that kind asks for."""

    kind: StepKind
    on: date
    why: str = ""
    ground: RefusalGround | None = None
    municipality: MunicipalityCode | None = None
    centre: CentreCode | None = None


@dataclass(frozen=True, slots=True)
class _Ask:
    """A step with all that taking it needs."""

    actor: Actor
    household: HouseholdId
    wanted: StepWanted
    today: date
    seen: int


def _dated(step: Callable[..., object]) -> Callable[[_Ask], object]:
    return lambda ask: step(
        actor=ask.actor, household=ask.household, on=ask.wanted.on, today=ask.today, seen=ask.seen
    )


def _reasoned(step: Callable[..., object]) -> Callable[[_Ask], object]:
    return lambda ask: step(
        actor=ask.actor, household=ask.household, why=ask.wanted.why, today=ask.today, seen=ask.seen
    )


def _plan_talk(ask: _Ask) -> object:
    return way.plan_talk(
        actor=ask.actor,
        household=ask.household,
        expected_on=ask.wanted.on,
        today=ask.today,
        seen=ask.seen,
    )


def _refuse(ask: _Ask) -> object:
    if ask.wanted.ground is None:
        raise InputError("INP-04", "a refusal names its ground", remedy="Say on which ground.")
    return offers.refuse(
        actor=ask.actor,
        household=ask.household,
        ground=ask.wanted.ground,
        why=ask.wanted.why,
        on=ask.wanted.on,
        today=ask.today,
        seen=ask.seen,
    )


def _judge(*, is_justified: bool) -> Callable[[_Ask], object]:
    return lambda ask: offers.judge_refusal(
        actor=ask.actor,
        household=ask.household,
        is_justified=is_justified,
        why=ask.wanted.why,
        today=ask.today,
        seen=ask.seen,
    )


def _enter_transit(ask: _Ask) -> object:
    if ask.wanted.municipality is None:
        raise InputError(
            "INP-04", "a transit location stands somewhere", remedy="Name the municipality it stands in."
        )
    return way.enter_transit(
        actor=ask.actor,
        household=ask.household,
        municipality=ask.wanted.municipality,
        on=ask.wanted.on,
        today=ask.today,
        seen=ask.seen,
    )


def _await_relatives(ask: _Ask) -> object:
    return way.await_relatives(
        actor=ask.actor,
        household=ask.household,
        expected_on=ask.wanted.on,
        today=ask.today,
        seen=ask.seen,
    )


def _end_wait(ask: _Ask) -> object:
    return way.end_wait_for_relatives(
        actor=ask.actor,
        household=ask.household,
        on=ask.wanted.on,
        why=ask.wanted.why,
        today=ask.today,
        seen=ask.seen,
    )


def _change_centre(ask: _Ask) -> object:
    if ask.wanted.centre is None:
        raise InputError("INP-04", "a household moves to a centre", remedy="Name the code of the centre.")
    return way.change_centre(
        actor=ask.actor,
        household=ask.household,
        centre=ask.wanted.centre,
        on=ask.wanted.on,
        today=ask.today,
        seen=ask.seen,
    )


def _leave(ask: _Ask) -> object:
    return way.record_departure(
        actor=ask.actor,
        household=ask.household,
        on=ask.wanted.on,
        why=ask.wanted.why,
        today=ask.today,
        seen=ask.seen,
    )


TAKEN: Mapping[StepKind, Callable[[_Ask], object]] = {
    StepKind.TALK_PLANNED: _plan_talk,
    StepKind.TALK_HELD: _dated(way.hold_talk),
    StepKind.HOME_VIEWED: _dated(offers.record_viewing),
    StepKind.ACCEPTED: _dated(offers.accept),
    StepKind.REFUSED: _refuse,
    StepKind.REFUSAL_JUSTIFIED: _judge(is_justified=True),
    StepKind.REFUSAL_REJECTED: _judge(is_justified=False),
    StepKind.OFFER_WITHDRAWN: _reasoned(offers.withdraw_offer),
    StepKind.HOME_RELEASED: _reasoned(offers.release_home),
    StepKind.LEASED: _dated(offers.sign_lease),
    StepKind.MOVED: _dated(offers.record_move),
    StepKind.TRANSIT_ENTERED: _enter_transit,
    StepKind.TRANSIT_LEFT: _dated(way.leave_transit),
    StepKind.HOTEL_ENTERED: _dated(way.enter_hotel),
    StepKind.HOTEL_LEFT: _dated(way.leave_hotel),
    StepKind.RELATIVES_AWAITED: _await_relatives,
    StepKind.RELATIVES_WAIT_ENDED: _end_wait,
    StepKind.CENTRE_CHANGED: _change_centre,
    StepKind.LEFT: _leave,
}
"""The steps that a program takes here; links, offers and signing off are resources of their own."""


def read_numbered_way(*, actor: Actor, number: str, today: date) -> WayPage:
    """Return the way of the household with a number.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no households; ACC-02 when there is none by that number in reach.
    """
    name = read_listed_household(actor=actor, number=number).household
    return read_way(actor=actor, household=name, today=today)


def version_of_way(page: WayPage) -> str:
    """Return the version of a way: another with every step."""
    return version_of({"household": page.household, "seen": page.seen})


def overtaken() -> ApiError:
    """Return the error for who decides on what somebody has changed meanwhile."""
    return ApiError(
        "API-03", "somebody took a step for this household meanwhile", remedy="Read its steps again."
    )


def require_seen(page: WayPage, is_seen: Callable[[str], bool]) -> None:
    """Pass when a way still is what was seen.

    Raises
    ------
    ApiError
        API-03 when it is another version now.
    """
    if not is_seen(version_of_way(page)):
        raise overtaken()


def take_step(
    *, actor: Actor, number: str, wanted: StepWanted, is_seen: Callable[[str], bool], today: date
) -> WayPage:
    """Take a step, when nobody took one since the way was seen.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such household in reach.
    ApiError
        API-03 when somebody was first.
    StateError
        STA-06 when the step does not fit or lacks something, STA-08 when a home is not free, STA-09 for its day.
    """
    page = read_numbered_way(actor=actor, number=number, today=today)
    require_seen(page, is_seen)
    try:
        TAKEN[wanted.kind](_Ask(actor, page.household, wanted, today, page.seen))
    except InputError as missing:
        raise StateError("STA-06", missing.message, remedy=missing.remedy) from missing
    except StateError as wrong:
        if wrong.code != OVERTAKEN:
            raise
        raise overtaken() from wrong
    return read_numbered_way(actor=actor, number=number, today=today)
