"""Accounts with a role and a place."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth import get_user_model
from django.utils import timezone

from eenthuis.store.models import AccountRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.places import LinkingRegion, MunicipalityCode, ProvinceCode


def actor(user_id: int, name: str) -> Actor | None:
    """Return who an account is; None when it has no role, was closed, or is sealed and not open now."""
    row = AccountRow.objects.filter(user_id=user_id, user__is_active=True).first()
    if row is None or (row.is_sealed and (row.open_until is None or row.open_until <= timezone.now())):
        return None
    return actor_of_row(row, name)


def every_account() -> tuple[Actor, ...]:
    """Return all accounts that can sign in, without what is sealed, in the order in which they were made."""
    rows = (
        AccountRow.objects.select_related("user").filter(is_sealed=False, user__is_active=True).order_by("id")
    )
    return tuple(actor_of_row(row, row.user.get_username()) for row in rows)


def associations() -> frozenset[str]:
    """Return the housing associations for which accounts work."""
    rows = AccountRow.objects.filter(role=Role.HOUSING_ASSOCIATION.value).exclude(association="")
    return frozenset(rows.values_list("association", flat=True))


def save_account(who: Actor, password: str | None) -> None:
    """Add an account with a role and a place, or set them anew; without a password nobody signs in with one."""
    users = get_user_model()
    user, _ = users.objects.get_or_create(username=who.name)
    user.set_password(password)
    user.save()
    set_role(who)


def set_role(who: Actor) -> None:
    """Set the role and place of an account that is there."""
    user = get_user_model().objects.get(username=who.name)
    AccountRow.objects.update_or_create(
        user=user,
        defaults={
            "role": who.role.value,
            "municipality": who.municipality or "",
            "province": who.province or "",
            "region": who.region.value if who.region else "",
            "association": who.association or "",
        },
    )


def set_password(key: int, password: str) -> None:
    """Give an account a password that was checked already."""
    user = get_user_model().objects.get(pk=key)
    user.set_password(password)
    user.save(update_fields=["password"])


def close(key: int) -> None:
    """Let an account sign in no more."""
    get_user_model().objects.filter(pk=key).update(is_active=False)


def reopen(key: int) -> None:
    """Let an account that was closed sign in again."""
    get_user_model().objects.filter(pk=key).update(is_active=True)


def is_sealed(name: str) -> bool:
    """Return whether an account is one for an emergency."""
    return AccountRow.objects.filter(user__username=name, is_sealed=True).exists()


def seal(key: int) -> None:
    """Keep an account for an emergency; it is nobody until it is opened."""
    get_user_model().objects.filter(pk=key).update(is_active=True)
    AccountRow.objects.filter(user_id=key).update(is_sealed=True, open_until=None)


def open_sealed_count() -> int:
    """Return how many accounts for emergencies are open now."""
    return AccountRow.objects.filter(is_sealed=True, open_until__gt=timezone.now()).count()


def open_sealed(key: int, until: datetime) -> bool:
    """Open a sealed account until a moment; its password is used up. False when it is not sealed or was opened."""
    rows = AccountRow.objects.filter(user_id=key, is_sealed=True, open_until__isnull=True)
    if not rows.update(open_until=until):
        return False
    user = get_user_model().objects.get(pk=key)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    return True


def opens_with(name: str, password: str) -> bool:
    """Return whether an account exists and has this password."""
    user = get_user_model().objects.filter(username=name).first()
    return user is not None and user.check_password(password)


def user_id(name: str) -> int | None:
    """Return the key of the account with this name, if there is one."""
    row = AccountRow.objects.filter(user__username=name).values_list("user_id", flat=True).first()
    return None if row is None else int(row)


def demonstrated(name: str) -> int | None:
    """Return the key of an open account that a click may sign in."""
    rows = AccountRow.objects.filter(user__username=name, user__is_active=True, is_sealed=False)
    return rows.values_list("user_id", flat=True).first()


def actor_of_row(row: AccountRow, name: str) -> Actor:
    """Return who a row stands for."""
    return Actor(
        name=name,
        role=Role(row.role),
        municipality=MunicipalityCode(row.municipality) if row.municipality else None,
        province=ProvinceCode(row.province) if row.province else None,
        region=LinkingRegion(row.region) if row.region else None,
        association=row.association or None,
    )
