"""Urgency schemes as rows, and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from eenthuis.store.urgency_models import UrgencySchemeRow
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.urgency import OfferOrder, TargetProvision, UrgencyGroup, UrgencyScheme


@dataclass(frozen=True, slots=True)
class HeldScheme:
    """An entry in force with its number, and who entered it when and why."""

    number: int
    scheme: UrgencyScheme
    why: str
    entered_by: str
    entered_at: datetime


def schemes(municipality: MunicipalityCode | None = None) -> tuple[HeldScheme, ...]:
    """Return the entries that were not replaced, by municipality and day; each ends before the next one begins."""
    rows = UrgencySchemeRow.objects.filter(replaced_by__isnull=True).order_by("municipality", "first_day")
    if municipality is not None:
        rows = rows.filter(municipality=municipality)
    held: defaultdict[str, list[UrgencySchemeRow]] = defaultdict(list)
    for row in rows:
        held[row.municipality].append(row)
    return tuple(
        _held(row, None if following is None else following.first_day - timedelta(days=1))
        for of in held.values()
        for row, following in zip(of, [*of[1:], None], strict=True)
    )


def add_scheme(scheme: UrgencyScheme, *, why: str, entered_by: str, replaces: int | None) -> int:
    """Add an entry and return its number; the database refuses a second one from the same day that replaces none."""
    return UrgencySchemeRow.objects.create(
        municipality=scheme.municipality,
        first_day=scheme.first_day,
        has_scheme=scheme.has_scheme,
        names_status_holders=scheme.names_status_holders,
        provision=scheme.provision.value,
        groups=_words(sorted(scheme.groups)),
        order=_words(scheme.order),
        source=scheme.source,
        why=why,
        replaces_id=replaces,
        entered_by=entered_by,
    ).pk


def _words(words: Sequence[UrgencyGroup | OfferOrder]) -> str:
    return " ".join(word.value for word in words)


def _held(row: UrgencySchemeRow, last_day: date | None) -> HeldScheme:
    scheme = UrgencyScheme(
        municipality=MunicipalityCode(row.municipality),
        first_day=row.first_day,
        last_day=last_day,
        has_scheme=row.has_scheme,
        names_status_holders=row.names_status_holders,
        provision=TargetProvision(row.provision),
        groups=frozenset(UrgencyGroup(word) for word in row.groups.split()),
        order=tuple(OfferOrder(word) for word in row.order.split()),
        source=row.source,
    )
    return HeldScheme(row.pk, scheme, row.why, row.entered_by, row.entered_at)
