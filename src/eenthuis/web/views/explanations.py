"""Why a household has its place, and why a place has its households; a script may ask for that part alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from eenthuis.services import explaining
from eenthuis.terms.people import HouseholdId
from eenthuis.web import explanations, requests


@require_safe
def household(request: HttpRequest, identifier: str) -> HttpResponse:
    """Explain one household in the latest proposal."""
    page = explaining.explain_household(
        actor=requests.actor(request), identifier=HouseholdId(identifier), today=requests.today(request)
    )
    return _answered(
        request, "explained", {"page": page, "told": explanations.household(page.explained, page.names)}
    )


@require_safe
def municipality(request: HttpRequest, code: str) -> HttpResponse:
    """Explain which households a municipality gets in the latest proposal."""
    page = explaining.explain_municipality(
        actor=requests.actor(request), code=code, today=requests.today(request)
    )
    context = {
        "page": page,
        "told": explanations.municipality(page.explained, page.names),
        "linked": [
            (one, explanations.why(one.code, page.explained.place, page.names))
            for one in page.explained.linked
        ],
    }
    return render(request, "eenthuis/explained_place.html", context)


def _answered(request: HttpRequest, name: str, context: dict[str, object]) -> HttpResponse:
    part = "HX-Request" in request.headers
    response = render(request, f"eenthuis/{'_' if part else ''}{name}.html", context)
    response["Vary"] = "HX-Request"
    return response
