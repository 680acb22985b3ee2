"""Notices: the list of a role, reading and acknowledging them, and the calendar of their days."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eenthuis.services import calendars
from eenthuis.services import notices as services
from eenthuis.services.acknowledging import acknowledge_all
from eenthuis.services.notices import NoticeView, Opened
from eenthuis.services.reception_sites import site_behind
from eenthuis.services.transit_sites import transit_site_behind
from eenthuis.terms.errors import InputError
from eenthuis.terms.notices import KINDS, NoticeFilter, NoticeKind, Thing
from eenthuis.web import requests
from eenthuis.web.sentences import SENTENCES

LONGEST_NUMBER = 9
_AT_THE_TABLE = {NoticeKind.PLACES_ASKED, NoticeKind.PLACES_LATE}
_PAGES = {
    "supervision": "case-file",
    "letter": "supervision-letter",
    "money": "money-by-key",
    "round": "round-by-key",
    "note": "decision-note-draft",
}
"""The page of a thing where it bears another name."""


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Show the notices for whoever asks, newest first, with what is new and what asks to be acknowledged."""
    actor, wanted = requests.actor(request), _wanted(request)
    page = services.notices_for(actor=actor, wanted=wanted, page=requests.page_number(request))
    context = {
        "page": page,
        "wanted": wanted,
        "query": _query(wanted),
        "to_acknowledge": [one.number for one in page.notices if one.may_acknowledge],
        "kinds": [(kind, _(row.sentence)) for kind, row in KINDS.items() if actor.role in row.roles],
    }
    return render(request, "eenthuis/notices.html", context)


def _wanted(request: HttpRequest) -> NoticeFilter:
    kind = request.GET.get("soort", "")
    return NoticeFilter(
        kind=kind if kind in set(NoticeKind) else "",
        only_unread=request.GET.get("nieuw") == "ja",
        only_to_acknowledge=request.GET.get("bevestigen") == "ja",
    )


def _query(wanted: NoticeFilter) -> str:
    parts = {
        "soort": wanted.kind,
        "nieuw": "ja" if wanted.only_unread else "",
        "bevestigen": "ja" if wanted.only_to_acknowledge else "",
    }
    return urlencode({name: value for name, value in parts.items() if value})


@require_safe
def open_notice(request: HttpRequest) -> HttpResponse:
    """Note that a notice was read, and go to what it is about."""
    number = _number(request.GET.get("bericht", ""))
    if number is None:
        return redirect("notices")
    opened = services.open_notice(actor=requests.actor(request), number=number)
    address = _behind(opened)
    if address:
        return HttpResponseRedirect(address)
    return render(request, "eenthuis/notice.html", {"opened": opened, "notice": opened.notice})


def _behind(opened: Opened) -> str:
    """Return the page that a notice is about; nothing where there is none that its reader may see."""
    notice = opened.notice
    if opened.household is not None:
        return reverse("household", args=[opened.household])
    where = ""
    match Thing(notice.thing):
        case Thing.HALF_YEAR:
            where = reverse("half-year", args=[notice.key])
            if notice.municipality:
                where = f"{reverse('municipality', args=[notice.municipality])}?halfjaar={notice.key}"
        case (
            Thing.MUNICIPALITY
            | Thing.RUN
            | Thing.SUPERVISION
            | Thing.DEVIATION
            | Thing.LETTER
            | Thing.RECOMMENDATION
            | Thing.MONEY
            | Thing.ROUND
            | Thing.NOTE
        ):
            where = reverse(_PAGES.get(notice.thing, notice.thing), args=[notice.key])
        case Thing.PROPOSAL:
            name = "change" if notice.kind is NoticeKind.CHANGE_READY else "proposal"
            where = reverse(name, args=[int(notice.key)])
        case Thing.DAY:
            where = reverse("work")
        case Thing.HOME:
            where = reverse("homes")
        case Thing.MONTH if notice.kind is not NoticeKind.ERASING_NEAR:
            where = f"{reverse('composition')}?maand={notice.key}"
        case Thing.GRANT:
            where = reverse("accounts")
        case _:
            where = _of_documents(notice)
    return where


