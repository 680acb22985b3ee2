"""The way of a household ("stappen"): where it stands, what is due, and taking the next step on what was seen."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Body, Router
from pydantic import Field

from eenthuis.api.answering import (
    GUARDED,
    REPLACED,
    IdempotencyKey,
    IfMatch,
    IfNoneMatch,
    Made,
    expected,
    versioned,
    written_once,
)
from eenthuis.api.asking import CentreText, Day, HouseholdKey, MunicipalityText, Text, asked_by, today_of
from eenthuis.api.schemas import Asked, Schema
from eenthuis.services.way_taking import StepWanted, WayPage, read_numbered_way, take_step, version_of_way
from eenthuis.terms.people import CentreCode
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.way import RefusalGround, StepKind

router = Router()
Kind = Literal[
    "talk-planned",
    "talk-held",
    "home-viewed",
    "accepted",
    "refused",
    "refusal-justified",
    "refusal-rejected",
    "offer-withdrawn",
    "home-released",
    "leased",
    "moved",
    "transit-entered",
    "transit-left",
    "hotel-entered",
    "hotel-left",
    "relatives-awaited",
    "relatives-wait-ended",
    "centre-changed",
    "left",
]
Ground = Literal[
    "too-small", "not-accessible", "medical", "unsafe", "work-or-study", "too-far-from-family", "other"
]


class StepAsked(Asked):
    """A step to take; which of the last four it needs stands in the reference of the way."""

    kind: Kind = Field(alias="soort")
    on: Day = Field(alias="stapDatum")
    why: Text | None = Field(default=None, alias="reden")
    ground: Ground | None = Field(default=None, alias="weigergrond")
    municipality: MunicipalityText | None = Field(default=None, alias="gemeenteCode")
    centre: CentreText | None = Field(default=None, alias="opvanglocatieCode")


class StepResource(Schema):
    """A step that was taken."""

    number: int = Field(serialization_alias="nummer")
    kind: str = Field(serialization_alias="soort")
    on: date = Field(serialization_alias="stapDatum")
    why: str = Field(serialization_alias="reden")


class DeadlineResource(Schema):
    """A day by which something must have happened."""

    kind: str = Field(serialization_alias="soort")
    started_on: date = Field(serialization_alias="beginDatum")
    last_day: date = Field(serialization_alias="laatsteDatum")
    met_on: date | None = Field(serialization_alias="gehaaldDatum")


class WayResource(Schema):
    """Where a household stands, the steps so far, what can come next for whoever asks, and what is due."""

    stage: str = Field(serialization_alias="fase")
    stay: str = Field(serialization_alias="verblijf")
    awaits_relatives: bool = Field(serialization_alias="wachtOpNareizigers")
    home: str | None = Field(serialization_alias="woningNummer")
    steps: list[StepResource] = Field(serialization_alias="stappen")
    possible: list[str] = Field(serialization_alias="mogelijkeStappen")
    deadlines: list[DeadlineResource] = Field(serialization_alias="termijnen")

    @classmethod
    def of(cls, page: WayPage) -> WayResource:
        """Return the way of a household."""
        return cls(
            stage=page.state.stage.value,
            stay=page.state.stay.value,
            awaits_relatives=page.state.awaits_relatives,
            home=page.home.identifier if page.home else None,
            steps=[
                StepResource(number=step.number, kind=step.kind.value, on=step.on, why=step.why)
                for step in page.steps
            ],
            possible=[kind.value for kind in page.possible],
            deadlines=[
                DeadlineResource(
                    kind=one.kind.value, started_on=one.started_on, last_day=one.last_day, met_on=one.met_on
                )
                for one in page.deadlines
            ],
        )


@router.get(
    "/huishoudens/{nummer}/stappen",
    by_alias=True,
    response={200: WayResource, 304: None, **GUARDED},
    operation_id="stappen",
)
def steps(request: HttpRequest, number: HouseholdKey, seen: IfNoneMatch = None) -> HttpResponse:
    """Geef waar een huishouden staat op zijn weg, de stappen tot nu toe en de termijnen."""
    page = read_numbered_way(actor=asked_by(request), number=number, today=today_of(request))
    return versioned(seen, version_of_way(page), WayResource.of(page))


@router.post(
    "/huishoudens/{nummer}/stappen",
    by_alias=True,
    response={201: WayResource, **REPLACED},
    operation_id="stapZetten",
    url_name="steps",
)
def take(
    request: HttpRequest,
    number: HouseholdKey,
    key: IdempotencyKey,
    asked: Annotated[StepAsked, Body()],
    match: IfMatch = None,
) -> HttpResponse:
    """Zet de volgende stap; koppelen, aanbieden en afmelden hebben hun eigen adres."""
    is_seen = expected(match)

    def act() -> Made:
        page = take_step(
            actor=asked_by(request),
            number=number,
            wanted=StepWanted(
                kind=StepKind(asked.kind),
                on=asked.on,
                why=asked.why or "",
                ground=RefusalGround(asked.ground) if asked.ground else None,
                municipality=MunicipalityCode(asked.municipality) if asked.municipality else None,
                centre=CentreCode(asked.centre) if asked.centre else None,
            ),
            is_seen=is_seen,
            today=today_of(request),
        )
        location = f"/api/v1/huishoudens/{number}/stappen"
        return Made(WayResource.of(page), location=location, version=version_of_way(page))

    return written_once(request, key, act)
