"""Proposals ("voorstellen") of the engine and what they say of each household, for whoever confirms links."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from eenthuis.api.answering import GUARDED, IfNoneMatch, versioned
from eenthuis.api.asking import (
    A_PAGE,
    FIRST_PAGE,
    HalfYearKey,
    MunicipalityKey,
    Number,
    PageSize,
    RegionKey,
    RowKey,
    asked_by,
    half_year_of,
    page_links,
    today_of,
)
from eenthuis.api.schemas import Moment, ReasonResource, Schema
from eenthuis.services.link_lists import (
    ProposalLine,
    ProposedView,
    ProposedWanted,
    list_proposals,
    list_proposed,
    read_proposal_line,
)
from eenthuis.services.versions import version_of

router = Router()
STATES = {"open": "open", "bevestigd": "confirmed", "elders-gekoppeld": "elsewhere", "geen-plek": "unlinked"}
WORDS = {english: dutch for dutch, english in STATES.items()}
ORDERS = {"wachtweken": "weeks_waiting", "aantalPersonen": "persons", "score": "score"}
State = Literal["open", "bevestigd", "geen-plek"]
Order = Literal["wachtweken", "-wachtweken", "aantalPersonen", "-aantalPersonen", "score", "-score"]
StateKey = Annotated[State | None, Query(alias="toestand")]
OrderKey = Annotated[Order, Query(alias="sort")]


class ProposalResource(Schema):
    """A proposal of the engine with how good it provably is; nothing is linked by it."""

    number: int = Field(serialization_alias="nummer")
    half_year: str = Field(serialization_alias="halfjaar")
    as_of: date = Field(serialization_alias="standDatum")
    made_at: Moment = Field(serialization_alias="gemaaktTijdstip")
    households: int = Field(serialization_alias="aantalHuishoudens")
    linked: int = Field(serialization_alias="aantalVoorgesteld")
    persons: int = Field(serialization_alias="aantalPersonen")
    persons_linked: int = Field(serialization_alias="aantalPersonenVoorgesteld")
    gap: float = Field(serialization_alias="bewezenVerschil")
    counts: bool = Field(serialization_alias="isBruikbaar")

    @classmethod
    def of(cls, line: ProposalLine) -> ProposalResource:
        """Return a proposal."""
        return cls(
            number=line.number,
            half_year=line.half_year,
            as_of=line.as_of,
            made_at=line.made_at,
            households=line.households,
            linked=line.linked,
            persons=line.persons,
            persons_linked=line.persons_linked,
            gap=line.gap,
            counts=line.counts,
        )


class ProposedResource(Schema):
    """What a proposal says of one household."""

    household: str | None = Field(serialization_alias="huishoudenNummer")
    persons: int = Field(serialization_alias="aantalPersonen")
    children: int = Field(serialization_alias="aantalKinderen")
    region: str = Field(serialization_alias="regio")
    weeks_waiting: int = Field(serialization_alias="wachtweken")
    municipality: str | None = Field(serialization_alias="gemeenteCode")
    score: float
    reasons: list[ReasonResource] = Field(serialization_alias="redenen")
    needs_accessible_home: bool = Field(serialization_alias="heeftToegankelijkeWoningNodig")
    state: str = Field(serialization_alias="toestand")

    @classmethod
    def of(cls, view: ProposedView) -> ProposedResource:
        """Return what is proposed for a household."""
        return cls(
            household=view.household_number,
            persons=view.persons,
            children=view.children,
            region=view.region,
            weeks_waiting=view.weeks_waiting,
            municipality=view.municipality,
            score=view.score,
            reasons=[ReasonResource.of(reason) for reason in view.reasons],
            needs_accessible_home=view.needs_accessible_home,
            state=WORDS.get(view.state, view.state),
        )


@router.get(
    "/voorstellen",
    by_alias=True,
    response={200: list[ProposalResource], **GUARDED},
    operation_id="voorstellen",
)
def proposals(
    request: HttpRequest,
    response: HttpResponse,
    half_year: HalfYearKey = None,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[ProposalResource]:
    """Geef de voorstellen van een halfjaar, het nieuwste eerst; alleen uit een bruikbaar voorstel wordt bevestigd."""
    lines, count = list_proposals(
        actor=asked_by(request),
        half_year=half_year_of(request, half_year),
        first=(page - 1) * page_size,
        most=page_size,
    )
    page_links(request, response, count=count, page=page, size=page_size)
    return [ProposalResource.of(line) for line in lines]


@router.get(
    "/voorstellen/{nummer}",
    by_alias=True,
    response={200: ProposalResource, 304: None, **GUARDED},
    operation_id="voorstel",
)
def proposal(request: HttpRequest, number: RowKey, seen: IfNoneMatch = None) -> HttpResponse:
    """Geef één voorstel."""
    line = read_proposal_line(actor=asked_by(request), number=number)
    return versioned(seen, version_of(line), ProposalResource.of(line))


@router.get(
    "/voorstellen/{nummer}/huishoudens",
    by_alias=True,
    response={200: list[ProposedResource], **GUARDED},
    operation_id="voorgesteldeHuishoudens",
)
def proposed(  # noqa: PLR0913 - one argument per key of the address
    request: HttpRequest,
    *,
    response: HttpResponse,
    number: RowKey,
    municipality: MunicipalityKey = None,
    region: RegionKey = None,
    state: StateKey = None,
    order: OrderKey = "-wachtweken",
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[ProposedResource]:
    """Geef wat een voorstel over elk huishouden zegt, langst wachtend eerst, of op volgorde van `sort`."""
    rows, count = list_proposed(
        actor=asked_by(request),
        number=number,
        wanted=ProposedWanted(
            municipality=municipality or "",
            region=region or "",
            state=STATES[state] if state else "",
            order=order.replace(order.removeprefix("-"), ORDERS[order.removeprefix("-")]),
            first=(page - 1) * page_size,
            most=page_size,
        ),
        today=today_of(request),
    )
    page_links(request, response, count=count, page=page, size=page_size)
    return [ProposedResource.of(row) for row in rows]
