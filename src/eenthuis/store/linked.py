"""Linked households of a municipality, straight from SQL."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from eenthuis.store.scope import counts
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode


@dataclass(frozen=True, slots=True)
class LinkedRow:
    """One household linked in a half-year; a household that left the tables has no needs and nobody joining."""

    household: str
    persons: int
    on: date
    reasons: object
    children: int
    needs_accessible_home: bool
    joining_people: int
    is_signed_off: bool


_LINKED = """
    select l.household, l.persons, l."on", l.reasons::text,
      (select count(*) from store_memberrow m where m.household_id = l.household and not m.is_adult),
      coalesce(h.needs_accessible_home, false), coalesce(h.joining_people, 0), s.id is not null
    from store_linkrow l
    left join store_householdrow h on h.identifier = l.household
    left join store_signoffrow s on s.link_id = l.id and s.kind = 'signed-off'
      and not exists (select 1 from store_signoffrow w where w.replaces_id = s.id)
    where l.municipality = %s and l.kind = 'linked'
      and not exists (select 1 from store_linkrow e where e.replaces_id = l.id)
"""


def linked_households(code: MunicipalityCode, half_year: HalfYear) -> tuple[LinkedRow, ...]:
    """Return the links in force of a half-year, longest linked first."""
    with connection.cursor() as cursor:
        cursor.execute(_LINKED + 'and l.half_year = %s order by l."on", l.household', [code, str(half_year)])
        return _linked(cursor.fetchall())


def not_housed(code: MunicipalityCode) -> tuple[LinkedRow, ...]:
    """Return the links in force of whichever half-year whose household is not signed off, longest linked first."""
    with connection.cursor() as cursor:
        cursor.execute(_LINKED + 'and s.id is null order by l."on", l.household', [code])
        return _linked(cursor.fetchall())


def _linked(rows: list[tuple[Any, ...]]) -> tuple[LinkedRow, ...]:
    return tuple(
        LinkedRow(household, persons, on, json.loads(reasons), children, accessible, joining, signed_off)
        for household, persons, on, reasons, children, accessible, joining, signed_off in rows
    )


@counts
def linked_sizes(code: MunicipalityCode, half_year: HalfYear) -> Mapping[int, int]:
    """Return how many households of each number of persons are linked in a half-year."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select l.persons, count(*) from store_linkrow l
            where l.municipality = %s and l.half_year = %s and l.kind = 'linked'
              and not exists (select 1 from store_linkrow e where e.replaces_id = l.id)
            group by 1 order by 1
            """,
            [code, str(half_year)],
        )
        return {int(persons): int(households) for persons, households in cursor.fetchall()}


@counts
def people_per_day(half_year: HalfYear) -> tuple[tuple[MunicipalityCode, date, int], ...]:
    """Return municipality, day and people of every link in force that counts in a half-year.

    That is every link of a household that was not signed off before the half-year began.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select l.municipality, l."on", sum(l.persons)
            from store_linkrow l
            where l.kind = 'linked'
              and not exists (select 1 from store_linkrow e where e.replaces_id = l.id)
              and not exists (
                select 1 from store_signoffrow s
                where s.link_id = l.id and s.kind = 'signed-off' and s."on" < %s
                  and not exists (select 1 from store_signoffrow w where w.replaces_id = s.id)
              )
            group by 1, 2 order by 1, 2
            """,
            [half_year.first_day],
        )
        return tuple((MunicipalityCode(code), day, int(people)) for code, day, people in cursor.fetchall())
