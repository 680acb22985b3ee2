"""Decision notes: reading those that are public, and writing, reviewing, marking and publishing one."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eenthuis import reference
from eenthuis.connect.note_files import paragraphs_of, published_line
from eenthuis.services import decision_notes as services
from eenthuis.services import note_publishing as publishing
from eenthuis.services.access import require
from eenthuis.services.note_publishing import Choice, MarksPage
from eenthuis.terms.decision_notes import NoteStepKind, NoteText, Section, WithheldGround
from eenthuis.terms.errors import InputError, StateError
from eenthuis.web import requests
from eenthuis.web import wording_notes as words
from eenthuis.web.typed import typed_number

WRITING = "write-decision-note"


@require_safe
def notes(request: HttpRequest) -> HttpResponse:
    """List the notes that are public, and to who writes them those that are not yet."""
    return _notes(request)


def _notes(request: HttpRequest, problem: str = "") -> HttpResponse:
    context = {
        "page": services.read_notes(actor=requests.actor(request)),
        "recommendations": list(reference.recommendations().values()),
        "problems": {"aanbevelingen": problem} if problem else {},
    }
    return render(request, "eenthuis/decision_notes.html", context, status=400 if problem else 200)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Draw up a note from the recommendations chosen."""
    chosen = [
        number for text in request.POST.getlist("aanbeveling") if (number := typed_number(text)) is not None
    ]
    try:
        number = services.begin_note(
            actor=requests.actor(request), numbers=chosen, today=requests.today(request)
        )
    except InputError:
        return _notes(request, _("Kies een of meer aanbevelingen uit de lijst."))
    messages.success(request, _("De nota is opgesteld uit het register. Schrijf haar nu af."))
    return redirect("edit-decision-note", number=number)


@require_safe
def published(request: HttpRequest, number: int) -> HttpResponse:
    """Show a note as everyone reads it."""
    return render(request, "eenthuis/decision_note.html", _public(request, number))


def _public(request: HttpRequest, number: int) -> dict[str, object]:
    made = publishing.read_published(actor=requests.actor(request), number=number)
    return {
        "note": made,
        "line": published_line(made.published_on),
        "parts": [(one.section, paragraphs_of(one)) for one in made.sections],
    }


@require_safe
def published_pdf(request: HttpRequest, number: int) -> HttpResponse:
    """Give a note that is public as PDF/UA."""
    content = publishing.published_file(actor=requests.actor(request), number=number)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="beslisnota-{number}.pdf"'
    return response


@require_safe
def published_html(request: HttpRequest, number: int) -> HttpResponse:
    """Give a note that is public as a page that stands on its own."""
    response = render(request, "eenthuis/decision_note_file.html", _public(request, number))
    response["Content-Disposition"] = f'attachment; filename="beslisnota-{number}.html"'
    return response


@never_cache
@require_safe
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """Show a note to those who write and review it."""
    return _draft(request, number)


