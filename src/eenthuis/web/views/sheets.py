"""Handing in spreadsheets: what can be handed in, how far a file is, what is wrong in it, and agreeing to it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from eenthuis.connect.sheet_ods import KIND as OPEN_DOCUMENT
from eenthuis.services import lists
from eenthuis.services import sheets as services
from eenthuis.services.sheet_checks import require_hand_in
from eenthuis.terms.errors import AccessError, InputError
from eenthuis.terms.sheets import SheetKind
from eenthuis.web import requests

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONTENT = {"xlsx": WORKBOOK, "ods": OPEN_DOCUMENT}
SLUGS = {
    "huishoudens": SheetKind.HOUSEHOLDS,
    "woningen": SheetKind.HOMES,
    "afmeldingen": SheetKind.SIGN_OFFS,
    "voortgang": SheetKind.PROGRESS,
    "ramingen": SheetKind.ESTIMATES,
    "documenten": SheetKind.DOCUMENTS,
}


def _kind(slug: str) -> SheetKind:
    found = SLUGS.get(slug)
    if found is None:
        raise AccessError("ACC-02", "no kind by that name", remedy="Choose one of the kinds.")
    return found


@require_safe
def sheets(request: HttpRequest) -> HttpResponse:
    """Show what can be handed in, and someone's own files."""
    return _overview(request, "", 200)


def _overview(request: HttpRequest, problem: str, status: int, at: str = "") -> HttpResponse:
    actor = requests.actor(request)
    own = services.own_sheets(actor=actor)
    slugs = {kind: slug for slug, kind in SLUGS.items()}
    is_english = get_language() == "en"
    kinds = [
        (slugs[form.kind], form, form.title_en if is_english else form.title)
        for form in services.kinds_for(actor)
    ]
    context = {"own": own, "kinds": kinds, "problem": problem, "problem_at": at, "english": is_english}
    return render(request, "eenthuis/sheets.html", context, status=status)


@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """Give the workbook to fill in."""
    made = services.template(actor=requests.actor(request), kind=_kind(kind), today=requests.today(request))
    return _file(made, f"sjabloon-{kind}.xlsx")


@require_POST
def hand_in(request: HttpRequest, kind: str) -> HttpResponse:
    """Take a file to be checked, and go to its page."""
    require_hand_in(requests.actor(request), _kind(kind))
    given = request.FILES.get("bestand")
    if given is None:
        return _overview(request, _("Kies eerst een bestand."), 400, kind)
    try:
        number = services.hand_in(
            actor=requests.actor(request),
            kind=_kind(kind),
            name=given.name or "bestand",
            content=given.read(),
            today=requests.today(request),
        )
    except InputError:
        return _overview(
            request,
            _("Dit bestand is leeg of te groot. Lever een bestand in van hoogstens 20 MB."),
            400,
            kind,
        )
    return redirect("sheet", number=number)


@require_safe
def sheet(request: HttpRequest, number: int) -> HttpResponse:
    """Show how far a file is and what is wrong in it; a script may ask for that part alone."""
    page = services.read_own(
        actor=requests.actor(request),
        number=number,
        page=requests.page_number(request),
        language=get_language() or "nl",
    )
    part = "HX-Request" in request.headers
    context = {"page": page, "news": part and request.GET.get("stand") != page.state}
    response = render(request, "eenthuis/_sheet.html" if part else "eenthuis/sheet.html", context)
    response["Cache-Control"] = "no-store"
    response["Vary"] = "HX-Request"
    return response


@require_POST
def agree(request: HttpRequest, number: int) -> HttpResponse:
    """Let a checked file be taken in."""
    services.agree(actor=requests.actor(request), number=number)
    return redirect("sheet", number=number)


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Withdraw a file."""
    services.withdraw(actor=requests.actor(request), number=number)
    messages.success(request, _("Het bestand is ingetrokken en weggegooid. Er is niets van ingelezen."))
    return redirect("sheets")


@require_safe
def marked(request: HttpRequest, number: int) -> HttpResponse:
    """Give the workbook back with what is wrong beside each row."""
    name, made = services.marked_workbook(actor=requests.actor(request), number=number)
    return _file(made, name)


@require_safe
def made_list(request: HttpRequest, number: int) -> HttpResponse:
    """Give a list that was made in the background."""
    name, made = lists.list_file(actor=requests.actor(request), number=number)
    return _file(made, name)


def _file(content: bytes, name: str) -> HttpResponse:
    kind = CONTENT.get(name.rpartition(".")[2], "text/csv; charset=utf-8")
    safe = "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in "-_.") else "-" for letter in name
    )
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{safe}"'
    response["Cache-Control"] = "no-store"
    return response
