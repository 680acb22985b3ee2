"""Keeping a filter under a name, and removing one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from eenthuis.services.saved_filters import FilteredList, drop_filter, save_filter
from eenthuis.terms.errors import InputError, StateError
from eenthuis.web import requests
from eenthuis.web.filters import parts_of

PROBLEMS = {
    "INP-04": gettext_lazy("Geef het filter een naam."),
    "INP-06": gettext_lazy("Geef het filter een kortere naam, van ten hoogste 60 tekens."),
    "STA-01": gettext_lazy("U bewaart al twaalf filters. Verwijder er eerst een."),
}


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filter of a list under a name, and go back to the list."""
    page, query = request.POST.get("lijst", ""), request.POST.get("zoekvraag", "")
    try:
        save_filter(
            actor=requests.actor(request),
            page=page,
            name=request.POST.get("naam", ""),
            parts=parts_of(page, query),
            today=requests.today(request),
        )
    except (InputError, StateError) as wrong:
        if wrong.code not in PROBLEMS:
            raise
        messages.error(request, str(PROBLEMS[wrong.code]))
    else:
        messages.success(request, _("Het filter is bewaard. U vindt het op uw bureau."))
    where = reverse(page if page in set(FilteredList) else "desk")
    return HttpResponseRedirect(f"{where}?{query}" if query else where)


@require_POST
def drop(request: HttpRequest, number: int) -> HttpResponse:
    """Remove a filter of one's own."""
    drop_filter(actor=requests.actor(request), number=number)
    messages.success(request, _("Het filter is verwijderd."))
    return redirect("desk")
