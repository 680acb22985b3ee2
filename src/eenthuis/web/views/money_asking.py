"""Asking for money: forms for costs of reception, for the grant for places, and for a project under a scheme."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from eenthuis.law.schemes import Scheme
from eenthuis.services import money_asking as services
from eenthuis.services.flex_projects import FlexLine, read_flex_projects
from eenthuis.services.money_asked import CostsAsked, GrantAsked, SchemeAsked
from eenthuis.services.money_grants import read_grant_numbers
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import EenthuisError
from eenthuis.terms.flex import FlexProjectId
from eenthuis.terms.money_files import AskedLine, CostKind, EvidenceKind, MoneyFileId
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.schemes import ConditionKind, ProjectFact, SchemeCode
from eenthuis.web import requests
from eenthuis.web.sentences import SENTENCES
from eenthuis.web.typed import day_in, typed_cents, typed_number

COST_KINDS = (
    CostKind.BUILDING,
    CostKind.RENT,
    CostKind.STAFF,
    CostKind.SECURITY,
    CostKind.LIVING,
    CostKind.UTILITIES,
    CostKind.OTHER,
)
COST_EVIDENCE = (
    EvidenceKind.INVOICE,
    EvidenceKind.CONTRACT,
    EvidenceKind.PAYROLL,
    EvidenceKind.ANNUAL_ACCOUNTS,
)
ROWS = range(1, 9)
"""So many lines the form has; a claim of more is handed in through the API."""

Found = TypeVar("Found")
YES_OR_NO = {"ja": True, "nee": False}


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Show what money can be asked for, with the schemes that take applications today."""
    actor, today = requests.actor(request), requests.today(request)
    context = {
        "schemes": services.schemes_to_ask(actor=actor, today=today),
        "is_municipality": actor.role is Role.MUNICIPALITY,
    }
    return render(request, "eenthuis/money_choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def costs(request: HttpRequest) -> HttpResponse:
    """Hand in costs of a reception site."""
    actor, today = requests.actor(request), requests.today(request)
    municipality = services.require_municipality(actor=actor)
    values, problems = _typed(request), dict[str, str]()
    sites = services.sites_to_claim(actor=actor)
    if request.method == "POST":
        lines = tuple(line for row in ROWS if (line := _line(row, values, problems)) is not None)
        if not lines and not problems:
            problems["bedrag_1"] = _("Vul ten minste één regel in.")
        first, last = _day("van", values, problems), _day("tot", values, problems)
        _required(("titel",), values, problems)
        if values.get("locatie") not in {one.identifier for one in sites}:
            problems["locatie"] = _("Kies een locatie uit het register.")
        if not problems and first and last:
            asked = CostsAsked(municipality, values["titel"], values["locatie"], first, last, lines)
            number = _try(problems, lambda: services.ask_costs(actor=actor, asked=asked, today=today))
            if number is not None:
                return _done(request, number)
    context = {
        "values": values,
        "problems": problems,
        "rows": [
            {
                "row": row,
                "cost": values.get(f"soort_{row}", ""),
                "what": values.get(f"wat_{row}", ""),
                "amount": values.get(f"bedrag_{row}", ""),
                "evidence": values.get(f"bewijs_{row}", ""),
                "kept_at": values.get(f"vindplaats_{row}", ""),
                "amount_problem": problems.get(f"bedrag_{row}", ""),
                "what_problem": problems.get(f"wat_{row}", ""),
            }
            for row in ROWS
        ],
        "sites": sites,
        "kinds": COST_KINDS,
        "evidence": COST_EVIDENCE,
    }
    return render(request, "eenthuis/money_costs.html", context, status=400 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: HttpRequest) -> HttpResponse:
    """Show what the registers say and what the grant for places comes to on it, and hand in the request."""
    actor, today = requests.actor(request), requests.today(request)
    municipality = services.require_municipality(actor=actor)
    values, problems, found = _typed(request), dict[str, str](), None
    if request.method == "POST":
        numbers = {name: _typed_or_none(name, values, problems) for name in ("provincie", "plekken", "eigen")}
        counted_on = _day("dag", values, problems)
        _required(("titel",), values, problems)
        if not problems and counted_on:
            asked = GrantAsked(
                municipality,
                values["titel"],
                counted_on,
                numbers["provincie"],
                numbers["plekken"],
                numbers["eigen"],
                values.get("vindplaats", ""),
                values.get("reden", ""),
            )
            found = _try(problems, lambda: services.check_grant(actor=actor, asked=asked))
            if found is not None and values.get("doe") == "indienen":
                number = _try(problems, lambda: services.ask_grant(actor=actor, asked=asked, today=today))
                if number is not None:
                    return _done(request, number)
    day = day_in(values.get("dag", "")) or today
    registers = _try(
        problems, lambda: read_grant_numbers(actor=actor, municipality=municipality, counted_on=day), "dag"
    )
    context = {
        "values": values | {"dag": values.get("dag") or f"{day:%d-%m-%Y}"},
        "problems": problems,
        "found": found,
        "registers": registers,
    }
    return render(request, "eenthuis/money_grant.html", context, status=400 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, code: str) -> HttpResponse:
    """Check a project against a scheme, condition by condition, and hand the application in."""
    actor, today = requests.actor(request), requests.today(request)
    law = services.scheme_to_ask(actor=actor, code=SchemeCode(code), today=today)
    projects = read_flex_projects(actor=actor).lines
    values, problems, found = _typed(request), dict[str, str](), None
    if request.method == "POST":
        asked = _application(actor, law, projects, values, problems)
        if asked is not None:
            found = _try(problems, lambda: services.check_scheme(actor=actor, asked=asked, today=today))
            if found is not None and values.get("doe") == "indienen":
                number = _try(problems, lambda: services.ask_scheme(actor=actor, asked=asked, today=today))
                if number is not None:
                    return _done(request, number)
    context = {
        "law": law,
        "round": services.round_to_join(actor=actor, code=law.code, today=today),
        "projects": projects,
        "values": values,
        "problems": problems,
        "found": found,
        "facts": [
            {
                "fact": one.fact,
                "is_yes_or_no": one.kind is ConditionKind.MUST,
                "value": values.get(one.fact.value, ""),
                "problem": problems.get(one.fact.value, ""),
            }
            for one in law.conditions
        ],
    }
    return render(request, "eenthuis/money_apply.html", context, status=400 if problems else 200)


def _application(
    actor: Actor,
    law: Scheme,
    projects: tuple[FlexLine, ...],
    values: Mapping[str, str],
    problems: dict[str, str],
) -> SchemeAsked | None:
    _required(("titel",), values, problems)
    chosen = next((one for one in projects if one.project.identifier == values.get("project")), None)
    if (values.get("project") or actor.role is Role.HOUSING_ASSOCIATION) and chosen is None:
        problems["project"] = _("Maak een keuze.")
    units = _number("aantal", values, problems)
    facts = _facts(law, values, problems)
    first, last = _day("van", values, problems), _day("tot", values, problems)
    cents = typed_cents(values.get("bedrag", "")) if law.amount_cents is None else None
    if law.amount_cents is None and not cents:
        problems["bedrag"] = _("Schrijf het bedrag in euro's, zoals 1.234,56.")
    place = chosen.project.municipality if chosen else actor.municipality
    if problems or place is None or first is None or last is None:
        return None
    return SchemeAsked(
        MunicipalityCode(place),
        values["titel"],
        law.code,
        FlexProjectId(chosen.project.identifier) if chosen else None,
        units,
        facts,
        first,
        last,
        cents,
    )


def _facts(law: Scheme, values: Mapping[str, str], problems: dict[str, str]) -> dict[ProjectFact, int | bool]:
    """Return the facts that were given; one that is left open stays unknown."""
    found: dict[ProjectFact, int | bool] = {}
    for one in law.conditions:
        written = values.get(one.fact.value, "")
        if not written:
            continue
        given = YES_OR_NO.get(written) if one.kind is ConditionKind.MUST else typed_number(written)
        if given is None:
            problems[one.fact.value] = (
                _("Maak een keuze.") if one.kind is ConditionKind.MUST else _("Vul een heel getal in.")
            )
        else:
            found[one.fact] = given
    return found


def _line(row: int, values: Mapping[str, str], problems: dict[str, str]) -> AskedLine | None:
    what, amount = values.get(f"wat_{row}", ""), values.get(f"bedrag_{row}", "")
    if not what and not amount:
        return None
    cents = typed_cents(amount)
    if not cents:
        problems[f"bedrag_{row}"] = _("Schrijf het bedrag in euro's, zoals 1.234,56.")
    if not what:
        problems[f"wat_{row}"] = _("Vul in waarvoor.")
    cost, evidence = values.get(f"soort_{row}", ""), values.get(f"bewijs_{row}", "")
    return AskedLine(
        row,
        CostKind(cost) if cost in set(COST_KINDS) else CostKind.OTHER,
        what,
        cents or 0,
        EvidenceKind(evidence) if evidence in set(COST_EVIDENCE) else EvidenceKind.INVOICE,
        values.get(f"vindplaats_{row}", "")[:120],
    )


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: written.strip() for name, written in request.POST.items() if isinstance(written, str)}


