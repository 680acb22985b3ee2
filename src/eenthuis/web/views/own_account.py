"""One's own account: the second step of signing in, the second factor, the password and the sessions."""

from __future__ import annotations

import time

from django.contrib import messages
from django.contrib.auth import get_user_model, login, password_validation, update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eenthuis.services import sign_ins
from eenthuis.services.sign_ins import SECOND_FACTOR
from eenthuis.terms.access import ANYONE
from eenthuis.web import requests
from eenthuis.web.figures.codes import readable_code

PENDING = "pending_sign_in"
AT_PROVIDER = "at_provider"
PATIENCE_SECONDS = 300
BACKEND = "django.contrib.auth.backends.ModelBackend"
LONGEST_NUMBER = 9


def let_in(request: HttpRequest, user_id: int, *, with_second_factor: bool) -> None:
    """Open a session for an account and note it."""
    login(request, get_user_model().objects.get(pk=user_id), backend=BACKEND)
    request.session[SECOND_FACTOR] = with_second_factor
    note(request, user_id)


def note(request: HttpRequest, user_id: int) -> None:
    """Note the session at hand, which has a new key since it was opened or the password changed."""
    request.session.save()
    sign_ins.note_session(
        user_id=user_id,
        session_key=str(request.session.session_key),
        program=request.headers.get("User-Agent", ""),
        with_second_factor=request.session.get(SECOND_FACTOR) is True,
    )


def ask_for_code(
    request: HttpRequest, user_id: int, onwards: str, *, at_provider: dict[str, str] | None = None
) -> HttpResponse:
    """Remember who took the first step, with a password or at a provider, and go on to the second."""
    request.session[PENDING] = {
        "user": user_id,
        "until": time.time() + PATIENCE_SECONDS,
        "onwards": onwards,
        AT_PROVIDER: at_provider,
    }
    return redirect("sign-in-code")


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the second factor, or a recovery code."""
    pending = request.session.get(PENDING)
    if not pending or pending["until"] < time.time():
        request.session.pop(PENDING, None)
        return redirect("sign-in")
    problems: dict[str, str] = {}
    if request.method == "POST":
        name = get_user_model().objects.get(pk=pending["user"]).get_username()
        if sign_ins.check_code(user_id=pending["user"], name=name, code=request.POST.get("code", "")):
            del request.session[PENDING]
            let_in(request, pending["user"], with_second_factor=True)
            request.session[AT_PROVIDER] = pending[AT_PROVIDER]
            return HttpResponseRedirect(pending["onwards"])
        problems["code"] = _(
            "Deze code klopt niet, of is al gebruikt. Wacht even en probeer een nieuwe code."
        )
    return render(
        request, "eenthuis/sign_in_code.html", {"problems": problems}, status=400 if problems else 200
    )


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show one's own account: second factor, password and open sessions."""
    who = requests.own_actor(request)
    context = {
        "who": who,
        "factor": sign_ins.read_second_factor(actor=who),
        "sessions": sign_ins.read_sessions(actor=who),
        "here": request.session.session_key,
    }
    return render(request, "eenthuis/account.html", context)


@sensitive_post_parameters("code")
@sensitive_variables("begun", "codes")
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Set a second factor: show its secret, try a code, and show the recovery codes once."""
    who = requests.own_actor(request)
    problems: dict[str, str] = {}
    if request.method == "POST":
        codes = sign_ins.settle_second_factor(actor=who, code=request.POST.get("code", ""))
        if codes is not None:
            request.session[SECOND_FACTOR] = True
            note(request, int(request.user.pk or 0))
            return render(request, "eenthuis/recovery_codes.html", {"codes": codes})
        problems["code"] = _("Deze code klopt niet. Kijk of de klok van uw telefoon gelijk loopt.")
    begun = sign_ins.begin_second_factor(actor=who)
    context = {
        "problems": problems,
        "secret": " ".join(begun.secret[at : at + 4] for at in range(0, len(begun.secret), 4)),
        "drawing": readable_code(begun.address, _("Code om te scannen met een app voor codes")),
    }
    return render(request, "eenthuis/second_factor.html", context, status=400 if problems else 200)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Set a new password, after the present one."""
    who = requests.own_actor(request)
    sign_ins.read_second_factor(actor=who)
    problems: dict[str, str] = {}
    if request.method == "POST" and request.user.is_authenticated:
        user, new = request.user, request.POST.get("nieuw", "")
        if not user.check_password(request.POST.get("nu", "")):
            problems["nu"] = _("Dit is niet uw wachtwoord van nu.")
        try:
            password_validation.validate_password(new, user)
        except ValidationError as wrong:
            problems["nieuw"] = " ".join(wrong.messages)
        if new != request.POST.get("nogmaals", ""):
            problems["nogmaals"] = _("De twee nieuwe wachtwoorden zijn niet gelijk.")
        if not problems:
            user.set_password(new)
            user.save(update_fields=["password"])
            update_session_auth_hash(request, user)
            note(request, int(user.pk))
            sign_ins.note_password(actor=who, session_key=str(request.session.session_key))
            messages.success(request, _("Uw wachtwoord is gewijzigd. Uw andere sessies zijn beëindigd."))
            return redirect("account")
    return render(request, "eenthuis/password.html", {"problems": problems}, status=400 if problems else 200)


@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """End one of one's own sessions, or all others."""
    who, asked = requests.own_actor(request), request.POST.get("sessie", "")
    if asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_NUMBER:
        sign_ins.end_session(actor=who, number=int(asked))
    else:
        sign_ins.end_other_sessions(actor=who, session_key=str(request.session.session_key))
    messages.success(request, _("Beëindigd."))
    return redirect("account" if who is not ANYONE else "sign-in")
