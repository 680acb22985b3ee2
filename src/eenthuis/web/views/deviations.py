"""Deviations: the public time line, what each means where, what history shows, and the steps of the ministry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from eenthuis import reference
from eenthuis.rules.deviation import Meaning
from eenthuis.services import deviating
from eenthuis.services.access import require
from eenthuis.services.deviating import DeviationPage
from eenthuis.terms.errors import InputError, StateError
from eenthuis.terms.half_year import HalfYear
from eenthuis.web import requests, tables

COLUMNS = (
    "number", "half_year", "origin", "told", "told_from", "expected", "shown_on", "drafted_on", "told_on", "days",
    "why",
)  # fmt: skip
MEANING_COLUMNS = ("code", "name", "told", "expected", "difference", "homes")


@require_safe
def deviations(request: HttpRequest) -> HttpResponse:
    """Show what was told, what waits for a decision of the ministry, and what history shows."""
    page = deviating.read_time_line(actor=requests.actor(request), today=requests.today(request))
    return render(
        request, "eenthuis/deviations.html", {"page": page, "past": [_past(row) for row in _past_rows()]}
    )


def _past_rows() -> list[dict[str, str]]:
    return [dict(row) for row in reference.past_deviations()]


def _past(row: dict[str, str]) -> dict[str, object]:
    """Return a row of history with days as days and numbers as numbers, for the page."""
    days = {
        name: date.fromisoformat(row[name]) if row[name] else None
        for name in ("known_from", "shown_on", "told_on")
    }
    numbers = {
        name: int(row[name]) if row[name] else None
        for name in ("official", "expected", "instead", "days", "days_untold")
    }
    return {**row, **days, **numbers, "half_year": HalfYear.parse(row["half_year"])}


@require_safe
def deviations_csv(request: HttpRequest) -> HttpResponse:
    """Give what was told as CSV."""
    page = deviating.read_time_line(actor=requests.actor(request), today=requests.today(request))
    rows = []
    for held in page.told:
        told, first = held.step("told"), held.step("put-forward")
        found = held.found
        shown = max(found.signal.known_from, found.told.known_from)
        rows.append(
            (
                held.number,
                str(found.told.half_year),
                found.signal.origin.value,
                found.told.people,
                found.told.known_from.isoformat(),
                found.signal.people,
                shown.isoformat(),
                held.drafted_on.isoformat(),
                told.on.isoformat() if told else "",
                (told.on - shown).days if told else "",
                first.why if first else "",
            )
        )
    return tables.csv_response(COLUMNS, rows, name="afwijkingen.csv", for_excel=requests.for_excel(request))


@require_safe
def past_csv(request: HttpRequest) -> HttpResponse:
    """Give what history shows as CSV."""
    require(requests.actor(request), "see-published-figures")
    rows = _past_rows()
    return tables.csv_response(
        tuple(rows[0]),
        [tuple(row.values()) for row in rows],
        name="afwijkingen-geschiedenis.csv",
        for_excel=requests.for_excel(request),
    )


@require_safe
def deviation(request: HttpRequest, number: int) -> HttpResponse:
    """Show a deviation and what it means for every municipality, one's own first."""
    return _page(request, number)


def _page(request: HttpRequest, number: int, problem: str = "") -> HttpResponse:
    actor = requests.actor(request)
    page = deviating.read_deviation(actor=actor, number=number)
    context = {
        "page": page,
        "held": page.held,
        "own": next((one for one in page.meanings if one.municipality == actor.municipality), None),
        "rows": [(reference.municipality(one.municipality).name, one) for one in page.meanings],
        "problems": {"waarom": problem} if problem else {},
        "written": request.POST.get("waarom", ""),
    }
    return render(request, "eenthuis/deviation.html", context, status=400 if problem else 200)


@require_safe
def deviation_csv(request: HttpRequest, number: int) -> HttpResponse:
    """Give what a deviation means for every municipality as CSV."""
    page: DeviationPage = deviating.read_deviation(actor=requests.actor(request), number=number)
    return tables.csv_response(
        MEANING_COLUMNS,
        [_meaning(one) for one in page.meanings],
        name=f"afwijking-{number}-gemeenten.csv",
        for_excel=requests.for_excel(request),
    )


def _meaning(one: Meaning) -> tuple[object, ...]:
    name = reference.municipality(one.municipality).name
    return (one.municipality, name, one.told, one.expected, one.people, one.homes)


@require_POST
def forward(request: HttpRequest, number: int) -> HttpResponse:
    """Put a draft forward to a colleague."""
    done = _("De afwijking is voorgelegd. Een collega kan haar nu vertellen.")
    return _with_reason(request, number, deviating.put_forward, done)


@require_POST
def drop(request: HttpRequest, number: int) -> HttpResponse:
    """Drop a deviation, with the reason."""
    done = _("De afwijking wordt niet verteld. De reden staat in het journaal.")
    return _with_reason(request, number, deviating.drop_deviation, done)


def _with_reason(request: HttpRequest, number: int, act: Callable[..., None], done: str) -> HttpResponse:
    try:
        act(
            actor=requests.actor(request),
            number=number,
            why=request.POST.get("waarom", "").strip(),
            today=requests.today(request),
        )
    except InputError:
        return _page(request, number, _("Vul in een zin in waarom."))
    messages.success(request, done)
    return redirect("deviation", number=number)


@require_POST
def tell(request: HttpRequest, number: int) -> HttpResponse:
    """Tell a deviation to every municipality and province, as a second person."""
    try:
        count = deviating.tell_deviation(
            actor=requests.actor(request), number=number, today=requests.today(request)
        )
    except StateError:
        text = _("Vertellen kan alleen wie de afwijking niet zelf heeft voorgelegd, en maar één keer.")
        messages.error(request, text)
    else:
        text = _("Verteld aan %(count)s gemeenten en provincies, elk met de eigen cijfers.")
        messages.success(request, text % {"count": count})
    return redirect("deviation", number=number)
