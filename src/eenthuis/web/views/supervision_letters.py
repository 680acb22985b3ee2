"""Letters of supervision: whom one goes to, how it would read, sending it as a second person, and checking one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eenthuis import reference
from eenthuis.services import supervision_letters as services
from eenthuis.services.letter_checks import check_letter
from eenthuis.terms.errors import InputError, StateError
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.web import requests
from eenthuis.web.typed import typed_number

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
MOST_BYTES = 5_000_000


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """Show the letters within reach, and to whom one can be written."""
    return _overview(request)


def _overview(request: HttpRequest, problem: str = "") -> HttpResponse:
    asked = request.GET.get("provincie", "")
    page = services.read_letters(
        actor=requests.actor(request),
        province=ProvinceCode(asked) if asked else None,
        today=requests.today(request),
    )
    actor = requests.actor(request)
    context = {
        "page": page,
        "provinces": reference.provinces() if actor.province is None else (),
        "rows": [(one, reference.municipality(one.municipality).name) for one in page.letters],
        "waits": any(one.state == "put-forward" for one in page.letters) and page.may_write,
        "problems": {"gemeenten": problem} if problem else {},
    }
    return render(request, "eenthuis/supervision_letters.html", context, status=400 if problem else 200)


def _chosen(request: HttpRequest) -> tuple[MunicipalityCode, ...]:
    return tuple(MunicipalityCode(code) for code in request.POST.getlist("gemeente"))


def _address(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("check-letter"))


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """Show the letters as they would be written; nothing is kept."""
    try:
        found = services.preview_letters(
            actor=requests.actor(request),
            municipalities=_chosen(request),
            address=_address(request),
            today=requests.today(request),
        )
    except InputError:
        return _overview(request, _("Kies gemeenten uit de lijst."))
    return render(request, "eenthuis/letters_preview.html", {"letters": found})


@require_POST
def write(request: HttpRequest) -> HttpResponse:
    """Write the letters and put them forward to a colleague."""
    try:
        keys = services.write_letters(
            actor=requests.actor(request),
            municipalities=_chosen(request),
            address=_address(request),
            today=requests.today(request),
        )
    except InputError:
        return _overview(request, _("Kies gemeenten uit de lijst."))
    text = ngettext(
        "%(count)s brief is geschreven. Een collega kan hem nu versturen.",
        "%(count)s brieven zijn geschreven. Een collega kan ze nu versturen.",
        len(keys),
    )
    messages.success(request, text % {"count": len(keys)})
    return redirect("supervision-letters")


@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Send letters as a second person."""
    keys = [number for text in request.POST.getlist("brief") if (number := typed_number(text)) is not None]
    try:
        count = services.send_letters(actor=requests.actor(request), keys=keys, today=requests.today(request))
    except InputError:
        return _overview(request, _("Kies eerst een brief."))
    except StateError:
        text = _("Versturen kan alleen wie de brief niet zelf heeft geschreven, en maar één keer.")
        messages.error(request, text)
    else:
        text = ngettext("%(count)s brief is verstuurd.", "%(count)s brieven zijn verstuurd.", count)
        messages.success(request, text % {"count": count})
    return redirect("supervision-letters")


@require_safe
def letter(request: HttpRequest, number: int) -> HttpResponse:
    """Show a letter."""
    return _letter(request, number)


def _letter(request: HttpRequest, number: int, problem: str = "") -> HttpResponse:
    actor = requests.actor(request)
    held = services.read_letter(actor=actor, key=number)
    context = {
        "held": held,
        "name": reference.municipality(held.municipality).name,
        "may_withdraw": held.state == "put-forward"
        and actor.province == held.province
        and not actor.municipality,
        "problems": {"waarom": problem} if problem else {},
    }
    return render(request, "eenthuis/supervision_letter.html", context, status=400 if problem else 200)


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Withdraw a letter that was not sent."""
    try:
        services.withdraw_letter(
            actor=requests.actor(request),
            key=number,
            why=request.POST.get("waarom", "").strip(),
            today=requests.today(request),
        )
    except InputError:
        return _letter(request, number, _("Vul in een zin in waarom."))
    messages.success(request, _("De brief is ingetrokken en wordt niet verstuurd."))
    return redirect("supervision-letters")


@require_safe
def letter_file(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """Give a letter as pdf or docx."""
    content = services.letter_file(actor=requests.actor(request), key=number, form=form)
    response = HttpResponse(content, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="brief-{number}.{form}"'
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Say whether a letter is real, by the number on it and, if one likes, its file; never what it says."""
    found, written = None, request.POST.get("kenmerk", "")
    if request.method == "POST":
        given = request.FILES.get("bestand")
        content = given.read() if given is not None and (given.size or 0) <= MOST_BYTES else None
        found = check_letter(
            actor=requests.actor(request),
            number=written,
            content=content,
            address=request.META.get("REMOTE_ADDR", ""),
        )
    wrong = request.method == "POST" and found is None
    context = {
        "found": found,
        "written": written,
        "problems": {"kenmerk": _("Er is geen verstuurde brief met dit kenmerk, of er is te vaak gezocht.")}
        if wrong
        else {},
    }
    response = render(request, "eenthuis/letter_check.html", context, status=400 if wrong else 200)
    response["Cache-Control"] = "no-store"
    return response
