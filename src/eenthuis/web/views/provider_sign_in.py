"""Signing in at the organisation's own provider, and signing out there too."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET

from eenthuis.services.provider_sign_in import begin_at, finish_at, leave_at
from eenthuis.services.sign_ins import needs_code
from eenthuis.terms.errors import SignInError
from eenthuis.web.requests import DESK, onwards
from eenthuis.web.views.own_account import AT_PROVIDER, ask_for_code, let_in

UNDER_WAY = "provider_sign_in"
MOST_UNDER_WAY = 5
PATIENCE_SECONDS = 600


@require_GET
def begin(request: HttpRequest, provider: str) -> HttpResponse:
    """Send the browser to a provider; what its answer must match stays in the session."""
    begun = begin_at(key=provider, return_address=_return_address(request, provider))
    under_way: dict[str, Any] = request.session.get(UNDER_WAY, {})
    latest = sorted(under_way.items(), key=lambda one: float(one[1]["until"]))[-(MOST_UNDER_WAY - 1) :]
    request.session[UNDER_WAY] = {
        **dict(latest),
        begun.state: {
            "provider": provider,
            "nonce": begun.nonce,
            "verifier": begun.verifier,
            "until": time.time() + PATIENCE_SECONDS,
            "onwards": onwards(request, DESK),
            "invitation": request.GET.get("uitnodiging", ""),
        },
    }
    return HttpResponseRedirect(begun.address)


@sensitive_variables("asked", "found")
@require_GET
def come_back(request: HttpRequest, provider: str) -> HttpResponse:
    """Let in who comes back from a provider with an answer that this session asked for, once."""
    under_way: dict[str, Any] = request.session.get(UNDER_WAY, {})
    asked = under_way.pop(request.GET.get("state", ""), None)
    request.session[UNDER_WAY] = under_way
    request.session.save()
    if asked is None or asked["provider"] != provider or asked["until"] < time.time():
        raise SignInError(
            "SGN-01", "this session did not ask for that answer", remedy="Begin again at the sign-in page."
        )
    found = finish_at(
        key=provider,
        return_address=_return_address(request, provider),
        answer={key: str(value) for key, value in request.GET.items()},
        nonce=asked["nonce"],
        verifier=asked["verifier"],
        invitation=asked["invitation"],
    )
    leaving = {"provider": provider, "id_token": found.id_token}
    if not found.has_second_factor and needs_code(found.user_id):
        return ask_for_code(request, found.user_id, asked["onwards"], at_provider=leaving)
    let_in(request, found.user_id, with_second_factor=found.has_second_factor)
    request.session[AT_PROVIDER] = leaving
    if settings.SECOND_FACTOR_REQUIRED and not found.has_second_factor:
        return redirect("second-factor")
    return HttpResponseRedirect(asked["onwards"])


def leaving_of(request: HttpRequest) -> dict[str, object]:
    """Return what the page after signing out says of the provider at which this session was opened, if any."""
    held = request.session.get(AT_PROVIDER)
    if not held:
        return {}
    left = leave_at(
        key=held["provider"], id_token=held["id_token"], onwards=request.build_absolute_uri(reverse("start"))
    )
    return {} if left is None else {"provider": left[0], "address": left[1]}


def _return_address(request: HttpRequest, provider: str) -> str:
    return request.build_absolute_uri(reverse("provider-come-back", args=[provider]))
