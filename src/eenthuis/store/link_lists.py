"""Households and links as lists for programs, straight from SQL, within the municipalities that are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from eenthuis.store.models import HouseholdRow
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import MunicipalityCode

HOUSEHOLD_ORDERS: Mapping[str, str] = {
    "permit_on": "h.permit_on",
    "persons": "h.persons",
}
LINK_ORDERS: Mapping[str, str] = {
    "linked_on": 'l."on"',
    "persons": "l.persons",
}
Values = dict[str, str | int | bool | list[str] | None]


@dataclass(frozen=True, slots=True)
class ListedHousehold:
    """A household in reception or signed off, with the link in force, if any."""

    number: str
    household: HouseholdId
    persons: int
    children: int
    permit_on: date
    region: str
    needs_accessible_home: bool
    joining_people: int
    link: int | None
    municipality: MunicipalityCode | None
    linked_on: date | None
    signed_off_on: date | None


@dataclass(frozen=True, slots=True)
class HouseholdsQuery:
    """Which households are asked for; None and empty parts ask for all."""

    municipalities: Sequence[str] | None
    region: str = ""
    is_linked: bool | None = None
    is_signed_off: bool | None = None
    number: str = ""
    identifier: str = ""
    order: str = "permit_on"
    first: int = 0
    most: int = 50


@dataclass(frozen=True, slots=True)
class ListedLink:
    """A link with when it ended and why, if it did; the household has no number once it has left the tables."""

    number: int
    household_number: str | None
    household: HouseholdId
    persons: int
    municipality: MunicipalityCode
    half_year: str
    linked_on: date
    reasons_text: str
    proposal: int | None
    ended_on: date | None
    ended_why: str
    signed_off_on: date | None


@dataclass(frozen=True, slots=True)
class LinksQuery:
    """Which links are asked for; None and empty parts ask for all."""

    municipalities: Sequence[str] | None
    half_year: str = ""
    is_in_force: bool | None = None
    is_signed_off: bool | None = None
    number: int | None = None
    household: str = ""
    order: str = "-linked_on"
    first: int = 0
    most: int = 50


_SIGNED_OFF = """
    left join lateral (
      select s."on" from store_signoffrow s where s.household = {household} and s.kind = 'signed-off' {more}
        and not exists (select 1 from store_signoffrow w where w.replaces_id = s.id)
      limit 1
    ) gone on true
"""
_HOUSEHOLDS = f"""
    from store_householdrow h
    left join store_linkrow l on l.household = h.identifier and l.kind = 'linked'
      and not exists (select 1 from store_linkrow e where e.replaces_id = l.id)
    {_SIGNED_OFF.format(household="h.identifier", more="")}
    where (%(municipalities)s::text[] is null or l.municipality = any(%(municipalities)s::text[]))
      and (%(region)s = '' or h.region = %(region)s)
      and (%(is_linked)s::boolean is null or (l.id is not null) = %(is_linked)s::boolean)
      and (%(is_signed_off)s::boolean is null or (gone."on" is not null) = %(is_signed_off)s::boolean)
      and (%(number)s = '' or h.number = nullif(%(number)s, '')::uuid)
      and (%(identifier)s = '' or h.identifier = %(identifier)s)
"""  # noqa: S608 - fixed text; every value is a parameter
_LINKS = f"""
    from store_linkrow l
    left join store_linkrow e on e.replaces_id = l.id
    left join store_householdrow h on h.identifier = l.household
    {_SIGNED_OFF.format(household="l.household", more="and s.link_id = l.id")}
    where l.kind = 'linked'
      and (%(municipalities)s::text[] is null
           or (l.municipality = any(%(municipalities)s::text[]) and e.id is null))
      and (%(half_year)s = '' or l.half_year = %(half_year)s)
      and (%(is_in_force)s::boolean is null or (e.id is null) = %(is_in_force)s::boolean)
      and (%(is_signed_off)s::boolean is null or (gone."on" is not null) = %(is_signed_off)s::boolean)
      and (%(number)s::bigint is null or l.id = %(number)s::bigint)
      and (%(household)s = '' or l.household = %(household)s)
"""


def households(query: HouseholdsQuery) -> tuple[tuple[ListedHousehold, ...], int]:
    """Return one page of households, and how many match."""
    values: Values = {
        "municipalities": None if query.municipalities is None else list(query.municipalities),
        "region": query.region,
        "is_linked": query.is_linked,
        "is_signed_off": query.is_signed_off,
        "number": query.number,
        "identifier": query.identifier,
        "first": query.first,
        "most": query.most,
    }
    with connection.cursor() as cursor:
        cursor.execute("select count(*) " + _HOUSEHOLDS, values)
        count = int(cursor.fetchone()[0])
        cursor.execute(
            f"""
            select h.number::text, h.identifier, h.persons,
              (select count(*) from store_memberrow m where m.household_id = h.identifier and not m.is_adult),
              h.permit_on, h.region, h.needs_accessible_home, h.joining_people, l.id, l.municipality, l."on",
              gone."on"
            {_HOUSEHOLDS} order by {_order(query.order, HOUSEHOLD_ORDERS, "permit_on")}, h.number
            limit %(most)s offset %(first)s
            """,  # noqa: S608 - columns and directions come from a fixed list
            values,
        )
        return tuple(ListedHousehold(*row) for row in cursor.fetchall()), count


def links(query: LinksQuery) -> tuple[tuple[ListedLink, ...], int]:
    """Return one page of links, and how many match.

    Within municipalities a link that has ended is left out: it is no longer theirs to see.
    """
    values: Values = {
        "municipalities": None if query.municipalities is None else list(query.municipalities),
        "half_year": query.half_year,
        "is_in_force": query.is_in_force,
        "is_signed_off": query.is_signed_off,
        "number": query.number,
        "household": query.household,
        "first": query.first,
        "most": query.most,
    }
    with connection.cursor() as cursor:
        cursor.execute("select count(*) " + _LINKS, values)
        count = int(cursor.fetchone()[0])
        cursor.execute(
            f"""
            select l.id, h.number::text, l.household, l.persons, l.municipality, l.half_year, l."on", l.reasons::text,
              l.proposal_id, e."on", coalesce(e.why, ''), gone."on"
            {_LINKS} order by {_order(query.order, LINK_ORDERS, "linked_on")}, l.id
            limit %(most)s offset %(first)s
            """,
            values,
        )
        return tuple(ListedLink(*row) for row in cursor.fetchall()), count


def numbers_of(identifiers: Sequence[str]) -> Mapping[str, str]:
    """Return the number of each household that is in the tables."""
    rows = HouseholdRow.objects.filter(identifier__in=list(identifiers)).values_list("identifier", "number")
    return {name: str(number) for name, number in rows}


def _order(asked: str, known: Mapping[str, str], otherwise: str) -> str:
    """Return the order that was asked for; whoever asks has checked that it is known."""
    column = known.get(asked.removeprefix("-"), known[otherwise])
    return f"{column} {'desc' if asked.startswith('-') else 'asc'}"
