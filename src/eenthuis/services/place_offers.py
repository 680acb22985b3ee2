"""Offers of reception places at the regional table, and swaps of shares between municipalities."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db import IntegrityError, transaction

from eenthuis import reference
from eenthuis.services.access import may, own_province, place_of, require
from eenthuis.services.reception_reading import running_year
from eenthuis.store import journal
from eenthuis.store import place_table as stored
from eenthuis.terms.access import Actor
from eenthuis.terms.capacity import MOST_PLACES, PlaceOffer, PlaceOfferId
from eenthuis.terms.errors import AccessError, InputError, Location, StateError

HeldOffer = stored.HeldOffer
"""An offer as it is kept, with the version that holds."""

LONGEST_NOTE = 200
TRIES = 5


def require_offering(*, actor: Actor) -> None:
    """Pass when the actor offers places somewhere.

    Raises
    ------
    AccessError
        ACC-01 when this role offers none.
    """
    require(actor, "keep-place-offers", place_of(actor.municipality) if actor.municipality else None)


def require_offer(*, actor: Actor, identifier: PlaceOfferId, action: str) -> HeldOffer:
    """Return an offer when the actor may do this with it; one out of reach is not found.

    Raises
    ------
    AccessError
        ACC-01 when the action is not for this role, ACC-02 when there is no such offer in its reach.
    """
    held = stored.offer(identifier)
    if held is None or held.is_withdrawn:
        require(actor, action, place_of(actor.municipality) if actor.municipality else own_province(actor))
        raise AccessError("ACC-02", "no offer by that number", remedy="Check the number.")
    require(actor, action, place_of(held.offer.municipality))
    return held


def read_offer(*, actor: Actor, identifier: PlaceOfferId) -> HeldOffer:
    """Return an offer.

    Raises
    ------
    AccessError
        As :func:`require_offer`.
    """
    return require_offer(actor=actor, identifier=identifier, action="see-place-offers")


def list_offers(*, actor: Actor, year: int | None, today: date) -> tuple[HeldOffer, ...]:
    """Return the offers within reach in a cycle, or in the running one.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no offers.
    """
    require(actor, "see-place-offers", own_province(actor))
    found = stored.offers(running_year(today) if year is None else year)
    return tuple(one for one in found if may(actor, "see-place-offers", place_of(one.offer.municipality)))


def add_offer(*, actor: Actor, offer: PlaceOffer, today: date) -> PlaceOfferId:
    """Offer places in the running cycle and return the number; what it carries as number and year does not matter.

    Raises
    ------
    AccessError
        ACC-01 when this role may not, ACC-02 when it may, but not there.
    InputError
        INP-06 when its places or days make no sense.
    StateError
        STA-01 when just this was offered already; another note makes it another offer.
    """
    home = reference.municipality(offer.municipality, today)
    require(actor, "keep-place-offers", place_of(home.code))
    _check(offer)
    year = running_year(today)
    for last in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                stored.lock_table(year, home.province)
                _require_new(replace(offer, year=year))
                numbered = replace(offer, identifier=stored.next_offer(), year=year)
                stored.add_offer_step(numbered, stored.ADDED, after=None, decided_by=actor.name)
                _account(actor, "add-place-offer", numbered)
                return numbered.identifier
        except IntegrityError:
            if not last:
                raise
    raise StateError("STA-07", "others offer places at this moment", remedy="Try again.")


def change_offer(*, actor: Actor, offer: PlaceOffer, why: str, version: int | None = None) -> HeldOffer:
    """Change an offer, with a reason; its municipality and cycle stay. Return it as it is now.

    ``version`` is the step that the caller saw, where it says so.

    Raises
    ------
    AccessError
        ACC-01 when this role may not, ACC-02 when there is no such offer in its reach.
    InputError
        INP-04 without a reason; INP-06 when its places or days make no sense.
    StateError
        STA-07 when somebody changed it since.
    """
    held = require_offer(actor=actor, identifier=offer.identifier, action="keep-place-offers")
    _check(offer)
    changed = replace(
        offer, municipality=held.offer.municipality, year=held.offer.year, is_invented=held.offer.is_invented
    )
    return _step(actor, changed, stored.CHANGED, why, version)


def withdraw_offer(*, actor: Actor, identifier: PlaceOfferId, why: str, version: int | None = None) -> None:
    """Withdraw an offer, with a reason; its rows stay. ``version`` is the step that was seen, where the caller says so.

    Raises
    ------
    AccessError, InputError
        As :func:`change_offer`.
    """
    held = require_offer(actor=actor, identifier=identifier, action="keep-place-offers")
    _step(actor, held.offer, stored.WITHDRAWN, why, version)


def _step(actor: Actor, offer: PlaceOffer, kind: str, why: str, version: int | None) -> HeldOffer:
    with transaction.atomic():
        stored.lock_table(offer.year, reference.municipality(offer.municipality).province)
        held = require_offer(actor=actor, identifier=offer.identifier, action="keep-place-offers")
        if not why.strip():
            raise InputError(
                "INP-04", "no reason was given", remedy="Say why.", location=Location(column="why")
            )
        if version is not None and version != held.step:
            raise StateError("STA-07", "somebody changed this offer", remedy="Read it again.")
        stored.add_offer_step(offer, kind, after=held, decided_by=actor.name, why=why.strip())
        action = "withdraw-place-offer" if kind == stored.WITHDRAWN else "change-place-offer"
        _account(actor, action, offer, before=held.offer, why=why.strip())
    return stored.offer(offer.identifier) or held


def _require_new(offer: PlaceOffer) -> None:
    """Pass when just this is not offered already: who presses twice offers once."""
    for held in stored.offers(offer.year, [offer.municipality]):
        if replace(held.offer, identifier=offer.identifier) == offer:
            raise StateError(
                "STA-01", f"just this is offered as {held.offer.identifier}", remedy="Change that offer."
            )


def _check(offer: PlaceOffer) -> None:
    if not 0 < offer.places <= MOST_PLACES:
        raise InputError(
            "INP-06",
            f"{offer.places} places",
            remedy=f"Give 1 to {MOST_PLACES} places.",
            location=Location(column="places", value=str(offer.places)),
        )
    if offer.last_day is not None and offer.last_day < offer.first_day:
        raise InputError(
            "INP-06",
            "the offer ends before it begins",
            remedy="Mend one of the two days; both count.",
            location=Location(column="last_day", value=offer.last_day.isoformat()),
        )
    if len(offer.note) > LONGEST_NOTE:
        raise InputError(
            "INP-04", "the note is too long", remedy="Say it in a sentence.", location=Location(column="note")
        )


def _account(
    actor: Actor, action: str, offer: PlaceOffer, *, before: PlaceOffer | None = None, why: str = ""
) -> None:
    journal.write(
        actor,
        action,
        f"place offer {offer.identifier}",
        municipality=offer.municipality,
        before=before,
        after=offer,
        why=why,
    )
