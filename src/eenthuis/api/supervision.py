"""Supervision: how municipalities stood at the start of a day, and the chance that they meet their target."""

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
from eenthuis.services.warnings import WarningLine, WarningsPage, read_warnings
from eenthuis.terms.places import ProvinceCode

router = Router()
SupervisedKey = Annotated[str, Query(alias="provincie", pattern=PROVINCE)]


class GroundResource(Schema):
    """One reason with its numbers; what they count follows from the kind."""

    kind: str = Field(serialization_alias="soort")
    number: int = Field(serialization_alias="getal")
    out_of: int = Field(serialization_alias="van")
    by: date | None = Field(serialization_alias="uitersteDatum")


class WarningFigureResource(Schema):
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
    answer_by: date | None = Field(serialization_alias="antwoordDatum")
    grounds: list[GroundResource] = Field(serialization_alias="redenen")
    figures: list[WarningFigureResource] = Field(serialization_alias="getallen")
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
                WarningFigureResource(kind=figure.kind.value, number=figure.number)
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


class WarningResource(Schema):
    """The chance of one municipality to meet its target by the end of the running half-year, and what it rests on."""

    municipality: str = Field(serialization_alias="gemeenteCode")
    name: str = Field(serialization_alias="gemeenteNaam")
    half_year: str = Field(serialization_alias="halfjaar")
    as_of: date = Field(serialization_alias="peilDatum")
    chance: float | None = Field(serialization_alias="kans")
    is_low: bool = Field(serialization_alias="isOnderDrempel")
    needed: int = Field(serialization_alias="nodig")
    realised: int = Field(serialization_alias="gerealiseerd")
    linked: int = Field(serialization_alias="gekoppeld")
    expected: float = Field(serialization_alias="verwachtVanGekoppeld")
    coming: float = Field(serialization_alias="verwachtVanNieuw")
    why: str = Field(serialization_alias="reden")
    links: int | None = Field(serialization_alias="extraTeKoppelen")

    @classmethod
    def of(cls, line: WarningLine, page: WarningsPage) -> WarningResource:
        """Return a warning."""
        one = line.warned
        return cls(
            municipality=line.code,
            name=line.name,
            half_year=str(page.half_year),
            as_of=page.today,
            chance=None if one.chance is None else round(one.chance, 3),
            is_low=one.is_low,
            needed=one.needed,
            realised=one.realised,
            linked=one.linked,
            expected=round(one.expected, 1),
            coming=round(one.coming, 1),
            why=one.why.value,
            links=one.turn.links,
        )


@router.get(
    "/waarschuwingen",
    by_alias=True,
    response={200: list[WarningResource], **GUARDED},
    operation_id="waarschuwingen",
)
def warned(
    request: HttpRequest,
    response: HttpResponse,
    province: SupervisedKey,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[WarningResource]:
    """Geef per gemeente de kans om de taakstelling te halen; wie het eerst gesproken moet worden bovenaan."""
    found = read_warnings(actor=asked_by(request), province=ProvinceCode(province), today=today_of(request))
    shown = found.lines[paged(request, response, len(found.lines), page, page_size)]
    return [WarningResource.of(line, found) for line in shown]
