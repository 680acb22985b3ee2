"""The placement officer's workspace: the latest proposal, its list, and one household."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date

from eenthuis import reference
from eenthuis.rules.bands import BANDS, limits
from eenthuis.services.access import may, place_of, require
from eenthuis.services.balances import standing
from eenthuis.services.country import running_half_year
from eenthuis.services.processing import note_processing
from eenthuis.services.read_models import (
    HouseholdPage,
    LinkStep,
    ProposalView,
    ProposedRow,
    Workspace,
    WorkspaceFilter,
)
from eenthuis.services.runs import open_run
from eenthuis.store import changes, links, people, proposals
from eenthuis.store.models import LinkRow, ProposalRow
from eenthuis.terms.access import Actor, Place
from eenthuis.terms.errors import AccessError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.people import Household, HouseholdId
from eenthuis.terms.places import LinkingRegion, MunicipalityCode
from eenthuis.terms.processing import Activity

ROWS_A_PAGE = 50
MOST_PERSONS = 1000
DAYS_A_WEEK = 7
MOST = 1_000_000


def read_workspace(
    *,
    actor: Actor,
    today: date,
    chosen: WorkspaceFilter,
    after: str = "",
    most: int = ROWS_A_PAGE,
    activity: Activity = Activity.LIST_PROPOSAL,
) -> Workspace:
    """Return the latest proposal of the running half-year and one page of its households.

    ``activity`` is what the processing log says they are read for.

    Raises
    ------
    AccessError
        ACC-01 when this role may not see proposals.
    """
    require(actor, "see-proposal")
    half_year = running_half_year(today)
    latest = proposals.latest(half_year)
    households, persons = people.waiting_counts()
    where = standing(half_year, today)
    open_people = sum(where.open_people(code) for code in where.held.targets)
    listed: tuple[proposals.ListedRow, ...] = ()
    count = 0
    if latest is not None:
        query = _query(latest, today, chosen)
        count = proposals.counted(query)
        listed = proposals.listed(replace(query, after=_after(after, chosen.order), most=most + 1))
    rows = tuple(_row(line) for line in listed[:most])
    note_processing(activity, [row.household for row in rows])
    return Workspace(
        half_year=half_year,
        today=today,
        proposal=None if latest is None else view_of(latest),
        open_run=open_run(actor=actor, half_year=half_year),
        waiting_households=households,
        waiting_people=persons,
        open_people=open_people,
        rows=rows,
        count=count,
        after=f"{listed[most - 1].key}/{listed[most - 1].household}" if len(listed) > most else "",
        chosen=chosen,
    )


def every_proposed(chosen: Mapping[str, str], today: date) -> Iterator[ProposedRow]:
    """Yield every household of the latest proposal that a filter leaves, in its order; whoever calls has asked."""
    latest = proposals.latest(running_half_year(today))
    if latest is not None:
        for line in proposals.listed(replace(_query(latest, today, _filter(chosen)), most=MOST)):
            yield _row(line)


def proposed_count(chosen: Mapping[str, str], today: date) -> int:
    """Return how many households of the latest proposal a filter leaves."""
    latest = proposals.latest(running_half_year(today))
    return 0 if latest is None else proposals.counted(_query(latest, today, _filter(chosen)))


def _filter(chosen: Mapping[str, str]) -> WorkspaceFilter:
    known = {field.name for field in fields(WorkspaceFilter)}
    return replace(WorkspaceFilter(), **{name: value for name, value in chosen.items() if name in known})


def checked_filter(chosen: WorkspaceFilter, today: date) -> WorkspaceFilter:
    """Return a filter with every part that the list does not know left out."""
    codes = {str(place.code) for place in reference.municipalities(today)}
    return replace(
        chosen,
        municipality=chosen.municipality if chosen.municipality in codes else "",
        province=chosen.province if chosen.province in {one.code for one in reference.provinces()} else "",
        region=chosen.region if chosen.region in set(LinkingRegion) else "",
        size=chosen.size if chosen.size in {band for band, _, _ in BANDS} else "",
        state=chosen.state if chosen.state in proposals.STATES else "",
        search=chosen.search.strip(),
        order=chosen.order if chosen.order.removeprefix("-") in proposals.ORDERS else WorkspaceFilter().order,
    )


def count_workspace(*, actor: Actor, today: date, chosen: WorkspaceFilter) -> int:
    """Return how many households of the latest proposal a filter leaves.

    Raises
    ------
    AccessError
        ACC-01 when this role may not see proposals.
    """
    require(actor, "see-proposal")
    latest = proposals.latest(running_half_year(today))
    return 0 if latest is None else proposals.counted(_query(latest, today, chosen))


def _small(written: str) -> int:
    number = int(written)
    if not 0 <= number < MOST_PERSONS:
        raise ValueError(written)
    return number


_READ: Mapping[str, Callable[[str], object]] = {
    "date": date.fromisoformat,
    "int": _small,
    "float8": float,
    "text": str,
}
"""How the key of each kind of order is read; what cannot be read so begins no page."""


def _after(written: str, order: str) -> tuple[str, str] | None:
    """Return key and household where a page begins; None at the beginning, and for what is no such place."""
    key, _, household = written.rpartition("/")
    kind = (
        proposals.ORDERS[order.removeprefix("-")].kind
        if order.removeprefix("-") in proposals.ORDERS
        else "date"
    )
    try:
        _READ[kind](key)
    except (ValueError, OverflowError):
        return None
    return (key, household) if household else None


def _query(latest: ProposalRow, today: date, chosen: WorkspaceFilter) -> proposals.ListedQuery:
    smallest, largest = limits(chosen.size) if chosen.size in {band for band, _, _ in BANDS} else (1, 999)
    return proposals.ListedQuery(
        proposal=latest.pk,
        today=today,
        municipalities=_municipalities(chosen, today),
        region=chosen.region,
        smallest=smallest,
        largest=largest,
        state=chosen.state,
        search=chosen.search.strip(),
        order=chosen.order,
        first=0,
        most=ROWS_A_PAGE,
    )


def _municipalities(chosen: WorkspaceFilter, today: date) -> tuple[MunicipalityCode, ...] | None:
    if chosen.municipality:
        return (MunicipalityCode(chosen.municipality),)
    if chosen.province:
        return tuple(m.code for m in reference.municipalities(today) if m.province == chosen.province)
    return None


def _row(line: proposals.ListedRow) -> ProposedRow:
    return ProposedRow(
        household=HouseholdId(line.household),
        persons=line.persons,
        children=line.children,
        region=line.region,
        weeks_waiting=line.days_waiting // DAYS_A_WEEK,
        municipality=MunicipalityCode(line.municipality) if line.municipality else None,
        municipality_name=reference.municipality(line.municipality).name if line.municipality else "",
        score=line.score,
        reasons=links.reasons_from(line.reasons),
        needs_accessible_home=line.needs_accessible_home,
        state=line.state,
    )


def view_of(row: ProposalRow) -> ProposalView:
    """Return a proposal with its proof and how much of it is confirmed."""
    confirmed = proposals.confirmed_count(row.pk)
    return ProposalView(
        identifier=row.pk,
        half_year=HalfYear.parse(row.half_year),
        as_of=row.as_of,
        made_by=row.made_by,
        made_at=row.made_at,
        proof=proposals.proof_of(row),
        still_open=row.linked - confirmed,
        confirmed=confirmed,
    )


def read_household(*, actor: Actor, identifier: HouseholdId, today: date) -> HouseholdPage:
    """Return one household, to COA and the auditor always, to a municipality only while linked there.

    Raises
    ------
    AccessError
        ACC-02, "not found", for everyone else and for a household that does not exist; nobody learns which.
    """
    found = people.households([identifier])
    rows = links.steps(identifier)
    in_force = rows[-1] if rows and rows[-1].kind == "linked" else None
    place = place_of(MunicipalityCode(in_force.municipality)) if in_force else Place()
    if not found or not may(actor, "see-linked-household", place):
        raise AccessError("ACC-02", "no household by that number", remedy="Check the number.")
    note_processing(Activity.SHOW_HOUSEHOLD, [identifier])
    return _household_page(actor, found[0], rows, today)


def is_within_reach(*, actor: Actor, identifier: HouseholdId) -> bool:
    """Return whether there is such a household and this actor may see it; nobody learns which of the two is not so."""
    link = links.links_in_force([identifier]).get(identifier)
    place = place_of(MunicipalityCode(link.municipality)) if link else Place()
    return may(actor, "see-linked-household", place) and people.is_there(identifier)


def _household_page(
    actor: Actor, household: Household, rows: tuple[LinkRow, ...], today: date
) -> HouseholdPage:
    in_force = rows[-1] if rows and rows[-1].kind == "linked" else None
    sees_proposal = may(actor, "see-proposal")
    latest = proposals.latest(running_half_year(today)) if sees_proposal else None
    asked = (
        proposals.proposed(latest.pk, [household.identifier]).get(household.identifier) if latest else None
    )
    joining = household.joining
    steps = tuple(_step(row) for row in rows)
    shown = steps if sees_proposal else tuple(step for step in steps[-1:] if in_force)
    centres = people.centres()
    return HouseholdPage(
        household=household.identifier,
        persons=household.persons,
        children=sum(1 for member in household.members if not member.is_adult),
        permit_on=household.permit_on,
        weeks_waiting=(today - household.permit_on).days // DAYS_A_WEEK,
        centre=centres[household.centre].name,
        region=household.region.value,
        needs_accessible_home=household.needs_accessible_home,
        joining_people=joining.people if joining else 0,
        joining_visa_granted=joining.visa_granted if joining else False,
        proposal=latest.pk if latest and asked else None,
        proposed=asked.municipality if asked else None,
        proposed_name=reference.municipality(asked.municipality).name if asked and asked.municipality else "",
        score=asked.score if asked else 0.0,
        reasons=asked.reasons if asked else links.reasons_from(in_force.reasons if in_force else []),
        alternatives=asked.alternatives if asked else (),
        link=_step(in_force) if in_force else None,
        steps=shown,
        is_signed_off=links.sign_off_in_force(household.identifier) is not None,
        may_confirm=may(actor, "confirm-link"),
        may_change=may(actor, "change-proposal") and asked is not None and in_force is None,
        may_write=may(
            actor,
            "issue-letter-code",
            place_of(MunicipalityCode(in_force.municipality)) if in_force else Place(),
        ),
        is_changed=latest is not None
        and latest.replaces_id is not None
        and changes.is_overridden(latest.pk, household.identifier),
    )


def _step(row: LinkRow) -> LinkStep:
    return LinkStep(
        kind=row.kind,
        municipality=MunicipalityCode(row.municipality),
        municipality_name=reference.municipality(row.municipality).name,
        on=row.on,
        decided_by=row.decided_by,
        why=row.why,
    )
