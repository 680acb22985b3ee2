"""Changing the number inside a half-year ("bijstellen"): five ways side by side, read only."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import Field

from eenthuis.api.answering import READ
from eenthuis.api.asking import (
    A_PAGE,
    FIRST_PAGE,
    HALF_YEAR,
    Number,
    PageSize,
    People,
    asked_by,
    paged,
    today_of,
)
from eenthuis.api.schemas import Schema
from eenthuis.rules.interim import Effect, Option, Way
from eenthuis.rules.judgement import word
from eenthuis.services.interim import InterimPage, read_interim
from eenthuis.terms.errors import AccessError, InputError
from eenthuis.terms.half_year import HalfYear

router = Router()
Written = Annotated[str, Path(alias="halfjaar", pattern=HALF_YEAR)]
ExpectedKey = Annotated[People | None, Query(alias="verwacht")]
FollowingKey = Annotated[People | None, Query(alias="volgend")]
WayKey = Annotated[Way, Query(alias="manier")]


class OptionResource(Schema):
    """One way, of all municipalities together, in people; ``juridisch`` names how it stands in law on the day."""

    way: str = Field(serialization_alias="manier")
    standing: list[str] = Field(serialization_alias="juridisch")
    number: int = Field(serialization_alias="getal")
    next_number: int = Field(serialization_alias="volgendGetal")
    corrected: int = Field(serialization_alias="gecorrigeerdeTaakstelling")
    backlog: int = Field(serialization_alias="achterstandErna")
    next_corrected: int = Field(serialization_alias="volgendeGecorrigeerdeTaakstelling")
    gaining: int = Field(serialization_alias="gemeentenDieWinnen")
    losing: int = Field(serialization_alias="gemeentenDieVerliezen")
    climbing: int = Field(serialization_alias="gemeentenOmhoogOpLadder")

    @classmethod
    def of(cls, option: Option) -> OptionResource:
        """Return a way."""
        return cls(
            way=option.way.value,
            standing=[one.value for one in option.standing],
            number=option.number,
            next_number=option.next_number,
            corrected=sum(effect.corrected for effect in option.effects),
            backlog=option.backlog,
            next_corrected=sum(effect.next_corrected for effect in option.effects),
            gaining=sum(effect.gain > 0 for effect in option.effects),
            losing=sum(effect.gain < 0 for effect in option.effects),
            climbing=option.climbing,
        )


class EffectResource(Schema):
    """What a way does to one municipality, in people."""

    municipality: str = Field(serialization_alias="gemeenteCode")
    corrected: int = Field(serialization_alias="gecorrigeerdeTaakstelling")
    foreseen: int = Field(serialization_alias="voorzien")
    carried_out: int = Field(serialization_alias="achterstandOfVoorsprongErna")
    next_corrected: int = Field(serialization_alias="volgendeGecorrigeerdeTaakstelling")
    gain: int = Field(serialization_alias="winst")
    verdict: str = Field(serialization_alias="oordeel")
    climbs: bool = Field(serialization_alias="kanOmhoogOpLadder")

    @classmethod
    def of(cls, effect: Effect) -> EffectResource:
        """Return an effect."""
        return cls(
            municipality=effect.municipality,
            corrected=effect.corrected,
            foreseen=effect.foreseen,
            carried_out=effect.carried_out,
            next_corrected=effect.next_corrected,
            gain=effect.gain,
            verdict=word(effect.judgement),
            climbs=effect.climbs,
        )


@router.get(
    "/bijstellingen/{halfjaar}",
    by_alias=True,
    response={200: list[OptionResource], **READ},
    operation_id="bijstelling",
)
def interim(
    request: HttpRequest, written: Written, expected: ExpectedKey = None, following: FollowingKey = None
) -> list[OptionResource]:
    """Geef vijf manieren om met een ander aantal om te gaan in een lopend halfjaar."""
    return [OptionResource.of(option) for option in _read(request, written, expected, following).options]


@router.get(
    "/bijstellingen/{halfjaar}/gemeenten",
    by_alias=True,
    response={200: list[EffectResource], **READ},
    operation_id="bijstellingPerGemeente",
)
def effects(
    request: HttpRequest,
    response: HttpResponse,
    written: Written,
    way: WayKey = Way.ANNOUNCE,
    expected: ExpectedKey = None,
    following: FollowingKey = None,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[EffectResource]:
    """Geef wat een van die manieren met elke gemeente doet."""
    found = _read(request, written, expected, following)
    chosen = next(option for option in found.options if option.way is way).effects
    return [EffectResource.of(one) for one in chosen[paged(request, response, len(chosen), page, page_size)]]


def _read(request: HttpRequest, written: str, expected: int | None, following: int | None) -> InterimPage:
    half_year, today = HalfYear.parse(written), today_of(request)
    try:
        return read_interim(
            actor=asked_by(request), half_year=half_year, expected=expected, following=following, today=today
        )
    except InputError as wrong:  # the half-year is one, but not in progress
        raise AccessError("ACC-02", wrong.message, remedy=wrong.remedy) from wrong
