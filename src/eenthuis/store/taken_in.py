"""What rows of spreadsheets are compared with, and how many of them are added at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from eenthuis.store.models import LinkRow, SignOffRow
from eenthuis.store.sheet_models import StatedProgressRow
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import MunicipalityCode

BATCH = 2000


@dataclass(frozen=True, slots=True)
class Stated:
    """A municipality's own count: people housed in a half-year up to and including a day."""

    municipality: MunicipalityCode
    half_year: HalfYear
    as_of: date
    realised: int
    note: str


def signed_off_on(identifiers: Sequence[HouseholdId]) -> Mapping[HouseholdId, date]:
    """Return the day on which each of these households was signed off; others are left out."""
    rows = SignOffRow.objects.filter(
        household__in=list(identifiers), kind="signed-off", replaced_by__isnull=True
    )
    return {HouseholdId(name): on for name, on in rows.values_list("household", "on")}


def sign_offs_in_force(half_year: HalfYear | None) -> Iterator[tuple[str, date, str]]:
    """Yield household, day and municipality of every sign-off in force, by day."""
    rows = _sign_offs(half_year).order_by("on", "household")
    return rows.values_list("household", "on", "municipality").iterator(BATCH)


def sign_off_count(half_year: HalfYear | None) -> int:
    """Return how many sign-offs are in force."""
    return _sign_offs(half_year).count()


def _sign_offs(half_year: HalfYear | None) -> QuerySet[SignOffRow]:
    rows = SignOffRow.objects.filter(kind="signed-off", replaced_by__isnull=True)
    return rows if half_year is None else rows.filter(half_year=str(half_year))


def add_sign_offs(signed: Sequence[tuple[LinkRow, date]], *, decided_by: str) -> list[SignOffRow]:
    """Sign many households off, each for the municipality of its link; return the steps."""
    names = [link.household for link, _ in signed]
    last = {row.household: row for row in SignOffRow.objects.filter(household__in=names).order_by("step")}
    return SignOffRow.objects.bulk_create(
        [
            SignOffRow(
                household=link.household,
                step=last[link.household].step + 1 if link.household in last else 1,
                kind="signed-off",
                link=link,
                municipality=link.municipality,
                half_year=str(HalfYear.containing(on)),
                persons=link.persons,
                on=on,
                replaces=last.get(link.household),
                decided_by=decided_by,
            )
            for link, on in signed
        ],
        batch_size=BATCH,
    )


def stated_in_force(
    municipalities: Collection[MunicipalityCode] | None = None, half_year: HalfYear | None = None
) -> tuple[StatedProgressRow, ...]:
    """Return what municipalities state, of some of them or of all, by municipality and day."""
    rows = StatedProgressRow.objects.filter(replaced_by__isnull=True)
    if municipalities is not None:
        rows = rows.filter(municipality__in=list(municipalities))
    if half_year is not None:
        rows = rows.filter(half_year=str(half_year))
    return tuple(rows.order_by("municipality", "half_year", "as_of"))


def stated_of(row: StatedProgressRow) -> Stated:
    """Return a row as what it states."""
    return Stated(
        MunicipalityCode(row.municipality), HalfYear.parse(row.half_year), row.as_of, row.realised, row.note
    )


def add_stated(every: Sequence[tuple[Stated, StatedProgressRow | None]], *, stated_by: str) -> None:
    """Add statements, each after the one that it replaces, if any."""
    StatedProgressRow.objects.bulk_create(
        [
            StatedProgressRow(
                municipality=one.municipality,
                half_year=str(one.half_year),
                as_of=one.as_of,
                realised=one.realised,
                note=one.note,
                replaces=before,
                stated_by=stated_by,
            )
            for one, before in every
        ],
        batch_size=BATCH,
    )
