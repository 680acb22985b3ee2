"""Sessions at centres: the list, making one, its day list with who hands out and checks, and appointments made anew."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from eenthuis.law import law_book
from eenthuis.law.documents import session_law
from eenthuis.services import document_moves as moves
from eenthuis.services import document_sessions as services
from eenthuis.services.access import may, require
from eenthuis.services.centres import centres_with_sessions
from eenthuis.services.document_inviting import Wanted, invite_to_session
from eenthuis.services.document_sessions import DayLine, SessionLine
from eenthuis.services.document_steps import Seen
from eenthuis.services.document_travel import read_travel
from eenthuis.services.documents import Place
from eenthuis.terms.documents import DocumentNumber, DocumentSession
from eenthuis.terms.errors import AccessError, EenthuisError
from eenthuis.terms.people import CentreCode
from eenthuis.web import requests, tables
from eenthuis.web.sentences import SENTENCES
from eenthuis.web.typed import day_in, typed_number
from eenthuis.web.views.document_plans import usual

NUMBERS = ("medewerkers", "balies", "plaatsen", "minuten")
FIELDS = ("opvang", "dag", "team", "begin", *NUMBERS)
COLUMNS = {
    "day": "dag",
    "staff": "medewerkers",
    "counters": "balies",
    "slots": "plaatsen",
    "minutes": "minuten",
    "first_slot": "begin",
}
"""The field of the form for each column that the service names."""

LONGEST_TEAM = 20
SESSION_COLUMNS = (
    "centre", "name", "day", "team", "staff", "counters", "first_slot", "minutes_per_slot", "slots", "taken",
)  # fmt: skip
DAY_COLUMNS = ("time", "document", "household", "state")
CHANGE_PARTS = 5
SEEN_PARTS = 2


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """Show the sessions that come, and those that were."""
    actor, today = requests.actor(request), requests.today(request)
    lines = services.list_sessions(actor=actor, today=today)
    context = {
        "coming": [line for line in lines if line.session.day >= today],
        "past": [line for line in lines if line.session.day < today],
        "may_plan": may(actor, "plan-session"),
    }
    return render(request, "eenthuis/document_sessions.html", context)


@require_safe
def sessions_csv(request: HttpRequest) -> HttpResponse:
    """Give the sessions as CSV."""
    lines = services.list_sessions(actor=requests.actor(request), today=requests.today(request))
    return tables.csv_response(
        SESSION_COLUMNS,
        [_session_row(line) for line in lines],
        name="uitgiftedagen.csv",
        for_excel=requests.for_excel(request),
    )


def _session_row(line: SessionLine) -> tuple[object, ...]:
    one = line.session
    return (
        one.centre, line.centre_name, one.day.isoformat(), one.team, one.staff, one.counters,
        one.first_slot.isoformat("minutes"), one.minutes_per_slot, one.slots, line.taken,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Make a session at a centre."""
    actor, today = requests.actor(request), requests.today(request)
    require(actor, "plan-session")
    law, problems = session_law(law_book(), today), dict[str, str]()
    values = {name: request.POST.get(name, "").strip() for name in FIELDS}
    if request.method == "POST":
        read = _read(values, problems)
        if read is not None:
            try:
                services.make_session(actor=actor, session=read, today=today)
            except EenthuisError as wrong:
                _to_field(wrong, problems)
            else:
                messages.success(request, _("De uitgiftedag is gemaakt."))
                return redirect("document-session", read.centre, read.day.isoformat())
    else:
        values |= {
            "opvang": request.GET.get("opvang", ""),
            "begin": law.first_slot.isoformat("minutes"),
            "balies": "1",
            "medewerkers": str(law.people_at_counter),
            "minuten": str(law.minutes_per_slot),
            "plaatsen": str(law.slots_per_counter),
        }
    context = {
        "values": values,
        "problems": problems,
        "centres": centres_with_sessions(actor=actor),
        "citations": law.citations,
    }
    return render(request, "eenthuis/document_session_make.html", context, status=400 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest, centre: str, day: str) -> HttpResponse:
    """Show the day list of a session; the IND invites here who else could come."""
    actor, today, on = requests.actor(request), requests.today(request), day_of(day)
    code = CentreCode(centre)
    if request.method == "POST":
        chosen = [one for text in request.POST.getlist("huishouden") for one in _seen(text)]
        try:
            count = invite_to_session(actor=actor, centre=code, day=on, seen=chosen, today=today)
        except EenthuisError as wrong:
            _tell(request, wrong)
        else:
            text = ngettext(
                "%(count)s bewoner is uitgenodigd.", "%(count)s bewoners zijn uitgenodigd.", count
            )
            messages.success(request, text % {"count": count})
        return redirect("document-session", centre, day)
    page = services.read_session(actor=actor, centre=code, day=on, today=today)
    context = {
        "page": page,
        "may_plan": may(actor, "plan-session"),
        "may_hand_out": may(actor, "hand-out-document"),
        "has_come": on <= today,
        "here": reverse("document-session", args=[centre, day]),
        "csv_address": reverse("document-day-csv", args=[centre, day]),
    }
    return render(request, "eenthuis/document_session.html", context)


@require_safe
def day_csv(request: HttpRequest, centre: str, day: str) -> HttpResponse:
    """Give the day list of a session as CSV."""
    page = services.read_session(
        actor=requests.actor(request),
        centre=CentreCode(centre),
        day=day_of(day),
        today=requests.today(request),
    )
    return tables.csv_response(
        DAY_COLUMNS,
        [_day_row(line) for line in page.places],
        name=f"daglijst-{centre}-{day}.csv",
        for_excel=requests.for_excel(request),
    )


