"""Calendar feeds as rows."""

from __future__ import annotations

import hashlib

from eenthuis.store import accounts
from eenthuis.store.calendar_models import CalendarFeedRow
from eenthuis.terms.access import Actor


def digest_of(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def renew(user_id: int, secret: str) -> None:
    """Give an account this secret; the address with an earlier one answers no more."""
    CalendarFeedRow.objects.update_or_create(user_id=user_id, defaults={"secret_digest": digest_of(secret)})


def withdraw(user_id: int) -> bool:
    """Take the feed of an account away; False when it had none."""
    gone, _ = CalendarFeedRow.objects.filter(user_id=user_id).delete()
    return bool(gone)


def has_feed(user_id: int) -> bool:
    """Return whether an account has a feed."""
    return CalendarFeedRow.objects.filter(user_id=user_id).exists()


def owner_of(secret: str) -> Actor | None:
    """Return whose feed a secret opens; None when it opens nothing, or its account may not sign in any more."""
    row = (
        CalendarFeedRow.objects.select_related("user")
        .filter(secret_digest=digest_of(secret), user__is_active=True)
        .first()
    )
    return None if row is None else accounts.actor(row.user_id, row.user.get_username())
