"""Who asks, within which scope, and what day it is: put on every request, so that nothing below has to guess."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from eenthuis.connect.clock import today
from eenthuis.services.accounts import actor_of
from eenthuis.store.scope import Scope, scope_of, within


class ActorMiddleware:
    """Sets ``request.actor`` and ``request.today``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes next."""
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Put actor and day on the request."""
        user = request.user
        request.actor = actor_of(user_id=user.pk, name=user.get_username())  # type: ignore[attr-defined]
        request.today = today()  # type: ignore[attr-defined]
        return self._next(request)


class ScopeMiddleware:
    """Answers within the scope of ``request.actor``, whoever set it; it stands after all that might."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes next."""
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer within the scope; an answer in parts is made within it too, after the request is over."""
        scope = scope_of(request.actor)  # type: ignore[attr-defined]
        with within(scope):
            response = self._next(request)
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            response.streaming_content = _each_within(scope, iter(response.streaming_content))
        return response


def _each_within(scope: Scope, parts: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the parts of an answer, each made within the scope of the one who asked, after the request is over."""
    while True:
        with within(scope):
            part = next(parts, None)
        if part is None:
            return
        yield part
