"""Sessions at centres as rows, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from eenthuis.store.document_models import DocumentSessionRow
from eenthuis.terms.documents import DocumentSession, TeamCode
from eenthuis.terms.people import CentreCode


@dataclass(frozen=True, slots=True)
class HeldSession:
    """A session as it stands, with the row that says so."""

    session: DocumentSession
    row: DocumentSessionRow

    @property
    def is_cancelled(self) -> bool:
        """Whether the session was cancelled."""
        return self.row.kind == "cancelled"


def held(centre: CentreCode, day: date) -> HeldSession | None:
    """Return the session at a centre on a day as it stands, cancelled or not, if there ever was one within reach."""
    row = DocumentSessionRow.objects.filter(centre=centre, on=day, replaced_by__isnull=True).first()
    return None if row is None else _held(row)


def sessions(
    *,
    first_day: date | None = None,
    last_day: date | None = None,
    centres: Sequence[CentreCode] | None = None,
) -> tuple[DocumentSession, ...]:
    """Return the sessions that were not cancelled, by day and centre; each wish that is given narrows."""
    rows = DocumentSessionRow.objects.filter(replaced_by__isnull=True).exclude(kind="cancelled")
    if first_day is not None:
        rows = rows.filter(on__gte=first_day)
    if last_day is not None:
        rows = rows.filter(on__lte=last_day)
    if centres is not None:
        rows = rows.filter(centre__in=list(centres))
    return tuple(_held(row).session for row in rows.order_by("on", "centre"))


def add_step(
    session: DocumentSession,
    kind: str,
    *,
    after: DocumentSessionRow | None,
    decided_by: str,
    why: str = "",
) -> int:
    """Add a version of a session, after an earlier one if there is one; return its key."""
    return DocumentSessionRow.objects.create(
        centre=session.centre,
        on=session.day,
        step=after.step + 1 if after else 1,
        kind=kind,
        team=session.team,
        staff=session.staff,
        counters=session.counters,
        slots=session.slots,
        first_slot=session.first_slot,
        minutes_per_slot=session.minutes_per_slot,
        metres=session.metres,
        why=why,
        replaces=after,
        decided_by=decided_by,
    ).pk


def _held(row: DocumentSessionRow) -> HeldSession:
    return HeldSession(
        DocumentSession(
            centre=CentreCode(row.centre),
            day=row.on,
            team=TeamCode(row.team),
            staff=row.staff,
            counters=row.counters,
            slots=row.slots,
            first_slot=row.first_slot,
            minutes_per_slot=row.minutes_per_slot,
            metres=row.metres,
        ),
        row,
    )
