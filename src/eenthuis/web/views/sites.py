"""The capacity register: every site, one site with its history, adding, changing and confirming."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eenthuis import reference
from eenthuis.connect.clock import now
from eenthuis.services import place_lists
from eenthuis.services import reception_sites as services
from eenthuis.services.reception_sites import SiteFilter, SitesPage
from eenthuis.terms.access import Actor
from eenthuis.terms.capacity import Site, SiteChange, SiteChangeKind, SiteForm, SiteId, SiteSpan
from eenthuis.terms.errors import EenthuisError, StateError
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.reception import PlaceKind
from eenthuis.web import requests, tables
from eenthuis.web.figures.places import capacity_chart
from eenthuis.web.sentences import SENTENCES
from eenthuis.web.typed import day_in, typed_number
from eenthuis.web.views.places import ODS
from eenthuis.web.wording_places import PLACE_KINDS, SITE_FORMS, SITE_REFUSALS, SITE_STATES

AHEAD = timedelta(days=4 * 365)
FIELDS = ("naam", "soort", "vorm", "plaatsen", "eerste", "laatste")
TICKS = ("minderjarigen", "duurzaam")
CHANGES = {
    "plaatsen": SiteChangeKind.PLACES,
    "langer": SiteChangeKind.EXTENDED,
    "dicht": SiteChangeKind.CLOSED,
}
FILTER = {
    "province": "provincie",
    "municipality": "gemeente",
    "kind": "soort",
    "form": "vorm",
    "state": "stand",
    "search": "zoek",
}


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Show the sites that a filter leaves, with their places through time."""
    page, chosen = _read(request)
    chart = capacity_chart(page.steps, last=page.today + AHEAD, asked=None, place=_("Wat in de lijst staat"))
    context = {
        "page": page,
        "chosen": chosen,
        "chart": chart,
        "provinces": reference.provinces(),
        "kinds": PLACE_KINDS,
        "forms": SITE_FORMS,
        "states": SITE_STATES,
        "query": request.GET.urlencode(),
    }
    return render(request, "eenthuis/sites.html", context)


def _read(request: HttpRequest) -> tuple[SitesPage, SiteFilter]:
    chosen = SiteFilter(**{name: request.GET.get(word, "").strip() for name, word in FILTER.items()})
    today = requests.today(request)
    page = services.read_sites(actor=requests.actor(request), wanted=chosen, today=today, until=today + AHEAD)
    return page, chosen


@require_safe
def register_csv(request: HttpRequest) -> HttpResponse:
    """Give the sites that a filter leaves as CSV."""
    page, _chosen = _read(request)
    rows = [
        tuple(cell.isoformat() if isinstance(cell, date) else cell for cell in row)
        for row in place_lists.site_rows(page)
    ]
    return tables.csv_response(
        place_lists.SITE_COLUMNS, rows, name="opvanglocaties.csv", for_excel=requests.for_excel(request)
    )


