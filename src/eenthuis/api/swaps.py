"""Swaps ("uitruilen"): joint decisions of municipalities to change their targets, the sum staying the same."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Body, Router
from pydantic import Field

from eenthuis.api.answering import (
    READ,
    WRITTEN,
    IdempotencyKey,
    IfNoneMatch,
    Made,
    versioned,
    written_once,
)
from eenthuis.api.asking import (
    A_PAGE,
    FIRST_PAGE,
    Amount,
    Day,
    HalfYearKey,
    HalfYearText,
    MunicipalityKey,
    MunicipalityText,
    Number,
    PageSize,
    RowKey,
    Text,
    asked_by,
    page_links,
    today_of,
)
from eenthuis.api.problems import problem
from eenthuis.api.rejected import Rejected
from eenthuis.api.schemas import Asked, Schema
from eenthuis.rules.swaps import SwapRefused, agreement
from eenthuis.services.targets import list_swaps, read_swap, register_swap
from eenthuis.services.versions import version_of
from eenthuis.terms.errors import StateError
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.targets import Swap

router = Router()
MOST_PARTS = 400
MOST_PEOPLE = 100_000


class ChangeAsked(Asked):
    """What a swap changes for one municipality, in people."""

    municipality: MunicipalityText = Field(alias="gemeenteCode")
    people: Amount = Field(alias="aantal", ge=-MOST_PEOPLE, le=MOST_PEOPLE)


class SwapAsked(Asked):
    """A swap to register; the changes add up to nothing."""

    half_year: HalfYearText = Field(alias="halfjaar")
    decided_on: Day = Field(alias="besluitDatum")
    reference: Text = Field(alias="kenmerk")
    changes: list[ChangeAsked] = Field(alias="wijzigingen", min_length=2, max_length=MOST_PARTS)


class ChangeResource(Schema):
    """What a swap changed for one municipality, in people."""

    municipality: str = Field(serialization_alias="gemeenteCode")
    people: int = Field(serialization_alias="aantal")


class SwapResource(Schema):
    """A registered swap with the number of its receipt."""

    half_year: str = Field(serialization_alias="halfjaar")
    decided_on: date = Field(serialization_alias="besluitDatum")
    reference: str = Field(serialization_alias="kenmerk")
    changes: list[ChangeResource] = Field(serialization_alias="wijzigingen")
    receipt: str = Field(serialization_alias="ontvangstbewijsNummer")


class RegisteredResource(Schema):
    """A swap as it was registered, under its number."""

    number: int = Field(serialization_alias="nummer")
    half_year: str = Field(serialization_alias="halfjaar")
    decided_on: date = Field(serialization_alias="besluitDatum")
    reference: str = Field(serialization_alias="kenmerk")
    changes: list[ChangeResource] = Field(serialization_alias="wijzigingen")

    @classmethod
    def of(cls, number: int, agreed: Swap) -> RegisteredResource:
        """Return a swap under its number."""
        return cls(
            number=number,
            half_year=str(agreed.half_year),
            decided_on=agreed.decided_on,
            reference=agreed.reference,
            changes=[
                ChangeResource(municipality=code, people=people) for code, people in agreed.changes.items()
            ],
        )


@router.get(
    "/uitruilen", by_alias=True, response={200: list[RegisteredResource], **READ}, operation_id="uitruilen"
)
def swaps(
    request: HttpRequest,
    response: HttpResponse,
    half_year: HalfYearKey = None,
    municipality: MunicipalityKey = None,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[RegisteredResource]:
    """Geef de vastgelegde uitruilen van taakstelling, de nieuwste eerst."""
    rows, count = list_swaps(
        actor=asked_by(request),
        half_year=HalfYear.parse(half_year) if half_year else None,
        municipality=MunicipalityCode(municipality) if municipality else None,
        first=(page - 1) * page_size,
        most=page_size,
    )
    page_links(request, response, count=count, page=page, size=page_size)
    return [RegisteredResource.of(number, agreed) for number, agreed in rows]


@router.get(
    "/uitruilen/{nummer}",
    by_alias=True,
    response={200: RegisteredResource, 304: None, **READ},
    operation_id="uitruil",
)
def one_swap(request: HttpRequest, number: RowKey, seen: IfNoneMatch = None) -> HttpResponse:
    """Geef één uitruil."""
    agreed = read_swap(actor=asked_by(request), number=number)
    return versioned(seen, version_of((number, agreed)), RegisteredResource.of(number, agreed))


@router.post(
    "/uitruilen",
    by_alias=True,
    response={201: SwapResource, **WRITTEN},
    operation_id="uitruilVastleggen",
    url_name="swaps",
)
def register_swapped(
    request: HttpRequest, key: IdempotencyKey, asked: Annotated[SwapAsked, Body()]
) -> HttpResponse:
    """Leg een ruil vast; een gemeente alleen een ruil waaraan zij meedoet."""
    changes = [(MunicipalityCode(part.municipality), part.people) for part in asked.changes]
    agreed = agreement(HalfYear.parse(asked.half_year), asked.decided_on, changes, asked.reference)
    refused: list[SwapRefused] = []

    def act() -> Made:
        outcome = (
            agreed
            if isinstance(agreed, SwapRefused)
            else register_swap(actor=asked_by(request), agreed=agreed, today=today_of(request))
        )
        if isinstance(outcome, SwapRefused):
            refused.append(outcome)
            raise StateError("STA-02", "; ".join(outcome.reasons), remedy="Agree on a swap that can stand.")
        return Made(
            SwapResource(
                half_year=asked.half_year,
                decided_on=asked.decided_on,
                reference=asked.reference,
                changes=[
                    ChangeResource(municipality=part.municipality, people=part.people)
                    for part in asked.changes
                ],
                receipt=outcome.number,
            ),
            location=f"/api/v1/ontvangstbewijzen/{outcome.number}",
        )

    try:
        return written_once(request, key, act)
    except StateError as wrong:
        if not refused:
            raise
        errors = [Rejected(wrong.code, reason, "body", "#/wijzigingen") for reason in refused[0].reasons]
        return problem(409, "Deze ruil kan niet zo worden vastgelegd.", code=wrong.code, errors=errors)
