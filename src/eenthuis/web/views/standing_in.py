"""Standing in for a colleague, letting a colleague stand in, and handing work over."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from eenthuis.services import deputies
from eenthuis.services.deputies import STANDS_IN
from eenthuis.services.handing_over import hand_over, preview_hand_over, read_colleagues
from eenthuis.terms.errors import InputError, StateError
from eenthuis.web import requests

LONGEST_NUMBER = 9


@require_http_methods(["GET", "HEAD", "POST"])
def deputy(request: HttpRequest) -> HttpResponse:
    """Show who stands in for whom, and let a colleague stand in for oneself."""
    who, today = requests.own_actor(request), requests.today(request)
    standing = deputies.read_standing(actor=who, today=today)
    values = {field: request.POST.get(field, "").strip() for field in ("vervanger", "van", "tot")}
    problems: dict[str, str] = {}
    if request.method == "POST":
        first, last = requests.typed_day(values["van"]), requests.typed_day(values["tot"])
        try:
            deputies.name_deputy(
                actor=who, deputy=values["vervanger"], first_day=first, last_day=last, today=today
            )
        except InputError as wrong:
            if wrong.location and wrong.location.column == "days":
                problems["van"] = _("Schrijf een eerste en een laatste dag als dd-mm-jjjj, niet voorbij.")
            else:
                problems["vervanger"] = _("Kies een collega uit de lijst.")
        else:
            messages.success(request, _("Uw vervanger is aangewezen."))
            return redirect("deputy")
    context = {"standing": standing, "values": values, "problems": problems, "who": who}
    return render(request, "eenthuis/deputy.html", context, status=400 if problems else 200)


@require_POST
def end_deputy(request: HttpRequest) -> HttpResponse:
    """End that a colleague stands in for oneself."""
    deputies.end_deputy(actor=requests.own_actor(request), number=_number(request, "nummer"))
    messages.success(request, _("Beëindigd."))
    return redirect("deputy")


@require_POST
def stand_in(request: HttpRequest) -> HttpResponse:
    """Begin or stop standing in for a colleague in this session."""
    who = requests.own_actor(request)
    if request.POST.get("nummer"):
        number = _number(request, "nummer")
        absent = deputies.stand_in(actor=who, number=number, today=requests.today(request))
        request.session[STANDS_IN] = number
        told = _("U werkt nu namens %(name)s. Wat u doet, staat zo in het journaal.")
        messages.success(request, told % {"name": absent.name})
        return redirect("desk")
    deputies.read_standing(actor=who, today=requests.today(request))
    request.session.pop(STANDS_IN, None)
    return redirect("desk")


@require_http_methods(["GET", "HEAD", "POST"])
def hand_work_over(request: HttpRequest) -> HttpResponse:
    """Show what of a colleague's work would go to another, and hand it over once that was seen."""
    actor, today = requests.actor(request), requests.today(request)
    given = request.POST if request.method == "POST" else request.GET
    leaver, to = given.get("van", ""), given.get("naar", "")
    context = {"colleagues": read_colleagues(actor=actor), "leaver": leaver, "to": to}
    problems: dict[str, str] = {}
    try:
        if request.method == "POST":
            seen = _number(request, "gezien")
            count = hand_over(actor=actor, leaver=leaver, to=to, seen=seen, today=today)
            told = ngettext(
                "%(count)s huishouden overgedragen.", "%(count)s huishoudens overgedragen.", count
            )
            messages.success(request, told % {"count": count})
            return redirect("work")
        if leaver or to:
            context["preview"] = preview_hand_over(actor=actor, leaver=leaver, to=to, today=today)
    except InputError:
        problems["naar"] = _("Kies van wie en aan wie, twee verschillende collega’s uit de lijst.")
    except StateError:
        messages.error(request, _("Er is intussen iets veranderd. Bekijk opnieuw wat u overdraagt."))
        context["preview"] = preview_hand_over(actor=actor, leaver=leaver, to=to, today=today)
    context["problems"] = problems
    return render(request, "eenthuis/hand_over.html", context, status=400 if problems else 200)


def _number(request: HttpRequest, field: str) -> int:
    written = request.POST.get(field, "")
    return int(written) if written.isascii() and written.isdigit() and len(written) <= LONGEST_NUMBER else -1
