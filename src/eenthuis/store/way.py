"""Steps on the way of households, as rows and as terms."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from django.db import connection
from django.db.models import Max

from eenthuis.store.models import HouseholdRow, OfferRow, WayStepRow
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.way import StepKind, WayStep

_STEPS = """
    select s.household, s.step, s.kind, coalesce(s."on", l."on", f."on", o."on", s.decided_at::date),
      coalesce(nullif(s.decided_by, ''), l.decided_by, f.decided_by, o.decided_by, ''),
      coalesce(nullif(s.why, ''), l.why, f.why, o.why, ''), s."values",
      coalesce(l.municipality, f.municipality, ''), coalesce(o.home, ''), r.step
    from store_waysteprow s
    left join store_linkrow l on l.id = s.link_id
    left join store_signoffrow f on f.id = s.sign_off_id
    left join store_offerrow o on o.id = s.offer_id
    left join store_waysteprow r on r.id = s.replaces_id
    where s.household = any(%s)
    order by s.household, s.step
"""


def steps_of(identifiers: Sequence[HouseholdId]) -> Mapping[HouseholdId, tuple[WayStep, ...]]:
    """Return every step of these households as it was written down, oldest first; one without steps has none.

    A step whose fact belongs to another municipality keeps its kind; its day is then the one on which it was recorded.
    """
    found: defaultdict[HouseholdId, list[WayStep]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_STEPS, [list(identifiers)])
        for name, number, kind, on, by, why, values, municipality, home, replaces in cursor.fetchall():
            known = dict(_plain_values(values))
            if municipality:
                known["municipality"] = municipality
            if home:
                known["home"] = home
            step = WayStep(number, StepKind(kind), on, by, why, known, replaces)
            found[HouseholdId(name)].append(step)
    return {name: tuple(found.get(name, ())) for name in identifiers}


def _plain_values(document: object) -> Mapping[str, str]:
    held = json.loads(document) if isinstance(document, str) else document
    return {str(key): str(value) for key, value in held.items()} if isinstance(held, Mapping) else {}


def permit_days(identifiers: Sequence[HouseholdId]) -> Mapping[HouseholdId, date]:
    """Return the day of the permit of each of these households that stands in the tables."""
    rows = HouseholdRow.objects.filter(identifier__in=list(identifiers))
    return {HouseholdId(name): day for name, day in rows.values_list("identifier", "permit_on")}


def merged_into(household: HouseholdId) -> tuple[HouseholdId, ...]:
    """Return the households that were merged into this one, as far as that was not taken back."""
    rows = WayStepRow.objects.filter(
        kind=StepKind.MERGED.value, values__households=household, replaced_by__isnull=True
    )
    return tuple(HouseholdId(name) for name in rows.order_by("household").values_list("household", flat=True))


def add_step(
    household: HouseholdId,
    kind: StepKind,
    *,
    on: date,
    decided_by: str,
    why: str = "",
    values: Mapping[str, str] | None = None,
    replaces: int | None = None,
) -> WayStepRow:
    """Add a step of its own; ``replaces`` is the number of the step that it mends or strikes out."""
    before = None
    if replaces is not None:
        before = WayStepRow.objects.get(household=household, step=replaces)
    number = _next(household)
    return WayStepRow.objects.create(
        household=household,
        step=number,
        place=before.place if before else number,
        kind=kind.value,
        on=on,
        why=why,
        values=dict(values or {}),
        replaces=before,
        decided_by=decided_by,
    )


def add_offer_step(kind: StepKind, offer: OfferRow) -> WayStepRow:
    """Add the step that a row of the offers of a home is."""
    number = _next(HouseholdId(offer.household))
    return WayStepRow.objects.create(
        household=offer.household, step=number, place=number, kind=kind.value, offer=offer
    )


def _next(household: HouseholdId) -> int:
    last: int | None = WayStepRow.objects.filter(household=household).aggregate(last=Max("step"))["last"]
    return (last or 0) + 1
