"""From an error of ours to a page with a Dutch sentence and a remedy."""

from __future__ import annotations

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from eenthuis.services.http_status import status_of, unreachable
from eenthuis.terms.errors import EenthuisError
from eenthuis.web.sentences import SENTENCES
from eenthuis.web.views.errors import bad_request


class ErrorPageMiddleware:
    """Turns our own errors into pages; any other error stays an error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes next."""
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, unless it holds what no text may hold and the database would choke on."""
        values = [
            request.path,
            *(value for given in (request.GET, request.POST) for _, value in _every(given)),
        ]
        if any("\x00" in value for value in values):
            return bad_request(request)
        return self._next(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer with the page of an error of ours."""
        if isinstance(exception, OperationalError):
            exception = unreachable()
        if isinstance(exception, EenthuisError):
            return error_page(request, exception)
        return None


def _every(given: QueryDict) -> list[tuple[str, str]]:
    return [(key, str(value)) for key, values in given.lists() for value in (key, *values)]


def error_page(request: HttpRequest, wrong: EenthuisError) -> HttpResponse:
    """Return the page of an error: the Dutch sentence, the details and the remedy."""
    context = {
        "code": wrong.code,
        "sentence": SENTENCES[wrong.code],
        "message": wrong.message if wrong.code != "ACC-02" else "",
        "remedy": wrong.remedy,
    }
    return render(request, "eenthuis/error.html", context, status=status_of(wrong.code))
