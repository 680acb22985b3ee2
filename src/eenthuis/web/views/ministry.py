"""The ministry's page: announcing a national number."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from eenthuis.services.access import require
from eenthuis.services.announced import views as announced
from eenthuis.services.targets import announce as record
from eenthuis.terms.errors import EenthuisError, InputError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.targets import Announcement, AnnouncementStatus
from eenthuis.web import requests
from eenthuis.web.sentences import SENTENCES

FIELDS = ("halfjaar", "aantal", "dag", "bron")
DAY_PARTS = 3


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
