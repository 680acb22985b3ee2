"""Signing in and out, and the language of the pages."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from eenthuis.services.accounts import demonstration_accounts, demonstration_user
from eenthuis.services.sign_ins import needs_code
from eenthuis.web.views.own_account import ask_for_code, let_in

YEAR_IN_SECONDS = 365 * 24 * 3600
DESK = "/bureau/"


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
            if user is not None:
                if needs_code(int(user.pk)):
                    return ask_for_code(request, int(user.pk), _next(request, DESK))
                let_in(request, int(user.pk), with_second_factor=False)
                if settings.SECOND_FACTOR_REQUIRED:
                    return redirect("second-factor")
                return HttpResponseRedirect(_next(request, DESK))
            problems["naam"] = _(
                "Deze naam en dit wachtwoord horen niet bij elkaar, of het account is even geblokkeerd."
            )
    context = {
        "problems": problems,
        "name": name,
        "next": _next(request, DESK),
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
    """Sign out and go to the start page."""
    logout(request)
    return HttpResponseRedirect("/")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language and go back."""
    chosen = request.POST.get("taal", "")
    response = HttpResponseRedirect(_next(request))
    if check_for_language(chosen) and chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=YEAR_IN_SECONDS,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


def _next(request: HttpRequest, otherwise: str = "/") -> str:
    """Return the address to go on to, only one of our own; ``otherwise`` where none is asked for."""
    wanted = request.POST.get("volgende") or request.GET.get("volgende") or otherwise
    allowed = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if allowed else otherwise
