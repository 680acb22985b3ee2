"""Swaps of shares of reception places between municipalities of a province, agreed at its regional table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.rules.allocation import Allocation, allocate
from eenthuis.rules.regional_table import PlaceSwapRefused
from eenthuis.services.access import (
    is_other,
    may,
    own_province,
    person,
    place_of,
    require,
    require_eyes,
    require_somewhere,
)
from eenthuis.services.place_table import table_state
from eenthuis.services.reception_reading import law_state, running_year
from eenthuis.store import journal
from eenthuis.store import place_table as stored
from eenthuis.terms.access import Actor, Place, Role
from eenthuis.terms.errors import AccessError, InputError, Location, StateError
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.reception import PlaceSwap

HeldPlaceSwap = stored.HeldPlaceSwap
"""A swap as it is kept, with its steps."""

LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class SwapPreview:
    """What a swap would do: the table before and after it, or why it cannot stand."""

    before: Allocation
    outcome: Allocation | PlaceSwapRefused


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
        place_of(actor.municipality) if actor.municipality else own_province(actor),
    )


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
    StateError
        STA-01 while just this swap is open already.
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
        stored.lock_table(year, province)
        if any(one.state == "open" and one.agreed == agreed for one in stored.swaps(year, province)):
            raise StateError("STA-01", "just this swap waits already", remedy="Wait until it is accepted.")
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
        ACC-01 when this role may not; ACC-02 when there is no such swap in its reach; ACC-03 for a key of a province.
    StateError
        STA-01 when it is decided already, or by the same person; STA-06 when it no longer fits the shares.
    """
    held = require_swap(actor=actor, number=number)
    if actor.role is Role.PROVINCE:
        require_eyes(actor)
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


def list_swaps(*, actor: Actor, today: date) -> tuple[HeldPlaceSwap, ...]:
    """Return the swaps of the running cycle that lie within reach, by number.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no table.
    """
    require_somewhere(actor, "see-place-offers")
    return tuple(
        one
        for province in reference.provinces()
        if may(actor, "see-place-offers", Place(province=province.code))
        for one in stored.swaps(running_year(today), province.code)
    )


def require_swap(*, actor: Actor, number: int) -> HeldPlaceSwap:
    """Return a swap when the actor takes part in it; another one is not found.

    Raises
    ------
    AccessError
        ACC-01 when this role takes part in none; ACC-02 when there is no such swap for it.
    """
    held = stored.swap(number)
    own = place_of(actor.municipality) if actor.municipality else own_province(actor)
    require(actor, "agree-place-swap", own)
    if held is None or held.province != actor.province or not _takes_part(actor, held.agreed):
        raise AccessError("ACC-02", "no swap by that number", remedy="Check the number.")
    return held


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
