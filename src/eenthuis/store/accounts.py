"""Accounts with a role and a place."""

from __future__ import annotations

from django.contrib.auth import get_user_model

from eenthuis.store.models import AccountRow
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.places import LinkingRegion, MunicipalityCode, ProvinceCode


def actor(user_id: int, name: str) -> Actor | None:
    """Return who an account is, or None when it has no role."""
    row = AccountRow.objects.filter(user_id=user_id).first()
    return None if row is None else _actor(row, name)


def every_account() -> tuple[Actor, ...]:
    """Return all accounts in the order in which they were made."""
    rows = AccountRow.objects.select_related("user").order_by("id")
    return tuple(_actor(row, row.user.get_username()) for row in rows)


def associations() -> frozenset[str]:
    """Return the housing associations for which accounts work."""
    rows = AccountRow.objects.filter(role=Role.HOUSING_ASSOCIATION.value).exclude(association="")
    return frozenset(rows.values_list("association", flat=True))


def save_account(who: Actor, password: str) -> None:
    """Add an account with a role and a place, or set them anew."""
    users = get_user_model()
    user, _ = users.objects.get_or_create(username=who.name)
    user.set_password(password)
    user.save()
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


def opens_with(name: str, password: str) -> bool:
    """Return whether an account exists and has this password."""
    user = get_user_model().objects.filter(username=name).first()
    return user is not None and user.check_password(password)


def user_id(name: str) -> int | None:
    """Return the key of the account with this name, if there is one."""
    row = AccountRow.objects.filter(user__username=name).values_list("user_id", flat=True).first()
    return None if row is None else int(row)


def _actor(row: AccountRow, name: str) -> Actor:
    return Actor(
        name=name,
        role=Role(row.role),
        municipality=MunicipalityCode(row.municipality) if row.municipality else None,
        province=ProvinceCode(row.province) if row.province else None,
        region=LinkingRegion(row.region) if row.region else None,
        association=row.association or None,
    )
