"""Reading a request strictly: who asks, what day it is, days, numbers and pages as the description says them."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query
from ninja.errors import HttpError
from ninja.parser import Parser
from ninja.types import DictStrAny
from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from eenthuis.services.country import running_half_year
from eenthuis.terms.access import ANYONE, Actor
from eenthuis.terms.estimates import MOST_PEOPLE
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import LinkingRegion

MOST_A_PAGE = 400
MOST_PAGES = 1_000_000
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
NUMBER = re.compile(r"0|[1-9]\d{0,8}", re.ASCII)
HALF_YEAR = r"^20[0-9]{2}-(I|II)$"
MUNICIPALITY = r"^GM[0-9]{4}$"
PROVINCE = r"^PV[0-9]{2}$"
OPAQUE = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
CENTRE = r"^[A-Za-z0-9-]{1,12}$"
FILE = r"^[A-Za-z0-9-]{1,20}$"
HOME = r"^W-[0-9]{7}$"
SEARCH = r"^[^\x00-\x1f]+$"
TEXT = r"^[^\x00-\x1f\x7f]{0,999}[^\s\x00-\x20\x7f\x85][^\x00-\x1f\x7f]{0,999}$"
MOST_NUMBER = 999_999_999


def _day(value: object) -> object:
    """Read a day written out in full; a number is no day, though a lax reader would take it for one."""
    if not isinstance(value, str):
        return value
    if not DAY.fullmatch(value):
        raise ValueError("dit moet een datum zijn, als 2026-01-31")
    try:
        return date.fromisoformat(value)
    except ValueError as wrong:
        raise ValueError("deze dag bestaat niet") from wrong


def _number(value: object) -> object:
    """Read a whole number as it stands in an address: digits, nothing else."""
    if isinstance(value, str):
        if not NUMBER.fullmatch(value):
            raise ValueError("dit moet een geheel getal zijn")
        return int(value)
    return value


def integral(value: object) -> object:
    """Read a whole number in a body; JSON writes 3 and 3.0 for the same number, and text is none."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _bare(value: str) -> str:
    """Leave out the spaces around a text; its pattern has refused what no table can hold and what says nothing."""
    return value.strip()


def _flag(value: object) -> object:
    """Read true or false as they stand in an address."""
    if isinstance(value, str):
        if value not in {"true", "false"}:
            raise ValueError("dit moet true of false zijn")
        return value == "true"
    return value


DaySchema = WithJsonSchema({"type": "string", "format": "date"})
Day = Annotated[date, BeforeValidator(_day), DaySchema]
Whole = Annotated[int, BeforeValidator(_number)]
People = Annotated[int, Field(ge=0, le=MOST_PEOPLE), BeforeValidator(_number)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Text = Annotated[str, Field(pattern=TEXT), AfterValidator(_bare)]
HalfYearText = Annotated[str, Field(pattern=HALF_YEAR)]
MunicipalityText = Annotated[str, Field(pattern=MUNICIPALITY)]
CentreText = Annotated[str, Field(pattern=CENTRE)]
FileText = Annotated[str, Field(pattern=FILE)]
OpaqueText = Annotated[str, Field(pattern=OPAQUE)]
Amount = Annotated[int, BeforeValidator(integral)]

DayKey = Annotated[Day | None, Query(alias="peildatum")]
HalfYearKey = Annotated[str | None, Query(alias="halfjaar", pattern=HALF_YEAR)]
ProvinceKey = Annotated[str | None, Query(alias="provincie", pattern=PROVINCE)]
MunicipalityKey = Annotated[str | None, Query(alias="gemeenteCode", pattern=MUNICIPALITY)]
RegionKey = Annotated[LinkingRegion | None, Query(alias="regio")]
LinkedKey = Annotated[Flag | None, Query(alias="isGekoppeld")]
SignedOffKey = Annotated[Flag | None, Query(alias="isAfgemeld")]
InForceKey = Annotated[Flag | None, Query(alias="isVanKracht")]
UnreadKey = Annotated[Flag | None, Query(alias="isOngelezen")]
AsksKey = Annotated[Flag | None, Query(alias="vraagtBevestiging")]
FIRST_PAGE = 1
A_PAGE = 50
Number = Annotated[Whole, Query(FIRST_PAGE, ge=1, le=MOST_PAGES)]
PageSize = Annotated[Whole, Query(A_PAGE, ge=1, le=MOST_A_PAGE, alias="pageSize")]
RowKey = Annotated[Whole, Path(ge=1, le=MOST_NUMBER, alias="nummer")]
RankKey = Annotated[Whole, Path(ge=1, le=MOST_NUMBER, alias="volgnummer")]
HouseholdKey = Annotated[str, Path(alias="nummer", pattern=OPAQUE)]


class StrictParser(Parser):
    """Reads a body as JSON and nothing else: no numbers that are none, no key twice."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        """Return the body.

        Raises
        ------
        HttpError
            415 when it is not sent as JSON, 400 when it is none.
        """
        if request.content_type != "application/json":
            raise HttpError(415, "Stuur de inhoud als application/json.")
        try:
            read: DictStrAny = json.loads(
                request.body.decode("utf-8"), parse_constant=_no_number, object_pairs_hook=_once
            )
        except (ValueError, RecursionError) as wrong:
            raise HttpError(400, f"De inhoud is geen geldige JSON: {_where(wrong)}.") from wrong
        return read


def _no_number(word: str) -> object:
    raise ValueError(f"{word} is geen getal")


def _once(pairs: list[tuple[str, Any]]) -> DictStrAny:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError("een naam komt twee keer voor")
    return read


def _where(wrong: Exception) -> str:
    match wrong:
        case json.JSONDecodeError():
            return f"regel {wrong.lineno}, kolom {wrong.colno}"
        case UnicodeDecodeError():
            return f"byte {wrong.start} is geen UTF-8"
        case ValueError():
            return str(wrong)
        case _:
            return "te diep genest"


def asked_by(request: HttpRequest) -> Actor:
    """Return who asks."""
    who = getattr(request, "actor", ANYONE)
    return who if isinstance(who, Actor) else ANYONE


def today_of(request: HttpRequest) -> date:
    """Return the day it is for this request."""
    day = getattr(request, "today", None)
    if not isinstance(day, date):
        raise TypeError("the request has no day; ActorMiddleware sets it")
    return day


def half_year_of(request: HttpRequest, written: str | None) -> HalfYear:
    """Return the half-year that was asked for, or the running one.

    Raises
    ------
    InputError
        INP-01 when it is none.
    """
    return HalfYear.parse(written) if written else running_half_year(today_of(request))


def page_links(request: HttpRequest, response: HttpResponse, *, count: int, page: int, size: int) -> None:
    """Put the addresses of the pages around this one on the answer, and how many rows there are in all."""
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


def paged(request: HttpRequest, response: HttpResponse, count: int, page: int, size: int) -> slice:
    """Return which rows make the page asked for, and put the addresses of the pages around it on the answer."""
    page_links(request, response, count=count, page=page, size=size)
    return slice((page - 1) * size, page * size)
