"""What a real provider (django-oauth-toolkit) says of its users; the name of some makes it lie about them.

The lie is told with the provider's own keys and over its own honest flow, so that nothing but the lie can be refused.
"""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from django.contrib.auth import authenticate, login
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from jwcrypto import jwk, jwt
from oauth2_provider.oauth2_validators import OAuth2Validator
from oidc_provider import LIES, SAID, SECRET, TIMES, VERIFIED


class Validator(OAuth2Validator):  # type: ignore[misc]  # the library has no types
    """Says more of a user than its number, and of some what is not so."""

    oidc_claim_scope = None

    def get_additional_claims(self, request: Any) -> dict[str, Any]:
        name = request.user.username
        return {"sub": f"subject-of-{name}", "email": f"{name}@example.nl", **SAID.get(name, VERIFIED)}

    def finalize_id_token(self, id_token: Any, token: Any, token_handler: Any, request: Any) -> str:
        told = str(super().finalize_id_token(id_token, token, token_handler, request))
        name, key = request.user.username, request.client.jwk_key
        if name not in LIES and name not in {"unsigned", "shared-secret", "other-key"}:
            return told
        claims = json.loads(decoded(told.split(".")[1]))
        for claim, value in LIES.get(name, {}).items():
            claims[claim] = int(time.time()) + value if claim in TIMES and value else value
        claims = {claim: value for claim, value in claims.items() if value is not None}
        header = {"typ": "JWT", "alg": "RS256", "kid": key.thumbprint()}
        if name == "unsigned":
            return f"{encoded({'typ': 'JWT', 'alg': 'none'})}.{encoded(claims)}."
        if name == "shared-secret":
            header["alg"], key = "HS256", jwk.JWK(kty="oct", k=encoded_text(SECRET))
        if name == "other-key":
            key = jwk.JWK.generate(kty="RSA", size=2048)
        signed = jwt.JWT(header=header, claims=claims)
        signed.make_signed_token(key)
        return str(signed.serialize())


def decoded(part: str) -> bytes:
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))


def encoded(value: dict[str, Any]) -> str:
    return encoded_text(json.dumps(value))


def encoded_text(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


@csrf_exempt
def sign_in(request: HttpRequest) -> HttpResponse:
    user = authenticate(request, username=request.POST["name"], password=request.POST["password"])
    if user is None:
        return HttpResponse(status=403)
    login(request, user)
    return HttpResponse()


urlpatterns = [
    path("sign-in/", sign_in),
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
]
