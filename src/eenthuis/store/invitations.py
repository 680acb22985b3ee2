"""Invitations to accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db.models import QuerySet
from django.utils import timezone

from eenthuis.store.provider_models import InvitationRow


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """An invitation that can be taken up."""

    number: int
    user_id: int
    name: str
    email: str
    ends_at: datetime


def make(user_id: int, email: str, secret: str, *, made_by: str, ends_at: datetime) -> None:
    """Keep an invitation in place of any that was open for the account."""
    InvitationRow.objects.filter(user_id=user_id, used_at__isnull=True).delete()
    InvitationRow.objects.create(
        user_id=user_id, email=email.lower(), digest=_digest(secret), made_by=made_by, ends_at=ends_at
    )


def by_secret(secret: str) -> OpenInvitation | None:
    """Return the open invitation with a secret; None when there is none, or it was taken up or is over."""
    return _first(_open().filter(digest=_digest(secret)))


def by_email(email: str) -> OpenInvitation | None:
    """Return the open invitation to an e-mail address; None when there is none, or more than one."""
    rows = _open().filter(email=email.lower())
    return _first(rows) if rows.count() == 1 else None


def of_account(user_id: int) -> OpenInvitation | None:
    """Return the open invitation of an account."""
    return _first(_open().filter(user_id=user_id))


def take_up(number: int) -> bool:
    """Use an invitation up; False when somebody was first."""
    return _open().filter(pk=number).update(used_at=timezone.now()) == 1


def drop(user_id: int) -> None:
    """Take the open invitations of an account back."""
    InvitationRow.objects.filter(user_id=user_id, used_at__isnull=True).delete()


def _open() -> QuerySet[InvitationRow]:
    return InvitationRow.objects.filter(
        used_at__isnull=True, ends_at__gt=timezone.now(), user__is_active=True
    )


def _first(rows: QuerySet[InvitationRow]) -> OpenInvitation | None:
    row = rows.select_related("user").order_by("id").first()
    if row is None:
        return None
    return OpenInvitation(row.pk, row.user.pk, row.user.get_username(), row.email, row.ends_at)


def _digest(secret: str) -> str:
    """Return what is kept of a secret; it is drawn by chance and long, so it needs no slow digest."""
    return sha256(secret.encode()).hexdigest()
