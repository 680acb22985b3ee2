"""Urgency schemes of municipalities ("urgentieregelingen"): the public register, and what a municipality enters."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Body, Path, Router
from pydantic import Field

from eenthuis.api.answering import READ, WRITTEN, IdempotencyKey, Made, written_together
from eenthuis.api.asking import (
    A_PAGE,
    FIRST_PAGE,
    MUNICIPALITY,
    Day,
    DayKey,
    Number,
    PageSize,
    Text,
    asked_by,
    paged,
    today_of,
)
from eenthuis.api.schemas import Asked, Schema
from eenthuis.rules.urgency import FigureCheck, Finding
from eenthuis.services.urgency import LONGEST_SOURCE, keep_urgency, read_urgency, read_urgency_of
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.urgency import OfferOrder, TargetProvision, UrgencyGroup, UrgencyScheme

router = Router()
CodeKey = Annotated[str, Path(alias="gemeenteCode", pattern=MUNICIPALITY)]
NAMES = {"order": "volgorde", "why": "reden"}
MOST_ORDERS = len(OfferOrder)
MOST_GROUPS = len(UrgencyGroup)


class ShortcomingResource(Schema):
    """What the law asks and the register does not show; ``groep`` is the one that is missing."""

    shortcoming: str = Field(serialization_alias="tekortkoming")
    group: str | None = Field(serialization_alias="groep")
    source: str = Field(serialization_alias="bron")

    @classmethod
    def of(cls, one: Finding) -> ShortcomingResource:
        """Return what is lacking."""
        return cls(
            shortcoming=one.shortcoming.value,
            group=one.group.value if one.group else None,
            source=one.citation.source,
        )


class UrgencyResource(Schema):
    """What a municipality has on urgency from a day on, both days counted; the last is null while it holds."""

    municipality: str = Field(serialization_alias="gemeenteCode")
    first_day: date = Field(serialization_alias="eersteDatum")
    last_day: date | None = Field(serialization_alias="laatsteDatum")
    has_scheme: bool = Field(serialization_alias="heeftRegeling")
    names_status_holders: bool = Field(serialization_alias="noemtStatushouders")
    provision: str = Field(serialization_alias="bepaling")
    groups: list[str] = Field(serialization_alias="groepen")
    order: list[str] = Field(serialization_alias="volgorde")
    source: str = Field(serialization_alias="bron")
    findings: list[ShortcomingResource] | None = Field(serialization_alias="tekortkomingen")

    @classmethod
    def of(cls, one: UrgencyScheme, findings: tuple[Finding, ...] | None = None) -> UrgencyResource:
        """Return an entry; what it lacks is asked of the one that holds on the day only."""
        return cls(
            municipality=one.municipality,
            first_day=one.first_day,
            last_day=one.last_day,
            has_scheme=one.has_scheme,
            names_status_holders=one.names_status_holders,
            provision=one.provision.value,
            groups=sorted(one.groups),
            order=[word.value for word in one.order],
            source=one.source,
            findings=None if findings is None else [ShortcomingResource.of(found) for found in findings],
        )


class UrgencyShareResource(Schema):
    """A published share beside what the register counts, as municipalities out of those asked."""

    published: str | None = Field(serialization_alias="gepubliceerd")
    counted: int = Field(serialization_alias="geteld")
    of: int = Field(serialization_alias="van")

    @classmethod
    def counted_as(cls, one: FigureCheck) -> UrgencyShareResource:
        """Return a figure; the published share is exact, as n/d."""
        part = one.published.part if one.published else None
        return cls(
            published=None if part is None else f"{part.numerator}/{part.denominator}",
            counted=one.counted,
            of=one.of,
        )


class UrgencyFiguresResource(Schema):
    """The register on a day beside the published figures."""

    filled: int = Field(serialization_alias="ingevuld")
    municipalities: int = Field(serialization_alias="gemeenten")
    with_scheme: UrgencyShareResource = Field(serialization_alias="metRegeling")
    dropped: UrgencyShareResource = Field(serialization_alias="statushoudersGeschrapt")


class UrgencyAsked(Asked):
    """What a municipality has from a day on, or a correction of what it entered from that day; that asks a reason."""

    first_day: Day = Field(alias="eersteDatum")
    has_scheme: bool = Field(alias="heeftRegeling")
    names_status_holders: bool = Field(alias="noemtStatushouders")
    provision: TargetProvision = Field(alias="bepaling", strict=False)
    groups: list[Annotated[UrgencyGroup, Field(strict=False)]] = Field(
        default_factory=list, alias="groepen", max_length=MOST_GROUPS
    )
    order: list[Annotated[OfferOrder, Field(strict=False)]] = Field(
        default_factory=list, alias="volgorde", max_length=MOST_ORDERS
    )
    source: Annotated[Text, Field(max_length=LONGEST_SOURCE)] = Field(alias="bron")
    why: Text | None = Field(None, alias="reden")


@router.get(
    "/urgentieregelingen",
    by_alias=True,
    response={200: list[UrgencyResource], **READ},
    operation_id="urgentieregelingen",
)
def urgency_schemes(
    request: HttpRequest,
    response: HttpResponse,
    day: DayKey = None,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[UrgencyResource]:
    """Geef het register zoals het op een dag geldt, met wat de wet vraagt en het niet laat zien."""
    lines = read_urgency(actor=asked_by(request), as_of=day or today_of(request)).lines
    return [
        UrgencyResource.of(one.scheme, one.findings)
        for one in lines[paged(request, response, len(lines), page, page_size)]
    ]


@router.get(
    "/urgentiecijfers",
    by_alias=True,
    response={200: UrgencyFiguresResource, **READ},
    operation_id="urgentiecijfers",
)
def urgency_figures(request: HttpRequest, day: DayKey = None) -> UrgencyFiguresResource:
    """Geef de landelijke cijfers: hoeveel gemeenten een regeling hebben, naast wat daarover is gepubliceerd."""
    found = read_urgency(actor=asked_by(request), as_of=day or today_of(request)).figures
    return UrgencyFiguresResource(
        filled=found.filled,
        municipalities=found.municipalities,
        with_scheme=UrgencyShareResource.counted_as(found.with_scheme),
        dropped=UrgencyShareResource.counted_as(found.dropped),
    )


@router.get(
    "/urgentieregelingen/{gemeenteCode}",
    by_alias=True,
    response={200: list[UrgencyResource], **READ},
    operation_id="urgentieregelingenVanGemeente",
    url_name="urgency-of-municipality",
)
def urgency_of(request: HttpRequest, code: CodeKey) -> list[UrgencyResource]:
    """Geef alles wat een gemeente heeft ingevuld, het nieuwste eerst."""
    found = read_urgency_of(
        actor=asked_by(request), municipality=MunicipalityCode(code), today=today_of(request)
    )
    now = found.now
    return [
        UrgencyResource.of(
            one.scheme, now.findings if now and now.scheme.first_day == one.scheme.first_day else None
        )
        for one in found.entries
    ]


@router.post(
    "/urgentieregelingen/{gemeenteCode}",
    by_alias=True,
    response={201: UrgencyResource, **WRITTEN},
    operation_id="urgentieregelingVastleggen",
    url_name="urgency-of-municipality",
)
def enter_urgency(
    request: HttpRequest, code: CodeKey, key: IdempotencyKey, asked: Annotated[UrgencyAsked, Body()]
) -> HttpResponse:
    """Leg vast wat de gemeente vanaf een dag heeft, of verbeter dat met een reden; wat er stond blijft bewaard."""

    def act() -> Made:
        scheme = UrgencyScheme(
            municipality=MunicipalityCode(code),
            first_day=asked.first_day,
            last_day=None,
            has_scheme=asked.has_scheme,
            names_status_holders=asked.names_status_holders,
            provision=asked.provision,
            groups=frozenset(asked.groups),
            order=tuple(asked.order),
            source=asked.source,
        )
        keep_urgency(actor=asked_by(request), scheme=scheme, why=asked.why or "")
        entered = next(one for one in urgency_of(request, code) if one.first_day == asked.first_day)
        return Made(entered, location=f"/api/v1/urgentieregelingen/{code}")

    return written_together(request, key, act, names=NAMES)
