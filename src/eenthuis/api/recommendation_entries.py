"""What is added to a recommendation: entries of its register, and comments of partners in the chain."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Body, Router
from pydantic import BeforeValidator, Field

from eenthuis.api.answering import (
    GUARDED,
    READ,
    WRITTEN,
    IdempotencyKey,
    Made,
    written_together,
)
from eenthuis.api.asking import (
    A_PAGE,
    FIRST_PAGE,
    MOST_NUMBER,
    Day,
    Number,
    PageSize,
    RowKey,
    asked_by,
    integral,
    paged,
    today_of,
)
from eenthuis.api.schemas import Asked, Schema
from eenthuis.rules.recommendations import Obstacle, in_force
from eenthuis.services.recommendations import (
    LONGEST_TEXT,
    comment,
    read_comments,
    read_recommendation,
    record_entry,
)
from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.recommendations import Answer, Comment, EntryKind, Party, RegisterEntry

router = Router()
LINES = r"^[^\x00-\x09\x0b-\x1f\x7f]*$"
Lines = Annotated[str, Field(max_length=LONGEST_TEXT, pattern=LINES)]
"""A text of several lines; nothing that no table can hold."""

EntryNumber = Annotated[int, Field(ge=-MOST_NUMBER, le=MOST_NUMBER), BeforeValidator(integral)]
NAMES = {
    "text": "tekst",
    "what": "wat",
    "source": "bron",
    "on": "dagDatum",
    "answer": "antwoord",
    "owner": "wie",
    "due": "uiterlijkDatum",
    "about": "over",
}
PLACES = {
    Obstacle.AHEAD: "on",
    Obstacle.BEFORE_GIVEN: "on",
    Obstacle.BEFORE_STEP: "on",
    Obstacle.NO_TEXT: "what",
    Obstacle.NO_ANSWER: "answer",
    Obstacle.NO_OWNER: "owner",
    Obstacle.NO_SOURCE: "source",
    Obstacle.DUE_PAST: "due",
    Obstacle.NO_DUE: "due",
    Obstacle.NO_SUCH_STEP: "about",
    Obstacle.STEP_ENDED: "about",
    Obstacle.NO_SUCH_ENTRY: "about",
}
"""What of an entry an obstacle is about; its kind where none is named."""


class EntryResource(Schema):
    """Something that happened with a recommendation, on its day; struck out where a later entry says so."""

    number: int = Field(serialization_alias="regelNummer")
    kind: str = Field(serialization_alias="soort")
    on: date = Field(serialization_alias="dagDatum")
    what: str = Field(serialization_alias="wat")
    source: str = Field(serialization_alias="bron")
    answer: str | None = Field(serialization_alias="antwoord")
    owner: str | None = Field(serialization_alias="wie")
    due: date | None = Field(serialization_alias="uiterlijkDatum")
    about: int | None = Field(serialization_alias="over")
    is_struck_out: bool = Field(serialization_alias="isDoorgehaald")
    is_invented: bool = Field(serialization_alias="isVerzonnen")

    @classmethod
    def of(cls, one: RegisterEntry, *, stands: bool) -> EntryResource:
        """Return an entry."""
        return cls(
            number=one.number,
            kind=one.kind.value,
            on=one.on,
            what=one.what,
            source=one.source,
            answer=one.answer.value if one.answer else None,
            owner=one.owner.value if one.owner else None,
            due=one.due,
            about=one.about,
            is_struck_out=not stands,
            is_invented=one.is_invented,
        )


class CommentResource(Schema):
    """What a partner said, with the role and place of its organisation, never with a name."""

    number: int = Field(serialization_alias="reactieNummer")
    role: str = Field(serialization_alias="rol")
    place: str = Field(serialization_alias="plaats")
    on: date = Field(serialization_alias="dagDatum")
    text: str = Field(serialization_alias="tekst")

    @classmethod
    def of(cls, one: Comment) -> CommentResource:
        """Return a comment."""
        return cls(number=one.number, role=one.role, place=one.place, on=one.on, text=one.text)


class EntryAsked(Asked):
    """An entry to add; ``over`` is the number of the step or entry that it is about. The register is public."""

    kind: EntryKind = Field(alias="soort", strict=False)
    on: Day = Field(alias="dagDatum")
    what: Lines = Field(alias="wat")
    source: Lines = Field("", alias="bron")
    answer: Annotated[Answer, Field(strict=False)] | None = Field(None, alias="antwoord")
    owner: Annotated[Party, Field(strict=False)] | None = Field(None, alias="wie")
    due: Day | None = Field(None, alias="uiterlijkDatum")
    about: EntryNumber | None = Field(None, alias="over")


class CommentAsked(Asked):
    """What the own organisation says of a recommendation."""

    text: Lines = Field(alias="tekst")


@router.get(
    "/aanbevelingen/{nummer}/regels",
    by_alias=True,
    response={200: list[EntryResource], **READ},
    operation_id="aanbevelingRegels",
    url_name="recommendation-entries",
)
def entries(
    request: HttpRequest,
    response: HttpResponse,
    number: RowKey,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[EntryResource]:
    """Geef alles wat van een aanbeveling is vastgelegd, de oudste regel eerst; wat is doorgehaald staat er ook bij."""
    found = _entries(request, number)
    return found[paged(request, response, len(found), page, page_size)]


@router.post(
    "/aanbevelingen/{nummer}/regels",
    by_alias=True,
    response={201: EntryResource, **WRITTEN},
    operation_id="aanbevelingRegelToevoegen",
    url_name="recommendation-entries",
)
def add_entry(
    request: HttpRequest, number: RowKey, key: IdempotencyKey, asked: Annotated[EntryAsked, Body()]
) -> HttpResponse:
    """Voeg een regel toe: een antwoord, een stap (toegezegd, verschoven, gedaan), bewijs of een afsluiting."""

    def act() -> Made:
        new = RegisterEntry(
            number=0,
            recommendation=number,
            kind=asked.kind,
            on=asked.on,
            what=asked.what,
            source=asked.source,
            answer=asked.answer,
            owner=asked.owner,
            due=asked.due,
            about=asked.about,
        )
        outcome = record_entry(actor=asked_by(request), new=new, today=today_of(request))
        if isinstance(outcome, Obstacle):
            raise InputError(
                "INP-06",
                f"the entry may not stand there: {outcome.value}",
                remedy="Look at the register again.",
                location=Location(column=PLACES.get(outcome, "kind")),
            )
        made = next(one for one in _entries(request, number) if one.number == outcome)
        return Made(made, location=f"/api/v1/aanbevelingen/{number}/regels")

    return written_together(request, key, act, names=NAMES | {"kind": "soort"})


@router.get(
    "/aanbevelingen/{nummer}/reacties",
    by_alias=True,
    response={200: list[CommentResource], **GUARDED},
    operation_id="aanbevelingReacties",
    url_name="recommendation-comments",
)
def comments(
    request: HttpRequest,
    response: HttpResponse,
    number: RowKey,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[CommentResource]:
    """Geef wat partners in de keten van een aanbeveling zeiden, de oudste reactie eerst."""
    found = read_comments(actor=asked_by(request), number=number)
    return [CommentResource.of(one) for one in found[paged(request, response, len(found), page, page_size)]]


@router.post(
    "/aanbevelingen/{nummer}/reacties",
    by_alias=True,
    response={201: CommentResource, **WRITTEN},
    operation_id="opAanbevelingReageren",
    url_name="recommendation-comments",
)
def add_comment(
    request: HttpRequest, number: RowKey, key: IdempotencyKey, asked: Annotated[CommentAsked, Body()]
) -> HttpResponse:
    """Zeg iets van een aanbeveling namens de eigen organisatie."""

    def act() -> Made:
        actor = asked_by(request)
        said = comment(actor=actor, number=number, text=asked.text, today=today_of(request))
        made = next(one for one in read_comments(actor=actor, number=number) if one.number == said)
        return Made(CommentResource.of(made), location=f"/api/v1/aanbevelingen/{number}/reacties")

    return written_together(request, key, act, names=NAMES)


def _entries(request: HttpRequest, number: int) -> list[EntryResource]:
    found = read_recommendation(actor=asked_by(request), number=number, today=today_of(request)).line.entries
    standing = {one.number for one in in_force(found)}
    return [
        EntryResource.of(one, stands=one.number in standing or one.kind is EntryKind.STRUCK_OUT)
        for one in found
    ]
