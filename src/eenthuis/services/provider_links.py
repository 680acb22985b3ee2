"""Linking accounts to somebody at a sign-in provider, and taking that away; within the caller's transaction."""

from __future__ import annotations

from eenthuis.connect.oidc import LONGEST_SUBJECT
from eenthuis.services.provider_sign_in import provider_of
from eenthuis.store import journal, provider_accounts, sign_ins
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import InputError, Location, StateError


def link_to_provider(user_id: int, name: str, provider: str, subject: str, by: Actor) -> None:
    """Link an account.

    Raises
    ------
    AccessError
        ACC-02 when there is no such provider.
    InputError
        INP-01 when the subject cannot be.
    StateError
        STA-01 when the account is somebody there already, or the subject is another account's.
    """
    found, subject = provider_of(provider), subject.strip()
    if not 0 < len(subject) <= LONGEST_SUBJECT:
        raise InputError(
            "INP-01",
            "this names nobody at a provider",
            remedy="Give the value of the provider's account claim.",
            location=Location(column="subject"),
        )
    journal.lock_subject(f"provider {found.issuer}")
    if provider_accounts.is_linked(user_id, found.issuer) or provider_accounts.account_of(
        found.issuer, subject
    ):
        raise StateError(
            "STA-01",
            f"{name} or this person is linked at {provider} already",
            remedy="Take the earlier link away first.",
        )
    provider_accounts.link(user_id, found.issuer, subject, linked_by=by.name)
    journal.write(by, "link-provider", f"account {name}", after={"provider": provider, "by": by.role.value})


def unlink_from_provider(user_id: int, name: str, provider: str, why: str, by: Actor) -> bool:
    """Take a link away and end the sessions of the account; False when there was none.

    Raises
    ------
    AccessError
        ACC-02 when there is no such provider.
    """
    had = provider_accounts.unlink(user_id, provider_of(provider).issuer)
    if had:
        sign_ins.end(user_id)
        journal.write(by, "unlink-provider", f"account {name}", before={"provider": provider}, why=why)
    return had
