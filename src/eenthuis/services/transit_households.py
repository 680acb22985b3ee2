"""Households of which somebody is at two transit locations at once, as far as a reader may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from eenthuis.services.access import may, place_of, require_somewhere
from eenthuis.services.processing import note_processing
from eenthuis.store import links, transit
from eenthuis.terms.access import Actor
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.processing import Activity
from eenthuis.terms.transit import SiteId


@dataclass(frozen=True, slots=True)
class OnTwoSites:
    """A household at this site and at others; ``elsewhere`` counts sites of which the reader may not see the name."""

    household: HouseholdId
    others: tuple[tuple[SiteId, str], ...]
    elsewhere: int


def on_two_sites(*, actor: Actor, identifier: SiteId, today: date) -> tuple[OnTwoSites, ...]:
    """Return the households at a site and at another one that a reader may see: by the link that holds, not as typed.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no sites.
    """
    require_somewhere(actor, "see-transit-sites")
    named = transit.households_there(identifier, today)
    links_now = links.links_in_force(named)
    there = [
        one
        for one in named
        if may(
            actor,
            "see-linked-household",
            place_of(MunicipalityCode(links_now[one].municipality)) if one in links_now else None,
        )
    ]
    found = []
    for household, sites in zip(there, transit.other_sites(there, identifier, today), strict=True):
        held = [transit.site(one) for one in sorted(sites)]
        seen = tuple((one.site.site, one.name) for one in held if one is not None)
        if sites:
            found.append(OnTwoSites(household, seen, len(sites) - len(seen)))
    note_processing(Activity.LIST_LINKED, [one.household for one in found])
    return tuple(found)
