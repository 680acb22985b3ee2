"""The bill of reception for a year: a number of places, three scenarios, and the source of every price."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from eenthuis.services.reception_bill import BillPage, read_bill
from eenthuis.web import requests, tables
from eenthuis.web.figures.bill import bill_chart
from eenthuis.web.typed import typed_number

COLUMNS = (
    "scenario",
    "places",
    "regular_places",
    "emergency_places",
    "regular_cents",
    "emergency_cents",
    "cents",
)


@require_safe
def bill(request: HttpRequest) -> HttpResponse:
    """Show the bill as a chart and a table."""
    page, typed, problems = _asked(request)
    context = {
        "page": page,
        "typed": typed,
        "problems": problems,
        "figure": bill_chart(page.lines) if page.lines else "",
        "csv_address": f"/geld/rekening/rekening.csv?plekken={page.places or ''}",
    }
    return render(request, "eenthuis/reception_bill.html", context, status=400 if problems else 200)


@require_safe
def bill_csv(request: HttpRequest) -> HttpResponse:
    """Give the bill as CSV, in whole cents."""
    page, _typed, _problems = _asked(request)
    rows = [
        (
            line.scenario.value,
            line.regular_places + line.emergency_places,
            line.regular_places,
            line.emergency_places,
            line.prices.regular_cents,
            line.prices.emergency_cents,
            line.cents,
        )
        for line in page.lines
    ]
    return tables.csv_response(COLUMNS, rows, name="rekening.csv", for_excel=requests.for_excel(request))


def _asked(request: HttpRequest) -> tuple[BillPage, str, dict[str, str]]:
    typed = request.GET.get("plekken", "").strip()
    places = typed_number(typed.replace(".", "")) if typed else None
    problems = {} if not typed or places else {"plekken": _("Vul een heel getal in.")}
    page = read_bill(actor=requests.actor(request), places=places or None, as_of=requests.today(request))
    return page, typed, problems
