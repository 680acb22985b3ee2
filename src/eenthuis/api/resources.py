"""The resources of version 1: announcements, municipalities, targets, progress and receipts."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Path, Query
from ninja.openapi.schema import OpenAPISchema
from ninja.types import DictStrAny
from pydantic import BeforeValidator

from eenthuis import reference
from eenthuis.api import problems
from eenthuis.api.schemas import (
    AnnouncementResource,
    MonthResource,
    MunicipalityResource,
    ProblemResource,
    ProgressResource,
    RecomputedResource,
    TargetResource,
)
from eenthuis.services.announced import views
from eenthuis.services.country import read_country, running_half_year
from eenthuis.services.receipts import read_receipt, verify_receipt
from eenthuis.services.targets import read_half_year
from eenthuis.terms.access import ANYONE, Actor
from eenthuis.terms.errors import AccessError, InputError, ReferenceFactError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.receipt import Receipt, plain

MOST_A_PAGE = 400
ERRORS = dict.fromkeys((400, 404, 503), ProblemResource)
FIRST_ERROR = 400
HEADERS = {
    "API-Version": {
        "description": "full version of the API",
        "schema": {"type": "string", "examples": [problems.VERSION]},
    }
}
CONTACT = {
    "name": "Eenthuis",
    "email": "beheer@eenthuis.example",
    "url": "https://eenthuis.example/over",
}


def _day(value: object) -> object:
    """Read a day written out in full; a number is no day, though a lax reader would take it for one."""
    return date.fromisoformat(value) if isinstance(value, str) else value


Day = Annotated[date, BeforeValidator(_day)]
DayKey = Annotated[Day | None, Query(alias="peildatum")]
HalfYearKey = Annotated[str | None, Query(alias="halfjaar")]
ProvinceKey = Annotated[str | None, Query(alias="provincie")]
NumberKey = Annotated[str, Path(alias="nummer")]
Number = Annotated[int, Query(ge=1)]
PageSize = Annotated[int, Query(ge=1, le=MOST_A_PAGE, alias="pageSize")]


def _flat(value: DictStrAny) -> DictStrAny:
    """Say of a value that may be missing that it is of its type or null, so that its format stands beside it."""
    kinds = value.get("anyOf", ())
    if [kind.get("type") for kind in kinds][-1:] != ["null"]:
        return value
    return {**value["anyOf"][0], "type": [value["anyOf"][0]["type"], "null"], "title": value["title"]}


class _Api(NinjaAPI):
    """Describes errors as the problem documents they are, and the headers that every answer carries."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: DictStrAny | None = None
    ) -> OpenAPISchema:
        """Return the description with errors, headers and values that may be missing put right."""
        del path_prefix
        document = super().get_openapi_schema(path_prefix="", path_params=path_params)
        for schema in document["components"]["schemas"].values():
            for key, value in schema["properties"].items():
                schema["properties"][key] = _flat(value)
        for path in document["paths"].values():
            for operation in path.values():
                for status, response in operation["responses"].items():
                    response["headers"] = HEADERS
                    if int(status) >= FIRST_ERROR:
                        response["content"] = {
                            "application/problem+json": response["content"]["application/json"]
                        }
        return document


