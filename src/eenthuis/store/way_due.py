"""Open deadlines of many households at once, straight from SQL.

Which steps begin and end a deadline comes in from the rules, so that nothing of the machine is said twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from eenthuis.store.scope import counts
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.way import DeadlineKind, StepKind

Parameter = str | bool | int | list[str] | list[bool] | list[int] | list[date] | list[MunicipalityCode]


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """What begins and ends one kind of deadline, and how long it runs: days, and whole months.

    ``overdue_before`` is the first raw last day that is not overdue yet.
    """

    kind: DeadlineKind
    from_permit: bool
    starts: frozenset[StepKind]
    ends: frozenset[StepKind]
    days: int
    months: int
    overdue_before: date


@dataclass(frozen=True, slots=True)
class OpenDeadline:
    """An open deadline of one household; ``raw_last_day`` is before closed days are taken into account."""

    household: HouseholdId
    persons: int
    kind: DeadlineKind
    started_on: date
    raw_last_day: date
    municipality: MunicipalityCode | None
    region: str


@dataclass(frozen=True, slots=True)
class DueQuery:
    """Which open deadlines are asked for; empty parts ask for everything."""

    rules: tuple[DeadlineRule, ...]
    municipalities: tuple[MunicipalityCode, ...] | None
    region: str
    first: int = 0
    most: int = 50


_OPEN = """
    with begins as (
      select * from unnest(%(start_kinds)s::text[], %(start_steps)s::text[]) as t(deadline, step)
    ), ends as (
      select * from unnest(%(end_kinds)s::text[], %(end_steps)s::text[]) as t(deadline, step)
    ), terms as (
      select * from unnest(%(kinds)s::text[], %(permits)s::boolean[], %(days)s::int[], %(months)s::int[],
        %(cuts)s::date[]) as t(deadline, from_permit, days, months, overdue_before)
    ), linked as (
      select l.household, l.municipality from store_linkrow l
      where l.kind = 'linked' and not exists (select 1 from store_linkrow e where e.replaces_id = l.id)
    ), people as (
      select h.identifier, h.persons, h.permit_on, h.region, linked.municipality
      from store_householdrow h left join linked on linked.household = h.identifier
      where (%(everywhere)s or linked.municipality = any(%(municipalities)s::text[]))
        and (%(region)s = '' or h.region = %(region)s)
    ), steps as (
      select s.household, s.place, s.kind, coalesce(s."on", l."on", f."on", o."on", s.decided_at::date) as day
      from people p
      join store_waysteprow s on s.household = p.identifier
      left join store_linkrow l on l.id = s.link_id
      left join store_signoffrow f on f.id = s.sign_off_id
      left join store_offerrow o on o.id = s.offer_id
      where s.kind not in ('struck-out', 'sign-off-withdrawn')
        and not exists (select 1 from store_waysteprow r where r.replaces_id = s.id)
    ), marks as (
      select p.identifier as household, t.deadline, 0 as place, p.permit_on as day, true as opens
        from people p cross join terms t where t.from_permit
      union all
      select s.household, b.deadline, s.place, s.day, true from steps s join begins b on b.step = s.kind
      union all
      select s.household, e.deadline, s.place, s.day, false from steps s join ends e on e.step = s.kind
    ), last as (
      select distinct on (household, deadline) household, deadline, day, opens
      from marks order by household, deadline, place desc, opens desc
    ), open as (
      select p.identifier, p.persons, p.region, p.municipality, last.deadline, last.day,
        (last.day + t.days + make_interval(months => t.months))::date as due,
        t.overdue_before
      from last join terms t using (deadline) join people p on p.identifier = last.household
      where last.opens
    )
"""


def open_deadlines(query: DueQuery) -> tuple[OpenDeadline, ...]:
    """Return one page of the open deadlines, most urgent first."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            {_OPEN} select identifier, persons, deadline, day, due, municipality, region from open
            order by due, identifier, deadline offset %(first)s limit %(most)s
            """,  # noqa: S608 - fixed text
            _parameters(query),
        )
        return tuple(
            OpenDeadline(
                HouseholdId(name),
                persons,
                DeadlineKind(kind),
                day,
                due,
                MunicipalityCode(code) if code else None,
                region,
            )
            for name, persons, kind, day, due, code, region in cursor.fetchall()
        )


@dataclass(frozen=True, slots=True)
class OpenDay:
    """How many households have an open deadline of a kind that began on a day, per municipality or region of stay."""

    kind: DeadlineKind
    started_on: date
    municipality: MunicipalityCode | None
    region: str
    households: int


@counts
def open_days(query: DueQuery) -> tuple[OpenDay, ...]:
    """Return how many open deadlines began on each day, whatever page is asked for."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            {_OPEN} select deadline, day, municipality, case when municipality is null then region else '' end,
              count(*) from open group by 1, 2, 3, 4 order by 1, 2, 3, 4
            """,  # noqa: S608 - fixed text
            _parameters(query),
        )
        return tuple(
            OpenDay(DeadlineKind(kind), day, MunicipalityCode(code) if code else None, region, int(number))
            for kind, day, code, region, number in cursor.fetchall()
        )


@counts
def deadline_counts(query: DueQuery) -> Mapping[DeadlineKind, tuple[int, int]]:
    """Return how many deadlines of each kind are open, and how many of those are overdue."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            {_OPEN} select deadline, count(*), count(*) filter (where due < overdue_before) from open
            group by deadline
            """,  # noqa: S608 - fixed text
            _parameters(query),
        )
        return {DeadlineKind(kind): (int(number), int(late)) for kind, number, late in cursor.fetchall()}


def _parameters(query: DueQuery) -> dict[str, Parameter]:
    starts = [(rule.kind.value, step.value) for rule in query.rules for step in sorted(rule.starts)]
    ends = [(rule.kind.value, step.value) for rule in query.rules for step in sorted(rule.ends)]
    return {
        "start_kinds": _column(starts, 0),
        "start_steps": _column(starts, 1),
        "end_kinds": _column(ends, 0),
        "end_steps": _column(ends, 1),
        "kinds": [rule.kind.value for rule in query.rules],
        "permits": [rule.from_permit for rule in query.rules],
        "days": [rule.days for rule in query.rules],
        "months": [rule.months for rule in query.rules],
        "everywhere": query.municipalities is None,
        "municipalities": list(query.municipalities or ()),
        "region": query.region,
        "cuts": [rule.overdue_before for rule in query.rules],
        "first": query.first,
        "most": query.most,
    }


def _column(pairs: Sequence[tuple[str, str]], at: int) -> list[str]:
    return [pair[at] for pair in pairs]
