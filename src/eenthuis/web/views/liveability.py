"""Figures on liveability of a project of flex homes: recorded, corrected and withdrawn with a reason, and as CSV."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from eenthuis.services import flex_projects
from eenthuis.services import liveability as services
from eenthuis.terms.access import Actor
from eenthuis.terms.errors import AccessError, EenthuisError, InputError, StateError
from eenthuis.terms.flex import FlexProjectId
from eenthuis.terms.liveability import LiveabilityFigure, LiveabilityId, LiveabilityMeasure
from eenthuis.web import requests, tables
from eenthuis.web.sentences import SENTENCES
from eenthuis.web.typed import day_in, typed_tenths

FIELDS = ("maat", "dag", "waarde", "wie", "bron", "reden")
COLUMNS = ("project", "measure", "unit", "on", "value", "measured_by", "source")


@require_safe
def figures_csv(request: HttpRequest, identifier: str) -> HttpResponse:
    """Give the figures of a project that hold as CSV."""
    lines = services.read_liveability(actor=requests.actor(request), identifier=FlexProjectId(identifier))
    rows = [
        (
            identifier,
            one.measure.value,
            one.measure.unit.value,
            one.on.isoformat(),
            one.value,
            one.measured_by,
            one.source,
        )
        for line in lines
        for one in line.figures
    ]
    return tables.csv_response(
        COLUMNS, rows, name=f"leefbaarheid-{identifier}.csv", for_excel=requests.for_excel(request)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, identifier: str) -> HttpResponse:
    """Record a figure of a project."""
    return _form(request, FlexProjectId(identifier), None)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, identifier: str, number: int) -> HttpResponse:
    """Put a figure in the place of one that was wrong, with a reason."""
    actor, project = requests.actor(request), FlexProjectId(identifier)
    before = services.read_figure(actor=actor, identifier=project, number=LiveabilityId(number))
    return _form(request, project, before)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, identifier: str, number: int) -> HttpResponse:
    """Withdraw a figure that should never have stood there, with a reason."""
    actor, project, figure = requests.actor(request), FlexProjectId(identifier), LiveabilityId(number)
    before = services.read_figure(actor=actor, identifier=project, number=figure)
    why, problems = request.POST.get("reden", "").strip(), dict[str, str]()
    if request.method == "POST":
        try:
            services.withdraw_liveability(actor=actor, identifier=project, number=figure, why=why)
        except InputError:
            problems["reden"] = _("Vul in waarom dit cijfer er niet had moeten staan.")
        else:
            messages.success(request, _("Het cijfer is ingetrokken."))
            return redirect("flex-project", project)
    context = {
        "line": flex_projects.read_flex_project(actor=actor, identifier=project),
        "before": before,
        "values": {"reden": why},
        "problems": problems,
    }
    return render(
        request, "eenthuis/flex_liveability_withdraw.html", context, status=400 if problems else 200
    )


def _form(request: HttpRequest, project: FlexProjectId, before: LiveabilityFigure | None) -> HttpResponse:
    actor, today = requests.actor(request), requests.today(request)
    flex_projects.require_project(actor=actor, action="keep-flex-projects", identifier=project)
    values, problems = _values_of(before), dict[str, str]()
    if request.method == "POST":
        values = {name: request.POST.get(name, "").strip() for name in FIELDS}
        figure = _read(values, problems)
        if before is not None and not values["reden"]:
            problems["reden"] = _("Vul in waarom dit verandert.")
        if figure is not None and not problems:
            try:
                _save(actor, project, figure, before=before, why=values["reden"], today=today)
            except AccessError:
                raise
            except EenthuisError as wrong:
                problems[_field_of(wrong)] = _sentence(wrong)
            else:
                messages.success(request, _("Het cijfer is vastgelegd."))
                return redirect("flex-project", project)
    context = {
        "line": flex_projects.read_flex_project(actor=actor, identifier=project),
        "values": values,
        "problems": problems,
        "measures": tuple(LiveabilityMeasure),
        "before": before,
    }
    return render(request, "eenthuis/flex_liveability.html", context, status=400 if problems else 200)


def _save(
    actor: Actor,
    project: FlexProjectId,
    figure: LiveabilityFigure,
    *,
    before: LiveabilityFigure | None,
    why: str,
    today: date,
) -> None:
    if before is None or before.number is None:
        services.record_liveability(actor=actor, identifier=project, figure=figure, today=today)
    else:
        services.correct_liveability(
            actor=actor, identifier=project, number=before.number, figure=figure, why=why, today=today
        )


def _read(values: Mapping[str, str], problems: dict[str, str]) -> LiveabilityFigure | None:
    measure = next((one for one in LiveabilityMeasure if one == values["maat"]), None)
    if measure is None:
        problems["maat"] = _("Maak een keuze.")
    on = day_in(values["dag"])
    if on is None:
        problems["dag"] = _("Schrijf de dag als dd-mm-jjjj, zoals 30-09-2026.")
    tenths = typed_tenths(values["waarde"])
    if tenths is None:
        problems["waarde"] = _("Vul een getal in met ten hoogste één cijfer achter de komma, zoals 12,5.")
    if not values["wie"]:
        problems["wie"] = _("Vul in wie dit heeft gemeten.")
    if not values["bron"]:
        problems["bron"] = _("Vul in waar dit te lezen is.")
    if measure is None or on is None or tenths is None or problems:
        return None
    return LiveabilityFigure(measure, on, Decimal(tenths) / 10, values["wie"], values["bron"])


def _field_of(wrong: EenthuisError) -> str:
    if isinstance(wrong, InputError) and wrong.location is not None:
        return wrong.location.column or "waarde"
    return "dag" if isinstance(wrong, StateError) else "waarde"


def _sentence(wrong: EenthuisError) -> str:
    if wrong.code == "STA-01":
        return _("Van deze maat en deze dag staat er al een cijfer: verbeter dat. (STA-01)")
    return f"{SENTENCES[wrong.code]} ({wrong.code})"


def _values_of(before: LiveabilityFigure | None) -> dict[str, str]:
    values = dict.fromkeys(FIELDS, "")
    if before is None:
        return values
    return values | {
        "maat": before.measure.value,
        "dag": f"{before.on:%d-%m-%Y}",
        "waarde": str(before.value).replace(".", ","),
        "wie": before.measured_by,
        "bron": before.source,
    }
