"""Reception sites changed by their municipality from a day on, and confirmed by COA."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Body, Router
from pydantic import Field

from eenthuis.api.answering import (
    REPLACED,
    IdempotencyKey,
    IfMatch,
    Made,
    expected,
    written_together,
)
from eenthuis.api.asking import Amount, Day, Text, asked_by, today_of
from eenthuis.api.places import SiteKey, SiteResource
from eenthuis.api.schemas import LONGEST_WHY, Asked
from eenthuis.services.reception_sites import SiteLine, change_listed_site, confirm_site, read_site
from eenthuis.services.versions import version_of
from eenthuis.terms.capacity import MOST_PLACES, SiteChange, SiteChangeKind, SiteId
from eenthuis.terms.errors import ApiError

router = Router()
NAMES = {"why": "reden", "day": "vanafDatum", "places": "plaatsen"}


class SiteChangeAsked(Asked):
    """Other places from a day, or another last day: later (none is no agreed end), or earlier; and why."""

    kind: SiteChangeKind = Field(alias="soort", strict=False)
    day: Day | None = Field(None, alias="vanafDatum")
    places: Amount = Field(0, alias="plaatsen", ge=0, le=MOST_PLACES)
    why: Annotated[Text, Field(max_length=LONGEST_WHY)] = Field(alias="reden")


@router.post(
    "/opvanglocaties/{nummer}/wijzigingen",
    by_alias=True,
    response={201: SiteResource, **REPLACED},
    operation_id="opvanglocatieWijzigen",
)
def change_reception_site(
    request: HttpRequest,
    number: SiteKey,
    key: IdempotencyKey,
    asked: Annotated[SiteChangeAsked, Body()],
    match: IfMatch = None,
) -> HttpResponse:
    """Wijzig de plaatsen vanaf een dag, of de laatste dag, met een reden; het COA bevestigt de locatie opnieuw."""
    is_seen = expected(match)

    def act() -> Made:
        actor, today, identifier = asked_by(request), today_of(request), SiteId(number)
        change_listed_site(
            actor=actor,
            identifier=identifier,
            change=SiteChange(asked.kind, asked.day, asked.places),
            why=asked.why,
            today=today,
            version=_seen(request, number, is_seen).version,
        )
        return _made(request, number)

    return written_together(request, key, act, names=NAMES)


@router.post(
    "/opvanglocaties/{nummer}/bevestigingen",
    by_alias=True,
    response={201: SiteResource, **REPLACED},
    operation_id="opvanglocatieBevestigen",
)
def confirm_reception_site(
    request: HttpRequest, number: SiteKey, key: IdempotencyKey, match: IfMatch = None
) -> HttpResponse:
    """Bevestig voor het COA dat de locatie de plaatsen heeft die u zag."""
    is_seen = expected(match)

    def act() -> Made:
        confirm_site(
            actor=asked_by(request),
            identifier=SiteId(number),
            today=today_of(request),
            version=_seen(request, number, is_seen).version,
        )
        return _made(request, number)

    return written_together(request, key, act)


def _seen(request: HttpRequest, number: str, is_seen: Callable[[str], bool]) -> SiteLine:
    line = read_site(actor=asked_by(request), identifier=SiteId(number), today=today_of(request)).line
    if not is_seen(version_of(line)):
        raise ApiError("API-03", "the site changed since it was read", remedy="Read it again.")
    return line


def _made(request: HttpRequest, number: str) -> Made:
    line = read_site(actor=asked_by(request), identifier=SiteId(number), today=today_of(request)).line
    return Made(SiteResource.of(line), location=f"/api/v1/opvanglocaties/{number}", version=version_of(line))
