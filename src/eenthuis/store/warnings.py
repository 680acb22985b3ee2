"""Households on their way and free homes, for early warning, without a number or name of any; and chances kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import connection

from eenthuis.store.scope import counts
from eenthuis.store.supervision_models import WarningRow
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.warning import OnTheWay

_ON_THE_WAY = """
    with homes as materialized (
      select w.household, max(w."on") as home_on from store_waysteprow w
      where w.kind = 'accepted' and w."on" is not null
        and not exists (select 1 from store_waysteprow r where r.replaces_id = w.id)
      group by 1
    )
    select l.municipality, l.persons, l."on", h.home_on, s."on", e."on"
    from store_linkrow l
    left join homes h on h.household = l.household and h.home_on >= l."on"
    left join store_signoffrow s on s.link_id = l.id and s.kind = 'signed-off' and s."on" <= %(as_of)s
      and not exists (select 1 from store_signoffrow w where w.replaces_id = s.id and w."on" <= %(as_of)s)
    left join store_linkrow e on e.replaces_id = l.id and e."on" <= %(as_of)s
    where l.kind = 'linked' and l."on" <= %(as_of)s
"""


@counts
def on_the_way(as_of: date) -> tuple[OnTheWay, ...]:
    """Return every household that was ever linked, with what had happened up to and including a day."""
    with connection.cursor() as cursor:
        cursor.execute(_ON_THE_WAY, {"as_of": as_of})
        return tuple(
            OnTheWay(MunicipalityCode(code), persons, linked, home, signed, ended)
            for code, persons, linked, home, signed, ended in cursor.fetchall()
        )


@counts
def without_home(municipalities: Sequence[MunicipalityCode]) -> dict[tuple[MunicipalityCode, int], int]:
    """Return households linked, not signed off and without an accepted home, per municipality and persons."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select n.municipality, n.persons, count(*) from store_householdnowrow n
            where n.link is not null and not n.is_signed_off and n.municipality = any(%s::text[])
              and not exists (
                select 1 from store_waysteprow w
                where w.household = n.household and w.kind in ('accepted', 'leased', 'moved')
                  and w."on" >= n.linked_on
                  and not exists (select 1 from store_waysteprow r where r.replaces_id = w.id)
              )
            group by 1, 2
            """,
            [list(municipalities)],
        )
        return {
            (MunicipalityCode(code), int(persons)): int(number) for code, persons, number in cursor.fetchall()
        }


@counts
def free_homes(
    municipalities: Sequence[MunicipalityCode], until: date
) -> dict[tuple[MunicipalityCode, int], int]:
    """Return homes that nobody was offered and that come free by a day, per municipality and largest household."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select h.municipality, h.largest_household, count(*) from store_homerow h
            where h.municipality = any(%s::text[]) and h.kind <> 'withdrawn' and h.available_from <= %s
              and not exists (select 1 from store_homerow r where r.replaces_id = h.id)
              and not exists (
                select 1 from store_offerrow o where o.home = h.home and o.kind = 'offered'
                  and not exists (select 1 from store_offerrow e where e.replaces_id = o.id)
              )
            group by 1, 2 order by 1, 2
            """,
            [list(municipalities), until],
        )
        return {(MunicipalityCode(code), int(size)): int(number) for code, size, number in cursor.fetchall()}


def latest(half_year: HalfYear) -> dict[MunicipalityCode, bool]:
    """Return whether each municipality stood under the threshold when that last changed in a half-year."""
    rows = WarningRow.objects.filter(half_year=str(half_year)).order_by("id")
    return {MunicipalityCode(row.municipality): row.is_low for row in rows}


def add_all(half_year: HalfYear, on: date, every: Sequence[tuple[MunicipalityCode, int, bool]]) -> None:
    """Keep chances in thousandths on a day, and whether each lies under the threshold."""
    WarningRow.objects.bulk_create(
        WarningRow(municipality=code, half_year=str(half_year), on=on, chance=chance, is_low=is_low)
        for code, chance, is_low in every
    )


@counts
def version() -> tuple[str, ...]:
    """Return what changes whenever a step on the way or a home is added."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select (select count(*) || '/' || coalesce(max(id), 0) from store_waysteprow),
              (select count(*) || '/' || coalesce(max(id), 0) from store_homerow)
            """
        )
        return tuple(str(part) for part in cursor.fetchone())
