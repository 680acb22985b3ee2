"""Early warning: whom a province should talk to first and why, and how such chances came out before."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from eenthuis.services import warnings as services
from eenthuis.services.warnings import WarningLine, WarningsPage
from eenthuis.terms.places import ProvinceCode
from eenthuis.web import requests, tables
from eenthuis.web.figures.reliability import reliability_chart
from eenthuis.web.wording_warnings import MODELS, WHYS

COLUMNS = (
    "code", "name", "half_year", "on", "chance", "is_low", "needed", "realised", "linked", "expected", "coming",
    "short", "why", "links", "homes",
)  # fmt: skip
RELIABILITY_COLUMNS = ("told", "met", "cases")
SCORE_COLUMNS = ("model", "cases", "log_loss", "brier", "better", "error", "chosen")


@require_safe
def warnings(request: HttpRequest, code: str) -> HttpResponse:
    """Show the chances of a province, whom to talk to first on top."""
    page = _page(request, code)
    base = f"/toezicht/provincies/{page.province.code}/waarschuwing"
    context = {
        "page": page,
        "low": [line for line in page.lines if line.warned.is_low],
        "whys": WHYS,
        "scores": [
            (MODELS[score.model], score, score.model == page.trials.chosen) for score in page.trials.scores
        ],
        "chart": reliability_chart(page.trials.reliability) if page.trials.reliability else "",
        "csv_address": f"{base}.csv",
        "reliability_address": f"{base}/betrouwbaarheid.csv",
        "scores_address": f"{base}/modellen.csv",
    }
    return render(request, "eenthuis/warnings.html", context)


@require_safe
def warnings_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Give the chances of a province as CSV."""
    page = _page(request, code)
    return tables.csv_response(
        COLUMNS,
        [_row(page, line) for line in page.lines],
        name=f"waarschuwing-{page.province.code}-{page.today.isoformat()}.csv",
        for_excel=requests.for_excel(request),
    )


@require_safe
def reliability_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Give what was told beside what came true as CSV."""
    page = _page(request, code)
    rows = [(f"{one.told:.4f}", f"{one.met:.4f}", one.cases) for one in page.trials.reliability]
    return tables.csv_response(
        RELIABILITY_COLUMNS, rows, name="betrouwbaarheid.csv", for_excel=requests.for_excel(request)
    )


@require_safe
def scores_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Give how good every model was as CSV."""
    page = _page(request, code)
    rows = [
        (
            one.model, one.cases, f"{one.log_loss:.4f}", f"{one.brier:.4f}", f"{one.better:.4f}", f"{one.error:.4f}",
            int(one.model == page.trials.chosen),
        )
        for one in page.trials.scores
    ]  # fmt: skip
    return tables.csv_response(
        SCORE_COLUMNS, rows, name="modellen.csv", for_excel=requests.for_excel(request)
    )


def _page(request: HttpRequest, code: str) -> WarningsPage:
    return services.read_warnings(
        actor=requests.actor(request), province=ProvinceCode(code), today=requests.today(request)
    )


def _row(page: WarningsPage, line: WarningLine) -> tuple[object, ...]:
    one = line.warned
    return (
        line.code, line.name, str(page.half_year), page.today.isoformat(),
        "" if one.chance is None else f"{one.chance:.3f}", int(one.is_low), one.needed, one.realised, one.linked,
        f"{one.expected:.1f}", f"{one.coming:.1f}", f"{one.short:.1f}", one.why.value,
        "" if one.turn.links is None else one.turn.links, homes_in_words(one.turn.homes),
    )  # fmt: skip


def homes_in_words(homes: Mapping[int, int] | None) -> str:
    """Return homes by persons as ``3x4 1x2``: three homes for four people and one for two."""
    return (
        ""
        if homes is None
        else " ".join(f"{number}x{size}" for size, number in sorted(homes.items(), reverse=True))
    )
