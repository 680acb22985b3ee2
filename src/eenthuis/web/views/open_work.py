"""The list of open work: one household a row, by the day on which something must be done."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from eenthuis import reference
from eenthuis.rules.bands import BANDS
from eenthuis.services.desk_money import read_evidence_awaited
from eenthuis.services.open_work import Term, read_open_work
from eenthuis.services.saved_filters import FilteredList
from eenthuis.terms.access import Role
from eenthuis.terms.places import LinkingRegion
from eenthuis.web import requests
from eenthuis.web.filters import filter_of, query_of, saved_of


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
        "evidence": read_evidence_awaited(actor=actor),
        "today": today,
        "saved": saved_of(actor, today, FilteredList.WORK),
        "list_name": FilteredList.WORK.value,
    }
    return render(request, "eenthuis/work.html", context)
