"""OpenID Connect with a sign-in provider: the authorisation code flow with PKCE, and signing out there.

The protocol is Authlib's and joserfc's; what is decided here is what must hold before anybody is believed.

References
----------
OpenID Connect Core 1.0, section 3.1; Discovery 1.0; RP-Initiated Logout 1.0; RFC 7636 (PKCE); RFC 9207 (issuer in
the answer, against mix-up).
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from eenthuis.connect.sign_in_providers import Provider, is_safe_address
from eenthuis.terms.errors import SignInError

SECONDS = 10
KEPT_SECONDS = 3600
RANDOM_BYTES = 32
VERIFIER_BYTES = 48
LONGEST_SUBJECT = 255
SIGNATURES = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
    "Ed25519",
)
"""Signatures with a key pair only: none, and a signature with a shared secret, prove nothing."""

ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True, slots=True)
class BegunSignIn:
    """A sign-in under way: where to send the browser, and what its answer must match."""

    address: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class ProviderPerson:
    """Who signed in at a provider; ``email`` is empty unless the provider says that it was verified."""

    issuer: str
    subject: str
    email: str
    has_second_factor: bool
    id_token: str


@dataclass(frozen=True, slots=True)
class _Kept:
    at: float
    document: Mapping[str, Any]


_discovered: dict[str, _Kept] = {}
_keys: dict[str, _Kept] = {}


def begin(provider: Provider, return_address: str) -> BegunSignIn:
    """Begin a sign-in.

    Raises
    ------
    SignInError
        SGN-04 when the provider does not answer as it must.
    """
    state, nonce = secrets.token_urlsafe(RANDOM_BYTES), secrets.token_urlsafe(RANDOM_BYTES)
    verifier = secrets.token_urlsafe(VERIFIER_BYTES)
    extra = {"acr_values": " ".join(provider.acr_values)} if provider.acr_values else {}
    with _session(provider, return_address) as session:
        address, _ = session.create_authorization_url(
            str(discover(provider)["authorization_endpoint"]),
            state=state,
            code_verifier=verifier,
            nonce=nonce,
            **extra,
        )
    return BegunSignIn(str(address), state, nonce, verifier)


def finish(
    provider: Provider,
    return_address: str,
    answer: Mapping[str, str],
    *,
    nonce: str,
    verifier: str,
) -> ProviderPerson:
    """Return who signed in, from what the browser brought back; the state was matched already.

    Raises
    ------
    SignInError
        SGN-01 when the answer names another provider, SGN-02 when the provider says no, SGN-03 when what it says does
        not hold, SGN-04 when it does not answer.
    """
    known = discover(provider)
    told = answer.get("iss", "")
    if told != provider.issuer and (
        told or known.get("authorization_response_iss_parameter_supported") is True
    ):
        raise SignInError(
            "SGN-01",
            "the answer is not of the provider that was asked",
            remedy="Begin again at the sign-in page.",
        )
    code = answer.get("code", "")
    if "error" in answer or not code:
        raise SignInError(
            "SGN-02", "the provider let nobody in", remedy="Begin again, or ask who keeps the provider."
        )
    token = _tokens_for(provider, return_address, code=code, verifier=verifier)
    written = token.get("id_token")
    if not isinstance(written, str):
        raise _does_not_hold("there is no ID token")
    claims = _claims(provider, written, nonce=nonce, access_token=str(token.get("access_token", "")))
    return _person(provider, claims, written)


def sign_out_address(provider: Provider, id_token: str, onwards: str) -> str:
    """Return where a session ends at the provider too; empty when it has no such place.

    Raises
    ------
    SignInError
        SGN-04 when the provider does not answer as it must.
    """
    place = str(discover(provider).get("end_session_endpoint", ""))
    if not is_safe_address(place):
        return ""
    asked = urlencode(
        {
            "id_token_hint": id_token,
            "client_id": provider.client_id,
            "post_logout_redirect_uri": onwards,
        }
    )
    return f"{place}{'&' if '?' in place else '?'}{asked}"


def discover(provider: Provider) -> Mapping[str, Any]:
    """Return what a provider says of itself, an hour old at most.

    Raises
    ------
    SignInError
        SGN-04 when it does not answer, names another issuer, or an address without TLS.
    """
    kept = _discovered.get(provider.issuer)
    if kept and time.monotonic() - kept.at < KEPT_SECONDS:
        return kept.document
    document = _fetch(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if document.get("issuer") != provider.issuer:
        raise _unreachable("its description names another issuer")
    if not all(is_safe_address(str(document.get(name, ""))) for name in ENDPOINTS):
        raise _unreachable("its description lacks an https address")
    _discovered[provider.issuer] = _Kept(time.monotonic(), document)
    return document


def _session(provider: Provider, return_address: str) -> Any:  # noqa: ANN401 - Authlib has no types
    from authlib.integrations.requests_client import OAuth2Session

    known = discover(provider)
    ways = known.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return OAuth2Session(
        provider.client_id,
        provider.secret,
        token_endpoint_auth_method="client_secret_basic"
        if "client_secret_basic" in ways
        else "client_secret_post",
        scope=" ".join(provider.scopes),
        redirect_uri=return_address,
        code_challenge_method="S256",
        default_timeout=SECONDS,
    )


def _tokens_for(provider: Provider, return_address: str, *, code: str, verifier: str) -> Mapping[str, Any]:
    """Hand in the code and get the tokens; a code that was used before is refused by the provider."""
    import requests
    from authlib.common.errors import AuthlibBaseError

    with _session(provider, return_address) as session:
        try:
            token = session.fetch_token(
                str(discover(provider)["token_endpoint"]),
                grant_type="authorization_code",
                code=code,
                code_verifier=verifier,
                allow_redirects=False,
            )
        except requests.RequestException as wrong:
            raise _unreachable("it does not answer") from wrong
        except (AuthlibBaseError, ValueError, TypeError) as wrong:
            raise _does_not_hold("the provider does not take the code") from wrong
    return dict(token)


def _claims(provider: Provider, written: str, *, nonce: str, access_token: str) -> Mapping[str, Any]:
    """Return the claims of an ID token once its signature and every claim that must match hold."""
    from authlib.oidc.core import CodeIDToken
    from joserfc.errors import JoseError

    token = _decoded(provider, written)
    claims = CodeIDToken(
        token.claims,
        token.header,
        options={
            "iss": {"essential": True, "value": provider.issuer},
            "aud": {"essential": True, "value": provider.client_id},
            "sub": {"essential": True},
            "exp": {"essential": True},
            "iat": {"essential": True},
        },
        params={"nonce": nonce, "client_id": provider.client_id, "access_token": access_token},
    )
    try:
        claims.validate(leeway=provider.clock_skew)
    except (JoseError, TypeError, ValueError) as wrong:
        claim = getattr(wrong, "claim", "") or type(wrong).__name__
        raise _does_not_hold(f"the ID token does not hold ({claim})") from wrong
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise _does_not_hold("the ID token does not hold (nonce)")
    return dict(claims)


def _decoded(provider: Provider, written: str) -> Any:  # noqa: ANN401 - a token of joserfc, whose claims are anything
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    problem: Exception | None = None
    for fresh in (False, True):  # a key that is not known may be a new one
        try:
            keys = KeySet.import_key_set(_key_set(provider, fresh=fresh))  # type: ignore[arg-type]
            return jwt.decode(written, keys, algorithms=list(SIGNATURES))
        except (JoseError, ValueError, TypeError, KeyError) as wrong:
            problem = wrong
    raise _does_not_hold("the ID token does not hold (signature)") from problem


def _key_set(provider: Provider, *, fresh: bool) -> Mapping[str, Any]:
    place = str(discover(provider)["jwks_uri"])
    kept = _keys.get(place)
    if kept and not fresh and time.monotonic() - kept.at < KEPT_SECONDS:
        return kept.document
    document = _fetch(place)
    _keys[place] = _Kept(time.monotonic(), document)
    return document


def _person(provider: Provider, claims: Mapping[str, Any], written: str) -> ProviderPerson:
    subject = claims.get(provider.account_claim)
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise _does_not_hold(f"the claim {provider.account_claim} names nobody")
    given = {str(claims.get("acr", "")), *map(str, claims.get("amr") or ())}
    email = claims.get("email")
    return ProviderPerson(
        issuer=provider.issuer,
        subject=subject,
        email=email.strip().lower()
        if isinstance(email, str) and claims.get("email_verified") is True
        else "",
        has_second_factor=bool(given & set(provider.second_factor)),
        id_token=written,
    )


def _fetch(address: str) -> Mapping[str, Any]:
    import requests

    try:
        answer = requests.get(address, timeout=SECONDS, allow_redirects=False)
        if answer.status_code != requests.codes.ok:
            raise _unreachable(f"it answers with status {answer.status_code}")
        document = answer.json()
    except requests.RequestException as wrong:
        raise _unreachable("it does not answer") from wrong
    if not isinstance(document, dict):
        raise _unreachable("it answers with something else than a description")
    return document


def _unreachable(found: str) -> SignInError:
    return SignInError(
        "SGN-04", f"the provider cannot be used: {found}", remedy="Try again in a few minutes."
    )


def _does_not_hold(found: str) -> SignInError:
    return SignInError("SGN-03", found, remedy="Begin again; if it goes on, tell the administrator.")
