"""Which municipalities take part in a transit location, and the form to change that."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from eenthuis import reference
from eenthuis.services import transit_sites as services
from eenthuis.services.transit_taking_part import ParticipantChange, change_participants
from eenthuis.terms.errors import EenthuisError
from eenthuis.terms.transit import SiteId
from eenthuis.web import requests
from eenthuis.web.sentences import SENTENCES
from eenthuis.web.typed import day_in
from eenthuis.web.wording_transit import PARTICIPANT_REMEDIES

FIELDS = ("gemeente", "wat", "dag", "reden")


@require_http_methods(["GET", "HEAD", "POST"])
def participants(request: HttpRequest, identifier: str) -> HttpResponse:
    """Let a municipality take part from a day on, or until one, with the reason."""
    actor, today, number = requests.actor(request), requests.today(request), SiteId(identifier)
    services.require_site(actor=actor, action="keep-transit-sites", identifier=number)
    values = {name: request.POST.get(name, "").strip() for name in FIELDS}
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            change = _read(values, problems)
            if change is not None:
                change_participants(actor=actor, identifier=number, change=change, today=today)
                messages.success(request, _("De deelnemers zijn gewijzigd."))
                return redirect("transit-site", identifier)
        except EenthuisError as wrong:
            if wrong.code.startswith("ACC"):
                raise
            field = wrong.location.column if wrong.location and wrong.location.column else "gemeente"
            remedy = PARTICIPANT_REMEDIES.get(field, "")
            problems[field] = f"{SENTENCES[wrong.code]} {remedy} ({wrong.code})".replace("  ", " ")
    line = services.read_transit_site(actor=actor, identifier=number, today=today).line
    context = {"values": values, "problems": problems, "line": line}
    return render(request, "eenthuis/transit_participants.html", context, status=400 if problems else 200)


def _read(values: dict[str, str], problems: dict[str, str]) -> ParticipantChange | None:
    day = day_in(values["dag"])
    if day is None:
        problems["dag"] = _("Schrijf de dag als dd-mm-jjjj, zoals 30-09-2026.")
    if values["wat"] not in {"erbij", "eruit"}:
        problems["wat"] = _("Maak een keuze.")
    if not values["reden"]:
        problems["reden"] = _("Vul in waarom dit verandert.")
    if not values["gemeente"]:
        problems["gemeente"] = _("Vul een gemeente in.")
    if problems or day is None:
        return None
    code = reference.find(values["gemeente"], day).code
    return ParticipantChange(code, day, joins=values["wat"] == "erbij", why=values["reden"])
