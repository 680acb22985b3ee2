"""Proposals and their households, and the lists of the workspace straight from SQL."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q

from eenthuis.store.links import reasons_from, reasons_plain
from eenthuis.store.models import ProposalFolderRow, ProposalRow, ProposedLinkRow
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.linking import Alternative, Goal, LinkingProposal, ProofSummary, ProposedLink
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.receipt import digest


@dataclass(frozen=True, slots=True)
class Accounted:
    """What is kept beside a proposal, as JSON can hold it, so that anyone can see through it later.

    ``archive`` is the zip of the instance it solves, with proposal and certificate.
    """

    wishes: Mapping[str, object]
    certificate: Mapping[str, object]
    audit: Mapping[str, object]
    price_of_floors: float | None
    archive: bytes


@dataclass(frozen=True, slots=True)
class ChangedFrom:
    """The proposal that a changed one was made from, and the difference as JSON holds it."""

    proposal: int
    difference: Mapping[str, object]


def save_proposal(
    made: LinkingProposal,
    *,
    half_year: HalfYear,
    made_by: str,
    accounted: Accounted | None = None,
    changed: ChangedFrom | None = None,
    left_out: Mapping[str, object] | None = None,
) -> int:
    """Add a proposal with the place of every household, and what is kept beside it; return its number.

    ``left_out`` are changes in the proposal before, none of which holds any more.
    """
    difference = left_out if changed is None else changed.difference
    proof = made.proof
    row = ProposalRow.objects.create(
        half_year=str(half_year),
        as_of=made.as_of,
        goal=proof.goal.value,
        objective=proof.objective,
        bound=proof.bound,
        gap=proof.gap,
        households=proof.households,
        linked=proof.linked,
        persons=proof.persons,
        persons_linked=proof.persons_linked,
        seconds=proof.seconds,
        seed=proof.seed,
        prices=dict(made.prices),
        digest=digest({link.household: link.municipality for link in made.links}),
        wishes=dict(accounted.wishes) if accounted else {},
        certificate=dict(accounted.certificate) if accounted else None,
        audit=dict(accounted.audit) if accounted else None,
        price_of_floors=accounted.price_of_floors if accounted else None,
        spread_slack=made.spread_slack,
        replaces_id=changed.proposal if changed else None,
        difference=dict(difference) if difference is not None else None,
        made_by=made_by,
    )
    if accounted is not None:
        ProposalFolderRow.objects.create(proposal=row, archive=accounted.archive)
    ProposedLinkRow.objects.bulk_create(
        [
            ProposedLinkRow(
                proposal=row,
                household=link.household,
                persons=link.persons,
                municipality=link.municipality,
                score=link.score,
                reasons=reasons_plain(link.reasons),
                alternatives=[
                    {"municipality": other.municipality, "score": other.score, "cost": other.cost}
                    for other in link.alternatives
                ],
            )
            for link in made.links
        ],
        batch_size=2000,
    )
    return row.pk


def latest(half_year: HalfYear) -> ProposalRow | None:
    """Return the newest proposal of a half-year, if any; a changed one counts once it was accepted."""
    rows = ProposalRow.objects.filter(half_year=str(half_year))
    return rows.filter(Q(replaces__isnull=True) | Q(decision__accepted=True)).order_by("-id").first()


def proposed(proposal: int, identifiers: Sequence[HouseholdId]) -> Mapping[HouseholdId, ProposedLink]:
    """Return what a proposal says of these households; those it does not hold are left out."""
    rows = ProposedLinkRow.objects.filter(proposal_id=proposal, household__in=list(identifiers))
    return {HouseholdId(row.household): _proposed(row) for row in rows}


def _proposed(row: ProposedLinkRow) -> ProposedLink:
    return ProposedLink(
        household=HouseholdId(row.household),
        persons=row.persons,
        municipality=MunicipalityCode(row.municipality) if row.municipality else None,
        score=row.score,
        reasons=reasons_from(row.reasons),
        alternatives=tuple(
            Alternative(MunicipalityCode(other["municipality"]), other["score"], other["cost"])
            for other in row.alternatives
        ),
    )


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One row of the workspace's list, straight from SQL; ``key`` is what it was ordered by."""

    household: str
    persons: int
    children: int
    region: str
    days_waiting: int
    municipality: str | None
    score: float
    reasons: object
    needs_accessible_home: bool
    state: str
    key: str


