"""A person in charge: change a proposal for one household, see the difference, accept it or let it go."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from eenthuis import reference
from eenthuis.services import changing
from eenthuis.services.access import require
from eenthuis.services.workspace import read_household
from eenthuis.terms.errors import StateError
from eenthuis.terms.overriding import Ground, Override, OverrideKind
from eenthuis.terms.people import HouseholdId
from eenthuis.web import requests
from eenthuis.web.sentences import SENTENCES
from eenthuis.web.views.linking import household_context

KINDS = {
    "naar": (OverrideKind.PIN, True),
    "niet-naar": (OverrideKind.FORBID, True),
    "ergens": (OverrideKind.PIN, False),
    "wachten": (OverrideKind.FORBID, False),
    "loslaten": (OverrideKind.RELEASE, False),
}
"""What can be chosen on the page, with the kind of override and whether a municipality belongs to it."""


@require_POST
def override(request: HttpRequest, identifier: str) -> HttpResponse:
    """Ask for the proposal to be solved again around one override, with its reason."""
    actor, today = requests.actor(request), requests.today(request)
    require(actor, "change-proposal")
    page = read_household(actor=actor, identifier=HouseholdId(identifier), today=today)
    values = {name: request.POST.get(name, "").strip() for name in ("soort", "gemeente", "grond", "reden")}
    problems: dict[str, str] = {}
    wanted = _override(identifier, values, problems, today)
    if page.proposal is None or not page.may_change:
        problems["soort"] = _("Dit huishouden is al gekoppeld, of staat niet in het nieuwste voorstel.")
    if not problems and page.proposal is not None:
        try:
            asked = changing.ask_change(actor=actor, today=today, proposal=page.proposal, overrides=(wanted,))
        except StateError as wrong:
            problems["soort"] = f"{SENTENCES[wrong.code]} ({wrong.code})"
        else:
            if not asked.is_new:
                messages.info(request, _("Er wordt al gerekend; doe uw aanpassing opnieuw als dat klaar is."))
            return redirect("run", number=asked.number)
    context = {**household_context(page, actor=actor, today=today, values=values), "problems": problems}
    return render(request, "eenthuis/household.html", context, status=400)


def _override(identifier: str, values: dict[str, str], problems: dict[str, str], today: date) -> Override:
    kind, needs_place = KINDS.get(values["soort"], (OverrideKind.PIN, False))
    if values["soort"] not in KINDS:
        problems["soort"] = _("Kies wat u wilt.")
    place = values["gemeente"] if needs_place else ""
    if needs_place and place not in {str(one.code) for one in reference.municipalities(today)}:
        problems["gemeente"] = _("Kies een gemeente.")
    if values["grond"] not in set(Ground):
        problems["grond"] = _("Kies waar de reden mee te maken heeft.")
    if not values["reden"]:
        problems["reden"] = _("Schrijf op waarom u dit aanpast.")
    elif len(values["reden"]) > changing.LONGEST_REASON:
        problems["reden"] = _("Houd de reden korter dan duizend tekens.")
    ground = Ground(values["grond"]) if values["grond"] in set(Ground) else Ground.OTHER
    return Override(kind, identifier, place, values["reden"], ground)


@require_safe
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Show what a changed proposal does."""
    page = changing.read_change(actor=requests.actor(request), number=number)
    return render(request, "eenthuis/change.html", {"page": page})


@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Accept a changed proposal, or let it go."""
    accept = request.POST.get("besluit") == "aannemen"
    changing.decide_change(actor=requests.actor(request), number=number, accept=accept)
    if accept:
        messages.success(
            request, _("De aanpassing is aangenomen. Er is nog niemand gekoppeld: dat doet u hieronder.")
        )
    else:
        messages.info(request, _("De aanpassing is vervallen; het voorstel van daarvoor blijft gelden."))
    return redirect("workspace")