def _day_row(line: DayLine) -> tuple[object, ...]:
    held = line.line.held
    return (
        line.begins.isoformat("minutes"),
        held.document.number,
        held.document.household,
        held.state.value,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, centre: str, day: str) -> HttpResponse:
    """Cancel a session, with a reason."""
    actor, today, on = requests.actor(request), requests.today(request), day_of(day)
    require(actor, "plan-session")
    page = services.read_session(actor=actor, centre=CentreCode(centre), day=on, today=today)
    why, problems = request.POST.get("reden", "").strip(), dict[str, str]()
    if request.method == "POST":
        try:
            count = services.cancel_session(
                actor=actor, centre=CentreCode(centre), day=on, why=why, today=today
            )
        except EenthuisError as wrong:
            if wrong.code not in {"INP-04", "INP-06", "STA-06"}:
                raise
            problems["reden"] = f"{SENTENCES[wrong.code]} ({wrong.code})"
        else:
            text = ngettext(
                "De uitgiftedag is afgezegd. %(count)s bewoner krijgt een nieuwe afspraak.",
                "De uitgiftedag is afgezegd. %(count)s bewoners krijgen een nieuwe afspraak.",
                count,
            )
            messages.success(request, text % {"count": count})
            return redirect("document-changes")
    context = {"page": page, "values": {"reden": why}, "problems": problems}
    return render(request, "eenthuis/document_session_cancel.html", context, status=400 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def changes(request: HttpRequest) -> HttpResponse:
    """Show the appointments that no longer hold, with a new one for each; a person confirms them."""
    actor, today = requests.actor(request), requests.today(request)
    if request.method == "POST":
        chosen = [_wanted(text) for text in request.POST.getlist("afspraak")]
        if not chosen or None in chosen:
            messages.error(request, _("Kies eerst een afspraak."))
            return redirect("document-changes")
        try:
            count = moves.confirm_changes(
                actor=actor, wanted=[one for one in chosen if one is not None], today=today
            )
        except EenthuisError as wrong:
            _tell(request, wrong)
        else:
            text = ngettext(
                "%(count)s nieuwe afspraak is gemaakt.", "%(count)s nieuwe afspraken zijn gemaakt.", count
            )
            messages.success(request, text % {"count": count})
        return redirect("document-changes")
    lines = moves.read_changes(actor=actor, today=today)
    context = {
        "lines": lines,
        "may_plan": may(actor, "plan-session"),
        "values": usual(len(read_travel(actor=actor, today=today).teams)),
    }
    return render(request, "eenthuis/document_changes.html", context)


def _tell(request: HttpRequest, wrong: EenthuisError) -> None:
    """Tell a refusal that another choice mends; any other is raised again."""
    if wrong.code not in {"INP-04", "STA-01", "STA-06", "STA-07"}:
        raise wrong
    messages.error(request, f"{SENTENCES[wrong.code]} ({wrong.code})")


def day_of(text: str) -> date:
    """Return the day in an address.

    Raises
    ------
    AccessError
        ACC-02 when it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise AccessError("ACC-02", "no session on that day", remedy="Check the address.") from None


def _seen(text: str) -> list[Seen]:
    """Read the numbers of documents with the steps that were seen; what cannot be read was overtaken."""
    found = []
    for one in text.split():
        number, _colon, step = one.partition(":")
        found.append(Seen(DocumentNumber(number), typed_number(step) or -1))
    return found


def _wanted(text: str) -> Wanted | None:
    parts = text.split()
    if len(parts) != CHANGE_PARTS:
        return None
    number, step, centre, day, slot = parts
    seen, place = typed_number(step), typed_number(slot)
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return None
    if seen is None or place is None:
        return None
    return Wanted(DocumentNumber(number), seen, Place(CentreCode(centre), on, place))


def _read(values: Mapping[str, str], problems: dict[str, str]) -> DocumentSession | None:
    day = day_in(values["dag"])
    if day is None:
        problems["dag"] = _("Schrijf de dag als dd-mm-jjjj, zoals 30-09-2026.")
    if not values["opvang"]:
        problems["opvang"] = _("Maak een keuze.")
    if not values["team"] or len(values["team"]) > LONGEST_TEAM:
        problems["team"] = _("Vul een korte naam van het team in.")
    begin = _time(values["begin"])
    if begin is None:
        problems["begin"] = _("Schrijf de tijd als uu:mm, zoals 09:30.")
    numbers = {name: typed_number(values[name]) for name in NUMBERS}
    problems |= {name: _("Vul een heel getal in.") for name, found in numbers.items() if not found}
    if problems or day is None or begin is None:
        return None
    staff, counters, slots, minutes = (numbers[name] or 0 for name in NUMBERS)
    return services.hand_made(
        centre=CentreCode(values["opvang"]), day=day, team=values["team"], staff=staff, counters=counters,
        slots=slots, first_slot=begin, minutes=minutes,
    )  # fmt: skip


def _time(text: str) -> time | None:
    try:
        return time.fromisoformat(text) if len(text) == len("09:30") else None
    except ValueError:
        return None


def _to_field(wrong: EenthuisError, problems: dict[str, str]) -> None:
    """Put a refusal of the service at the field it is about; any other is raised again."""
    column = wrong.location.column if wrong.location else ""
    field = COLUMNS.get(column) or {"ACC-02": "opvang", "STA-01": "dag"}.get(wrong.code)
    if field is None:
        raise wrong
    problems[field] = f"{SENTENCES[wrong.code]} ({wrong.code})"
