"""Households of which somebody is at two transit locations at once, as far as a reader may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from eenthuis.services.access import may, place_of, require_somewhere
from eenthuis.store import transit
from eenthuis.terms.access import Actor
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.transit import SiteId


@dataclass(frozen=True, slots=True)
class OnTwoSites:
    """A household at this site and at others; ``elsewhere`` counts sites of which the reader may not see the name."""

    household: HouseholdId
    others: tuple[tuple[SiteId, str], ...]
    elsewhere: int


def on_two_sites(*, actor: Actor, identifier: SiteId, today: date) -> tuple[OnTwoSites, ...]:
    """Return the households at a site and at another one that a reader may see: those linked to its municipality.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no sites.
    """
    require_somewhere(actor, "see-transit-sites")
    there = [
        household
        for household, linked_to in transit.households_there(identifier, today).items()
        if may(actor, "see-linked-household", place_of(linked_to))
    ]
    found = []
    for household, sites in zip(there, transit.other_sites(there, identifier, today), strict=True):
        held = [transit.site(one) for one in sorted(sites)]
        seen = tuple((one.site.site, one.name) for one in held if one is not None)
        if sites:
            found.append(OnTwoSites(HouseholdId(household), seen, len(sites) - len(seen)))
    return tuple(found)
