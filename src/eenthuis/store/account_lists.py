"""Accounts as the administrator sees them: a page of a search, and everything about one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from eenthuis.store import accounts, invitations, provider_accounts
from eenthuis.store.invitations import OpenInvitation
from eenthuis.store.models import AccountRow
from eenthuis.store.provider_models import InvitationRow
from eenthuis.store.sign_in_models import OpenSessionRow
from eenthuis.terms.access import Actor, Role

OPEN, CLOSED, INVITED, WITHOUT_FACTOR = "open", "closed", "invited", "without-factor"
STATES = (OPEN, INVITED, WITHOUT_FACTOR, CLOSED)


@dataclass(frozen=True, slots=True)
class AccountFilter:
    """Which accounts are listed; an empty part asks for everything. ``state`` is one of :data:`STATES`."""

    search: str = ""
    role: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class ListedAccount:
    """An account in the list."""

    who: Actor
    is_open: bool
    has_second_factor: bool
    is_invited: bool
    is_sealed: bool
    last_sign_in: datetime | None


@dataclass(frozen=True, slots=True)
class AccountPage:
    """Everything the administrator sees of one account."""

    listed: ListedAccount
    user_id: int
    sessions: int
    issuers: tuple[str, ...]
    invitation: OpenInvitation | None


def listed(wanted: AccountFilter, *, first: int, most: int) -> tuple[tuple[ListedAccount, ...], int]:
    """Return a page of accounts by name, and how many match."""
    found = _rows()
    if wanted.search:
        found = found.filter(user__username__icontains=wanted.search)
    if wanted.role:
        found = found.filter(role=wanted.role)
    if wanted.state == INVITED:
        found = found.filter(_INVITED, user__is_active=True)
    elif wanted.state == WITHOUT_FACTOR:
        found = found.filter(~_WITH_FACTOR, user__is_active=True)
    elif wanted.state:
        found = found.filter(user__is_active=wanted.state == OPEN)
    rows = found.order_by("user__username")[first : first + most]
    return tuple(_listed(row) for row in rows), found.count()


def page_of(name: str) -> AccountPage | None:
    """Return everything about an account; None when there is none."""
    row = _rows().filter(user__username=name).first()
    if row is None:
        return None
    keys = list(OpenSessionRow.objects.filter(user=row.user).values_list("session_key", flat=True))
    live = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    return AccountPage(
        _listed(row),
        row.user.pk,
        live.count(),
        provider_accounts.issuers_of(row.user.pk),
        invitations.of_account(row.user.pk),
    )


def open_administrators() -> int:
    """Return how many administrators can sign in, without what is sealed."""
    return AccountRow.objects.filter(
        role=Role.ADMINISTRATOR.value, user__is_active=True, is_sealed=False
    ).count()


_INVITED = Exists(
    InvitationRow.objects.filter(user=OuterRef("user"), used_at__isnull=True, ends_at__gt=Now())
)
_WITH_FACTOR = Exists(TOTPDevice.objects.filter(user=OuterRef("user"), confirmed=True))


def _rows() -> QuerySet[AccountRow]:
    return AccountRow.objects.select_related("user").annotate(
        is_invited=_INVITED, has_second_factor=_WITH_FACTOR
    )


def _listed(row: AccountRow) -> ListedAccount:
    return ListedAccount(
        who=accounts.actor_of_row(row, row.user.get_username()),
        is_open=row.user.is_active,
        has_second_factor=bool(getattr(row, "has_second_factor", False)),
        is_invited=bool(getattr(row, "is_invited", False)),
        is_sealed=row.is_sealed,
        last_sign_in=row.user.last_login,
    )
