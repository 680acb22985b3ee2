"""Links ("koppelingen"): read within reach, confirmed from a proposal, ended and signed off."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Body, Query, Router
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
    MOST_NUMBER,
    Amount,
    Day,
    HalfYearKey,
    InForceKey,
    MunicipalityKey,
    Number,
    OpaqueText,
    PageSize,
    RowKey,
    SignedOffKey,
    Text,
    asked_by,
    page_links,
    today_of,
)
from eenthuis.api.schemas import Asked, ReasonResource, Schema
from eenthuis.services.link_lists import (
    LinksQuery,
    LinkView,
    confirm_link,
    end_link,
    list_links,
    read_link,
    sign_off_link,
)
from eenthuis.services.versions import version_of

router = Router()
ORDERS = {"koppelDatum": "linked_on", "aantalPersonen": "persons"}
Order = Literal["koppelDatum", "-koppelDatum", "aantalPersonen", "-aantalPersonen"]
OrderKey = Annotated[Order, Query(alias="sort")]


class LinkResource(Schema):
    """A link of a household to a municipality, with how it ended if it did."""

    number: int = Field(serialization_alias="nummer")
    household: str | None = Field(serialization_alias="huishoudenNummer")
    persons: int = Field(serialization_alias="aantalPersonen")
    municipality: str = Field(serialization_alias="gemeenteCode")
    half_year: str = Field(serialization_alias="halfjaar")
    linked_on: date = Field(serialization_alias="koppelDatum")
    proposal: int | None = Field(serialization_alias="voorstelNummer")
    reasons: list[ReasonResource] = Field(serialization_alias="redenen")
    is_in_force: bool = Field(serialization_alias="isVanKracht")
    ended_on: date | None = Field(serialization_alias="eindDatum")
    ended_why: str = Field(serialization_alias="eindReden")
    signed_off_on: date | None = Field(serialization_alias="afmeldDatum")

    @classmethod
    def of(cls, view: LinkView) -> LinkResource:
        """Return a link."""
        return cls(
            number=view.number,
            household=view.household_number,
            persons=view.persons,
            municipality=view.municipality,
            half_year=view.half_year,
            linked_on=view.linked_on,
            proposal=view.proposal,
            reasons=[ReasonResource.of(reason) for reason in view.reasons],
            is_in_force=view.ended_on is None,
            ended_on=view.ended_on,
            ended_why=view.ended_why,
            signed_off_on=view.signed_off_on,
        )


class LinkAsked(Asked):
    """A household to link as a proposal says."""

    proposal: Amount = Field(alias="voorstelNummer", ge=1, le=MOST_NUMBER)
    household: OpaqueText = Field(alias="huishoudenNummer")


class EndAsked(Asked):
    """Why a link ends."""

    why: Text = Field(alias="reden")


class SignOffAsked(Asked):
    """The day on which the household left COA for the municipality."""

    on: Day = Field(alias="afmeldDatum")


@router.get(
    "/koppelingen", by_alias=True, response={200: list[LinkResource], **GUARDED}, operation_id="koppelingen"
)
def links(  # noqa: PLR0913 - one argument per key of the address
    request: HttpRequest,
    *,
    response: HttpResponse,
    municipality: MunicipalityKey = None,
    half_year: HalfYearKey = None,
    is_in_force: InForceKey = None,
    is_signed_off: SignedOffKey = None,
    order: OrderKey = "-koppelDatum",
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[LinkResource]:
    """Geef de koppelingen binnen bereik, de nieuwste eerst, of op volgorde van `sort`."""
    rows, count = list_links(
        actor=asked_by(request),
        wanted=LinksQuery(
            municipalities=(municipality,) if municipality else None,
            half_year=half_year or "",
            is_in_force=is_in_force,
            is_signed_off=is_signed_off,
            order=order.replace(order.removeprefix("-"), ORDERS[order.removeprefix("-")]),
            first=(page - 1) * page_size,
            most=page_size,
        ),
    )
    page_links(request, response, count=count, page=page, size=page_size)
    return [LinkResource.of(row) for row in rows]


@router.post(
    "/koppelingen",
    by_alias=True,
    response={201: LinkResource, **WRITTEN},
    operation_id="koppelingBevestigen",
    url_name="links",
)
def confirm(request: HttpRequest, key: IdempotencyKey, asked: Annotated[LinkAsked, Body()]) -> HttpResponse:
    """Bevestig de koppeling die een voorstel voor een huishouden doet."""

    def act() -> Made:
        return _made(
            confirm_link(
                actor=asked_by(request),
                proposal=asked.proposal,
                household_number=asked.household,
                today=today_of(request),
            )
        )

    return written_once(request, key, act)


@router.get(
    "/koppelingen/{nummer}",
    by_alias=True,
    response={200: LinkResource, 304: None, **GUARDED},
    operation_id="koppeling",
)
def link(request: HttpRequest, number: RowKey, seen: IfNoneMatch = None) -> HttpResponse:
    """Geef één koppeling."""
    view = read_link(actor=asked_by(request), number=number)
    return versioned(seen, version_of(view), LinkResource.of(view))


@router.post(
    "/koppelingen/{nummer}/beeindigingen",
    by_alias=True,
    response={201: LinkResource, **REPLACED},
    operation_id="koppelingBeeindigen",
)
def end(
    request: HttpRequest,
    number: RowKey,
    key: IdempotencyKey,
    asked: Annotated[EndAsked, Body()],
    match: IfMatch = None,
) -> HttpResponse:
    """Beëindig een koppeling met een reden; zij blijft zichtbaar."""
    is_seen = expected(match)

    def act() -> Made:
        return _made(
            end_link(
                actor=asked_by(request),
                number=number,
                why=asked.why,
                is_seen=is_seen,
                today=today_of(request),
            )
        )

    return written_once(request, key, act)


@router.post(
    "/koppelingen/{nummer}/afmeldingen",
    by_alias=True,
    response={201: LinkResource, **REPLACED},
    operation_id="huishoudenAfmelden",
)
def sign_off(
    request: HttpRequest,
    number: RowKey,
    key: IdempotencyKey,
    asked: Annotated[SignOffAsked, Body()],
    match: IfMatch = None,
) -> HttpResponse:
    """Meld het huishouden van een koppeling af bij het COA; dan telt het mee voor de gemeente."""
    is_seen = expected(match)

    def act() -> Made:
        return _made(
            sign_off_link(
                actor=asked_by(request), number=number, on=asked.on, is_seen=is_seen, today=today_of(request)
            )
        )

    return written_once(request, key, act)


def _made(view: LinkView) -> Made:
    return Made(
        LinkResource.of(view), location=f"/api/v1/koppelingen/{view.number}", version=version_of(view)
    )
