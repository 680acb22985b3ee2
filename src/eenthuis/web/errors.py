"""From an error of ours to a page with a Dutch sentence and a remedy."""

from __future__ import annotations

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from eenthuis.terms.errors import EenthuisError, SetupError
from eenthuis.web.sentences import SENTENCES

STATUS = {
    "ACC-01": 403,
    "ACC-02": 404,
    "REF-01": 404,
    "REF-03": 404,
    "REF-05": 404,
    "STA": 409,
    "SET": 503,
}
OTHERWISE = 400


def status_of(code: str) -> int:
    """Return the HTTP status for an error code."""
    return STATUS.get(code, STATUS.get(code[:3], OTHERWISE))


class ErrorPageMiddleware:
    """Turns our own errors into pages; any other error stays an error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes next."""
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self._next(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer with the page of an error of ours."""
        if isinstance(exception, OperationalError):
            exception = SetupError(
                "SET-01",
                "the database does not answer",
                remedy="Try again in a moment, or run eenthuis doctor.",
            )
        if isinstance(exception, EenthuisError):
            return error_page(request, exception)
        return None


def error_page(request: HttpRequest, wrong: EenthuisError) -> HttpResponse:
    """Return the page of an error: the Dutch sentence, the details and the remedy."""
    context = {
        "code": wrong.code,
        "sentence": SENTENCES[wrong.code],
        "message": wrong.message if wrong.code != "ACC-02" else "",
        "remedy": wrong.remedy,
    }
    return render(request, "eenthuis/error.html", context, status=status_of(wrong.code))