_STATE = """
    case
      when n.link is null then case when p.municipality is null then 'unlinked' else 'open' end
      when n.proposal = p.proposal_id and n.municipality = p.municipality then 'confirmed'
      else 'elsewhere'
    end
"""
_LIST = """
    from store_proposedlinkrow p
    join store_householdnowrow n on n.household = p.household and n.permit_on is not null
    where p.proposal_id = %(proposal)s and %(state)s = any(%(states)s)
      and (%(state)s <> 'open' or (n.link is null and p.municipality is not null))
      and (%(state)s <> 'unlinked' or (n.link is null and p.municipality is null))
      and (%(state)s <> 'confirmed' or (n.proposal = %(proposal)s and n.municipality = p.municipality))
      and (%(state)s <> 'elsewhere' or (n.link is not null
        and (n.proposal is distinct from %(proposal)s or n.municipality is distinct from p.municipality)))
      and (%(municipalities)s::text[] is null or p.municipality = any(%(municipalities)s::text[]))
      and (%(region)s = '' or n.region = %(region)s)
      and p.persons between %(smallest)s and %(largest)s
      and (%(search)s = '' or p.household ilike %(like)s)
"""


@dataclass(frozen=True, slots=True)
class Order:
    """A column to order by: its type, whether it rises when what is told of it falls, and what decides a tie."""

    column: str
    kind: str
    is_turned: bool = False
    tie: str = "p.household"


ORDERS: Mapping[str, Order] = {
    "household": Order("p.household", "text"),
    "persons": Order("p.persons", "int"),
    "weeks_waiting": Order("n.permit_on", "date", is_turned=True, tie="n.household"),
    "score": Order("p.score", "float8"),
    "municipality": Order("coalesce(p.municipality, '')", "text"),
}
"""By what the list can be ordered."""


@dataclass(frozen=True, slots=True)
class ListedQuery:
    """What of a proposal's list is asked for; ``after`` is the key and household of the row before the first."""

    proposal: int
    today: date
    municipalities: Sequence[str] | None
    region: str
    smallest: int
    largest: int
    state: str
    search: str
    order: str
    first: int
    most: int
    after: tuple[str, str] | None = None


STATES = ("open", "confirmed", "unlinked", "elsewhere")
"""What a household of a proposal can be."""


