"""API keys as rows."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from eenthuis.store.models import ApiKeyRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.places import MunicipalityCode, ProvinceCode


def add(
    *,
    prefix: str,
    secret_hash: str,
    name: str,
    contact: tuple[str, str],
    holder: Actor,
    last_day: date,
    follows: ApiKeyRow | None,
    made_by: str,
) -> ApiKeyRow:
    """Add a key for what ``holder`` may; ``contact`` is a name and an e-mail address."""
    return ApiKeyRow.objects.create(
        prefix=prefix,
        secret_hash=secret_hash,
        name=name,
        contact_name=contact[0],
        contact_email=contact[1],
        role=holder.role.value,
        municipality=holder.municipality or "",
        province=holder.province or "",
        association=holder.association or "",
        scopes=sorted(holder.scopes or ()),
        last_day=last_day,
        follows=follows,
        made_by=made_by,
    )


def every_key() -> tuple[ApiKeyRow, ...]:
    """Return all keys, newest first."""
    return tuple(ApiKeyRow.objects.order_by("-id"))


def by_prefix(prefix: str) -> ApiKeyRow | None:
    """Return the key that begins with a prefix, if there is one."""
    return ApiKeyRow.objects.filter(prefix=prefix).first()


def followed_by(key: ApiKeyRow) -> ApiKeyRow | None:
    """Return the key that follows on another, if there is one."""
    return ApiKeyRow.objects.filter(follows=key).first()


def end_on(key: ApiKeyRow, last_day: date) -> None:
    """Set the last day of a key."""
    ApiKeyRow.objects.filter(pk=key.pk).update(last_day=last_day)


def withdraw(key: ApiKeyRow) -> None:
    """Let a key end now."""
    ApiKeyRow.objects.filter(pk=key.pk).update(withdrawn_at=timezone.now())


def used(key: ApiKeyRow, today: date) -> None:
    """Note the day on which a key was last used; it is written once a day."""
    if key.last_used_on != today:
        ApiKeyRow.objects.filter(pk=key.pk).update(last_used_on=today)


def holder_of(key: ApiKeyRow) -> Actor:
    """Return who asks with a key."""
    return Actor(
        name=f"sleutel {key.prefix}",
        role=Role(key.role),
        municipality=MunicipalityCode(key.municipality) if key.municipality else None,
        province=ProvinceCode(key.province) if key.province else None,
        scopes=frozenset(str(scope) for scope in key.scopes),
        association=key.association or None,
    )
