"""Residence documents: the overview per centre, lists of people, one document, and the steps it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eenthuis.law import law_book
from eenthuis.law.documents import document_law
from eenthuis.services import document_handing as handing
from eenthuis.services import documents as services
from eenthuis.services.access import may, require
from eenthuis.services.document_overview import read_documents_overview
from eenthuis.services.document_steps import Seen
from eenthuis.services.documents import DocumentFacts, DocumentLine, DocumentList
from eenthuis.terms.access import Actor
from eenthuis.terms.document_steps import DocumentState
from eenthuis.terms.documents import DocumentNumber, WhyNotReady
from eenthuis.terms.errors import EenthuisError
from eenthuis.terms.people import CentreCode, HouseholdId
from eenthuis.web import requests, tables
from eenthuis.web.sentences import SENTENCES
from eenthuis.web.typed import day_in

LINES_A_PAGE = 100
LONGEST_STEP = 5
BLOCKED = "nog-niet"
KINDS: Mapping[str, tuple[DocumentState, ...]] = {
    BLOCKED: (DocumentState.WAITING,),
    "wacht": (DocumentState.WAITING,),
    "uitgenodigd": (DocumentState.INVITED,),
    "controleren": (DocumentState.GIVEN,),
    "bekijken": (DocumentState.TO_LOOK_AT,),
    "uitgereikt": (DocumentState.HANDED_OUT,),
    "loket": (DocumentState.ELSEWHERE,),
}
"""Which documents each list holds, by its word in the address."""

DAYS = {"klaar": "ready_on", "geboren": "born_on", "foto": "photo_on", "vingers": "fingerprints_on"}
FIELDS = ("nummer", "huishouden", *DAYS, "reden")
NEEDED = {"klaar", "geboren"}
CENTRE_COLUMNS = (
    "centre", "name", "ready", "blocked", "planned", "to_reschedule", "to_look_at", "handed_out", "waited_days",
    "next_session",
)  # fmt: skip
TOTALS = ("ready", "blocked", "planned", "to_reschedule", "to_look_at", "handed_out")
LIST_COLUMNS = (
    "document",
    "household",
    "centre",
    "ready_on",
    "state",
    "reasons",
    "appointment",
    "handed_out_on",
)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show how documents stand per centre; a municipality sees counts of its own."""
    today = requests.today(request)
    page = read_documents_overview(actor=requests.actor(request), today=today)
    law = document_law(law_book(), today)
    total = {column: page.total(column) for column in TOTALS}
    context = {"page": page, "total": total, "citations": law.citations}
    return render(request, "eenthuis/documents.html", context)


