"""Which receipts belong to a municipality in a half-year."""

from __future__ import annotations

from eenthuis.store.models import ReceiptRow
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode


def receipts_of(code: MunicipalityCode, half_year: HalfYear) -> tuple[ReceiptRow, ...]:
    """Return the receipts of every target a municipality had in a half-year, newest first; and of its swaps."""
    targets = ReceiptRow.objects.filter(targetrow__municipality=code, targetrow__half_year=str(half_year))
    swaps = ReceiptRow.objects.filter(
        action="targets.swap",
        document__inputs__half_year=str(half_year),
        document__inputs__before__has_key=code,
    )
    return tuple(sorted({*targets, *swaps}, key=lambda row: row.made_at, reverse=True))
