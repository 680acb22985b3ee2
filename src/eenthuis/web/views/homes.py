"""Homes: the register, adding and withdrawing, which home for whom, and refusals that COA judges."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from eenthuis import reference
from eenthuis.services import homes as services
from eenthuis.services.home_matching import propose_homes, refusals_to_judge
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import EenthuisError
from eenthuis.terms.homes import Home, HomeId, HomeKind
from eenthuis.terms.places import MunicipalityCode
from eenthuis.web import requests
from eenthuis.web.sentences import SENTENCES
from eenthuis.web.typed import day_in, typed_number

HOMES_A_PAGE = 50
STATES = ("free", "kept", "withdrawn")
FIELDS = ("gemeente", "soort", "kamers", "grootte", "toegankelijk", "vanaf")
LARGEST = 30


@require_safe
def homes(request: HttpRequest) -> HttpResponse:
    """Show the homes in reach, the free ones apart when asked for."""
    actor, page = requests.actor(request), requests.page_number(request)
    state, code = request.GET.get("stand", ""), request.GET.get("gemeente", "")
    chosen = state if state in STATES else ""
    place = reference.municipality(code).code if code else None
    found = services.read_homes(
        actor=actor, municipality=place, state=chosen, first=(page - 1) * HOMES_A_PAGE, most=HOMES_A_PAGE
    )
    context = {
        "page": found,
        "chosen": chosen,
        "place": place or "",
        "states": STATES,
        "number": page,
        "pages": max(1, -(-found.count // HOMES_A_PAGE)),
        "municipalities": reference.municipalities(requests.today(request)),
        "keeps": actor.role in {Role.MUNICIPALITY, Role.HOUSING_ASSOCIATION},
    }
    return render(request, "eenthuis/homes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a home to the register."""
    actor, today = requests.actor(request), requests.today(request)
    services.require_keeping(actor=actor)
    values = {name: request.POST.get(name, "").strip() for name in FIELDS}
    problems: dict[str, str] = {}
    if request.method == "POST":
        home = home_from(values, problems, actor, today)
        if home is not None:
            number = services.add_home(actor=actor, home=home)
            messages.success(request, _("Woning %(number)s is toegevoegd.") % {"number": number})
            return redirect("homes")
    else:
        values |= {"gemeente": actor.municipality or "", "vanaf": f"{today:%d-%m-%Y}"}
    context = {
        "values": values,
        "problems": problems,
        "kinds": list(HomeKind),
        "municipalities": reference.municipalities(today),
        "is_association": actor.role is Role.HOUSING_ASSOCIATION,
    }
    return render(request, "eenthuis/home_add.html", context, status=400 if problems else 200)


def home_from(values: dict[str, str], problems: dict[str, str], actor: Actor, today: date) -> Home | None:
    """Return the home that a form describes; None when something is wrong, which is told beside its field."""
    place = actor.municipality if actor.role is Role.MUNICIPALITY else None
    if place is None:
        try:
            place = reference.municipality(values["gemeente"], today).code
        except EenthuisError as wrong:
            problems["gemeente"] = f"{SENTENCES[wrong.code]} ({wrong.code})"
    rooms, largest = typed_number(values["kamers"]), typed_number(values["grootte"])
    for name, number in (("kamers", rooms), ("grootte", largest)):
        if number is None or not 1 <= number <= LARGEST:
            problems[name] = _("Vul een heel getal in van 1 tot en met 30.")
    if values["soort"] not in set(HomeKind):
        problems["soort"] = _("Maak een keuze.")
    ready = day_in(values["vanaf"])
    if ready is None:
        problems["vanaf"] = _("Schrijf de dag als dd-mm-jjjj, zoals 30-09-2026.")
    if problems or place is None or rooms is None or largest is None or ready is None:
        return None
    return Home(
        identifier=HomeId(""),
        municipality=MunicipalityCode(place),
        owner="",
        kind=HomeKind(values["soort"]),
        rooms=rooms,
        largest_household=largest,
        is_accessible=values["toegankelijk"] == "ja",
        available_from=ready,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, identifier: str) -> HttpResponse:
    """Withdraw a home from the register, with a reason."""
    actor, home = requests.actor(request), HomeId(identifier)
    found = services.require_keeper(actor, home)
    why = request.POST.get("reden", "").strip()
    problems: dict[str, str] = {}
    if request.method == "POST" and not why:
        problems["reden"] = _("Vul in waarom de woning wordt ingetrokken.")
    elif request.method == "POST":
        try:
            services.withdraw_home(actor=actor, home=home, why=why, today=requests.today(request))
        except EenthuisError as wrong:
            if wrong.code != "STA-08":
                raise
            problems["reden"] = _("De woning wordt voor een huishouden vastgehouden, of is al ingetrokken.")
        else:
            messages.success(request, _("Woning %(number)s is ingetrokken.") % {"number": home})
            return redirect("homes")
    context = {"home": found, "problems": problems, "values": {"reden": why}}
    return render(request, "eenthuis/home_withdraw.html", context, status=400 if problems else 200)


@require_safe
def matching(request: HttpRequest, code: str) -> HttpResponse:
    """Show which free home suits which linked household; somebody offers it, or another."""
    page = propose_homes(
        actor=requests.actor(request), municipality=MunicipalityCode(code), today=requests.today(request)
    )
    return render(request, "eenthuis/home_matching.html", {"page": page})


@require_safe
def refusals(request: HttpRequest) -> HttpResponse:
    """Show the refusals that wait for COA's judgement, the most urgent first."""
    number = requests.page_number(request)
    page = refusals_to_judge(
        actor=requests.actor(request),
        today=requests.today(request),
        first=(number - 1) * HOMES_A_PAGE,
        most=HOMES_A_PAGE,
    )
    pages = max(1, -(-page.count // HOMES_A_PAGE))
    return render(request, "eenthuis/refusals.html", {"page": page, "number": number, "pages": pages})
