"""Notices as rows: told, found by those they are for, read, acknowledged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from eenthuis.store.notice_models import NoticeAcknowledgementRow, NoticeReadingRow, NoticeRow
from eenthuis.terms.access import Actor
from eenthuis.terms.notices import Addressee, NoticeFilter, NoticeKind

COUNTED_AT_MOST = 100
"""Unread notices beyond this number are counted no further."""


def add(
    *,
    kind: NoticeKind,
    to: Addressee,
    reference: str,
    figures: Mapping[str, int],
    told_on: date,
    due_on: date | None,
    acknowledge_by: date | None,
) -> NoticeRow:
    """Add a notice."""
    return NoticeRow.objects.create(
        kind=kind.value,
        role=to.role.value,
        municipality=to.municipality or "",
        province=to.province or "",
        region=to.region.value if to.region else "",
        association=to.association or "",
        reference=reference,
        figures=dict(figures),
        told_on=told_on,
        due_on=due_on,
        acknowledge_by=acknowledge_by,
    )


def concerned(kind: NoticeKind, to: Addressee, reference: str) -> int:
    """Return of how many households notices of a kind have told somebody about a thing."""
    rows = NoticeRow.objects.filter(
        kind=kind.value,
        role=to.role.value,
        municipality=to.municipality or "",
        province=to.province or "",
        region=to.region.value if to.region else "",
        association=to.association or "",
        reference=reference,
    )
    return sum(int(figures.get("concerned", 0)) for figures in rows.values_list("figures", flat=True))


def is_told(kind: NoticeKind, to: Addressee, reference: str, *, due_on: date | None = None) -> bool:
    """Return whether somebody was told this about a thing already, and of this day where one is given."""
    rows = NoticeRow.objects.filter(due_on=due_on) if due_on else NoticeRow.objects.all()
    return rows.filter(
        kind=kind.value,
        role=to.role.value,
        municipality=to.municipality or "",
        province=to.province or "",
        region=to.region.value if to.region else "",
        association=to.association or "",
        reference=reference,
    ).exists()


def for_actor(actor: Actor) -> QuerySet[NoticeRow]:
    """Return the notices that are for an actor: for its role, in its place or in the whole country.

    One for a linking region is for everybody of its role, since accounts belong to no region.
    """
    return NoticeRow.objects.filter(
        Q(role=actor.role.value),
        Q(municipality="") | Q(municipality=actor.municipality or ""),
        Q(province="") | Q(province=actor.province or ""),
        Q(association="") | Q(association=actor.association or ""),
    )


def unread(actor: Actor) -> int:
    """Return how many notices an actor has not read, up to :data:`COUNTED_AT_MOST`."""
    return len(for_actor(actor).exclude(_read_by(actor)).values_list("pk")[:COUNTED_AT_MOST])


def listed(actor: Actor, wanted: NoticeFilter, *, first: int, most: int) -> tuple[tuple[NoticeRow, ...], int]:
    """Return a page of an actor's notices, newest first, and how many there are; each carries ``is_read``."""
    found = for_actor(actor).annotate(is_read=_read_by(actor))
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.only_unread:
        found = found.exclude(_read_by(actor))
    if wanted.only_to_acknowledge:
        found = found.filter(acknowledge_by__isnull=False, acknowledgement__isnull=True)
    rows = found.select_related("acknowledgement").order_by("-id")[first : first + most]
    return tuple(rows), found.count()


def found(actor: Actor, number: int) -> NoticeRow | None:
    """Return a notice by its number when it is for this actor."""
    return for_actor(actor).annotate(is_read=_read_by(actor)).filter(pk=number).first()


def by_number(number: int) -> NoticeRow | None:
    """Return a notice by its number, whoever it is for."""
    return NoticeRow.objects.filter(pk=number).first()


def with_days(actor: Actor, *, since: date) -> tuple[NoticeRow, ...]:
    """Return an actor's notices with a day on or after ``since``: to be acknowledged still, or due."""
    open_still = Q(acknowledge_by__gte=since, acknowledgement__isnull=True)
    found = for_actor(actor).filter(open_still | Q(due_on__gte=since))
    return tuple(found.select_related("acknowledgement").order_by("id"))


def mark_read(actor: Actor, numbers: Sequence[int]) -> int:
    """Note that an actor has read these notices, as far as they are for it; return how many that are."""
    wanted = list(for_actor(actor).filter(pk__in=list(numbers)).values_list("pk", flat=True))
    NoticeReadingRow.objects.bulk_create(
        [NoticeReadingRow(notice_id=number, account=actor.name) for number in wanted], ignore_conflicts=True
    )
    return len(wanted)


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A notice that asks to be acknowledged, and when that was done, if it was."""

    number: int
    told_on: date
    acknowledge_by: date | None
    acknowledged_on: date | None


def acknowledgement_of(kind: NoticeKind, reference: str) -> Acknowledgement | None:
    """Return the notice of a kind about a thing, with its acknowledgement."""
    row = (
        NoticeRow.objects.filter(kind=kind.value, reference=reference)
        .select_related("acknowledgement")
        .order_by("id")
        .first()
    )
    if row is None:
        return None
    held = getattr(row, "acknowledgement", None)
    return Acknowledgement(row.pk, row.told_on, row.acknowledge_by, held.acknowledged_on if held else None)


def acknowledge(number: int, *, by: str, on: date) -> bool:
    """Note that a notice was acknowledged; False when it was already."""
    _, is_new = NoticeAcknowledgementRow.objects.get_or_create(
        notice_id=number, defaults={"acknowledged_by": by, "acknowledged_on": on}
    )
    return is_new


def overdue(as_of: date, most: int) -> tuple[NoticeRow, ...]:
    """Return notices whose last day to acknowledge has passed, not yet escalated; held until the transaction ends.

    What another worker holds is left to it.
    """
    escalated = NoticeRow.objects.filter(
        kind=NoticeKind.NOT_ACKNOWLEDGED.value, reference=OuterRef("escalation")
    )
    rows = (
        NoticeRow.objects.filter(acknowledge_by__lt=as_of)
        .exclude(Exists(NoticeAcknowledgementRow.objects.filter(notice=OuterRef("pk"))))
        .annotate(escalation=Concat(Value("notice:"), Cast("pk", CharField())))
        .exclude(Exists(escalated))
        .order_by("id")
        .select_for_update(skip_locked=True)
    )
    return tuple(rows[:most])


def _read_by(actor: Actor) -> Exists:
    return Exists(NoticeReadingRow.objects.filter(notice=OuterRef("pk"), account=actor.name))