def _required(names: tuple[str, ...], values: Mapping[str, str], problems: dict[str, str]) -> None:
    for name in names:
        if not values.get(name) or len(values[name]) > services.LONGEST_TITLE:
            problems[name] = _("Vul dit kort in, zonder adres of namen van mensen.")


def _number(name: str, values: Mapping[str, str], problems: dict[str, str]) -> int:
    found = typed_number(values.get(name, ""))
    if found is None or found < 1:
        problems[name] = _("Vul een heel getal in.")
    return found or 0


def _typed_or_none(name: str, values: Mapping[str, str], problems: dict[str, str]) -> int | None:
    """Return a number that was typed; None where the field was left empty, for that of the register."""
    if not values.get(name):
        return None
    found = typed_number(values[name])
    if found is None:
        problems[name] = _("Vul een heel getal in, of laat het leeg.")
    return found


def _day(name: str, values: Mapping[str, str], problems: dict[str, str]) -> date | None:
    found = day_in(values.get(name, ""))
    if found is None:
        problems[name] = _("Schrijf de dag als dd-mm-jjjj, zoals 30-09-2026.")
    return found


def _try(problems: dict[str, str], act: Callable[[], Found], default: str = "titel") -> Found | None:
    """Return what a use case gives; what a person can mend goes to its field, anything else is raised."""
    try:
        return act()
    except EenthuisError as wrong:
        if wrong.code.startswith("ACC"):
            raise
        field = wrong.location.column if wrong.location and wrong.location.column else default
        problems[field] = f"{SENTENCES[wrong.code]} ({wrong.code})"
        return None


def _done(request: HttpRequest, number: MoneyFileId) -> HttpResponse:
    messages.success(request, _("Aanvraag %(number)s is ingediend.") % {"number": number})
    return redirect("money-file", number)
