"""Homes and their offers as rows that are only ever added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Max

from eenthuis.store.models import HomeRow, LinkRow, OfferRow
from eenthuis.store.scope import counts
from eenthuis.terms.homes import Home, HomeId, HomeKind
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import MunicipalityCode

FIRST_NUMBER = 1


def lock_homes(identifiers: Sequence[HomeId]) -> None:
    """Hold these homes until the transaction ends; others who offer them wait."""
    with connection.cursor() as cursor:
        for name in sorted(set(identifiers)):
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"home:{name}"])


def home(identifier: HomeId) -> HomeRow | None:
    """Return the version of a home that holds, if there is such a home."""
    return HomeRow.objects.filter(home=identifier).order_by("-step").first()


def versions(identifier: HomeId) -> tuple[HomeRow, ...]:
    """Return every version of a home, oldest first."""
    return tuple(HomeRow.objects.filter(home=identifier).order_by("step"))


def offers_of(identifier: HomeId) -> tuple[OfferRow, ...]:
    """Return every step in the offers of a home, oldest first."""
    return tuple(OfferRow.objects.filter(home=identifier).order_by("step"))


def homes_now(identifiers: Sequence[HomeId]) -> tuple[Home, ...]:
    """Return these homes as they are now; unknown and withdrawn ones are left out."""
    rows = HomeRow.objects.filter(home__in=list(identifiers), replaced_by__isnull=True)
    return tuple(home_of(row) for row in rows.exclude(kind="withdrawn").order_by("home"))


def home_of(row: HomeRow) -> Home:
    """Return a row as the home it describes."""
    return Home(
        identifier=HomeId(row.home),
        municipality=MunicipalityCode(row.municipality),
        owner=row.owner,
        kind=HomeKind(row.kind_of_home),
        rooms=row.rooms,
        largest_household=row.largest_household,
        is_accessible=row.is_accessible,
        available_from=row.available_from,
    )


def add_home_step(home: Home, kind: str, *, after: HomeRow | None, decided_by: str, why: str = "") -> HomeRow:
    """Add a version of a home, after an earlier one if there is one."""
    return HomeRow.objects.create(
        home=home.identifier,
        step=after.step + 1 if after else 1,
        kind=kind,
        municipality=home.municipality,
        owner=home.owner,
        kind_of_home=home.kind.value,
        rooms=home.rooms,
        largest_household=home.largest_household,
        is_accessible=home.is_accessible,
        available_from=home.available_from,
        why=why,
        replaces=after,
        decided_by=decided_by,
    )


def offers_in_force(identifiers: Sequence[HomeId]) -> Mapping[HomeId, OfferRow]:
    """Return the offer in force of each of these homes; a free one is left out."""
    rows = OfferRow.objects.filter(home__in=list(identifiers), kind="offered", replaced_by__isnull=True)
    return {HomeId(row.home): row for row in rows}


@counts
def is_kept(identifier: HomeId) -> bool:
    """Return whether a home is kept for a household, whoever asks and whichever household that is."""
    return bool(offers_in_force([identifier]))


@counts
def kept_homes(owner: str) -> tuple[HomeId, ...]:
    """Return which homes of an owner are kept, without for whom."""
    own = HomeRow.objects.filter(owner=owner).values("home")
    rows = OfferRow.objects.filter(home__in=own, kind="offered", replaced_by__isnull=True)
    return tuple(HomeId(name) for name in rows.values_list("home", flat=True))


def offer_to(household: HouseholdId) -> OfferRow | None:
    """Return the offer in force to a household, if any."""
    return OfferRow.objects.filter(household=household, kind="offered", replaced_by__isnull=True).first()


def add_offer(
    home: HomeId, household: HouseholdId, link: LinkRow, *, on: date, decided_by: str, why: str = ""
) -> OfferRow:
    """Add the step that offers a home; the database refuses it while the home has an offer in force."""
    last = OfferRow.objects.filter(home=home).order_by("-step").first()
    ended = last if last is not None and last.kind == "ended" else None
    return OfferRow.objects.create(
        home=home,
        step=(ended.step if ended else 0) + 1,
        kind="offered",
        municipality=link.municipality,
        household=household,
        link=link,
        on=on,
        why=why,
        replaces=ended,
        decided_by=decided_by,
    )


def end_offer(offer: OfferRow, *, on: date, why: str, decided_by: str) -> OfferRow:
    """Add the step that ends an offer in force, with the reason."""
    return OfferRow.objects.create(
        home=offer.home,
        step=offer.step + 1,
        kind="ended",
        municipality=offer.municipality,
        household=offer.household,
        link_id=offer.link_id,
        on=on,
        why=why,
        replaces=offer,
        decided_by=decided_by,
    )


@counts
def next_identifier() -> HomeId:
    """Return a number for a new home; two who ask at once get the same one, and one of them is refused."""
    last: str | None = HomeRow.objects.aggregate(last=Max("home"))["last"]
    return HomeId(f"W-{int(last.removeprefix('W-')) + 1 if last else FIRST_NUMBER:07d}")


@dataclass(frozen=True, slots=True)
class HomesQuery:
    """Which homes are asked for; empty parts ask for all. ``state`` is ``free``, ``kept`` or ``withdrawn``.

    ``kept`` names homes that are kept for households which whoever asks may not see.
    """

    municipality: MunicipalityCode | None = None
    owner: str = ""
    state: str = ""
    kept: tuple[HomeId, ...] = ()
    first: int = 0
    most: int = 50


_HOMES = """
    select h.id, h.municipality, h.home, h.available_from,
      case when h.kind = 'withdrawn' then 'withdrawn'
        when o.household is not null or h.home = any(%(kept)s::text[]) then 'kept' else 'free' end as state,
      o.household
    from store_homerow h
    left join store_offerrow o on o.home = h.home and o.kind = 'offered'
      and not exists (select 1 from store_offerrow e where e.replaces_id = o.id)
    where not exists (select 1 from store_homerow n where n.replaces_id = h.id)
      and (%(municipality)s = '' or h.municipality = %(municipality)s)
      and (%(owner)s = '' or h.owner = %(owner)s)
"""


def listed(query: HomesQuery) -> tuple[tuple[HomeRow, str, str | None], ...]:
    """Return a page of homes as they are now, each with its state and the household it is kept for."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select id, state, household from ({_HOMES}) as found where (%(state)s = '' or state = %(state)s)
            order by municipality, available_from, home offset %(first)s limit %(most)s
            """,  # noqa: S608 - fixed text
            _asked(query),
        )
        found: list[tuple[int, str, str | None]] = cursor.fetchall()
    rows = HomeRow.objects.in_bulk([number for number, _, _ in found])
    return tuple((rows[number], state, household) for number, state, household in found)


@counts
def home_counts(query: HomesQuery) -> Mapping[str, int]:
    """Return how many homes are free, kept and withdrawn, whatever state is asked for."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select state, count(*) from ({_HOMES}) as found group by state",  # noqa: S608 - fixed text
            _asked(query),
        )
        return {str(state): int(number) for state, number in cursor.fetchall()}


def _asked(query: HomesQuery) -> dict[str, str | int | list[HomeId]]:
    return {
        "municipality": query.municipality or "",
        "owner": query.owner,
        "state": query.state,
        "kept": list(query.kept),
        "first": query.first,
        "most": query.most,
    }
