"""Forecasts ("prognoses") and official figures ("ramingen"): read by anyone, the latter told by the ministry."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Body, Query, Router
from pydantic import BeforeValidator, Field

from eenthuis.api.answering import READ, WRITTEN, IdempotencyKey, Made, written_once
from eenthuis.api.asking import Day, HalfYearKey, HalfYearText, Text, asked_by, integral, today_of
from eenthuis.api.schemas import Asked, Schema
from eenthuis.services.deviating import enter_estimate
from eenthuis.services.estimates import EstimateView, read_estimates
from eenthuis.services.forecasting import ForecastLine, ForecastPage, SeriesPart, read_forecasts
from eenthuis.terms.errors import InputErrors, StateError
from eenthuis.terms.estimates import MOST_PEOPLE, Estimate, EstimateKind, Quantity
from eenthuis.terms.half_year import HalfYear

router = Router()
People = Annotated[int, Field(ge=0, le=MOST_PEOPLE), BeforeValidator(integral)]
QuantityKey = Annotated[Quantity | None, Query(alias="grootheid")]


class ForecastResource(Schema):
    """Our forecast of one half-year, in people: the middle, and the bands of 50, 80 and 90 percent."""

    series: str = Field(serialization_alias="reeks")
    half_year: str = Field(serialization_alias="halfjaar")
    made_on: date = Field(serialization_alias="gemaaktDatum")
    last_known: str = Field(serialization_alias="laatstBekendHalfjaar")
    model: str
    middle: int = Field(serialization_alias="midden")
    low50: int = Field(serialization_alias="ondergrens50")
    high50: int = Field(serialization_alias="bovengrens50")
    low80: int = Field(serialization_alias="ondergrens80")
    high80: int = Field(serialization_alias="bovengrens80")
    low90: int = Field(serialization_alias="ondergrens90")
    high90: int = Field(serialization_alias="bovengrens90")

    @classmethod
    def of(cls, page: ForecastPage, part: SeriesPart, line: ForecastLine) -> ForecastResource:
        """Return the forecast of one half-year."""
        at = line.quantiles
        return cls(
            series=part.series,
            half_year=str(line.half_year),
            made_on=page.made_on or page.today,
            last_known=str(part.last_known),
            model=page.model,
            middle=at[0.5],
            low50=at[0.25],
            high50=at[0.75],
            low80=at[0.1],
            high80=at[0.9],
            low90=at[0.05],
            high90=at[0.95],
        )


class EstimateResource(Schema):
    """An official figure of a half-year, in people; ``nummer`` is null for one that comes with the program."""

    number: int | None = Field(serialization_alias="nummer")
    quantity: str = Field(serialization_alias="grootheid")
    half_year: str = Field(serialization_alias="halfjaar")
    kind: str = Field(serialization_alias="soort")
    low: int | None = Field(serialization_alias="minimum")
    middle: int = Field(serialization_alias="midden")
    high: int | None = Field(serialization_alias="maximum")
    made_on: date | None = Field(serialization_alias="bekendDatum")
    known_by: date | None = Field(serialization_alias="uiterlijkBekendDatum")
    until: date | None = Field(serialization_alias="geteldTotDatum")
    source: str = Field(serialization_alias="bron")
    note: str = Field(serialization_alias="toelichting")
    replaces: int | None = Field(serialization_alias="vervangt")
    is_replaced: bool = Field(serialization_alias="isVervangen")

    @classmethod
    def of(cls, view: EstimateView) -> EstimateResource:
        """Return an official figure."""
        made = view.estimate
        return cls(
            number=view.number or None,
            quantity=made.quantity.value,
            half_year=str(made.half_year),
            kind=made.kind.value,
            low=made.low,
            middle=made.middle,
            high=made.high,
            made_on=made.made_on,
            known_by=made.known_by,
            until=made.until,
            source=made.source,
            note=made.note,
            replaces=view.replaces,
            is_replaced=view.is_replaced,
        )


class EstimateAsked(Asked):
    """An official figure to enter; one of the same kind, half-year and day corrects the one before."""

    quantity: Annotated[Quantity, Field(alias="grootheid", strict=False)]
    half_year: HalfYearText = Field(alias="halfjaar")
    kind: Annotated[EstimateKind, Field(alias="soort", strict=False)] = EstimateKind.ESTIMATE
    low: People | None = Field(default=None, alias="minimum")
    middle: People = Field(alias="midden")
    high: People | None = Field(default=None, alias="maximum")
    made_on: Day = Field(alias="bekendDatum")
    until: Day | None = Field(default=None, alias="geteldTotDatum")
    source: Text = Field(alias="bron")
    note: Text | None = Field(default=None, alias="toelichting")


@router.get(
    "/prognoses", by_alias=True, response={200: list[ForecastResource], **READ}, operation_id="prognoses"
)
def forecasts(request: HttpRequest) -> list[ForecastResource]:
    """Geef de laatste prognoses, vier halfjaren vooruit; leeg zolang er geen is gemaakt."""
    page = read_forecasts(actor=asked_by(request), today=today_of(request))
    return [ForecastResource.of(page, part, line) for part in page.parts for line in part.lines]


@router.get(
    "/ramingen", by_alias=True, response={200: list[EstimateResource], **READ}, operation_id="ramingen"
)
def estimates(
    request: HttpRequest, quantity: QuantityKey = None, half_year: HalfYearKey = None
) -> list[EstimateResource]:
    """Geef de officiële ramingen en tellingen, het verbeterde ook."""
    listed = read_estimates(
        actor=asked_by(request),
        quantity=quantity,
        half_year=HalfYear.parse(half_year) if half_year else None,
    )
    return [EstimateResource.of(view) for view in listed]


@router.post(
    "/ramingen",
    by_alias=True,
    response={201: EstimateResource, **WRITTEN},
    operation_id="ramen",
    url_name="estimates",
)
def state(request: HttpRequest, key: IdempotencyKey, asked: Annotated[EstimateAsked, Body()]) -> HttpResponse:
    """Voer een officiële raming of telling in."""

    def act() -> Made:
        made = Estimate(
            quantity=asked.quantity,
            half_year=HalfYear.parse(asked.half_year),
            kind=asked.kind,
            middle=asked.middle,
            low=asked.low,
            high=asked.high,
            made_on=asked.made_on,
            known_by=None,
            until=asked.until,
            source=asked.source,
            note=asked.note or "",
        )
        try:
            view = enter_estimate(actor=asked_by(request), made=made, today=today_of(request))
        except InputErrors as wrong:  # each part is sound; together they cannot be
            raise StateError("STA-01", wrong.message, remedy=wrong.remedy) from wrong
        return Made(EstimateResource.of(view), location=f"/api/v1/ramingen?halfjaar={made.half_year}")

    return written_once(request, key, act)
