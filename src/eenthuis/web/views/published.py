"""The public pages: country, half-year, municipality, province and receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from eenthuis import reference
from eenthuis.rules.progress import PaceClass
from eenthuis.rules.receipts import recompute
from eenthuis.services.corrected import read_corrected_receipt
from eenthuis.services.country import read_country, running_half_year
from eenthuis.services.maps import boundaries_of, read_boundaries
from eenthuis.services.municipalities import read_municipality
from eenthuis.services.provinces import read_province
from eenthuis.services.read_models import MunicipalityPage, MunicipalityRow, ProvincePage
from eenthuis.services.receipts import read_receipt
from eenthuis.services.targets import read_half_year
from eenthuis.services.whole_task import read_whole_task
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.receipt import Receipt, plain
from eenthuis.web import requests, tables
from eenthuis.web.figures import Circle, balance_chart, boundary_map, cartogram, progress_chart
from eenthuis.web.task_words import said_dates
from eenthuis.web.views.coming import coming_part
from eenthuis.web.wording import PACE

KEPT = 32
"""So many drawn maps each process keeps."""


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Say what this is, and show the country now."""
    country = read_country(actor=requests.actor(request), today=requests.today(request))
    context = {
        "country": country,
        "paces": [(pace, country.totals.per_pace[pace]) for pace in PaceClass],
        "progress": progress_chart(
            country.months,
            half_year=country.half_year,
            corrected=country.totals.corrected,
            place=_("Nederland"),
        ),
        **_pictures(country.rows, country.half_year),
    }
    return render(request, "eenthuis/start.html", context)


@require_safe
def half_years(request: HttpRequest) -> HttpResponse:
    """Go to the running half-year."""
    half_year = request.GET.get("halfjaar") or str(running_half_year(requests.today(request)))
    return redirect("half-year", half_year=str(HalfYear.parse(half_year)))


@require_safe
def half_year(request: HttpRequest, half_year: str) -> HttpResponse:
    """Show a half-year: announcement, calculation, map and every municipality."""
    page = read_half_year(
        actor=requests.actor(request), half_year=HalfYear.parse(half_year), today=requests.today(request)
    )
    choice = tables.choice_of(request.GET)
    context = {
        "page": page,
        "choice": choice,
        "rows": tables.chosen(page.rows, choice),
        "headings": tables.headings(choice),
        "provinces": reference.provinces(),
        "paces": list(PaceClass),
        "counts": [(pace, page.totals.per_pace[pace]) for pace in PaceClass],
        "example": next((row for row in page.rows if row.code == "GM0344"), page.rows[0]),
        **_pictures(page.rows, page.half_year),
    }
    return render(request, "eenthuis/half_year.html", context)


@require_safe
def half_year_csv(request: HttpRequest, half_year: str) -> HttpResponse:
    """Give the list of a half-year with its present filter as CSV."""
    page = read_half_year(
        actor=requests.actor(request), half_year=HalfYear.parse(half_year), today=requests.today(request)
    )
    rows = tables.chosen(page.rows, tables.choice_of(request.GET))
    return tables.csv_response(
        tables.CSV_COLUMNS,
        tables.csv_rows(rows),
        name=f"taakstelling-{page.half_year}.csv",
        for_excel=requests.for_excel(request),
    )


@require_safe
def months_csv(request: HttpRequest, half_year: str) -> HttpResponse:
    """Give the months of the running half-year as CSV."""
    del half_year
    country = read_country(actor=requests.actor(request), today=requests.today(request))
    return tables.csv_response(
        tables.MONTH_COLUMNS,
        tables.month_rows(country.months),
        name=f"verloop-{country.half_year}.csv",
        for_excel=requests.for_excel(request),
    )


@require_safe
def find_municipality(request: HttpRequest) -> HttpResponse:
    """Find a municipality by name or code, and go there."""
    asked = request.GET.get("naam", "").strip()
    day = requests.today(request)
    if asked:
        found = reference.find(asked, day)
        return HttpResponseRedirect(f"/gemeenten/{found.code}/")
    by_province = [
        (province, [m for m in reference.municipalities(day) if m.province == province.code])
        for province in reference.provinces()
    ]
    return render(request, "eenthuis/municipalities.html", {"by_province": by_province})


