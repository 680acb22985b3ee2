"""Notices ("berichten"): what was told to one's own role and place, and acknowledging it."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from eenthuis.api.answering import (
    GUARDED,
    WRITTEN,
    IdempotencyKey,
    IfNoneMatch,
    Made,
    versioned,
    written_once,
)
from eenthuis.api.asking import (
    A_PAGE,
    FIRST_PAGE,
    AsksKey,
    Number,
    PageSize,
    RowKey,
    UnreadKey,
    asked_by,
    page_links,
    today_of,
)
from eenthuis.api.schemas import Moment, Schema
from eenthuis.services.notices import NoticeView, acknowledge, notices_for, read_notice
from eenthuis.services.versions import version_of
from eenthuis.terms.notices import NoticeFilter

router = Router()


class FigureResource(Schema):
    """A number that a notice tells."""

    name: str = Field(serialization_alias="naam")
    amount: int = Field(serialization_alias="aantal")


class NoticeResource(Schema):
    """A notice: that something happened, with a reference and never with anything of a person."""

    number: int = Field(serialization_alias="nummer")
    kind: str = Field(serialization_alias="soort")
    reference: str = Field(serialization_alias="verwijzing")
    municipality: str | None = Field(serialization_alias="gemeenteCode")
    figures: list[FigureResource] = Field(serialization_alias="aantallen")
    told_at: Moment = Field(serialization_alias="gemeldTijdstip")
    due_on: date | None = Field(serialization_alias="uiterlijkDatum")
    acknowledge_by: date | None = Field(serialization_alias="bevestigenVoorDatum")
    acknowledged_on: date | None = Field(serialization_alias="bevestigdDatum")
    is_read: bool = Field(serialization_alias="isGelezen")

    @classmethod
    def of(cls, view: NoticeView) -> NoticeResource:
        """Return a notice."""
        return cls(
            number=view.number,
            kind=view.kind.value,
            reference=f"{view.thing}:{view.key}",
            municipality=view.municipality or None,
            figures=[
                FigureResource(name=name, amount=amount) for name, amount in sorted(view.figures.items())
            ],
            told_at=view.told_at,
            due_on=view.due_on,
            acknowledge_by=view.acknowledge_by,
            acknowledged_on=view.acknowledged_on,
            is_read=view.is_read,
        )


@router.get(
    "/berichten", by_alias=True, response={200: list[NoticeResource], **GUARDED}, operation_id="berichten"
)
def notices(
    request: HttpRequest,
    response: HttpResponse,
    is_unread: UnreadKey = None,
    asks: AsksKey = None,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[NoticeResource]:
    """Geef de berichten voor deze rol en plaats, het nieuwste eerst."""
    found = notices_for(
        actor=asked_by(request),
        wanted=NoticeFilter(only_unread=bool(is_unread), only_to_acknowledge=bool(asks)),
        page=page,
        most=page_size,
    )
    page_links(request, response, count=found.count, page=page, size=page_size)
    return [NoticeResource.of(view) for view in found.notices] if page <= found.pages else []


@router.get(
    "/berichten/{nummer}",
    by_alias=True,
    response={200: NoticeResource, 304: None, **GUARDED},
    operation_id="bericht",
)
def notice(request: HttpRequest, number: RowKey, seen: IfNoneMatch = None) -> HttpResponse:
    """Geef één bericht; het wordt daarmee niet gelezen of bevestigd."""
    view = read_notice(actor=asked_by(request), number=number)
    return versioned(seen, version_of(view), NoticeResource.of(view))


@router.post(
    "/berichten/{nummer}/bevestigingen",
    by_alias=True,
    response={201: NoticeResource, **WRITTEN},
    operation_id="berichtBevestigen",
)
def acknowledge_notice(request: HttpRequest, number: RowKey, key: IdempotencyKey) -> HttpResponse:
    """Bevestig een bericht namens allen voor wie het is."""

    def act() -> Made:
        acknowledge(actor=asked_by(request), number=number, today=today_of(request))
        view = read_notice(actor=asked_by(request), number=number)
        return Made(NoticeResource.of(view), location=f"/api/v1/berichten/{number}", version=version_of(view))

    return written_once(request, key, act)
