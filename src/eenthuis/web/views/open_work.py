"""The list of open work: one household a row, by the day on which something must be done."""

from __future__ import annotations

from dataclasses import asdict
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from eenthuis import reference
from eenthuis.rules.bands import BANDS
from eenthuis.services.open_work import Term, WorkFilter, read_open_work
from eenthuis.terms.access import Role
from eenthuis.terms.places import LinkingRegion
from eenthuis.web import requests

ADDRESS = {
    "kind": "soort",
    "term": "termijn",
    "whose": "van",
    "region": "regio",
    "municipality": "gemeente",
    "size": "grootte",
    "search": "zoek",
}


def filter_of(query: QueryDict) -> WorkFilter:
    """Read a filter of the list from an address."""
    return WorkFilter(**{part: query.get(name, "") for part, name in ADDRESS.items()})


def query_of(chosen: WorkFilter) -> str:
    """Return the part of the address that gives a filter."""
    return urlencode({ADDRESS[part]: value for part, value in asdict(chosen).items() if value})


@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """Show the open work within reach, earliest day first."""
    today, actor = requests.today(request), requests.actor(request)
    page = read_open_work(
        actor=actor, today=today, chosen=filter_of(request.GET), after=request.GET.get("na", "")
    )
    context = {
        "page": page,
        "query": query_of(page.chosen),
        "terms": list(Term),
        "regions": list(LinkingRegion) if actor.role is not Role.MUNICIPALITY else (),
        "municipalities": reference.municipalities(today) if actor.role is not Role.MUNICIPALITY else (),
        "bands": [band for band, _low, _high in BANDS],
        "is_later": "na" in request.GET,
    }
    return render(request, "eenthuis/work.html", context)