@require_safe
def overview_csv(request: HttpRequest) -> HttpResponse:
    """Give how documents stand per centre as CSV."""
    page = read_documents_overview(actor=requests.actor(request), today=requests.today(request))
    rows = [
        (
            line.centre, line.name, line.ready, line.blocked, line.planned, line.to_reschedule, line.to_look_at,
            line.handed_out, "" if line.waited is None else line.waited, _iso(line.next_session),
        )
        for line in page.centres
    ]  # fmt: skip
    return tables.csv_response(
        CENTRE_COLUMNS, rows, name="verblijfsdocumenten.csv", for_excel=requests.for_excel(request)
    )


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Show a list of documents; those that cannot be handed out yet come with every reason and what to do."""
    number = requests.page_number(request)
    found, chosen = _listed(request, number)
    pages = max(1, -(-found.count // LINES_A_PAGE))
    if number > pages:
        number = pages
        found, chosen = _listed(request, number)
    services.note_listed(found.lines)
    context = {
        "lines": found.lines,
        "count": found.count,
        "chosen": chosen,
        "kinds": KINDS,
        "whys": tuple(WhyNotReady),
        "number": number,
        "pages": pages,
        "csv_address": f"{reverse('document-list-csv')}?{request.GET.urlencode()}",
    }
    return render(request, "eenthuis/document_list.html", context)


@require_safe
def listed_csv(request: HttpRequest) -> HttpResponse:
    """Give a list of documents as CSV."""
    found, _chosen = _listed(request)
    services.note_listed(found.lines)
    return tables.csv_response(
        LIST_COLUMNS,
        [_row(line) for line in found.lines],
        name="verblijfsdocumenten-lijst.csv",
        for_excel=requests.for_excel(request),
    )


def _listed(request: HttpRequest, number: int | None = None) -> tuple[DocumentList, dict[str, str]]:
    """Return a page of the list that is asked for, or all of it, with what was chosen."""
    kind = request.GET.get("soort", BLOCKED)
    kind = kind if kind in KINDS else BLOCKED
    why, centre = request.GET.get("waarom", ""), request.GET.get("opvang", "")
    found = services.list_documents(
        actor=requests.actor(request),
        today=requests.today(request),
        states=KINDS[kind],
        centre=CentreCode(centre) if centre else None,
        why=WhyNotReady(why) if why in set(WhyNotReady) else None,
        only_blocked=kind == BLOCKED,
        first=0 if number is None else (number - 1) * LINES_A_PAGE,
        most=None if number is None else LINES_A_PAGE,
    )
    return found, {"kind": kind, "why": why, "centre": centre}


def _row(line: DocumentLine) -> tuple[object, ...]:
    held = line.held
    place = held.place if held.state in {DocumentState.INVITED, DocumentState.GIVEN} else None
    return (
        line.number,
        held.document.household,
        held.document.centre,
        held.document.ready_on.isoformat(),
        held.state.value,
        " ".join(line.readiness.reasons),
        _iso(place.day if place else None),
        _iso(held.on if held.state is DocumentState.HANDED_OUT else None),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def signal(request: HttpRequest) -> HttpResponse:
    """Say that a document is ready for somebody."""
    actor, today = requests.actor(request), requests.today(request)
    require(actor, "signal-document")
    values, problems = _typed(request), dict[str, str]()
    if request.method == "POST":
        facts = _facts(request, values, problems)
        if facts is not None:
            try:
                (number,) = services.signal_documents(actor=actor, signalled=[facts], today=today)
            except EenthuisError as wrong:
                _to_field(wrong, problems)
            else:
                messages.success(request, _("Document %(number)s is aangemeld.") % {"number": number})
                return redirect("document", number)
    context = {"values": values, "problems": problems}
    return render(request, "eenthuis/document_signal.html", context, status=400 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def document(request: HttpRequest, number: str) -> HttpResponse:
    """Show a document with every step; the IND changes here what is known of it, with a reason."""
    actor, today = requests.actor(request), requests.today(request)
    page = services.read_document(actor=actor, number=DocumentNumber(number), today=today)
    problems = dict[str, str]()
    values = _values_of(page.line)
    if request.method == "POST":
        values = _typed(request) | {"huishouden": page.line.held.document.household}
        facts = _facts(request, values, problems)
        if facts is not None:
            try:
                services.change_document(
                    actor=actor, seen=_seen(request, number), facts=facts, why=values["reden"], today=today
                )
            except EenthuisError as wrong:
                _to_field(wrong, problems)
            else:
                messages.success(request, _("Document %(number)s is gewijzigd.") % {"number": number})
                return redirect("document", number)
    context = {
        "page": page,
        "values": values,
        "problems": problems,
        "may": _may(actor),
        "here": reverse("document", args=[number]),
    }
    return render(request, "eenthuis/document.html", context, status=400 if problems else 200)


@require_POST
def step(request: HttpRequest, number: str) -> HttpResponse:
    """Take a step of a document: hand out, check, not come, wrong, take back, look at or withdraw."""
    actor, today = requests.actor(request), requests.today(request)
    services.read_document(actor=actor, number=DocumentNumber(number), today=today)
    onwards = requests.onwards(request, reverse("document", args=[number]))
    what = request.POST.get("stap", "")
    if what not in STEPS:
        messages.error(request, _("Kies wat er is gebeurd."))
        return redirect(onwards)
    try:
        STEPS[what](actor, _seen(request, number), request.POST.get("reden", ""), today)
    except EenthuisError as wrong:
        if wrong.code not in {"ACC-03", "STA-06", "STA-07", "STA-09", "INP-04", "INP-06"}:
            raise
        messages.error(request, f"{SENTENCES[wrong.code]} ({wrong.code})")
    else:
        messages.success(request, _("Dit is vastgelegd voor document %(number)s.") % {"number": number})
    return redirect(onwards)


Take = Callable[[Actor, Seen, str, date], None]
STEPS: Mapping[str, Take] = {
    "uitgereikt": lambda actor, seen, _why, today: handing.hand_out(actor=actor, seen=seen, today=today),
    "gecontroleerd": lambda actor, seen, _why, _today: handing.check_handed_out(actor=actor, seen=seen),
    "afgekeurd": lambda actor, seen, why, today: handing.refuse_check(
        actor=actor, seen=seen, why=why, today=today
    ),
    "niet-gekomen": lambda actor, seen, _why, today: handing.record_no_show(
        actor=actor, seen=seen, today=today
    ),
    "klopt-niet": lambda actor, seen, why, today: handing.record_wrong_details(
        actor=actor, seen=seen, why=why, today=today
    ),
    "teruggedraaid": lambda actor, seen, why, today: handing.take_back(
        actor=actor, seen=seen, why=why, today=today
    ),
    "bekeken": lambda actor, seen, why, today: services.look_at_document(
        actor=actor, seen=seen, why=why, today=today
    ),
    "ingetrokken": lambda actor, seen, why, today: services.withdraw_document(
        actor=actor, seen=seen, why=why, today=today
    ),
}
"""The steps that somebody takes on a page, by their word in the form."""


def _may(actor: Actor) -> dict[str, bool]:
    return {
        "signal": may(actor, "signal-document"),
        "plan": may(actor, "plan-session"),
        "hand_out": may(actor, "hand-out-document"),
    }


def _seen(request: HttpRequest, number: str) -> Seen:
    written = request.POST.get("gezien", "")
    fits = written.isascii() and written.isdigit() and len(written) < LONGEST_STEP
    return Seen(DocumentNumber(number), int(written) if fits else -1)


def _typed(request: HttpRequest) -> dict[str, str]:
    typed = {name: request.POST.get(name, "").strip() for name in FIELDS}
    return typed | {name: "ja" if name in request.POST else "" for name in ("bsn", "adres")}


def _facts(request: HttpRequest, values: Mapping[str, str], problems: dict[str, str]) -> DocumentFacts | None:
    days: dict[str, date | None] = {}
    for name in DAYS:
        days[name] = day_in(values[name])
        if days[name] is None and (values[name] or name in NEEDED):
            problems[name] = _("Schrijf de dag als dd-mm-jjjj, zoals 30-09-2026.")
    if not values["huishouden"]:
        problems["huishouden"] = _("Vul het nummer van het huishouden in.")
    ready, born = days["klaar"], days["geboren"]
    if problems or ready is None or born is None:
        return None
    return DocumentFacts(
        number=values["nummer"],
        household=HouseholdId(values["huishouden"]),
        ready_on=ready,
        born_on=born,
        photo_on=days["foto"],
        fingerprints_on=days["vingers"],
        has_citizen_number="bsn" in request.POST,
        has_address="adres" in request.POST,
    )


def _to_field(wrong: EenthuisError, problems: dict[str, str]) -> None:
    """Put a refusal of the service at the field it is about; any other is raised again."""
    column = wrong.location.column if wrong.location else ""
    by_column = {now: name for name, now in DAYS.items()} | {"number": "nummer"}
    fields = {
        "ACC-02": "huishouden",
        "STA-01": "nummer",
        "INP-04": "reden",
        "STA-06": "reden",
        "STA-07": "reden",
    }
    field = by_column.get(column) or fields.get(wrong.code) or ("reden" if wrong.code == "INP-06" else "")
    if not field:
        raise wrong
    problems[field] = f"{SENTENCES[wrong.code]} ({wrong.code})"


def _values_of(line: DocumentLine) -> dict[str, str]:
    one = line.held.document
    days = {name: getattr(one, attribute) for name, attribute in DAYS.items()}
    return {
        "nummer": one.number,
        "huishouden": one.household,
        **{name: f"{day:%d-%m-%Y}" if day else "" for name, day in days.items()},
        "bsn": "ja" if one.has_citizen_number else "",
        "adres": "ja" if one.has_address else "",
        "reden": "",
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
