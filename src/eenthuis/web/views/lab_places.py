"""What a run of the policy lab found per province, and per municipality in time."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from eenthuis.connect.lab_places import PROVINCES, place_file
from eenthuis.lab import place_measures, province_measures
from eenthuis.services import lab
from eenthuis.services.lab import LabRun
from eenthuis.terms.errors import AccessError
from eenthuis.web import lab_places, requests
from eenthuis.web import wording_lab as words
from eenthuis.web import wording_lab_places as place_words
from eenthuis.web.lab_reading import Reader
from eenthuis.web.wording_lab_work import work_told


@require_safe
def provinces(request: HttpRequest, address: str) -> HttpResponse:
    """Show one measure of every province, base beside scenario, on the same axes."""
    page, read = _compared(request, address)
    found = lab_places.provinces(page.ask, read, request.GET.get("maat", ""))
    context = {
        **_named(page),
        "found": found,
        "measure_words": place_words.measure(found.measure.name),
        "unit": place_words.UNITS[found.measure.unit],
        "measures": [
            (one.name, place_words.measure(one.name))
            for one in province_measures(has_work=page.ask.work is not None)
        ],
        "file": PROVINCES,
    }
    return render(request, "eenthuis/lab_provinces.html", context)


@require_safe
def place_map(request: HttpRequest, address: str) -> HttpResponse:
    """Show one measure of every municipality in one half-year; every other half-year is a link."""
    page, read = _compared(request, address)
    asked = request.GET.get("toon", "")
    shown = asked if asked in lab_places.SHOWN else lab_places.DIFFERENCE
    found = lab_places.place_map(
        page.ask, read, request.GET.get("maat", ""), shown=shown, half_year=request.GET.get("halfjaar", "")
    )
    at = found.half_years.index(found.half_year)
    context = {
        **_named(page),
        "found": found,
        "measure_words": place_words.measure(found.measure.name),
        "unit": place_words.UNITS[found.measure.unit],
        "measures": [
            (one.name, place_words.measure(one.name))
            for one in place_measures(has_work=page.ask.work is not None)
        ],
        "shown": shown,
        "choices": [(one, place_words.SHOWN[one]) for one in lab_places.SHOWN],
        "earlier": found.half_years[at - 1] if at else "",
        "later": found.half_years[at + 1] if at + 1 < len(found.half_years) else "",
        "file": place_file(found.measure.name),
    }
    return render(request, "eenthuis/lab_map.html", context)


def _compared(request: HttpRequest, address: str) -> tuple[LabRun, Reader]:
    """Return a comparison that is done, with a reader of its files."""
    actor = requests.actor(request)
    page = lab.read(actor=actor, address=address)
    if PROVINCES not in page.files:
        raise AccessError(
            "ACC-02",
            "this run has no figures per province",
            remedy="Take a comparison that is done, or ask it again.",
        )
    read = partial(lab.file, actor=actor, address=address)
    return page, lambda name: read(name=name)


def _named(page: LabRun) -> dict[str, object]:
    return {
        "page": page,
        "names": [words.scenario(one.name) for one in page.ask.scenarios],
        "work_told": work_told(page.ask.work),
    }
