"""What COA mends in households: steps corrected, households merged and split; nothing that stood there goes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Body, Router
from pydantic import BeforeValidator, Field

from eenthuis.api.answering import GUARDED, REPLACED, IdempotencyKey, IfMatch, Made, expected, written_once
from eenthuis.api.asking import (
    Day,
    FileText,
    HouseholdKey,
    OpaqueText,
    RankKey,
    Text,
    asked_by,
    integral,
    today_of,
)
from eenthuis.api.households import HouseholdResource
from eenthuis.api.schemas import Asked, Schema
from eenthuis.api.steps import WayResource
from eenthuis.services.versions import version_of
from eenthuis.services.way_changing import (
    MemberView,
    NewPart,
    correct_step,
    list_members,
    merge_numbered,
    read_new_version,
    split_numbered,
)
from eenthuis.services.way_taking import version_of_way

router = Router()
FEWEST = 2
MOST_HOUSEHOLDS = 20
MOST_MEMBERS = 99
Rank = Annotated[int, Field(ge=1, le=MOST_MEMBERS), BeforeValidator(integral)]
Version = Annotated[str, Field(pattern=r"^[0-9a-f]{24}$")]


class CorrectionAsked(Asked):
    """The right day of a step, or none to strike it out; and what was wrong."""

    on: Day | None = Field(default=None, alias="stapDatum")
    why: Text = Field(alias="reden")


class OtherAsked(Asked):
    """Another household to merge with, and which version of its steps was seen: its ETag without quotes."""

    household: OpaqueText = Field(alias="huishoudenNummer")
    version: Version = Field(alias="versie")


class MergerAsked(Asked):
    """The households to merge with, and the file number of the household that they become."""

    others: list[OtherAsked] = Field(alias="metHuishoudens", min_length=1, max_length=MOST_HOUSEHOLDS)
    file_number: FileText = Field(alias="dossiernummer")
    on: Day = Field(alias="stapDatum")
    why: Text = Field(alias="reden")


class PartAsked(Asked):
    """A household that another is split into, with the ranks of its members in the list of members."""

    file_number: FileText = Field(alias="dossiernummer")
    members: list[Rank] = Field(alias="leden", min_length=1, max_length=MOST_MEMBERS)


class SplitAsked(Asked):
    """How a household is split: every member in exactly one part."""

    parts: list[PartAsked] = Field(alias="delen", min_length=FEWEST, max_length=MOST_HOUSEHOLDS)
    on: Day = Field(alias="stapDatum")
    why: Text = Field(alias="reden")


class MemberResource(Schema):
    """A member of a household, with the rank that a split names it by."""

    rank: int = Field(serialization_alias="volgnummer")
    birth_year: int = Field(serialization_alias="geboortejaar")
    is_adult: bool = Field(serialization_alias="isVolwassen")

    @classmethod
    def of(cls, view: MemberView) -> MemberResource:
        """Return a member."""
        return cls(rank=view.rank, birth_year=view.birth_year, is_adult=view.is_adult)


class SplitResource(Schema):
    """The households that one was split into, and the day."""

    on: date = Field(serialization_alias="stapDatum")
    households: list[HouseholdResource] = Field(serialization_alias="huishoudens")


@router.get(
    "/huishoudens/{nummer}/leden",
    by_alias=True,
    response={200: list[MemberResource], **GUARDED},
    operation_id="leden",
)
def members(request: HttpRequest, number: HouseholdKey) -> list[MemberResource]:
    """Geef de leden van een huishouden, aan wie het mag splitsen."""
    return [MemberResource.of(one) for one in list_members(actor=asked_by(request), number=number)]


@router.post(
    "/huishoudens/{nummer}/stappen/{volgnummer}/correcties",
    by_alias=True,
    response={201: WayResource, **REPLACED},
    operation_id="stapCorrigeren",
)
def correct(
    request: HttpRequest,
    number: HouseholdKey,
    rank: RankKey,
    *,
    key: IdempotencyKey,
    asked: Annotated[CorrectionAsked, Body()],
    match: IfMatch = None,
) -> HttpResponse:
    """Verbeter de dag van een stap, of haal de stap door als u geen dag meegeeft; wat er stond, blijft bewaard."""
    is_seen = expected(match)

    def act() -> Made:
        page = correct_step(
            actor=asked_by(request),
            number=number,
            step=rank,
            on=asked.on,
            why=asked.why,
            is_seen=is_seen,
            today=today_of(request),
        )
        return Made(WayResource.of(page), location=_steps(number), version=version_of_way(page))

    return written_once(request, key, act)


@router.post(
    "/huishoudens/{nummer}/samenvoegingen",
    by_alias=True,
    response={201: HouseholdResource, **REPLACED},
    operation_id="huishoudensSamenvoegen",
)
def merge(
    request: HttpRequest,
    number: HouseholdKey,
    key: IdempotencyKey,
    asked: Annotated[MergerAsked, Body()],
    match: IfMatch = None,
) -> HttpResponse:
    """Voeg huishoudens zonder koppeling samen; `If-Match` is de versie van de stappen van dit huishouden."""
    seen = {other.household: _is(other.version) for other in asked.others} | {number: expected(match)}

    def act() -> Made:
        view = merge_numbered(
            actor=asked_by(request),
            numbers={number: seen[number]} | seen,
            file_number=asked.file_number,
            why=asked.why,
            on=asked.on,
            today=today_of(request),
        )
        location = f"/api/v1/huishoudens/{view.number}"
        return Made(HouseholdResource.of(view), location=location, version=version_of(view))

    return written_once(request, key, act)


@router.post(
    "/huishoudens/{nummer}/splitsingen",
    by_alias=True,
    response={201: SplitResource, **REPLACED},
    operation_id="huishoudenSplitsen",
)
def split(
    request: HttpRequest,
    number: HouseholdKey,
    key: IdempotencyKey,
    asked: Annotated[SplitAsked, Body()],
    match: IfMatch = None,
) -> HttpResponse:
    """Verdeel een huishouden zonder koppeling; elk lid komt in precies één nieuw huishouden."""
    is_seen = expected(match)

    def act() -> Made:
        actor, today = asked_by(request), today_of(request)
        views = split_numbered(
            actor=actor,
            number=number,
            parts=[NewPart(part.file_number, tuple(part.members)) for part in asked.parts],
            why=asked.why,
            on=asked.on,
            is_seen=is_seen,
            today=today,
        )
        made = SplitResource(on=asked.on, households=[HouseholdResource.of(view) for view in views])
        version = read_new_version(actor=actor, number=number, today=today)
        return Made(made, location=_steps(number), version=version)

    return written_once(request, key, act)


def _is(version: str) -> Callable[[str], bool]:
    return lambda now: now == version


def _steps(number: str) -> str:
    return f"/api/v1/huishoudens/{number}/stappen"
