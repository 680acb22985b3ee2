"""The administrator's page about API keys: who has one, for what, until when; hand out, rotate, withdraw."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from eenthuis.services.access import require
from eenthuis.services.api_keys import (
    OVERLAP_DAYS,
    KeyWanted,
    NewKey,
    create_key,
    list_keys,
    rotate_key,
    scopes_for,
    withdraw_key,
)
from eenthuis.terms.access import Role
from eenthuis.terms.errors import EenthuisError, InputErrors
from eenthuis.web import requests
from eenthuis.web.sentences import SENTENCES

FIELDS = ("naam", "contact", "email", "rol", "plaats", "corporatie", "dag")
DAYS = 365
DAY_PARTS = 3
FIELD_OF = {
    "name": "naam",
    "contact-name": "contact",
    "contact-email": "email",
    "scope": "handeling",
    "last-day": "dag",
    "municipality": "plaats",
    "province": "plaats",
    "association": "corporatie",
    "": "plaats",
}
WRONG: dict[str, str | Promise] = {
    "naam": gettext_lazy("Zeg in hoogstens 80 tekens waar de sleutel voor is."),
    "contact": gettext_lazy("Vul in wie voor deze sleutel aanspreekbaar is."),
    "email": gettext_lazy("Vul een e-mailadres in, zoals naam@gemeente.nl."),
    "handeling": gettext_lazy("Kies een of meer handelingen die bij deze rol horen."),
    "dag": gettext_lazy("Schrijf de laatste dag als dd-mm-jjjj; hoogstens een jaar vooruit."),
    "corporatie": gettext_lazy(
        "Vul de naam van de woningcorporatie in zoals haar accounts die hebben, alleen bij die rol."
    ),
    "plaats": gettext_lazy("Vul de code van de gemeente of de provincie in, zoals GM0344 of PV26."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """List the keys, and hand out a new one; its secret is on the answer and nowhere else."""
    require(requests.actor(request), "manage-keys")
    values: dict[str, object] = {field: request.POST.get(field, "").strip() for field in FIELDS}
    values["handeling"] = request.POST.getlist("handeling")
    problems: dict[str, str] = {}
    if request.method == "POST":
        made = _create(request, values, problems)
        if made is not None:
            return _page(request, made=made)
    else:
        values["dag"] = f"{requests.today(request) + timedelta(days=DAYS):%d-%m-%Y}"
    return _page(request, values=values, problems=problems)


@require_POST
def rotate(request: HttpRequest, prefix: str) -> HttpResponse:
    """Hand out a key that follows on another, with its secret on the answer."""
    actor, today = requests.actor(request), requests.today(request)
    require(actor, "manage-keys")
    try:
        made = rotate_key(actor=actor, prefix=prefix, last_day=today + timedelta(days=DAYS), today=today)
    except EenthuisError as wrong:
        if wrong.code != "STA-01":
            raise
        messages.error(
            request,
            _("Deze sleutel kan nu niet worden vernieuwd: hij geldt niet meer, of de vorige geldt nog."),
        )
        return redirect("keys")
    return _page(request, made=made)


@require_POST
def withdraw(request: HttpRequest, prefix: str) -> HttpResponse:
    """Let a key end now, with the reason."""
    actor = requests.actor(request)
    require(actor, "manage-keys")
    try:
        withdraw_key(actor=actor, prefix=prefix, why=request.POST.get("reden", ""))
    except EenthuisError as wrong:
        if wrong.code not in {"STA-01", "INP-04"}:
            raise
        messages.error(
            request,
            _("Vul in waarom u de sleutel intrekt.")
            if wrong.code == "INP-04"
            else str(SENTENCES[wrong.code]),
        )
    else:
        messages.success(request, _("De sleutel is ingetrokken en geldt niet meer."))
    return redirect("keys")


def _page(
    request: HttpRequest,
    *,
    values: dict[str, object] | None = None,
    problems: dict[str, str] | None = None,
    made: NewKey | None = None,
) -> HttpResponse:
    roles = [role for role in Role if scopes_for(role)]
    named = {scope for role in roles for scope in scopes_for(role)}
    context = {
        "keys": list_keys(actor=requests.actor(request), today=requests.today(request)),
        "roles": roles,
        "scopes": sorted(named),
        "values": values or {},
        "problems": problems or {},
        "made": made,
        "overlap": OVERLAP_DAYS,
    }
    response = render(request, "eenthuis/keys.html", context, status=400 if problems else 200)
    response["Cache-Control"] = "no-store"
    return response


def _create(request: HttpRequest, values: dict[str, object], problems: dict[str, str]) -> NewKey | None:
    today = requests.today(request)
    last_day = _day(str(values["dag"]))
    role = next((role for role in Role if role.value == values["rol"]), None)
    if last_day is None:
        problems["dag"] = str(WRONG["dag"])
    if role is None:
        problems["rol"] = _("Kies een rol.")
    place = str(values["plaats"]).upper()
    try:
        made = create_key(
            actor=requests.actor(request),
            wanted=KeyWanted(
                name=str(values["naam"]),
                contact_name=str(values["contact"]),
                contact_email=str(values["email"]),
                role=role or Role.PUBLIC,
                scopes=frozenset(request.POST.getlist("handeling")),
                last_day=last_day or today + timedelta(days=2 * DAYS),
                municipality=place if not place.startswith("PV") else "",
                province=place if place.startswith("PV") else "",
                association=str(values["corporatie"]),
            ),
            today=today,
        )
    except InputErrors as wrong:
        for one in wrong.errors:
            field = FIELD_OF[one.location.column if one.location else ""]
            if role is not None or field != "handeling":
                problems.setdefault(field, str(WRONG[field]))
        return None
    return made


def _day(text: str) -> date | None:
    parts = text.split("-")
    if len(parts) != DAY_PARTS or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0]))
    except ValueError:
        return None
