"""The regional table of a province: offers, swaps with a look first, what is short, and three ways to fill it."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eenthuis import reference
from eenthuis.rules.allocation import AllocatedLine, Allocation
from eenthuis.rules.filling import Filling
from eenthuis.rules.regional_table import PlaceSwapRefused
from eenthuis.services import allocations, place_offers, place_swaps
from eenthuis.services.place_table import TablePage, read_table, table_province
from eenthuis.terms.access import Actor
from eenthuis.terms.capacity import PlaceOffer, PlaceOfferId
from eenthuis.terms.errors import EenthuisError, StateError
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.reception import PlaceKind, PlaceSwap
from eenthuis.web import requests, tables
from eenthuis.web.figures.filling import filling_chart
from eenthuis.web.sentences import SENTENCES
from eenthuis.web.typed import day_in, typed_number
from eenthuis.web.wording_places import PLACE_KINDS, SWAP_GROUNDS

OFFER_FIELDS = ("plaatsen", "soort", "eerste", "laatste", "toelichting", "reden", "duurzaam", "minderjarigen")
SWAP_FIELDS = ("van", "naar", "aantal", "soort", "afspraak", "duurzaam")
AGAIN = ("van", "naar", "aantal", "soort", "duurzaam")
"""What a swap takes along to the table to be changed there; what was agreed is text, and stays out of addresses."""

COLUMNS = ("code", "name", "share", "swapped", "durable", "standing", "offered", "lacking")


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """Show the table of a province."""
    return table_with(request, {})


def _page(request: HttpRequest) -> TablePage:
    actor = requests.actor(request)
    asked = request.GET.get("provincie", "") or request.POST.get("provincie", "")
    least = request.GET.get("kleinste", "") or request.POST.get("kleinste", "")
    return read_table(
        actor=actor,
        province=table_province(actor.province, asked),
        today=requests.today(request),
        least=typed_number(least.strip()),
    )


def table_with(request: HttpRequest, problems: Mapping[str, str]) -> HttpResponse:
    """Show the table with what was typed and what is wrong with it."""
    try:
        page = _page(request)
    except StateError as wrong:
        if wrong.code != "STA-06":
            raise
        return render(request, "eenthuis/regional_table_empty.html", {}, status=200)
    names = {one.line.municipality: one.name for one in page.lines}
    rows = [
        (
            names[code],
            [
                one.filling.places.get(code, 0) if isinstance(one.filling, Filling) else 0
                for one in page.fillings
            ],
        )
        for code in page.receivers
    ]
    context = {
        "page": page,
        "rows": rows,
        "names": names,
        "chart": filling_chart(rows, place=page.province.name) if rows else None,
        "kinds": PLACE_KINDS,
        "values": {
            **{name: request.POST.get(name) or request.GET.get(name, "") for name in SWAP_FIELDS},
            **{name: request.POST.get(name, "") for name in ("verslag", "waarom")},
        },
        "problems": problems,
    }
    return render(request, "eenthuis/regional_table.html", context, status=400 if problems else 200)


@require_safe
def table_csv(request: HttpRequest) -> HttpResponse:
    """Give the table of a province as CSV."""
    page = _page(request)
    rows = [
        (
            one.line.municipality,
            one.name,
            one.line.share,
            one.line.swapped,
            one.line.durable,
            one.line.standing,
            one.line.offered,
            one.line.lacking,
        )
        for one in page.lines
    ]
    return tables.csv_response(
        COLUMNS, rows, name=f"tafel-{page.province.code}.csv", for_excel=requests.for_excel(request)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def offer_add(request: HttpRequest) -> HttpResponse:
    """Offer places of the own municipality."""
    actor, today = requests.actor(request), requests.today(request)
    place_offers.require_offering(actor=actor)
    values = {name: request.POST.get(name, "").strip() for name in OFFER_FIELDS}
    problems: dict[str, str] = {}
    if request.method == "POST":
        offer = _offer(values, problems, actor, PlaceOfferId(""))
        if offer is not None:
            try:
                number = place_offers.add_offer(actor=actor, offer=offer, today=today)
            except EenthuisError as wrong:
                _to_field(wrong, problems)
            else:
                messages.success(request, _("Aanbod %(number)s staat op de tafel.") % {"number": number})
                return redirect("regional-table")
    context = {"values": values, "problems": problems, "kinds": PLACE_KINDS}
    return render(request, "eenthuis/place_offer.html", context, status=400 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, identifier: str) -> HttpResponse:
    """Change or withdraw an offer, with a reason."""
    actor, number = requests.actor(request), PlaceOfferId(identifier)
    place_offers.require_offering(actor=actor)
    held = place_offers.require_offer(actor=actor, identifier=number, action="keep-place-offers")
    one = held.offer
    values = {
        "plaatsen": str(one.places),
        "soort": one.kind.value,
        "eerste": f"{one.first_day:%d-%m-%Y}",
        "laatste": f"{one.last_day:%d-%m-%Y}" if one.last_day else "",
        "toelichting": one.note,
        "reden": "",
        "duurzaam": "ja" if one.is_durable else "",
        "minderjarigen": "ja" if one.for_minors else "",
    }
    problems: dict[str, str] = {}
    if request.method == "POST":
        values = {name: request.POST.get(name, "").strip() for name in OFFER_FIELDS}
        if not values["reden"]:
            problems["reden"] = _("Vul in waarom dit verandert.")
        gone = "intrekken" in request.POST
        changed = None if gone else _offer(values, problems, actor, number)
        if not problems:
            try:
                seen = typed_number(request.POST.get("versie", "")) or None
                if changed is None:
                    place_offers.withdraw_offer(
                        actor=actor, identifier=number, why=values["reden"], version=seen
                    )
                else:
                    place_offers.change_offer(actor=actor, offer=changed, why=values["reden"], version=seen)
            except EenthuisError as wrong:
                _to_field(wrong, problems)
            else:
                text = _("Het aanbod is ingetrokken.") if gone else _("Het aanbod is gewijzigd.")
                messages.success(request, text)
                return redirect("regional-table")
    context = {"values": values, "problems": problems, "kinds": PLACE_KINDS, "held": held}
    return render(request, "eenthuis/place_offer.html", context, status=400 if problems else 200)


def _offer(
    values: Mapping[str, str], problems: dict[str, str], actor: Actor, number: PlaceOfferId
) -> PlaceOffer | None:
    places, first, last = (
        typed_number(values["plaatsen"]),
        day_in(values["eerste"]),
        day_in(values["laatste"]),
    )
    if not places:
        problems["plaatsen"] = _("Vul een heel getal in.")
    if values["soort"] not in set(PlaceKind):
        problems["soort"] = _("Maak een keuze.")
    if first is None:
        problems["eerste"] = _("Schrijf de dag als dd-mm-jjjj, zoals 30-09-2026.")
    if values["laatste"] and last is None:
        problems["laatste"] = _("Schrijf de dag als dd-mm-jjjj, zoals 30-09-2026.")
    if problems or not places or first is None:
        return None
    return PlaceOffer(
        identifier=number,
        year=0,
        municipality=actor.municipality or MunicipalityCode(""),
        places=places,
        kind=PlaceKind(values["soort"]),
        is_durable=values["duurzaam"] == "ja",
        for_minors=values["minderjarigen"] == "ja",
        first_day=first,
        last_day=last,
        note=values["toelichting"],
    )


@require_POST
def swap(request: HttpRequest) -> HttpResponse:
    """Show what a swap would do; put it forward when that was seen."""
    actor, today = requests.actor(request), requests.today(request)
    place_swaps.require_swapping(actor=actor)
    values = {name: request.POST.get(name, "").strip() for name in SWAP_FIELDS}
    province = table_province(actor.province, request.POST.get("provincie", ""))
    problems: dict[str, str] = {}
    agreed = _swap(values, problems)
    if agreed is None:
        return table_with(request, problems)
    if actor.municipality and actor.municipality not in agreed.changes:
        return table_with(request, {"van": _("Uw eigen gemeente moet meedoen aan de ruil.")})
    found = place_swaps.preview_swap(actor=actor, province=province, agreed=agreed, today=today)
    if "gezien" in request.POST and isinstance(found.outcome, Allocation):
        try:
            place_swaps.put_swap_forward(
                actor=actor, province=province, agreed=agreed, note=values["afspraak"], today=today
            )
        except EenthuisError as wrong:
            if wrong.code == "STA-01":
                messages.error(request, _("Precies deze ruil is al voorgelegd en wacht nog."))
                return redirect(_address(province))
            _to_field(wrong, problems, "aantal")
            return table_with(request, problems)
        messages.success(request, _("De ruil is voorgelegd. Zij geldt als de anderen haar aannemen."))
        return redirect(_address(province))
    refused = found.outcome if isinstance(found.outcome, PlaceSwapRefused) else None
    after = {one.municipality: one for one in _lines(found.outcome)}
    context = {
        "values": values,
        "refused": [SWAP_GROUNDS[ground] for ground in refused.grounds] if refused else [],
        "rows": [
            (reference.municipality(line.municipality).name, line, after.get(line.municipality))
            for line in found.before.lines
            if line.municipality in agreed.changes
        ],
        "province": reference.province(province),
        "again": urlencode({"provincie": province} | {name: values[name] for name in AGAIN}),
    }
    return render(request, "eenthuis/place_swap.html", context, status=400 if refused else 200)


def _lines(outcome: Allocation | PlaceSwapRefused) -> tuple[AllocatedLine, ...]:
    return outcome.lines if isinstance(outcome, Allocation) else ()


@require_POST
def swap_decide(request: HttpRequest, number: int) -> HttpResponse:
    """Accept, confirm or withdraw a swap."""
    actor, today = requests.actor(request), requests.today(request)
    held = place_swaps.require_swap(actor=actor, number=number)
    try:
        if "intrekken" in request.POST:
            why = request.POST.get("waarom", "").strip()
            if not why:
                return table_with(
                    request, {f"waarom-{number}": _("Vul in waarom de ruil wordt ingetrokken.")}
                )
            place_swaps.withdraw_swap(actor=actor, number=number, why=why, today=today)
            messages.success(request, _("De ruil is ingetrokken."))
        else:
            after = place_swaps.accept_swap(actor=actor, number=number, today=today)
            text = _("De ruil geldt nu.") if after.holds else _("U hebt de ruil aangenomen.")
            messages.success(request, text)
    except EenthuisError as wrong:
        if wrong.code not in {"STA-01", "STA-06", "INP-04"}:
            raise
        messages.error(request, f"{SENTENCES[wrong.code]} ({wrong.code})")
    return redirect(_address(held.province))


@require_POST
def accept_filling(request: HttpRequest) -> HttpResponse:
    """Accept one of the proposals as a draft for the minister."""
    actor, today = requests.actor(request), requests.today(request)
    province = table_province(actor.province, request.POST.get("provincie", ""))
    try:
        allocations.accept_filling(
            actor=actor,
            province=province,
            aim=request.POST.get("doel", ""),
            least=typed_number(request.POST.get("kleinste", "")) or 1,
            note="",
            today=today,
        )
    except EenthuisError as wrong:
        if wrong.code not in {"INP-04", "STA-06"}:
            raise
        messages.error(request, _("Dit voorstel kan niet. Kies een ander."))
    else:
        messages.success(request, _("Het voorstel is aangenomen als concept. De minister besluit."))
    return redirect(_address(province))


@require_POST
def report(request: HttpRequest) -> HttpResponse:
    """Report the outcome of the table to the minister."""
    actor, today = requests.actor(request), requests.today(request)
    province = table_province(actor.province, request.POST.get("provincie", ""))
    note = request.POST.get("verslag", "").strip()
    try:
        allocations.report_table(actor=actor, province=province, note=note, today=today)
    except EenthuisError as wrong:
        if wrong.code != "INP-04":
            raise
        return table_with(request, {"verslag": _("Schrijf in een paar zinnen wat is afgesproken.")})
    messages.success(request, _("Het verslag is gedaan aan de minister."))
    return redirect(_address(province))


def _swap(values: Mapping[str, str], problems: dict[str, str]) -> PlaceSwap | None:
    places = typed_number(values["aantal"])
    codes = {str(one.code) for one in reference.municipalities(reference.reference_dates()[-1])}
    for name in ("van", "naar"):
        if values[name] not in codes:
            problems[name] = _("Kies een gemeente.")
    if not problems and values["van"] == values["naar"]:
        problems["naar"] = _("Kies een andere gemeente.")
    if not places:
        problems["aantal"] = _("Vul een heel getal in.")
    if values["soort"] not in set(PlaceKind):
        problems["soort"] = _("Maak een keuze.")
    if not values["afspraak"] or len(values["afspraak"]) > place_swaps.LONGEST_NOTE:
        problems["afspraak"] = _("Zeg in één zin wat is afgesproken.")
    if problems or not places:
        return None
    changes = {MunicipalityCode(values["van"]): -places, MunicipalityCode(values["naar"]): places}
    return PlaceSwap(changes, PlaceKind(values["soort"]), values["duurzaam"] == "ja")


def _to_field(wrong: EenthuisError, problems: dict[str, str], otherwise: str = "plaatsen") -> None:
    """Put a refusal of the service at the field it is about; any other is raised again."""
    if wrong.code not in {"INP-04", "INP-06", "STA-01", "STA-07"}:
        raise wrong
    columns = {"places": "plaatsen", "last_day": "laatste", "note": "toelichting", "why": "reden"}
    column = wrong.location.column if wrong.location else None
    told = _("Precies dit is al aangeboden.") if wrong.code == "STA-01" else SENTENCES[wrong.code]
    problems[columns.get(column or "", otherwise)] = f"{told} ({wrong.code})"


def _address(province: ProvinceCode) -> str:
    return f"{reverse('regional-table')}?provincie={province}"