@require_safe
def municipality(request: HttpRequest, code: str) -> HttpResponse:
    """Show a municipality's target step by step, its progress and, to those who may, its households."""
    page = _read_municipality(request, code)
    name = page.municipality.name
    context = {
        "page": page,
        "progress": progress_chart(
            page.months, half_year=page.half_year, corrected=page.row.corrected, place=name
        ),
        "balances": balance_chart(page.history, place=name),
        "csv_address": f"/gemeenten/{page.municipality.code}/verloop.csv?halfjaar={page.half_year}",
        "history_address": f"/gemeenten/{page.municipality.code}/halfjaren.csv?halfjaar={page.half_year}",
        **_task_part(request, page),
        **coming_part(request, page.municipality.code, name),
    }
    return render(request, "eenthuis/municipality.html", context)


def _task_part(request: HttpRequest, page: MunicipalityPage) -> dict[str, object]:
    """Return the screen with the whole task, with the half-year that the page shows."""
    task = read_whole_task(
        actor=requests.actor(request),
        code=page.municipality.code,
        half_year=page.half_year,
        today=requests.today(request),
    )
    return {"task": task, "dates": said_dates(task) if task else ()}


def _read_municipality(request: HttpRequest, code: str) -> MunicipalityPage:
    return read_municipality(
        actor=requests.actor(request),
        code=MunicipalityCode(code),
        half_year=requests.half_year(request),
        today=requests.today(request),
    )


def _read_province(request: HttpRequest, code: str) -> ProvincePage:
    return read_province(
        actor=requests.actor(request),
        code=ProvinceCode(code),
        half_year=requests.half_year(request),
        today=requests.today(request),
    )


def _months_file(request: HttpRequest, page: MunicipalityPage | ProvincePage, place: str) -> HttpResponse:
    return tables.csv_response(
        tables.MONTH_COLUMNS,
        tables.month_rows(page.months),
        name=f"verloop-{place}-{page.half_year}.csv",
        for_excel=requests.for_excel(request),
    )


def _history_file(request: HttpRequest, page: MunicipalityPage | ProvincePage, place: str) -> HttpResponse:
    return tables.csv_response(
        tables.HISTORY_COLUMNS,
        tables.history_rows(page.history),
        name=f"halfjaren-{place}.csv",
        for_excel=requests.for_excel(request),
    )


@require_safe
def municipality_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Give the months of a municipality as CSV."""
    page = _read_municipality(request, code)
    return _months_file(request, page, page.municipality.code)


@require_safe
def municipality_history_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Give the half-years of a municipality as CSV."""
    page = _read_municipality(request, code)
    return _history_file(request, page, page.municipality.code)


@require_safe
def province_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Give the months of a province as CSV."""
    page = _read_province(request, code)
    return _months_file(request, page, page.province.code)


@require_safe
def province_history_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Give the half-years of a province as CSV."""
    page = _read_province(request, code)
    return _history_file(request, page, page.province.code)


@require_safe
def provinces(request: HttpRequest) -> HttpResponse:
    """List the provinces with their sums."""
    half_year = requests.half_year(request)
    page = read_half_year(actor=requests.actor(request), half_year=half_year, today=requests.today(request))
    sums = []
    for province in reference.provinces():
        own = [row for row in page.rows if row.province_code == province.code]
        sums.append(
            {
                "province": province,
                "municipalities": len(own),
                "corrected": sum(row.corrected for row in own),
                "realised": sum(row.realised for row in own),
                "balance": sum(row.backlog_or_lead for row in own),
                "meeting": sum(1 for row in own if row.pace in {PaceClass.MET, PaceClass.ON_SCHEDULE}),
            }
        )
    return render(request, "eenthuis/provinces.html", {"page": page, "sums": sums})


