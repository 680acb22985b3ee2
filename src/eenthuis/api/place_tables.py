"""The regional table of a province ("provinciale tafel"): what is short, proposals to fill it, and its report."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Body, Path, Query, Router
from pydantic import Field

from eenthuis.api.answering import (
    GUARDED,
    WRITTEN,
    IdempotencyKey,
    IfNoneMatch,
    Made,
    made,
    told,
    written_together,
)
from eenthuis.api.asking import PROVINCE, Amount, Text, Whole, asked_by, today_of
from eenthuis.api.schemas import LONGEST_WHY, Asked, Schema
from eenthuis.rules.filling import Filling
from eenthuis.rules.table_proposals import FillingLine
from eenthuis.services.allocations import accept_filling, report_table
from eenthuis.services.place_table import TableLine, TablePage, read_table
from eenthuis.terms.capacity import MOST_PLACES
from eenthuis.terms.places import ProvinceCode

router = Router()
Aim = Literal["least-deviation", "fewest-sites", "spread"]
TableKey = Annotated[str, Path(alias="provincieCode", pattern=PROVINCE)]
LeastKey = Annotated[Whole | None, Query(alias="kleinsteLocatie", ge=1, le=MOST_PLACES)]


class TableLineResource(Schema):
    """What is allocated to a municipality as the table stands, in places; a negative shortage is an excess."""

    municipality: str = Field(serialization_alias="gemeenteCode")
    share: int = Field(serialization_alias="aandeel")
    swapped: int = Field(serialization_alias="geruild")
    durable: int = Field(serialization_alias="duurzaam")
    standing: int = Field(serialization_alias="aanwezig")
    offered: int = Field(serialization_alias="aangeboden")
    places: int = Field(serialization_alias="plaatsen")
    lacking: int = Field(serialization_alias="tekort")

    @classmethod
    def of(cls, shown: TableLine) -> TableLineResource:
        """Return the line of a municipality."""
        one = shown.line
        return cls(
            municipality=one.municipality,
            share=one.share,
            swapped=one.swapped,
            durable=one.durable,
            standing=one.standing,
            offered=one.offered,
            places=one.places,
            lacking=one.lacking,
        )


class FillingResource(Schema):
    """A proposal to fill what is short by one aim; places is null where there is not enough room."""

    aim: str = Field(serialization_alias="doel")
    places: dict[str, int] | None = Field(serialization_alias="plaatsenPerGemeente")
    over: int = Field(serialization_alias="teVeel")
    deviation: int = Field(serialization_alias="afwijking")

    @classmethod
    def of(cls, one: FillingLine) -> FillingResource:
        """Return a proposal."""
        found = one.filling if isinstance(one.filling, Filling) else None
        return cls(
            aim=one.aim,
            places={str(code): places for code, places in found.places.items()} if found else None,
            over=found.over if found else 0,
            deviation=one.deviation,
        )


class AdviceResource(Schema):
    """The newest draft of a province to fill what is short, or its report to the minister."""

    kind: str = Field(serialization_alias="soort")
    aim: str = Field(serialization_alias="doel")
    places: dict[str, int] = Field(serialization_alias="plaatsenPerGemeente")
    short: int = Field(serialization_alias="tekort")
    note: str = Field(serialization_alias="toelichting")


class PlaceTableResource(Schema):
    """The table of a province in the running cycle, in places."""

    province: str = Field(serialization_alias="provincieCode")
    year: int = Field(serialization_alias="jaar")
    task: int = Field(serialization_alias="opgave")
    remaining: int = Field(serialization_alias="opgaveZonderDuurzaam")
    allocated: int = Field(serialization_alias="verdeeld")
    short: int = Field(serialization_alias="tekort")
    smallest: int = Field(serialization_alias="kleinsteLocatie")
    is_binding: bool = Field(serialization_alias="isWetVanKracht")
    lines: list[TableLineResource] = Field(serialization_alias="gemeenten")
    fillings: list[FillingResource] = Field(serialization_alias="voorstellen")
    advice: AdviceResource | None = Field(serialization_alias="laatsteAdvies")

    @classmethod
    def of(cls, page: TablePage) -> PlaceTableResource:
        """Return a table."""
        made_now, last = page.state.made, page.drafted
        return cls(
            province=page.province.code,
            year=page.state.year,
            task=made_now.task.places,
            remaining=made_now.task.remaining,
            allocated=made_now.allocated,
            short=made_now.short,
            smallest=page.smallest,
            is_binding=page.is_binding,
            lines=[TableLineResource.of(one) for one in page.lines],
            fillings=[FillingResource.of(one) for one in page.fillings],
            advice=AdviceResource(
                kind=last.kind,
                aim=last.aim,
                places={str(code): places for code, places in last.places.items()},
                short=last.short,
                note=last.note,
            )
            if last
            else None,
        )


class FillingAsked(Asked):
    """The proposal that a province accepts as its draft."""

    aim: Aim = Field(alias="doel")
    least: Amount = Field(alias="kleinsteLocatie", ge=1, le=MOST_PLACES)
    note: Annotated[Text, Field(max_length=LONGEST_WHY)] | None = Field(None, alias="toelichting")


class ReportAsked(Asked):
    """What a province reports to the minister of its table."""

    note: Annotated[Text, Field(max_length=LONGEST_WHY)] = Field(alias="toelichting")


@router.get(
    "/provinciale-tafels/{provincieCode}",
    by_alias=True,
    response={200: PlaceTableResource, 304: None, **GUARDED, 409: GUARDED[400]},
    operation_id="provincialeTafel",
)
def place_table(
    request: HttpRequest, province: TableKey, least: LeastKey = None, seen: IfNoneMatch = None
) -> HttpResponse:
    """Geef de tafel van een provincie: aandelen, aanbod, wat tekort is, en voorstellen om dat te vullen."""
    page = read_table(
        actor=asked_by(request), province=ProvinceCode(province), today=today_of(request), least=least
    )
    return told(seen, PlaceTableResource.of(page))


@router.post(
    "/provinciale-tafels/{provincieCode}/voorstellen",
    by_alias=True,
    response={201: PlaceTableResource, **WRITTEN},
    operation_id="invulvoorstelAannemen",
)
def accept_proposal(
    request: HttpRequest, province: TableKey, key: IdempotencyKey, asked: Annotated[FillingAsked, Body()]
) -> HttpResponse:
    """Neem een voorstel om het tekort te vullen aan als concept; de minister besluit."""

    def act() -> Made:
        accept_filling(
            actor=asked_by(request),
            province=ProvinceCode(province),
            aim=asked.aim,
            least=asked.least,
            note=asked.note or "",
            today=today_of(request),
        )
        return _made(request, province)

    return written_together(request, key, act)


@router.post(
    "/provinciale-tafels/{provincieCode}/verslagen",
    by_alias=True,
    response={201: PlaceTableResource, **WRITTEN},
    operation_id="tafelverslagUitbrengen",
)
def report(
    request: HttpRequest, province: TableKey, key: IdempotencyKey, asked: Annotated[ReportAsked, Body()]
) -> HttpResponse:
    """Breng aan de minister verslag uit van de tafel, met het nieuwste concept als dat er is."""

    def act() -> Made:
        report_table(
            actor=asked_by(request),
            province=ProvinceCode(province),
            note=asked.note,
            today=today_of(request),
        )
        return _made(request, province)

    return written_together(request, key, act, names={"note": "toelichting"})


def _made(request: HttpRequest, province: str) -> Made:
    page = read_table(actor=asked_by(request), province=ProvinceCode(province), today=today_of(request))
    return made(PlaceTableResource.of(page), f"/api/v1/provinciale-tafels/{province}")
