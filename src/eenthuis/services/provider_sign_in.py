"""Signing in at the organisation's own provider: to an account that is there already, never to a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from eenthuis.connect import oidc
from eenthuis.connect.oidc import BegunSignIn, ProviderPerson
from eenthuis.connect.sign_in_providers import Provider, read_providers
from eenthuis.store import accounts, invitations, journal, provider_accounts, scope
from eenthuis.terms.errors import AccessError, SignInError


@dataclass(frozen=True, slots=True)
class ProviderLine:
    """A provider as the sign-in page names it."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The account that somebody at a provider has here, and what signing out there asks for."""

    user_id: int
    has_second_factor: bool
    id_token: str


def every_provider() -> tuple[ProviderLine, ...]:
    """Return the providers that this installation trusts, in the order of its file."""
    return tuple(ProviderLine(one.key, one.label) for one in _providers().values())


def begin_at(*, key: str, return_address: str) -> BegunSignIn:
    """Begin a sign-in at a provider.

    Raises
    ------
    AccessError
        ACC-02 when there is no such provider.
    SignInError
        SGN-04 when the provider does not answer.
    """
    return oidc.begin(provider_of(key), return_address)


def finish_at(
    *,
    key: str,
    return_address: str,
    answer: Mapping[str, str],
    nonce: str,
    verifier: str,
    invitation: str = "",
) -> SignedIn:
    """Return the account of who signed in; an invitation links the two at the first sign-in.

    Raises
    ------
    AccessError
        ACC-02 when there is no such provider.
    SignInError
        SGN-01 to SGN-04 when the provider's answer does not hold; SGN-05 when no open account belongs to it.
    """
    provider = provider_of(key)
    person = oidc.finish(provider, return_address, answer, nonce=nonce, verifier=verifier)
    found = provider_accounts.account_of(person.issuer, person.subject)
    open_account = found.user_id if found is not None and found.is_open else None
    user_id = _link_invited(provider, person, invitation) if found is None else open_account
    if user_id is None:
        raise SignInError(
            "SGN-05",
            "no open account is linked to this person",
            remedy="Ask the administrator for an invitation.",
        )
    return SignedIn(user_id, person.has_second_factor, person.id_token)


def leave_at(*, key: str, id_token: str, onwards: str) -> tuple[ProviderLine, str] | None:
    """Return the provider and where a session ends there too; None when it is gone or has no such place."""
    provider = _providers().get(key)
    if provider is None:
        return None
    try:
        address = oidc.sign_out_address(provider, id_token, onwards)
    except SignInError:
        return None
    return (ProviderLine(provider.key, provider.label), address) if address else None


def label_of(issuer: str) -> str:
    """Return how a provider is called, by its issuer; the issuer itself when it is not trusted any more."""
    return next((one.label for one in _providers().values() if one.issuer == issuer), issuer)


def provider_of(key: str) -> Provider:
    """Return a provider by its key.

    Raises
    ------
    AccessError
        ACC-02 when there is none.
    """
    found = _providers().get(key)
    if found is None:
        raise AccessError("ACC-02", "no provider by that name", remedy="Begin at the sign-in page.")
    return found


def _providers() -> Mapping[str, Provider]:
    return read_providers(str(settings.OIDC_PROVIDERS))


def _link_invited(provider: Provider, person: ProviderPerson, secret: str) -> int | None:
    """Link an invited account: by the link that was opened, or by the address that the provider verified."""
    with transaction.atomic():
        invited = invitations.by_secret(secret) if secret else None
        if invited is None and person.email:
            invited = invitations.by_email(person.email)
        if invited is None:
            return None
        journal.lock_subject(f"account {invited.name}")
        if provider_accounts.is_linked(invited.user_id, person.issuer) or not invitations.take_up(
            invited.number
        ):
            return None
        provider_accounts.link(invited.user_id, person.issuer, person.subject, linked_by="invitation")
        who = accounts.actor(invited.user_id, invited.name)
        if who is not None:
            with scope.within(scope.scope_of(who)):
                journal.write(
                    who,
                    "link-provider",
                    f"account {invited.name}",
                    after={"provider": provider.key, "by": "invitation"},
                )
    return invited.user_id
