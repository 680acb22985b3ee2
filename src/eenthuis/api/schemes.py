"""Schemes that pay for homes, places and people ("regelingen"): the public register, and where schemes overlap."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router
from pydantic import Field

from eenthuis.api.answering import READ
from eenthuis.api.asking import (
    A_PAGE,
    FIRST_PAGE,
    DayKey,
    Number,
    PageSize,
    asked_by,
    paged,
    today_of,
)
from eenthuis.api.schemas import Schema
from eenthuis.law.schemes import Condition, Scheme
from eenthuis.rules.scheme_overlap import Overlap
from eenthuis.services.scheme_register import read_scheme, read_schemes

router = Router()
SCHEME = r"^[a-z0-9-]{2,40}$"
SchemeKey = Annotated[str, Path(alias="code", pattern=SCHEME)]


class ConditionResource(Schema):
    """What a scheme asks of one fact of a project; ``grens`` is true, false or a whole number as text."""

    fact: str = Field(serialization_alias="feit")
    kind: str = Field(serialization_alias="soort")
    bound: str = Field(serialization_alias="grens")
    source: str = Field(serialization_alias="bron")

    @classmethod
    def of(cls, one: Condition) -> ConditionResource:
        """Return a condition."""
        return cls(
            fact=one.fact.value,
            kind=one.kind.value,
            bound=str(one.bound).lower(),
            source=one.citation.source,
        )


class SchemeResource(Schema):
    """A version of a scheme; what is not known is null, never a guess. Amounts are in whole cents."""

    code: str
    title: str = Field(serialization_alias="titel")
    purpose: str = Field(serialization_alias="doel")
    groups: list[str] = Field(serialization_alias="groepen")
    first_day: date = Field(serialization_alias="eersteDatum")
    last_day: date | None = Field(serialization_alias="laatsteDatum")
    is_open: bool = Field(serialization_alias="isOpen")
    open_round: str | None = Field(serialization_alias="openRonde")
    budget_cents: int | None = Field(serialization_alias="budgetCenten")
    amount_cents: int | None = Field(serialization_alias="bedragCenten")
    amount_per: str | None = Field(serialization_alias="bedragPer")
    amount_is_at_most: bool = Field(serialization_alias="isHoogstens")
    most_cents: int | None = Field(serialization_alias="meestPerGemeenteCenten")
    order: str | None = Field(serialization_alias="volgorde")
    when_short: str | None = Field(serialization_alias="bijTekort")
    advance: str | None = Field(serialization_alias="voorschotDeel")
    evidence: list[str] = Field(serialization_alias="bewijzen")
    conditions: list[ConditionResource] = Field(serialization_alias="voorwaarden")
    sources: list[str] = Field(serialization_alias="bronnen")

    @classmethod
    def of(cls, one: Scheme) -> SchemeResource:
        """Return a scheme."""
        part = one.advance_part
        return cls(
            code=one.code,
            title=one.title,
            purpose=one.purpose.value,
            groups=sorted(one.groups),
            first_day=one.first_day,
            last_day=one.last_day,
            is_open=one.is_open,
            open_round=one.open_round,
            budget_cents=one.budget_cents,
            amount_cents=one.amount_cents,
            amount_per=one.amount_per.value if one.amount_per else None,
            amount_is_at_most=one.amount_is_at_most,
            most_cents=one.most_per_municipality_cents,
            order=one.order.value if one.order else None,
            when_short=one.when_short.value if one.when_short else None,
            advance=None if part is None else f"{part.numerator}/{part.denominator}",
            evidence=[kind.value for kind in one.evidence],
            conditions=[ConditionResource.of(asked) for asked in one.conditions],
            sources=sorted({cited.source for cited in one.citations}),
        )


class OverlapResource(Schema):
    """Two schemes that pay for the same purpose and groups, and in what they are not uniform."""

    first: str = Field(serialization_alias="eersteCode")
    second: str = Field(serialization_alias="tweedeCode")
    groups: list[str] = Field(serialization_alias="groepen")
    differs_in: list[str] = Field(serialization_alias="verschiltIn")

    @classmethod
    def of(cls, one: Overlap) -> OverlapResource:
        """Return a pair of schemes."""
        return cls(
            first=one.first.code,
            second=one.second.code,
            groups=sorted(one.groups),
            differs_in=list(one.differs_in),
        )


@router.get(
    "/regelingen", by_alias=True, response={200: list[SchemeResource], **READ}, operation_id="regelingen"
)
def schemes(
    request: HttpRequest,
    response: HttpResponse,
    day: DayKey = None,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[SchemeResource]:
    """Geef de regelingen die op een dag gelden, met elke voorwaarde en waar die staat."""
    found = read_schemes(actor=asked_by(request), as_of=day or today_of(request)).schemes
    return [SchemeResource.of(one) for one in found[paged(request, response, len(found), page, page_size)]]


@router.get(
    "/regelingen/overlappingen",
    by_alias=True,
    response={200: list[OverlapResource], **READ},
    operation_id="regelingOverlappingen",
)
def scheme_overlaps(request: HttpRequest, day: DayKey = None) -> list[OverlapResource]:
    """Geef welke regelingen elkaar op een dag overlappen, en waarin ze verschillen."""
    found = read_schemes(actor=asked_by(request), as_of=day or today_of(request)).overlaps
    return [OverlapResource.of(one) for one in found]


@router.get(
    "/regelingen/{code}", by_alias=True, response={200: SchemeResource, **READ}, operation_id="regeling"
)
def scheme(request: HttpRequest, code: SchemeKey, day: DayKey = None) -> SchemeResource:
    """Geef één regeling zoals zij op een dag geldt, of zoals zij het laatst gold."""
    return SchemeResource.of(read_scheme(actor=asked_by(request), code=code, as_of=day or today_of(request)))
