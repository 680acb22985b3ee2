"""The register of urgency schemes: public to read, and a form for the municipality itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from eenthuis.services.access import place_of, require
from eenthuis.services.urgency import (
    LONGEST_SOURCE,
    UrgencyLine,
    keep_urgency,
    read_urgency,
    read_urgency_of,
)
from eenthuis.terms.errors import EenthuisError
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.urgency import OfferOrder, TargetProvision, UrgencyGroup, UrgencyScheme
from eenthuis.web import requests, tables
from eenthuis.web.sentences import SENTENCES
from eenthuis.web.typed import day_in

COLUMNS = (
    "code",
    "name",
    "first_day",
    "last_day",
    "has_scheme",
    "names_status_holders",
    "provision",
    "groups",
    "order",
    "source",
    "shortcomings",
)
FIELDS = (
    "vanaf",
    "regeling",
    "statushouders",
    "bepaling",
    "volgorde1",
    "volgorde2",
    "volgorde3",
    "bron",
    "reden",
)
ORDERS = ("volgorde1", "volgorde2", "volgorde3")
REFUSED_HERE = {"STA-01": "vanaf", "LAW-01": "vanaf", "INP-04": "reden"}
"""Refusals that a person mends in the form, with the field they belong to."""


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Show the register on a day, beside the figures that were published."""
    on, problems = _day_asked(request)
    page = read_urgency(actor=requests.actor(request), as_of=on)
    context = {
        "page": page,
        "typed": request.GET.get("dag", ""),
        "problems": problems,
        "csv_address": f"{reverse('urgency-csv')}?dag={on:%d-%m-%Y}",
    }
    return render(request, "eenthuis/urgency.html", context, status=400 if problems else 200)


@require_safe
def register_csv(request: HttpRequest) -> HttpResponse:
    """Give the register on a day as CSV; its columns are those that ``eenthuis urgency`` reads."""
    on, _problems = _day_asked(request)
    page = read_urgency(actor=requests.actor(request), as_of=on)
    return tables.csv_response(
        COLUMNS,
        [_row(line) for line in page.lines],
        name="urgentieregelingen.csv",
        for_excel=requests.for_excel(request),
    )


def _row(line: UrgencyLine) -> tuple[object, ...]:
    scheme = line.scheme
    return (
        line.municipality,
        line.name,
        scheme.first_day.isoformat(),
        scheme.last_day.isoformat() if scheme.last_day else "",
        "yes" if scheme.has_scheme else "no",
        "yes" if scheme.names_status_holders else "no",
        scheme.provision.value,
        " ".join(sorted(scheme.groups)),
        " ".join(scheme.order),
        scheme.source,
        " ".join(
            one.shortcoming.value if one.group is None else f"{one.shortcoming.value}-{one.group.value}"
            for one in line.findings
        ),
    )


def _day_asked(request: HttpRequest) -> tuple[date, dict[str, str]]:
    typed, today = request.GET.get("dag", "").strip(), requests.today(request)
    if not typed:
        return today, {}
    found = day_in(typed)
    if found is None:
        return today, {"dag": _("Schrijf de dag als dd-mm-jjjj, zoals 30-09-2026.")}
    return found, {}


@require_http_methods(["GET", "HEAD", "POST"])
def municipality(request: HttpRequest, code: str) -> HttpResponse:
    """Show all that a municipality entered; the municipality itself enters what it has from a day on."""
    actor, today = requests.actor(request), requests.today(request)
    page = read_urgency_of(actor=actor, municipality=MunicipalityCode(code), today=today)
    problems: dict[str, str] = {}
    values: dict[str, object] = {name: request.POST.get(name, "").strip() for name in FIELDS}
    values["groepen"] = request.POST.getlist("groepen")
    if request.method == "POST":
        require(actor, "keep-urgency-scheme", place_of(page.municipality))
        scheme = _read(values, problems, page.municipality)
        if scheme is not None:
            try:
                keep_urgency(actor=actor, scheme=scheme, why=str(values["reden"]))
            except EenthuisError as wrong:
                if wrong.code not in REFUSED_HERE:
                    raise
                problems[REFUSED_HERE[wrong.code]] = f"{SENTENCES[wrong.code]} ({wrong.code})"
            else:
                messages.success(request, _("De urgentieregeling is vastgelegd."))
                return redirect("urgency-of", page.municipality)
    elif page.now is not None:
        values |= _values_of(page.now.scheme)
    context = {
        "page": page,
        "values": values,
        "chosen_orders": [(number, name, values[name]) for number, name in enumerate(ORDERS, start=1)],
        "problems": problems,
        "provisions": list(TargetProvision),
        "groups": list(UrgencyGroup),
        "orders": list(OfferOrder),
    }
    return render(request, "eenthuis/urgency_of.html", context, status=400 if problems else 200)


def _values_of(scheme: UrgencyScheme) -> dict[str, object]:
    """Return what the form shows first: what holds now, without its first day."""
    orders = [*(one.value for one in scheme.order), "", "", ""]
    return {
        "regeling": "ja" if scheme.has_scheme else "nee",
        "statushouders": "ja" if scheme.names_status_holders else "nee",
        "bepaling": scheme.provision.value,
        "groepen": sorted(scheme.groups),
        "bron": scheme.source,
        **dict(zip(ORDERS, orders, strict=False)),
    }


def _read(
    values: Mapping[str, object], problems: dict[str, str], code: MunicipalityCode
) -> UrgencyScheme | None:
    first = day_in(str(values["vanaf"]))
    if first is None:
        problems["vanaf"] = _("Schrijf de dag als dd-mm-jjjj, zoals 30-09-2026.")
    if values["regeling"] not in {"ja", "nee"}:
        problems["regeling"] = _("Kies of de gemeente een urgentieregeling heeft.")
    if values["statushouders"] not in {"ja", "nee"}:
        problems["statushouders"] = _("Kies of statushouders erin staan.")
    if values["bepaling"] not in set(TargetProvision):
        problems["bepaling"] = _("Kies hoe de gemeente aan de taakstelling voldoet.")
    if not values["bron"] or len(str(values["bron"])) > LONGEST_SOURCE:
        problems["bron"] = _("Vul in waar de regeling te lezen is, in hoogstens 500 tekens.")
    orders = [str(values[name]) for name in ORDERS if values[name]]
    if len(set(orders)) < len(orders) or not set(orders) <= set(OfferOrder):
        problems["volgorde1"] = _("Kies elke regel hoogstens één keer.")
    groups = values["groepen"] if isinstance(values["groepen"], list) else []
    if not set(groups) <= set(UrgencyGroup):
        problems["groepen"] = _("Kies groepen uit de lijst.")
    if problems or first is None:
        return None
    return UrgencyScheme(
        municipality=code,
        first_day=first,
        last_day=None,
        has_scheme=values["regeling"] == "ja",
        names_status_holders=values["statushouders"] == "ja",
        provision=TargetProvision(str(values["bepaling"])),
        groups=frozenset(UrgencyGroup(letter) for letter in groups),
        order=tuple(OfferOrder(word) for word in orders),
        source=str(values["bron"]),
    )
