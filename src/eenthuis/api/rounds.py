"""Rounds of schemes ("aanvraagrondes"): promised beforehand, listed, drawn, and everything to draw them again."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Body, Path, Router
from pydantic import Field

from eenthuis.api.answering import READ, WRITTEN, IdempotencyKey, Made, made, written_once, written_together
from eenthuis.api.asking import (
    A_PAGE,
    FIRST_PAGE,
    Amount,
    Day,
    Number,
    PageSize,
    Text,
    asked_by,
    paged,
    today_of,
)
from eenthuis.api.flex import SchemeText
from eenthuis.api.money import MOST_CENTS
from eenthuis.api.schemas import LONGEST_WHY, Asked, Schema
from eenthuis.rules.lots import ALGORITHM
from eenthuis.services.scheme_rounds import (
    RoundPage,
    draw_round,
    open_round,
    publish_list,
    read_round,
    read_rounds,
)
from eenthuis.terms.lots import Drawn, LotEntry, SchemeRound
from eenthuis.terms.schemes import SchemeCode, WhenShort

router = Router()
ROUND = r"^[a-z0-9][a-z0-9-]{2,38}[a-z0-9]$"
COMMITMENT = r"^[0-9a-f]{64}$"
LONGEST_SEED = 200
NAMES = {
    "naam": "naam",
    "belofte": "belofte",
    "budget": "budgetCenten",
    "waarom": "reden",
    "waarde": "openbareWaarde",
}
RoundKey = Annotated[str, Path(alias="naam", pattern=ROUND)]
ShortText = Annotated[Text, Field(max_length=LONGEST_SEED)]


class LotEntryResource(Schema):
    """An application that takes part in a lot."""

    application: str = Field(serialization_alias="aanvraag")
    category: int = Field(serialization_alias="categorie")
    asked_cents: int = Field(serialization_alias="gevraagdCenten")

    @classmethod
    def of(cls, one: LotEntry) -> LotEntryResource:
        """Return an entry."""
        return cls(application=one.application, category=one.category, asked_cents=one.asked_cents)


class DrawnResource(Schema):
    """Where an application came out; ``sleutel`` is the SHA-256 by which it was put in order inside its category."""

    place: int = Field(serialization_alias="plaats")
    application: str = Field(serialization_alias="aanvraag")
    key: str = Field(serialization_alias="sleutel")
    awarded_cents: int = Field(serialization_alias="toegekendCenten")
    left_cents: int = Field(serialization_alias="overCenten")

    @classmethod
    def of(cls, one: Drawn) -> DrawnResource:
        """Return a place."""
        return cls(
            place=one.place,
            application=one.entry.application,
            key=one.key,
            awarded_cents=one.awarded_cents,
            left_cents=one.left_cents,
        )


class RoundResource(Schema):
    """A round as everyone may know it; the seed stands there once the lot was drawn."""

    name: str = Field(serialization_alias="naam")
    scheme: str = Field(serialization_alias="regeling")
    opens_on: date = Field(serialization_alias="opentDatum")
    closes_on: date = Field(serialization_alias="sluitDatum")
    budget_cents: int = Field(serialization_alias="budgetCenten")
    when_short: str = Field(serialization_alias="bijTekort")
    order_why: str = Field(serialization_alias="reden")
    commitment: str = Field(serialization_alias="belofte")
    public_value_named: str = Field(serialization_alias="openbareWaardeGenoemd")
    opened_on: date = Field(serialization_alias="aangekondigdDatum")
    published_on: date | None = Field(serialization_alias="lijstDatum")
    entries_digest: str = Field(serialization_alias="lijstKenmerk")
    drawn_on: date | None = Field(serialization_alias="lotingDatum")
    seed: str = Field(serialization_alias="zaad")
    public_value: str = Field(serialization_alias="openbareWaarde")
    receipt: str = Field(serialization_alias="ontvangstbewijsNummer")
    stage: str = Field(serialization_alias="toestand")

    @classmethod
    def of(cls, one: SchemeRound, today: date) -> RoundResource:
        """Return a round on a day."""
        return cls(
            name=one.name,
            scheme=one.scheme,
            opens_on=one.opens_on,
            closes_on=one.closes_on,
            budget_cents=one.budget_cents,
            when_short=one.when_short.value,
            order_why=one.order_why,
            commitment=one.commitment,
            public_value_named=one.public_value_named,
            opened_on=one.opened_on,
            published_on=one.published_on,
            entries_digest=one.entries_digest,
            drawn_on=one.drawn_on,
            seed=one.seed,
            public_value=one.public_value,
            receipt=one.receipt,
            stage=one.stage(today).value,
        )


class RoundPageResource(Schema):
    """A round with all that is needed to draw its lot again, and the order that follows from it."""

    round: RoundResource = Field(serialization_alias="ronde")
    algorithm: str = Field(serialization_alias="algoritme")
    entries: list[LotEntryResource] = Field(serialization_alias="deelnemers")
    drawn: list[DrawnResource] = Field(serialization_alias="volgorde")

    @classmethod
    def of(cls, page: RoundPage, today: date) -> RoundPageResource:
        """Return a round; its order is computed again from what was published."""
        return cls(
            round=RoundResource.of(page.round, today),
            algorithm=ALGORITHM,
            entries=[LotEntryResource.of(one) for one in page.round.entries],
            drawn=[DrawnResource.of(one) for one in (page.made.drawn if page.made else ())],
        )


class RoundAsked(Asked):
    """A round to announce with the promise of its seed; the seed itself stays with who promised it."""

    name: str = Field(alias="naam", pattern=ROUND)
    scheme: SchemeText = Field(alias="regeling")
    opens_on: Day = Field(alias="opentDatum")
    closes_on: Day = Field(alias="sluitDatum")
    budget_cents: Amount = Field(alias="budgetCenten", ge=1, le=MOST_CENTS)
    when_short: WhenShort = Field(alias="bijTekort", strict=False)
    why: Annotated[Text, Field(max_length=LONGEST_WHY)] | None = Field(None, alias="reden")
    commitment: str = Field(alias="belofte", pattern=COMMITMENT)
    public_value_named: ShortText | None = Field(None, alias="openbareWaardeGenoemd")


class DrawAsked(Asked):
    """The seed that was promised, and the public value where one was named beforehand."""

    seed: ShortText = Field(alias="zaad")
    public_value: ShortText | None = Field(None, alias="openbareWaarde")


@router.get(
    "/aanvraagrondes",
    by_alias=True,
    response={200: list[RoundResource], **READ},
    operation_id="aanvraagrondes",
    url_name="rounds",
)
def rounds(
    request: HttpRequest, response: HttpResponse, page: Number = FIRST_PAGE, page_size: PageSize = A_PAGE
) -> list[RoundResource]:
    """Geef alle rondes, de laatst aangekondigde eerst."""
    found, today = read_rounds(actor=asked_by(request)), today_of(request)
    return [
        RoundResource.of(one, today) for one in found[paged(request, response, len(found), page, page_size)]
    ]


@router.post(
    "/aanvraagrondes",
    by_alias=True,
    response={201: RoundPageResource, **WRITTEN},
    operation_id="aanvraagrondeAankondigen",
    url_name="rounds",
)
def announce_round(
    request: HttpRequest, key: IdempotencyKey, asked: Annotated[RoundAsked, Body()]
) -> HttpResponse:
    """Kondig een ronde aan, met de belofte van het zaad waarmee later wordt geloot."""

    def act() -> Made:
        today = today_of(request)
        wanted = SchemeRound(
            key=0,
            name=asked.name,
            scheme=SchemeCode(asked.scheme),
            opens_on=asked.opens_on,
            closes_on=asked.closes_on,
            budget_cents=asked.budget_cents,
            when_short=asked.when_short,
            order_why=asked.why or "",
            commitment=asked.commitment,
            public_value_named=asked.public_value_named or "",
            opened_by="",
            opened_on=today,
        )
        open_round(actor=asked_by(request), asked=wanted, today=today)
        return _made(request, asked.name)

    return written_together(request, key, act, names=NAMES)


@router.get(
    "/aanvraagrondes/{naam}",
    by_alias=True,
    response={200: RoundPageResource, **READ},
    operation_id="aanvraagronde",
)
def scheme_round(request: HttpRequest, name: RoundKey) -> RoundPageResource:
    """Geef een ronde met alles om haar loting na te rekenen."""
    return _shown(request, name)


@router.post(
    "/aanvraagrondes/{naam}/lijsten",
    by_alias=True,
    response={201: RoundPageResource, **WRITTEN},
    operation_id="deelnemerslijstBekendmaken",
)
def publish_entries(request: HttpRequest, name: RoundKey, key: IdempotencyKey) -> HttpResponse:
    """Maak van een gesloten ronde bekend welke aanvragen meeloten."""

    def act() -> Made:
        publish_list(actor=asked_by(request), name=name, today=today_of(request))
        return _made(request, name)

    return written_once(request, key, act)


@router.post(
    "/aanvraagrondes/{naam}/lotingen",
    by_alias=True,
    response={201: RoundPageResource, **WRITTEN},
    operation_id="rondeLoten",
)
def draw_lot(
    request: HttpRequest, name: RoundKey, key: IdempotencyKey, asked: Annotated[DrawAsked, Body()]
) -> HttpResponse:
    """Onthul het zaad en loot, als tweede persoon; dat doet een mens vanuit een sessie, geen sleutel."""

    def act() -> Made:
        draw_round(
            actor=asked_by(request),
            name=name,
            seed=asked.seed,
            public_value=asked.public_value or "",
            today=today_of(request),
        )
        return _made(request, name)

    return written_together(request, key, act, names=NAMES)


def _shown(request: HttpRequest, name: str) -> RoundPageResource:
    today = today_of(request)
    return RoundPageResource.of(read_round(actor=asked_by(request), name=name, today=today), today)


def _made(request: HttpRequest, name: str) -> Made:
    return made(_shown(request, name), f"/api/v1/aanvraagrondes/{name}")
