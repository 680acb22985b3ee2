"""Offers of reception places at the regional table, and swaps of shares between municipalities."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db import IntegrityError, transaction

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.rules.allocation import Allocation, allocate
from eenthuis.rules.regional_table import PlaceSwapRefused
from eenthuis.services.access import is_other, may, person, place_of, require
from eenthuis.services.place_table import table_state
from eenthuis.services.reception_reading import law_state, running_year
from eenthuis.store import journal
from eenthuis.store import place_table as stored
from eenthuis.store.place_table import HeldPlaceSwap
from eenthuis.terms.access import Actor, Place, Role
from eenthuis.terms.capacity import MOST_PLACES, PlaceOffer, PlaceOfferId
from eenthuis.terms.errors import AccessError, InputError, Location, StateError
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.reception import PlaceSwap

HeldOffer = stored.HeldOffer
"""An offer as it is kept, with the version that holds."""

LONGEST_NOTE = 200
TRIES = 5


@dataclass(frozen=True, slots=True)
class SwapPreview:
    """What a swap would do: the table before and after it, or why it cannot stand."""

    before: Allocation
    outcome: Allocation | PlaceSwapRefused


def require_offering(*, actor: Actor) -> None:
    """Pass when the actor offers places somewhere.

    Raises
    ------
    AccessError
        ACC-01 when this role offers none.
    """
    require(actor, "keep-place-offers", place_of(actor.municipality) if actor.municipality else None)


def require_swapping(*, actor: Actor) -> None:
    """Pass when the actor takes part in swaps somewhere.

    Raises
    ------
    AccessError
        ACC-01 when this role takes part in none.
    """
    require(
        actor,
        "agree-place-swap",
        place_of(actor.municipality) if actor.municipality else _own_province(actor),
    )


def require_offer(*, actor: Actor, identifier: PlaceOfferId, action: str) -> HeldOffer:
    """Return an offer when the actor may do this with it; one out of reach is not found.

    Raises
    ------
    AccessError
        ACC-01 when the action is not for this role, ACC-02 when there is no such offer in its reach.
    """
    held = stored.offer(identifier)
    if held is None or held.is_withdrawn:
        require(actor, action, place_of(actor.municipality) if actor.municipality else _own_province(actor))
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
    require(actor, "see-place-offers", _own_province(actor))
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
    """
    require(actor, "keep-place-offers", place_of(reference.municipality(offer.municipality, today).code))
    _check(offer)
    year = running_year(today)
    for last in reversed(range(TRIES)):
        try:
            with transaction.atomic():
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


def withdraw_offer(*, actor: Actor, identifier: PlaceOfferId, why: str) -> None:
    """Withdraw an offer, with a reason; its rows stay.

    Raises
    ------
    AccessError, InputError
        As :func:`change_offer`.
    """
    held = require_offer(actor=actor, identifier=identifier, action="keep-place-offers")
    _step(actor, held.offer, stored.WITHDRAWN, why, None)


def preview_swap(*, actor: Actor, province: ProvinceCode, agreed: PlaceSwap, today: date) -> SwapPreview:
    """Return what a swap would do to the table of a province; nothing is kept.

    Raises
    ------
    AccessError
        ACC-01 or ACC-02 when this actor puts no swap forward there.
    StateError
        STA-06 while no shares were computed.
    """
    require_party(actor=actor, province=province, agreed=agreed)
    state = table_state(running_year(today), province, today)
    facts = replace(state.facts, swaps=(*state.facts.swaps, agreed))
    law = law_book().reception(max(today, law_state(today).first_day))
    return SwapPreview(state.made, allocate(province, facts, law=law))


def put_swap_forward(
    *, actor: Actor, province: ProvinceCode, agreed: PlaceSwap, note: str, today: date
) -> int:
    """Put a swap forward; it holds when every municipality in it accepted, or the province confirmed it.

    Raises
    ------
    AccessError
        As :func:`preview_swap`.
    InputError
        INP-06 when it cannot stand, with every reason; INP-04 without a note.
    """
    found = preview_swap(actor=actor, province=province, agreed=agreed, today=today)
    _require_standing(found.outcome)
    if not note.strip() or len(note) > LONGEST_NOTE:
        raise InputError(
            "INP-04",
            "the swap has no note, or a long one",
            remedy="Say in a sentence what was agreed.",
            location=Location(column="note"),
        )
    year = running_year(today)
    with transaction.atomic():
        number = stored.add_swap(year, province, agreed, note.strip())
        stored.add_swap_step(
            number, stored.PUT_FORWARD, _party(actor, province), on=today, decided_by=person(actor)
        )
        journal.write(
            actor,
            "put-forward-place-swap",
            f"place swap {number}",
            municipality=actor.municipality or "",
            after=agreed,
        )
    return number


