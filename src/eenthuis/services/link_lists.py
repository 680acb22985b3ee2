"""Households, links and proposed links for programs: lists within reach, and what is decided about one of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from eenthuis.access import decide
from eenthuis.services.access import require
from eenthuis.services.linking import Refusal, confirm, undo
from eenthuis.services.processing import note_processing
from eenthuis.services.sign_offs import sign_off
from eenthuis.services.versions import version_of
from eenthuis.store import changes, link_lists, proposals
from eenthuis.store.link_lists import HouseholdsQuery, LinksQuery, ListedHousehold, ListedLink
from eenthuis.store.links import lock_households, reasons_from
from eenthuis.store.models import ProposalRow
from eenthuis.terms.access import Actor, Place, Reach
from eenthuis.terms.errors import AccessError, ApiError, StateError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.linking import Reason
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.processing import Activity

__all__ = [
    "HouseholdView",
    "HouseholdsQuery",
    "LinkView",
    "LinksQuery",
    "ProposalLine",
    "ProposedView",
    "ProposedWanted",
    "confirm_link",
    "end_link",
    "list_households",
    "list_links",
    "list_proposals",
    "list_proposed",
    "read_link",
    "read_listed_household",
    "read_proposal_line",
    "sign_off_link",
]
DAYS_A_WEEK = 7
MOST_PERSONS = 999
CODES = {Refusal.NOT_IN_PROPOSAL: "STA-05", Refusal.NOT_PROPOSED: "STA-05", Refusal.NO_ROOM: "STA-03"}


HouseholdView = ListedHousehold
"""A household as a program sees it."""


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link as a program sees it; ``household_number`` is None once the household has left the tables."""

    number: int
    household_number: str | None
    persons: int
    municipality: MunicipalityCode
    half_year: str
    linked_on: date
    reasons: tuple[Reason, ...]
    proposal: int | None
    ended_on: date | None
    ended_why: str
    signed_off_on: date | None


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A proposal in a list; ``counts`` says that links may be confirmed from it."""

    number: int
    half_year: str
    as_of: date
    made_at: datetime
    households: int
    linked: int
    persons: int
    persons_linked: int
    gap: float
    counts: bool


@dataclass(frozen=True, slots=True)
class ProposedView:
    """What a proposal says of one household; ``state`` is open, confirmed, elsewhere or unlinked."""

    household_number: str | None
    persons: int
    children: int
    region: str
    weeks_waiting: int
    municipality: MunicipalityCode | None
    score: float
    reasons: tuple[Reason, ...]
    needs_accessible_home: bool
    state: str


@dataclass(frozen=True, slots=True)
class ProposedWanted:
    """Which lines of a proposal are asked for; empty parts ask for all."""

    municipality: str = ""
    region: str = ""
    state: str = ""
    order: str = "-weeks_waiting"
    first: int = 0
    most: int = 50


def municipalities_in_reach(actor: Actor, action: str) -> tuple[MunicipalityCode, ...] | None:
    """Return the municipalities in which an actor may do something; None is the whole country.

    Raises
    ------
    AccessError
        ACC-01 when this role may nowhere, or sees counts only.
    """
    verdict = decide(actor, action, Place(actor.province, actor.municipality))
    match verdict.reach:
        case Reach.NATION:
            return None
        case Reach.OWN_MUNICIPALITY if actor.municipality is not None:
            return (actor.municipality,)
        case _:
            raise AccessError("ACC-01", verdict.reason, remedy="Ask with a key or account that may.")


def list_households(*, actor: Actor, wanted: HouseholdsQuery) -> tuple[tuple[HouseholdView, ...], int]:
    """Return one page of the households in reach, and how many match.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no households.
    """
    reach = municipalities_in_reach(actor, "see-linked-household")
    found = link_lists.households(replace(wanted, municipalities=_narrowed(reach, wanted.municipalities)))
    note_processing(Activity.LIST_LINKED, [row.household for row in found[0]])
    return found


def read_listed_household(*, actor: Actor, number: str = "", identifier: str = "") -> HouseholdView:
    """Return the household with a number, or with the identifier that its file has.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no households; ACC-02 when there is none like it in reach.
    """
    reach = municipalities_in_reach(actor, "see-linked-household")
    rows, _ = link_lists.households(
        HouseholdsQuery(municipalities=reach, number=number, identifier=identifier, most=1)
    )
    if not rows or not (number or identifier):
        raise AccessError("ACC-02", "no household by that number", remedy="Check the number.")
    note_processing(Activity.SHOW_HOUSEHOLD, [rows[0].household])
    return rows[0]


def _narrowed(reach: Sequence[str] | None, asked: Sequence[str] | None) -> tuple[str, ...] | None:
    """Return the municipalities that are both asked for and in reach."""
    if reach is None:
        return None if asked is None else tuple(asked)
    return tuple(code for code in reach if asked is None or code in asked)


def list_links(*, actor: Actor, wanted: LinksQuery) -> tuple[tuple[LinkView, ...], int]:
    """Return one page of the links in reach, and how many match.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no links.
    """
    reach = municipalities_in_reach(actor, "see-linked-household")
    rows, count = link_lists.links(replace(wanted, municipalities=_narrowed(reach, wanted.municipalities)))
    note_processing(Activity.LIST_LINKED, [row.household for row in rows])
    return tuple(_view(row) for row in rows), count


def read_link(*, actor: Actor, number: int) -> LinkView:
    """Return a link.

    Raises
    ------
    AccessError
        ACC-01 when this role sees no links; ACC-02 when there is none by that number in reach.
    """
    return _shown(_found(municipalities_in_reach(actor, "see-linked-household"), number))


def confirm_link(*, actor: Actor, proposal: int, household_number: str, today: date) -> LinkView:
    """Link one household as a proposal says.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is no such household.
    StateError
        STA-01, STA-03 or STA-05 when the household cannot be linked so.
    """
    require(actor, "confirm-link")
    name = read_listed_household(actor=actor, number=household_number).household
    with transaction.atomic():
        outcome = confirm(actor=actor, proposal=proposal, households=(name,), today=today)
        if outcome.refused:
            reason = outcome.refused[0].reason
            raise StateError(
                CODES.get(reason, "STA-01"),
                f"this household cannot be linked from proposal {proposal}: {reason.value}",
                remedy="Read the proposal and the household again.",
            )
        rows, _ = link_lists.links(LinksQuery(municipalities=None, is_in_force=True, household=name, most=1))
        return _shown(rows[0])


def end_link(*, actor: Actor, number: int, why: str, is_seen: Callable[[str], bool], today: date) -> LinkView:
    """End a link in force, when it still is what was seen.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is none by that number.
    ApiError
        API-03 when it is another version now.
    StateError
        STA-01 when it has ended, or the household has been signed off.
    """
    require(actor, "confirm-link")
    reach = municipalities_in_reach(actor, "see-linked-household")
    with transaction.atomic():
        row = _held(reach, number, is_seen)
        undo(actor=actor, household=row.household, why=why, today=today)
        return _shown(_found(reach, number))


def sign_off_link(
    *, actor: Actor, number: int, on: date, is_seen: Callable[[str], bool], today: date
) -> LinkView:
    """Sign off the household of a link, when the link still is what was seen.

    Raises
    ------
    AccessError
        ACC-01 when this role may not; ACC-02 when there is none by that number.
    ApiError
        API-03 when it is another version now.
    StateError
        STA-01 when the link has ended, the household is signed off, or the day does not fit.
    """
    require(actor, "sign-off")
    reach = municipalities_in_reach(actor, "see-linked-household")
    with transaction.atomic():
        row = _held(reach, number, is_seen)
        sign_off(actor=actor, household=row.household, on=on, today=today)
        return _shown(_found(reach, number))


def list_proposals(
    *, actor: Actor, half_year: HalfYear, first: int, most: int
) -> tuple[tuple[ProposalLine, ...], int]:
    """Return one page of the proposals of a half-year, newest first, and how many there are.

    Raises
    ------
    AccessError
        ACC-01 when this role may not see proposals.
    """
    require(actor, "see-proposal")
    rows, count = proposals.of_half_year(half_year, first=first, most=most)
    return tuple(_proposal(row) for row in rows), count


def read_proposal_line(*, actor: Actor, number: int) -> ProposalLine:
    """Return a proposal.

    Raises
    ------
    AccessError
        ACC-01 when this role may not see proposals; ACC-02 when there is none by that number.
    """
    require(actor, "see-proposal")
    row = proposals.by_number(number)
    if row is None:
        raise AccessError("ACC-02", "no proposal by that number", remedy="Read the list of proposals.")
    return _proposal(row)


def list_proposed(
    *, actor: Actor, number: int, wanted: ProposedWanted, today: date
) -> tuple[tuple[ProposedView, ...], int]:
    """Return one page of what a proposal says of its households, and how many lines match.

    Raises
    ------
    AccessError
        ACC-01 when this role may not see proposals; ACC-02 when there is none by that number.
    """
    read_proposal_line(actor=actor, number=number)
    query = proposals.ListedQuery(
        proposal=number,
        today=today,
        municipalities=[wanted.municipality] if wanted.municipality else None,
        region=wanted.region,
        smallest=1,
        largest=MOST_PERSONS,
        state=wanted.state,
        search="",
        order=wanted.order,
        first=wanted.first,
        most=wanted.most,
    )
    rows = proposals.listed(query)
    numbers = link_lists.numbers_of([row.household for row in rows])
    note_processing(Activity.LIST_PROPOSAL, [row.household for row in rows])
    return tuple(_proposed(row, numbers.get(row.household)) for row in rows), proposals.counted(query)


def _found(reach: Sequence[str] | None, number: int) -> ListedLink:
    rows, _ = link_lists.links(LinksQuery(municipalities=reach, number=number, most=1))
    if not rows:
        raise AccessError("ACC-02", "no link by that number", remedy="Check the number.")
    return rows[0]


def _held(reach: Sequence[str] | None, number: int, is_seen: Callable[[str], bool]) -> ListedLink:
    """Return a link that nobody else changes until the transaction ends, when it is what was seen."""
    lock_households([_found(reach, number).household])
    row = _found(reach, number)
    if not is_seen(version_of(_view(row))):
        raise ApiError(
            "API-03", "the link is no longer what was seen", remedy="Read it again and decide on that."
        )
    if row.ended_on is not None:
        raise StateError("STA-01", "this link has ended", remedy="Read the household and its link in force.")
    return row


def _shown(row: ListedLink) -> LinkView:
    note_processing(Activity.SHOW_HOUSEHOLD, [row.household])
    return _view(row)


def _view(row: ListedLink) -> LinkView:
    return LinkView(
        number=row.number,
        household_number=row.household_number,
        persons=row.persons,
        municipality=row.municipality,
        half_year=row.half_year,
        linked_on=row.linked_on,
        reasons=reasons_from(json.loads(row.reasons_text)),
        proposal=row.proposal,
        ended_on=row.ended_on,
        ended_why=row.ended_why,
        signed_off_on=row.signed_off_on,
    )


def _proposal(row: ProposalRow) -> ProposalLine:
    return ProposalLine(
        number=row.pk,
        half_year=row.half_year,
        as_of=row.as_of,
        made_at=row.made_at,
        households=row.households,
        linked=row.linked,
        persons=row.persons,
        persons_linked=row.persons_linked,
        gap=row.gap,
        counts=changes.counts(row),
    )


def _proposed(row: proposals.ListedRow, number: str | None) -> ProposedView:
    return ProposedView(
        household_number=number,
        persons=row.persons,
        children=row.children,
        region=row.region,
        weeks_waiting=row.days_waiting // DAYS_A_WEEK,
        municipality=MunicipalityCode(row.municipality) if row.municipality else None,
        score=row.score,
        reasons=reasons_from(row.reasons),
        needs_accessible_home=row.needs_accessible_home,
        state=row.state,
    )
