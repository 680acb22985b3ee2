"""Who asks, at which pace: keys in a header, sessions for the pages' own use, and a limit per minute."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja.utils import check_csrf

from eenthuis.api.description import query_keys
from eenthuis.api.problems import PREFIX, of_ours, problem
from eenthuis.api.rejected import Rejected
from eenthuis.services.allowances import Allowance, take
from eenthuis.services.api_keys import holder_of
from eenthuis.services.http_status import unreachable
from eenthuis.terms.access import ANYONE, Actor
from eenthuis.terms.errors import ApiError

SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
LONGEST_KEY = 200
NO_KEY = "-"


class KeyMiddleware:
    """Sets ``request.actor`` from a key and ``request.caller`` for counting, and holds everyone to the limit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes next."""
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find out who asks, count, and pass the request on or refuse it."""
        if not request.path.startswith(PREFIX):
            return self._next(request)
        try:
            return self._answer(request)
        except OperationalError:
            return of_ours(unreachable())

    def _answer(self, request: HttpRequest) -> HttpResponse:
        given = _key_in(request)
        holder = None if given is None else holder_of(secret=given, today=request.today)  # type: ignore[attr-defined]
        caller, limit = _counted_as(request, given, holder)
        allowance = take(who=caller, limit=limit)
        if allowance.is_spent:
            response = of_ours(
                ApiError(
                    "API-02",
                    f"more than {limit} requests came in one minute",
                    remedy=f"Wait {allowance.resets_in} seconds.",
                )
            )
            response["Retry-After"] = str(allowance.resets_in)
        elif given is not None and holder is None:
            response = of_ours(
                ApiError(
                    "API-01", "no key like this holds today", remedy="Ask the administrator for a new key."
                )
            )
            response["WWW-Authenticate"] = 'Bearer realm="Eenthuis", error="invalid_token"'
        else:
            response = self._let_in(request, caller, holder)
        return _told(response, allowance)

    def _let_in(self, request: HttpRequest, caller: str, holder: Actor | None) -> HttpResponse:
        request.caller = caller  # type: ignore[attr-defined]
        if holder is not None:
            request.actor = holder  # type: ignore[attr-defined]
        elif request.actor is not ANYONE and request.method not in SAFE and check_csrf(request) is not None:  # type: ignore[attr-defined]
            return problem(403, "Een aanvraag vanuit een sessie stuurt X-CSRFToken mee.")
        return self._next(request)

    def process_view(
        self, request: HttpRequest, view: object, arguments: object, named: object
    ) -> HttpResponseBase | None:
        """Refuse an address with a key that this resource does not know, or with one key twice."""
        del view, arguments, named
        match = request.resolver_match
        if not request.path.startswith(PREFIX) or match is None or not request.GET:
            return None
        path = "/" + match.route.removeprefix(PREFIX[1:]).replace("<", "{").replace(">", "}")
        known = _known().get((path, request.method or ""))
        if known is None:
            return None
        errors = [
            Rejected("extra_forbidden", "deze sleutel kennen we niet", "query", key)
            for key in request.GET
            if key not in known
        ]
        errors += [
            Rejected("repeated", "deze sleutel staat er meer dan een keer", "query", key)
            for key, values in request.GET.lists()
            if key in known and len(values) > 1
        ]
        return (
            problem(400, f"{len(errors)} waarden kloppen niet", code="INP-01", errors=errors)
            if errors
            else None
        )


@cache
def _known() -> dict[tuple[str, str], frozenset[str]]:
    from eenthuis.api.resources import api  # it needs the settings, which name this module

    return query_keys(api.get_openapi_schema())


def _key_in(request: HttpRequest) -> str | None:
    """Return the key that came with a request, if any; what is no key of ours is returned as one that opens nothing."""
    given = []
    if "X-Api-Key" in request.headers:
        given.append(request.headers["X-Api-Key"])
    if "Authorization" in request.headers:
        scheme, _, value = request.headers["Authorization"].partition(" ")
        given.append(value.strip() if scheme.lower() == "bearer" else NO_KEY)
    if not given:
        return None
    return given[0] if len(set(given)) == 1 and len(given[0]) <= LONGEST_KEY else NO_KEY


def _counted_as(request: HttpRequest, given: str | None, holder: Actor | None) -> tuple[str, int]:
    """Return the name to count under and the limit; a key that does not hold counts for the address it came from."""
    if holder is not None:
        return f"key:{holder.name}", settings.API_LIMIT_KEY
    if given is None and request.user.is_authenticated:
        return f"account:{request.user.pk}", settings.API_LIMIT_KEY
    return f"address:{_address(request)}", settings.API_LIMIT_ANYONE


def _address(request: HttpRequest) -> str:
    """Return the address a request came from, hashed so that no table holds it."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.API_PROXIES:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        if len(hops) >= settings.API_PROXIES:
            address = hops[-settings.API_PROXIES]
    return hmac.new(settings.SECRET_KEY.encode(), address.encode(), hashlib.sha256).hexdigest()[:32]


def _told(response: HttpResponse, allowance: Allowance) -> HttpResponse:
    response["RateLimit-Limit"] = str(allowance.limit)
    response["RateLimit-Remaining"] = str(allowance.remaining)
    response["RateLimit-Reset"] = str(allowance.resets_in)
    return response
