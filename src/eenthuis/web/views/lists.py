"""Lists that go out as a file: which list, with which filter, how many rows, and in which form."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from eenthuis import reference
from eenthuis.connect.clock import now
from eenthuis.services import lists
from eenthuis.web import requests
from eenthuis.web.filters import WORK
from eenthuis.web.filters import WORKSPACE as ADDRESS
from eenthuis.web.views.linking import ORDERS
from eenthuis.web.views.sheets import CONTENT
from eenthuis.web.wording import DONE, REGIONS, STATES
from eenthuis.web.wording_way import HOME_STATES

GET_AND_POST = ["GET", "HEAD", "POST"]
TITLES = {
    "households": gettext_lazy("Huishoudens"),
    "homes": gettext_lazy("Woningen"),
    "sign-offs": gettext_lazy("Afmeldingen"),
    "progress": gettext_lazy("Voortgang volgens gemeenten"),
    "workspace": gettext_lazy("Huishoudens in het voorstel"),
    "work": gettext_lazy("Open werk"),
    "journal": gettext_lazy("Journaal"),
}
FIELDS: Mapping[str, Mapping[str, str]] = {
    "households": {"state": "stand", "search": "zoek"},
    "homes": {"municipality": "gemeente", "state": "stand"},
    "sign-offs": {"half_year": "halfjaar"},
    "progress": {"municipality": "gemeente", "half_year": "halfjaar"},
    "workspace": ADDRESS,
    "work": WORK,
    "journal": {
        "actor": "wie",
        "action": "handeling",
        "search": "zoek",
        "first_day": "van",
        "last_day": "tot",
    },
}
"""The parts of a filter and how the address calls them."""
LABELS = {
    "kind": gettext_lazy("Wat moet gebeuren"),
    "term": gettext_lazy("Termijn"),
    "whose": gettext_lazy("Bij wie"),
    "state": gettext_lazy("Stand"),
    "search": gettext_lazy("Zoek"),
    "half_year": gettext_lazy("Halfjaar"),
    "municipality": gettext_lazy("Gemeente"),
    "province": gettext_lazy("Provincie"),
    "region": gettext_lazy("Koppelregio"),
    "size": gettext_lazy("Personen"),
    "order": gettext_lazy("Volgorde"),
    "actor": gettext_lazy("Wie"),
    "action": gettext_lazy("Handeling"),
    "first_day": gettext_lazy("Vanaf"),
    "last_day": gettext_lazy("Tot en met"),
}


@require_http_methods(GET_AND_POST)
def households(request: HttpRequest) -> HttpResponse:
    """Give the households, in the form in which they can be handed in."""
    return _list(request, "households")


@require_http_methods(GET_AND_POST)
def homes(request: HttpRequest) -> HttpResponse:
    """Give the homes in reach, in the form in which they can be handed in."""
    return _list(request, "homes")


@require_http_methods(GET_AND_POST)
def sign_offs(request: HttpRequest) -> HttpResponse:
    """Give the sign-offs, in the form in which they can be handed in."""
    return _list(request, "sign-offs")


@require_http_methods(GET_AND_POST)
def progress(request: HttpRequest) -> HttpResponse:
    """Give what municipalities state of their progress, in the form in which it can be handed in."""
    return _list(request, "progress")


@require_http_methods(GET_AND_POST)
def workspace(request: HttpRequest) -> HttpResponse:
    """Give the list of the workspace with its present filter."""
    return _list(request, "workspace")


@require_http_methods(GET_AND_POST)
def work(request: HttpRequest) -> HttpResponse:
    """Give the open work with its present filter."""
    return _list(request, "work")


@require_http_methods(GET_AND_POST)
def journal(request: HttpRequest) -> HttpResponse:
    """Give the journal with its present search."""
    return _list(request, "journal")


def _list(request: HttpRequest, name: str) -> HttpResponse:
    chosen = {
        field: request.GET[word].strip()
        for field, word in FIELDS[name].items()
        if request.GET.get(word, "").strip()
    }
    with translation.override("nl"):
        in_file = _in_words(chosen)
    asked = lists.Asked(name, chosen, in_file, requests.today(request))
    actor = requests.actor(request)
    count = lists.count_list(actor=actor, asked=asked)
    form = request.POST.get("vorm", "")
    if request.method == "POST" and form in lists.FORMS:
        made = lists.ask_list(actor=actor, asked=asked, form=form, moment=now())
        if made.content is None:
            messages.info(request, _("De lijst is lang en wordt op de achtergrond gemaakt."))
            return redirect("sheet", number=made.number)
        response = HttpResponse(made.content, content_type=CONTENT.get(form, "text/csv; charset=utf-8"))
        response["Content-Disposition"] = f'attachment; filename="{made.file_name}"'
        response["Cache-Control"] = "no-store"
        return response
    context = {
        "title": TITLES[name],
        "count": count,
        "words": _in_words(chosen),
        "is_long": count > lists.AT_ONCE,
        "comes_back": name in {"households", "homes", "sign-offs", "progress"},
    }
    return render(request, "eenthuis/list_file.html", context)


def _in_words(chosen: Mapping[str, str]) -> str:
    """Return a filter as a sentence, in the language of the moment."""
    told = [f"{LABELS[field]}: {_part(field, value)}" for field, value in chosen.items()]
    return "; ".join(told) or _("geen, de hele lijst")


def _part(field: str, value: str) -> str:
    match field:
        case "municipality":
            return f"{reference.municipality(value).name} ({value})"
        case "province":
            return reference.province(value).name
        case _:
            return str(_CODES.get(field, {}).get(value, value))


_CODES: Mapping[str, Mapping[str, object]] = {
    "term": {"late": gettext_lazy("te laat"), "soon": gettext_lazy("de komende twee weken")},
    "whose": {"mine": gettext_lazy("bij mij"), "unit": gettext_lazy("bij mijn eenheid")},
    "region": REGIONS,
    "state": {**STATES, **HOME_STATES},
    "order": dict(ORDERS),
    "action": DONE,
}
"""The words of the parts of a filter that are codes."""