def _draft(request: HttpRequest, number: int, problem: str = "") -> HttpResponse:
    page = services.read_note(actor=requests.actor(request), number=number)
    text = page.held.last.text
    context = {
        "page": page,
        "held": page.held,
        "parts": [(one, text.sections.get(one, ""), text.withheld.get(one)) for one in Section],
        "problems": {"waarom": problem} if problem else {},
        "written": request.POST.get("waarom", ""),
    }
    return render(request, "eenthuis/decision_note_draft.html", context, status=400 if problem else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Show the text per section to write on, or save a version."""
    actor = requests.actor(request)
    require(actor, WRITING)
    page = services.read_note(actor=actor, number=number)
    text, problems = page.held.last.text, {}
    seen = page.held.last.place
    if request.method == "POST":
        text, seen = _typed(request.POST), typed_number(request.POST.get("versie", "")) or 0
        problems = _saved(request, number, text, seen)
        if not problems:
            messages.success(request, _("Bewaard als nieuwe versie. De vorige versies blijven staan."))
            return redirect("decision-note-draft", number=number)
    context = {
        "page": page,
        "held": page.held,
        "title": text.title,
        "seen": seen,
        "parts": [
            (one, text.sections.get(one, ""), text.withheld.get(one), problems.get(one.value))
            for one in Section
        ],
        "grounds": list(WithheldGround),
        "problems": problems,
    }
    return render(request, "eenthuis/decision_note_edit.html", context, status=400 if problems else 200)


def _typed(given: Mapping[str, str]) -> NoteText:
    grounds = set(WithheldGround)
    return NoteText(
        title=given.get("titel", ""),
        sections={one: given.get(one.value, "") for one in Section},
        withheld={
            one: WithheldGround(given[f"grond-{one.value}"])
            for one in Section
            if given.get(f"grond-{one.value}", "") in grounds
        },
    )


def _saved(request: HttpRequest, number: int, text: NoteText, seen: int) -> dict[str, str]:
    """Save a version; return the problems by their field, none when it was saved."""
    try:
        services.save_version(
            actor=requests.actor(request), number=number, text=text, seen=seen, today=requests.today(request)
        )
    except InputError as wrong:
        column = wrong.location.column if wrong.location else ""
        if column == "title":
            return {"titel": _("Vul een titel in van ten hoogste 200 tekens.")}
        return {column: _("Dit onderdeel is te lang: ten hoogste 20.000 tekens.")}
    except StateError as wrong:
        if wrong.code == "STA-07":
            return {
                "titel": _("Een collega bewaarde intussen een andere versie. Uw tekst staat hieronder nog.")
            }
        return {"titel": str(words.OBSTACLES["ended"])}
    return {}


@require_POST
def step(request: HttpRequest, number: int) -> HttpResponse:
    """Put a note forward, send it back, review or withdraw it."""
    kind = request.POST.get("stap", "")
    require(requests.actor(request), WRITING)
    if kind not in set(NoteStepKind):
        return _draft(request, number, str(words.OBSTACLES["wrong-state"]))
    obstacle = services.take_note_step(
        actor=requests.actor(request),
        number=number,
        kind=NoteStepKind(kind),
        seen=typed_number(request.POST.get("versie", "")) or 0,
        why=request.POST.get("waarom", ""),
        today=requests.today(request),
    )
    if obstacle is not None:
        return _draft(request, number, str(words.OBSTACLES[obstacle]))
    messages.success(request, _("Vastgelegd: %(step)s.") % {"step": words.NOTE_STEPS[kind]})
    return redirect("decision-note-draft", number=number)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def marks(request: HttpRequest, number: int) -> HttpResponse:
    """Show what may tell of a person in a note, or decide on it."""
    actor = requests.actor(request)
    require(actor, WRITING)
    page = publishing.read_marks(actor=actor, number=number)
    problems: dict[str, str] = {}
    if request.method == "POST":
        problems = _decided(request, page)
        if not problems:
            messages.success(request, _("Vastgelegd wat wordt weggelaten en wat blijft staan."))
            return redirect("mark-decision-note", number=number)
    lines = [
        (place, line, request.POST.get(f"keuze-{place}", ""), request.POST.get(f"waarom-{place}", ""))
        for place, line in enumerate(page.lines)
    ]
    context = {"page": page, "held": page.held, "lines": lines, "problems": problems}
    return render(request, "eenthuis/decision_note_marks.html", context, status=400 if problems else 200)


def _decided(request: HttpRequest, page: MarksPage) -> dict[str, str]:
    choices = []
    for place, line in enumerate(page.lines):
        chosen = request.POST.get(f"keuze-{place}", "")
        if request.POST.get(f"sleutel-{place}", "") == line.mark.key and chosen in {"weg", "blijft"}:
            choices.append(Choice(line.mark.key, chosen == "weg", request.POST.get(f"waarom-{place}", "")))
    try:
        publishing.decide_marks(
            actor=requests.actor(request),
            number=page.held.number,
            seen=typed_number(request.POST.get("versie", "")) or 0,
            choices=choices,
            by_hand=request.POST.get("zelf", ""),
        )
    except InputError as wrong:
        column = wrong.location.column if wrong.location else ""
        if wrong.code == "INP-06":
            return {column.replace("why-", "waarom-"): _("Vul in waarom dit openbaar mag zijn.")}
        return {"zelf": _("Deze woorden staan niet in wat openbaar wordt. Kopieer ze uit de nota.")}
    except StateError:
        return {"zelf": str(words.OBSTACLES["wrong-state"])}
    return {}


@require_POST
def publish(request: HttpRequest, number: int) -> HttpResponse:
    """Make a note public without what is left out."""
    try:
        obstacle = publishing.publish_note(
            actor=requests.actor(request),
            number=number,
            seen=typed_number(request.POST.get("versie", "")) or 0,
            today=requests.today(request),
        )
    except StateError:
        text = _(
            "Iets dat wordt weggelaten zou nog te lezen zijn. Schrijf het onderdeel opnieuw, of laat het hele weg."
        )
        messages.error(request, text)
        return redirect("mark-decision-note", number=number)
    if obstacle is not None:
        messages.error(request, str(words.OBSTACLES[obstacle]))
        return redirect("mark-decision-note", number=number)
    messages.success(request, _("De nota is openbaar, zonder wat is weggelaten."))
    return redirect("decision-note", number=number)
