"""Applications under a scheme: looked at condition by condition, handed in, and withdrawn."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Body, Router
from pydantic import BeforeValidator, Field

from eenthuis.api.answering import (
    LOOKED,
    WRITTEN,
    IdempotencyKey,
    Made,
    looked_at,
    written_once,
    written_together,
)
from eenthuis.api.asking import MOST_NUMBER, Amount, Day, MunicipalityText, asked_by, integral, today_of
from eenthuis.api.flex import PROJECT
from eenthuis.api.money import MOST_CENTS, FileKey, MoneyFileResource, ShortText, made_file
from eenthuis.api.schemas import Asked, Schema, WhyAsked
from eenthuis.api.schemes import SchemeKey
from eenthuis.services.money_asked import SchemeAsked
from eenthuis.services.money_asking import SchemeCheck, ask_scheme, check_scheme
from eenthuis.services.money_files import take_step
from eenthuis.terms.errors import InputError, Location
from eenthuis.terms.flex import FlexProjectId
from eenthuis.terms.money_files import MoneyFileId, MoneyStep, MoneyStepKind
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.schemes import ConditionResult, ProjectFact, SchemeCode

router = Router()
MOST_UNITS = 1_000_000
MOST_FACTS = len(ProjectFact)
Counted = Annotated[int, Field(ge=0, le=MOST_NUMBER), BeforeValidator(integral)]
Cents = Annotated[int, Field(ge=1, le=MOST_CENTS), BeforeValidator(integral)]
NAMES = {
    "titel": "titel",
    "tot": "laatsteDatum",
    "bedrag": "bedragCenten",
    "project": "flexprojectNummer",
    "feiten": "feiten",
}


class FactAsked(Asked):
    """A fact of a project: true or false, or a whole number; what is left out stays unknown."""

    fact: ProjectFact = Field(alias="feit", strict=False)
    value: bool | Counted = Field(alias="waarde")


class ApplicationAsked(Asked):
    """A project put to a scheme; an amount only where the scheme names none."""

    municipality: MunicipalityText = Field(alias="gemeenteCode")
    title: ShortText = Field(alias="titel")
    project: str | None = Field(None, alias="flexprojectNummer", pattern=PROJECT)
    units: Amount = Field(alias="aantal", ge=1, le=MOST_UNITS)
    facts: list[FactAsked] = Field(default_factory=list, alias="feiten", max_length=MOST_FACTS)
    first_day: Day = Field(alias="eersteDatum")
    last_day: Day = Field(alias="laatsteDatum")
    cents: Cents | None = Field(None, alias="bedragCenten")

    def put_to(self, code: str) -> SchemeAsked:
        """Return the application as it is put to a scheme.

        Raises
        ------
        InputError
            INP-03 when a fact stands there twice.
        """
        facts = {one.fact: one.value for one in self.facts}
        if len(facts) < len(self.facts):
            raise InputError(
                "INP-03",
                "a fact stands there twice",
                remedy="Name each fact once.",
                location=Location(column="feiten"),
            )
        return SchemeAsked(
            MunicipalityCode(self.municipality),
            self.title,
            SchemeCode(code),
            FlexProjectId(self.project) if self.project else None,
            self.units,
            facts,
            self.first_day,
            self.last_day,
            self.cents,
        )


class FoundConditionResource(Schema):
    """One condition with what was found of it; empty where the fact was not given."""

    name: str = Field(serialization_alias="naam")
    asked: str = Field(serialization_alias="gevraagd")
    found: str = Field(serialization_alias="gevonden")
    outcome: str = Field(serialization_alias="uitkomst")
    source: str = Field(serialization_alias="bron")

    @classmethod
    def of(cls, one: ConditionResult) -> FoundConditionResource:
        """Return a condition."""
        return cls(
            name=one.name,
            asked=one.asked,
            found=one.found,
            outcome=one.outcome.value,
            source=one.citations[0].source if one.citations else "",
        )


class SchemeCheckResource(Schema):
    """What a scheme says of a project as it would be handed in today; the amount is a limit, not an award."""

    outcome: str = Field(serialization_alias="uitkomst")
    conditions: list[FoundConditionResource] = Field(serialization_alias="voorwaarden")
    cents: int | None = Field(serialization_alias="bedragCenten")
    is_open: bool = Field(serialization_alias="isOpen")
    round_name: str | None = Field(serialization_alias="ronde")

    @classmethod
    def of(cls, found: SchemeCheck) -> SchemeCheckResource:
        """Return what was found."""
        return cls(
            outcome=found.eligibility.outcome.value,
            conditions=[FoundConditionResource.of(one) for one in found.eligibility.results],
            cents=found.asked_cents,
            is_open=found.is_open,
            round_name=found.round.name if found.round else None,
        )


@router.post(
    "/regelingen/{code}/_toets",
    by_alias=True,
    response={200: SchemeCheckResource, **LOOKED},
    operation_id="regelingToetsen",
)
def look_at_application(
    request: HttpRequest, code: SchemeKey, asked: Annotated[ApplicationAsked, Body()]
) -> HttpResponse:
    """Toets een project aan een regeling, voorwaarde voor voorwaarde; er wordt niets ingediend."""

    def look() -> SchemeCheckResource:
        return SchemeCheckResource.of(
            check_scheme(actor=asked_by(request), asked=asked.put_to(code), today=today_of(request))
        )

    return looked_at(look, names=NAMES)


@router.post(
    "/regelingen/{code}/aanvragen",
    by_alias=True,
    response={201: MoneyFileResource, **WRITTEN},
    operation_id="regelingAanvragen",
)
def apply(
    request: HttpRequest, code: SchemeKey, key: IdempotencyKey, asked: Annotated[ApplicationAsked, Body()]
) -> HttpResponse:
    """Dien een aanvraag in; zij doet mee in de open ronde, als die er is."""

    def act() -> Made:
        number = ask_scheme(actor=asked_by(request), asked=asked.put_to(code), today=today_of(request))
        return made_file(request, number)

    return written_together(request, key, act, names=NAMES)


@router.post(
    "/gelddossiers/{nummer}/intrekkingen",
    by_alias=True,
    response={201: MoneyFileResource, **WRITTEN},
    operation_id="aanvraagIntrekken",
)
def withdraw_application(
    request: HttpRequest, number: FileKey, key: IdempotencyKey, asked: Annotated[WhyAsked, Body()]
) -> HttpResponse:
    """Trek een aanvraag of declaratie in waarop nog niet is besloten, met een reden."""

    def act() -> Made:
        today, identifier = today_of(request), MoneyFileId(number)
        step = MoneyStep(MoneyStepKind.WITHDRAWN, today, "", why=asked.why)
        take_step(actor=asked_by(request), identifier=identifier, step=step, today=today)
        return made_file(request, identifier)

    return written_once(request, key, act)
