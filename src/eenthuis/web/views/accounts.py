"""The administrator's pages about accounts: who has one, invite, change, close, help, and decide as the second one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eenthuis.services import administering
from eenthuis.services.access import require
from eenthuis.services.administering import STATES, AccountFilter, AccountWanted
from eenthuis.services.inviting import Invitation
from eenthuis.services.units import add_unit, drop_unit, read_unit_of, read_units, set_unit
from eenthuis.terms.access import Actor, Role
from eenthuis.terms.errors import EenthuisError, InputError, ReferenceFactError, StateError
from eenthuis.terms.places import LinkingRegion
from eenthuis.web import requests
from eenthuis.web.sentences import SENTENCES

ROLES = tuple(role for role in Role if role is not Role.PUBLIC)
FIELDS = ("naam", "email", "rol", "plaats", "regio", "corporatie", "reden")
FIELD_OF = {"NAME": "naam", "--role": "rol", "--place": "plaats", "--region": "regio", "email": "email"}
Made = TypeVar("Made")
LONGEST_NUMBER = 9


@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """List the accounts that match, and the roles that wait for a second administrator."""
    chosen = AccountFilter(
        request.GET.get("zoek", ""), request.GET.get("rol", ""), request.GET.get("stand", "")
    )
    page = administering.read_accounts(
        actor=requests.actor(request), chosen=chosen, page=requests.page_number(request)
    )
    asked = {"zoek": page.chosen.search, "rol": page.chosen.role, "stand": page.chosen.state}
    context = {
        "page": page,
        "roles": ROLES,
        "states": STATES,
        "query": urlencode({key: value for key, value in asked.items() if value}),
    }
    return render(request, "eenthuis/accounts.html", context)


@sensitive_variables("made")
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Make an account and show the link of its invitation, once."""
    actor = requests.actor(request)
    require(actor, "manage-accounts")
    values, problems = _values(request), dict[str, str]()
    if request.method == "POST":
        made = _try(lambda: _invite(actor, values), problems)
        if not problems:
            if made is None:
                messages.success(
                    request, _("Gevraagd. Een andere beheerder beslist over de rol van beheerder.")
                )
                return redirect("accounts")
            return _shown(request, made)
    context = {"values": values, "problems": problems, "roles": ROLES, "regions": tuple(LinkingRegion)}
    return render(request, "eenthuis/account_invite.html", context, status=400 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def account_page(request: HttpRequest, name: str) -> HttpResponse:
    """Show one account, and give it another role or place."""
    actor = requests.actor(request)
    view = administering.read_account(actor=actor, name=name)
    values, problems = _values(request) | {"naam": name}, dict[str, str]()
    if request.method == "POST":
        if not values["reden"]:
            problems["reden"] = _("Vul een reden in.")
        else:
            changed = _try(lambda: _change(actor, values), problems)
            if not problems:
                done = _("Gewijzigd. Alle sessies van dit account zijn beëindigd.")
                asked = _("Gevraagd. Een andere beheerder beslist over de rol van beheerder.")
                messages.success(request, done if changed else asked)
                return redirect("account-page", name=name)
    else:
        who = view.listed.who
        values |= {
            "rol": who.role.value,
            "plaats": who.municipality or who.province or "",
            "regio": who.region.value if who.region else "",
            "corporatie": who.association or "",
        }
    context = {
        "view": view,
        "who": view.listed.who,
        "unit": read_unit_of(actor=actor, name=name),
        "units": read_units(actor=actor, organisation=view.listed.who.organisation),
        "values": values,
        "problems": problems,
        "roles": ROLES,
        "regions": tuple(LinkingRegion),
    }
    return render(request, "eenthuis/account_page.html", context, status=400 if problems else 200)


@sensitive_variables("made")
@require_POST
def do_account(request: HttpRequest, name: str) -> HttpResponse:
    """Do something to an account that asks for a reason or for one value."""
    actor, asked = requests.actor(request), request.POST.get("wat", "")
    require(actor, "manage-accounts")
    why = request.POST.get("reden", "")
    try:
        if asked == "invite":
            email = request.POST.get("email", "")
            return _shown(request, administering.invite_again(actor=actor, name=name, email=email))
        if asked == "link":
            provider, subject = request.POST.get("dienst", ""), request.POST.get("subject", "")
            administering.link(actor=actor, name=name, provider=provider, subject=subject)
        elif asked in {"unit", "drop-unit"}:
            _unit(request, asked, name)
        elif asked == "unlink":
            administering.unlink(actor=actor, name=name, provider=request.POST.get("dienst", ""), why=why)
        else:
            _do(actor, asked, name, why)
    except (InputError, StateError) as wrong:
        no_reason = wrong.code == "INP-04"
        messages.error(request, _("Vul een reden in.") if no_reason else str(SENTENCES[wrong.code]))
    else:
        messages.success(request, _("Gedaan. Het staat in het journaal."))
    return redirect("account-page", name=name)


@sensitive_variables("made")
@require_POST
def decide_grant(request: HttpRequest, number: int) -> HttpResponse:
    """Decide as the second administrator."""
    is_granted = request.POST.get("besluit") == "ja"
    made = administering.decide_grant(actor=requests.actor(request), number=number, is_granted=is_granted)
    if made is not None:
        return _shown(request, made)
    messages.success(request, _("Besloten. Het staat in het journaal."))
    return redirect("accounts")


def _values(request: HttpRequest) -> dict[str, str]:
    return {field: request.POST.get(field, "").strip() for field in FIELDS}


def _wanted(values: dict[str, str]) -> AccountWanted:
    return AccountWanted(
        values["naam"], values["rol"], values["plaats"].upper(), values["regio"], values["corporatie"]
    )


def _invite(actor: Actor, values: dict[str, str]) -> Invitation | None:
    return administering.invite(
        actor=actor, wanted=_wanted(values), email=values["email"], why=values["reden"]
    )


def _change(actor: Actor, values: dict[str, str]) -> bool:
    return administering.change_role(actor=actor, wanted=_wanted(values), why=values["reden"])


def _unit(request: HttpRequest, asked: str, name: str) -> None:
    actor, new = requests.actor(request), request.POST.get("nieuw", "")
    written = request.POST.get("eenheid", "")
    is_number = written.isascii() and written.isdigit() and len(written) <= LONGEST_NUMBER
    if asked == "drop-unit":
        drop_unit(actor=actor, number=int(written) if is_number else -1)
    elif new.strip():
        add_unit(actor=actor, account=name, unit=new)
    else:
        set_unit(actor=actor, account=name, number=int(written) if is_number else None)


def _do(actor: Actor, asked: str, name: str, why: str) -> None:
    steps = {
        "close": administering.close,
        "reopen": administering.reopen,
        "reset": administering.reset,
        "sessions": administering.end_all_sessions,
    }
    if asked not in steps:
        raise InputError("INP-01", "no such step", remedy="Use the buttons of the page.")
    steps[asked](actor=actor, name=name, why=why)


def _try(ask: Callable[[], Made], problems: dict[str, str]) -> Made | None:
    """Return what is asked, or note under its field what was wrong with it."""
    try:
        return ask()
    except (InputError, ReferenceFactError, StateError) as wrong:
        field, sentence = _problem(wrong)
        problems[field] = sentence
        return None


def _problem(wrong: EenthuisError) -> tuple[str, str]:
    if isinstance(wrong, ReferenceFactError):
        return "plaats", _("Vul de code van de gemeente of de provincie in, zoals GM0344 of PV26.")
    if isinstance(wrong, StateError):
        return "naam", _("Er is al zo’n account, of de rol is al gevraagd.")
    field = FIELD_OF.get(wrong.location.column if wrong.location else "", "")
    sentences = {
        "naam": _("Gebruik kleine letters, cijfers, punten en streepjes, minstens twee."),
        "email": _("Vul een e-mailadres in, zoals naam@gemeente.nl."),
        "rol": _("Kies een rol."),
        "regio": _("Kies een regio, of geen."),
        "plaats": _("Deze rol hoort bij het hele land; laat de code leeg."),
        "": _("Bij deze rol hoort een plaats, of de reden ontbreekt nog."),
    }
    return field or "plaats", str(sentences[field])


def _shown(request: HttpRequest, made: Invitation) -> HttpResponse:
    response = render(request, "eenthuis/account_invited.html", {"made": made})
    response["Cache-Control"] = "no-store"
    return response
