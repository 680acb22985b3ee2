"""Who waits for a home in a municipality, in the order in which homes are offered there today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from eenthuis.law import law_book
from eenthuis.rules.calendar import last_day
from eenthuis.rules.homes import people_to_house
from eenthuis.rules.offer_order import OfferOrdering
from eenthuis.services.room import relatives_counted
from eenthuis.services.urgency import order_of_offers
from eenthuis.services.way_reading import states_of
from eenthuis.store import links, people
from eenthuis.terms.people import Household, HouseholdId
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.way import DeadlineKind, Stage

MOST_HOUSEHOLDS = 500
"""With more than these, only those whose term ends first are put in order."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Linked households that wait for an offer, and the order in which they are served.

    ``home_by`` is the last day of each one's term for a home; ``with_relatives`` says whether relatives who are
    expected count as living there.
    """

    ordering: OfferOrdering
    households: Mapping[HouseholdId, Household]
    home_by: Mapping[HouseholdId, date]
    with_relatives: bool


def waiting_in(municipality: MunicipalityCode, today: date) -> Waiting:
    """Return who waits for an offer in a municipality; who waits for relatives first is left out."""
    counted = relatives_counted(today)
    law = law_book().way(today)
    term = law.terms[DeadlineKind.LEASE]
    linked = links.linked_to(municipality)
    states = states_of(tuple(linked))
    by_day = {
        name: last_day(linked[name], term, law.calendar)
        for name in linked
        if states[name].stage is Stage.LINKED and not states[name].awaits_relatives
    }
    first = sorted(by_day, key=lambda name: (by_day[name], name))[:MOST_HOUSEHOLDS]
    known = {one.identifier: one for one in people.households(first)}
    ordering = order_of_offers(
        municipality,
        [(one, by_day[name], people_to_house(one, with_relatives=counted)) for name, one in known.items()],
        today,
    )
    return Waiting(ordering, known, by_day, counted)


def told_of_order(waiting: Waiting, household: HouseholdId) -> dict[str, str]:
    """Return what the journal tells of where a household stood when a home was offered to it; nothing when it did not.

    The words are those of :class:`eenthuis.terms.urgency.OfferOrder`.
    """
    ordering = waiting.ordering
    ranked = ordering.place_of(household)
    if ranked is None:
        return {}
    told = {
        "place_in_order": f"{ranked.place} of {len(ordering.ranked)}",
        "order": " ".join(ordering.order),
        "set_apart_by": ranked.set_apart_by.value if ranked.set_apart_by else "",
    }
    if ordering.is_default or ordering.scheme is None:
        return told | {"order_from": "law book"}
    return told | {"order_from": f"urgency scheme from {ordering.scheme.first_day.isoformat()}"}