@require_safe
def register_ods(request: HttpRequest) -> HttpResponse:
    """Give the sites that a filter leaves as a spreadsheet."""
    page, chosen = _read(request)
    parts = [f"{word} {getattr(chosen, name)}" for name, word in FILTER.items() if getattr(chosen, name)]
    words = ", ".join(parts) or "geen, de hele lijst"
    response = HttpResponse(place_lists.sites_ods(page, words, now()), content_type=ODS)
    response["Content-Disposition"] = 'attachment; filename="opvanglocaties.ods"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a site of the own municipality."""
    actor, today = requests.actor(request), requests.today(request)
    services.require_keeping_sites(actor=actor)
    values = {name: request.POST.get(name, "").strip() for name in (*FIELDS, *TICKS)}
    problems: dict[str, str] = {}
    if request.method == "POST":
        site = _site(values, problems, actor)
        if site is not None:
            try:
                number = services.add_site(actor=actor, site=site, today=today)
            except EenthuisError as wrong:
                _to_field(wrong, problems)
            else:
                text = _("Locatie %(number)s is toegevoegd. Het COA bevestigt de plaatsen.")
                messages.success(request, text % {"number": number})
                return redirect("site", number)
    context = {"values": values, "problems": problems, "kinds": PLACE_KINDS, "forms": SITE_FORMS}
    return render(request, "eenthuis/site_add.html", context, status=400 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def site(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show a site with its history; its municipality changes it here from a day on, with a reason."""
    actor, today, number = requests.actor(request), requests.today(request), SiteId(identifier)
    values = {name: request.POST.get(name, "").strip() for name in ("wat", "dag", "plaatsen", "reden")}
    problems: dict[str, str] = {}
    if request.method == "POST":
        change = _change(values, problems)
        if change is not None:
            try:
                services.change_listed_site(
                    actor=actor,
                    identifier=number,
                    change=change,
                    why=values["reden"],
                    today=today,
                    version=_seen(request),
                )
            except EenthuisError as wrong:
                _to_field(wrong, problems, changes=True)
            else:
                messages.success(request, _("De locatie is gewijzigd. Het COA bevestigt de plaatsen."))
                return redirect("site", identifier)
        else:
            services.require_keeping_sites(actor=actor)
    page = services.read_site(actor=actor, identifier=number, today=today)
    context = {"page": page, "values": values, "problems": problems, "today": today}
    return render(request, "eenthuis/site.html", context, status=400 if problems else 200)


@require_POST
def confirm(request: HttpRequest, identifier: str) -> HttpResponse:
    """Confirm for COA that a site has the places that the register says."""
    try:
        services.confirm_site(
            actor=requests.actor(request),
            identifier=SiteId(identifier),
            today=requests.today(request),
            version=_seen(request),
        )
    except StateError as wrong:
        told = {
            "STA-01": _("Deze plaatsen waren al bevestigd."),
            "STA-07": _("De plaatsen zijn intussen veranderd. Kijk er nog eens naar en bevestig dan."),
        }
        messages.error(request, told[wrong.code])
    else:
        messages.success(request, _("De plaatsen zijn bevestigd en tellen mee."))
    return redirect("site", identifier)


def _seen(request: HttpRequest) -> int | None:
    return typed_number(request.POST.get("versie", "")) or None


def _site(values: Mapping[str, str], problems: dict[str, str], actor: Actor) -> Site | None:
    places, first, last = (
        typed_number(values["plaatsen"]),
        day_in(values["eerste"]),
        day_in(values["laatste"]),
    )
    if not values["naam"] or len(values["naam"]) > services.LONGEST_NAME:
        problems["naam"] = _("Geef een korte naam, geen adres.")
    if not places:
        problems["plaatsen"] = _("Vul een heel getal in.")
    if values["soort"] not in set(PlaceKind):
        problems["soort"] = _("Maak een keuze.")
    if values["vorm"] not in set(SiteForm):
        problems["vorm"] = _("Maak een keuze.")
    if first is None:
        problems["eerste"] = _("Schrijf de dag als dd-mm-jjjj, zoals 30-09-2026.")
    if values["laatste"] and last is None:
        problems["laatste"] = _("Schrijf de dag als dd-mm-jjjj, zoals 30-09-2026.")
    if problems or first is None or not places:
        return None
    return Site(
        identifier=SiteId(""),
        municipality=actor.municipality or MunicipalityCode(""),
        name=values["naam"],
        kind=PlaceKind(values["soort"]),
        form=SiteForm(values["vorm"]),
        for_minors=values["minderjarigen"] == "ja",
        is_durable=values["duurzaam"] == "ja",
        spans=(SiteSpan(first, last, places),),
    )


def _change(values: Mapping[str, str], problems: dict[str, str]) -> SiteChange | None:
    kind, day = CHANGES.get(values["wat"]), day_in(values["dag"])
    places = typed_number(values["plaatsen"]) or 0
    if kind is None:
        problems["wat"] = _("Maak een keuze.")
    open_end = kind is SiteChangeKind.EXTENDED and not values["dag"]
    if day is None and not open_end:
        problems["dag"] = _("Schrijf de dag als dd-mm-jjjj, zoals 30-09-2026.")
    if kind is SiteChangeKind.PLACES and not places:
        problems["plaatsen"] = _("Vul een heel getal in.")
    if not values["reden"]:
        problems["reden"] = _("Vul in waarom dit verandert.")
    if problems or kind is None:
        return None
    return SiteChange(kind, day, places if kind is SiteChangeKind.PLACES else 0)


def _to_field(wrong: EenthuisError, problems: dict[str, str], *, changes: bool = False) -> None:
    """Put a refusal of the service at the field it is about; any other is raised again."""
    if wrong.code not in {"INP-04", "INP-06", "STA-07"}:
        raise wrong
    columns = {"name": "naam", "last_day": "laatste", "why": "reden", "day": "dag", "places": "plaatsen"}
    column = wrong.location.column if wrong.location else None
    field = columns.get(column or "", "dag" if changes else "plaatsen")
    value = wrong.location.value if wrong.location else None
    problems[field] = str(SITE_REFUSALS.get(value or "", f"{SENTENCES[wrong.code]} ({wrong.code})"))
