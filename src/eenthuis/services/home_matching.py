"""Proposing homes for linked households of a municipality, and the refusals that wait for COA's judgement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from eenthuis import reference
from eenthuis.rules.homes import people_to_house
from eenthuis.rules.offer_order import OfferOrdering, Ranked
from eenthuis.services.access import place_of, require
from eenthuis.services.offer_waiting import waiting_in
from eenthuis.services.processing import note_processing
from eenthuis.services.room import relatives_counted
from eenthuis.services.way_reading import DeadlineLine, deadlines_due
from eenthuis.store import homes, links, people, way
from eenthuis.terms.access import Actor
from eenthuis.terms.homes import Home, HomeId
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.processing import Activity
from eenthuis.terms.way import DeadlineKind, StepKind, WayStep

if TYPE_CHECKING:
    from eenthuis.matching.homes import MatchReason

MOST_HOMES = 500
"""With more than these, the proposal is for the homes that are free first."""


@dataclass(frozen=True, slots=True)
class MatchLine:
    """A household that needs a home with the one proposed for it, if any, and why; ``people`` live in that home."""

    household: HouseholdId
    people: int
    needs_accessible_home: bool
    home_by: date
    days_left: int
    home: Home | None
    reasons: tuple[tuple[MatchReason, int], ...]
    others: int
    ranked: Ranked


@dataclass(frozen=True, slots=True)
class MatchPage:
    """The proposal for one municipality, in the order of offers of its urgency scheme today."""

    municipality: MunicipalityCode
    municipality_name: str
    lines: tuple[MatchLine, ...]
    free: int
    today: date
    ordering: OfferOrdering

    @property
    def housed(self) -> int:
        """Households for which a home is proposed."""
        return sum(1 for line in self.lines if line.home is not None)


def propose_homes(*, actor: Actor, municipality: MunicipalityCode, today: date) -> MatchPage:
    """Return which free home suits which linked household best, each with reasons; nothing is offered by it.

    Raises
    ------
    AccessError
        ACC-01 when this role may not offer homes, ACC-02 when it may, but not there.
    ReferenceFactError
        REF-01 when there is no such municipality.
    """
    place = reference.municipality(municipality, today)
    require(actor, "offer-home", place_of(place.code))
    from eenthuis.matching.homes import Seeker, match_homes  # the engine is heavy, and only this needs it

    waiting = waiting_in(place.code, today)
    counted, ranking = waiting.with_relatives, waiting.ordering.ranked
    seekers = [
        Seeker(waiting.households[who], place.code, waiting.home_by[who], ranked.place)
        for ranked in ranking
        for who in [ranked.candidate.household]
    ]
    query = homes.HomesQuery(municipality=place.code, state="free", most=MOST_HOMES)
    free = [homes.home_of(row) for row, *_ in homes.listed(query)]
    proposal = match_homes(seekers, free, today, with_relatives=counted)
    known = {home.identifier: home for home in free}
    lines = [
        MatchLine(
            household=match.household,
            people=people_to_house(seeker.household, with_relatives=counted),
            needs_accessible_home=seeker.household.needs_accessible_home,
            home_by=seeker.home_by,
            days_left=(seeker.home_by - today).days,
            home=known[match.home] if match.home else None,
            reasons=match.reasons,
            others=len(match.others),
            ranked=ranked,
        )
        for seeker, match, ranked in zip(seekers, proposal.matches, ranking, strict=True)
    ]
    note_processing(Activity.LIST_HOMES, [line.household for line in lines])
    return MatchPage(place.code, place.name, tuple(lines), len(free), today, waiting.ordering)


def homes_for(*, actor: Actor, household: HouseholdId, today: date) -> tuple[Home, ...]:
    """Return the free homes that suit a household, the one with the least room left over first.

    Raises
    ------
    AccessError
        ACC-01 when this role may not offer homes; ACC-02 when the household is not linked within its reach.
    """
    from eenthuis.rules.homes import misfits

    link = links.links_in_force([household]).get(household)
    code = MunicipalityCode(link.municipality) if link else None
    require(actor, "offer-home", place_of(code) if code else None)
    found = people.households([household])
    if code is None or not found:
        return ()
    note_processing(Activity.LIST_HOMES, [household])
    counted = relatives_counted(today)
    query = homes.HomesQuery(municipality=code, state="free", most=MOST_HOMES)
    free = [homes.home_of(row) for row, *_ in homes.listed(query)]
    suits = [one for one in free if not misfits(one, found[0], code, with_relatives=counted)]
    return tuple(sorted(suits, key=lambda one: (one.largest_household, one.available_from, one.identifier)))


@dataclass(frozen=True, slots=True)
class RefusalLine:
    """A refusal that waits for COA's judgement: when it must be judged, what was refused, and why, as told."""

    due: DeadlineLine
    refused: WayStep
    home: HomeId | None


@dataclass(frozen=True, slots=True)
class RefusalsPage:
    """A page of refusals, and how many wait in all."""

    lines: tuple[RefusalLine, ...]
    count: int


def refusals_to_judge(*, actor: Actor, today: date, first: int = 0, most: int = 50) -> RefusalsPage:
    """Return a page of the refusals that wait for a judgement, the most urgent first.

    Raises
    ------
    AccessError
        ACC-01 when this role may not judge refusals.
    """
    require(actor, "judge-refusal")
    due = deadlines_due(actor=actor, today=today, kinds=[DeadlineKind.JUDGE_REFUSAL], first=first, most=most)
    note_processing(Activity.LIST_WORK, [line.household for line in due.lines])
    steps = way.steps_of([line.household for line in due.lines])
    return RefusalsPage(tuple(_refusal(line, steps[line.household]) for line in due.lines), due.open)


def _refusal(line: DeadlineLine, steps: tuple[WayStep, ...]) -> RefusalLine:
    refused = next(step for step in reversed(steps) if step.kind is StepKind.REFUSED)
    offered = next(step for step in reversed(steps) if step.kind is StepKind.HOME_OFFERED)
    return RefusalLine(line, refused, HomeId(offered.values["home"]) if "home" in offered.values else None)
