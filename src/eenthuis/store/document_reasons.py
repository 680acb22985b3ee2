"""Who can be handed a document on a day and why others cannot, asked of the tables themselves.

The conditions say in SQL what :func:`eenthuis.rules.documents.readiness` says of one document; a test holds them
beside each other, document by document.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import BooleanField, Count, DateField, ExpressionWrapper, F, Func, Q, Value
from django.db.models.lookups import GreaterThan

from eenthuis.law.documents import DocumentLaw
from eenthuis.rules.months import last_day_that_reaches
from eenthuis.store.documents import HeldDocument, current, held_from
from eenthuis.store.scope import counts
from eenthuis.terms.document_steps import DocumentState
from eenthuis.terms.documents import WhyNotReady
from eenthuis.terms.people import CentreCode

NEVER = Q(pk__isnull=True)
MONTHS = 12


@dataclass(frozen=True, slots=True)
class ReadyCount:
    """Documents of a centre that wait: how many, how many can be handed out, and of the others why not."""

    centre: CentreCode
    documents: int
    ready: int
    reasons: Mapping[WhyNotReady, int]


@counts
def ready_by_centre(day: date, law: DocumentLaw) -> tuple[ReadyCount, ...]:
    """Return per centre how many documents wait, and how many of them can be handed out on a day; by centre."""
    reasons = {
        _column(why): ExpressionWrapper(condition, output_field=BooleanField())
        for why, condition in conditions(day, law).items()
    }
    waiting = current().filter(state=DocumentState.WAITING.value).annotate(**reasons)
    rows = waiting.values("centre", *reasons).annotate(documents=Count("pk"))
    documents, ready = Counter[CentreCode](), Counter[CentreCode]()
    blocked: defaultdict[CentreCode, Counter[WhyNotReady]] = defaultdict(Counter)
    for centre, number, *holds in rows.values_list("centre", "documents", *reasons):
        documents[centre] += number
        ready[centre] += 0 if any(holds) else number
        for why, does in zip(WhyNotReady, holds, strict=True):
            blocked[centre][why] += number if does else 0
    return tuple(
        ReadyCount(centre, documents[centre], ready[centre], blocked[centre]) for centre in sorted(documents)
    )


def chosen(
    *,
    day: date,
    law: DocumentLaw,
    states: Sequence[DocumentState] | None,
    centre: CentreCode | None,
    only_blocked: bool,
    why: WhyNotReady | None,
    first: int = 0,
    most: int | None = None,
) -> tuple[tuple[HeldDocument, ...], int]:
    """Return documents as they stand, by centre, household and number, and how many there are in all.

    Each wish that is given narrows; ``first`` and ``most`` say which part of them is read.
    """
    rows = current()
    if states is not None:
        rows = rows.filter(state__in=[one.value for one in states])
    if centre is not None:
        rows = rows.filter(centre=centre)
    if why is not None:
        rows = rows.filter(conditions(day, law)[why])
    elif only_blocked:
        rows = rows.filter(_any(conditions(day, law)))
    ordered = rows.order_by("centre", "household", "number")
    part = ordered[first:] if most is None else ordered[first : first + most]
    return tuple(held_from(row) for row in part), rows.count() if first or most is not None else len(part)


def conditions(day: date, law: DocumentLaw) -> Mapping[WhyNotReady, Q]:
    """Return for each reason when it holds on a day.

    Of the birthdays from which fingerprints are asked only the last one that has come counts: those from before it were
    asked before.
    """
    asked, again, before = NEVER, NEVER, None
    for age in reversed(law.fingerprint_ages):
        born_by = last_day_that_reaches(day, MONTHS * age)
        had = Q(born_on__lte=born_by) & (~NEVER if before is None else Q(born_on__gt=before))
        asked |= had
        again |= had & Q(GreaterThan(_years_after("born_on", age), F("fingerprints_on")))
        before = born_by
    photo_from = last_day_that_reaches(day - timedelta(days=1), law.photo_months)
    return {
        WhyNotReady.CARD_NOT_THERE: Q(ready_on__gt=day),
        WhyNotReady.NO_ADDRESS: Q(has_address=False) if law.needs_address else NEVER,
        WhyNotReady.NO_CITIZEN_NUMBER: Q(has_register_number=False) if law.needs_citizen_number else NEVER,
        WhyNotReady.NO_PHOTO: Q(photo_on__isnull=True),
        WhyNotReady.PHOTO_TOO_OLD: Q(photo_on__lte=photo_from),
        WhyNotReady.NO_FINGERPRINTS: Q(fingerprints_on__isnull=True) & asked,
        WhyNotReady.FINGERPRINTS_AGAIN: Q(fingerprints_on__isnull=False) & again,
    }


def _years_after(column: str, years: int) -> Func:
    """Return the same day so many years later; 28 February where there is no 29th."""
    later = Func(Value(years), function="make_interval")
    return Func(
        F(column), later, template="(%(expressions)s)::date", arg_joiner=" + ", output_field=DateField()
    )


def _any(reasons: Mapping[WhyNotReady, Q]) -> Q:
    found = NEVER
    for condition in reasons.values():
        found |= condition
    return found


def _column(why: WhyNotReady) -> str:
    return why.value.replace("-", "_")
