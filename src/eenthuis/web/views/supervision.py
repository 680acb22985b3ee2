"""Supervision: readings of a province by urgency, kept with receipts, and the ladder with what of it is assumed."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from eenthuis import reference
from eenthuis.services import ladders
from eenthuis.services import readings as services
from eenthuis.services.ladders import LadderPage
from eenthuis.services.readings import ReadingLine, ReadingsPage
from eenthuis.services.table_packs import make_pack
from eenthuis.terms.access import Role
from eenthuis.terms.errors import InputError
from eenthuis.terms.places import ProvinceCode
from eenthuis.terms.supervision import FigureKind
from eenthuis.web import requests, tables
from eenthuis.web.desk_words import VERDICTS as VERDICT_WORDS
from eenthuis.web.figures import Circle, cartogram
from eenthuis.web.wording_supervision import reason

VERDICTS = ("behind", "behind-excusable", "complies", "lead")
MAP_KINDS = {"lead": "met", "complies": "on-schedule", "behind-excusable": "behind", "behind": "far-behind"}
"""The colour of a verdict on the map."""

READING_COLUMNS = (
    "code", "name", "half_year", "as_of", "is_provisional", "verdict", "people", "held", "rung", "regime",
    "answer_by", *(kind.value.replace("-", "_") for kind in FigureKind), "reasons", "source", "receipt",
)  # fmt: skip
KEPT_COLUMNS = (
    "code", "half_year", "as_of", "is_provisional", "verdict", "people", "held", "rung", "answer_by", "receipt",
    "kept_by", "kept_at", "is_replaced",
)  # fmt: skip
LADDER_COLUMNS = ("rung", "key", "value", "authority", "place", "from", "source", "note")


@require_safe
def supervision(request: HttpRequest) -> HttpResponse:
    """Show the provinces within reach; who has one only goes there."""
    actor = requests.actor(request)
    found = services.read_summaries(actor=actor, today=requests.today(request))
    if actor.role is Role.PROVINCE and actor.province:
        return redirect("readings", code=actor.province)
    rows = [(one, [one.counts.get(verdict, 0) for verdict in VERDICTS]) for one in found]
    return render(request, "eenthuis/supervision.html", {"rows": rows, "verdicts": VERDICTS})


@require_safe
def readings(request: HttpRequest, code: str) -> HttpResponse:
    """Show the readings of a province at the start of a day."""
    page = _page(request, code)
    context = {
        "page": page,
        "cartogram": _map(page),
        "legend": [(MAP_KINDS[verdict], verdict) for verdict in reversed(VERDICTS)],
        "counts": [(verdict, page.counts.get(verdict, 0)) for verdict in VERDICTS],
        "csv_address": f"/toezicht/provincies/{page.province.code}/beoordelingen.csv?dag={page.as_of.isoformat()}",
        "kept_address": f"/toezicht/provincies/{page.province.code}/vastgelegd.csv",
    }
    return render(request, "eenthuis/readings.html", context)


@require_POST
def keep(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the readings that the page shows."""
    day = _day(request.POST.get("dag", "")) or requests.today(request)
    kept = services.keep_readings(
        actor=requests.actor(request), province=ProvinceCode(code), as_of=day, today=requests.today(request)
    )
    if kept:
        said = ngettext(
            "%(kept)s beoordeling is vastgelegd.", "%(kept)s beoordelingen zijn vastgelegd.", kept
        )
        messages.success(request, said % {"kept": kept})
    else:
        messages.info(request, _("Deze beoordelingen stonden er al; er is niets veranderd."))
    return redirect(f"/toezicht/provincies/{code}/?dag={day.isoformat()}")


