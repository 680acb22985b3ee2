"""One home of the register: as it is now, every version of it, and what was offered to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from eenthuis import reference
from eenthuis.access import decide
from eenthuis.services.access import may, place_of
from eenthuis.services.home_lists import read_listed_home
from eenthuis.services.homes import owner_of
from eenthuis.services.processing import note_processing
from eenthuis.store import homes
from eenthuis.store.models import OfferRow
from eenthuis.terms.access import Actor, Reach
from eenthuis.terms.errors import AccessError
from eenthuis.terms.homes import Home, HomeId
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.processing import Activity


@dataclass(frozen=True, slots=True)
class HomeVersion:
    """A version of a home in the register: ``kind`` is ``added``, ``changed`` or ``withdrawn``."""

    kind: str
    home: Home
    on: date
    why: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class OfferLine:
    """A step in the offers of a home: ``kind`` is ``offered`` or ``ended``."""

    kind: str
    household: HouseholdId
    on: date
    why: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """A home with its history, newest first; ``offers`` is empty for who sees no households.

    ``state`` is ``free``, ``kept`` or ``withdrawn``; ``version`` counts up with every change.
    """

    home: Home
    municipality_name: str
    owner_name: str
    state: str
    versions: tuple[HomeVersion, ...]
    offers: tuple[OfferLine, ...]
    may_change: bool
    version: int


def read_home_page(*, actor: Actor, home: HomeId) -> HomePage:
    """Return a home as an actor may see it: a housing association its own, never for whom one is kept.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no homes; ACC-02 when there is none by that number in reach.
    """
    view = read_listed_home(actor=actor, number=home)
    code = MunicipalityCode(view.home.municipality)
    rows = homes.versions(home)
    sees = may(actor, "see-linked-household", place_of(code))
    offers = homes.offers_of(home) if sees else ()
    note_processing(Activity.LIST_OFFERS, sorted({row.household for row in offers}))
    return HomePage(
        home=view.home,
        municipality_name=reference.municipality(code).name,
        owner_name=reference.municipality(code).name if view.home.owner == code else view.home.owner,
        state=view.state,
        versions=tuple(
            HomeVersion(row.kind, homes.home_of(row), row.decided_at.date(), row.why, row.decided_by)
            for row in reversed(rows)
        ),
        offers=tuple(_offer(row) for row in reversed(offers)),
        may_change=view.state == "free" and _keeps(actor, view.home),
        version=rows[-1].step,
    )


def finds_home(*, actor: Actor, home: HomeId) -> bool:
    """Return whether there is such a home within reach; nobody learns which of the two is not so."""
    try:
        read_listed_home(actor=actor, number=home)
    except AccessError:
        return False
    return True


def _offer(row: OfferRow) -> OfferLine:
    return OfferLine(row.kind, HouseholdId(row.household), row.on, row.why)


def _keeps(actor: Actor, home: Home) -> bool:
    verdict = decide(actor, "keep-homes", place_of(home.municipality))
    if verdict.reach is Reach.OWN_HOMES:
        return bool(actor.association) and home.owner == owner_of(actor)
    return verdict.allowed
