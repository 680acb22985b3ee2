"""Households that ask for work, earliest day first, straight from SQL: those to link, and those linked and not housed.

A page begins after the last row of the page before (its day and household), so that the thousandth page costs no more
than the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

TO_LINK = "link"
TO_HOUSE = "house"
ANY_SIZE = (1, 999)


@dataclass(frozen=True, slots=True)
class WorkQuery:
    """What of the open work is asked for; empty parts ask for everything.

    ``days`` are the days a kind of work may take from its beginning, ``first_due`` and ``last_due`` bounds on the day
    by which it should be done, and ``after`` the day and household of the row before the first one wanted. ``holders``
    are those of an organisation with whom the work lies; ``by_link`` says that it lies with who confirmed the link
    where nobody took it.
    """

    kinds: Sequence[str]
    days: dict[str, int]
    first_due: date | None = None
    last_due: date | None = None
    regions: Sequence[str] | None = None
    municipalities: Sequence[str] | None = None
    holders: Sequence[str] | None = None
    organisation: str = ""
    by_link: bool = False
    sizes: tuple[int, int] = ANY_SIZE
    household: str = ""
    after: tuple[date, str] | None = None
    most: int = 50


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One household with what is to be done for it, since when and by when."""

    kind: str
    household: str
    persons: int
    needs_accessible_home: bool
    region: str
    municipality: str
    decided_by: str
    since: date
    due: date


_FROM = {
    TO_LINK: "from store_householdnowrow n where n.link is null and not n.is_signed_off and n.permit_on is not null",
    TO_HOUSE: "from store_householdnowrow n where n.link is not null and not n.is_signed_off",
}
_SINCE = {TO_LINK: "n.permit_on", TO_HOUSE: "n.linked_on"}


def listed(query: WorkQuery) -> tuple[WorkRow, ...]:
    """Return one page of open work, earliest day first."""
    found: list[WorkRow] = []
    with connection.cursor() as cursor:
        for kind in query.kinds:
            where, values = _where(kind, query, paged=True)
            since = _SINCE[kind]
            cursor.execute(
                f"""
                select n.household, n.persons, coalesce(h.needs_accessible_home, false), n.region, n.municipality,
                  n.decided_by, n.since
                from (
                  select n.household, n.persons, n.region, n.municipality, n.decided_by, {since} as since
                  {_FROM[kind]} {where}
                  order by {since}, n.household limit %s
                ) n
                left join store_householdrow h on h.identifier = n.household
                """,  # noqa: S608 - fixed text; every value is a parameter
                [*values, query.most],
            )
            allowed = timedelta(days=query.days[kind])
            found += [_row(kind, row, allowed) for row in cursor.fetchall()]
    found.sort(key=lambda row: (row.due, row.household))
    return tuple(found[: query.most])


def counted(query: WorkQuery) -> int:
    """Return how many households match, on every page."""
    count = 0
    with connection.cursor() as cursor:
        for kind in query.kinds:
            where, values = _where(kind, query, paged=False)
            cursor.execute(f"select count(*) {_FROM[kind]} {where}", values)
            count += int(cursor.fetchone()[0])
    return count


def _row(kind: str, row: tuple[Any, ...], allowed: timedelta) -> WorkRow:
    household, persons, accessible, region, municipality, decided_by, since = row
    due = since + allowed
    return WorkRow(kind, household, persons, accessible, region, municipality, decided_by, since, due)


def _where(kind: str, query: WorkQuery, *, paged: bool) -> tuple[str, list[Any]]:
    since, allowed = _SINCE[kind], timedelta(days=query.days[kind])
    parts: list[str] = []
    values: list[Any] = []

    def ask(text: str, *given: object) -> None:
        parts.append(text)
        values.extend(given)

    if query.first_due is not None:
        ask(f"and {since} >= %s", query.first_due - allowed)
    if query.last_due is not None:
        ask(f"and {since} <= %s", query.last_due - allowed)
    if query.regions is not None:
        ask("and n.region = any(%s::text[])", list(query.regions))
    if query.municipalities is not None:
        ask("and n.municipality = any(%s::text[])" if kind == TO_HOUSE else "and false", *_codes(kind, query))
    if query.holders is not None:
        ask(*_held(kind, query))
    if query.sizes != ANY_SIZE:
        ask("and n.persons between %s and %s", *query.sizes)
    if query.household:
        ask("and n.household = %s", query.household)
    if paged and query.after is not None:
        day, household = query.after
        ask(f"and ({since}, n.household) > (%s, %s)", day - allowed, household)
    return " ".join(parts), values


_TAKEN = """select w.household from store_workholderrow w where w.organisation = %s
  and not exists (select 1 from store_workholderrow e where e.replaces_id = w.id)"""


def _held(kind: str, query: WorkQuery) -> tuple[Any, ...]:
    """Return the condition for the holders that are asked for, with its values."""
    names, by_name = list(query.holders or ()), f"n.household in ({_TAKEN} and w.holder = any(%s::text[]))"
    if not query.by_link or kind != TO_HOUSE:
        return f"and {by_name}", query.organisation, names
    by_link = f"(n.decided_by = any(%s::text[]) and n.household not in ({_TAKEN}))"
    return f"and ({by_name} or {by_link})", query.organisation, names, names, query.organisation


def _codes(kind: str, query: WorkQuery) -> tuple[list[str], ...]:
    return (list(query.municipalities or ()),) if kind == TO_HOUSE else ()
