"""Family composition: the page, its table for programs and for Excel, and the files of every month."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from eenthuis.rules.months import month_from
from eenthuis.services import compositions
from eenthuis.services.composing import place_names
from eenthuis.services.compositions import CompositionTable
from eenthuis.terms.places import COUNTRY
from eenthuis.web import composition_words as words
from eenthuis.web import requests, tables

CSV_COLUMNS = (
    "month", "place", "name", "stage", "characteristic", "category", "count", "hidden",
)  # fmt: skip
TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@require_safe
def composition(request: HttpRequest) -> HttpResponse:
    """Show the composition of a place in a month."""
    place = request.GET.get("plaats") or COUNTRY
    actor, today, month = requests.actor(request), requests.today(request), _month(request)
    nothing = None if month else compositions.nothing_yet(actor=actor, today=today)
    if nothing is not None:
        return render(request, "eenthuis/composition_not_yet.html", {"nothing": nothing})
    page = compositions.read_composition(actor=actor, today=today, month=month, place=place)
    context = {
        "page": page,
        "told_name": words.place_name(page.told_as, page.told_name),
        "place_name": words.place_name(page.place, page.name),
        "places": [(code, words.place_name(code, name)) for code, name in _choices(page.month)],
        "tables": [_worded(table) for table in page.tables],
        "exact": None if page.exact is None else [_worded(table) for table in page.exact],
        "bands": [words.CATEGORIES["home"][line.category] for line in _homes(page.tables)],
        "parts": [(words.place_name(part.code, part.name), part) for part in page.parts],
        "stages": words.STAGES,
        "csv_address": f"/gezinssamenstelling/cijfers.csv?maand={page.month:%Y-%m}",
    }
    return render(request, "eenthuis/composition.html", context)


@require_safe
def composition_csv(request: HttpRequest) -> HttpResponse:
    """Give every published count of a month as CSV; a hidden one is empty."""
    lines = compositions.composition_lines(
        actor=requests.actor(request), month=_month(request), place=request.GET.get("plaats", "")
    )
    rows = [
        (
            f"{line.month:%Y-%m}",
            line.place,
            line.name,
            line.stage.value,
            line.characteristic.value,
            line.category,
            "" if line.count is None else line.count,
            int(line.count is None),
        )
        for line in lines
    ]
    name = f"gezinssamenstelling-{lines[0].month:%Y-%m}.csv" if lines else "gezinssamenstelling.csv"
    return tables.csv_response(CSV_COLUMNS, rows, name=name, for_excel=requests.for_excel(request))


@require_safe
def report(request: HttpRequest, month: str, name: str) -> HttpResponse:
    """Give a file of a month's report."""
    content = compositions.report_file(actor=requests.actor(request), month=month_from(month), name=name)
    response = HttpResponse(
        content, content_type=TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _month(request: HttpRequest) -> date | None:
    written = request.GET.get("maand", "")
    return month_from(written) if written else None


def _choices(month: date) -> list[tuple[str, str]]:
    return list(place_names(month).items())


def _homes(shown: tuple[CompositionTable, ...]) -> list[compositions.CategoryLine]:
    return [line for table in shown if table.characteristic.value == "home" for line in table.lines]


def _worded(table: CompositionTable) -> dict[str, object]:
    kind = table.characteristic.value
    return {
        "title": words.CHARACTERISTICS[kind],
        "has_waiting": table.has_waiting,
        "lines": [(words.CATEGORIES[kind][line.category], line.waiting, line.linked) for line in table.lines],
    }
