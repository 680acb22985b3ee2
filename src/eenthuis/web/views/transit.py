"""Transit locations: the list with counts, one site with its days and bill, adding, stays, and asking for the money."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eenthuis import reference
from eenthuis.services import transit_sites as services
from eenthuis.services.transit_claims import claim_month, claims_of
from eenthuis.services.transit_stays import add_stay, take_in_stays
from eenthuis.terms.errors import EenthuisError, InputError, InputErrors, StateError
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.transit import SiteId, TransitSite
from eenthuis.web import requests, tables
from eenthuis.web.figures.transit import used_chart
from eenthuis.web.sentences import SENTENCES
from eenthuis.web.typed import day_in, typed_number
from eenthuis.web.wording_transit import STAY_FIELD_REMEDIES, STAY_REMEDIES

FIELDS = ("naam", "plekken", "van", "tot", "deelnemers", "reden")
STAY_FIELDS = {
    "person": "persoon",
    "code": "gekoppeld",
    "first_day": "eerste_dag",
    "last_day": "laatste_dag",
    "household": "huishouden",
    "came_from": "eerder",
}
MOST_BYTES = 2_000_000
MOST_PROBLEMS = 20


@require_safe
def sites(request: HttpRequest) -> HttpResponse:
    """Show the sites in reach, with counts of the country."""
    page = services.read_transit(actor=requests.actor(request), today=requests.today(request))
    return render(request, "eenthuis/transit.html", {"page": page})


@require_safe
def site(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show one site: days, people, what it costs, and the forms of who keeps it."""
    return _site(request, SiteId(identifier), {}, {})


