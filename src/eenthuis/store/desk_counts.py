"""Counts for the desks, straight from SQL; households and people as whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from eenthuis.store.scope import counts
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode

_UNLINKED = (
    "from store_householdnowrow n where n.link is null and not n.is_signed_off and n.permit_on is not null"
)
_LINKED = "from store_householdnowrow n where n.link is not null and not n.is_signed_off"


@dataclass(frozen=True, slots=True)
class Counted:
    """Households and people, how many households are late, and the earliest day among them."""

    households: int
    people: int
    late: int
    earliest: date | None


@counts
def unlinked_by_region(late_before: date) -> dict[str, Counted]:
    """Return the households in reception without a link per region; late: a permit from before that day."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select n.region, count(*), coalesce(sum(n.persons), 0),
              count(*) filter (where n.permit_on < %s), min(n.permit_on)
            {_UNLINKED} group by 1 order by 1
            """,
            [late_before],
        )
        return {row[0]: Counted(row[1], int(row[2]), row[3], row[4]) for row in cursor.fetchall()}


@counts
def linked_not_housed(late_before: date, municipalities: Sequence[MunicipalityCode] | None) -> Counted:
    """Return the households with a link that are not signed off; late: linked before that day."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select count(*), coalesce(sum(n.persons), 0), count(*) filter (where n.linked_on < %s), min(n.linked_on)
            {_LINKED} and (%s::text[] is null or n.municipality = any(%s::text[]))
            """,
            [late_before, *[None if municipalities is None else list(municipalities)] * 2],
        )
        households, people, late, earliest = cursor.fetchone()
    return Counted(households, int(people), late, earliest)


@counts
def waiting_by_region() -> tuple[tuple[str, int, int, int], ...]:
    """Return region, households in reception, those who expect relatives, and those of them with a visa granted."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select h.region, count(*), count(*) filter (where h.joining_people > 0),
              count(*) filter (where h.joining_people > 0 and h.joining_visa_granted)
            from store_householdrow h join store_householdnowrow n on n.household = h.identifier
            where not n.is_signed_off group by 1 order by 1
            """
        )
        return tuple((row[0], row[1], row[2], row[3]) for row in cursor.fetchall())


@counts
def linked_by_day(days: Sequence[tuple[HalfYear, date]]) -> dict[tuple[HalfYear, MunicipalityCode], int]:
    """Return the people linked to each municipality by a day in each half-year, signed off since or not.

    A household that was signed off before the half-year began, and a link that had ended by that day, do not count.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select d.half_year, l.municipality, sum(l.persons)
            from unnest(%s::text[], %s::date[], %s::date[]) as d(half_year, first_day, by)
            join store_linkrow l on l.kind = 'linked' and l."on" <= d.by
            where not exists (select 1 from store_linkrow e where e.replaces_id = l.id and e."on" <= d.by)
              and not exists (
                select 1 from store_signoffrow s
                where s.link_id = l.id and s.kind = 'signed-off' and s."on" < d.first_day
                  and not exists (select 1 from store_signoffrow w where w.replaces_id = s.id)
              )
            group by 1, 2
            """,
            [
                [str(half_year) for half_year, _ in days],
                [half_year.first_day for half_year, _ in days],
                [by for _, by in days],
            ],
        )
        return {(HalfYear.parse(row[0]), MunicipalityCode(row[1])): int(row[2]) for row in cursor.fetchall()}


@counts
def done_since(day: date) -> tuple[tuple[str, int, date], ...]:
    """Return action, number of lines and last day of what the journal tells since a day, most often first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select j.action, count(*), max(j.at)::date from store_journalrow j
            where j.at >= %s group by 1 order by 2 desc, 1
            """,
            [day],
        )
        return tuple((row[0], row[1], row[2]) for row in cursor.fetchall())


def accounts_by_role() -> tuple[tuple[str, int], ...]:
    """Return role and number of accounts."""
    with connection.cursor() as cursor:
        cursor.execute("select a.role, count(*) from store_accountrow a group by 1 order by 1")
        return tuple((row[0], row[1]) for row in cursor.fetchall())
