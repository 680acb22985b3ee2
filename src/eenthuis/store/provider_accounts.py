"""Who an account is at a sign-in provider."""

from __future__ import annotations

from dataclasses import dataclass

from eenthuis.store.provider_models import ProviderAccountRow


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """An account by its key and name; ``is_open`` is False once it was closed."""

    user_id: int
    name: str
    is_open: bool


def account_of(issuer: str, subject: str) -> KnownAccount | None:
    """Return the account of somebody at a provider, if there is one."""
    rows = ProviderAccountRow.objects.select_related("user")
    row = rows.filter(issuer=issuer, subject=subject).first()
    return None if row is None else KnownAccount(row.user.pk, row.user.get_username(), row.user.is_active)


def is_linked(user_id: int, issuer: str) -> bool:
    """Return whether an account is somebody at this provider already."""
    return ProviderAccountRow.objects.filter(user_id=user_id, issuer=issuer).exists()


def issuers_of(user_id: int) -> tuple[str, ...]:
    """Return the issuers at which an account is somebody."""
    rows = ProviderAccountRow.objects.filter(user_id=user_id).order_by("id")
    return tuple(rows.values_list("issuer", flat=True))


def link(user_id: int, issuer: str, subject: str, *, linked_by: str) -> None:
    """Link an account to somebody at a provider."""
    ProviderAccountRow.objects.create(user_id=user_id, issuer=issuer, subject=subject, linked_by=linked_by)


def unlink(user_id: int, issuer: str) -> bool:
    """Take the link of an account with a provider away; False when there was none."""
    gone, _ = ProviderAccountRow.objects.filter(user_id=user_id, issuer=issuer).delete()
    return bool(gone)
