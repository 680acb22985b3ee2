"""Projects of flex homes: the list with its warnings, one project with every share, adding, changing, withdrawing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.law.schemes import scheme_codes
from eenthuis.services import flex_projects as services
from eenthuis.services import liveability
from eenthuis.services.flex_projects import FlexLine
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import EenthuisError
from eenthuis.terms.flex import FlexProject, FlexProjectId
from eenthuis.terms.liveability import LiveabilityMeasure
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.schemes import SchemeCode, TargetGroup
from eenthuis.web import requests, tables
from eenthuis.web.figures.liveability import liveability_chart
from eenthuis.web.sentences import SENTENCES
from eenthuis.web.typed import day_in, typed_number

GROUPS = (TargetGroup.STATUS_HOLDERS, TargetGroup.DISPLACED_PEOPLE)
"""The groups that shares are counted by; others can be handed in through a file later."""

HOMES = ("woningen", "jaren", "statushouders", "ontheemden", "extra_statushouders", "extra_ontheemden")
DAYS = ("aanvraag", "start", "oplevering")
FIELDS = ("naam", "gemeente", "regeling", *HOMES, *DAYS, "reden", "gezien")
NEEDED = frozenset({"woningen", "jaren", "aanvraag", "oplevering"})
LONGEST_YEARS = 100
COLUMNS = (
    "project",
    "code",
    "name",
    "owner",
    "scheme",
    "applied_on",
    "homes",
    "status_holders",
    "displaced_people",
    "extra_status_holders",
    "extra_displaced_people",
    "starts_on",
    "delivered_on",
    "years",
    "sizes",
)
"""The columns that ``eenthuis flex check`` reads."""


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """Show the projects in reach, those with a broken share first."""
    page = services.read_flex_projects(actor=requests.actor(request))
    return render(request, "eenthuis/flex.html", {"page": page})


@require_safe
def projects_csv(request: HttpRequest) -> HttpResponse:
    """Give the projects in reach as CSV."""
    page = services.read_flex_projects(actor=requests.actor(request))
    return tables.csv_response(
        COLUMNS,
        [_row(line) for line in page.lines],
        name="flexwoningen.csv",
        for_excel=requests.for_excel(request),
    )


def _row(line: FlexLine) -> tuple[object, ...]:
    one = line.project
    return (
        one.identifier,
        one.municipality,
        line.name,
        one.owner,
        one.scheme or "",
        one.applied_on.isoformat(),
        one.homes,
        *(one.meant_for.get(group, 0) for group in GROUPS),
        *(one.extra_in_stock.get(group, 0) for group in GROUPS),
        one.starts_on.isoformat() if one.starts_on else "",
        one.delivered_on.isoformat(),
        one.years,
        " ".join(f"{people}:{homes}" for people, homes in sorted(one.sizes.items())),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a project."""
    actor, today = requests.actor(request), requests.today(request)
    services.require_keeping_projects(actor=actor)
    values = {name: request.POST.get(name, "").strip() for name in FIELDS}
    problems: dict[str, str] = {}
    if request.method == "POST":
        read = _read(values, problems, place=_place(values, problems, actor, today))
        if read is not None and not _warned(read, values, problems):
            try:
                number = services.add_flex_project(actor=actor, project=read, name=values["naam"])
            except EenthuisError as wrong:
                _to_field(wrong, problems)
            else:
                messages.success(request, _("Project %(number)s is toegevoegd.") % {"number": number})
                return redirect("flex-project", number)
    else:
        values["gemeente"] = actor.municipality or ""
    context = _form(values, problems, today) | {"is_association": actor.role is Role.HOUSING_ASSOCIATION}
    return render(request, "eenthuis/flex_add.html", context, status=400 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def project(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show a project with every share; who keeps it changes it here, with a reason."""
    actor, today = requests.actor(request), requests.today(request)
    line = services.read_flex_project(actor=actor, identifier=FlexProjectId(identifier))
    values, problems = _values_of(line), dict[str, str]()
    if request.method == "POST":
        values = {name: request.POST.get(name, "").strip() for name in FIELDS}
        read = _read(values, problems, place=line.project.municipality, line=line)
        if not values["reden"]:
            problems["reden"] = _("Vul in waarom dit verandert.")
        if typed_number(request.POST.get("versie", "")) not in {None, line.version}:
            problems["naam"] = f"{SENTENCES['STA-07']} (STA-07)"
        if read is not None and not problems and not _warned(read, values, problems):
            try:
                services.change_flex_project(
                    actor=actor,
                    project=read,
                    name=values["naam"],
                    why=values["reden"],
                    seen=line.project,
                )
            except EenthuisError as wrong:
                _to_field(wrong, problems)
            else:
                messages.success(request, _("Project %(number)s is gewijzigd.") % {"number": identifier})
                return redirect("flex-project", identifier)
    lived = liveability.read_liveability(actor=actor, identifier=line.project.identifier)
    context = _form(values, problems, today) | {
        "line": line,
        "lived": lived,
        "charts": [liveability_chart(one) for one in lived],
        "measures": tuple(LiveabilityMeasure),
    }
    return render(request, "eenthuis/flex_project.html", context, status=400 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, identifier: str) -> HttpResponse:
    """Withdraw a project, with a reason."""
    actor, number = requests.actor(request), FlexProjectId(identifier)
    services.require_keeping_projects(actor=actor)
    line = services.read_flex_project(actor=actor, identifier=number)
    why, problems = request.POST.get("reden", "").strip(), dict[str, str]()
    if request.method == "POST" and not why:
        problems["reden"] = _("Vul in waarom het project wordt ingetrokken.")
    elif request.method == "POST":
        services.withdraw_flex_project(actor=actor, identifier=number, why=why)
        messages.success(request, _("Project %(number)s is ingetrokken.") % {"number": identifier})
        return redirect("flex")
    context = {"line": line, "problems": problems, "values": {"reden": why}}
    return render(request, "eenthuis/flex_withdraw.html", context, status=400 if problems else 200)


def _form(values: Mapping[str, str], problems: Mapping[str, str], today: date) -> dict[str, object]:
    return {
        "values": values,
        "problems": problems,
        "schemes": scheme_codes(law_book()),
        "municipalities": reference.municipalities(today),
    }


def _place(
    values: Mapping[str, str], problems: dict[str, str], actor: Actor, today: date
) -> MunicipalityCode | None:
    if actor.role is Role.MUNICIPALITY:
        return actor.municipality
    try:
        return reference.municipality(values["gemeente"], today).code
    except EenthuisError as wrong:
        problems["gemeente"] = f"{SENTENCES[wrong.code]} ({wrong.code})"
        return None


def _read(
    values: Mapping[str, str],
    problems: dict[str, str],
    *,
    place: MunicipalityCode | None,
    line: FlexLine | None = None,
) -> FlexProject | None:
    if not values["naam"] or len(values["naam"]) > services.LONGEST_NAME:
        problems["naam"] = _("Geef een korte naam, geen adres.")
    if values["regeling"] and values["regeling"] not in scheme_codes(law_book()):
        problems["regeling"] = _("Maak een keuze.")
    numbers = {name: _number(name, values, problems) for name in HOMES}
    days = {name: _day(name, values, problems) for name in DAYS}
    applied, delivered = days["aanvraag"], days["oplevering"]
    if problems or place is None or applied is None or delivered is None:
        return None
    return FlexProject(
        identifier=line.project.identifier if line else FlexProjectId(""),
        municipality=place,
        owner=line.project.owner if line else "",
        scheme=SchemeCode(values["regeling"]) if values["regeling"] else None,
        applied_on=applied,
        homes=numbers["woningen"],
        meant_for=dict(zip(GROUPS, (numbers["statushouders"], numbers["ontheemden"]), strict=True)),
        delivered_on=delivered,
        years=numbers["jaren"],
        starts_on=days["start"],
        sizes=line.project.sizes if line and line.project.homes == numbers["woningen"] else {},
        extra_in_stock=dict(
            zip(GROUPS, (numbers["extra_statushouders"], numbers["extra_ontheemden"]), strict=True)
        ),
    )


def _warned(project: FlexProject, values: Mapping[str, str], problems: dict[str, str]) -> bool:
    """Warn once, before a binding share is broken; return whether anything is to be looked at first."""
    try:
        broken = services.broken_shares(project)
    except EenthuisError as wrong:
        _to_field(wrong, problems)
        return True
    if broken and values["gezien"] != "ja":
        one = broken[0]
        problems["gezien"] = _(
            "Zo wordt het aandeel van de regeling niet gehaald: %(counted)s tellen mee, de grens is %(limit)s."
        ) % {"counted": one.counted, "limit": one.limit}
    return bool(problems)


def _number(name: str, values: Mapping[str, str], problems: dict[str, str]) -> int:
    found = typed_number(values[name]) if values[name] else None if name in NEEDED else 0
    fits = found is not None and (found >= 1 or name not in NEEDED)
    if found is None or not fits or (name == "jaren" and found > LONGEST_YEARS):
        problems[name] = _("Vul een heel getal in.")
        return 0
    return found


def _day(name: str, values: Mapping[str, str], problems: dict[str, str]) -> date | None:
    found = day_in(values[name])
    if found is None and (values[name] or name in NEEDED):
        problems[name] = _("Schrijf de dag als dd-mm-jjjj, zoals 30-09-2026.")
    return found


def _to_field(wrong: EenthuisError, problems: dict[str, str]) -> None:
    """Put a refusal of the service at the field it is about; any other is raised again."""
    fields = {
        "INP-06": "woningen",
        "INP-01": "oplevering",
        "INP-04": "naam",
        "LAW-01": "regeling",
        "STA-01": "naam",
        "STA-07": "naam",
    }
    if wrong.code not in fields:
        raise wrong
    told = _("Dit project staat er al, onder deze naam.") if wrong.code == "STA-01" else SENTENCES[wrong.code]
    problems[fields[wrong.code]] = f"{told} ({wrong.code})"


def _values_of(line: FlexLine) -> dict[str, str]:
    one = line.project
    meant, extra = one.meant_for, one.extra_in_stock
    return dict.fromkeys(FIELDS, "") | {
        "naam": line.name,
        "regeling": one.scheme or "",
        "woningen": str(one.homes),
        "jaren": str(one.years),
        "statushouders": str(meant.get(TargetGroup.STATUS_HOLDERS, 0)),
        "ontheemden": str(meant.get(TargetGroup.DISPLACED_PEOPLE, 0)),
        "extra_statushouders": str(extra.get(TargetGroup.STATUS_HOLDERS, 0)),
        "extra_ontheemden": str(extra.get(TargetGroup.DISPLACED_PEOPLE, 0)),
        "aanvraag": f"{one.applied_on:%d-%m-%Y}",
        "start": f"{one.starts_on:%d-%m-%Y}" if one.starts_on else "",
        "oplevering": f"{one.delivered_on:%d-%m-%Y}",
    }
