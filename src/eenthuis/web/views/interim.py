"""Changing the number inside a half-year: five ways side by side, and announcing another number from the page."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from eenthuis.rules.interim import Option, Way
from eenthuis.rules.judgement import word
from eenthuis.services.access import require
from eenthuis.services.interim import InterimPage, announce_interim, read_interim
from eenthuis.terms.errors import EenthuisError, InputError, Location
from eenthuis.terms.half_year import HalfYear
from eenthuis.web import interim_words as words
from eenthuis.web import requests, tables
from eenthuis.web.figures.gains import gains_chart
from eenthuis.web.sentences import SENTENCES
from eenthuis.web.typed import typed_number

COLUMNS = (
    "way", "code", "name", "corrected", "foreseen", "carried_out", "next_corrected", "gain", "verdict", "climbs",
)  # fmt: skip


@require_safe
def interim(request: HttpRequest, half_year: str) -> HttpResponse:
    """Show the five ways for a half-year in progress."""
    return _page(request, HalfYear.parse(half_year), {})


def _page(request: HttpRequest, half_year: HalfYear, problems: Mapping[str, str]) -> HttpResponse:
    page = _read(request, half_year)
    context = {
        "page": page,
        "figure": gains_chart(page),
        "options": [_shown(option) for option in page.options],
        "rows": [
            (row, [row.effects[way] for way in (Way.LEAVE, Way.SET_OFF, Way.ANNOUNCE)]) for row in page.rows
        ],
        "papers": [(words.SETTINGS[one.key], one) for one in page.citations],
        "problems": problems,
        "written": {field: request.POST.get(field, "") for field in ("aantal", "bron", "toelichting")},
        "csv_address": f"/halfjaren/{half_year}/bijstellen/gemeenten.csv?verwacht={page.expected}"
        f"&volgend={page.following}",
    }
    return render(request, "eenthuis/interim.html", context, status=400 if problems else 200)


def _shown(option: Option) -> Mapping[str, object]:
    return {
        "option": option,
        "name": words.WAYS[option.way],
        "meaning": words.MEANINGS[option.way],
        "standings": [words.STANDINGS[one] for one in option.standing],
        "corrected": sum(effect.corrected for effect in option.effects),
        "next_corrected": sum(effect.next_corrected for effect in option.effects),
        "gaining": sum(effect.gain > 0 for effect in option.effects),
        "losing": sum(effect.gain < 0 for effect in option.effects),
    }


def _read(request: HttpRequest, half_year: HalfYear) -> InterimPage:
    return read_interim(
        actor=requests.actor(request),
        half_year=half_year,
        expected=_number(request, "verwacht"),
        following=_number(request, "volgend"),
        today=requests.today(request),
    )


def _number(request: HttpRequest, name: str) -> int | None:
    written = request.GET.get(name, "").strip().replace(".", "")
    if not written:
        return None
    number = typed_number(written)
    if number is None:
        raise InputError(
            "INP-01",
            f"{name} is no whole number",
            remedy="Give a whole number of people.",
            location=Location(column=name),
        )
    return number


@require_safe
def interim_csv(request: HttpRequest, half_year: str) -> HttpResponse:
    """Give what every way does to every municipality as CSV."""
    page = _read(request, HalfYear.parse(half_year))
    rows = [
        (
            way.value,
            row.code,
            row.name,
            effect.corrected,
            effect.foreseen,
            effect.carried_out,
            effect.next_corrected,
            effect.gain,
            word(effect.judgement),
            int(effect.climbs),
        )
        for way in Way
        for row in page.rows
        for effect in [row.effects[way]]
    ]
    return tables.csv_response(
        COLUMNS, rows, name=f"bijstellen-{half_year}.csv", for_excel=requests.for_excel(request)
    )


@require_POST
def announce(request: HttpRequest, half_year: str) -> HttpResponse:
    """Announce another number inside the half-year; the remark on its legal ground goes with it."""
    actor, asked = requests.actor(request), HalfYear.parse(half_year)
    require(actor, "announce")
    problems: dict[str, str] = {}
    people = typed_number(request.POST.get("aantal", "").strip().replace(".", ""))
    source = request.POST.get("bron", "").strip()
    if people is None:
        problems["aantal"] = _("Vul een heel getal in van 0 of meer, zoals 15.000.")
    if not source:
        problems["bron"] = _("Vul in waar dit is bekendgemaakt.")
    if people is not None and not problems:
        try:
            announce_interim(
                actor=actor,
                half_year=asked,
                people=people,
                source=source,
                note=request.POST.get("toelichting", "").strip(),
                today=requests.today(request),
            )
        except EenthuisError as wrong:
            problems["aantal"] = f"{SENTENCES[wrong.code]} ({wrong.code})"
        else:
            text = _(
                "Het nieuwe getal is aangekondigd, met de opmerking over de grond. Het vorige blijft zichtbaar."
            )
            messages.success(request, text)
            return redirect("half-year", half_year=half_year)
    return _page(request, asked, problems)