def _site(
    request: HttpRequest, number: SiteId, values: Mapping[str, str], problems: Mapping[str, str]
) -> HttpResponse:
    actor, today = requests.actor(request), requests.today(request)
    page = services.read_transit_site(actor=actor, identifier=number, today=today)
    claims = claims_of(actor=actor, identifier=number)
    running = today.replace(day=1)
    context = {
        "page": page,
        "chart": used_chart(page.days, places=page.line.site.places),
        "months": [
            {"month": one, "claim": claims.get(one.month), "may_ask": one.month < running}
            for one in page.months
        ],
        "values": values,
        "problems": problems,
    }
    return render(request, "eenthuis/transit_site.html", context, status=400 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a site of the own municipality."""
    actor, today = requests.actor(request), requests.today(request)
    municipality = services.require_keeping_sites(actor=actor)
    values = {name: request.POST.get(name, "").strip() for name in FIELDS}
    problems: dict[str, str] = {}
    if request.method == "POST":
        read = _read(values, problems, municipality, today)
        if read is not None:
            try:
                number = services.add_transit_site(actor=actor, site=read, name=values["naam"])
            except InputError as wrong:
                problems["tot" if wrong.code == "INP-06" else "naam"] = (
                    f"{SENTENCES[wrong.code]} ({wrong.code})"
                )
            except StateError as wrong:
                if wrong.code != "STA-01":
                    raise
                problems["naam"] = _("Deze locatie staat er al, onder deze naam en met deze eerste dag.")
            else:
                messages.success(request, _("Locatie %(number)s is toegevoegd.") % {"number": number})
                return redirect("transit-site", number)
    context = {"values": values, "problems": problems, "is_new": True}
    return render(request, "eenthuis/transit_add.html", context, status=400 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, identifier: str) -> HttpResponse:
    """Change the places or the last day of a site, with a reason."""
    actor, today, number = requests.actor(request), requests.today(request), SiteId(identifier)
    services.require_keeping_sites(actor=actor)
    services.require_site(actor=actor, action="keep-transit-sites", identifier=number)
    line = services.read_transit_site(actor=actor, identifier=number, today=today).line
    values = {"plekken": str(line.site.places), "tot": _written(line.site.last_day), "reden": ""}
    seen = {name: request.POST.get(f"gezien_{name}", values[name]) for name in ("plekken", "tot")}
    problems: dict[str, str] = {}
    if request.method == "POST":
        values = {name: request.POST.get(name, "").strip() for name in values}
        places = _places(values, problems)
        last = _last(values, problems)
        if not values["reden"]:
            problems["reden"] = _("Vul in waarom dit verandert.")
        if not problems:
            try:
                services.change_transit_site(
                    actor=actor,
                    identifier=number,
                    places=places,
                    last_day=last,
                    why=values["reden"],
                    seen=replace(
                        line.site, places=typed_number(seen["plekken"]) or 0, last_day=day_in(seen["tot"])
                    ),
                )
            except (InputError, StateError) as wrong:
                problems["tot"] = f"{SENTENCES[wrong.code]} ({wrong.code})"
            else:
                messages.success(request, _("Locatie %(number)s is gewijzigd.") % {"number": identifier})
                return redirect("transit-site", identifier)
    context = {"values": values, "problems": problems, "line": line, "seen": seen}
    return render(request, "eenthuis/transit_add.html", context, status=400 if problems else 200)


@require_POST
def stay(request: HttpRequest, identifier: str) -> HttpResponse:
    """Add one stay, or fill in its last day."""
    actor, today, number = requests.actor(request), requests.today(request), SiteId(identifier)
    values = {field: request.POST.get(field, "").strip() for field in STAY_FIELDS.values()}
    cells = {column: values[field] for column, field in STAY_FIELDS.items()}
    for column in ("first_day", "last_day"):
        typed = day_in(cells[column])
        cells[column] = typed.isoformat() if typed else cells[column]
    with suppress(EenthuisError):
        cells["code"] = reference.find(cells["code"], today).code
    try:
        add_stay(actor=actor, identifier=number, cells=cells, today=today)
    except InputErrors as wrong:
        return _site(request, number, values, {_field(one): _at_field(one) for one in wrong.errors})
    messages.success(request, _("Het verblijf is opgenomen."))
    return redirect("transit-site", identifier)


@require_POST
def stays(request: HttpRequest, identifier: str) -> HttpResponse:
    """Take in stays from a CSV: all of them, or none with every row that is wrong."""
    actor, today, number = requests.actor(request), requests.today(request), SiteId(identifier)
    services.require_site(actor=actor, action="keep-transit-sites", identifier=number)
    given = request.FILES.get("bestand")
    if given is None or not 0 < (given.size or 0) <= MOST_BYTES:
        return _site(request, number, {}, {"bestand": _("Kies een CSV met verblijven.")})
    try:
        rows = take_in_stays(
            actor=actor, identifier=number, content=given.read(), name=given.name or "", today=today
        )
    except InputErrors as wrong:
        told = [_told(one) for one in wrong.errors[:MOST_PROBLEMS]]
        return _site(request, number, {}, {"bestand": " ".join([_("Er is niets opgenomen."), *told])})
    except InputError as wrong:
        return _site(request, number, {}, {"bestand": _told(wrong)})
    messages.success(request, _("%(rows)s verblijven zijn opgenomen.") % {"rows": rows})
    return redirect("transit-site", identifier)


@require_POST
def claim(request: HttpRequest, identifier: str) -> HttpResponse:
    """Ask for the money of a month: its bill becomes a money file."""
    actor, today, number = requests.actor(request), requests.today(request), SiteId(identifier)
    services.require_site(actor=actor, action="keep-transit-sites", identifier=number)
    month = day_in(f"01-{request.POST.get('maand', '')}")
    if month is None:
        return _site(request, number, {}, {"rekening": _("Kies een maand van de rekening.")})
    try:
        made = claim_month(actor=actor, identifier=number, month=month, today=today)
    except StateError as wrong:
        return _site(request, number, {}, {"rekening": f"{SENTENCES[wrong.code]} ({wrong.code})"})
    messages.success(request, _("Het geld is gevraagd in dossier %(number)s.") % {"number": made})
    return redirect("money-file", made)


@require_safe
def days_csv(request: HttpRequest, identifier: str) -> HttpResponse:
    """Give every day of a site as CSV."""
    actor, today = requests.actor(request), requests.today(request)
    days = services.all_days(actor=actor, identifier=SiteId(identifier), today=today)
    return tables.csv_response(
        ("site", "day", "people", "paid"),
        [(identifier, one.day.isoformat(), one.people, one.paid) for one in days],
        name=f"{identifier}-dagen.csv",
        for_excel=requests.for_excel(request),
    )


@require_safe
def bill_csv(request: HttpRequest, identifier: str) -> HttpResponse:
    """Give what a site comes to in each month as CSV, in whole cents."""
    actor, today = requests.actor(request), requests.today(request)
    months = services.months_of(actor=actor, identifier=SiteId(identifier), today=today)
    return tables.csv_response(
        ("site", "month", "paid_days", "elsewhere_days", "cents"),
        [(one.site, f"{one.month:%Y-%m}", one.paid_days, one.elsewhere_days, one.cents) for one in months],
        name=f"{identifier}-rekening.csv",
        for_excel=requests.for_excel(request),
    )


def _told(wrong: EenthuisError) -> str:
    """Return what is wrong with a cell: row, column, value and what to do about it."""
    sentence = f"{SENTENCES[wrong.code]} ({wrong.code})"
    where = wrong.location
    if where is None or not where.column:
        return sentence
    remedy = STAY_REMEDIES.get(
        where.column, _("De kolommen zijn person, code, first_day, last_day, household en came_from.")
    )
    place = _("Kolom %(column)s, waarde „%(value)s”:") % {"column": where.column, "value": where.value or ""}
    row = _("Rij %(row)s.") % {"row": where.row} if where.file else ""
    return f"{row} {place} {sentence} {remedy}".strip()


def _at_field(wrong: EenthuisError) -> str:
    """Return what to do about a field of the form, where column and value need no naming."""
    column = wrong.location.column if wrong.location else None
    return f"{STAY_FIELD_REMEDIES.get(column or '', SENTENCES[wrong.code])} ({wrong.code})"


def _field(wrong: EenthuisError) -> str:
    column = wrong.location.column if wrong.location else None
    return STAY_FIELDS.get(column or "", "persoon")


def _read(
    values: Mapping[str, str], problems: dict[str, str], municipality: MunicipalityCode, today: date
) -> TransitSite | None:
    if not values["naam"] or len(values["naam"]) > services.LONGEST_NAME:
        problems["naam"] = _("Geef een korte naam, geen adres.")
    places = _places(values, problems)
    first, last = day_in(values["van"]), _last(values, problems)
    if first is None:
        problems["van"] = _("Schrijf de dag als dd-mm-jjjj, zoals 30-09-2026.")
    participants = set()
    for name in filter(None, (one.strip() for one in values["deelnemers"].split(","))):
        try:
            participants.add(reference.find(name, today).code)
        except EenthuisError as wrong:
            problems["deelnemers"] = f"{name}: {SENTENCES[wrong.code]} ({wrong.code})"
    if problems or first is None:
        return None
    return TransitSite(SiteId(""), municipality, places, first, last, frozenset(participants))


def _places(values: Mapping[str, str], problems: dict[str, str]) -> int:
    found = typed_number(values["plekken"])
    if not found or found > services.MOST_PLACES:
        problems["plekken"] = _("Vul een heel getal in.")
        return 0
    return found


def _last(values: Mapping[str, str], problems: dict[str, str]) -> date | None:
    found = day_in(values["tot"])
    if values["tot"] and found is None:
        problems["tot"] = _("Schrijf de dag als dd-mm-jjjj, zoals 30-09-2026.")
    return found


def _written(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""
