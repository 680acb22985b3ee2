"""Steps of who decides in a file of money: checked, awarded, paid, settled and recovered."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Body, Router
from pydantic import Field

from eenthuis.api.answering import WRITTEN, IdempotencyKey, Made, written_once
from eenthuis.api.asking import Amount, Text, asked_by, today_of
from eenthuis.api.money import MOST_CENTS, MOST_LINES, FileKey, MoneyFileResource, made_file
from eenthuis.api.schemas import LONGEST_WHY, Asked
from eenthuis.services.money_files import take_step
from eenthuis.terms.money_files import CheckedLine, MoneyFileId, MoneyStep, MoneyStepKind

router = Router()
MOST_CATEGORY = 99
Decided = Literal["checked", "awarded", "refused", "paid", "settlement-proposed", "settled", "recovered"]
Why = Annotated[Text, Field(max_length=LONGEST_WHY)]


class FoundLineAsked(Asked):
    """What of one line is found right, in whole cents, and why where it is less than was asked."""

    line: Amount = Field(alias="regel", ge=1, le=MOST_LINES)
    cents: Amount = Field(alias="goedBevondenCenten", ge=0, le=MOST_CENTS)
    why: Why | None = Field(None, alias="reden")


class MoneyStepAsked(Asked):
    """A step in a file: a check names every line, another step its amount where it has one, or its reason."""

    kind: Decided = Field(alias="soort")
    cents: Amount = Field(0, alias="bedragCenten", ge=0, le=MOST_CENTS)
    lines: list[FoundLineAsked] = Field(default_factory=list, alias="regels", max_length=MOST_LINES)
    category: Amount = Field(0, alias="categorie", ge=0, le=MOST_CATEGORY)
    why: Why | None = Field(None, alias="reden")


@router.post(
    "/gelddossiers/{nummer}/stappen",
    by_alias=True,
    response={201: MoneyFileResource, **WRITTEN},
    operation_id="geldstapZetten",
)
def take_money_step(
    request: HttpRequest, number: FileKey, key: IdempotencyKey, asked: Annotated[MoneyStepAsked, Body()]
) -> HttpResponse:
    """Zet een stap in een gelddossier; toekennen, weigeren en vaststellen doet een tweede mens, vanuit een sessie."""

    def act() -> Made:
        today, identifier = today_of(request), MoneyFileId(number)
        step = MoneyStep(
            MoneyStepKind(asked.kind),
            today,
            "",
            why=asked.why or "",
            cents=asked.cents,
            lines=tuple(CheckedLine(one.line, one.cents, one.why or "") for one in asked.lines),
            category=asked.category,
        )
        take_step(actor=asked_by(request), identifier=identifier, step=step, today=today)
        return made_file(request, identifier)

    return written_once(request, key, act)
