"""Offers and swaps of the regional table as rows, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Max

from eenthuis.store.reception_models import PlaceOfferRow, PlaceSwapRow, PlaceSwapStepRow
from eenthuis.store.scope import counts
from eenthuis.terms.capacity import PlaceOffer, PlaceOfferId
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.reception import PlaceKind, PlaceSwap

ADDED, CHANGED, WITHDRAWN = "added", "changed", "withdrawn"
PUT_FORWARD, ACCEPTED, CONFIRMED = "put-forward", "accepted", "confirmed"


@dataclass(frozen=True, slots=True)
class HeldOffer:
    """An offer as it is now, with the version that holds."""

    offer: PlaceOffer
    kind: str
    step: int
    key: int
    why: str
    decided_by: str

    @property
    def is_withdrawn(self) -> bool:
        """Whether the offer was withdrawn."""
        return self.kind == WITHDRAWN


@dataclass(frozen=True, slots=True)
class SwapStep:
    """What a party did with a swap: by whom, on which day."""

    kind: str
    party: str
    on: date
    decided_by: str


@dataclass(frozen=True, slots=True)
class HeldPlaceSwap:
    """A swap as it was put forward, with what was done with it."""

    number: int
    year: int
    province: ProvinceCode
    agreed: PlaceSwap
    note: str
    steps: tuple[SwapStep, ...]

    @property
    def state(self) -> str:
        """How far it is: open, accepted by every municipality in it, confirmed by the province, or withdrawn."""
        kinds = {step.kind for step in self.steps}
        if WITHDRAWN in kinds:
            return WITHDRAWN
        if CONFIRMED in kinds:
            return CONFIRMED
        return "open" if self.waiting_for else ACCEPTED

    @property
    def holds(self) -> bool:
        """Whether the swap changes shares."""
        return self.state in {ACCEPTED, CONFIRMED}

    @property
    def waiting_for(self) -> tuple[MunicipalityCode, ...]:
        """The municipalities in the swap that did not accept it; none when the province confirmed it."""
        done = {step.party for step in self.steps if step.kind in {PUT_FORWARD, ACCEPTED}}
        return tuple(code for code in sorted(self.agreed.changes) if code not in done)


def lock_table(year: int, province: ProvinceCode) -> None:
    """Hold the table of a province until the transaction ends; others who change it wait."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"table:{year}:{province}"])


def offer(identifier: PlaceOfferId) -> HeldOffer | None:
    """Return an offer as it is now, if there is one by this number within reach."""
    row = PlaceOfferRow.objects.filter(offer=identifier, replaced_by__isnull=True).first()
    return None if row is None else _offer(row)


def offers(year: int, municipalities: Iterable[str] | None = None) -> tuple[HeldOffer, ...]:
    """Return the offers of a cycle within reach that were not withdrawn, by municipality."""
    rows = PlaceOfferRow.objects.filter(year=year, replaced_by__isnull=True).exclude(kind=WITHDRAWN)
    if municipalities is not None:
        rows = rows.filter(municipality__in=list(municipalities))
    return tuple(_offer(row) for row in rows.order_by("municipality", "offer"))


@counts
def next_offer() -> PlaceOfferId:
    """Return a number for a new offer; two who ask at once get the same one, and one of them is refused."""
    last: str | None = PlaceOfferRow.objects.aggregate(last=Max("offer"))["last"]
    return PlaceOfferId(f"O-{int(last.removeprefix('O-')) + 1 if last else 1:07d}")


def add_offer_step(
    offer: PlaceOffer, kind: str, *, after: HeldOffer | None, decided_by: str, why: str = ""
) -> None:
    """Add a version of an offer, after an earlier one if there is one."""
    PlaceOfferRow.objects.create(
        offer=offer.identifier,
        step=after.step + 1 if after else 1,
        kind=kind,
        year=offer.year,
        municipality=offer.municipality,
        place_kind=offer.kind.value,
        places=offer.places,
        is_durable=offer.is_durable,
        for_minors=offer.for_minors,
        first_day=offer.first_day,
        last_day=offer.last_day,
        note=offer.note,
        is_invented=offer.is_invented,
        why=why,
        replaces_id=after.key if after else None,
        decided_by=decided_by,
    )


def add_swap(year: int, province: ProvinceCode, agreed: PlaceSwap, note: str) -> int:
    """Add a swap as it is put forward and return its number."""
    row = PlaceSwapRow.objects.create(
        year=year,
        province=province,
        changes=dict(agreed.changes),
        place_kind=agreed.kind.value,
        is_durable=agreed.is_durable,
        note=note,
    )
    return int(row.pk)


def add_swap_step(number: int, kind: str, party: str, *, on: date, decided_by: str, why: str = "") -> None:
    """Add what a party did with a swap; the database refuses a second end and a second confirmation by one person."""
    PlaceSwapStepRow.objects.create(
        swap_id=number, kind=kind, party=party, on=on, decided_by=decided_by, why=why
    )


def swap(number: int) -> HeldPlaceSwap | None:
    """Return a swap by its number."""
    row = PlaceSwapRow.objects.prefetch_related("steps").filter(pk=number).first()
    return None if row is None else _swap(row)


def swaps(year: int, province: ProvinceCode) -> tuple[HeldPlaceSwap, ...]:
    """Return the swaps of a province in a cycle, in the order in which they were put forward."""
    rows = PlaceSwapRow.objects.prefetch_related("steps").filter(year=year, province=province)
    return tuple(_swap(row) for row in rows.order_by("id"))


def _offer(row: PlaceOfferRow) -> HeldOffer:
    return HeldOffer(
        PlaceOffer(
            identifier=PlaceOfferId(row.offer),
            year=row.year,
            municipality=MunicipalityCode(row.municipality),
            places=row.places,
            kind=PlaceKind(row.place_kind),
            is_durable=row.is_durable,
            for_minors=row.for_minors,
            first_day=row.first_day,
            last_day=row.last_day,
            note=row.note,
            is_invented=row.is_invented,
        ),
        row.kind,
        row.step,
        int(row.pk),
        row.why,
        row.decided_by,
    )


def _swap(row: PlaceSwapRow) -> HeldPlaceSwap:
    steps = sorted(row.steps.all(), key=lambda step: step.pk)
    return HeldPlaceSwap(
        number=int(row.pk),
        year=row.year,
        province=ProvinceCode(row.province),
        agreed=PlaceSwap(_changes(row.changes), PlaceKind(row.place_kind), row.is_durable),
        note=row.note,
        steps=tuple(SwapStep(step.kind, step.party, step.on, step.decided_by) for step in steps),
    )


def _changes(document: Mapping[str, int]) -> dict[MunicipalityCode, int]:
    return {MunicipalityCode(code): places for code, places in document.items()}
