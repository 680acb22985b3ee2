"""The account for an emergency: sealed until somebody breaks the glass, which everyone who watches is told at once."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

from django.db import transaction

from eenthuis.connect.clock import now
from eenthuis.law import law_book
from eenthuis.services.account_keeping import KEEPER, PASSWORD_BYTES, AccountWanted, checked
from eenthuis.services.notices import tell
from eenthuis.store import accounts, journal, scope, sign_ins
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import StateError
from eenthuis.terms.notices import Addressee, NoticeKind


def seal_account(*, name: str) -> str:
    """Make an account for an emergency, or seal it anew, and return its password, which is kept nowhere.

    Raises
    ------
    InputError
        INP-01 when the name cannot be.
    StateError
        STA-01 when somebody has an account by this name.
    """
    who = checked(AccountWanted(name, Role.ADMINISTRATOR.value))
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    with transaction.atomic():
        journal.lock_subject(f"account {name}")
        key = accounts.user_id(name)
        if key is not None and not accounts.is_sealed(name):
            raise StateError("STA-01", f"there is an account {name} already", remedy="Choose another name.")
        accounts.save_account(who, password)
        key = accounts.user_id(name)
        if key is None:
            msg = "the account was made in this transaction"
            raise RuntimeError(msg)
        sign_ins.end(key)
        accounts.seal(key)
        journal.write(KEEPER, "seal-account", f"account {name}")
    return password


def is_for_emergencies(name: str) -> bool:
    """Return whether an account is sealed, opened or not."""
    return accounts.is_sealed(name)


def break_glass(*, user_id: int, name: str, today: date) -> datetime | None:
    """Open a sealed account whose password was right; return when it ends by itself. None when it was opened before.

    Administrators and auditors are told; the password is used up.
    """
    minutes = law_book().break_glass(today).minutes
    until = now() + timedelta(minutes=minutes)
    with transaction.atomic():
        if not accounts.open_sealed(user_id, until):
            return None
        who = Actor(name, Role.ADMINISTRATOR)
        with scope.within(scope.scope_of(who)):
            journal.write(who, "break-glass", f"account {name}", after={"minutes": minutes})
            for role in (Role.ADMINISTRATOR, Role.AUDITOR):
                tell(
                    kind=NoticeKind.GLASS_BROKEN,
                    to=Addressee(role),
                    reference=f"account:{user_id}",
                    today=today,
                    figures={"minutes": minutes},
                )
    return until
