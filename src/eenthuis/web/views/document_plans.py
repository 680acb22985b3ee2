"""Plans of sessions: asked for, made in the background, looked at, and confirmed by a person."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.law.documents import session_law
from eenthuis.services import document_plans as services
from eenthuis.services.access import may
from eenthuis.services.document_plan_changes import ToldSeat
from eenthuis.services.document_travel import read_travel
from eenthuis.services.maps import read_boundaries
from eenthuis.terms.errors import EenthuisError, InputError
from eenthuis.web import requests, tables
from eenthuis.web.figures.planned import planned_chart
from eenthuis.web.figures.travel import travel_map
from eenthuis.web.sentences import SENTENCES
from eenthuis.web.typed import typed_number

FIELDS = {"staff": "medewerkers", "vans": "bussen"}
AGAIN = "opnieuw"
USUAL_STAFF, USUAL_VANS = "12", "3"
CHANGE_COLUMNS = ("document", "household", "centre", "before", "now", "why")
COLUMNS = ("day", "centre", "name", "team", "staff", "counters", "slots", "people", "metres", "is_new")


def usual(own_teams: int) -> dict[str, str]:
    """Return what a form for a plan begins with: nothing where teams were loaded, as those travel then."""
    return {"medewerkers": "" if own_teams else USUAL_STAFF, "bussen": "" if own_teams else USUAL_VANS}


@require_http_methods(["GET", "HEAD", "POST"])
def plans(request: HttpRequest) -> HttpResponse:
    """Show the plans that were asked for, and ask for another."""
    actor, today = requests.actor(request), requests.today(request)
    own = read_travel(actor=actor, today=today).teams
    values = usual(len(own))
    problems = dict[str, str]()
    if request.method == "POST":
        values = {name: request.POST.get(name, "").strip() for name in FIELDS.values()}
        numbers = {column: typed_number(values[name]) for column, name in FIELDS.items()}
        problems = {
            FIELDS[column]: _("Vul een heel getal in.")
            for column, found in numbers.items()
            if found is None and (values[FIELDS[column]] or any(values[name] for name in FIELDS.values()))
        }
        if not problems:
            try:
                number = services.ask_plan(
                    actor=actor,
                    staff=numbers["staff"],
                    vans=numbers["vans"],
                    today=today,
                    is_again=request.POST.get("soort") == AGAIN,
                )
            except InputError as wrong:
                column = wrong.location.column if wrong.location else ""
                problems[FIELDS[column]] = f"{SENTENCES[wrong.code]} ({wrong.code})"
            else:
                return redirect("document-plan", number)
    context = {
        "plans": services.list_plans(actor=actor),
        "may_plan": may(actor, "plan-session"),
        "values": values,
        "own_teams": len(own),
        "problems": problems,
        "citations": session_law(law_book(), today).citations,
    }
    return render(request, "eenthuis/document_plans.html", context, status=400 if problems else 200)


@require_safe
def plan(request: HttpRequest, number: int) -> HttpResponse:
    """Show how far a plan is, or what was found; a part of the page alone when that is asked for."""
    page = services.read_plan(actor=requests.actor(request), number=number)
    is_part = bool(request.headers.get("HX-Request"))
    context = {
        "page": page,
        "chart": planned_chart(page.found.weeks) if page.found and not is_part else "",
        "travel": _travel(page) if page.found and page.found.places and not is_part else "",
        "gap": number_format(page.found.gap_thousandths / 10, 1, use_l10n=True) if page.found else "",
        "part": is_part,
        "csv_address": reverse("document-plan-csv", args=[number]),
        "changes_address": reverse("document-plan-changes-csv", args=[number]),
    }
    return render(request, f"eenthuis/{'_document_plan' if is_part else 'document_plan'}.html", context)


def _travel(page: services.PlanPage) -> str:
    places = page.found.places if page.found else None
    if places is None or not places.centres:
        return ""
    ground = [one.point for one in reference.municipalities(page.as_of) if one.point]
    return travel_map(places, ground=ground, boundaries=read_boundaries())


@require_safe
def plan_csv(request: HttpRequest, number: int) -> HttpResponse:
    """Give the sessions of a plan as CSV."""
    page = services.read_plan(actor=requests.actor(request), number=number)
    rows = [
        (
            one.session.day.isoformat(), one.session.centre, one.centre_name, one.session.team, one.session.staff,
            one.session.counters, one.session.slots, one.people, one.session.metres, "yes" if one.is_new else "no",
        )
        for one in (page.found.sessions if page.found else ())
    ]  # fmt: skip
    name = f"uitgifteplan-{number}.csv"
    return tables.csv_response(COLUMNS, rows, name=name, for_excel=requests.for_excel(request))


@require_safe
def changes_csv(request: HttpRequest, number: int) -> HttpResponse:
    """Give the appointments that a plan made again changes as CSV, those who get their first left out."""
    changed = services.read_changes_of(actor=requests.actor(request), number=number)
    rows = [
        (one.number, one.household, one.centre_name, _seat(one.before), _seat(one.now), one.why.value)
        for one in (changed.changes if changed else ())
    ]
    name = f"uitgifteplan-{number}-wijzigingen.csv"
    return tables.csv_response(CHANGE_COLUMNS, rows, name=name, for_excel=requests.for_excel(request))


def _seat(one: ToldSeat | None) -> str:
    return f"{one.centre_name} {one.day.isoformat()} {one.begins}".strip() if one else ""


@require_POST
def stop(request: HttpRequest, number: int) -> HttpResponse:
    """Stop a plan that is being made."""
    services.stop_plan(actor=requests.actor(request), number=number)
    return redirect("document-plan", number)


@require_POST
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """Confirm a plan: its sessions are made, and its people invited."""
    actor, today = requests.actor(request), requests.today(request)
    try:
        invited, left = services.confirm_plan(actor=actor, number=number, today=today)
    except EenthuisError as wrong:
        if wrong.code not in {"STA-01", "STA-06", "STA-07", "INP-06"}:
            raise
        messages.error(request, f"{SENTENCES[wrong.code]} ({wrong.code})")
    else:
        told = _("Het plan is bevestigd: %(invited)s bewoners zijn uitgenodigd, %(left)s konden niet meer.")
        messages.success(request, told % {"invited": invited, "left": left})
    return redirect("document-plan", number)
