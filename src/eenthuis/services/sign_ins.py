"""Signing in with a second factor, codes for when it is lost, and the sessions of an account."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.db import transaction

from eenthuis.services.access import require
from eenthuis.store import accounts, journal, scope, sign_ins
from eenthuis.store.sign_ins import OpenSession
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import AccessError

SECOND_FACTOR = "second_factor"
"""Key in a session that was opened with a second factor."""

CODES = 10
CODE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Letters of recovery codes: none that is taken for another."""

CODE_LENGTH = 10


@dataclass(frozen=True, slots=True)
class Begun:
    """A second factor to be tried: the secret to type over, and the address that an app reads."""

    secret: str
    address: str


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """Whether an account has a second factor, and how many recovery codes are left."""

    is_set: bool
    codes_left: int


def needs_code(user_id: int) -> bool:
    """Return whether this account signs in with a second factor."""
    return sign_ins.has_second_factor(user_id)


def check_code(*, user_id: int, name: str, code: str) -> bool:
    """Return whether a code lets an account in: of its app, or a recovery code, which is then used up.

    A code of the app counts once. After a wrong code the next is heard only after a pause that doubles each time.
    """
    given = "".join(code.split()).replace("-", "").lower()
    with transaction.atomic():
        if given.isdigit() and sign_ins.is_right(user_id, given):
            return True
        if not sign_ins.use_code(user_id, given):
            return False
        who = accounts.actor(user_id, name)
        if who is not None:
            _tell(who, "use-recovery-code")
    return True


def read_second_factor(*, actor: Actor) -> SecondFactor:
    """Return the state of one's own second factor."""
    require(actor, "keep-own-account")
    user_id = _account(actor)
    return SecondFactor(sign_ins.has_second_factor(user_id), sign_ins.codes_left(user_id))


def begin_second_factor(*, actor: Actor) -> Begun:
    """Begin a second factor, or go on with one that was begun; it holds once a code of it was right."""
    require(actor, "keep-own-account")
    with transaction.atomic():
        return Begun(*sign_ins.begin(_account(actor)))


def settle_second_factor(*, actor: Actor, code: str) -> tuple[str, ...] | None:
    """Return new recovery codes, shown this once, when the code is right; None when it is not."""
    require(actor, "keep-own-account")
    user_id = _account(actor)
    with transaction.atomic():
        if not sign_ins.settle(user_id, "".join(code.split())):
            return None
        codes = tuple("".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH)) for _ in range(CODES))
        sign_ins.save_codes(user_id, codes)
        _tell(actor, "set-second-factor")
    half = CODE_LENGTH // 2
    return tuple(f"{one[:half]}-{one[half:]}" for one in codes)


def note_session(*, user_id: int, session_key: str, program: str, with_second_factor: bool) -> None:
    """Note that an account opened a session."""
    with transaction.atomic():
        sign_ins.open_session(user_id, session_key, program=program, with_second_factor=with_second_factor)


def read_sessions(*, actor: Actor) -> tuple[OpenSession, ...]:
    """Return one's own open sessions, latest first."""
    require(actor, "keep-own-account")
    return sign_ins.sessions(_account(actor))


def end_session(*, actor: Actor, number: int) -> None:
    """End one of one's own sessions.

    Raises
    ------
    AccessError
        ACC-02, "not found", for a session of someone else, or none.
    """
    require(actor, "keep-own-account")
    with transaction.atomic():
        if not sign_ins.end(_account(actor), number=number):
            raise AccessError("ACC-02", "no session by that number", remedy="Reload the page.")
        _tell(actor, "end-session")


def end_other_sessions(*, actor: Actor, session_key: str) -> int:
    """End all of one's own sessions but the one at hand; return how many."""
    require(actor, "keep-own-account")
    with transaction.atomic():
        ended = sign_ins.end(_account(actor), but=session_key)
        if ended:
            _tell(actor, "end-session", after={"sessions": ended})
    return ended


def note_password(*, actor: Actor, session_key: str) -> None:
    """Note that an account has a new password, and end its other sessions."""
    require(actor, "keep-own-account")
    with transaction.atomic():
        sign_ins.end(_account(actor), but=session_key)
        _tell(actor, "set-password")


def _tell(actor: Actor, action: str, *, after: object = None) -> None:
    """Write in the journal as the one whose account it is, who may not be signed in for the rest yet."""
    with scope.within(scope.scope_of(actor)):
        journal.write(actor, action, f"account {actor.name}", after=after)


def _account(actor: Actor) -> int:
    key = accounts.user_id(actor.name)
    if key is None:
        raise AccessError("ACC-02", "no account by that name", remedy="Sign in again.")
    return key
