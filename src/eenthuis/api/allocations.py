"""Allocation decisions ("verdeelbesluiten"): drafted, published by a second person, withdrawn, and their files."""

from __future__ import annotations

import base64
import hashlib
from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Body, Path, Router
from pydantic import Field

from eenthuis.api.answering import (
    READ,
    WRITTEN,
    IdempotencyKey,
    Made,
    made,
    written_once,
    written_together,
)
from eenthuis.api.asking import (
    A_PAGE,
    FIRST_PAGE,
    PROVINCE,
    Number,
    PageSize,
    RankKey,
    Text,
    asked_by,
    paged,
    today_of,
)
from eenthuis.api.places import YearKey
from eenthuis.api.schemas import LONGEST_WHY, Asked, Schema, WhyAsked
from eenthuis.services.allocations import (
    HeldAllocation,
    decision_file,
    draft_allocation,
    publish_allocation,
    read_decision,
    read_decisions,
    withdraw_allocation,
)
from eenthuis.terms.places import ProvinceCode

router = Router()
Form = Literal["pdf", "docx"]
FormKey = Annotated[Form, Path(alias="vorm")]
MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class DecisionResource(Schema):
    """An allocation decision of the minister for a province, with the places per municipality."""

    key: int = Field(serialization_alias="volgnummer")
    number: str = Field(serialization_alias="kenmerk")
    year: int = Field(serialization_alias="jaar")
    province: str = Field(serialization_alias="provincieCode")
    state: str = Field(serialization_alias="toestand")
    written_on: date = Field(serialization_alias="opgemaaktDatum")
    published_on: date | None = Field(serialization_alias="bekendmakingsDatum")
    first_day: date = Field(serialization_alias="eersteDatum")
    last_day: date = Field(serialization_alias="laatsteDatum")
    places: dict[str, int] = Field(serialization_alias="plaatsenPerGemeente")
    receipt: str = Field(serialization_alias="ontvangstbewijsNummer")
    replaces: int | None = Field(serialization_alias="wijzigtVolgnummer")

    @classmethod
    def of(cls, held: HeldAllocation) -> DecisionResource:
        """Return a decision."""
        return cls(
            key=held.key,
            number=held.number,
            year=held.year,
            province=held.province,
            state=held.state,
            written_on=held.written_on,
            published_on=next((step.on for step in held.steps if step.kind == "published"), None),
            first_day=held.first_day,
            last_day=held.last_day,
            places={str(code): places for code, places in held.places.items()},
            receipt=held.receipt,
            replaces=held.replaces,
        )


class AllocationAsked(Asked):
    """A decision to write as the table of a province stands; a change of an earlier one says why."""

    province: str = Field(alias="provincieCode", pattern=PROVINCE)
    why: Annotated[Text, Field(max_length=LONGEST_WHY)] | None = Field(None, alias="reden")


class DecisionFileResource(Schema):
    """A file of a decision as it was written, in base64, with its SHA-256."""

    name: str = Field(serialization_alias="bestandsnaam")
    media_type: str = Field(serialization_alias="mediaType")
    digest: str = Field(serialization_alias="sha256")
    content: str = Field(serialization_alias="inhoud")


@router.get(
    "/verdeelbesluiten",
    by_alias=True,
    response={200: list[DecisionResource], **READ},
    operation_id="verdeelbesluiten",
    url_name="allocations",
)
def decisions(
    request: HttpRequest,
    response: HttpResponse,
    year: YearKey = None,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[DecisionResource]:
    """Geef de verdeelbesluiten die bekend zijn gemaakt, de nieuwste eerst."""
    found = read_decisions(actor=asked_by(request), year=int(year) if year else None).decisions
    return [DecisionResource.of(one) for one in found[paged(request, response, len(found), page, page_size)]]


@router.get(
    "/verdeelbesluiten/{volgnummer}",
    by_alias=True,
    response={200: DecisionResource, **READ},
    operation_id="verdeelbesluit",
)
def decision(request: HttpRequest, key: RankKey) -> DecisionResource:
    """Geef één verdeelbesluit."""
    return DecisionResource.of(read_decision(actor=asked_by(request), key=key))


@router.post(
    "/verdeelbesluiten",
    by_alias=True,
    response={201: DecisionResource, **WRITTEN},
    operation_id="verdeelbesluitOpstellen",
    url_name="allocations",
)
def draft_decision(
    request: HttpRequest, key: IdempotencyKey, asked: Annotated[AllocationAsked, Body()]
) -> HttpResponse:
    """Stel een verdeelbesluit op zoals de tafel staat, en leg het voor aan een tweede persoon."""

    def act() -> Made:
        number = draft_allocation(
            actor=asked_by(request),
            province=ProvinceCode(asked.province),
            why=asked.why or "",
            address=request.build_absolute_uri("/ontvangstbewijzen/"),
            today=today_of(request),
        )
        return _made(request, number)

    return written_together(request, key, act, names={"why": "reden"})


@router.post(
    "/verdeelbesluiten/{volgnummer}/bekendmakingen",
    by_alias=True,
    response={201: DecisionResource, **WRITTEN},
    operation_id="verdeelbesluitBekendmaken",
)
def publish_decision(request: HttpRequest, number: RankKey, key: IdempotencyKey) -> HttpResponse:
    """Maak een besluit bekend als tweede persoon; dat doet een mens vanuit een sessie, geen sleutel."""

    def act() -> Made:
        publish_allocation(actor=asked_by(request), key=number, today=today_of(request))
        return _made(request, number)

    return written_once(request, key, act)


@router.post(
    "/verdeelbesluiten/{volgnummer}/intrekkingen",
    by_alias=True,
    response={201: DecisionResource, **WRITTEN},
    operation_id="verdeelbesluitIntrekken",
)
def withdraw_decision(
    request: HttpRequest, number: RankKey, key: IdempotencyKey, asked: Annotated[WhyAsked, Body()]
) -> HttpResponse:
    """Trek een besluit in dat nog niet bekend is gemaakt, met een reden; het blijft bewaard."""

    def act() -> Made:
        withdraw_allocation(actor=asked_by(request), key=number, why=asked.why, today=today_of(request))
        return _made(request, number)

    return written_once(request, key, act)


@router.get(
    "/verdeelbesluiten/{volgnummer}/bestanden/{vorm}",
    by_alias=True,
    response={200: DecisionFileResource, **READ},
    operation_id="verdeelbesluitBestand",
)
def decision_as_file(request: HttpRequest, number: RankKey, form: FormKey) -> DecisionFileResource:
    """Geef een besluit als bestand, zoals het is opgemaakt."""
    actor = asked_by(request)
    content = decision_file(actor=actor, key=number, form=form)
    held = read_decision(actor=actor, key=number)
    return DecisionFileResource(
        name=f"verdeelbesluit-{held.number}.{form}",
        media_type=MEDIA[form],
        digest=hashlib.sha256(content).hexdigest(),
        content=base64.b64encode(content).decode(),
    )


def _made(request: HttpRequest, number: int) -> Made:
    shown = DecisionResource.of(read_decision(actor=asked_by(request), key=number))
    return made(shown, f"/api/v1/verdeelbesluiten/{number}")
