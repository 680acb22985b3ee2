"""Invitations and day lists to print, and appointments and sessions for a calendar."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from eenthuis.services import document_letters as services
from eenthuis.services.document_sessions import SessionPage, read_session
from eenthuis.terms.documents import DocumentNumber
from eenthuis.terms.people import CentreCode
from eenthuis.web import requests
from eenthuis.web.letters import AUTHOR, LANGUAGES, chosen, language, printed
from eenthuis.web.letters.invitation import invitation_in
from eenthuis.web.views.document_sessions import day_of
from eenthuis.web.wording_documents import DOCUMENT_STATES


@require_safe
def invitation(request: HttpRequest, number: str) -> HttpResponse:
    """Show the invitation of the household of a document, in the language that was chosen."""
    page = services.read_invitation(
        actor=requests.actor(request), number=DocumentNumber(number), today=requests.today(request)
    )
    words = chosen(request.GET.get("taal", ""))
    context = {
        "page": page,
        "number": number,
        "letter": invitation_in(page, words),
        "languages": [language(code) for code in LANGUAGES],
    }
    response = render(request, "eenthuis/document_invitation.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def invitation_pdf(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Give the invitation of the household of a document as PDF, to print."""
    today = requests.today(request)
    page = services.read_invitation(actor=requests.actor(request), number=DocumentNumber(number), today=today)
    words = chosen(code)
    response = _file(printed(invitation_in(page, words), day=today), f"uitnodiging-{number}-{words.code}.pdf")
    response["Content-Language"] = words.code
    return response


@require_safe
def appointment_ics(request: HttpRequest, number: str) -> HttpResponse:
    """Give the appointments of the household of a document as a calendar."""
    text = services.appointment_calendar(
        actor=requests.actor(request),
        number=DocumentNumber(number),
        today=requests.today(request),
        site=request.get_host(),
    )
    return _calendar(text, f"afspraak-{number}.ics")


@require_safe
def sessions_ics(request: HttpRequest) -> HttpResponse:
    """Give the sessions of a team, or of all, as a calendar."""
    text = services.session_calendar(
        actor=requests.actor(request),
        team=request.GET.get("team", ""),
        today=requests.today(request),
        site=request.get_host(),
    )
    return _calendar(text, "uitgiftedagen.ics")


@require_safe
def day_pdf(request: HttpRequest, centre: str, day: str) -> HttpResponse:
    """Give the day list of a session as PDF, with room for who hands out and who checks."""
    today = requests.today(request)
    page = read_session(
        actor=requests.actor(request), centre=CentreCode(centre), day=day_of(day), today=today
    )
    return _file(_day_list(page, today), f"daglijst-{centre}-{day}.pdf")


def _day_list(page: SessionPage, today: date) -> bytes:
    from eenthuis.connect.typst_pdf import pdf

    one = page.line.session
    title = f"{page.line.centre_name}, {date_format(one.day, 'j F Y')}"
    rows = [
        [
            f"{place.begins:%H:%M}",
            place.line.number,
            place.line.held.document.household,
            str(DOCUMENT_STATES[place.line.held.state]),
            place.line.held.given_by,
            place.line.held.checked_by,
        ]
        for place in page.places
    ]
    columns = [
        _("Tijd"), _("Document"), _("Huishouden"), _("Stand"), _("Uitgereikt door"), _("Gecontroleerd door")
    ]  # fmt: skip
    return pdf(
        "sections",
        {
            "title": title,
            "author": AUTHOR,
            "description": title,
            "language": get_language() or "nl",
            "footer": AUTHOR,
            "paragraphs": [_("Wie een document uitreikt, controleert het niet; een collega doet dat")],
            "sections": [
                {
                    "title": _("Daglijst"),
                    "paragraphs": [],
                    "figures": [],
                    "tables": [{"caption": title, "columns": columns, "rows": rows}],
                }
            ],
        },
        day=today,
    )


def _file(made: bytes, name: str) -> HttpResponse:
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def _calendar(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
