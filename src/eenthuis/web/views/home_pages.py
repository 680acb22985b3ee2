"""One home: as it is, how it came to be so, and changing what the register says of it."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from eenthuis.services.home_pages import HomePage, read_home_page
from eenthuis.services.homes import change_home, require_keeper
from eenthuis.terms.errors import EenthuisError
from eenthuis.terms.homes import HomeId, HomeKind
from eenthuis.web import requests
from eenthuis.web.sentences import SENTENCES
from eenthuis.web.typed import typed_number
from eenthuis.web.views.homes import FIELDS, home_from


@require_safe
def home(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show a home with every version of it, and to who may see households, whom it was offered to."""
    page = read_home_page(actor=requests.actor(request), home=HomeId(identifier))
    return render(request, "eenthuis/home.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, identifier: str) -> HttpResponse:
    """Change what the register says of a home, with a reason; the version before stays."""
    actor, number = requests.actor(request), HomeId(identifier)
    require_keeper(actor, number)
    page = read_home_page(actor=actor, home=number)
    values, problems = _values(request, page), dict[str, str]()
    if request.method == "POST" and _changed(request, page, values, problems):
        messages.success(request, _("De woning is gewijzigd. Wat er eerst stond, blijft bewaard."))
        return redirect("home", identifier=identifier)
    context = {
        "page": page,
        "values": values,
        "problems": problems,
        "kinds": list(HomeKind),
        "seen": request.POST.get("gezien", page.version),
    }
    return render(request, "eenthuis/home_change.html", context, status=409 if problems else 200)


def _values(request: HttpRequest, page: HomePage) -> dict[str, str]:
    if request.method == "POST":
        return {name: request.POST.get(name, "").strip() for name in (*FIELDS, "reden")}
    home = page.home
    return {
        "soort": home.kind.value,
        "kamers": str(home.rooms),
        "grootte": str(home.largest_household),
        "toegankelijk": "ja" if home.is_accessible else "",
        "vanaf": f"{home.available_from:%d-%m-%Y}",
        "reden": "",
    }


def _changed(request: HttpRequest, page: HomePage, values: dict[str, str], problems: dict[str, str]) -> bool:
    actor = requests.actor(request)
    values["gemeente"] = page.home.municipality
    if not values["reden"]:
        problems["reden"] = _("Vul dit in.")
    changed = home_from(values, problems, actor, requests.today(request))
    if problems or changed is None:
        return False
    seen = typed_number(request.POST.get("gezien", ""))
    try:
        change_home(
            actor=actor,
            home=replace(changed, identifier=page.home.identifier),
            why=values["reden"],
            seen=-1 if seen is None else seen,
        )
    except EenthuisError as wrong:
        if not wrong.code.startswith(("STA", "INP")):
            raise
        problems["reden" if wrong.code == "INP-06" else "stap"] = f"{SENTENCES[wrong.code]} ({wrong.code})"
        return False
    return True
