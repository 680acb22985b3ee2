"""Linking a household to another municipality: first what it would do, then for good."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from eenthuis import reference
from eenthuis.services import link_changing as services
from eenthuis.services.way_reading import WayPage, read_way
from eenthuis.terms.errors import EenthuisError
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.way import StepKind
from eenthuis.web import requests
from eenthuis.web.sentences import SENTENCES
from eenthuis.web.typed import typed_number

FIELD_OF = {"STA-03": "gemeente", "REF-01": "gemeente", "INP-04": "reden", "INP-06": "reden"}


@require_http_methods(["GET", "HEAD", "POST"])
def change_link(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show the form to change a link, what that does for both municipalities, and do it when that was seen."""
    actor, household, today = requests.actor(request), HouseholdId(identifier), requests.today(request)
    services.require_changing(actor=actor)
    page = read_way(actor=actor, household=household, today=today)
    values = {name: request.POST.get(name, "").strip() for name in ("gemeente", "reden")}
    problems = {name: _("Vul dit in.") for name, value in values.items() if not value}
    preview = None
    if request.method == "POST" and not problems:
        try:
            preview = _tried_or_done(request, page, values)
        except EenthuisError as wrong:
            if not wrong.code.startswith(("STA", "INP", "REF")):
                raise
            problems[FIELD_OF.get(wrong.code, "stap")] = f"{SENTENCES[wrong.code]} ({wrong.code})"
        else:
            if preview is None:
                messages.success(request, _("De koppeling is gewijzigd. Beide gemeenten hebben bericht."))
                return redirect("household", identifier=identifier)
    elif request.method != "POST":
        problems = {}
    context = {
        "page": page,
        "values": values,
        "problems": problems,
        "preview": preview,
        "is_possible": StepKind.LINK_CHANGED in page.possible,
        "municipalities": reference.municipalities(today),
    }
    return render(request, "eenthuis/link_change.html", context, status=409 if problems else 200)


def _tried_or_done(
    request: HttpRequest, page: WayPage, values: dict[str, str]
) -> services.ChangedLink | None:
    """Return what changing the link would do, or nothing when it is done."""
    actor, to = requests.actor(request), MunicipalityCode(values["gemeente"])
    if request.POST.get("stap") != "vastleggen":
        return services.rehearse_change_link(
            actor=actor, household=page.household, municipality=to, why=values["reden"], today=page.today
        )
    seen = typed_number(request.POST.get("gezien", ""))
    services.change_link(
        actor=actor,
        household=page.household,
        municipality=to,
        why=values["reden"],
        today=page.today,
        seen=-1 if seen is None else seen,
    )
    return None
