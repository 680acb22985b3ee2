"""The steps of a household that no other use case takes: talk, transit, hotel, relatives, leaving, mending.

Links stand in ``linking``, homes and offers in ``homes`` and ``offers``, signing off in ``sign_offs``; reading the way
stands in ``way_reading``.
"""

from __future__ import annotations

from datetime import date

from eenthuis import reference
from eenthuis.rules.way import transition
from eenthuis.rules.way_history import in_force, mend
from eenthuis.services.access import require
from eenthuis.services.document_moves import move_documents
from eenthuis.services.way_steps import (
    LONGEST_REASON,
    OnItsWay,
    account_for_correction,
    not_possible,
    on_its_way,
    take,
)
from eenthuis.store import people
from eenthuis.store import way as stored
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import AccessError, InputError, StateError
from eenthuis.terms.people import CentreCode, HouseholdId
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.way import Field, NotPossible, StepKind, WayState, WayStep


def plan_talk(
    *, actor: Actor, household: HouseholdId, expected_on: date, today: date, seen: int | None = None
) -> WayState:
    """Plan the profile talk on a day to come, or plan it anew.

    Every step raises AccessError (ACC-01, ACC-02), InputError (INP-04 for a missing field) and StateError
    (STA-06 when it does not fit, STA-07 when somebody was first, STA-09 for a day that cannot be).
    """
    with on_its_way(household, today=today, seen=seen) as held:
        require(actor, "hold-profile-talk", held.place)
        if expected_on < today:
            raise StateError(
                "STA-09", f"{expected_on.isoformat()} has passed", remedy="Give a day that is still to come."
            )
        values = {Field.EXPECTED_ON.value: expected_on.isoformat()}
        return take(held, actor, StepKind.TALK_PLANNED, on=today, values=values)


def hold_talk(
    *, actor: Actor, household: HouseholdId, on: date, today: date, seen: int | None = None
) -> WayState:
    """Record that the profile talk was held; the household then waits for a link."""
    with on_its_way(household, today=today, seen=seen) as held:
        require(actor, "hold-profile-talk", held.place)
        return take(held, actor, StepKind.TALK_HELD, on=on)


def enter_transit(
    *,
    actor: Actor,
    household: HouseholdId,
    municipality: MunicipalityCode,
    on: date,
    today: date,
    seen: int | None = None,
) -> WayState:
    """Record that a household entered a transit location; ``municipality`` is where the building stands.

    It counts for the linked municipality, wherever the building stands.
    """
    with on_its_way(household, today=today, seen=seen) as held:
        require(actor, "place-in-transit", held.place)
        where = reference.municipality(municipality, on).code
        return take(held, actor, StepKind.TRANSIT_ENTERED, on=on, values={Field.MUNICIPALITY.value: where})


def leave_transit(
    *, actor: Actor, household: HouseholdId, on: date, today: date, seen: int | None = None
) -> WayState:
    """Record that a household left a transit location."""
    with on_its_way(household, today=today, seen=seen) as held:
        require(actor, "place-in-transit", held.place)
        return take(held, actor, StepKind.TRANSIT_LEFT, on=on)


def enter_hotel(
    *, actor: Actor, household: HouseholdId, on: date, today: date, seen: int | None = None
) -> WayState:
    """Record that a linked household stays under the hotel scheme, which does not count until it is signed off."""
    with on_its_way(household, today=today, seen=seen) as held:
        require(actor, "place-in-hotel", held.place)
        return take(held, actor, StepKind.HOTEL_ENTERED, on=on)


def leave_hotel(
    *, actor: Actor, household: HouseholdId, on: date, today: date, seen: int | None = None
) -> WayState:
    """Record that a household left the hotel scheme."""
    with on_its_way(household, today=today, seen=seen) as held:
        require(actor, "place-in-hotel", held.place)
        return take(held, actor, StepKind.HOTEL_LEFT, on=on)


def await_relatives(
    *, actor: Actor, household: HouseholdId, expected_on: date, today: date, seen: int | None = None
) -> WayState:
    """Record that a household waits for relatives who will join, before a home is looked for."""
    with on_its_way(household, today=today, seen=seen) as held:
        require(actor, "change-household", held.place)
        values = {Field.EXPECTED_ON.value: expected_on.isoformat()}
        return take(held, actor, StepKind.RELATIVES_AWAITED, on=today, values=values)


def end_wait_for_relatives(
    *, actor: Actor, household: HouseholdId, on: date, today: date, why: str = "", seen: int | None = None
) -> WayState:
    """Record that a household no longer waits for relatives: they came, or will not come soon."""
    with on_its_way(household, today=today, seen=seen) as held:
        require(actor, "change-household", held.place)
        return take(held, actor, StepKind.RELATIVES_WAIT_ENDED, on=on, why=why)


