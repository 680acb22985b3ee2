"""Invitations: a link that lets somebody into an account for the first time, once and for some days."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from eenthuis.connect.clock import now
from eenthuis.store import accounts, invitations, journal, scope
from eenthuis.store.invitations import OpenInvitation
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import AccessError, InputError, Location

INVITATION_DAYS = 7
"""So many days a link lets somebody in; after that the administrator makes a new one."""

SECRET_BYTES = 32
EMAIL = re.compile(r"[^@\s,;<>]{1,64}@[^@\s,;<>]+\.[^@\s,;<>]{2,}")
LONGEST_EMAIL = 254


@dataclass(frozen=True, slots=True)
class Invitation:
    """A new invitation; ``address`` is shown this once and kept nowhere."""

    name: str
    email: str
    address: str
    ends_at: datetime


def checked_email(email: str) -> str:
    """Return an e-mail address in small letters.

    Raises
    ------
    InputError
        INP-01 when it is none.
    """
    email = email.strip().lower()
    if len(email) > LONGEST_EMAIL or not EMAIL.fullmatch(email):
        raise InputError(
            "INP-01",
            "this is no e-mail address",
            remedy="Write it as name@organisation.nl.",
            location=Location(column="email"),
        )
    return email


def make_invitation(user_id: int, name: str, email: str, by: Actor) -> Invitation:
    """Invite somebody to an account within the transaction at hand; an earlier link to it counts no more."""
    email = checked_email(email)
    secret, ends_at = secrets.token_urlsafe(SECRET_BYTES), now() + timedelta(days=INVITATION_DAYS)
    invitations.make(user_id, email, secret, made_by=by.name, ends_at=ends_at)
    journal.write(by, "invite", f"account {name}", after={"last_day": ends_at.date()})
    return Invitation(name, email, f"{settings.SITE_ADDRESS}/uitnodiging/{secret}/", ends_at)


def read_invitation(*, secret: str) -> OpenInvitation:
    """Return an invitation that can be taken up.

    Raises
    ------
    AccessError
        ACC-02 when there is none by that secret, or it was taken up or is over.
    """
    found = invitations.by_secret(secret)
    if found is None:
        raise AccessError(
            "ACC-02", "no open invitation", remedy="Ask the administrator for a new invitation."
        )
    return found


def take_invitation(*, secret: str, password: str) -> int:
    """Take an invitation up with a password, which was checked already; return the key of the account.

    Raises
    ------
    AccessError
        ACC-02 when there is no such open invitation, or somebody was first.
    """
    with transaction.atomic():
        found = read_invitation(secret=secret)
        journal.lock_subject(f"account {found.name}")
        if not invitations.take_up(found.number):
            return read_invitation(secret=secret).user_id
        accounts.set_password(found.user_id, password)
        who = accounts.actor(found.user_id, found.name)
        if who is not None:
            with scope.within(scope.scope_of(who)):
                journal.write(who, "set-password", f"account {found.name}", after={"by": "invitation"})
    return found.user_id
