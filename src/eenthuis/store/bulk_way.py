"""Loading many homes and steps at once, as the demonstration does."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from django.db import connection
from django.utils import timezone

from eenthuis.demonstration.homes import DrawnStep, DrawnWays
from eenthuis.terms.homes import Home


def copy_first(ways: DrawnWays, *, decided_by: str) -> None:
    """Add every home, and the talks that were held before anybody was linked."""
    copy_homes(ways.homes, decided_by=decided_by)
    copy_steps(ways.talks, decided_by=decided_by)


def copy_homes(homes: Sequence[Home], *, decided_by: str) -> None:
    """Add the first version of every home."""
    now = timezone.now()
    _copy(
        "copy store_homerow (home, step, kind, municipality, owner, kind_of_home, rooms, largest_household, "
        "is_accessible, available_from, why, decided_by, decided_at) from stdin",
        (
            (
                home.identifier,
                1,
                "added",
                home.municipality,
                home.owner,
                home.kind.value,
                home.rooms,
                home.largest_household,
                home.is_accessible,
                home.available_from,
                "",
                decided_by,
                now,
            )
            for home in homes
        ),
    )


def copy_steps(steps: Sequence[DrawnStep], *, decided_by: str) -> None:
    """Add steps after those that are there, in the order given; an offer names a home and the link in force."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            create temporary table taking
              (number integer, household text, kind text, day date, home text, why text, given text) on commit drop
            """
        )
    _copy(
        "copy taking (number, household, kind, day, home, why, given) from stdin",
        (
            (
                number,
                step.household,
                step.kind.value,
                step.on,
                step.home,
                step.why,
                json.dumps(dict(step.values)),
            )
            for number, step in enumerate(steps)
        ),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            """
            insert into store_offerrow
              (home, step, kind, municipality, household, link_id, "on", why, decided_by, decided_at)
            select t.home, 1, 'offered', l.municipality, t.household, l.id, t.day, '', %s, now()
            from taking t join store_linkrow l on l.household = t.household and l.kind = 'linked'
            where t.home is not null order by t.number
            """,
            [decided_by],
        )
        cursor.execute(
            """
            insert into store_waysteprow
              (household, step, place, kind, "on", offer_id, "values", why, decided_by, decided_at)
            select household, step, step, kind, case when offer_id is null then day end, offer_id, given::jsonb, why,
              case when offer_id is null then %s else '' end, now()
            from (
              select t.*, o.id as offer_id,
                coalesce((select max(s.step) from store_waysteprow s where s.household = t.household), 0)
                  + row_number() over (partition by t.household order by t.number) as step
              from taking t left join store_offerrow o on o.home = t.home
            ) numbered order by number
            """,
            [decided_by],
        )
        cursor.execute("drop table taking")


def _copy(statement: str, rows: Iterable[Sequence[object]]) -> None:
    connection.ensure_connection()
    with connection.cursor() as cursor, cursor.copy(statement) as stream:
        for row in rows:
            stream.write_row(row)
