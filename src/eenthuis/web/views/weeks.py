"""The balance over the weeks: people linked against the promised pace, before and with the proposal."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from eenthuis import reference
from eenthuis.services.reserving import SHARES, read_reserve
from eenthuis.services.weeks import WeeksPage, read_weeks
from eenthuis.terms.places import LinkingRegion
from eenthuis.web import requests, tables
from eenthuis.web.figures import weeks_chart

KINDS = {"gemeente": "municipality", "provincie": "province", "regio": "region"}
COLUMNS = ("first_day", "last_day", "linked", "proposed", "pace", "total", "asked", "peak")


def _read(request: HttpRequest) -> tuple[WeeksPage, str]:
    """Return the page and the part of its address that names the area."""
    actor, today = requests.actor(request), requests.today(request)
    for name, kind in KINDS.items():
        code = request.GET.get(name, "").strip()
        if code:
            return read_weeks(actor=actor, today=today, kind=kind, code=code), f"{name}={code}"
    return read_weeks(actor=actor, today=today), ""


@require_safe
def weeks(request: HttpRequest) -> HttpResponse:
    """Show the weeks of the country, or of one region, province or municipality."""
    page, query = _read(request)
    share = next((part for part in SHARES if request.GET.get("reserve") == f"{part:g}"), None)
    context = {
        "page": page,
        "share": share,
        "reserve": None
        if share is None
        else read_reserve(actor=requests.actor(request), today=requests.today(request), share=share),
        "query": query,
        "figure": weeks_chart(page),
        "regions": list(LinkingRegion),
        "provinces": reference.provinces(),
        "municipalities": reference.municipalities(requests.today(request)),
    }
    return render(request, "eenthuis/weeks.html", context)


@require_safe
def weeks_csv(request: HttpRequest) -> HttpResponse:
    """Give the weeks as CSV."""
    page, _query = _read(request)
    rows = [
        (
            week.first_day.isoformat(),
            week.last_day.isoformat(),
            week.linked,
            week.proposed,
            _tenth(float(week.pace)),
            week.total,
            _tenth(float(week.asked)),
            int(week.is_peak),
        )
        for week in page.weeks
    ]
    name = f"weken-{page.half_year}-{page.area.code or 'NL'}.csv"
    return tables.csv_response(COLUMNS, rows, name=name, for_excel=requests.for_excel(request))


def _tenth(value: float) -> Decimal:
    return Decimal(str(round(value, 1)))
