"""Errors of the API as problem details, every one of them with its place, and the headers of every answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from eenthuis.api.rejected import Rejected, rejected
from eenthuis.services.http_status import status_of, unreachable
from eenthuis.terms.errors import CODES, EenthuisError, InputErrors

VERSION = "1.5.0"
PREFIX = "/api/v1/"
PROBLEM = "application/problem+json"
TITLES = {
    400: "De aanvraag klopt niet",
    401: "De sleutel is niet geldig",
    403: "Dit mag niet",
    404: "Niet gevonden",
    405: "Deze handeling bestaat hier niet",
    409: "Dit past niet bij wat al vastligt",
    412: "Intussen gewijzigd",
    413: "De aanvraag is te groot",
    415: "Deze vorm van aanvragen kennen we niet",
    422: "Deze sleutel hoort bij een andere aanvraag",
    428: "Zeg welke stand u hebt gezien",
    429: "Te veel aanvragen",
    500: "Er ging iets mis aan onze kant",
    503: "De dienst is nu niet bereikbaar",
}
ALWAYS = {
    "API-Version": VERSION,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""Headers of every answer; the others that security asks for come with every page."""


def problem(
    status: int,
    detail: str,
    *,
    code: str = "",
    errors: Sequence[Rejected] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Return a problem document with its status; without errors of their own it lists its detail as the one error."""
    every = errors or (Rejected(code=code, detail=detail),)
    body = {
        "type": f"urn:eenthuis:fout:{code.lower()}" if code else "about:blank",
        "title": TITLES.get(status, "Er ging iets mis"),
        "status": status,
        "detail": detail,
        "code": code,
        "errors": [
            {"in": one.part, "location": one.location, "code": one.code, "detail": one.detail}
            for one in every
        ],
    }
    text = json.dumps(body, ensure_ascii=False)
    return HttpResponse(text.encode("utf-8", "replace"), status=status, content_type=PROBLEM, headers=headers)


def of_ours(wrong: EenthuisError) -> HttpResponse:
    """Return the problem of an error of ours, each of several on its own line."""
    every = wrong.errors if isinstance(wrong, InputErrors) else (wrong,)
    return problem(
        status_of(wrong.code),
        f"{CODES[wrong.code]}: {wrong.message}. {wrong.remedy}",
        code=wrong.code,
        errors=[
            Rejected(
                code=one.code,
                detail=f"{one.message}. {one.remedy}",
                location=one.location.column if one.location else "",
            )
            for one in every
        ],
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
        errors = [rejected(one) for one in wrong.errors]
        return problem(400, f"{len(errors)} waarden kloppen niet", code="INP-01", errors=errors)

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, wrong: Http404) -> HttpResponse:
        del request, wrong
        return problem(404, "Dit adres bestaat niet in deze API.")

    @api.exception_handler(HttpError)
    def other(request: HttpRequest, wrong: HttpError) -> HttpResponse:
        del request
        cause = wrong.__cause__
        if isinstance(cause, HttpError):  # what our own reader said of the body
            wrong = cause
        return problem(wrong.status_code, str(wrong), errors=[Rejected("", str(wrong), "body", "#")])


class ApiMiddleware:
    """Puts its headers on every answer of the API, and makes problems of what Django answers by itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes next."""
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and see to it that an answer of the API looks like one."""
        response = self._next(request)
        if not request.path.startswith(PREFIX):
            return response
        failed = response.status_code >= 400  # noqa: PLR2004 - where HTTP's errors begin
        if failed and response.get("Content-Type", "").split(";")[0] != PROBLEM:
            held = {name: response[name] for name in KEPT_HEADERS if name in response}
            detail = TITLES.get(response.status_code, "Er ging iets mis")
            response = problem(response.status_code, detail, headers=held)
        for name, value in ALWAYS.items():
            response[name] = value
        if request.path == f"{PREFIX}openapi.json":
            response["Access-Control-Allow-Origin"] = "*"
        return response


KEPT_HEADERS = (
    "Allow",
    "Content-Security-Policy",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Strict-Transport-Security",
    "RateLimit-Limit",
    "RateLimit-Remaining",
    "RateLimit-Reset",
)
