"""Readings of supervision: how municipalities stood at the start of a day, as far as one may see them."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from eenthuis.api.answering import GUARDED
from eenthuis.api.asking import (
    A_PAGE,
    FIRST_PAGE,
    PROVINCE,
    DayKey,
    Number,
    PageSize,
    asked_by,
    paged,
    today_of,
)
from eenthuis.api.schemas import Schema
from eenthuis.services.readings import ReadingLine, read_readings
from eenthuis.terms.places import ProvinceCode

router = Router()
SupervisedKey = Annotated[str, Query(alias="provincie", pattern=PROVINCE)]


class GroundResource(Schema):
    """One reason with its numbers; what they count follows from the kind."""

    kind: str = Field(serialization_alias="soort")
    number: int = Field(serialization_alias="getal")
    out_of: int = Field(serialization_alias="van")
    by: date | None = Field(serialization_alias="dag")


class FigureResource(Schema):
    """One number with what it is."""

    kind: str = Field(serialization_alias="soort")
    number: int = Field(serialization_alias="getal")


class ReadingResource(Schema):
    """How one municipality stood at the start of a day; the rung is a proposal, the province decides."""

    municipality: str = Field(serialization_alias="gemeenteCode")
    name: str = Field(serialization_alias="gemeenteNaam")
    half_year: str = Field(serialization_alias="halfjaar")
    as_of: date = Field(serialization_alias="peilDatum")
    is_provisional: bool = Field(serialization_alias="isVoorlopig")
    verdict: str = Field(serialization_alias="oordeel")
    people: int = Field(serialization_alias="tekort")
    held: int = Field(serialization_alias="huidigeTrede")
    rung: int = Field(serialization_alias="voorgesteldeTrede")
    answer_by: date | None = Field(serialization_alias="antwoordVoor")
    grounds: list[GroundResource] = Field(serialization_alias="redenen")
    figures: list[FigureResource] = Field(serialization_alias="getallen")
    receipt: str | None = Field(serialization_alias="ontvangstbewijsNummer")

    @classmethod
    def of(cls, line: ReadingLine) -> ReadingResource:
        """Return a reading."""
        one = line.assessment
        return cls(
            municipality=line.code,
            name=line.name,
            half_year=str(line.figures.half_year),
            as_of=one.as_of,
            is_provisional=one.is_provisional,
            verdict=line.verdict,
            people=line.people,
            held=one.held,
            rung=one.rung,
            answer_by=one.answer_by,
            grounds=[
                GroundResource(
                    kind=ground.kind.value, number=ground.number, out_of=ground.out_of, by=ground.by
                )
                for ground in one.grounds
            ],
            figures=[
                FigureResource(kind=figure.kind.value, number=figure.number)
                for figure in line.figures.figures
            ],
            receipt=line.receipt or None,
        )


@router.get(
    "/beoordelingen",
    by_alias=True,
    response={200: list[ReadingResource], **GUARDED},
    operation_id="beoordelingen",
)
def assessed(
    request: HttpRequest,
    response: HttpResponse,
    province: SupervisedKey,
    as_of: DayKey = None,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[ReadingResource]:
    """Geef de beoordelingen van een provincie aan het begin van een dag, de dringendste eerst."""
    found = read_readings(
        actor=asked_by(request), province=ProvinceCode(province), today=today_of(request), as_of=as_of
    )
    shown = found.lines[paged(request, response, len(found.lines), page, page_size)]
    return [ReadingResource.of(line) for line in shown]