def change_centre(
    *,
    actor: Actor,
    household: HouseholdId,
    centre: CentreCode,
    on: date,
    today: date,
    seen: int | None = None,
) -> WayState:
    """Move a household to another reception centre; the household's own row says where it is now.

    Raises
    ------
    AccessError
        ACC-02 when there is no such centre.
    StateError
        STA-06 when the household is there already.
    """
    with on_its_way(household, today=today, seen=seen) as held:
        require(actor, "change-centre", held.place)
        known = people.centres()
        if centre not in known:
            raise AccessError("ACC-02", "no centre by that code", remedy="Check the code.")
        before = people.centre_of(household)
        if before == centre:
            raise StateError(
                "STA-06", "the household is in that centre already", remedy="Choose another centre."
            )
        values = {Field.CENTRE.value: centre, "from": before or ""}
        after = take(held, actor, StepKind.CENTRE_CHANGED, on=on, values=values)
        province = reference.municipality(known[centre].municipality).province
        region = next(one.region for one in reference.provinces() if one.code == province)
        people.move_household(household, centre, region)
        move_documents(by=actor, household=household, centre=centre, on=on, today=today)
        return after


def record_departure(
    *, actor: Actor, household: HouseholdId, on: date, why: str, today: date, seen: int | None = None
) -> WayState:
    """Record that a household without a link left reception on its own account; end its link first, if it has one."""
    with on_its_way(household, today=today, seen=seen) as held:
        require(actor, "record-departure", held.place)
        return take(held, actor, StepKind.LEFT, on=on, why=why)


def strike_out(
    *, actor: Actor, household: HouseholdId, number: int, why: str, today: date, seen: int | None = None
) -> WayState:
    """Take a wrongly recorded step back with a new row that names it; the old row stays.

    Raises
    ------
    StateError
        STA-06 when there is no such step, it is taken back in another way, or later steps rest on it.
    """
    with on_its_way(household, today=today, seen=seen) as held:
        require(actor, "correct-step", held.place)
        wrong = _step_to_correct(held, actor, number, why)
        after = _checked(mend(held.steps, number), wrong)
        stored.add_step(
            household,
            StepKind.STRUCK_OUT,
            on=today,
            decided_by=actor.name,
            why=why.strip(),
            replaces=number,
        )
        account_for_correction(held, actor, wrong, after, why=why, on=None)
        return after


def mend_step(
    *,
    actor: Actor,
    household: HouseholdId,
    number: int,
    on: date,
    why: str,
    today: date,
    seen: int | None = None,
) -> WayState:
    """Mend the day of a step with a new row of the same kind that names it and takes its place.

    Raises
    ------
    StateError
        STA-06 when there is no such step, or it is taken back in another way; STA-09 when the day does not lie between
        the steps around it.
    """
    with on_its_way(household, today=today, seen=seen) as held:
        require(actor, "correct-step", held.place)
        wrong = _step_to_correct(held, actor, number, why)
        after = _checked(mend(held.steps, number, wrong.kind), wrong)
        _check_day(held, wrong, on)
        stored.add_step(
            household,
            wrong.kind,
            on=on,
            decided_by=actor.name,
            why=why.strip(),
            values=wrong.values,
            replaces=number,
        )
        account_for_correction(held, actor, wrong, after, why=why, on=on)
        return after


def _step_to_correct(held: OnItsWay, actor: Actor, number: int, why: str) -> WayStep:
    if not why.strip():
        raise InputError("INP-04", "no reason was given", remedy="Say what was wrong.")
    if len(why) > LONGEST_REASON:
        raise InputError("INP-06", "the reason is too long", remedy="Say it in fewer words.")
    wrong = next((step for step in in_force(held.steps) if step.number == number), None)
    if wrong is None:
        raise StateError("STA-06", f"there is no step {number} in force", remedy="Reload the page.")
    require(actor, transition(wrong.kind).action, held.place)
    return wrong


def _checked(found: WayState | NotPossible | None, wrong: WayStep) -> WayState:
    if found is None:
        raise StateError(
            "STA-06",
            f"{wrong.kind.value} is taken back by a step of its own",
            remedy="End the link or the offer, or withdraw the sign-off.",
        )
    if isinstance(found, NotPossible):
        raise not_possible(found)
    return found


def _check_day(held: OnItsWay, wrong: WayStep, on: date) -> None:
    around = in_force(held.steps)
    at = around.index(wrong)
    first = around[at - 1].on if at else held.permit_on
    last = around[at + 1].on if at + 1 < len(around) else held.today
    if on > last or (first is not None and on < first):
        raise StateError(
            "STA-09",
            f"{on.isoformat()} does not lie between {first} and {last}",
            remedy="Give a day between the steps around it.",
        )
