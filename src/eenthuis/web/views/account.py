"""Signing in and out, and the language of the pages."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from eenthuis.services.accounts import demonstration_accounts, demonstration_user
from eenthuis.services.break_glass import break_glass, is_for_emergencies
from eenthuis.services.provider_sign_in import every_provider
from eenthuis.services.sign_ins import needs_code
from eenthuis.terms.access import ANYONE
from eenthuis.web import requests
from eenthuis.web.requests import DESK, onwards
from eenthuis.web.views.own_account import ask_for_code, let_in
from eenthuis.web.views.provider_sign_in import leaving_of

YEAR_IN_SECONDS = 365 * 24 * 3600


@sensitive_post_parameters("wachtwoord")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with name and password; in the demonstration also with one click."""
    problems: dict[str, str] = {}
    name = request.POST.get("naam", "").strip()
    if request.method == "POST":
        password = request.POST.get("wachtwoord", "")
        if not name:
            problems["naam"] = _("Vul uw gebruikersnaam in.")
        if not password:
            problems["wachtwoord"] = _("Vul uw wachtwoord in.")
        if not problems:
            user = authenticate(request, username=name, password=password)
            if user is not None and is_for_emergencies(name):
                opened = break_glass(user_id=int(user.pk), name=name, today=requests.today(request))
                if opened is not None:
                    let_in(request, int(user.pk), with_second_factor=True)
                    request.session.set_expiry(opened)
                    return HttpResponseRedirect(DESK)
            elif user is not None:
                if needs_code(int(user.pk)):
                    return ask_for_code(request, int(user.pk), onwards(request, DESK))
                let_in(request, int(user.pk), with_second_factor=False)
                if settings.SECOND_FACTOR_REQUIRED:
                    return redirect("second-factor")
                return HttpResponseRedirect(onwards(request, DESK))
            problems["naam"] = _(
                "Deze naam en dit wachtwoord horen niet bij elkaar, of het account is even geblokkeerd."
            )
    context = {
        "problems": problems,
        "name": name,
        "next": onwards(request, DESK),
        "providers": every_provider(),
        "accounts": demonstration_accounts() if settings.DEMONSTRATION else (),
    }
    return render(request, "eenthuis/sign_in.html", context, status=400 if problems else 200)


@require_POST
def sign_in_demonstration(request: HttpRequest) -> HttpResponse:
    """Sign in as an account of the demonstration with one click; elsewhere there is no such page."""
    if not settings.DEMONSTRATION:
        raise Http404
    name = request.POST.get("account", "")
    key = demonstration_user(name)
    if key is None:
        raise Http404
    let_in(request, key, with_second_factor=False)
    return HttpResponseRedirect(DESK)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out and go to the start page; who came from a provider is told how to sign out there too."""
    leaving = leaving_of(request)
    logout(request)
    request.actor = ANYONE  # type: ignore[attr-defined]
    return render(request, "eenthuis/signed_out.html", leaving) if leaving else HttpResponseRedirect("/")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language and go back."""
    chosen = request.POST.get("taal", "")
    response = HttpResponseRedirect(onwards(request))
    if check_for_language(chosen) and chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=YEAR_IN_SECONDS,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response
