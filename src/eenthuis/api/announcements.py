"""Announcements ("aankondigingen"): the national numbers of a half-year, read by anyone and told by the ministry."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Body, Path, Router
from pydantic import Field

from eenthuis.api.answering import READ, WRITTEN, IdempotencyKey, IfNoneMatch, Made, versioned, written_once
from eenthuis.api.asking import (
    HALF_YEAR,
    Amount,
    Day,
    HalfYearKey,
    HalfYearText,
    RankKey,
    Text,
    asked_by,
    half_year_of,
    today_of,
)
from eenthuis.api.schemas import AnnouncementResource, Asked
from eenthuis.services.announced import views
from eenthuis.services.announcing import NumberTold, announce_next
from eenthuis.services.versions import version_of
from eenthuis.terms.errors import AccessError
from eenthuis.terms.half_year import HalfYear

router = Router()
MOST_PEOPLE = 1_000_000


class AnnouncementAsked(Asked):
    """A national number to announce; one that follows on another names it in ``vervangt``."""

    half_year: HalfYearText = Field(alias="halfjaar")
    people: Amount = Field(alias="aantal", ge=0, le=MOST_PEOPLE)
    announced_on: Day = Field(alias="bekendmakingsDatum")
    known_by: Day | None = Field(default=None, alias="uiterlijkBekendDatum")
    source: Text = Field(alias="bron")
    note: Text | None = Field(default=None, alias="toelichting")
    replaces: Text | None = Field(default=None, alias="vervangt")


@router.get(
    "/aankondigingen",
    by_alias=True,
    response={200: list[AnnouncementResource], **READ},
    operation_id="aankondigingen",
)
def announcements(request: HttpRequest, half_year: HalfYearKey = None) -> list[AnnouncementResource]:
    """Geef de landelijke getallen van een halfjaar, het vervangene ook, met de juridische opmerkingen."""
    listed = views(half_year_of(request, half_year))
    return [AnnouncementResource.of(view, rank) for rank, view in enumerate(listed, start=1)]


@router.post(
    "/aankondigingen",
    by_alias=True,
    response={201: AnnouncementResource, **WRITTEN},
    operation_id="aankondigen",
    url_name="announcements",
)
def announce(
    request: HttpRequest, key: IdempotencyKey, asked: Annotated[AnnouncementAsked, Body()]
) -> HttpResponse:
    """Kondig een landelijk getal aan, of vervang het geldende door dat in ``vervangt`` te noemen."""

    def act() -> Made:
        told = NumberTold(
            half_year=HalfYear.parse(asked.half_year),
            people=asked.people,
            announced_on=asked.announced_on,
            known_by=asked.known_by,
            source=asked.source,
            note=asked.note or "",
            replaces=asked.replaces,
        )
        made = announce_next(actor=asked_by(request), told=told, today=today_of(request))
        return Made(
            AnnouncementResource.of(made.view, made.rank),
            location=f"/api/v1/aankondigingen/{told.half_year}/{made.rank}",
            version=version_of(made.view),
        )

    return written_once(request, key, act)


@router.get(
    "/aankondigingen/{halfjaar}/{volgnummer}",
    by_alias=True,
    response={200: AnnouncementResource, 304: None, **READ},
    operation_id="aankondiging",
)
def announcement(
    request: HttpRequest,
    written: Annotated[str, Path(alias="halfjaar", pattern=HALF_YEAR)],
    rank: RankKey,
    seen: IfNoneMatch = None,
) -> HttpResponse:
    """Geef één landelijk getal."""
    listed = views(half_year_of(request, written))
    if rank > len(listed):
        raise AccessError("ACC-02", "no announcement by that rank", remedy="Read the list of the half-year.")
    view = listed[rank - 1]
    return versioned(seen, version_of(view), AnnouncementResource.of(view, rank))
