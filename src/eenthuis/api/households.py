"""Households ("huishoudens") under numbers drawn by chance: where they stand, and where they are linked to."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Body, Query, Router
from pydantic import Field

from eenthuis.api.answering import GUARDED, SEARCHED, IfNoneMatch, versioned
from eenthuis.api.asking import (
    A_PAGE,
    FILE,
    FIRST_PAGE,
    HouseholdKey,
    LinkedKey,
    MunicipalityKey,
    Number,
    PageSize,
    RegionKey,
    SignedOffKey,
    asked_by,
    page_links,
)
from eenthuis.api.schemas import Asked, Schema
from eenthuis.services.link_lists import (
    HouseholdsQuery,
    HouseholdView,
    list_households,
    read_listed_household,
)
from eenthuis.services.versions import version_of

router = Router()
ORDERS = {"vergunningDatum": "permit_on", "aantalPersonen": "persons"}
Order = Literal["vergunningDatum", "-vergunningDatum", "aantalPersonen", "-aantalPersonen"]
OrderKey = Annotated[Order, Query(alias="sort")]


class HouseholdResource(Schema):
    """A household of status holders: its size, its needs and where it is linked to."""

    number: str = Field(serialization_alias="nummer")
    file_number: str = Field(serialization_alias="dossiernummer")
    persons: int = Field(serialization_alias="aantalPersonen")
    children: int = Field(serialization_alias="aantalKinderen")
    permit_on: date = Field(serialization_alias="vergunningDatum")
    region: str = Field(serialization_alias="regio")
    needs_accessible_home: bool = Field(serialization_alias="heeftToegankelijkeWoningNodig")
    joining_people: int = Field(serialization_alias="aantalNareizigers")
    link: int | None = Field(serialization_alias="koppelingNummer")
    municipality: str | None = Field(serialization_alias="gemeenteCode")
    linked_on: date | None = Field(serialization_alias="koppelDatum")
    signed_off_on: date | None = Field(serialization_alias="afmeldDatum")

    @classmethod
    def of(cls, view: HouseholdView) -> HouseholdResource:
        """Return a household."""
        return cls(
            number=view.number,
            file_number=view.household,
            persons=view.persons,
            children=view.children,
            permit_on=view.permit_on,
            region=view.region,
            needs_accessible_home=view.needs_accessible_home,
            joining_people=view.joining_people,
            link=view.link,
            municipality=view.municipality,
            linked_on=view.linked_on,
            signed_off_on=view.signed_off_on,
        )


class FileAsked(Asked):
    """The number that a household has in the file of COA; it goes in a body, never in an address."""

    file_number: str = Field(alias="dossiernummer", pattern=FILE)


@router.get(
    "/huishoudens",
    by_alias=True,
    response={200: list[HouseholdResource], **GUARDED},
    operation_id="huishoudens",
)
def households(  # noqa: PLR0913 - one argument per key of the address
    request: HttpRequest,
    *,
    response: HttpResponse,
    municipality: MunicipalityKey = None,
    region: RegionKey = None,
    is_linked: LinkedKey = None,
    is_signed_off: SignedOffKey = None,
    order: OrderKey = "vergunningDatum",
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[HouseholdResource]:
    """Geef de huishoudens binnen bereik, langst wachtend eerst, of op volgorde van `sort`."""
    rows, count = list_households(
        actor=asked_by(request),
        wanted=HouseholdsQuery(
            municipalities=(municipality,) if municipality else None,
            region=region or "",
            is_linked=is_linked,
            is_signed_off=is_signed_off,
            order=order.replace(order.removeprefix("-"), ORDERS[order.removeprefix("-")]),
            first=(page - 1) * page_size,
            most=page_size,
        ),
    )
    page_links(request, response, count=count, page=page, size=page_size)
    return [HouseholdResource.of(row) for row in rows]


@router.post(
    "/huishoudens/_zoek",
    by_alias=True,
    response={200: HouseholdResource, **SEARCHED},
    operation_id="huishoudenZoeken",
)
def search(request: HttpRequest, asked: Annotated[FileAsked, Body()]) -> HouseholdResource:
    """Zoek een huishouden op zijn dossiernummer; dat staat in de inhoud en nooit in een adres."""
    found = read_listed_household(actor=asked_by(request), identifier=asked.file_number)
    return HouseholdResource.of(found)


@router.get(
    "/huishoudens/{nummer}",
    by_alias=True,
    response={200: HouseholdResource, 304: None, **GUARDED},
    operation_id="huishouden",
)
def household(request: HttpRequest, number: HouseholdKey, seen: IfNoneMatch = None) -> HttpResponse:
    """Geef één huishouden."""
    view = read_listed_household(actor=asked_by(request), number=number)
    return versioned(seen, version_of(view), HouseholdResource.of(view))
