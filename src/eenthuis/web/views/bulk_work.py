"""Doing the same for several households: first seen, then done, each with its own outcome."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from eenthuis.services.access import require
from eenthuis.services.bulk_work import MOST_AT_ONCE, do_for_all
from eenthuis.terms.errors import InputError
from eenthuis.terms.people import HouseholdId
from eenthuis.web import requests

TROUBLES = {
    "INP-04": gettext_lazy("Kies eerst één of meer huishoudens."),
    "INP-06": gettext_lazy("Kies ten hoogste %(most)s huishoudens tegelijk."),
}


@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Show what would happen to each household; do it when that has been seen, and show what happened."""
    back = request.POST.get("terug", "")
    actor = requests.actor(request)
    require(actor, "see-open-work")
    try:
        outcome = do_for_all(
            actor=actor,
            action=request.POST.get("actie", ""),
            households=tuple(HouseholdId(name) for name in request.POST.getlist("huishouden")),
            today=requests.today(request),
            is_rehearsal="gezien" not in request.POST,
        )
    except InputError as wrong:
        if wrong.code not in TROUBLES:
            raise
        messages.error(request, str(TROUBLES[wrong.code]) % {"most": MOST_AT_ONCE})
        return HttpResponseRedirect(f"{reverse('work')}?{back}" if back else reverse("work"))
    return render(request, "eenthuis/bulk.html", {"outcome": outcome, "back": back})
