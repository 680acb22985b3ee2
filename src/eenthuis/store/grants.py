"""The role of administrator, asked by one and decided by another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from eenthuis.store.account_models import GrantRow


@dataclass(frozen=True, slots=True)
class OpenGrant:
    """A role that waits for a second administrator."""

    number: int
    name: str
    email: str
    why: str
    asked_by: str
    asked_at: datetime


def ask(name: str, email: str, why: str, *, asked_by: str) -> int:
    """Ask the role of administrator for an account; return the number of what was asked."""
    return GrantRow.objects.create(name=name, email=email, why=why, asked_by=asked_by).pk


def open_grants() -> tuple[OpenGrant, ...]:
    """Return what waits for a decision, oldest first."""
    return tuple(_of(row) for row in GrantRow.objects.filter(is_granted__isnull=True).order_by("id"))


def open_grant(number: int) -> OpenGrant | None:
    """Return what waits under a number, held until the transaction ends; None when it does not wait."""
    row = GrantRow.objects.select_for_update().filter(pk=number, is_granted__isnull=True).first()
    return None if row is None else _of(row)


def is_asked(name: str) -> bool:
    """Return whether the role waits for a decision for this account."""
    return GrantRow.objects.filter(name=name, is_granted__isnull=True).exists()


def decide(number: int, *, is_granted: bool, decided_by: str) -> None:
    """Note what was decided; the database refuses who grants what they asked."""
    GrantRow.objects.filter(pk=number).update(
        is_granted=is_granted, decided_by=decided_by, decided_at=timezone.now()
    )


def _of(row: GrantRow) -> OpenGrant:
    return OpenGrant(row.pk, row.name, row.email, row.why, row.asked_by, row.asked_at)
