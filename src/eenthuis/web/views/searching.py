"""One search box for households, municipalities and receipts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from eenthuis.services.searching import Hit, search
from eenthuis.web import requests


@require_safe
def search_everything(request: HttpRequest) -> HttpResponse:
    """Go to what was found when it is one thing; list what was found when it is more, or nothing."""
    written = request.GET.get("vraag", "").strip()
    hits = search(actor=requests.actor(request), written=written, today=requests.today(request))
    if len(hits) == 1:
        return redirect(_address(hits[0]))
    context = {"written": written, "hits": [(hit, _address(hit)) for hit in hits]}
    return render(request, "eenthuis/search.html", context)


def _address(hit: Hit) -> str:
    return reverse(hit.kind.value, args=[hit.identifier])