def counted(query: ListedQuery) -> int:
    """Return how many rows of a proposal's list match."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) " + _LIST, _values(query))
        return int(cursor.fetchone()[0])


def _values(query: ListedQuery) -> dict[str, str | int | date | list[str] | None]:
    return {
        "proposal": query.proposal,
        "today": query.today,
        "municipalities": None if query.municipalities is None else list(query.municipalities),
        "region": query.region,
        "smallest": query.smallest,
        "largest": query.largest,
        "state": query.state,
        "states": ["", *STATES],
        "search": query.search,
        "like": "%" + query.search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%",
        "first": query.first,
        "most": query.most,
    }


def listed(query: ListedQuery) -> tuple[ListedRow, ...]:
    """Return one page of a proposal's list; households that are equal in its order stand by their number."""
    asked = query.order if query.order.removeprefix("-") in ORDERS else "-weeks_waiting"
    order = ORDERS[asked.removeprefix("-")]
    falls = asked.startswith("-") != order.is_turned
    direction, beyond = ("desc", "<") if falls else ("asc", ">")
    values = _values(query)
    begins = ""
    if query.after is not None:
        begins = f"and ({order.column}, {order.tie}) {beyond} (%(value)s::{order.kind}, %(household)s)"
        values |= {"value": query.after[0], "household": query.after[1]}
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select t.household, t.persons,
              (select count(*) from store_memberrow m where m.household_id = t.household and not m.is_adult),
              t.region, %(today)s::date - t.permit_on, t.municipality, t.score, t.reasons::text,
              coalesce(h.needs_accessible_home, false), t.state, t.key
            from (
              select p.household, p.persons, n.region, n.permit_on, p.municipality, p.score, p.reasons,
                {_STATE} as state, {order.column} as key
              {_LIST} {begins}
              order by {order.column} {direction}, {order.tie} {direction}
              limit %(most)s offset %(first)s
            ) t
            left join store_householdrow h on h.identifier = t.household
            order by t.key {direction}, t.household {direction}
            """,  # noqa: S608 - column and direction come from a fixed list
            values,
        )
        return tuple(
            ListedRow(
                household=row[0],
                persons=row[1],
                children=row[2],
                region=row[3],
                days_waiting=row[4],
                municipality=row[5],
                score=row[6],
                reasons=json.loads(row[7]),
                needs_accessible_home=row[8],
                state=row[9],
                key=str(row[10]),
            )
            for row in cursor.fetchall()
        )


def confirmed_count(proposal: int) -> int:
    """Return how many households of a proposal are linked as it proposed."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select count(*) from store_linkrow l
            where l.proposal_id = %s and l.kind = 'linked'
              and not exists (select 1 from store_linkrow e where e.replaces_id = l.id)
            """,
            [proposal],
        )
        return int(cursor.fetchone()[0])


def linking_proposal(row: ProposalRow) -> LinkingProposal:
    """Return a kept proposal as the engine made it, ready to be taken up again."""
    certificate = row.certificate if isinstance(row.certificate, dict) else {}
    return LinkingProposal(
        as_of=row.as_of,
        links=every_link(row.pk),
        proof=proof_of(row),
        prices={MunicipalityCode(code): float(price) for code, price in row.prices.items()},
        spread_slack=row.spread_slack,
        cap_prices=certificate.get("prices", {}),
        floor_prices={
            f"{floor['characteristic']} {floor['label']}": float(floor["multiplier"])
            for floor in certificate.get("floors", [])
        },
    )


def proof_of(row: ProposalRow) -> ProofSummary:
    """Return how good a kept proposal provably is."""
    return ProofSummary(
        goal=Goal(row.goal),
        objective=row.objective,
        bound=row.bound,
        gap=row.gap,
        households=row.households,
        linked=row.linked,
        persons=row.persons,
        persons_linked=row.persons_linked,
        seconds=row.seconds,
        seed=row.seed,
    )


def of_half_year(half_year: HalfYear, *, first: int, most: int) -> tuple[tuple[ProposalRow, ...], int]:
    """Return one page of the proposals of a half-year, newest first, and how many there are."""
    found = ProposalRow.objects.filter(half_year=str(half_year)).order_by("-id")
    return tuple(found[first : first + most]), found.count()


def by_number(proposal: int) -> ProposalRow | None:
    """Return the proposal with a number, if there is one."""
    return ProposalRow.objects.filter(pk=proposal).first()


def every_link(proposal: int) -> tuple[ProposedLink, ...]:
    """Return what a proposal says of all its households, by identifier."""
    rows = ProposedLinkRow.objects.filter(proposal_id=proposal).order_by("household")
    return tuple(_proposed(row) for row in rows)


def households_in(number: int) -> tuple[HouseholdId, ...]:
    """Return the households that a proposal tells of."""
    rows = ProposedLinkRow.objects.filter(proposal_id=number).order_by("id")
    return tuple(HouseholdId(name) for name in rows.values_list("household", flat=True))


def has_archive(proposal: int) -> bool:
    """Return whether the zip of a proposal is kept."""
    return ProposalFolderRow.objects.filter(proposal_id=proposal).exclude(archive=b"").exists()


def archive(proposal: int) -> bytes | None:
    """Return the zip of the instance that a proposal solves; None where it was not kept, or has gone since."""
    row = ProposalFolderRow.objects.filter(proposal_id=proposal).first()
    return bytes(row.archive) or None if row is not None else None


def open_people_of(proposal: int) -> Mapping[MunicipalityCode, int]:
    """Return the people that a proposal gives each municipality, of households that have no link yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select p.municipality, sum(p.persons) from store_proposedlinkrow p
            where p.proposal_id = %s and p.municipality is not null
              and not exists (
                select 1 from store_linkrow l where l.household = p.household and l.kind = 'linked'
                  and not exists (select 1 from store_linkrow e where e.replaces_id = l.id)
              )
            group by 1 order by 1
            """,
            [proposal],
        )
        return {MunicipalityCode(code): int(people) for code, people in cursor.fetchall()}
