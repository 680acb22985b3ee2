"""Reading a request: who asks, what day it is, and which half-year is meant."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from eenthuis.services.country import running_half_year
from eenthuis.terms.access import ANYONE, Actor
from eenthuis.terms.half_year import HalfYear

MOST_PAGES = 100_000
DESK = "/bureau/"


def onwards(request: HttpRequest, otherwise: str = "/") -> str:
    """Return the address to go on to, only one of our own; ``otherwise`` where none is asked for."""
    wanted = request.POST.get("volgende") or request.GET.get("volgende") or otherwise
    allowed = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if allowed else otherwise


def actor(request: HttpRequest) -> Actor:
    """Return who asks."""
    who = getattr(request, "actor", ANYONE)
    return who if isinstance(who, Actor) else ANYONE


def own_actor(request: HttpRequest) -> Actor:
    """Return who signed in, also when a second factor is still to be set and nothing else is open yet."""
    who = getattr(request, "own_actor", ANYONE)
    return who if isinstance(who, Actor) else ANYONE


def today(request: HttpRequest) -> date:
    """Return the day it is for this request."""
    day = getattr(request, "today", None)
    if not isinstance(day, date):
        raise TypeError("the request has no day; ActorMiddleware sets it")
    return day


def half_year(request: HttpRequest) -> HalfYear:
    """Return the half-year in the address, or the running one.

    Raises
    ------
    InputError
        INP-01 when the address names something else.
    """
    written = request.GET.get("halfjaar", "")
    return HalfYear.parse(written) if written else running_half_year(today(request))


def typed_day(text: str) -> date | None:
    """Return a day typed as ``30-09-2022``; None when it is none."""
    try:
        return datetime.strptime(text, "%d-%m-%Y").replace(tzinfo=UTC).date()
    except ValueError:
        return None


def page_number(request: HttpRequest) -> int:
    """Return the page of a list that is asked for; the first when that is no number."""
    written = request.GET.get("pagina", "1")
    return (
        min(int(written), MOST_PAGES) if written.isascii() and written.isdigit() and int(written) > 0 else 1
    )


def for_excel(request: HttpRequest) -> bool:
    """Return whether a CSV is meant for Dutch Excel."""
    return request.GET.get("vorm") == "excel"
