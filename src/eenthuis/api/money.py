"""Files of money ("gelddossiers"): read, costs handed in, and evidence added; deciding is done on the pages."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Body, Path, Router
from pydantic import Field

from eenthuis.api.answering import (
    GUARDED,
    WRITTEN,
    IdempotencyKey,
    Made,
    written_once,
    written_together,
)
from eenthuis.api.asking import (
    A_PAGE,
    FIRST_PAGE,
    Amount,
    Day,
    MunicipalityKey,
    MunicipalityText,
    Number,
    PageSize,
    Text,
    asked_by,
    paged,
    today_of,
)
from eenthuis.api.schemas import Asked, Schema
from eenthuis.services.money_asked import CostsAsked
from eenthuis.services.money_asking import ask_costs
from eenthuis.services.money_files import FileLine, read_file, read_files, take_step
from eenthuis.terms.money_files import (
    AskedLine,
    CostKind,
    EvidenceKind,
    MoneyFileId,
    MoneyStep,
    MoneyStepKind,
)
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.transit import SiteId

router = Router()
MONEY_FILE = r"^G-[0-9]{7}$"
MOST_CENTS = 999_999_999_999
MOST_LINES = 40
FileKey = Annotated[str, Path(alias="nummer", pattern=MONEY_FILE)]
ShortText = Annotated[Text, Field(max_length=80)]


class CostLineAsked(Asked):
    """One line of costs, in whole cents, with its evidence and where that is kept."""

    cost: CostKind = Field(alias="soort", strict=False)
    what: ShortText = Field(alias="omschrijving")
    cents: Amount = Field(alias="bedragCenten", ge=1, le=MOST_CENTS)
    evidence: EvidenceKind = Field(alias="bewijs", strict=False)
    kept_at: ShortText = Field(alias="vindplaats")


class CostsToClaim(Asked):
    """Costs that a municipality made for a reception site."""

    municipality: MunicipalityText = Field(alias="gemeenteCode")
    title: ShortText = Field(alias="titel")
    site: Annotated[Text, Field(max_length=40)] = Field(alias="locatie")
    first_day: Day = Field(alias="eersteDatum")
    last_day: Day = Field(alias="laatsteDatum")
    lines: list[CostLineAsked] = Field(alias="regels", min_length=1, max_length=MOST_LINES)


class EvidenceAsked(Asked):
    """Evidence of a file: what it is and where it is kept, with the SHA-256 of the document where there is one."""

    evidence: EvidenceKind = Field(alias="soort", strict=False)
    kept_at: ShortText = Field(alias="vindplaats")
    shown_units: Amount = Field(alias="aantal", ge=0, le=999_999_999, default=0)
    digest: str = Field(alias="sha256", pattern=r"^([0-9a-f]{64})?$", default="")


class MoneyLineResource(Schema):
    """One line of a file, and what of it was found right; None while nobody checked it."""

    line: int = Field(serialization_alias="regel")
    cost: str = Field(serialization_alias="soort")
    what: str = Field(serialization_alias="omschrijving")
    evidence: str = Field(serialization_alias="bewijs")
    asked_cents: int = Field(serialization_alias="gevraagdCenten")
    found_cents: int | None = Field(serialization_alias="goedBevondenCenten")
    why: str = Field(serialization_alias="reden")


class MoneyFileResource(Schema):
    """A file of money: where it stands and its amounts in whole cents."""

    number: str = Field(serialization_alias="nummer")
    kind: str = Field(serialization_alias="soort")
    municipality: str = Field(serialization_alias="gemeenteCode")
    title: str = Field(serialization_alias="titel")
    scheme: str | None = Field(serialization_alias="regeling")
    round_name: str | None = Field(serialization_alias="ronde")
    asked_on: date = Field(serialization_alias="aanvraagDatum")
    stage: str = Field(serialization_alias="stand")
    decide_by: date | None = Field(serialization_alias="besluitUiterlijkDatum")
    evidence_by: date | None = Field(serialization_alias="bewijsUiterlijkDatum")
    asked_cents: int = Field(serialization_alias="gevraagdCenten")
    awarded_cents: int | None = Field(serialization_alias="toegekendCenten")
    paid_cents: int = Field(serialization_alias="betaaldCenten")
    recovered_cents: int = Field(serialization_alias="terugontvangenCenten")
    settled_cents: int | None = Field(serialization_alias="vastgesteldCenten")
    lines: list[MoneyLineResource] = Field(serialization_alias="regels")

    @classmethod
    def of(cls, line: FileLine) -> MoneyFileResource:
        """Return a file."""
        file, state = line.file, line.state
        found = {one.line: one for one in state.checked}
        return cls(
            number=file.identifier,
            kind=file.kind.value,
            municipality=file.municipality,
            title=file.title,
            scheme=file.scheme,
            round_name=file.round_name or None,
            asked_on=file.asked_on,
            stage=state.stage.value,
            decide_by=line.decide_by,
            evidence_by=line.evidence_by,
            asked_cents=state.asked_cents,
            awarded_cents=state.awarded_cents,
            paid_cents=state.paid_cents,
            recovered_cents=state.recovered_cents,
            settled_cents=state.settled_cents,
            lines=[
                MoneyLineResource(
                    line=one.line,
                    cost=one.cost.value,
                    what=one.what,
                    evidence=one.evidence.value,
                    asked_cents=one.asked_cents,
                    found_cents=found[one.line].awarded_cents if one.line in found else None,
                    why=found[one.line].why if one.line in found else "",
                )
                for one in file.lines
            ],
        )


@router.get(
    "/gelddossiers",
    by_alias=True,
    response={200: list[MoneyFileResource], **GUARDED},
    operation_id="gelddossiers",
    url_name="money-files",
)
def files(
    request: HttpRequest,
    response: HttpResponse,
    municipality: MunicipalityKey = None,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[MoneyFileResource]:
    """Geef de gelddossiers binnen bereik, het nieuwste eerst."""
    lines = [
        line
        for line in read_files(actor=asked_by(request)).lines
        if municipality is None or line.file.municipality == municipality
    ]
    return [
        MoneyFileResource.of(line) for line in lines[paged(request, response, len(lines), page, page_size)]
    ]


@router.post(
    "/gelddossiers",
    by_alias=True,
    response={201: MoneyFileResource, **WRITTEN},
    operation_id="kostenDeclareren",
    url_name="money-files",
)
def claim(request: HttpRequest, key: IdempotencyKey, asked: Annotated[CostsToClaim, Body()]) -> HttpResponse:
    """Dien kosten van een opvanglocatie in; het dossier krijgt hier zijn nummer."""

    def act() -> Made:
        actor, today = asked_by(request), today_of(request)
        lines = tuple(
            AskedLine(place, one.cost, one.what, one.cents, one.evidence, one.kept_at)
            for place, one in enumerate(asked.lines, start=1)
        )
        costs = CostsAsked(
            MunicipalityCode(asked.municipality),
            asked.title,
            SiteId(asked.site),
            asked.first_day,
            asked.last_day,
            lines,
        )
        return made_file(request, ask_costs(actor=actor, asked=costs, today=today))

    return written_together(request, key, act)


@router.get(
    "/gelddossiers/{nummer}",
    by_alias=True,
    response={200: MoneyFileResource, **GUARDED},
    operation_id="gelddossier",
)
def file(request: HttpRequest, number: FileKey) -> MoneyFileResource:
    """Geef één gelddossier met zijn regels."""
    return MoneyFileResource.of(read_file(actor=asked_by(request), identifier=MoneyFileId(number)).line)


@router.post(
    "/gelddossiers/{nummer}/bewijzen",
    by_alias=True,
    response={201: MoneyFileResource, **WRITTEN},
    operation_id="bewijsToevoegen",
)
def add_evidence(
    request: HttpRequest, number: FileKey, key: IdempotencyKey, asked: Annotated[EvidenceAsked, Body()]
) -> HttpResponse:
    """Voeg bewijs toe aan een gelddossier; een beoordeling van vóór dit bewijs wordt opnieuw gedaan."""

    def act() -> Made:
        step = MoneyStep(
            MoneyStepKind.EVIDENCE,
            today_of(request),
            "",
            evidence=asked.evidence,
            kept_at=asked.kept_at,
            shown_units=asked.shown_units,
            digest=asked.digest,
        )
        identifier = MoneyFileId(number)
        take_step(actor=asked_by(request), identifier=identifier, step=step, today=today_of(request))
        return made_file(request, identifier)

    return written_once(request, key, act)


def made_file(request: HttpRequest, number: MoneyFileId) -> Made:
    """Return what a write in a file of money made: the file as it stands now."""
    line = read_file(actor=asked_by(request), identifier=number).line
    return Made(MoneyFileResource.of(line), location=f"/api/v1/gelddossiers/{number}")
