"""Forecasts beside what is official: the page, its tables for programs, and the form for an official figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from eenthuis.rules.estimates import estimate_problems
from eenthuis.services.access import may, require
from eenthuis.services.deviating import enter_estimate
from eenthuis.services.estimates import EstimateView, read_estimates
from eenthuis.services.forecasting import SHOWN, ForecastPage, SeriesPart, comparable, read_forecasts
from eenthuis.terms.errors import EenthuisError, InputError
from eenthuis.terms.estimates import Estimate, EstimateKind, Quantity
from eenthuis.terms.half_year import HalfYear
from eenthuis.web import forecast_words as words
from eenthuis.web import requests, tables
from eenthuis.web.figures.fan import fan_chart
from eenthuis.web.sentences import SENTENCES
from eenthuis.web.templatetags.eenthuis import percent
from eenthuis.web.typed import day_in, typed_number

FORECAST_COLUMNS = (
    "series", "made_on", "last_known", "half_year", "model", "q05", "q10", "q25", "q50", "q75", "q90", "q95",
)  # fmt: skip
ESTIMATE_COLUMNS = (
    "number", "quantity", "half_year", "kind", "low", "middle", "high", "made_on", "known_by", "until", "source",
    "note", "replaces", "is_replaced",
)  # fmt: skip
HORIZONS = (1, 2, 3, 4)
FIELDS = {
    "quantity": "wat",
    "half_year": "halfjaar",
    "kind": "soort",
    "low": "minimum",
    "middle": "midden",
    "high": "maximum",
    "made_on": "dag",
    "until": "tot",
    "source": "bron",
    "note": "toelichting",
}
"""The name of the field of every part of an official figure."""


@require_safe
def forecasts(request: HttpRequest) -> HttpResponse:
    """Show our forecasts beside the official figures, and how good such forecasts were."""
    actor = requests.actor(request)
    page = read_forecasts(actor=actor, today=requests.today(request))
    context = {
        "page": page,
        "parts": [_shown(part) for part in page.parts],
        "horizons": HORIZONS,
        "may_state": may(actor, "state-estimate"),
    }
    return render(request, "eenthuis/forecasts.html", context)


def _shown(part: SeriesPart) -> Mapping[str, object]:
    title = str(words.SERIES[part.series])
    return {
        "part": part,
        "title": title,
        "figure": fan_chart(part, name=part.series, title=title),
        "comparable": comparable(part.series),
        "lines": [
            {
                "half_year": line.half_year,
                "middle": line.quantiles[0.5],
                "low": line.quantiles[0.05],
                "high": line.quantiles[0.95],
                "official": line.official,
            }
            for line in part.lines
        ],
        "scores": [
            (model, [_cell(part, model, horizon) for horizon in HORIZONS])
            for model in dict.fromkeys(row["model"] for row in part.scores)
        ],
    }


def _cell(part: SeriesPart, model: str, horizon: int) -> Mapping[str, object] | None:
    """Return what a model scored so many half-years ahead, in words; None where it did not forecast."""
    named = (row for row in part.scores if (row["model"], row["horizon"]) == (model, str(horizon)))
    row = next(named, None)
    if row is None:
        return None

    def shown(name: str) -> str:
        return str(number_format(round(float(row[name]), 2), 2))

    covered = (percent(float(row[name]), 0) for name in ("coverage80", "coverage90"))
    return {
        "loss": number_format(round(float(row["pinball"])), 0),
        "skill": shown("skill"),
        "interval": f"{shown('skill_low')} – {shown('skill_high')}" if row["skill_low"] else "",
        "coverage": " / ".join(f"{share}%" for share in covered),
        "verdict": row["verdict"],
    }


@require_safe
def forecasts_csv(request: HttpRequest) -> HttpResponse:
    """Give the latest forecasts as CSV."""
    page = read_forecasts(actor=requests.actor(request), today=requests.today(request))
    return tables.csv_response(
        FORECAST_COLUMNS, list(_lines(page)), name="prognoses.csv", for_excel=requests.for_excel(request)
    )


def _lines(page: ForecastPage) -> Iterator[tuple[object, ...]]:
    for part in page.parts:
        for line in part.lines:
            yield (
                part.series,
                page.made_on.isoformat() if page.made_on else "",
                str(part.last_known),
                str(line.half_year),
                page.model,
                *(line.quantiles[level] for level in SHOWN),
            )


@require_safe
def scores_csv(request: HttpRequest) -> HttpResponse:
    """Give how good every model was on the packaged history as CSV."""
    page = read_forecasts(actor=requests.actor(request), today=requests.today(request))
    rows = [row for part in page.parts for row in part.scores]
    columns = tuple(rows[0]) if rows else ("series",)
    return tables.csv_response(
        columns,
        [tuple(row.values()) for row in rows],
        name="toets-van-prognoses.csv",
        for_excel=requests.for_excel(request),
    )


@require_safe
def estimates_csv(request: HttpRequest) -> HttpResponse:
    """Give every official figure as CSV, the replaced ones too."""
    listed = read_estimates(actor=requests.actor(request))
    return tables.csv_response(
        ESTIMATE_COLUMNS,
        [_estimate(view) for view in listed],
        name="ramingen.csv",
        for_excel=requests.for_excel(request),
    )


def _estimate(view: EstimateView) -> tuple[object, ...]:
    made = view.estimate
    return (
        view.number or "",
        made.quantity.value,
        str(made.half_year),
        made.kind.value,
        "" if made.low is None else made.low,
        made.middle,
        "" if made.high is None else made.high,
        made.made_on or "",
        made.known_by or "",
        made.until or "",
        made.source,
        made.note,
        view.replaces or "",
        int(view.is_replaced),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def state(request: HttpRequest) -> HttpResponse:
    """Enter an official estimate or a count."""
    actor, today = requests.actor(request), requests.today(request)
    require(actor, "state-estimate")
    values = {field: request.POST.get(field, "").strip() for field in FIELDS.values()}
    problems: dict[str, object] = {}
    if request.method == "POST":
        made = _read(values, problems)
        if made is not None and not problems:
            found = estimate_problems(made, today)
            problems |= {
                FIELDS[field]: words.ESTIMATE_PROBLEMS[problem.value] for field, problem in found.items()
            }
        if made is not None and not problems:
            try:
                enter_estimate(actor=actor, made=made, today=today)
            except EenthuisError as wrong:
                problems["midden"] = f"{SENTENCES[wrong.code]} ({wrong.code})"
            else:
                messages.success(request, _("Het cijfer is vastgelegd en staat naast onze prognose."))
                return redirect("forecasts")
    else:
        values |= {
            "halfjaar": str(HalfYear.containing(today).next),
            "dag": f"{today:%d-%m-%Y}",
            "soort": "estimate",
        }
    context = {
        "problems": problems,
        "values": values,
        "quantities": [(one.value, words.QUANTITIES[one.value]) for one in Quantity],
    }
    return render(request, "eenthuis/estimate.html", context, status=400 if problems else 200)


def _read(values: Mapping[str, str], problems: dict[str, object]) -> Estimate | None:
    half_year, quantity = None, values["wat"]
    try:
        half_year = HalfYear.parse(values["halfjaar"])
    except InputError:
        problems["halfjaar"] = _("Schrijf het jaar en I of II, zoals 2026-II.")
    if quantity not in set(Quantity):
        problems["wat"] = _("Kies wat is geraamd of geteld.")
    numbers = {field: _number(values[field], problems, field) for field in ("minimum", "midden", "maximum")}
    middle = numbers["midden"]
    if middle is None and "midden" not in problems:
        problems["midden"] = _("Vul een heel getal in van 0 of meer, zoals 15.000.")
    made_on, until = day_in(values["dag"]), day_in(values["tot"]) if values["tot"] else None
    if made_on is None:
        problems["dag"] = _("Schrijf de dag als dd-mm-jjjj, zoals 30-09-2022.")
    if values["tot"] and until is None:
        problems["tot"] = _("Schrijf de dag als dd-mm-jjjj, zoals 30-09-2022.")
    if problems or half_year is None or middle is None or made_on is None:
        return None
    return Estimate(
        quantity=Quantity(quantity),
        half_year=half_year,
        kind=EstimateKind.COUNT if values["soort"] == "count" else EstimateKind.ESTIMATE,
        middle=middle,
        low=numbers["minimum"],
        high=numbers["maximum"],
        made_on=made_on,
        known_by=None,
        until=until,
        source=values["bron"],
        note=values["toelichting"],
    )


def _number(text: str, problems: dict[str, object], field: str) -> int | None:
    if not text:
        return None
    read = typed_number(text.replace(".", ""))
    if read is None:
        problems[field] = _("Vul een heel getal in van 0 of meer, zoals 15.000.")
    return read
