"""Letters of supervision: which were written and sent, and what a letter says, to whoever may read it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from eenthuis.api.answering import GUARDED
from eenthuis.api.asking import (
    A_PAGE,
    FIRST_PAGE,
    MunicipalityKey,
    Number,
    PageSize,
    ProvinceKey,
    RankKey,
    asked_by,
    paged,
    today_of,
)
from eenthuis.api.schemas import Schema
from eenthuis.services.supervision_letters import HeldLetter, letters_of, read_letter, read_letters
from eenthuis.terms.places import MunicipalityCode, ProvinceCode

router = Router()


class SupervisionLetterResource(Schema):
    """A letter of supervision: what it is about and how far it is; the step that was taken last is its state."""

    key: int = Field(serialization_alias="volgnummer")
    number: str = Field(serialization_alias="nummer")
    municipality: str = Field(serialization_alias="gemeenteCode")
    province: str = Field(serialization_alias="provincieCode")
    half_year: str = Field(serialization_alias="halfjaar")
    kind: str = Field(serialization_alias="soort")
    rung: int = Field(serialization_alias="trede")
    state: str = Field(serialization_alias="stand")
    written_on: date = Field(serialization_alias="schrijfDatum")
    sent_on: date | None = Field(serialization_alias="verzendDatum")
    answer_by: date | None = Field(serialization_alias="antwoordDatum")
    digests: dict[str, str] = Field(serialization_alias="sha256")

    @classmethod
    def of(cls, held: HeldLetter) -> SupervisionLetterResource:
        """Return a letter without its words."""
        return cls(**_parts(held))


class LetterPartResource(Schema):
    """A part of a letter under its heading."""

    title: str = Field(serialization_alias="kop")
    paragraphs: list[str] = Field(serialization_alias="alineas")


class SupervisionLetterTextResource(SupervisionLetterResource):
    """A letter of supervision with its words."""

    subject: str = Field(serialization_alias="onderwerp")
    parts: list[LetterPartResource] = Field(serialization_alias="delen")

    @classmethod
    def of(cls, held: HeldLetter) -> SupervisionLetterTextResource:
        """Return a letter with its words."""
        parts = [
            LetterPartResource(title=part.title, paragraphs=list(part.paragraphs)) for part in held.text.parts
        ]
        return cls(**_parts(held), subject=held.text.subject, parts=parts)


def _parts(held: HeldLetter) -> dict[str, Any]:
    sent = held.step("sent")
    return {
        "key": held.key,
        "number": held.number,
        "municipality": held.municipality,
        "province": held.province,
        "half_year": str(held.half_year),
        "kind": held.kind.value,
        "rung": held.rung,
        "state": held.state,
        "written_on": held.written_on,
        "sent_on": None if sent is None else sent.on,
        "answer_by": held.answer_by,
        "digests": dict(held.digests),
    }


@router.get(
    "/toezichtbrieven",
    by_alias=True,
    response={200: list[SupervisionLetterResource], **GUARDED},
    operation_id="toezichtbrieven",
)
def letters(
    request: HttpRequest,
    response: HttpResponse,
    municipality: MunicipalityKey = None,
    province: ProvinceKey = None,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[SupervisionLetterResource]:
    """Geef de toezichtbrieven van een provincie of aan een gemeente; een gemeente ziet wat haar is verzonden."""
    actor = asked_by(request)
    if municipality is not None:
        found = letters_of(actor=actor, municipality=MunicipalityCode(municipality))
    else:
        where = None if province is None else ProvinceCode(province)
        found = read_letters(actor=actor, province=where, today=today_of(request)).letters
    return [
        SupervisionLetterResource.of(one)
        for one in found[paged(request, response, len(found), page, page_size)]
    ]


@router.get(
    "/toezichtbrieven/{volgnummer}",
    by_alias=True,
    response={200: SupervisionLetterTextResource, **GUARDED},
    operation_id="toezichtbrief",
)
def letter(request: HttpRequest, key: RankKey) -> SupervisionLetterTextResource:
    """Geef een toezichtbrief met zijn tekst."""
    return SupervisionLetterTextResource.of(read_letter(actor=asked_by(request), key=key))
