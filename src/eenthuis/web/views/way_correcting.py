"""Mending a step that was recorded wrongly, or striking it out."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from eenthuis.services import way
from eenthuis.services.way_reading import WayPage, read_way
from eenthuis.terms.errors import EenthuisError
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.way import WayStep
from eenthuis.web import requests
from eenthuis.web.sentences import SENTENCES
from eenthuis.web.typed import day_in, typed_number


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, identifier: str, number: int) -> HttpResponse:
    """Strike out a step that was recorded wrongly, or mend its day; the old row stays."""
    actor, household, today = requests.actor(request), HouseholdId(identifier), requests.today(request)
    page = read_way(actor=actor, household=household, today=today)
    wrong = next((one for one in page.steps if one.number == number), None)
    if wrong is None or number not in page.correctable:
        raise Http404
    values = {
        "wat": request.POST.get("wat", "verbeteren"),
        "dag": request.POST.get("dag", f"{wrong.on:%d-%m-%Y}").strip(),
        "reden": request.POST.get("reden", "").strip(),
    }
    problems: dict[str, str] = {}
    if request.method == "POST" and _corrected(request, page, wrong, values, problems):
        messages.success(request, _("De stap is verbeterd. Wat er eerst stond, blijft bewaard."))
        return redirect("household", identifier=identifier)
    context = {
        "page": page,
        "step": wrong,
        "values": values,
        "problems": problems,
        "seen": request.POST.get("gezien", page.seen),
    }
    return render(request, "eenthuis/way_correct.html", context, status=400 if problems else 200)


def _corrected(
    request: HttpRequest, page: WayPage, wrong: WayStep, values: dict[str, str], problems: dict[str, str]
) -> bool:
    on = day_in(values["dag"])
    if not values["reden"]:
        problems["reden"] = _("Vul in wat er verkeerd was.")
    if values["wat"] == "verbeteren" and on is None:
        problems["dag"] = _("Schrijf de dag als dd-mm-jjjj, zoals 30-09-2026.")
    if problems:
        return False
    actor, seen = requests.actor(request), typed_number(request.POST.get("gezien", ""))
    try:
        if values["wat"] == "doorhalen" or on is None:
            way.strike_out(
                actor=actor,
                household=page.household,
                number=wrong.number,
                why=values["reden"],
                today=page.today,
                seen=seen,
            )
        else:
            way.mend_step(
                actor=actor,
                household=page.household,
                number=wrong.number,
                on=on,
                why=values["reden"],
                today=page.today,
                seen=seen,
            )
    except EenthuisError as refused:
        if not refused.code.startswith(("STA", "INP")):
            raise
        problems["dag" if refused.code == "STA-09" else "stap"] = (
            f"{SENTENCES[refused.code]} ({refused.code})"
        )
        return False
    return True
