"""Offers of homes as a list for programs, straight from SQL, within the municipalities that are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from eenthuis.terms.people import HouseholdId

Values = dict[str, str | int | bool | list[str] | None]


@dataclass(frozen=True, slots=True)
class ListedOffer:
    """An offer with when it ended and why, if it did; the household has no number once it has left the tables."""

    number: int
    home: str
    household_number: str | None
    household: HouseholdId
    link: int
    municipality: str
    offered_on: date
    ended_on: date | None
    ended_why: str


@dataclass(frozen=True, slots=True)
class OffersQuery:
    """Which offers are asked for; None and empty parts ask for all."""

    municipalities: Sequence[str] | None
    is_in_force: bool | None = None
    number: int | None = None
    household: str = ""
    first: int = 0
    most: int = 50


_OFFERS = """
    from store_offerrow o
    join store_linkrow l on l.id = o.link_id
    left join store_offerrow e on e.replaces_id = o.id
    left join store_linkrow gone on gone.replaces_id = l.id
    left join store_householdrow h on h.identifier = o.household
    where o.kind = 'offered'
      and (%(municipalities)s::text[] is null
           or (l.municipality = any(%(municipalities)s::text[]) and gone.id is null))
      and (%(is_in_force)s::boolean is null or (e.id is null) = %(is_in_force)s::boolean)
      and (%(number)s::bigint is null or o.id = %(number)s::bigint)
      and (%(household)s = '' or o.household = %(household)s)
"""


def offers(query: OffersQuery) -> tuple[tuple[ListedOffer, ...], int]:
    """Return one page of offers, newest first, and how many match.

    Within municipalities an offer is left out once the link it rests on has ended: it is no longer theirs to see.
    """
    values: Values = {
        "municipalities": None if query.municipalities is None else list(query.municipalities),
        "is_in_force": query.is_in_force,
        "number": query.number,
        "household": query.household,
        "first": query.first,
        "most": query.most,
    }
    with connection.cursor() as cursor:
        cursor.execute("select count(*) " + _OFFERS, values)
        count = int(cursor.fetchone()[0])
        cursor.execute(
            f"""
            select o.id, o.home, h.number::text, o.household, l.id, l.municipality, o."on", e."on", coalesce(e.why, '')
            {_OFFERS} order by o.id desc limit %(most)s offset %(first)s
            """,
            values,
        )
        return tuple(ListedOffer(*row) for row in cursor.fetchall()), count
