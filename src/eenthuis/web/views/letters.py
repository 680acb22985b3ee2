"""The letter for the person concerned: printed by a case worker, and read with a code that opens it once."""

from __future__ import annotations

import time
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eenthuis.services import letters
from eenthuis.terms.people import HouseholdId
from eenthuis.web import requests
from eenthuis.web.letters import LANGUAGES, LetterText, chosen, language, letter_in, printed

OPENED = "letter"
SECONDS_A_MINUTE = 60


@require_http_methods(["GET", "HEAD", "POST"])
def staff_letter(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show the letter of a household to its case worker; make a code for it when asked, shown this once."""
    actor, today = requests.actor(request), requests.today(request)
    household = HouseholdId(identifier)
    page = letters.read_letter(actor=actor, household=household, today=today)
    issued = None
    if request.method == "POST":
        issued = letters.issue_code(actor=actor, household=household, today=today)
    words = chosen(request.GET.get("taal", ""))
    context = {
        "page": page,
        "issued": issued,
        "grouped": f"{issued.code[:5]} {issued.code[5:]}" if issued else "",
        "letter": letter_in(page, words, number=issued.letter if issued else ""),
        "languages": [language(code) for code in LANGUAGES],
        "address": request.build_absolute_uri(reverse("open-letter")),
    }
    response = render(request, "eenthuis/letter_staff.html", context)
    response["Cache-Control"] = "no-store"
    return response


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def open_letter(request: HttpRequest) -> HttpResponse:
    """Ask for the number and the code of a letter, in the language of the one who reads; no account is needed."""
    words = chosen(request.GET.get("taal", ""))
    wrong = False
    if request.method == "POST":
        number = letters.open_letter(
            actor=requests.actor(request),
            letter=request.POST.get("nummer", ""),
            code=request.POST.get("code", ""),
            address=request.META.get("REMOTE_ADDR", ""),
            today=requests.today(request),
        )
        if number is not None:
            request.session[OPENED] = {
                "number": number,
                "until": time.time() + SECONDS_A_MINUTE * letters.minutes_to_read(requests.today(request)),
            }
            return redirect(f"{reverse('read-letter')}?taal={words.code}")
        wrong = True
    context = {
        "words": words,
        "wrong": wrong,
        "number": request.POST.get("nummer", ""),
        "languages": [language(code) for code in LANGUAGES],
        "has_left": "klaar" in request.GET,
    }
    return _unkept(render(request, "eenthuis/letter_open.html", context, status=400 if wrong else 200))


@require_safe
def read_letter(request: HttpRequest) -> HttpResponse:
    """Show the letter that was opened in this session; without one, ask for its code."""
    words = chosen(request.GET.get("taal", ""))
    page, number = _opened(request)
    if page is None:
        return redirect(f"{reverse('open-letter')}?taal={words.code}")
    context = {
        "words": words,
        "letter": letter_in(page, words, number=number),
        "languages": [language(code) for code in LANGUAGES],
    }
    return _unkept(render(request, "eenthuis/letter_read.html", context))


@require_safe
def staff_letter_pdf(request: HttpRequest, identifier: str, code: str) -> HttpResponse:
    """Give the letter of a household as PDF to its case worker, to print."""
    today = requests.today(request)
    page = letters.read_letter(actor=requests.actor(request), household=HouseholdId(identifier), today=today)
    return _file(letter_in(page, chosen(code)), today)


@require_safe
def letter_file(request: HttpRequest) -> HttpResponse:
    """Give the letter that was opened in this session as PDF; without one, ask for its code."""
    words = chosen(request.GET.get("taal", ""))
    page, number = _opened(request)
    if page is None:
        return redirect(f"{reverse('open-letter')}?taal={words.code}")
    return _file(letter_in(page, words, number=number), requests.today(request))


def _opened(request: HttpRequest) -> tuple[letters.LetterPage | None, str]:
    held = request.session.get(OPENED)
    number = str(held["number"]) if isinstance(held, dict) and held["until"] > time.time() else ""
    if not number:
        return None, ""
    actor, today = requests.actor(request), requests.today(request)
    return letters.read_opened(actor=actor, letter=number, today=today), number


def _file(letter: LetterText, day: date) -> HttpResponse:
    response = HttpResponse(printed(letter, day=day), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="brief-{letter.language.code}.pdf"'
    response["Content-Language"] = letter.language.code
    return _unkept(response)


@require_POST
def close_letter(request: HttpRequest) -> HttpResponse:
    """Forget the letter in this session."""
    request.session.pop(OPENED, None)
    words = chosen(request.POST.get("taal", ""))
    return redirect(f"{reverse('open-letter')}?taal={words.code}&klaar=ja")


def _unkept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
