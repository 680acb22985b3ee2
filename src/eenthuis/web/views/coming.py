"""What comes to a municipality: the part of its page, and its table for programs and for Excel."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from eenthuis.services.coming import ComingPage, read_coming
from eenthuis.terms.errors import AccessError
from eenthuis.terms.places import MunicipalityCode
from eenthuis.web import requests, tables
from eenthuis.web.composition_words import CATEGORIES
from eenthuis.web.figures.coming import ALL, coming_chart

SHOWN = (1, 3, 6)
"""Months ahead of which the page has a column; the CSV has them all."""

CSV_COLUMNS = ("band", "months", "until", "low", "middle", "high")


def coming_part(request: HttpRequest, code: MunicipalityCode, name: str) -> Mapping[str, object]:
    """Return what the page of a municipality shows of what comes; nothing where there is no forecast."""
    page = read_coming(actor=requests.actor(request), code=code, today=requests.today(request))
    if page is None:
        return {}
    words = {**CATEGORIES["size"], ALL: CATEGORIES["total"]["all"]}
    return {
        "coming": page,
        "coming_figure": coming_chart(page, place=name),
        "coming_labels": [
            ngettext("%(count)s maand", "%(count)s maanden", months) % {"count": months} for months in SHOWN
        ],
        "coming_rows": [
            (word, [line for months in SHOWN for line in page.of(months) if line.band == band])
            for band, word in words.items()
        ],
    }


@require_safe
def coming_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Give the forecast of a municipality as CSV."""
    page = _found(request, code)
    rows = [
        (line.band, line.months, page.months[line.months - 1].isoformat(), line.low, line.middle, line.high)
        for line in page.lines
    ]
    return tables.csv_response(
        CSV_COLUMNS, rows, name=f"wat-komt-{code}.csv", for_excel=requests.for_excel(request)
    )


def _found(request: HttpRequest, code: str) -> ComingPage:
    page = read_coming(
        actor=requests.actor(request), code=MunicipalityCode(code), today=requests.today(request)
    )
    if page is None:
        raise AccessError("ACC-02", "there is no forecast of this municipality", remedy="Check the code.")
    return page
