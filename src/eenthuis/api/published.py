"""What anyone may read: municipalities, targets, progress and receipts."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Path, Router

from eenthuis import reference
from eenthuis.api.answering import READ
from eenthuis.api.asking import (
    A_PAGE,
    FIRST_PAGE,
    HALF_YEAR,
    DayKey,
    HalfYearKey,
    Number,
    PageSize,
    ProvinceKey,
    asked_by,
    half_year_of,
    paged,
    today_of,
)
from eenthuis.api.schemas import (
    MonthResource,
    MunicipalityResource,
    ProgressResource,
    RecomputedResource,
    TargetResource,
)
from eenthuis.services.country import read_country
from eenthuis.services.receipts import read_receipt, verify_receipt
from eenthuis.services.targets import read_half_year
from eenthuis.terms.errors import AccessError, InputError, ReferenceFactError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.receipt import Receipt, plain

router = Router()
NumberKey = Annotated[str, Path(alias="nummer")]


@router.get(
    "/gemeenten",
    by_alias=True,
    response={200: list[MunicipalityResource], **READ},
    operation_id="gemeenten",
)
def municipalities(
    request: HttpRequest,
    response: HttpResponse,
    on: DayKey = None,
    province: ProvinceKey = None,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[MunicipalityResource]:
    """Geef de gemeenten die op een dag bestonden, op volgorde van code."""
    places = [
        place
        for place in reference.municipalities(on or today_of(request))
        if province is None or place.province == province
    ]
    shown = places[paged(request, response, len(places), page, page_size)]
    return [MunicipalityResource.of(place) for place in shown]


@router.get(
    "/taakstellingen",
    by_alias=True,
    response={200: list[TargetResource], **READ},
    operation_id="taakstellingen",
)
def targets(
    request: HttpRequest,
    response: HttpResponse,
    half_year: HalfYearKey = None,
    province: ProvinceKey = None,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[TargetResource]:
    """Geef de taakstelling en de voortgang van elke gemeente in een halfjaar, op volgorde van code."""
    found = read_half_year(
        actor=asked_by(request), half_year=half_year_of(request, half_year), today=today_of(request)
    )
    rows = [row for row in found.rows if province is None or row.province_code == province]
    shown = rows[paged(request, response, len(rows), page, page_size)]
    return [TargetResource.of(row, str(found.half_year)) for row in shown]


@router.get(
    "/taakstellingen/{halfjaar}/{gemeenteCode}",
    by_alias=True,
    response={200: TargetResource, **READ},
    operation_id="taakstelling",
)
def target(
    request: HttpRequest,
    written: Annotated[str, Path(alias="halfjaar", pattern=HALF_YEAR)],
    municipality: Annotated[str, Path(alias="gemeenteCode")],
) -> TargetResource:
    """Geef de taakstelling en de voortgang van één gemeente."""
    half_year = HalfYear.parse(written)
    place = reference.municipality(municipality, half_year.first_day)
    found = read_half_year(actor=asked_by(request), half_year=half_year, today=today_of(request))
    for row in found.rows:
        if row.code == place.code:
            return TargetResource.of(row, str(half_year))
    raise ReferenceFactError(
        "REF-03", f"{place.code} carries no target in {half_year}", remedy="Choose another half-year."
    )


@router.get("/voortgang", by_alias=True, response={200: ProgressResource, **READ}, operation_id="voortgang")
def progress(request: HttpRequest) -> ProgressResource:
    """Geef het land in het lopende halfjaar: taakstelling, gehuisvest, gekoppeld en wie wacht."""
    country = read_country(actor=asked_by(request), today=today_of(request))
    return ProgressResource(
        half_year=str(country.half_year),
        as_of=country.today,
        corrected=country.totals.corrected,
        backlog=country.totals.backlog,
        lead=country.totals.lead,
        realised=country.totals.realised,
        linked=country.totals.linked,
        waiting_people=country.waiting_people,
        waiting_households=country.waiting_households,
        months=[MonthResource.of(point) for point in country.months],
    )


@router.get(
    "/ontvangstbewijzen/{nummer}",
    by_alias=True,
    response={200: dict[str, object], **READ},
    operation_id="ontvangstbewijs",
)
def receipt(request: HttpRequest, number: NumberKey) -> HttpResponse:
    """Geef een ontvangstbewijs met alles wat nodig is om het na te rekenen."""
    return JsonResponse(plain(_receipt(request, number)), json_dumps_params={"ensure_ascii": False})


@router.get(
    "/ontvangstbewijzen/{nummer}/narekening",
    by_alias=True,
    response={200: RecomputedResource, **READ},
    operation_id="narekening",
)
def recomputed(request: HttpRequest, number: NumberKey) -> RecomputedResource:
    """Reken een ontvangstbewijs na uit zijn eigen invoer."""
    found = _receipt(request, number).number
    again = verify_receipt(actor=asked_by(request), number=found)
    return RecomputedResource(number=found, is_same=again.is_same, differences=list(again.differences))


def _receipt(request: HttpRequest, number: str) -> Receipt:
    try:
        return read_receipt(actor=asked_by(request), number=number)
    except InputError as wrong:
        raise AccessError("ACC-02", wrong.message, remedy=wrong.remedy) from wrong
