"""Offers of reception places ("opvangaanbiedingen") at the regional table."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Body, Path, Router
from pydantic import Field

from eenthuis.api.answering import (
    GUARDED,
    REPLACED,
    WRITTEN,
    IdempotencyKey,
    IfMatch,
    IfNoneMatch,
    Made,
    expected,
    versioned,
    written_once,
)
from eenthuis.api.asking import (
    A_PAGE,
    FIRST_PAGE,
    Amount,
    Day,
    MunicipalityText,
    Number,
    PageSize,
    Text,
    asked_by,
    paged,
    today_of,
)
from eenthuis.api.places import KIND_WORDS, KINDS, Kind, YearKey
from eenthuis.api.schemas import Asked, Schema, WhyAsked
from eenthuis.services.place_offers import (
    HeldOffer,
    add_offer,
    change_offer,
    list_offers,
    read_offer,
    withdraw_offer,
)
from eenthuis.services.versions import version_of
from eenthuis.terms.capacity import MOST_PLACES, PlaceOffer, PlaceOfferId
from eenthuis.terms.errors import ApiError
from eenthuis.terms.places import MunicipalityCode

router = Router()
OFFER = r"^O-[0-9]{7}$"
OfferKey = Annotated[str, Path(alias="nummer", pattern=OFFER)]


class PlacesOfferedAsked(Asked):
    """What a municipality offers at the regional table."""

    kind: Kind = Field(alias="soort")
    places: Amount = Field(alias="plaatsen", ge=1, le=MOST_PLACES)
    is_durable: bool = Field(alias="isDuurzaam")
    for_minors: bool = Field(alias="isVoorMinderjarigen")
    first_day: Day = Field(alias="eersteDatum")
    last_day: Day | None = Field(None, alias="laatsteDatum")


class NewOfferAsked(PlacesOfferedAsked):
    """An offer to put on the table of the running cycle."""

    municipality: MunicipalityText = Field(alias="gemeenteCode")


class ChangedOfferAsked(PlacesOfferedAsked):
    """What a municipality offers from now on, and why."""

    why: Text = Field(alias="reden")


class PlaceOfferResource(Schema):
    """An offer of reception places at the regional table."""

    number: str = Field(serialization_alias="nummer")
    year: int = Field(serialization_alias="jaar")
    municipality: str = Field(serialization_alias="gemeenteCode")
    kind: str = Field(serialization_alias="soort")
    places: int = Field(serialization_alias="plaatsen")
    is_durable: bool = Field(serialization_alias="isDuurzaam")
    for_minors: bool = Field(serialization_alias="isVoorMinderjarigen")
    first_day: date = Field(serialization_alias="eersteDatum")
    last_day: date | None = Field(serialization_alias="laatsteDatum")
    is_invented: bool = Field(serialization_alias="isVerzonnen")

    @classmethod
    def of(cls, held: HeldOffer) -> PlaceOfferResource:
        """Return an offer."""
        one = held.offer
        return cls(
            number=one.identifier,
            year=one.year,
            municipality=one.municipality,
            kind=KIND_WORDS[one.kind],
            places=one.places,
            is_durable=one.is_durable,
            for_minors=one.for_minors,
            first_day=one.first_day,
            last_day=one.last_day,
            is_invented=one.is_invented,
        )


@router.get(
    "/opvangaanbiedingen",
    by_alias=True,
    response={200: list[PlaceOfferResource], **GUARDED},
    operation_id="opvangaanbiedingen",
)
def offers(
    request: HttpRequest,
    response: HttpResponse,
    year: YearKey = None,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[PlaceOfferResource]:
    """Geef het aanbod aan de provinciale tafel binnen bereik."""
    found = list_offers(actor=asked_by(request), year=int(year) if year else None, today=today_of(request))
    return [
        PlaceOfferResource.of(one) for one in found[paged(request, response, len(found), page, page_size)]
    ]


@router.post(
    "/opvangaanbiedingen",
    by_alias=True,
    response={201: PlaceOfferResource, **WRITTEN},
    operation_id="opvangplaatsenAanbieden",
    url_name="place-offers",
)
def make_offer(
    request: HttpRequest, key: IdempotencyKey, asked: Annotated[NewOfferAsked, Body()]
) -> HttpResponse:
    """Bied opvangplaatsen aan op de provinciale tafel van de lopende cyclus."""

    def act() -> Made:
        actor = asked_by(request)
        offer = _offer(asked, PlaceOfferId(""), MunicipalityCode(asked.municipality))
        number = add_offer(actor=actor, offer=offer, today=today_of(request))
        held = read_offer(actor=actor, identifier=number)
        return Made(
            PlaceOfferResource.of(held),
            location=f"/api/v1/opvangaanbiedingen/{number}",
            version=version_of(held.offer),
        )

    return written_once(request, key, act)


@router.get(
    "/opvangaanbiedingen/{nummer}",
    by_alias=True,
    response={200: PlaceOfferResource, 304: None, **GUARDED},
    operation_id="opvangaanbieding",
    url_name="place-offer",
)
def offer(request: HttpRequest, number: OfferKey, seen: IfNoneMatch = None) -> HttpResponse:
    """Geef één aanbod van opvangplaatsen."""
    held = read_offer(actor=asked_by(request), identifier=PlaceOfferId(number))
    return versioned(seen, version_of(held.offer), PlaceOfferResource.of(held))


@router.put(
    "/opvangaanbiedingen/{nummer}",
    by_alias=True,
    response={200: PlaceOfferResource, **REPLACED},
    operation_id="opvangaanbiedingWijzigen",
    url_name="place-offer",
)
def change(
    request: HttpRequest,
    number: OfferKey,
    key: IdempotencyKey,
    asked: Annotated[ChangedOfferAsked, Body()],
    match: IfMatch = None,
) -> HttpResponse:
    """Wijzig een aanbod, met een reden; elke eerdere stand blijft bewaard."""
    is_seen = expected(match)

    def act() -> Made:
        actor = asked_by(request)
        held = read_offer(actor=actor, identifier=PlaceOfferId(number))
        if not is_seen(version_of(held.offer)):
            raise ApiError("API-03", "the offer changed since it was read", remedy="Read it again.")
        changed = _offer(asked, PlaceOfferId(number), held.offer.municipality)
        after = change_offer(actor=actor, offer=changed, why=asked.why, version=held.step)
        return Made(PlaceOfferResource.of(after), status=200, version=version_of(after.offer))

    return written_once(request, key, act)


@router.post(
    "/opvangaanbiedingen/{nummer}/intrekkingen",
    by_alias=True,
    response={201: PlaceOfferResource, **REPLACED},
    operation_id="opvangaanbiedingIntrekken",
)
def withdraw_place_offer(
    request: HttpRequest,
    number: OfferKey,
    key: IdempotencyKey,
    asked: Annotated[WhyAsked, Body()],
    match: IfMatch = None,
) -> HttpResponse:
    """Trek een aanbod in, met een reden; zijn rijen blijven."""
    is_seen = expected(match)

    def act() -> Made:
        actor, identifier = asked_by(request), PlaceOfferId(number)
        held = read_offer(actor=actor, identifier=identifier)
        if not is_seen(version_of(held.offer)):
            raise ApiError("API-03", "the offer changed since it was read", remedy="Read it again.")
        withdraw_offer(actor=actor, identifier=identifier, why=asked.why, version=held.step)
        return Made(PlaceOfferResource.of(held))

    return written_once(request, key, act)


def _offer(asked: PlacesOfferedAsked, number: PlaceOfferId, municipality: MunicipalityCode) -> PlaceOffer:
    return PlaceOffer(
        identifier=number,
        year=0,
        municipality=municipality,
        places=asked.places,
        kind=KINDS[asked.kind],
        is_durable=asked.is_durable,
        for_minors=asked.for_minors,
        first_day=asked.first_day,
        last_day=asked.last_day,
    )
