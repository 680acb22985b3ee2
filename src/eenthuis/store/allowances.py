"""Counting requests per minute in the database, so that all processes on all machines count together."""

from __future__ import annotations

from django.db import connection

SECONDS = 60
KEPT_MINUTES = 10
SWEPT_AT_ONCE = 500


def take(who: str) -> tuple[int, int]:
    """Count one more request of someone in the running minute of the database's clock.

    Returns how many there were, this one included, and in how many seconds the next minute begins.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            insert into store_allowancerow as held (who, minute, used)
            values (%(who)s, floor(extract(epoch from clock_timestamp()) / 60)::bigint, 1)
            on conflict (who) do update set
              used = case when held.minute = excluded.minute then held.used + 1 else 1 end,
              minute = excluded.minute
            returning used, minute, 60 - mod(floor(extract(epoch from clock_timestamp()))::bigint, 60)
            """,
            {"who": who},
        )
        used, minute, seconds = cursor.fetchone()
        if used == 1:
            cursor.execute(
                """
                delete from store_allowancerow where who in (
                  select who from store_allowancerow where minute < %s limit %s for update skip locked
                )
                """,
                [minute - KEPT_MINUTES, SWEPT_AT_ONCE],
            )
    return int(used), min(max(int(seconds), 1), SECONDS)