@require_safe
def table_pack(request: HttpRequest, code: str) -> HttpResponse:
    """Give the table pack of a province as PDF."""
    name, content = make_pack(
        actor=requests.actor(request), province=ProvinceCode(code), today=requests.today(request)
    )
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def readings_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Give the readings of a province as CSV."""
    page = _page(request, code)
    return tables.csv_response(
        READING_COLUMNS,
        [_row(page, line) for line in page.lines],
        name=f"beoordelingen-{page.province.code}-{page.as_of.isoformat()}.csv",
        for_excel=requests.for_excel(request),
    )


@require_safe
def kept_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Give every reading kept of a province as CSV."""
    kept = services.kept_readings(
        actor=requests.actor(request), province=ProvinceCode(code), today=requests.today(request)
    )
    rows = [
        (
            one.municipality, str(one.half_year), one.as_of.isoformat(), int(one.is_provisional), one.verdict,
            one.people, one.held, one.rung, one.answer_by.isoformat() if one.answer_by else "", one.receipt,
            one.kept_by, one.kept_at.isoformat(timespec="seconds"), int(one.is_replaced),
        )
        for one in kept
    ]  # fmt: skip
    return tables.csv_response(
        KEPT_COLUMNS, rows, name=f"vastgelegd-{code}.csv", for_excel=requests.for_excel(request)
    )


@require_safe
def ladder(request: HttpRequest, code: str) -> HttpResponse:
    """Show the ladder of a province on a day."""
    page = _ladder(request, code)
    context = {
        "page": page,
        "rungs": [(rung, page.of_rungs[rung.number]) for rung in page.law.ladder.rungs],
        "has_own": ladders.has_own_values(page),
        "csv_address": f"/toezicht/provincies/{page.province.code}/ladder.csv?dag={page.as_of.isoformat()}",
    }
    return render(request, "eenthuis/ladder.html", context)


@require_safe
def ladder_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Give every value of a ladder as CSV, with its paper."""
    page = _ladder(request, code)
    numbered = [(number, one) for number, cited in page.of_rungs.items() for one in cited]
    rest = [("", one) for one in (*page.settings, *page.substitution, *page.information)]
    rows = [
        (
            number, one.key, one.value, one.authority.value, one.place, one.first_day.isoformat(), one.source,
            one.note,
        )
        for number, one in (*numbered, *rest)
    ]  # fmt: skip
    return tables.csv_response(
        LADDER_COLUMNS,
        rows,
        name=f"ladder-{page.province.code}-{page.as_of.isoformat()}.csv",
        for_excel=requests.for_excel(request),
    )


def _map(page: ReadingsPage) -> object:
    """Draw every municipality with its verdict, as large as its net target; nothing where none can be placed."""
    circles = []
    for line in page.lines:
        point = reference.municipality(line.code).point
        if point is None:
            continue
        said = _("%(name)s: %(verdict)s, %(people)s mensen tekort") % {
            "name": line.name,
            "verdict": VERDICT_WORDS[line.verdict],
            "people": max(line.people, 0),
        }
        size = max(line.figures.net or 0, 1)
        circles.append(
            Circle(line.code, line.name, point.lat, point.lon, size, MAP_KINDS[line.verdict], said)
        )
    circles.sort(key=lambda circle: (-circle.inhabitants, circle.code))
    title = _("Gemeenten in %(province)s naar oordeel") % {"province": page.province.name}
    return cartogram(circles, title=title) if circles else ""


def _page(request: HttpRequest, code: str) -> ReadingsPage:
    return services.read_readings(
        actor=requests.actor(request),
        province=ProvinceCode(code),
        today=requests.today(request),
        as_of=_day(request.GET.get("dag", "")),
    )


def _ladder(request: HttpRequest, code: str) -> LadderPage:
    return ladders.read_ladder(
        actor=requests.actor(request),
        province=ProvinceCode(code),
        as_of=_day(request.GET.get("dag", "")) or requests.today(request),
    )


def _row(page: ReadingsPage, line: ReadingLine) -> tuple[object, ...]:
    one = line.assessment
    known = {figure.kind: figure.number for figure in line.figures.figures}
    return (
        line.code, line.name, str(page.half_year), page.as_of.isoformat(), int(page.is_provisional), line.verdict,
        line.people, one.held, one.rung, line.regime.value, one.answer_by.isoformat() if one.answer_by else "",
        *(known.get(kind, "") for kind in FigureKind), "; ".join(reason(ground) for ground in one.grounds),
        line.figures.source, line.receipt,
    )  # fmt: skip


def _day(written: str) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError as wrong:
        raise InputError(
            "INP-01", f"{written[:20]!r} is no day", remedy="Write a day as 2026-01-01."
        ) from wrong