def _of_documents(notice: NoticeView) -> str:
    """Return the page of a notice about residence documents; nothing where it is about something else."""
    if notice.kind is NoticeKind.APPOINTMENT_MOVED:
        return reverse("document-changes")
    if notice.thing == Thing.DOCUMENT:
        return f"{reverse('document-list')}?soort=bekijken"
    if notice.thing == Thing.SESSION:
        return reverse("document-sessions")
    return _of_places(notice)


def _of_places(notice: NoticeView) -> str:
    """Return the page of a notice about reception places; nothing where it is about something else."""
    if notice.thing == Thing.SITE:
        return reverse("site", args=[site_behind(notice.key)])
    if notice.thing == Thing.TRANSIT:
        return reverse("transit-site", args=[transit_site_behind(notice.key)])
    if notice.thing != Thing.RECEPTION:
        return ""
    if notice.kind is NoticeKind.ALLOCATION_PUBLISHED:
        return reverse("allocations")
    return reverse("regional-table" if notice.kind in _AT_THE_TABLE else "places")


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Note that the notices on a page were read."""
    numbers = tuple(
        number for text in request.POST.getlist("bericht") if (number := _number(text)) is not None
    )
    count = services.mark_read(actor=requests.actor(request), numbers=numbers)
    text = ngettext("%(count)s bericht is gelezen.", "%(count)s berichten zijn gelezen.", count)
    messages.success(request, text % {"count": count})
    return _back(request)


@require_POST
def acknowledge(request: HttpRequest) -> HttpResponse:
    """Acknowledge a notice for everybody it is for."""
    number = _number(request.POST.get("bericht", ""))
    if number is None:
        messages.error(request, _("Kies eerst een bericht."))
        return redirect("notices")
    services.acknowledge(actor=requests.actor(request), number=number, today=requests.today(request))
    messages.success(request, _("U hebt het bericht bevestigd. Uw collega’s zien dat ook."))
    return _back(request)


@require_POST
def acknowledge_together(request: HttpRequest) -> HttpResponse:
    """Show which notices would be acknowledged; acknowledge them when that has been seen."""
    numbers = tuple(
        number for text in request.POST.getlist("bericht") if (number := _number(text)) is not None
    )
    is_seen = "gezien" in request.POST
    try:
        lines = acknowledge_all(
            actor=requests.actor(request),
            numbers=numbers,
            today=requests.today(request),
            is_rehearsal=not is_seen,
        )
    except InputError as wrong:
        text = _("Kies eerst een bericht.") if wrong.code == "INP-04" else str(SENTENCES[wrong.code])
        messages.error(request, text)
        return _back(request)
    count = sum(1 for line in lines if not line.problem)
    if not is_seen:
        context = {"lines": lines, "done": count, "back": request.POST.get("terug", "")}
        return render(request, "eenthuis/notices_together.html", context)
    text = ngettext("%(count)s bericht is bevestigd.", "%(count)s berichten zijn bevestigd.", count)
    messages.success(request, text % {"count": count})
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    query = request.POST.get("terug", "")
    return HttpResponseRedirect(f"{reverse('notices')}{'?' if query else ''}{query}")


def _number(text: str) -> int | None:
    fits = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return int(text) if fits else None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Tell of the calendar address; give a new one, shown this once, or withdraw it."""
    actor = requests.actor(request)
    address, withdrawn = "", False
    if request.method == "POST" and request.POST.get("wat") == "intrekken":
        calendars.withdraw_calendar(actor=actor)
        withdrawn = True
    elif request.method == "POST":
        secret = calendars.renew_calendar(actor=actor)
        address = request.build_absolute_uri(reverse("calendar-file", args=[secret]))
    context = {"address": address, "withdrawn": withdrawn, "has": calendars.has_calendar(actor=actor)}
    return render(request, "eenthuis/calendar.html", context)


@require_safe
def calendar_file(request: HttpRequest, secret: str) -> HttpResponse:
    """Give the calendar of whoever holds this address; calendar programs cannot sign in."""
    found = calendars.read_calendar(
        secret=secret, today=requests.today(request), site=request.build_absolute_uri("/").rstrip("/")
    )
    response = HttpResponse(found.text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="eenthuis.ics"'
    response["Cache-Control"] = "private, max-age=900"
    response["Referrer-Policy"] = "no-referrer"
    return response