api = _Api(
    title="Eenthuis",
    version=problems.VERSION,
    description="TargetResource, voortgang en ontvangstbewijzen voor het huisvesten van vergunninghouders.",
    openapi_url="/openapi.json",
    docs_url=None,
    urls_namespace="api-1",
    servers=[{"url": "/api/v1", "description": "this installation"}],
    openapi_extra={
        "info": {"contact": CONTACT, "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}},
    },
)
problems.register(api)


def _asked_by(request: HttpRequest) -> Actor:
    who = getattr(request, "actor", ANYONE)
    return who if isinstance(who, Actor) else ANYONE


def _today(request: HttpRequest) -> date:
    day = getattr(request, "today", None)
    if not isinstance(day, date):
        raise TypeError("the request has no day; ActorMiddleware sets it")
    return day


def _half_year(request: HttpRequest, written: str | None) -> HalfYear:
    return HalfYear.parse(written) if written else running_half_year(_today(request))


def _paged(request: HttpRequest, response: HttpResponse, count: int, page: int, size: int) -> slice:
    """Return which rows make the page asked for, and put the addresses of the pages around it on the answer."""
    last = max(1, -(-count // size))
    pages = {"first": 1, "last": last}
    if page > 1:
        pages["prev"] = min(page - 1, last)
    if page < last:
        pages["next"] = page + 1
    links = []
    for name, number in pages.items():
        query = request.GET.copy()
        query["page"], query["pageSize"] = str(number), str(size)
        links.append(f'<{request.path}?{query.urlencode()}>; rel="{name}"')
    response["Link"] = ", ".join(links)
    response["X-Total-Count"] = str(count)
    return slice((page - 1) * size, page * size)


@api.get(
    "/aankondigingen",
    by_alias=True,
    response={200: list[AnnouncementResource], **ERRORS},
    operation_id="aankondigingen",
)
def announcements(request: HttpRequest, half_year: HalfYearKey = None) -> list[AnnouncementResource]:
    """Geef de landelijke getallen van een halfjaar, het vervangene ook, met de juridische opmerkingen."""
    return [AnnouncementResource.of(view) for view in views(_half_year(request, half_year))]


@api.get(
    "/gemeenten",
    by_alias=True,
    response={200: list[MunicipalityResource], **ERRORS},
    operation_id="gemeenten",
)
def municipalities(
    request: HttpRequest,
    response: HttpResponse,
    on: DayKey = None,
    province: ProvinceKey = None,
    page: Number = 1,
    page_size: PageSize = 50,
) -> list[MunicipalityResource]:
    """Geef de gemeenten die op een dag bestonden, op volgorde van code."""
    places = [
        place
        for place in reference.municipalities(on or _today(request))
        if province is None or place.province == province
    ]
    shown = places[_paged(request, response, len(places), page, page_size)]
    return [MunicipalityResource.of(place) for place in shown]


@api.get(
    "/taakstellingen",
    by_alias=True,
    response={200: list[TargetResource], **ERRORS},
    operation_id="taakstellingen",
)
def targets(
    request: HttpRequest,
    response: HttpResponse,
    half_year: HalfYearKey = None,
    province: ProvinceKey = None,
    page: Number = 1,
    page_size: PageSize = 50,
) -> list[TargetResource]:
    """Geef de taakstelling en de voortgang van elke gemeente in een halfjaar, op volgorde van code."""
    found = read_half_year(
        actor=_asked_by(request), half_year=_half_year(request, half_year), today=_today(request)
    )
    rows = [row for row in found.rows if province is None or row.province_code == province]
    shown = rows[_paged(request, response, len(rows), page, page_size)]
    return [TargetResource.of(row, str(found.half_year)) for row in shown]


@api.get(
    "/taakstellingen/{halfjaar}/{gemeenteCode}",
    by_alias=True,
    response={200: TargetResource, **ERRORS},
    operation_id="taakstelling",
)
def target(
    request: HttpRequest,
    written: Annotated[str, Path(alias="halfjaar")],
    municipality: Annotated[str, Path(alias="gemeenteCode")],
) -> TargetResource:
    """Geef de taakstelling en de voortgang van één gemeente."""
    half_year = HalfYear.parse(written)
    place = reference.municipality(municipality, half_year.first_day)
    found = read_half_year(actor=_asked_by(request), half_year=half_year, today=_today(request))
    for row in found.rows:
        if row.code == place.code:
            return TargetResource.of(row, str(half_year))
    raise ReferenceFactError(
        "REF-03", f"{place.code} carries no target in {half_year}", remedy="Choose another half-year."
    )


@api.get("/voortgang", by_alias=True, response={200: ProgressResource, **ERRORS}, operation_id="voortgang")
def progress(request: HttpRequest) -> ProgressResource:
    """Geef het land in het lopende halfjaar: taakstelling, gehuisvest, gekoppeld en wie wacht."""
    country = read_country(actor=_asked_by(request), today=_today(request))
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


@api.get(
    "/ontvangstbewijzen/{nummer}",
    by_alias=True,
    response={200: dict[str, object], **ERRORS},
    operation_id="ontvangstbewijs",
)
def receipt(request: HttpRequest, number: NumberKey) -> HttpResponse:
    """Geef een ontvangstbewijs met alles wat nodig is om het na te rekenen."""
    return JsonResponse(plain(_receipt(request, number)), json_dumps_params={"ensure_ascii": False})


@api.get(
    "/ontvangstbewijzen/{nummer}/narekening",
    by_alias=True,
    response={200: RecomputedResource, **ERRORS},
    operation_id="narekening",
)
def recomputed(request: HttpRequest, number: NumberKey) -> RecomputedResource:
    """Reken een ontvangstbewijs na uit zijn eigen invoer."""
    found = _receipt(request, number).number
    again = verify_receipt(actor=_asked_by(request), number=found)
    return RecomputedResource(number=found, is_same=again.is_same, differences=list(again.differences))


def _receipt(request: HttpRequest, number: str) -> Receipt:
    try:
        return read_receipt(actor=_asked_by(request), number=number)
    except InputError as wrong:
        raise AccessError("ACC-02", wrong.message, remedy=wrong.remedy) from wrong
