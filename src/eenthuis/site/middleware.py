"""Who asks, and what day it is: put on every request, so that nothing below has to guess."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from eenthuis.connect.clock import today
from eenthuis.services.accounts import actor_of


class ActorMiddleware:
    """Sets ``request.actor`` and ``request.today``; both are read when first needed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes next."""
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Put actor and day on the request."""
        user = request.user
        request.actor = actor_of(user_id=user.pk, name=user.get_username())  # type: ignore[attr-defined]
        request.today = today()  # type: ignore[attr-defined]
        return self._next(request)
