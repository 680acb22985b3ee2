"""Offering a home to a linked household, its answer, COA's judgement of a refusal, the lease and the move.

Every step raises AccessError (ACC-01, ACC-02), InputError (INP-04 for a missing field) and StateError (STA-06 when
it does not fit, STA-07 when somebody was first, STA-08 when the home is not free, STA-09 for a day that cannot be).
"""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from eenthuis.law import law_book
from eenthuis.rules.homes import misfits
from eenthuis.services.access import require
from eenthuis.services.offer_waiting import told_of_order, waiting_in
from eenthuis.services.room import relatives_counted
from eenthuis.services.way_steps import (
    OnItsWay,
    check_step,
    end_open_offer,
    on_its_way,
    take,
    take_with_offer,
)
from eenthuis.store import homes, people
from eenthuis.store.models import LinkRow, OfferRow
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import AccessError, StateError
from eenthuis.terms.homes import Home, HomeId
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.way import Field, RefusalGround, StepKind, WayState


def offer(
    *, actor: Actor, household: HouseholdId, home: HomeId, today: date, seen: int | None = None
) -> WayState:
    """Offer a home to a household that is linked to its municipality.

    A home is never offered twice at once: whoever comes second is told that it is not free.
    """
    with on_its_way(household, today=today, seen=seen) as held:
        require(actor, "offer-home", held.place)
        after = check_step(held, StepKind.HOME_OFFERED, on=today, why="", values={Field.HOME.value: home})
        homes.lock_homes([home])
        order = told_of_order(waiting_in(MunicipalityCode(_link(held).municipality), today), household)
        return take_with_offer(
            held, actor, StepKind.HOME_OFFERED, _keep(held, actor, home), after, told=order
        )


def change_kept_home(
    *,
    actor: Actor,
    household: HouseholdId,
    home: HomeId,
    why: str,
    today: date,
    seen: int | None = None,
) -> WayState:
    """Let a household that has a lease go to another home before it is signed off; the first home is free at once.

    It agreed to the new home, so a lease is signed next and then it moves; both homes keep their history.
    """
    with on_its_way(household, today=today, seen=seen) as held:
        require(actor, "offer-home", held.place)
        after = check_step(held, StepKind.HOME_CHANGED, on=today, why=why, values={Field.HOME.value: home})
        before = homes.offer_to(household)
        homes.lock_homes([home, *([HomeId(before.home)] if before else [])])
        if before is None or before.home == home:
            raise _not_free("it is the home that the household has" if before else "no home is kept")
        homes.end_offer(before, on=today, why=why.strip(), decided_by=actor.name)
        row = _keep(held, actor, home, why=why.strip())
        return take_with_offer(held, actor, StepKind.HOME_CHANGED, row, after, why=why)


def _keep(held: OnItsWay, actor: Actor, home: HomeId, *, why: str = "") -> OfferRow:
    """Keep a free home that suits for a household; two who try at once wait for each other in the database."""
    _free_home(held, _link(held), home)
    try:
        with transaction.atomic():
            return homes.add_offer(
                home, held.household, _link(held), on=held.today, decided_by=actor.name, why=why
            )
    except IntegrityError as taken:
        raise _not_free("it has been offered to another household") from taken


def _link(held: OnItsWay) -> LinkRow:
    if held.link is None:
        raise StateError("STA-06", "this household has no link in force", remedy="Reload the page.")
    return held.link


def _not_free(why: str) -> StateError:
    return StateError("STA-08", why, remedy="Choose another home.")


def _free_home(held: OnItsWay, link: LinkRow, home: HomeId) -> Home:
    row = homes.home(home)
    linked_to = MunicipalityCode(link.municipality)
    if row is None or row.municipality != linked_to:
        raise AccessError("ACC-02", "no home by that number", remedy="Check the number.")
    if row.kind == "withdrawn":
        raise _not_free("the home was withdrawn")
    if homes.offers_in_force([home]):
        raise _not_free("it has been offered to another household")
    found, who = homes.home_of(row), people.households([held.household])
    if not who:
        raise AccessError("ACC-02", "no household by that number", remedy="Check the number.")
    wrong = misfits(found, who[0], linked_to, with_relatives=relatives_counted(held.today))
    if wrong:
        raise _not_free(f"it does not suit this household: {', '.join(why.value for why in wrong)}")
    return found


