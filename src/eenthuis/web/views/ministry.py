"""Pages on which targets change: announcing a national number, and registering a swap."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from eenthuis import reference
from eenthuis.rules.swaps import SwapRefused
from eenthuis.services.access import place_of, require
from eenthuis.services.announced import views as announced
from eenthuis.services.targets import announce as record
from eenthuis.services.targets import register_swap
from eenthuis.terms.errors import EenthuisError, InputError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import Municipality
from eenthuis.terms.targets import Announcement, AnnouncementStatus, Swap
from eenthuis.web import requests
from eenthuis.web.sentences import SENTENCES

FIELDS = ("halfjaar", "aantal", "dag", "bron")
DAY_PARTS = 3
SWAP_FIELDS = ("richting", "aantal", "andere", "kenmerk")
MOST_SWAPPED = 100_000


@require_http_methods(["GET", "HEAD", "POST"])
def announce(request: HttpRequest) -> HttpResponse:
    """Announce a number, or replace the one in force; the legal remarks are shown, not hidden."""
    actor = requests.actor(request)
    require(actor, "announce")
    values = {field: request.POST.get(field, "").strip() for field in FIELDS}
    problems: dict[str, str] = {}
    if request.method == "POST":
        announcement = _read(values, problems)
        if announcement is not None and not problems:
            try:
                record(actor=actor, announcement=announcement, today=requests.today(request))
            except EenthuisError as wrong:
                problems["halfjaar"] = f"{SENTENCES[wrong.code]} ({wrong.code})"
            else:
                messages.success(request, _("Het getal is vastgelegd en de taakstellingen zijn berekend."))
                return redirect("half-year", half_year=str(announcement.half_year))
    else:
        values["halfjaar"] = str(HalfYear.containing(requests.today(request)).next)
        values["dag"] = f"{requests.today(request):%d-%m-%Y}"
    context = {"problems": problems, "values": values}
    return render(request, "eenthuis/announce.html", context, status=400 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def swap(request: HttpRequest, code: str) -> HttpResponse:
    """Register a swap between this municipality and another; the sum stays the same."""
    actor, today, half_year = requests.actor(request), requests.today(request), requests.half_year(request)
    place = reference.municipality(code, half_year.first_day)
    require(actor, "register-swap", place_of(place.code))
    values = {field: request.POST.get(field, "").strip() for field in SWAP_FIELDS}
    problems: dict[str, str] = {}
    reasons: tuple[str, ...] = ()
    if request.method == "POST":
        agreed = _read_swap(values, problems, place, half_year, today)
        if agreed is not None:
            outcome = register_swap(actor=actor, agreed=agreed, today=today)
            if not isinstance(outcome, SwapRefused):
                messages.success(
                    request, _("De ruil is vastgelegd; de som van de taakstellingen is gelijk gebleven.")
                )
                return redirect(f"/gemeenten/{place.code}/?halfjaar={half_year}")
            reasons = outcome.reasons
            problems["aantal"] = _("Deze ruil kan niet zo worden vastgelegd.")
    context = {
        "place": place,
        "half_year": half_year,
        "values": values,
        "problems": problems,
        "reasons": reasons,
    }
    return render(request, "eenthuis/swap.html", context, status=400 if problems else 200)


def _read_swap(
    values: dict[str, str], problems: dict[str, str], place: Municipality, half_year: HalfYear, today: date
) -> Swap | None:
    other = None
    try:
        other = reference.find(values["andere"], half_year.first_day)
    except EenthuisError as wrong:
        problems["andere"] = f"{SENTENCES[wrong.code]} ({wrong.code})"
    if other is not None and other.code == place.code:
        problems["andere"] = _("Noem een andere gemeente dan deze.")
    number = values["aantal"]
    if not (number.isascii() and number.isdigit() and 0 < int(number) <= MOST_SWAPPED):
        problems["aantal"] = _("Vul een heel getal in van 1 of meer.")
    if values["richting"] not in {"over", "af"}:
        problems["richting"] = _("Kies wie de mensen huisvest.")
    if not values["kenmerk"]:
        problems["kenmerk"] = _("Vul het kenmerk van het gezamenlijke besluit in.")
    if problems or other is None:
        return None
    change = int(number) if values["richting"] == "over" else -int(number)
    return Swap(half_year, today, {place.code: change, other.code: -change}, values["kenmerk"])


def _read(values: dict[str, str], problems: dict[str, str]) -> Announcement | None:
    half_year, day = None, None
    try:
        half_year = HalfYear.parse(values["halfjaar"])
    except InputError:
        problems["halfjaar"] = _("Schrijf het jaar en I of II, zoals 2026-II.")
    number = values["aantal"].replace(".", "")
    if not (number.isascii() and number.isdigit()):
        problems["aantal"] = _("Vul een heel getal in van 0 of meer, zoals 15.000.")
    parts = values["dag"].split("-")
    try:
        day = date(int(parts[2]), int(parts[1]), int(parts[0])) if len(parts) == DAY_PARTS else None
    except ValueError:
        day = None
    if day is None:
        problems["dag"] = _("Schrijf de dag als dd-mm-jjjj, zoals 30-09-2022.")
    if not values["bron"]:
        problems["bron"] = _("Vul in waar dit is bekendgemaakt.")
    if problems or half_year is None:
        return None
    held = announced(half_year)
    in_force = next((view.announcement.identifier for view in held if view.is_in_force), None)
    return Announcement(
        identifier=f"{half_year}/{len(held) + 1}",
        half_year=half_year,
        people=int(number),
        announced_on=day,
        status=AnnouncementStatus.ENTERED,
        source=values["bron"],
        replaces=in_force,
    )
