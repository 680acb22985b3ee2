"""Swaps of shares of reception places ("plaatsenruilen"), put forward and accepted at the regional table."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Body, Router
from pydantic import Field

from eenthuis.api.answering import (
    GUARDED,
    LOOKED,
    WRITTEN,
    IdempotencyKey,
    Made,
    looked_at,
    made,
    written_once,
    written_together,
)
from eenthuis.api.asking import (
    A_PAGE,
    FIRST_PAGE,
    PROVINCE,
    Amount,
    MunicipalityText,
    Number,
    PageSize,
    RankKey,
    Text,
    asked_by,
    paged,
    today_of,
)
from eenthuis.api.places import KIND_WORDS, KINDS, Kind
from eenthuis.api.schemas import Asked, Schema, WhyAsked
from eenthuis.rules.regional_table import PlaceSwapRefused
from eenthuis.services.place_swaps import (
    LONGEST_NOTE,
    HeldPlaceSwap,
    SwapPreview,
    accept_swap,
    list_swaps,
    preview_swap,
    put_swap_forward,
    require_swap,
    withdraw_swap,
)
from eenthuis.terms.capacity import MOST_PLACES
from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.places import MunicipalityCode, ProvinceCode
from eenthuis.terms.reception import PlaceSwap

router = Router()
MOST_PARTS = 100
NAMES = {"changes": "wijzigingen", "note": "afspraak"}


class PlaceChangeAsked(Asked):
    """What a swap changes for one municipality, in places; positive takes places over."""

    municipality: MunicipalityText = Field(alias="gemeenteCode")
    places: Amount = Field(alias="plaatsen", ge=-MOST_PLACES, le=MOST_PLACES)


class PlaceSwapTriedAsked(Asked):
    """A swap inside a province; the changes add up to nothing."""

    province: str = Field(alias="provincieCode", pattern=PROVINCE)
    kind: Kind = Field("gewoon", alias="soort")
    is_durable: bool = Field(default=False, alias="isDuurzaam")
    changes: list[PlaceChangeAsked] = Field(alias="wijzigingen", min_length=2, max_length=MOST_PARTS)

    @property
    def agreed(self) -> PlaceSwap:
        """The swap that is meant.

        Raises
        ------
        InputError
            INP-03 when a municipality stands there twice.
        """
        changes = {MunicipalityCode(one.municipality): one.places for one in self.changes}
        if len(changes) < len(self.changes):
            raise InputError(
                "INP-03",
                "a municipality stands there twice",
                remedy="Name each municipality once.",
                location=Location(column="changes"),
            )
        return PlaceSwap(changes, KINDS[self.kind], self.is_durable)


class PlaceSwapAsked(PlaceSwapTriedAsked):
    """A swap to put forward, and what was agreed."""

    note: Annotated[Text, Field(max_length=LONGEST_NOTE)] = Field(alias="afspraak")


class PlaceChangeResource(Schema):
    """What a swap changes for one municipality, in places."""

    municipality: str = Field(serialization_alias="gemeenteCode")
    places: int = Field(serialization_alias="plaatsen")


class PlaceSwapResource(Schema):
    """A swap as it stands; it changes shares only when it holds."""

    number: int = Field(serialization_alias="nummer")
    year: int = Field(serialization_alias="jaar")
    province: str = Field(serialization_alias="provincieCode")
    kind: str = Field(serialization_alias="soort")
    is_durable: bool = Field(serialization_alias="isDuurzaam")
    changes: list[PlaceChangeResource] = Field(serialization_alias="wijzigingen")
    note: str = Field(serialization_alias="afspraak")
    state: str = Field(serialization_alias="toestand")
    holds: bool = Field(serialization_alias="isVanKracht")
    waiting_for: list[str] = Field(serialization_alias="wachtOp")
    put_forward_on: date = Field(serialization_alias="voorgelegdDatum")

    @classmethod
    def of(cls, held: HeldPlaceSwap) -> PlaceSwapResource:
        """Return a swap."""
        return cls(
            number=held.number,
            year=held.year,
            province=held.province,
            kind=KIND_WORDS[held.agreed.kind],
            is_durable=held.agreed.is_durable,
            changes=[
                PlaceChangeResource(municipality=code, places=places)
                for code, places in held.agreed.changes.items()
            ],
            note=held.note,
            state=held.state,
            holds=held.holds,
            waiting_for=list(held.waiting_for) if held.state == "open" else [],
            put_forward_on=held.steps[0].on,
        )


class PlaceSwapEffectResource(Schema):
    """What a swap would change for a municipality: what it offers less than its share, before and after, in places."""

    municipality: str = Field(serialization_alias="gemeenteCode")
    lacking_before: int = Field(serialization_alias="tekortNu")
    lacking_after: int = Field(serialization_alias="tekortNaRuil")


class PlaceSwapPreviewResource(Schema):
    """What a swap would do, or every reason why it cannot stand; nothing is kept."""

    reasons: list[str] = Field(serialization_alias="redenen")
    effects: list[PlaceSwapEffectResource] = Field(serialization_alias="gevolgen")

    @classmethod
    def of(cls, found: SwapPreview) -> PlaceSwapPreviewResource:
        """Return what a swap would do to the municipalities whose shares it changes."""
        if isinstance(found.outcome, PlaceSwapRefused):
            return cls(reasons=list(found.outcome.reasons), effects=[])
        after = {line.municipality: line for line in found.outcome.lines}
        return cls(
            reasons=[],
            effects=[
                PlaceSwapEffectResource(
                    municipality=line.municipality,
                    lacking_before=line.lacking,
                    lacking_after=after[line.municipality].lacking,
                )
                for line in found.before.lines
                if line.swapped != after[line.municipality].swapped
            ],
        )


@router.get(
    "/plaatsenruilen",
    by_alias=True,
    response={200: list[PlaceSwapResource], **GUARDED},
    operation_id="plaatsenruilen",
    url_name="place-swaps",
)
def place_swaps(
    request: HttpRequest, response: HttpResponse, page: Number = FIRST_PAGE, page_size: PageSize = A_PAGE
) -> list[PlaceSwapResource]:
    """Geef de ruilen van opvangplaatsen in de lopende cyclus, aan de tafels binnen bereik."""
    found = list_swaps(actor=asked_by(request), today=today_of(request))
    return [PlaceSwapResource.of(one) for one in found[paged(request, response, len(found), page, page_size)]]


@router.post(
    "/plaatsenruilen/_voorbeeld",
    by_alias=True,
    response={200: PlaceSwapPreviewResource, **LOOKED},
    operation_id="plaatsenruilBekijken",
)
def look_at_swap(request: HttpRequest, asked: Annotated[PlaceSwapTriedAsked, Body()]) -> HttpResponse:
    """Bekijk wat een ruil zou doen; er wordt niets vastgelegd."""

    def look() -> PlaceSwapPreviewResource:
        found = preview_swap(
            actor=asked_by(request),
            province=ProvinceCode(asked.province),
            agreed=asked.agreed,
            today=today_of(request),
        )
        return PlaceSwapPreviewResource.of(found)

    return looked_at(look, names=NAMES)


@router.post(
    "/plaatsenruilen",
    by_alias=True,
    response={201: PlaceSwapResource, **WRITTEN},
    operation_id="plaatsenruilVoorleggen",
    url_name="place-swaps",
)
def put_forward(
    request: HttpRequest, key: IdempotencyKey, asked: Annotated[PlaceSwapAsked, Body()]
) -> HttpResponse:
    """Leg een ruil voor; zij geldt als elke gemeente erin haar aanneemt, of de provincie haar bevestigt."""

    def act() -> Made:
        number = put_swap_forward(
            actor=asked_by(request),
            province=ProvinceCode(asked.province),
            agreed=asked.agreed,
            note=asked.note,
            today=today_of(request),
        )
        return _made(request, number)

    return written_together(request, key, act, names=NAMES)


@router.post(
    "/plaatsenruilen/{volgnummer}/instemmingen",
    by_alias=True,
    response={201: PlaceSwapResource, **WRITTEN},
    operation_id="plaatsenruilAannemen",
)
def accept_place_swap(request: HttpRequest, number: RankKey, key: IdempotencyKey) -> HttpResponse:
    """Neem een ruil aan als een van haar gemeenten; bevestigen voor de provincie doet een mens vanuit een sessie."""

    def act() -> Made:
        accept_swap(actor=asked_by(request), number=number, today=today_of(request))
        return _made(request, number)

    return written_once(request, key, act)


@router.post(
    "/plaatsenruilen/{volgnummer}/intrekkingen",
    by_alias=True,
    response={201: PlaceSwapResource, **WRITTEN},
    operation_id="plaatsenruilIntrekken",
)
def withdraw_place_swap(
    request: HttpRequest, number: RankKey, key: IdempotencyKey, asked: Annotated[WhyAsked, Body()]
) -> HttpResponse:
    """Trek een ruil in die nog niet geldt, met een reden."""

    def act() -> Made:
        withdraw_swap(actor=asked_by(request), number=number, why=asked.why, today=today_of(request))
        return _made(request, number)

    return written_once(request, key, act)


def _made(request: HttpRequest, number: int) -> Made:
    held = require_swap(actor=asked_by(request), number=number)
    return made(PlaceSwapResource.of(held), "/api/v1/plaatsenruilen")
