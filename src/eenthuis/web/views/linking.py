"""The placement officer's workspace, and one household."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from eenthuis import reference
from eenthuis.rules.bands import BANDS
from eenthuis.services import linking, sign_offs
from eenthuis.services.bulk_work import rehearse_confirm
from eenthuis.services.read_models import HouseholdPage, WorkspaceFilter
from eenthuis.services.saved_filters import FilteredList
from eenthuis.services.workspace import read_household, read_workspace
from eenthuis.terms.access import Actor
from eenthuis.terms.overriding import Ground
from eenthuis.terms.people import HouseholdId
from eenthuis.terms.places import LinkingRegion
from eenthuis.terms.processing import Activity
from eenthuis.web import requests, tables
from eenthuis.web.filters import WORKSPACE, query_of, saved_of
from eenthuis.web.views.way import way_shown
from eenthuis.web.wording import REFUSALS, STATES, reason_sentences

ORDERS = (
    ("-weeks_waiting", gettext_lazy("langst wachtend eerst")),
    ("-persons", gettext_lazy("grootste huishouden eerst")),
    ("persons", gettext_lazy("kleinste huishouden eerst")),
    ("-score", gettext_lazy("best passend eerst")),
    ("household", gettext_lazy("nummer")),
)
MOST_IN_CSV = 100_000
LONGEST_NUMBER = 9


def _chosen(request: HttpRequest) -> WorkspaceFilter:
    given = {field: request.GET[name].strip() for field, name in WORKSPACE.items() if name in request.GET}
    return replace(WorkspaceFilter(), **given)


@require_safe
def workspace(request: HttpRequest) -> HttpResponse:
    """Show the latest proposal with its proof, and the households to decide on."""
    chosen = _chosen(request)
    page = read_workspace(
        actor=requests.actor(request),
        today=requests.today(request),
        chosen=chosen,
        after=request.GET.get("na", ""),
    )
    context = {
        "page": page,
        "query": query_of(chosen),
        "is_later": "na" in request.GET,
        "saved": saved_of(requests.actor(request), requests.today(request), FilteredList.WORKSPACE),
        "list_name": FilteredList.WORKSPACE.value,
        "bands": [band for band, _low, _high in BANDS],
        "regions": list(LinkingRegion),
        "provinces": reference.provinces(),
        "states": ["open", "confirmed", "unlinked", "elsewhere"],
        "orders": ORDERS,
        "municipalities": reference.municipalities(requests.today(request)),
    }
    return render(request, "eenthuis/workspace.html", context)


@require_safe
def workspace_csv(request: HttpRequest) -> HttpResponse:
    """Give the list of the workspace with its present filter as CSV, every page of it."""
    actor, today, chosen = requests.actor(request), requests.today(request), _chosen(request)
    page = read_workspace(
        actor=actor, today=today, chosen=chosen, most=MOST_IN_CSV, activity=Activity.EXPORT_PROPOSAL
    )
    rows = page.rows
    columns = (
        "household",
        "persons",
        "children",
        "weeks_waiting",
        "municipality",
        "score",
        "state",
        "reasons",
    )
    lines = [
        (
            row.household,
            row.persons,
            row.children,
            row.weeks_waiting,
            row.municipality or "",
            round(row.score, 3),
            str(STATES[row.state]),
            " ".join(str(sentence) for sentence in reason_sentences(row.reasons)),
        )
        for row in rows
    ]
    return tables.csv_response(
        columns, lines, name=f"voorstel-{page.half_year}.csv", for_excel=requests.for_excel(request)
    )


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Show what will be confirmed; confirm it when that has been seen."""
    chosen = tuple(HouseholdId(name) for name in request.POST.getlist("huishouden"))
    proposal = request.POST.get("voorstel", "")
    actor, today = requests.actor(request), requests.today(request)
    back = request.POST.get("terug", "")
    if not (proposal.isascii() and proposal.isdigit() and len(proposal) <= LONGEST_NUMBER):
        return redirect("workspace")
    if "gezien" in request.POST:
        outcome = linking.confirm(actor=actor, proposal=int(proposal), households=chosen, today=today)
        _tell(request, outcome)
        if len(chosen) == 1:
            return redirect("household", identifier=chosen[0])
        return HttpResponseRedirect(f"/koppelen/?{back}" if back else "/koppelen/")
    if not chosen:
        messages.error(request, _("Kies eerst één of meer huishoudens."))
        return HttpResponseRedirect(f"/koppelen/?{back}" if back else "/koppelen/")
    rehearsed = rehearse_confirm(actor=actor, proposal=int(proposal), households=chosen, today=today)
    asked = [read_household(actor=actor, identifier=link.household, today=today) for link in rehearsed.linked]
    context = {
        "asked": asked,
        "refused": rehearsed.refused,
        "proposal": proposal,
        "persons": sum(household.persons for household in asked),
        "back": back,
    }
    return render(request, "eenthuis/confirm.html", context)


def _tell(request: HttpRequest, outcome: linking.ConfirmOutcome) -> None:
    if outcome.linked:
        count = len(outcome.linked)
        text = ngettext("%(count)s huishouden is gekoppeld.", "%(count)s huishoudens zijn gekoppeld.", count)
        messages.success(request, text % {"count": count})
    for refused in outcome.refused:
        messages.error(
            request,
            _("Huishouden %(household)s is niet gekoppeld: %(reason)s.")
            % {"household": refused.household, "reason": REFUSALS[refused.reason]},
        )


@require_safe
def household(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show one household: the proposal, its reasons, what else is possible, and every step so far."""
    page = read_household(
        actor=requests.actor(request), identifier=HouseholdId(identifier), today=requests.today(request)
    )
    chosen = {
        "gemeente": request.GET.get("gemeente", ""),
        "soort": "naar" if "gemeente" in request.GET else "",
    }
    return render(
        request,
        "eenthuis/household.html",
        household_context(page, actor=requests.actor(request), today=requests.today(request), values=chosen),
    )


def household_context(
    page: HouseholdPage, *, actor: Actor, today: date, values: Mapping[str, str]
) -> dict[str, object]:
    """Return what the page of a household shows; ``values`` fill in the form that changes the proposal."""
    others = [(reference.municipality(other.municipality).name, other) for other in page.alternatives]
    return {
        "page": page,
        "way": way_shown(actor, page.household, today),
        "others": others,
        "values": values,
        "grounds": list(Ground),
        "municipalities": reference.municipalities(today) if page.may_change else (),
    }


@require_POST
def undo(request: HttpRequest, identifier: str) -> HttpResponse:
    """End the link of a household, with a reason."""
    actor, today = requests.actor(request), requests.today(request)
    why = request.POST.get("reden", "").strip()
    if not why:
        page = read_household(actor=actor, identifier=HouseholdId(identifier), today=today)
        context = {**household_context(page, actor=actor, today=today, values={}), "missing_reason": True}
        return render(request, "eenthuis/household.html", context, status=400)
    linking.undo(actor=actor, household=HouseholdId(identifier), why=why, today=today)
    messages.success(
        request, _("De koppeling is beëindigd. De oude koppeling blijft zichtbaar in de geschiedenis.")
    )
    return redirect("household", identifier=identifier)


@require_POST
def sign_off(request: HttpRequest, identifier: str) -> HttpResponse:
    """Sign a household off at COA today."""
    today = requests.today(request)
    sign_offs.sign_off(
        actor=requests.actor(request), household=HouseholdId(identifier), on=today, today=today
    )
    messages.success(request, _("Het huishouden is afgemeld en telt nu mee voor de gemeente."))
    return redirect("household", identifier=identifier)