def withdraw_offer(
    *, actor: Actor, household: HouseholdId, why: str, today: date, seen: int | None = None
) -> WayState:
    """Take an offer back, whether accepted or not; the household is linked as before and the home is free."""
    with on_its_way(household, today=today, seen=seen) as held:
        require(actor, "offer-home", held.place)
        return _end_by(held, actor, StepKind.OFFER_WITHDRAWN, why)


def release_home(
    *, actor: Actor, household: HouseholdId, why: str, today: date, seen: int | None = None
) -> WayState:
    """Let a home go that was refused, so that it can be offered to others; the refusal stays to be judged."""
    with on_its_way(household, today=today, seen=seen) as held:
        require(actor, "offer-home", held.place)
        return _end_by(held, actor, StepKind.HOME_RELEASED, why)


def _end_by(held: OnItsWay, actor: Actor, kind: StepKind, why: str) -> WayState:
    after = check_step(held, kind, on=held.today, why=why, values={})
    row = end_open_offer(held, by=actor.name, why=why)
    if row is None:
        raise StateError("STA-06", "no home is kept for this household", remedy="Reload the page.")
    return take_with_offer(held, actor, kind, row, after, why=why)


def record_viewing(
    *, actor: Actor, household: HouseholdId, on: date, today: date, seen: int | None = None
) -> WayState:
    """Record that the household saw the home that is kept for it."""
    with on_its_way(household, today=today, seen=seen) as held:
        require(actor, "answer-offer", held.place)
        return take(held, actor, StepKind.HOME_VIEWED, on=on)


def accept(
    *, actor: Actor, household: HouseholdId, on: date, today: date, seen: int | None = None
) -> WayState:
    """Record that the household takes the home, at once or after a refusal as long as the home is kept."""
    with on_its_way(household, today=today, seen=seen) as held:
        require(actor, "answer-offer", held.place)
        return take(held, actor, StepKind.ACCEPTED, on=on)


def refuse(
    *,
    actor: Actor,
    household: HouseholdId,
    ground: RefusalGround,
    why: str,
    on: date,
    today: date,
    seen: int | None = None,
) -> WayState:
    """Record that the household refuses the home, and why, as it told; COA judges."""
    with on_its_way(household, today=today, seen=seen) as held:
        require(actor, "answer-offer", held.place)
        return take(held, actor, StepKind.REFUSED, on=on, why=why, values={Field.GROUND.value: ground.value})


def judge_refusal(
    *,
    actor: Actor,
    household: HouseholdId,
    is_justified: bool,
    why: str,
    today: date,
    seen: int | None = None,
) -> WayState:
    """Record COA's judgement: justified, and a new offer follows; or not, with its consequence and the article.

    A justified refusal frees the home. One that is not leaves it kept until the municipality releases it, so that the
    household can still accept.
    """
    with on_its_way(household, today=today, seen=seen) as held:
        require(actor, "judge-refusal", held.place)
        if is_justified:
            after = take(held, actor, StepKind.REFUSAL_JUSTIFIED, on=today, why=why)
            end_open_offer(held, by=actor.name, why=why)
            return after
        articles = "; ".join(
            f"{one.instrument}, {one.article}" for one in law_book().refusal(today).citations
        )
        values = {"consequence": articles}
        return take(held, actor, StepKind.REFUSAL_REJECTED, on=today, why=why, values=values)


def sign_lease(
    *, actor: Actor, household: HouseholdId, on: date, today: date, seen: int | None = None
) -> WayState:
    """Record that the lease of the accepted home was signed."""
    with on_its_way(household, today=today, seen=seen) as held:
        require(actor, "sign-lease", held.place)
        return take(held, actor, StepKind.LEASED, on=on)


def record_move(
    *, actor: Actor, household: HouseholdId, on: date, today: date, seen: int | None = None
) -> WayState:
    """Record that the household moved into its home; COA can then sign it off."""
    with on_its_way(household, today=today, seen=seen) as held:
        require(actor, "record-move", held.place)
        return take(held, actor, StepKind.MOVED, on=on)
