"""Who asks, within which scope, and what day it is: put on every request, so that nothing below has to guess."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from eenthuis.connect.clock import today
from eenthuis.services.accounts import actor_of
from eenthuis.services.deputies import STANDS_IN, standing
from eenthuis.services.processing import Trace, new_trace, within_trace
from eenthuis.services.sign_ins import SECOND_FACTOR
from eenthuis.store.scope import Scope, scope_of, within
from eenthuis.terms.access import ANYONE, Actor


class ActorMiddleware:
    """Sets ``request.actor`` and ``request.today``.

    Where a second factor is required, who signed in without one is anyone to every page; ``request.own_actor`` is who
    it is, for the pages on which one is set.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes next."""
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Put actor and day on the request."""
        user = request.user
        who = actor_of(user_id=user.pk, name=user.get_username())
        is_in = not settings.SECOND_FACTOR_REQUIRED or request.session.get(SECOND_FACTOR) is True
        request.own_actor = who  # type: ignore[attr-defined]
        request.today = today()  # type: ignore[attr-defined]
        request.actor = _standing_in(request, who) if is_in else ANYONE  # type: ignore[attr-defined]
        return self._next(request)


def _standing_in(request: HttpRequest, who: Actor) -> Actor:
    """Return the colleague whom somebody stands in for in this session, or who it is when that is over."""
    number = request.session.get(STANDS_IN)
    if not isinstance(number, int):
        return who
    absent = standing(who, number, request.today)  # type: ignore[attr-defined]
    if absent is None:
        del request.session[STANDS_IN]
    return absent or who


class ScopeMiddleware:
    """Answers within the scope of ``request.actor``, whoever set it; it stands after all that might."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes next."""
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer within the scope; an answer in parts is made within it too, after the request is over."""
        scope = scope_of(request.actor)  # type: ignore[attr-defined]
        trace = new_trace()
        with within(scope), within_trace(trace):
            response = self._next(request)
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            response.streaming_content = _each_within(scope, trace, iter(response.streaming_content))
        return response


def _each_within(scope: Scope, trace: Trace, parts: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the parts of an answer, each made within the scope of the one who asked, after the request is over."""
    while True:
        with within(scope), within_trace(trace):
            part = next(parts, None)
        if part is None:
            return
        yield part
