"""Loading many rows at once, as the demonstration does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import connection
from django.utils import timezone

from eenthuis.store.models import BuiltCountryRow, HouseholdRow
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.people import Link


def copy_links(links: Sequence[Link], *, reasons: Sequence[Sequence[str]], decided_by: str) -> None:
    """Add a first link for every household, each with its reason codes."""
    now = timezone.now()
    _copy(
        'copy store_linkrow (household, step, kind, municipality, half_year, persons, "on", reasons, why, '
        "decided_by, decided_at) from stdin",
        (
            (
                link.household,
                1,
                "linked",
                link.municipality,
                str(link.half_year),
                link.persons,
                link.linked_on,
                _reasons(codes),
                "",
                decided_by,
                now,
            )
            for link, codes in zip(links, reasons, strict=True)
        ),
    )


def copy_sign_offs(days: Sequence[tuple[str, date]], *, decided_by: str) -> None:
    """Sign off households on a day each, for the municipality of their link in force."""
    with connection.cursor() as cursor:
        cursor.execute(
            "create temporary table signing (household text, day date, half_year text) on commit drop"
        )
    _copy(
        "copy signing (household, day, half_year) from stdin",
        ((household, day, str(HalfYear.containing(day))) for household, day in days),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            """
            insert into store_signoffrow (household, step, kind, link_id, municipality, half_year, persons, "on",
              why, decided_by, decided_at)
            select l.household, 1, 'signed-off', l.id, l.municipality, s.half_year, l.persons, s.day, '', %s, now()
            from signing s join store_linkrow l on l.household = s.household and l.step = 1
            order by s.day, l.household
            """,
            [decided_by],
        )
        cursor.execute("drop table signing")


def analyse() -> None:
    """Let the planner know how much there is."""
    with connection.cursor() as cursor:
        cursor.execute("analyze")


def built() -> BuiltCountryRow | None:
    """Return the mark of a demonstration country that was built whole, if there is one."""
    return BuiltCountryRow.objects.order_by("-id").first()


def mark_built(*, seed: int, today: date, version: str) -> None:
    """Set the mark; it is written in the same transaction as the country, so a half-built one has none."""
    BuiltCountryRow.objects.create(seed=seed, today=today, version=version)


def anybody() -> bool:
    """Return whether there are households in the tables."""
    return HouseholdRow.objects.exists()


def _reasons(codes: Sequence[str]) -> str:
    listed = ", ".join(f'{{"code": "{code}", "points": 0, "values": {{}}}}' for code in codes)
    return f"[{listed}]"


def _copy(statement: str, rows: Iterable[Sequence[object]]) -> None:
    connection.ensure_connection()
    with connection.cursor() as cursor, cursor.copy(statement) as stream:
        for row in rows:
            stream.write_row(row)
