"""What the system counts of the recommendations: sums over the whole country, never a row of anybody."""

from __future__ import annotations

from datetime import date

from django.db import connection

from eenthuis.store.scope import counts


def _one(query: str, values: list[object]) -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)  # type: ignore[arg-type]
        return tuple(int(part or 0) for part in cursor.fetchone())


@counts
def centre_places() -> int:
    """Return the places of all reception centres together."""
    return _one("select coalesce(sum(places), 0) from store_centrerow", [])[0]


@counts
def links_with_reason(since: date, until: date) -> tuple[int, int]:
    """Return how many households linked between two days have a reason told with the link, and how many were linked."""
    found = _one(
        """
        select count(*) filter (where jsonb_array_length(l.reasons) > 0), count(*) from store_linkrow l
        where l.kind = 'linked' and l."on" between %s and %s
          and not exists (select 1 from store_linkrow e where e.replaces_id = l.id)
        """,
        [since, until],
    )
    return found[0], found[1]


@counts
def housed_within(days: int, since: date, until: date) -> tuple[int, int]:
    """Return the households signed off between two days at most so many days after their permit, and all of them.

    Households whose rows were erased since are in neither number.
    """
    found = _one(
        """
        select count(*) filter (where s."on" - h.permit_on <= %s), count(*) from store_signoffrow s
        join store_householdrow h on h.identifier = s.household
        where s.kind = 'signed-off' and s."on" between %s and %s and h.permit_on is not null
          and not exists (select 1 from store_signoffrow w where w.replaces_id = s.id)
        """,
        [days, since, until],
    )
    return found[0], found[1]


@counts
def flex_homes() -> tuple[int, int]:
    """Return the homes of projects of flex homes that are meant for status holders, and all homes of the projects."""
    found = _one(
        """
        select coalesce(sum(coalesce((p.meant_for ->> 'status-holders')::int, 0)), 0), coalesce(sum(p.homes), 0)
        from store_flexprojectrow p
        where p.kind <> 'withdrawn'
          and not exists (select 1 from store_flexprojectrow r where r.replaces_id = p.id)
        """,
        [],
    )
    return found[0], found[1]


@counts
def warnings_acted_on(half_year: str, until: date) -> tuple[int, int]:
    """Return municipalities with something in their file since they were warned of in a half-year, and all of those."""
    found = _one(
        """
        with warned as (
          select municipality, min("on") as since from store_warningrow
          where half_year = %s and is_low and "on" <= %s group by 1
        )
        select count(*) filter (where exists (
          select 1 from store_contactrow c
          where c.municipality = w.municipality and c."on" between w.since and %s
            and not exists (select 1 from store_contactrow r where r.replaces_id = c.id)
        )), count(*) from warned w
        """,
        [half_year, until, until],
    )
    return found[0], found[1]


@counts
def version() -> tuple[str, ...]:
    """Return what changes whenever something that is counted here is added."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select current_database()::text,
              (select count(*) || '/' || coalesce(max(id), 0) from store_linkrow),
              (select count(*) || '/' || coalesce(max(id), 0) from store_signoffrow),
              (select count(*) || '/' || coalesce(max(id), 0) from store_flexprojectrow),
              (select count(*) || '/' || coalesce(max(id), 0) from store_warningrow),
              (select count(*) || '/' || coalesce(max(id), 0) from store_contactrow),
              (select count(*) || '/' || coalesce(max(id), 0) from store_urgencyschemerow),
              (select count(*) || '/' || coalesce(max(id), 0) from store_deviationsteprow),
              (select count(*) || '/' || coalesce(max(id), 0) from store_deviationrow),
              (select count(*) || '/' || coalesce(max(id), 0) from store_compositionrow),
              (select count(*) || '/' || coalesce(max(id), 0) from store_waysteprow)
            """
        )
        return tuple(str(part) for part in cursor.fetchone())
