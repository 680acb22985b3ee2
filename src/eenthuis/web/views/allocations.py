"""Allocation decisions: the list, one decision as a document, drafting, publishing as a second person, withdrawing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from eenthuis import reference
from eenthuis.services import allocations as services
from eenthuis.services.place_table import table_province
from eenthuis.terms.errors import EenthuisError, InputError, StateError
from eenthuis.web import requests
from eenthuis.web.views.regional_table import table_with
from eenthuis.web.views.supervision_letters import TYPES


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """Show the decisions that a reader sees, newest first."""
    page = services.read_decisions(actor=requests.actor(request))
    rows = [(one, page.names[one.province]) for one in page.decisions]
    return render(request, "eenthuis/allocations.html", {"page": page, "rows": rows})


@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Write a decision as the table of a province stands, and put it forward."""
    actor = requests.actor(request)
    try:
        key = services.draft_allocation(
            actor=actor,
            province=table_province(actor.province, request.POST.get("provincie", "")),
            why=request.POST.get("waarom", "").strip(),
            address=request.build_absolute_uri("/ontvangstbewijzen/"),
            today=requests.today(request),
        )
    except InputError:
        return table_with(request, {"waarom": _("Zeg waarom het besluit verandert.")})
    except StateError as wrong:
        told = {
            "STA-01": _("Er wacht al een besluit op een tweede persoon."),
            "STA-06": _("Er zijn nog geen aandelen, of een ruil past niet meer."),
        }
        messages.error(request, told[wrong.code])
    else:
        messages.success(request, _("Het besluit is geschreven. Een collega kan het nu bekendmaken."))
        return redirect("allocation", key)
    return redirect("allocations")


@require_safe
def decision(request: HttpRequest, number: int) -> HttpResponse:
    """Show a decision."""
    return _decision(request, number, "")


def _decision(request: HttpRequest, number: int, problem: str) -> HttpResponse:
    actor = requests.actor(request)
    held = services.read_decision(actor=actor, key=number)
    context = {
        "held": held,
        "name": reference.province(held.province).name,
        "may_decide": services.read_decisions(actor=actor).may_decide and held.state == "put-forward",
        "is_second": services.is_second(actor=actor, held=held),
        "problems": {"waarom": problem} if problem else {},
    }
    return render(request, "eenthuis/allocation.html", context, status=400 if problem else 200)


@require_POST
def publish(request: HttpRequest, number: int) -> HttpResponse:
    """Publish a decision as a second person."""
    try:
        services.publish_allocation(actor=requests.actor(request), key=number, today=requests.today(request))
    except StateError:
        text = _("Bekendmaken kan alleen wie het besluit niet zelf heeft geschreven, en maar één keer.")
        messages.error(request, text)
    else:
        messages.success(
            request, _("Het besluit is bekendgemaakt. Gemeenten, provincie en COA hebben bericht.")
        )
    return redirect("allocation", number)


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Withdraw a decision that was not published."""
    why = request.POST.get("waarom", "").strip()
    try:
        services.withdraw_allocation(
            actor=requests.actor(request), key=number, why=why, today=requests.today(request)
        )
    except EenthuisError as wrong:
        if wrong.code == "INP-04":
            return _decision(request, number, _("Vul in een zin in waarom."))
        if wrong.code != "STA-01":
            raise
        messages.error(request, _("Over dit besluit is al beslist."))
    else:
        messages.success(request, _("Het besluit is ingetrokken en wordt niet bekendgemaakt."))
    return redirect("allocation", number)


@require_safe
def decision_file(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """Give a decision as pdf or docx."""
    content = services.decision_file(actor=requests.actor(request), key=number, form=form)
    response = HttpResponse(content, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="verdeelbesluit-{number}.{form}"'
    return response
