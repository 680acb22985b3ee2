"""What leaves the service: systems that get events, deliveries that failed, and one's own overview by mail."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eenthuis import reference
from eenthuis.services import subscribers
from eenthuis.services.access import require
from eenthuis.services.subscribers import DELIVERIES_A_PAGE, Granted
from eenthuis.terms.access import Role
from eenthuis.terms.errors import EenthuisError, InputError
from eenthuis.terms.notices import Addressee
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.web import requests
from eenthuis.web.sentences import SENTENCES

LONGEST_NUMBER = 9
LONGEST_NAME = 80
LONGEST_ADDRESS = 400
UNFIT = {
    "plaats": gettext_lazy(
        "Kies een gemeente bij een gemeente, een provincie bij een provincie, of het hele land."
    ),
    "adres": gettext_lazy(
        "Het adres moet met https:// beginnen en openbaar zijn, of in een netwerk liggen dat de beheerder toestaat."
    ),
}
FIELDS = ("naam", "adres", "contact", "rol", "plaats")


@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """Show which systems get events, and what did not reach them."""
    return _page(request, values={}, problems={}, granted=None)


def _page(
    request: HttpRequest, *, values: dict[str, str], problems: dict[str, str], granted: Granted | None
) -> HttpResponse:
    number = requests.page_number(request)
    page = subscribers.read_deliveries(
        actor=requests.actor(request), state=request.GET.get("stand", "failed"), page=number
    )
    context = {
        "page": page,
        "states": [(state, page.counts.get(state, 0)) for state in subscribers.STATES],
        "number": number,
        "pages": max(1, -(-page.count // DELIVERIES_A_PAGE)),
        "roles": [role for role in Role if role is not Role.PUBLIC],
        "municipalities": reference.municipalities(requests.today(request)),
        "provinces": reference.provinces(),
        "values": values,
        "problems": problems,
        "granted": granted,
    }
    return render(request, "eenthuis/deliveries.html", context, status=400 if problems else 200)


@require_POST
def send_again(request: HttpRequest) -> HttpResponse:
    """Try the chosen failed deliveries anew."""
    wanted = tuple(number for text in request.POST.getlist("aflevering") if (number := _number(text)))
    count = subscribers.send_again(actor=requests.actor(request), numbers=wanted)
    text = ngettext(
        "%(count)s aflevering wordt opnieuw geprobeerd.",
        "%(count)s afleveringen worden opnieuw geprobeerd.",
        count,
    )
    messages.success(request, text % {"count": count})
    return redirect("deliveries")


@never_cache
@sensitive_variables("granted")
@require_POST
def subscribe(request: HttpRequest) -> HttpResponse:
    """Let a system get events; its secret is shown once."""
    actor = requests.actor(request)
    require(actor, "manage-deliveries")
    values = {field: request.POST.get(field, "").strip() for field in FIELDS}
    problems = _problems(values)
    granted = None
    if not problems:
        try:
            granted = subscribers.subscribe(
                actor=actor,
                name=values["naam"],
                address=values["adres"],
                contact=values["contact"],
                to=_addressee(values),
            )
        except InputError as wrong:
            field = "plaats" if wrong.location and wrong.location.column == "place" else "adres"
            problems[field] = f"{SENTENCES[wrong.code]} {UNFIT[field]}"
    return _page(request, values={} if granted else values, problems=problems, granted=granted)


def _problems(values: dict[str, str]) -> dict[str, str]:
    problems = {}
    if not values["naam"] or len(values["naam"]) > LONGEST_NAME:
        problems["naam"] = _("Vul een naam in van ten hoogste 80 tekens.")
    if not values["adres"]:
        problems["adres"] = str(UNFIT["adres"])
    elif len(values["adres"]) > LONGEST_ADDRESS:
        problems["adres"] = _("Dit adres is te lang.")
    if not _is_mail(values["contact"]):
        problems["contact"] = _("Vul een e-mailadres in, zoals beheer@gemeente.nl.")
    if values["rol"] not in set(Role) - {Role.PUBLIC}:
        problems["rol"] = _("Kies een rol.")
    try:
        _addressee(values)
    except (EenthuisError, ValueError):
        problems.setdefault("plaats", _("Kies een plaats uit de lijst, of het hele land."))
    return problems


def _addressee(values: dict[str, str]) -> Addressee:
    place = values["plaats"]
    role = Role(values["rol"] or Role.COA)
    if place.startswith("PV"):
        return Addressee(role, province=ProvinceCode(reference.province(place).code))
    if place:
        return Addressee(role, municipality=MunicipalityCode(reference.municipality(place).code))
    return Addressee(role)


@never_cache
@sensitive_variables("granted")
@require_POST
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Renew the secret of a subscriber, or pause or resume its events."""
    actor, what = requests.actor(request), request.POST.get("wat", "")
    if what == "vernieuwen":
        granted = subscribers.renew_secret(actor=actor, number=number)
        return _page(request, values={}, problems={}, granted=granted)
    subscribers.set_active(actor=actor, number=number, is_active=what == "hervatten")
    messages.success(
        request,
        _("Dit systeem krijgt weer berichten.")
        if what == "hervatten"
        else _("Dit systeem krijgt geen berichten meer."),
    )
    return redirect("deliveries")


@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest) -> HttpResponse:
    """Ask for the daily overview by mail, or end it."""
    actor = requests.actor(request)
    held = subscribers.mail_address(actor=actor)
    address, problems = request.POST.get("adres", held).strip(), {}
    if request.method == "POST":
        if request.POST.get("wat") == "stoppen":
            address = ""
        elif not _is_mail(address):
            problems["adres"] = _("Vul een e-mailadres in, zoals beheer@gemeente.nl.")
        if not problems:
            subscribers.set_mail_address(actor=actor, address=address)
            messages.success(
                request,
                _("U krijgt voortaan elke ochtend een overzicht van wat nieuw is.")
                if address
                else _("U krijgt geen overzicht meer."),
            )
            return redirect("notice-mail")
    context = {
        "address": address,
        "held": held,
        "problems": problems,
        "is_set_up": subscribers.mail_is_set_up(),
    }
    return render(request, "eenthuis/notice_mail.html", context, status=400 if problems else 200)


def _is_mail(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _number(text: str) -> int | None:
    fits = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return int(text) if fits else None
