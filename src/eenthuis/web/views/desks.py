"""The desk of whoever is signed in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from eenthuis.services.desk_models import Desk
from eenthuis.services.desks import read_desk, read_region_desk
from eenthuis.terms.access import Role
from eenthuis.web import requests
from eenthuis.web.composition_words import CATEGORIES
from eenthuis.web.desk_words import said
from eenthuis.web.filters import saved_of

WITH_LISTS = frozenset({Role.COA, Role.MUNICIPALITY, Role.AUDITOR})


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show the desk of the one who is signed in."""
    return _shown(request, read_desk(actor=requests.actor(request), today=requests.today(request)))


@require_safe
def region_desk(request: HttpRequest, region: str) -> HttpResponse:
    """Show the desk of the lead of a linking region."""
    page = read_region_desk(actor=requests.actor(request), region=region, today=requests.today(request))
    return _shown(request, page)


def _shown(request: HttpRequest, page: Desk) -> HttpResponse:
    actor = requests.actor(request)
    context = {
        "page": page,
        "tasks": [said(task, page.half_year, page.role) for task in page.tasks],
        "saved": saved_of(actor, page.today) if actor.role in WITH_LISTS else (),
        "bands": list(CATEGORIES["home"].values()),
    }
    return render(request, "eenthuis/desk.html", context)
