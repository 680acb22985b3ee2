"""Homes ("woningen") of the register, and their offers ("aanbiedingen") to linked households."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Body, Path, Query, Router
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
    HOME,
    Amount,
    Day,
    InForceKey,
    MunicipalityKey,
    MunicipalityText,
    Number,
    OpaqueText,
    PageSize,
    RowKey,
    Text,
    asked_by,
    page_links,
    today_of,
)
from eenthuis.api.schemas import Asked, Schema
from eenthuis.services.home_lists import (
    HomeView,
    OffersQuery,
    OfferView,
    add_listed_home,
    change_listed_home,
    list_homes,
    list_offers,
    offer_home,
    read_listed_home,
    read_offer,
    withdraw_listed_home,
)
from eenthuis.services.versions import version_of
from eenthuis.terms.homes import Home, HomeId, HomeKind
from eenthuis.terms.places import MunicipalityCode

router = Router()
KINDS = {
    "sociale-huur": HomeKind.SOCIAL_RENT,
    "particuliere-huur": HomeKind.PRIVATE_RENT,
    "flexwoning": HomeKind.FLEX_HOME,
    "gedeeld": HomeKind.SHARED,
}
WORDS = {kind: word for word, kind in KINDS.items()}
STATES = {"vrij": "free", "bezet": "kept", "ingetrokken": "withdrawn"}
STATE_WORDS = {state: word for word, state in STATES.items()}
Kind = Literal["sociale-huur", "particuliere-huur", "flexwoning", "gedeeld"]
State = Literal["vrij", "bezet", "ingetrokken"]
StateKey = Annotated[State | None, Query(alias="toestand")]
HomeKey = Annotated[str, Path(alias="nummer", pattern=HOME)]
MOST_ROOMS = 30


class HomeAsked(Asked):
    """What the register says of a home."""

    kind: Kind = Field(alias="soort")
    rooms: Amount = Field(alias="aantalKamers", ge=1, le=MOST_ROOMS)
    largest_household: Amount = Field(alias="grootsteHuishouden", ge=1, le=MOST_ROOMS)
    is_accessible: bool = Field(alias="isToegankelijk")
    available_from: Day = Field(alias="beschikbaarVanafDatum")


class NewHomeAsked(HomeAsked):
    """A home to add to the register."""

    municipality: MunicipalityText = Field(alias="gemeenteCode")


class ChangedHomeAsked(HomeAsked):
    """What the register is to say of a home from now on, and why."""

    why: Text = Field(alias="reden")


class WithdrawAsked(Asked):
    """Why a home leaves the register."""

    why: Text = Field(alias="reden")


class OfferAsked(Asked):
    """A home to offer to a household."""

    household: OpaqueText = Field(alias="huishoudenNummer")
    home: str = Field(alias="woningNummer", pattern=HOME)


class HomeResource(Schema):
    """A home in the register; for whom it is kept is told only to those who may see that household."""

    number: str = Field(serialization_alias="nummer")
    municipality: str = Field(serialization_alias="gemeenteCode")
    owner: str = Field(serialization_alias="eigenaar")
    kind: str = Field(serialization_alias="soort")
    rooms: int = Field(serialization_alias="aantalKamers")
    largest_household: int = Field(serialization_alias="grootsteHuishouden")
    is_accessible: bool = Field(serialization_alias="isToegankelijk")
    available_from: date = Field(serialization_alias="beschikbaarVanafDatum")
    state: str = Field(serialization_alias="toestand")
    household: str | None = Field(serialization_alias="huishoudenNummer")

    @classmethod
    def of(cls, view: HomeView) -> HomeResource:
        """Return a home."""
        return cls(
            number=view.home.identifier,
            municipality=view.home.municipality,
            owner=view.home.owner,
            kind=WORDS[view.home.kind],
            rooms=view.home.rooms,
            largest_household=view.home.largest_household,
            is_accessible=view.home.is_accessible,
            available_from=view.home.available_from,
            state=STATE_WORDS[view.state],
            household=view.household_number,
        )


class OfferResource(Schema):
    """An offer of a home to a linked household, with how it ended if it did."""

    number: int = Field(serialization_alias="nummer")
    home: str = Field(serialization_alias="woningNummer")
    household: str | None = Field(serialization_alias="huishoudenNummer")
    link: int = Field(serialization_alias="koppelingNummer")
    municipality: str = Field(serialization_alias="gemeenteCode")
    offered_on: date = Field(serialization_alias="aanbiedDatum")
    is_in_force: bool = Field(serialization_alias="isVanKracht")
    ended_on: date | None = Field(serialization_alias="eindDatum")
    ended_why: str = Field(serialization_alias="eindReden")

    @classmethod
    def of(cls, view: OfferView) -> OfferResource:
        """Return an offer."""
        return cls(
            number=view.number,
            home=view.home,
            household=view.household_number,
            link=view.link,
            municipality=view.municipality,
            offered_on=view.offered_on,
            is_in_force=view.ended_on is None,
            ended_on=view.ended_on,
            ended_why=view.ended_why,
        )


@router.get(
    "/woningen", by_alias=True, response={200: list[HomeResource], **GUARDED}, operation_id="woningen"
)
def homes(
    request: HttpRequest,
    response: HttpResponse,
    municipality: MunicipalityKey = None,
    state: StateKey = None,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[HomeResource]:
    """Geef de woningen binnen bereik, op volgorde van gemeente en beschikbaarheid."""
    views, count = list_homes(
        actor=asked_by(request),
        municipality=MunicipalityCode(municipality) if municipality else None,
        state=STATES[state] if state else "",
        first=(page - 1) * page_size,
        most=page_size,
    )
    page_links(request, response, count=count, page=page, size=page_size)
    return [HomeResource.of(view) for view in views]


@router.post(
    "/woningen",
    by_alias=True,
    response={201: HomeResource, **WRITTEN},
    operation_id="woningToevoegen",
    url_name="homes",
)
def add(request: HttpRequest, key: IdempotencyKey, asked: Annotated[NewHomeAsked, Body()]) -> HttpResponse:
    """Voeg een woning toe aan het register; zij krijgt hier haar nummer."""

    def act() -> Made:
        home = _home(asked, HomeId(""), MunicipalityCode(asked.municipality))
        return _made(add_listed_home(actor=asked_by(request), home=home))

    return written_once(request, key, act)


@router.get(
    "/woningen/{nummer}",
    by_alias=True,
    response={200: HomeResource, 304: None, **GUARDED},
    operation_id="woning",
)
def home(request: HttpRequest, number: HomeKey, seen: IfNoneMatch = None) -> HttpResponse:
    """Geef één woning."""
    view = read_listed_home(actor=asked_by(request), number=HomeId(number))
    return versioned(seen, version_of(view), HomeResource.of(view))


@router.put(
    "/woningen/{nummer}",
    by_alias=True,
    response={200: HomeResource, **REPLACED},
    operation_id="woningWijzigen",
    url_name="home",
)
def change(
    request: HttpRequest,
    number: HomeKey,
    key: IdempotencyKey,
    asked: Annotated[ChangedHomeAsked, Body()],
    match: IfMatch = None,
) -> HttpResponse:
    """Wijzig wat het register van een woning zegt, met een reden; elke eerdere stand blijft bewaard."""
    is_seen = expected(match)

    def act() -> Made:
        home = _home(asked, HomeId(number), MunicipalityCode(""))
        view = change_listed_home(actor=asked_by(request), home=home, why=asked.why, is_seen=is_seen)
        return Made(HomeResource.of(view), status=200, version=version_of(view))

    return written_once(request, key, act)


@router.post(
    "/woningen/{nummer}/intrekkingen",
    by_alias=True,
    response={201: HomeResource, **REPLACED},
    operation_id="woningIntrekken",
)
def withdraw(
    request: HttpRequest,
    number: HomeKey,
    key: IdempotencyKey,
    asked: Annotated[WithdrawAsked, Body()],
    match: IfMatch = None,
) -> HttpResponse:
    """Trek een woning in, met een reden."""
    is_seen = expected(match)

    def act() -> Made:
        return _made(
            withdraw_listed_home(
                actor=asked_by(request),
                number=HomeId(number),
                why=asked.why,
                is_seen=is_seen,
                today=today_of(request),
            )
        )

    return written_once(request, key, act)


@router.get(
    "/aanbiedingen",
    by_alias=True,
    response={200: list[OfferResource], **GUARDED},
    operation_id="aanbiedingen",
)
def offers(
    request: HttpRequest,
    response: HttpResponse,
    municipality: MunicipalityKey = None,
    is_in_force: InForceKey = None,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[OfferResource]:
    """Geef de aanbiedingen van woningen binnen bereik, de nieuwste eerst."""
    views, count = list_offers(
        actor=asked_by(request),
        wanted=OffersQuery(
            municipalities=(municipality,) if municipality else None,
            is_in_force=is_in_force,
            first=(page - 1) * page_size,
            most=page_size,
        ),
    )
    page_links(request, response, count=count, page=page, size=page_size)
    return [OfferResource.of(view) for view in views]


@router.post(
    "/aanbiedingen",
    by_alias=True,
    response={201: OfferResource, **WRITTEN},
    operation_id="woningAanbieden",
    url_name="offers",
)
def make_offer(
    request: HttpRequest, key: IdempotencyKey, asked: Annotated[OfferAsked, Body()]
) -> HttpResponse:
    """Bied een woning aan een gekoppeld huishouden aan; een woning wordt nooit twee keer tegelijk aangeboden."""

    def act() -> Made:
        view = offer_home(
            actor=asked_by(request),
            household_number=asked.household,
            home=HomeId(asked.home),
            today=today_of(request),
        )
        return Made(OfferResource.of(view), location=f"/api/v1/aanbiedingen/{view.number}")

    return written_once(request, key, act)


@router.get(
    "/aanbiedingen/{nummer}",
    by_alias=True,
    response={200: OfferResource, 304: None, **GUARDED},
    operation_id="aanbieding",
)
def one_offer(request: HttpRequest, number: RowKey, seen: IfNoneMatch = None) -> HttpResponse:
    """Geef één aanbieding."""
    view = read_offer(actor=asked_by(request), number=number)
    return versioned(seen, version_of(view), OfferResource.of(view))


def _home(asked: HomeAsked, number: HomeId, municipality: MunicipalityCode) -> Home:
    return Home(
        identifier=number,
        municipality=municipality,
        owner="",
        kind=KINDS[asked.kind],
        rooms=asked.rooms,
        largest_household=asked.largest_household,
        is_accessible=asked.is_accessible,
        available_from=asked.available_from,
    )


def _made(view: HomeView) -> Made:
    return Made(
        HomeResource.of(view), location=f"/api/v1/woningen/{view.home.identifier}", version=version_of(view)
    )
