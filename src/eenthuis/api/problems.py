"""Errors of the API as problem details, every one of them, with the version of the API on every answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from eenthuis.services.http_status import status_of, unreachable
from eenthuis.terms.errors import CODES, EenthuisError, InputErrors

VERSION = "1.0.0"
PREFIX = "/api/v1/"
TITLES = {
    400: "De aanvraag klopt niet",
    403: "Dit mag niet",
    404: "Niet gevonden",
    405: "Deze handeling bestaat hier niet",
    409: "Dit past niet bij wat al vastligt",
    500: "Er ging iets mis aan onze kant",
    503: "De dienst is nu niet bereikbaar",
}


def problem(status: int, detail: str, *, code: str = "", errors: Sequence[str] = ()) -> HttpResponse:
    """Return a problem document with its status."""
    body = {
        "type": f"urn:eenthuis:fout:{code.lower()}" if code else "about:blank",
        "title": TITLES.get(status, "Er ging iets mis"),
        "status": status,
        "detail": detail,
        "code": code,
        "errors": list(errors) or [detail],
    }
    return HttpResponse(
        json.dumps(body, ensure_ascii=False), status=status, content_type="application/problem+json"
    )


def of_ours(wrong: EenthuisError) -> HttpResponse:
    """Return the problem of an error of ours, each of several on its own line."""
    every = wrong.errors if isinstance(wrong, InputErrors) else (wrong,)
    return problem(
        status_of(wrong.code),
        f"{CODES[wrong.code]}: {wrong.message}. {wrong.remedy}",
        code=wrong.code,
        errors=[str(one) for one in every],
    )


def register(api: NinjaAPI) -> None:
    """Let every error of this API become a problem document."""

    @api.exception_handler(EenthuisError)
    def ours(request: HttpRequest, wrong: EenthuisError) -> HttpResponse:
        del request
        return of_ours(wrong)

    @api.exception_handler(OperationalError)
    def no_database(request: HttpRequest, wrong: OperationalError) -> HttpResponse:
        del request, wrong
        return of_ours(unreachable())

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
        del request
        errors = [f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in wrong.errors]
        return problem(400, f"{len(errors)} waarden kloppen niet", code="INP-01", errors=errors)

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, wrong: Http404) -> HttpResponse:
        del request, wrong
        return problem(404, "Dit adres bestaat niet in deze API.")

    @api.exception_handler(HttpError)
    def other(request: HttpRequest, wrong: HttpError) -> HttpResponse:
        del request
        return problem(wrong.status_code, str(wrong))


class ApiMiddleware:
    """Puts the version on every answer of the API, and makes problems of what Django answers by itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes next."""
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and see to it that an answer of the API looks like one."""
        response = self._next(request)
        if not request.path.startswith(PREFIX):
            return response
        failed = response.status_code >= 400  # noqa: PLR2004 - where HTTP's errors begin
        if failed and response.get("Content-Type", "").split(";")[0] != "application/problem+json":
            allow = response.get("Allow", "")
            detail = TITLES.get(response.status_code, "Er ging iets mis")
            response = problem(response.status_code, detail)
            if allow:
                response["Allow"] = allow
        response["API-Version"] = VERSION
        if request.path == f"{PREFIX}openapi.json":
            response["Access-Control-Allow-Origin"] = "*"
        return response
