"""Why a household has its place in the latest proposal, what else is possible, and why a place has its households.

For staff only: an explanation names other households. Taking a proposal up again takes seconds; each process keeps the
last ones in memory, until a row is added that changes where anybody stands.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from eenthuis import reference
from eenthuis.services.access import require
from eenthuis.services.country import running_half_year
from eenthuis.services.processing import note_processing
from eenthuis.services.proposing import ground_of
from eenthuis.store import announcements, changes, links, proposals, runs
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import AccessError
from eenthuis.terms.explaining import HouseholdExplained, PlaceExplained
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import Municipality
from eenthuis.terms.processing import Activity

if TYPE_CHECKING:
    from eenthuis.matching.recalling import Recalled

KEPT = 2
"""Proposals that each process keeps taken up."""

ALTERNATIVES = 5
NEXT_IN_LINE = 10
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class ExplainedPage:
    """A household explained, with the number of the proposal and the names of municipalities by code."""

    proposal: int
    half_year: HalfYear
    explained: HouseholdExplained
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PlacePage:
    """A municipality in the latest proposal: who goes there, why, and who came next."""

    proposal: int
    half_year: HalfYear
    municipality: Municipality
    explained: PlaceExplained
    names: Mapping[str, str]

    @property
    def people(self) -> int:
        """People whom the proposal links here."""
        return sum(one.persons for one in self.explained.linked)


def explain_household(*, actor: Actor, identifier: HouseholdId, today: date) -> ExplainedPage:
    """Explain the place of a household in the latest proposal, or why it has none.

    Raises
    ------
    AccessError
        ACC-01 when this role may not see proposals; ACC-02 when the household is not in it, or linked already.
    """
    require(actor, "see-proposal")
    number, half_year, recalled = _latest(today)
    from eenthuis.matching import recalling

    found = recalling.explain_household(recalled, identifier, alternatives=ALTERNATIVES)
    if found is None:
        raise AccessError("ACC-02", "no household by that number", remedy="Check the number.")
    rivals = [name for flip in found.flips for name in flip.households]
    rivals += [moved.household for other in found.others for moved in other.displaced]
    note_processing(Activity.EXPLAIN_HOUSEHOLD, [identifier, *found.together, *rivals])
    return ExplainedPage(number, half_year, found, _names(half_year))


def explain_municipality(*, actor: Actor, code: str, today: date) -> PlacePage:
    """Explain which households the latest proposal gives a municipality.

    Raises
    ------
    AccessError
        ACC-01 when this role may not see proposals; ACC-02 when there is no proposal, or it knows no such place.
    ReferenceFactError
        REF-01 when there is no such municipality.
    """
    require(actor, "see-proposal")
    place = reference.municipality(code, today)
    number, half_year, recalled = _latest(today)
    from eenthuis.matching import recalling

    found = recalling.explain_municipality(recalled, place.code, next_in_line=NEXT_IN_LINE)
    if found is None:
        raise AccessError("ACC-02", "no such place in the proposal", remedy="Check the code.")
    shown = [*(one.household for one in found.linked), *(one.household for one in found.next_in_line)]
    note_processing(Activity.EXPLAIN_HOUSEHOLD, shown)
    return PlacePage(number, half_year, place, found, _names(half_year))


def own_reasons(household: HouseholdId, today: date) -> tuple[str, ...]:
    """Return the codes of a household's own reasons, and nothing that tells of another.

    Of its link when it has one; while it waits, why the latest proposal gives it no place. For use cases that have
    asked for access themselves.
    """
    link = links.links_in_force([household]).get(household)
    if link is not None:
        return tuple(reason.code for reason in links.reasons_from(link.reasons))
    newest = proposals.latest(running_half_year(today))
    asked = proposals.proposed(newest.pk, [household]).get(household) if newest else None
    if asked is None or asked.municipality is not None:
        return ()
    return tuple(reason.code for reason in asked.reasons)


def _latest(today: date) -> tuple[int, HalfYear, Recalled]:
    half_year = running_half_year(today)
    newest = proposals.latest(half_year)
    if newest is None:
        raise AccessError("ACC-02", "there is no proposal yet", remedy="Make one first.")
    with _ONE_AT_A_TIME:
        return newest.pk, half_year, _taken_up(newest.pk, today, announcements.version())


@lru_cache(maxsize=KEPT)
def _taken_up(number: int, today: date, version: tuple[str, ...]) -> Recalled:
    del version
    from eenthuis.matching.changing import take_up  # the engine is heavy, and only this needs it

    chain = changes.chain(number)
    row, origin = proposals.by_number(number), proposals.by_number(chain[-1])
    if row is None or origin is None:
        raise AccessError("ACC-02", "there is no proposal yet", remedy="Make one first.")
    wishes = runs.wishes_from(origin.wishes)
    ground = ground_of(today, wishes)
    waiting = {str(household.identifier) for household in ground.households}
    overrides = tuple(kept.override for kept in changes.overrides_of(chain))
    latest = proposals.linking_proposal(row)
    return take_up(
        ground.households,
        ground.places,
        origin=latest if row.pk == origin.pk else proposals.linking_proposal(origin),
        latest=latest,
        overrides=[one for one in overrides if one.household in waiting],
        choices=ground.choices,
        seed=wishes.seed,
    )


def _names(half_year: HalfYear) -> Mapping[str, str]:
    return {str(place.code): place.name for place in reference.municipalities(half_year.first_day)}
