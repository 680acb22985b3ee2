"""Announcements, targets, swaps and opening balances as rows and terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db import connection

from eenthuis.store.models import AnnouncementRow, OpeningBalanceRow, SwapPartRow, SwapRow, TargetRow
from eenthuis.store.scope import counts
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.targets import Announcement, AnnouncementStatus, NetTarget, NetTargets, Swap


@dataclass(frozen=True, slots=True)
class HeldTargets:
    """The targets in force in a half-year with the facts they were made from."""

    reference_date: date
    receipt_number: str
    announcement: str
    targets: Mapping[MunicipalityCode, NetTarget]


def save_announcement(announcement: Announcement) -> None:
    """Add an announcement; the row it replaces stays."""
    replaced = (
        AnnouncementRow.objects.get(identifier=announcement.replaces) if announcement.replaces else None
    )
    AnnouncementRow.objects.create(
        identifier=announcement.identifier,
        half_year=str(announcement.half_year),
        people=announcement.people,
        announced_on=announcement.announced_on,
        known_by=announcement.known_by,
        status=announcement.status.value,
        source=announcement.source,
        note=announcement.note,
        replaces=replaced,
    )


def announcements(half_year: HalfYear) -> tuple[Announcement, ...]:
    """Return the announcements of a half-year, in the order in which they were registered."""
    rows = AnnouncementRow.objects.filter(half_year=str(half_year)).select_related("replaces").order_by("id")
    return tuple(_announcement(row) for row in rows)


def announced_half_years() -> frozenset[HalfYear]:
    """Return the half-years of which a national number was announced."""
    written = AnnouncementRow.objects.values_list("half_year", flat=True).distinct()
    return frozenset(HalfYear.parse(text) for text in written)


def half_years() -> tuple[HalfYear, ...]:
    """Return the half-years that have targets, oldest first."""
    written = TargetRow.objects.values_list("half_year", flat=True).distinct()
    return tuple(sorted(HalfYear.parse(text) for text in written))


def save_targets(made: NetTargets, *, announcement: str, receipt_number: str) -> None:
    """Add the targets of a half-year; each names the one in force before it, if any."""
    parent = AnnouncementRow.objects.get(identifier=announcement)
    before = {
        row.municipality: row
        for row in TargetRow.objects.filter(half_year=str(made.half_year), replaced_by__isnull=True)
    }
    TargetRow.objects.bulk_create(
        TargetRow(
            half_year=str(made.half_year),
            municipality=target.municipality,
            announcement=parent,
            inhabitants=target.inhabitants,
            reference_date=made.reference_date,
            exact_numerator=target.exact.numerator,
            exact_denominator=target.exact.denominator,
            people=target.people,
            receipt_id=receipt_number,
            replaces=before.get(target.municipality),
        )
        for target in made.targets
    )


def targets_in_force(half_year: HalfYear) -> HeldTargets | None:
    """Return the targets in force in a half-year, or None when nothing was announced."""
    rows = list(
        TargetRow.objects.filter(half_year=str(half_year), replaced_by__isnull=True)
        .select_related("announcement")
        .order_by("municipality")
    )
    if not rows:
        return None
    return HeldTargets(
        reference_date=rows[0].reference_date,
        receipt_number=str(rows[0].receipt_id),
        announcement=rows[0].announcement.identifier,
        targets={
            MunicipalityCode(row.municipality): NetTarget(
                municipality=MunicipalityCode(row.municipality),
                half_year=half_year,
                inhabitants=row.inhabitants,
                exact=Fraction(row.exact_numerator, row.exact_denominator),
                people=row.people,
            )
            for row in rows
        },
    )


def net_per_half_year(until: HalfYear) -> Mapping[HalfYear, Mapping[MunicipalityCode, int]]:
    """Return the net targets in force of every half-year up to and including one, in people."""
    found: dict[HalfYear, dict[MunicipalityCode, int]] = {}
    rows = TargetRow.objects.filter(replaced_by__isnull=True).values_list(
        "half_year", "municipality", "people"
    )
    for written, code, people in rows:
        half_year = HalfYear.parse(written)
        if half_year <= until:
            found.setdefault(half_year, {})[MunicipalityCode(code)] = people
    return found


def save_swap(swap: Swap, *, registered_by: str) -> None:
    """Add a swap with its parts; the database refuses parts that do not add up to nothing."""
    row = SwapRow.objects.create(
        half_year=str(swap.half_year),
        decided_on=swap.decided_on,
        reference=swap.reference,
        registered_by=registered_by,
    )
    SwapPartRow.objects.bulk_create(
        SwapPartRow(swap=row, municipality=code, change=change)
        for code, change in sorted(swap.changes.items())
        if change
    )


def swaps(
    half_year: HalfYear | None, municipality: MunicipalityCode | None, *, first: int, most: int
) -> tuple[tuple[tuple[int, Swap], ...], int]:
    """Return one page of the swaps of a half-year or of all, newest first, with their numbers; and how many."""
    rows = SwapRow.objects.order_by("-id")
    if half_year is not None:
        rows = rows.filter(half_year=str(half_year))
    if municipality is not None:
        rows = rows.filter(parts__municipality=municipality)
    page = rows.prefetch_related("parts")[first : first + most]
    return tuple((row.pk, _swap(row)) for row in page), rows.count()


def swap_by_number(number: int) -> Swap | None:
    """Return a swap, if there is one by this number."""
    row = SwapRow.objects.filter(pk=number).prefetch_related("parts").first()
    return None if row is None else _swap(row)


def _swap(row: SwapRow) -> Swap:
    changes = {MunicipalityCode(part.municipality): part.change for part in row.parts.all()}
    return Swap(HalfYear.parse(row.half_year), row.decided_on, dict(sorted(changes.items())), row.reference)


def swapped_per_half_year(until: HalfYear) -> Mapping[HalfYear, Mapping[MunicipalityCode, int]]:
    """Return what swaps changed per municipality in every half-year up to and including one, in people."""
    found: dict[HalfYear, Counter[MunicipalityCode]] = {}
    rows = SwapPartRow.objects.values_list("swap__half_year", "municipality", "change")
    for written, code, change in rows:
        half_year = HalfYear.parse(written)
        if half_year <= until:
            found.setdefault(half_year, Counter())[MunicipalityCode(code)] += change
    return found


def opening_balances() -> tuple[HalfYear | None, Mapping[MunicipalityCode, int]]:
    """Return the half-year with which these tables begin and the backlog or lead carried into it, in people."""
    rows = list(OpeningBalanceRow.objects.values_list("half_year", "municipality", "backlog_or_lead"))
    if not rows:
        return None, {}
    return HalfYear.parse(rows[0][0]), {MunicipalityCode(code): people for _, code, people in rows}


def save_opening_balances(half_year: HalfYear, balances: Mapping[MunicipalityCode, int], source: str) -> None:
    """Add the balances with which the first half-year begins, in people."""
    OpeningBalanceRow.objects.bulk_create(
        OpeningBalanceRow(half_year=str(half_year), municipality=code, backlog_or_lead=people, source=source)
        for code, people in sorted(balances.items())
    )


@counts
def realised_per_half_year(until: HalfYear, as_of: date) -> Mapping[HalfYear, Mapping[MunicipalityCode, int]]:
    """Return people signed off per half-year and municipality, up to and including ``as_of``."""
    found: dict[HalfYear, dict[MunicipalityCode, int]] = {}
    for written, code, people in _rows(
        """
        select s.half_year, s.municipality, sum(s.persons)
        from store_signoffrow s
        where s.kind = 'signed-off' and s."on" <= %(as_of)s
          and not exists (select 1 from store_signoffrow r where r.replaces_id = s.id and r."on" <= %(as_of)s)
        group by 1, 2
        """,
        {"as_of": as_of},
    ):
        half_year = HalfYear.parse(str(written))
        if half_year <= until:
            found.setdefault(half_year, {})[MunicipalityCode(str(code))] = int(str(people))
    return found


@counts
def linked_not_signed_off(as_of: date) -> Mapping[MunicipalityCode, int]:
    """Return people linked and not yet signed off per municipality, as on ``as_of``."""
    return {
        MunicipalityCode(str(code)): int(str(people))
        for code, people in _rows(
            """
            select l.municipality, sum(l.persons)
            from store_linkrow l
            where l.kind = 'linked' and l."on" <= %(as_of)s
              and not exists (select 1 from store_linkrow r where r.replaces_id = l.id and r."on" <= %(as_of)s)
              and not exists (
                select 1 from store_signoffrow s
                where s.link_id = l.id and s.kind = 'signed-off' and s."on" <= %(as_of)s
                  and not exists (select 1 from store_signoffrow w where w.replaces_id = s.id and w."on" <= %(as_of)s)
              )
            group by 1
            """,
            {"as_of": as_of},
        )
    }


@counts
def people_linked_between(after: date, until: date) -> Mapping[MunicipalityCode, int]:
    """Return people linked per municipality after a day and until another, whose link held on that other day.

    Anyone can work this out from what is published: people linked then and now, and people housed between.
    """
    return {
        MunicipalityCode(str(code)): int(str(people))
        for code, people in _rows(
            """
            select l.municipality, sum(l.persons)
            from store_linkrow l
            where l.kind = 'linked' and l."on" > %(after)s and l."on" <= %(until)s
              and not exists (select 1 from store_linkrow r where r.replaces_id = l.id and r."on" <= %(until)s)
            group by 1
            """,
            {"after": after, "until": until},
        )
    }


@counts
def has_linked_before(day: date) -> bool:
    """Return whether anyone was linked before a day."""
    ((found,),) = _rows(
        """select exists (select 1 from store_linkrow where kind = 'linked' and "on" < %(day)s)""",
        {"day": day},
    )
    return bool(found)


@counts
def realised_by_day(
    half_year: HalfYear, municipalities: Iterable[MunicipalityCode] | None
) -> Mapping[date, int]:
    """Return people signed off per day of a half-year, of some municipalities or of all."""
    chosen = None if municipalities is None else list(municipalities)
    found: dict[date, int] = {}
    for day, people in _rows(
        """
        select s."on", sum(s.persons)
        from store_signoffrow s
        where s.kind = 'signed-off' and s.half_year = %(half_year)s
          and (%(chosen)s::text[] is null or s.municipality = any(%(chosen)s::text[]))
          and not exists (select 1 from store_signoffrow r where r.replaces_id = s.id)
        group by 1
        """,
        {
            "half_year": str(half_year),
            "chosen": [str(code) for code in chosen] if chosen is not None else None,
        },
    ):
        if isinstance(day, date):
            found[day] = int(str(people))
    return found


@counts
def version() -> tuple[str, ...]:
    """Return what changes whenever a target, swap, balance, link or sign-off is added, in whichever database.

    Rows are only ever added, so their number tells of every change, also of one committed after a later one.
    """
    tables = ("targetrow", "swappartrow", "openingbalancerow", "linkrow", "signoffrow")
    changed = ", ".join(
        f"(select count(*) || '/' || coalesce(max(id), 0) from store_{table})"  # noqa: S608 - names from above
        for table in tables
    )
    (found,) = _rows(f"select current_database()::text, {changed}", {})
    return tuple(str(part) for part in found)


def _rows(query: str, values: Mapping[str, str | date | list[str] | None]) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def _announcement(row: AnnouncementRow) -> Announcement:
    return Announcement(
        identifier=row.identifier,
        half_year=HalfYear.parse(row.half_year),
        people=row.people,
        announced_on=row.announced_on,
        known_by=row.known_by,
        status=AnnouncementStatus(row.status),
        source=row.source,
        replaces=row.replaces.identifier if isinstance(row.replaces, AnnouncementRow) else None,
        note=row.note,
    )
