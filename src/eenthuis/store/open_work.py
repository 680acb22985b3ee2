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
    by which it should be done, and ``after`` the day and household of the row before the first one wanted.
    """

    kinds: Sequence[str]
    days: dict[str, int]
    first_due: date | None = None
    last_due: date | None = None
    regions: Sequence[str] | None = None
    municipalities: Sequence[str] | None = None
    decided_by: str = ""
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
    since: date
    due: date


_NOT_SIGNED_OFF = """
    not exists (
      select 1 from store_signoffrow s where s.household = {name} and s.kind = 'signed-off'
        and not exists (select 1 from store_signoffrow w where w.replaces_id = s.id)
    )
"""
_FROM = {
    TO_LINK: f"""
        from store_householdrow h
        where {_NOT_SIGNED_OFF.format(name="h.identifier")}
          and not exists (
            select 1 from store_linkrow l where l.household = h.identifier and l.kind = 'linked'
              and not exists (select 1 from store_linkrow e where e.replaces_id = l.id)
          )
    """,  # noqa: S608 - fixed text
    TO_HOUSE: f"""
        from store_linkrow l left join store_householdrow h on h.identifier = l.household
        where l.kind = 'linked' and not exists (select 1 from store_linkrow e where e.replaces_id = l.id)
          and {_NOT_SIGNED_OFF.format(name="l.household")}
    """,  # noqa: S608 - fixed text
}
_COLUMNS = {
    TO_LINK: "h.identifier, h.persons, h.needs_accessible_home, h.region, '', h.permit_on",
    TO_HOUSE: """
        l.household, l.persons, coalesce(h.needs_accessible_home, false), coalesce(h.region, ''), l.municipality, l."on"
    """,
}
_NAMES = {
    TO_LINK: {"household": "h.identifier", "persons": "h.persons", "since": "h.permit_on"},
    TO_HOUSE: {"household": "l.household", "persons": "l.persons", "since": 'l."on"'},
}


def listed(query: WorkQuery) -> tuple[WorkRow, ...]:
    """Return one page of open work, earliest day first."""
    found: list[WorkRow] = []
    with connection.cursor() as cursor:
        for kind in query.kinds:
            where, values = _where(kind, query, paged=True)
            names = _NAMES[kind]
            cursor.execute(
                f"""
                select {_COLUMNS[kind]} {_FROM[kind]} {where}
                order by {names["since"]}, {names["household"]} limit %s
                """,
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
    household, persons, accessible, region, municipality, since = row
    return WorkRow(kind, household, persons, accessible, region, municipality, since, since + allowed)


def _where(kind: str, query: WorkQuery, *, paged: bool) -> tuple[str, list[Any]]:
    names, allowed = _NAMES[kind], timedelta(days=query.days[kind])
    parts: list[str] = []
    values: list[Any] = []

    def ask(text: str, *given: object) -> None:
        parts.append(text)
        values.extend(given)

    if query.first_due is not None:
        ask(f"and {names['since']} >= %s", query.first_due - allowed)
    if query.last_due is not None:
        ask(f"and {names['since']} <= %s", query.last_due - allowed)
    if query.regions is not None:
        ask("and h.region = any(%s::text[])", list(query.regions))
    if query.municipalities is not None:
        ask("and l.municipality = any(%s::text[])" if kind == TO_HOUSE else "and false", *_codes(kind, query))
    if query.decided_by:
        ask("and l.decided_by = %s" if kind == TO_HOUSE else "and %s = ''", query.decided_by)
    if query.sizes != ANY_SIZE:
        ask(f"and {names['persons']} between %s and %s", *query.sizes)
    if query.household:
        ask(f"and {names['household']} = %s", query.household)
    if paged and query.after is not None:
        day, household = query.after
        ask(f"and ({names['since']}, {names['household']}) > (%s, %s)", day - allowed, household)
    return " ".join(parts), values


def _codes(kind: str, query: WorkQuery) -> tuple[list[str], ...]:
    return (list(query.municipalities or ()),) if kind == TO_HOUSE else ()