@require_safe
def province(request: HttpRequest, code: str) -> HttpResponse:
    """Show a province with its municipalities."""
    page = _read_province(request, code)
    choice = tables.choice_of(request.GET)
    name = page.province.name
    context = {
        "page": page,
        "choice": choice,
        "rows": tables.chosen(page.rows, choice),
        "headings": tables.headings(choice),
        "paces": [(pace, page.totals.per_pace[pace]) for pace in PaceClass],
        "csv_address": f"/provincies/{page.province.code}/verloop.csv?halfjaar={page.half_year}",
        "history_address": f"/provincies/{page.province.code}/halfjaren.csv?halfjaar={page.half_year}",
        "progress": progress_chart(
            page.months, half_year=page.half_year, corrected=page.totals.corrected, place=name
        ),
        "balances": balance_chart(page.history, place=name),
    }
    return render(request, "eenthuis/province.html", context)


@require_safe
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Show a receipt, and compute it again when asked."""
    found = read_receipt(actor=requests.actor(request), number=number)
    return _receipt_page(request, found, reverse("receipt-json", args=[found.number]))


@require_safe
def receipt_json(request: HttpRequest, number: str) -> HttpResponse:
    """Give a receipt as a file that ``eenthuis receipt verify`` reads."""
    return _receipt_file(read_receipt(actor=requests.actor(request), number=number))


@require_safe
def corrected(request: HttpRequest, half_year: str) -> HttpResponse:
    """Show the receipt of the corrected targets of a half-year, and compute it again when asked."""
    found = _corrected(request, half_year)
    return _receipt_page(request, found, reverse("corrected-json", args=[half_year]))


@require_safe
def corrected_json(request: HttpRequest, half_year: str) -> HttpResponse:
    """Give the receipt of the corrected targets as a file that ``eenthuis receipt verify`` reads."""
    return _receipt_file(_corrected(request, half_year))


def _corrected(request: HttpRequest, half_year: str) -> Receipt:
    return read_corrected_receipt(
        actor=requests.actor(request), half_year=HalfYear.parse(half_year), today=requests.today(request)
    )


def _receipt_page(request: HttpRequest, found: Receipt, file: str) -> HttpResponse:
    inputs = [
        (key, value if not isinstance(value, dict | list) else _("%(count)s regels") % {"count": len(value)})
        for key, value in found.inputs.items()
    ]
    context = {
        "receipt": found,
        "again": recompute(found) if "narekenen" in request.GET else None,
        "inputs": inputs,
        "file": file,
    }
    return render(request, "eenthuis/receipt.html", context)


def _receipt_file(found: Receipt) -> HttpResponse:
    response = JsonResponse(plain(found), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="ontvangstbewijs-{found.number}.json"'
    return response


def _pictures(rows: Sequence[MunicipalityRow], half_year: HalfYear) -> dict[str, object]:
    return dict(_drawn(tuple(rows), half_year, get_language() or "", boundaries_of()))


@lru_cache(maxsize=KEPT)
def _drawn(
    rows: tuple[MunicipalityRow, ...], half_year: HalfYear, language: str, loaded: int
) -> Mapping[str, object]:
    """Draw the maps once per standing, language and loaded boundaries; the same rows give the same maps."""
    del language, loaded
    title = _("Gemeenten naar tempo in %(half_year)s") % {"half_year": half_year}
    circles, kinds = [], {}
    for row in rows:
        said = _said(row)
        kinds[row.code] = (row.pace.value, said)
        point = reference.municipality(row.code).point
        if point is not None:
            circles.append(
                Circle(row.code, row.name, point.lat, point.lon, row.inhabitants, row.pace.value, said)
            )
    circles.sort(key=lambda circle: -circle.inhabitants)
    return {
        "cartogram": cartogram(circles, title=title),
        "map": boundary_map(read_boundaries(), kinds, title=title),
    }


def _said(row: MunicipalityRow) -> str:
    return _("%(name)s: %(realised)s van %(corrected)s gehuisvest, %(pace)s") % {
        "name": row.name,
        "realised": number_format(row.realised, 0, use_l10n=True),
        "corrected": number_format(row.corrected, 0, use_l10n=True),
        "pace": str(PACE[row.pace]).lower(),
    }
