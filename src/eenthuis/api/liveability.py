"""Figures on liveability of projects of flex homes: recorded, corrected and withdrawn, each as a row of its own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Body, Router
from pydantic import Field

from eenthuis.api.answering import GUARDED, WRITTEN, IdempotencyKey, Made, written_once, written_together
from eenthuis.api.asking import (
    A_PAGE,
    FIRST_PAGE,
    Amount,
    Day,
    Number,
    PageSize,
    RankKey,
    Text,
    asked_by,
    paged,
    today_of,
)
from eenthuis.api.flex import ProjectKey
from eenthuis.api.schemas import Asked, Schema, WhyAsked
from eenthuis.services.liveability import (
    LONGEST_NAME,
    LONGEST_REASON,
    LONGEST_SOURCE,
    correct_liveability,
    read_figure,
    read_liveability,
    record_liveability,
    withdraw_liveability,
)
from eenthuis.terms.flex import FlexProjectId
from eenthuis.terms.liveability import LiveabilityFigure, LiveabilityId, LiveabilityMeasure

router = Router()
TENTHS = 10
MOST_TENTHS = 10_000
NAMES = {"waarde": "waardeTienden", "wie": "gemetenDoor", "bron": "bron", "reden": "reden"}


class LiveabilityResource(Schema):
    """A figure that holds, in tenths of its unit: percent, or a number per 100 homes in a year."""

    number: int = Field(serialization_alias="volgnummer")
    measure: str = Field(serialization_alias="maat")
    unit: str = Field(serialization_alias="eenheid")
    on: date = Field(serialization_alias="meetDatum")
    tenths: int = Field(serialization_alias="waardeTienden")
    measured_by: str = Field(serialization_alias="gemetenDoor")
    source: str = Field(serialization_alias="bron")

    @classmethod
    def of(cls, one: LiveabilityFigure) -> LiveabilityResource:
        """Return a figure as it was recorded."""
        return cls(
            number=one.number or 0,
            measure=one.measure.value,
            unit=one.measure.unit.value,
            on=one.on,
            tenths=int(one.value * TENTHS),
            measured_by=one.measured_by,
            source=one.source,
        )


class LiveabilityAsked(Asked):
    """A figure about a whole project; never about a resident or an address."""

    measure: LiveabilityMeasure = Field(alias="maat", strict=False)
    on: Day = Field(alias="meetDatum")
    tenths: Amount = Field(alias="waardeTienden", ge=0, le=MOST_TENTHS)
    measured_by: Annotated[Text, Field(max_length=LONGEST_NAME)] = Field(alias="gemetenDoor")
    source: Annotated[Text, Field(max_length=LONGEST_SOURCE)] = Field(alias="bron")

    @property
    def figure(self) -> LiveabilityFigure:
        """The figure as the register keeps it."""
        return LiveabilityFigure(
            self.measure, self.on, Decimal(self.tenths) / TENTHS, self.measured_by, self.source
        )


class CorrectedLiveabilityAsked(LiveabilityAsked):
    """A figure that takes the place of one that was wrong, and why."""

    why: Annotated[Text, Field(max_length=LONGEST_REASON)] = Field(alias="reden")


@router.get(
    "/flexprojecten/{nummer}/leefbaarheidscijfers",
    by_alias=True,
    response={200: list[LiveabilityResource], **GUARDED},
    operation_id="leefbaarheidscijfers",
    url_name="liveability-figures",
)
def liveability_figures(
    request: HttpRequest,
    response: HttpResponse,
    number: ProjectKey,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[LiveabilityResource]:
    """Geef de cijfers die gelden, per maat en dag; wat is verbeterd of ingetrokken staat er niet bij."""
    lines = read_liveability(actor=asked_by(request), identifier=FlexProjectId(number))
    found = [one for line in lines for one in line.figures]
    return [
        LiveabilityResource.of(one) for one in found[paged(request, response, len(found), page, page_size)]
    ]


@router.post(
    "/flexprojecten/{nummer}/leefbaarheidscijfers",
    by_alias=True,
    response={201: LiveabilityResource, **WRITTEN},
    operation_id="leefbaarheidscijferVastleggen",
    url_name="liveability-figures",
)
def record_figure(
    request: HttpRequest, number: ProjectKey, key: IdempotencyKey, asked: Annotated[LiveabilityAsked, Body()]
) -> HttpResponse:
    """Leg een cijfer over een project vast."""

    def act() -> Made:
        return _made(
            request,
            number,
            record_liveability(
                actor=asked_by(request),
                identifier=FlexProjectId(number),
                figure=asked.figure,
                today=today_of(request),
            ),
        )

    return written_together(request, key, act, names=NAMES)


@router.post(
    "/flexprojecten/{nummer}/leefbaarheidscijfers/{volgnummer}/verbeteringen",
    by_alias=True,
    response={201: LiveabilityResource, **WRITTEN},
    operation_id="leefbaarheidscijferVerbeteren",
)
def correct_figure(
    request: HttpRequest,
    number: ProjectKey,
    rank: RankKey,
    key: IdempotencyKey,
    asked: Annotated[CorrectedLiveabilityAsked, Body()],
) -> HttpResponse:
    """Zet een cijfer in de plaats van een dat fout was, met een reden; het eerdere blijft bewaard."""

    def act() -> Made:
        return _made(
            request,
            number,
            correct_liveability(
                actor=asked_by(request),
                identifier=FlexProjectId(number),
                number=LiveabilityId(rank),
                figure=asked.figure,
                why=asked.why,
                today=today_of(request),
            ),
        )

    return written_together(request, key, act, names=NAMES)


@router.post(
    "/flexprojecten/{nummer}/leefbaarheidscijfers/{volgnummer}/intrekkingen",
    by_alias=True,
    response={201: LiveabilityResource, **WRITTEN},
    operation_id="leefbaarheidscijferIntrekken",
)
def withdraw_figure(
    request: HttpRequest,
    number: ProjectKey,
    rank: RankKey,
    key: IdempotencyKey,
    asked: Annotated[WhyAsked, Body()],
) -> HttpResponse:
    """Trek een cijfer in dat nooit had moeten staan, met een reden; de rij blijft bewaard."""

    def act() -> Made:
        actor, identifier = asked_by(request), FlexProjectId(number)
        one = read_figure(actor=actor, identifier=identifier, number=LiveabilityId(rank))
        withdraw_liveability(actor=actor, identifier=identifier, number=LiveabilityId(rank), why=asked.why)
        return Made(LiveabilityResource.of(one))

    return written_once(request, key, act)


def _made(request: HttpRequest, project: str, number: LiveabilityId) -> Made:
    one = read_figure(actor=asked_by(request), identifier=FlexProjectId(project), number=number)
    return Made(LiveabilityResource.of(one), location=f"/api/v1/flexprojecten/{project}/leefbaarheidscijfers")
