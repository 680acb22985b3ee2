"""Family composition: counted straight from the tables on a day, and kept as it was published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from eenthuis.store.models import CompositionCountsRow, CompositionFileRow, CompositionRow
from eenthuis.store.scope import counts
from eenthuis.terms.composition import Characteristic, Stage

_GROUPS = """
    with linked as materialized (
      select l.household, l.municipality, l.persons, l."on" as since,
        coalesce((select string_agg(r ->> 'code', ',' order by r ->> 'code')
                  from jsonb_array_elements(l.reasons) r), '') as codes
      from store_linkrow l
      where l.kind = 'linked' and l."on" <= %(as_of)s
        and not exists (select 1 from store_linkrow e where e.replaces_id = l.id and e."on" <= %(as_of)s)
        and not exists (
          select 1 from store_signoffrow s
          where s.link_id = l.id and s.kind = 'signed-off' and s."on" <= %(as_of)s
            and not exists (select 1 from store_signoffrow w where w.replaces_id = s.id and w."on" <= %(as_of)s)
        )
    ), gone as materialized (
      select s.household from store_signoffrow s
      where s.kind = 'signed-off' and s."on" <= %(as_of)s
        and not exists (select 1 from store_signoffrow w where w.replaces_id = s.id and w."on" <= %(as_of)s)
    ), counted as materialized (
      select 'linked' as stage, l.municipality, l.household, l.persons, l.since, l.codes from linked l
      union all
      select 'waiting', c.municipality, h.identifier, h.persons, h.permit_on, ''
      from store_householdrow h join store_centrerow c on c.code = h.centre_id
      where h.permit_on <= %(as_of)s
        and h.identifier not in (select household from linked)
        and h.identifier not in (select household from gone)
    ), described as materialized (
      select f.*, coalesce(h.joining_people, 0) as joining, coalesce(h.joining_visa_granted, false) as granted,
        coalesce(h.needs_accessible_home, false) as accessible, m.birth_year, m.sex
      from counted f
      left join store_householdrow h on h.identifier = f.household
      left join lateral (
        select birth_year, sex from store_memberrow where household_id = f.household and f.persons = 1 limit 1
      ) m on true
      where %(municipality)s = '' or f.municipality = %(municipality)s
    )
    select d.stage, d.municipality, v.characteristic, v.value, count(*), coalesce(sum(v.people), 0)
    from described d cross join lateral (values
      ('total', 'all', 0),
      ('size', d.persons::text, 0),
      ('large', case when d.persons >= %(large)s then 'in-reception' end, 0),
      ('large', case when d.persons + case when d.granted then d.joining else 0 end >= %(large_with_joining)s
                     then 'with-joining' end, 0),
      ('singles-age', case when d.persons = 1
                           then coalesce((extract(year from %(as_of)s::date) - d.birth_year)::int::text, '') end, 0),
      ('singles-sex', case when d.persons = 1 then coalesce(d.sex, 'x') end, 0),
      ('joining', case when d.joining = 0 then 'nobody' when d.granted then 'granted' else 'expected' end, d.joining),
      ('accessible', case when d.accessible then 'yes' else 'no' end, 0),
      ('weeks', ((%(as_of)s::date - d.since) / 7)::text, 0),
      ('reason', case when d.stage = 'linked' then d.codes end, 0)
    ) v (characteristic, value, people)
    where v.value is not null
    group by 1, 2, 3, 4
    order by 1, 2, 3, 4
"""


@dataclass(frozen=True, slots=True)
class Grouped:
    """Households of a stage and municipality with one value of one characteristic."""

    stage: Stage
    municipality: str
    characteristic: Characteristic
    value: str
    households: int
    people: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A month as it was published; a hidden count is None."""

    month: date
    shown: Mapping[str, int | None]
    receipt: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Counted:
    """A published month with every count, the hidden ones too."""

    month: date
    shown: Mapping[str, int | None]
    counts: Mapping[str, int]
    people_linked: Mapping[str, int]


@counts
def groups_on(
    as_of: date, *, large: int, large_with_joining: int, municipality: str = ""
) -> tuple[Grouped, ...]:
    """Return households in reception on a day in groups; of one municipality, or of all.

    What is dated on the day itself counts. ``large`` and ``large_with_joining`` are fewest persons of a large family.
    """
    asked: dict[str, date | int | str] = {
        "as_of": as_of,
        "large": large,
        "large_with_joining": large_with_joining,
        "municipality": municipality,
    }
    with connection.cursor() as cursor:
        cursor.execute(_GROUPS, asked)
        return tuple(
            Grouped(Stage(stage), code, Characteristic(characteristic), value, households, int(people))
            for stage, code, characteristic, value, households, people in cursor.fetchall()
        )


@counts
def restless_between(after: date, until: date) -> frozenset[str]:
    """Return the municipalities in which a link or sign-off was made or taken back after a day, until another."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select municipality from store_linkrow where "on" > %(after)s and "on" <= %(until)s
            union
            select municipality from store_signoffrow where "on" > %(after)s and "on" <= %(until)s
            """,
            {"after": after, "until": until},
        )
        return frozenset(code for (code,) in cursor.fetchall())


def kept(month: date) -> Kept | None:
    """Return the composition published for the first day of a month, if there is one."""
    row = CompositionRow.objects.filter(month=month).first()
    return None if row is None else Kept(row.month, row.shown, row.receipt_id, row.made_at)


def counted_before(month: date, most: int) -> tuple[Counted, ...]:
    """Return at most so many of the last compositions published before a month, old to new."""
    rows = CompositionCountsRow.objects.filter(composition__month__lt=month).select_related("composition")
    return tuple(
        Counted(row.composition.month, row.composition.shown, row.counts, row.people_linked)
        for row in reversed(rows.order_by("-composition__month")[:most])
    )


def is_kept(month: date) -> bool:
    """Return whether the composition of a month was published."""
    return CompositionRow.objects.filter(month=month).exists()


def months() -> tuple[date, ...]:
    """Return the months published, newest first."""
    return tuple(CompositionRow.objects.order_by("-month").values_list("month", flat=True))


def keep(
    month: date,
    *,
    shown: Mapping[str, int | None],
    counts: Mapping[str, int],
    people_linked: Mapping[str, int],
    receipt: str,
    made_by: str,
) -> None:
    """Add the composition of a month; the database refuses a second one."""
    row = CompositionRow.objects.create(month=month, shown=dict(shown), receipt_id=receipt, made_by=made_by)
    CompositionCountsRow.objects.create(
        composition=row, counts=dict(counts), people_linked=dict(people_linked)
    )


def keep_file(month: date, name: str, content: bytes) -> None:
    """Add a file of a month's report."""
    row = CompositionRow.objects.only("id").get(month=month)
    CompositionFileRow.objects.create(composition=row, name=name, content=content)


def files() -> tuple[tuple[date, str, int], ...]:
    """Return month, name and size in bytes of every file, newest month first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select c.month, f.name, octet_length(f.content) from store_compositionfilerow f
            join store_compositionrow c on c.id = f.composition_id order by c.month desc, f.name
            """
        )
        return tuple((month, name, size) for month, name, size in cursor.fetchall())


def files_of(month: date) -> Mapping[str, bytes]:
    """Return the files of a month's report by name."""
    rows = CompositionFileRow.objects.filter(composition__month=month).order_by("name")
    return {row.name: bytes(row.content) for row in rows}


def file(month: date, name: str) -> bytes | None:
    """Return a file of a month's report, if there is one."""
    row = CompositionFileRow.objects.filter(composition__month=month, name=name).first()
    return None if row is None else bytes(row.content)