def accept_swap(*, actor: Actor, number: int, today: date) -> HeldPlaceSwap:
    """Accept a swap as one of its municipalities, or confirm it for the province as a second person.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such swap in its reach.
    StateError
        STA-01 when it is decided already, or by the same person; STA-06 when it no longer fits the shares.
    """
    held = require_swap(actor=actor, number=number)
    with transaction.atomic():
        stored.lock_table(held.year, held.province)
        held = require_swap(actor=actor, number=number)
        first = held.steps[0].decided_by
        by_province = actor.role is Role.PROVINCE
        if held.state != "open" or (by_province and not is_other(actor, first)):
            raise StateError(
                "STA-01", "the swap is decided, or waits for somebody else", remedy="Reload the page."
            )
        if not by_province and actor.municipality not in held.waiting_for:
            raise StateError("STA-01", "this municipality accepted it already", remedy="Reload the page.")
        state = table_state(held.year, held.province, today)
        facts = replace(state.facts, swaps=(*state.facts.swaps, held.agreed))
        law = law_book().reception(max(today, law_state(today).first_day))
        outcome = allocate(held.province, facts, law=law)
        if isinstance(outcome, PlaceSwapRefused):
            raise StateError(
                "STA-06", "; ".join(outcome.reasons), remedy="Withdraw the swap, or agree on another."
            )
        kind = stored.CONFIRMED if by_province else stored.ACCEPTED
        stored.add_swap_step(number, kind, _party(actor, held.province), on=today, decided_by=person(actor))
        journal.write(
            actor,
            "confirm-place-swap" if by_province else "accept-place-swap",
            f"place swap {number}",
            municipality=actor.municipality or "",
            after=held.agreed,
        )
    return require_swap(actor=actor, number=number)


def withdraw_swap(*, actor: Actor, number: int, why: str, today: date) -> None:
    """Withdraw a swap that does not hold yet, with a reason.

    Raises
    ------
    AccessError
        As :func:`accept_swap`.
    InputError
        INP-04 without a reason.
    StateError
        STA-01 when it holds or was withdrawn already.
    """
    with transaction.atomic():
        held = require_swap(actor=actor, number=number)
        stored.lock_table(held.year, held.province)
        held = require_swap(actor=actor, number=number)
        if not why.strip():
            raise InputError(
                "INP-04", "no reason was given", remedy="Say why.", location=Location(column="why")
            )
        if held.state != "open":
            raise StateError("STA-01", "the swap is decided already", remedy="Reload the page.")
        party, by = _party(actor, held.province), person(actor)
        stored.add_swap_step(number, stored.WITHDRAWN, party, on=today, decided_by=by, why=why)
        journal.write(
            actor,
            "withdraw-place-swap",
            f"place swap {number}",
            municipality=actor.municipality or "",
            why=why.strip(),
        )


def require_swap(*, actor: Actor, number: int) -> HeldPlaceSwap:
    """Return a swap when the actor takes part in it; another one is not found.

    Raises
    ------
    AccessError
        ACC-01 when this role takes part in none; ACC-02 when there is no such swap for it.
    """
    held = stored.swap(number)
    own = place_of(actor.municipality) if actor.municipality else _own_province(actor)
    require(actor, "agree-place-swap", own)
    if held is None or held.province != actor.province or not _takes_part(actor, held.agreed):
        raise AccessError("ACC-02", "no swap by that number", remedy="Check the number.")
    return held


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


def _require_standing(outcome: Allocation | PlaceSwapRefused) -> None:
    if isinstance(outcome, PlaceSwapRefused):
        raise InputError(
            "INP-06",
            "; ".join(outcome.reasons),
            remedy="Agree on another swap.",
            location=Location(column="changes"),
        )


def require_party(*, actor: Actor, province: ProvinceCode, agreed: PlaceSwap) -> None:
    """Pass when the actor takes part in a swap: its own municipality is in it, or its province.

    Raises
    ------
    AccessError
        ACC-01 when this role takes part in none; ACC-02 when it does, but not in this one.
    """
    own = place_of(actor.municipality) if actor.municipality else Place(province=province)
    require(actor, "agree-place-swap", own)
    if actor.province != province or not _takes_part(actor, agreed):
        raise AccessError("ACC-02", "no table in your reach", remedy="Take part with your own municipality.")


def _takes_part(actor: Actor, agreed: PlaceSwap) -> bool:
    return actor.role is Role.PROVINCE or actor.municipality in agreed.changes


def _party(actor: Actor, province: ProvinceCode) -> MunicipalityCode | ProvinceCode:
    return province if actor.role is Role.PROVINCE or not actor.municipality else actor.municipality


def _own_province(actor: Actor) -> Place:
    return Place(province=actor.province) if actor.province else Place()


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
