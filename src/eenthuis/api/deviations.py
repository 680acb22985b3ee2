"""Deviations ("afwijkingen") that were told: the time line, and what each means for every municipality."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from eenthuis.api.answering import READ
from eenthuis.api.asking import A_PAGE, FIRST_PAGE, Number, PageSize, RowKey, asked_by, paged, today_of
from eenthuis.api.schemas import Schema
from eenthuis.rules.deviation import Meaning
from eenthuis.services.deviating import TimeLine, read_deviation, read_time_line

router = Router()


class DeviationResource(Schema):
    """A deviation of the national number that was told, in people; ``dagen`` is how long the data showed it before."""

    number: int = Field(serialization_alias="nummer")
    half_year: str = Field(serialization_alias="halfjaar")
    origin: str = Field(serialization_alias="herkomst")
    told: int = Field(serialization_alias="eerderVerteld")
    expected: int = Field(serialization_alias="nuVerwacht")
    shown_on: date = Field(serialization_alias="zichtbaarDatum")
    drafted_on: date = Field(serialization_alias="klaargezetDatum")
    told_on: date = Field(serialization_alias="verteldDatum")
    days: int = Field(serialization_alias="dagen")
    why: str = Field(serialization_alias="toelichting")


class MeaningResource(Schema):
    """What a deviation means for one municipality: its net target by both numbers, in people, and homes."""

    municipality: str = Field(serialization_alias="gemeenteCode")
    told: int = Field(serialization_alias="eerderVerteld")
    expected: int = Field(serialization_alias="nuVerwacht")
    difference: int = Field(serialization_alias="verschil")
    homes: int = Field(serialization_alias="woningen")

    @classmethod
    def of(cls, one: Meaning) -> MeaningResource:
        """Return the meaning for a municipality."""
        return cls(
            municipality=one.municipality,
            told=one.told,
            expected=one.expected,
            difference=one.people,
            homes=one.homes,
        )


def _told(line: TimeLine) -> list[DeviationResource]:
    found = []
    for held in line.told:
        step, first = held.step("told"), held.step("put-forward")
        shown = max(held.found.signal.known_from, held.found.told.known_from)
        if step is not None:
            found.append(
                DeviationResource(
                    number=held.number,
                    half_year=str(held.found.told.half_year),
                    origin=held.found.signal.origin.value,
                    told=held.found.told.people,
                    expected=held.found.signal.people,
                    shown_on=shown,
                    drafted_on=held.drafted_on,
                    told_on=step.on,
                    days=(step.on - shown).days,
                    why=first.why if first else "",
                )
            )
    return found


@router.get(
    "/afwijkingen", by_alias=True, response={200: list[DeviationResource], **READ}, operation_id="afwijkingen"
)
def deviations(request: HttpRequest) -> list[DeviationResource]:
    """Geef de afwijkingen die zijn verteld, nieuwste eerst."""
    return _told(read_time_line(actor=asked_by(request), today=today_of(request)))


@router.get(
    "/afwijkingen/{nummer}/gemeenten",
    by_alias=True,
    response={200: list[MeaningResource], **READ},
    operation_id="afwijkingPerGemeente",
)
def deviation_meanings(
    request: HttpRequest,
    response: HttpResponse,
    number: RowKey,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[MeaningResource]:
    """Geef wat een afwijking voor elke gemeente betekent."""
    found = read_deviation(actor=asked_by(request), number=number).meanings
    return [MeaningResource.of(one) for one in found[paged(request, response, len(found), page, page_size)]]
