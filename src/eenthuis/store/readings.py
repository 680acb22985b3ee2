"""Dated readings of supervision as rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from eenthuis.store.models import ReceiptRow
from eenthuis.store.sheet_models import StatedProgressRow
from eenthuis.store.supervision_models import ReadingRow
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.receipt import Receipt, plain


@dataclass(frozen=True, slots=True)
class KeptReading:
    """A reading as it was kept; ``people`` short, or ahead where negative. ``is_replaced`` by a later one."""

    municipality: MunicipalityCode
    half_year: HalfYear
    as_of: date
    verdict: str
    people: int
    held: int
    rung: int
    answer_by: date | None
    is_provisional: bool
    receipt: str
    kept_by: str
    kept_at: datetime
    is_replaced: bool = False


@dataclass(frozen=True, slots=True)
class HeldReceipt:
    """The receipt of a reading in force: its number, and the digest of what it was computed from."""

    number: str
    input_digest: str


def kept_of(
    municipalities: Sequence[MunicipalityCode], *, most: int | None = None
) -> tuple[KeptReading, ...]:
    """Return the readings kept of municipalities, newest first, those that were replaced too."""
    rows = ReadingRow.objects.filter(municipality__in=municipalities).select_related("replaced_by")
    return tuple(_kept(row) for row in rows.order_by("-as_of", "-id")[:most])


def in_force(
    municipalities: Sequence[MunicipalityCode], half_year: HalfYear, as_of: date
) -> Mapping[MunicipalityCode, HeldReceipt]:
    """Return the receipt of the reading in force of each municipality for a half-year and day."""
    rows = _in_force(municipalities, half_year, as_of).values_list(
        "municipality", "receipt_id", "receipt__document__input_digest"
    )
    return {MunicipalityCode(code): HeldReceipt(number, digest) for code, number, digest in rows}


def add_all(every: Iterable[tuple[KeptReading, Receipt]]) -> int:
    """Add readings with their receipts; each replaces the one in force for its half-year and day. Return how many."""
    listed = tuple(every)
    if not listed:
        return 0
    first = listed[0][0]
    before = {
        row.municipality: row
        for row in _in_force([one.municipality for one, _ in listed], first.half_year, first.as_of)
    }
    ReceiptRow.objects.bulk_create(
        [
            ReceiptRow(
                number=receipt.number, action=receipt.action, as_of=receipt.as_of, document=plain(receipt)
            )
            for _, receipt in listed
        ],
        ignore_conflicts=True,
    )
    ReadingRow.objects.bulk_create(
        ReadingRow(
            municipality=one.municipality,
            half_year=str(one.half_year),
            as_of=one.as_of,
            verdict=one.verdict,
            people=one.people,
            held=one.held,
            rung=one.rung,
            answer_by=one.answer_by,
            is_provisional=one.is_provisional,
            receipt_id=receipt.number,
            replaces=before.get(one.municipality),
            kept_by=one.kept_by,
        )
        for one, receipt in listed
    )
    return len(listed)


def own_counts(
    municipalities: Sequence[MunicipalityCode], until: date
) -> Mapping[tuple[HalfYear, MunicipalityCode], int]:
    """Return what municipalities stated last of each half-year, up to and including a day."""
    rows = StatedProgressRow.objects.filter(
        replaced_by__isnull=True, municipality__in=municipalities, as_of__lte=until
    ).order_by("as_of", "id")
    return {(HalfYear.parse(row.half_year), MunicipalityCode(row.municipality)): row.realised for row in rows}


def _in_force(
    municipalities: Sequence[MunicipalityCode], half_year: HalfYear, as_of: date
) -> QuerySet[ReadingRow]:
    return ReadingRow.objects.filter(
        municipality__in=municipalities, half_year=str(half_year), as_of=as_of, replaced_by__isnull=True
    )


def _kept(row: ReadingRow) -> KeptReading:
    return KeptReading(
        municipality=MunicipalityCode(row.municipality),
        half_year=HalfYear.parse(row.half_year),
        as_of=row.as_of,
        verdict=row.verdict,
        people=row.people,
        held=row.held,
        rung=row.rung,
        answer_by=row.answer_by,
        is_provisional=row.is_provisional,
        receipt=row.receipt_id,
        kept_by=row.kept_by,
        kept_at=row.kept_at,
        is_replaced=hasattr(row, "replaced_by"),
    )
