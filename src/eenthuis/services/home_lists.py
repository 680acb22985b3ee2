"""Homes and offers for programs: lists within reach, one of them, and what is decided on what was seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from eenthuis.access import decide
from eenthuis.services.access import may, place_of, require
from eenthuis.services.homes import HomeLine, add_home, change_home, owner_of, read_homes, withdraw_home
from eenthuis.services.link_lists import municipalities_in_reach, read_listed_household
from eenthuis.services.offers import offer
from eenthuis.services.processing import note_processing
from eenthuis.services.versions import version_of
from eenthuis.store import homes, link_lists, offer_lists
from eenthuis.store.offer_lists import ListedOffer, OffersQuery
from eenthuis.terms.access import Actor, Place, Reach
from eenthuis.terms.errors import AccessError, ApiError
from eenthuis.terms.homes import Home, HomeId
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.processing import Activity

__all__ = [
    "HomeView",
    "OfferView",
    "OffersQuery",
    "add_listed_home",
    "change_listed_home",
    "list_homes",
    "list_offers",
    "offer_home",
    "read_listed_home",
    "read_offer",
    "withdraw_listed_home",
]
OfferView = ListedOffer
"""An offer as a program sees it."""


@dataclass(frozen=True, slots=True)
class HomeView:
    """A home as a program sees it; ``household_number`` says for whom it is kept, to those who may see that."""

    home: Home
    state: str
    household_number: str | None


def list_homes(
    *, actor: Actor, municipality: MunicipalityCode | None, state: str, first: int, most: int
) -> tuple[tuple[HomeView, ...], int]:
    """Return one page of the homes in reach, and how many match.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no homes, ACC-02 when it does, but not there.
    """
    page = read_homes(actor=actor, municipality=municipality, state=state, first=first, most=most)
    numbers = link_lists.numbers_of([line.household for line in page.lines if line.household])
    return tuple(_view(line, numbers) for line in page.lines), page.count


def read_listed_home(*, actor: Actor, number: HomeId) -> HomeView:
    """Return a home.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no homes; ACC-02 when there is none by that number in reach.
    """
    row = homes.home(number)
    code = MunicipalityCode(row.municipality) if row else None
    verdict = (
        decide(actor, "see-homes", place_of(code)) if code else decide(actor, "see-homes", _nowhere(actor))
    )
    if verdict.reach in {Reach.NOTHING, Reach.AGGREGATES}:
        raise AccessError("ACC-01", verdict.reason, remedy="Ask with a key or account that may.")
    is_own = verdict.reach is Reach.OWN_HOMES and row is not None and row.owner == owner_of(actor)
    if row is None or code is None or not (verdict.allowed or is_own):
        raise AccessError("ACC-02", "no home by that number", remedy="Check the number.")
    held = homes.offers_in_force([number]).get(number)
    state = "withdrawn" if row.kind == "withdrawn" else "kept" if homes.is_kept(number) else "free"
    sees = held is not None and may(actor, "see-linked-household", place_of(code))
    numbers = link_lists.numbers_of([held.household]) if held and sees else {}
    note_processing(Activity.LIST_HOMES, [held.household] if held and sees else [])
    return HomeView(homes.home_of(row), state, numbers.get(held.household) if held else None)


def add_listed_home(*, actor: Actor, home: Home) -> HomeView:
    """Add a home to the register; its number is given to it here.

    Raises
    ------
    AccessError
        ACC-01 when this role keeps no homes, ACC-02 when it does, but not there.
    """
    return read_listed_home(actor=actor, number=add_home(actor=actor, home=home))


def change_listed_home(*, actor: Actor, home: Home, why: str, is_seen: Callable[[str], bool]) -> HomeView:
    """Change what the register says of a home, when it still is what was seen.

    Raises
    ------
    AccessError
        ACC-01 when this role keeps no homes; ACC-02 when it does, but not this one.
    ApiError
        API-03 when it is another version now.
    StateError
        STA-08 when the home is kept for a household.
    """
    require_some(actor)
    with transaction.atomic():
        held = _held(actor, home.identifier, is_seen)
        kept = replace(home, municipality=held.home.municipality, owner=held.home.owner)
        change_home(actor=actor, home=kept, why=why)
        return read_listed_home(actor=actor, number=home.identifier)


def withdraw_listed_home(
    *, actor: Actor, number: HomeId, why: str, is_seen: Callable[[str], bool], today: date
) -> HomeView:
    """Withdraw a home from the register, when it still is what was seen.

    Raises
    ------
    AccessError, ApiError, StateError
        As :func:`change_listed_home`.
    """
    require_some(actor)
    with transaction.atomic():
        _held(actor, number, is_seen)
        withdraw_home(actor=actor, home=number, why=why, today=today)
        return read_listed_home(actor=actor, number=number)


def require_some(actor: Actor) -> None:
    """Refuse a role that keeps no homes anywhere, before it learns whether there is one.

    Raises
    ------
    AccessError
        ACC-01 when this role keeps no homes.
    """
    verdict = decide(actor, "keep-homes", _nowhere(actor))
    if verdict.reach in {Reach.NOTHING, Reach.AGGREGATES}:
        raise AccessError("ACC-01", verdict.reason, remedy="Ask with a key or account that may.")


def list_offers(*, actor: Actor, wanted: OffersQuery) -> tuple[tuple[OfferView, ...], int]:
    """Return one page of the offers in reach, newest first, and how many match.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no households.
    """
    reach = municipalities_in_reach(actor, "see-linked-household")
    asked = wanted.municipalities
    if reach is not None:
        asked = tuple(code for code in reach if asked is None or code in asked)
    found = offer_lists.offers(replace(wanted, municipalities=asked))
    note_processing(Activity.LIST_OFFERS, [one.household for one in found[0]])
    return found


def read_offer(*, actor: Actor, number: int) -> OfferView:
    """Return an offer.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no households; ACC-02 when there is none by that number in reach.
    """
    rows, _ = list_offers(actor=actor, wanted=OffersQuery(municipalities=None, number=number, most=1))
    if not rows:
        raise AccessError("ACC-02", "no offer by that number", remedy="Check the number.")
    return rows[0]


def offer_home(*, actor: Actor, household_number: str, home: HomeId, today: date) -> OfferView:
    """Offer a home to a household that is linked to its municipality.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when household or home are not in its reach.
    StateError
        STA-06 when the household is in another stage; STA-08 when the home is not free or does not suit it.
    """
    own = actor.municipality
    require(actor, "offer-home", place_of(own) if own else None)
    with transaction.atomic():
        name = read_listed_household(actor=actor, number=household_number).household
        offer(actor=actor, household=name, home=home, today=today)
        wanted = OffersQuery(municipalities=None, is_in_force=True, household=name, most=1)
        return list_offers(actor=actor, wanted=wanted)[0][0]


def _held(actor: Actor, number: HomeId, is_seen: Callable[[str], bool]) -> HomeView:
    """Return a home that nobody else changes until the transaction ends, when it is what was seen."""
    homes.lock_homes([number])
    view = read_listed_home(actor=actor, number=number)
    if not is_seen(version_of(view)):
        raise ApiError(
            "API-03", "the home is no longer what was seen", remedy="Read it again and decide on that."
        )
    return view


def _nowhere(actor: Actor) -> Place:
    return Place(actor.province, actor.municipality)


def _view(line: HomeLine, numbers: Mapping[str, str]) -> HomeView:
    return HomeView(line.home, line.state, numbers.get(line.household) if line.household else None)
