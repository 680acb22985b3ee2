"""The public register of schemes that pay for homes, places and people housed."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from eenthuis.law.schemes import Scheme
from eenthuis.services.scheme_register import read_scheme, read_schemes
from eenthuis.web import requests, tables
from eenthuis.web.typed import day_in

COLUMNS = (
    "scheme",
    "title",
    "purpose",
    "groups",
    "first_day",
    "last_day",
    "open_round",
    "budget_cents",
    "amount_cents",
    "amount_per",
    "most_per_municipality_cents",
    "order",
    "conditions",
    "source",
)


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Show the schemes that hold on a day, and where they overlap."""
    on, problems = _day_asked(request)
    context = {
        "page": read_schemes(actor=requests.actor(request), as_of=on),
        "typed": request.GET.get("dag", ""),
        "problems": problems,
        "csv_address": f"{reverse('schemes-csv')}?dag={on:%d-%m-%Y}",
    }
    return render(request, "eenthuis/schemes.html", context, status=400 if problems else 200)


@require_safe
def register_csv(request: HttpRequest) -> HttpResponse:
    """Give the schemes that hold on a day as CSV; what is not known is empty."""
    on, _problems = _day_asked(request)
    page = read_schemes(actor=requests.actor(request), as_of=on)
    return tables.csv_response(
        COLUMNS,
        [_row(one) for one in page.schemes],
        name="regelingen.csv",
        for_excel=requests.for_excel(request),
    )


@require_safe
def scheme(request: HttpRequest, code: str) -> HttpResponse:
    """Show one scheme with every amount, condition and share, and where each was read."""
    on, problems = _day_asked(request)
    found = read_scheme(actor=requests.actor(request), code=code, as_of=on)
    context = {"scheme": found, "as_of": on, "problems": problems}
    return render(request, "eenthuis/scheme.html", context, status=400 if problems else 200)


def _row(one: Scheme) -> tuple[object, ...]:
    return (
        one.code,
        one.title,
        one.purpose.value,
        " ".join(sorted(one.groups)),
        one.first_day.isoformat(),
        one.last_day.isoformat() if one.last_day else "",
        one.open_round if one.open_round != "" else "closed",
        _known(one.budget_cents),
        _known(one.amount_cents),
        one.amount_per.value if one.amount_per else "",
        _known(one.most_per_municipality_cents),
        one.order.value if one.order else "",
        "; ".join(f"{asked.fact} {asked.kind} {asked.bound}" for asked in one.conditions),
        one.citations[0].source,
    )


def _known(value: int | None) -> object:
    return "" if value is None else value


def _day_asked(request: HttpRequest) -> tuple[date, dict[str, str]]:
    typed, today = request.GET.get("dag", "").strip(), requests.today(request)
    if not typed:
        return today, {}
    found = day_in(typed)
    if found is None:
        return today, {"dag": _("Schrijf de dag als dd-mm-jjjj, zoals 30-09-2026.")}
    return found, {}
