"""Recommendations ("aanbevelingen") with their answers, steps and what is counted, and decision notes as published."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from eenthuis.api.answering import READ
from eenthuis.api.asking import RowKey, asked_by, today_of
from eenthuis.api.schemas import Schema
from eenthuis.connect.note_book import section_title
from eenthuis.services.decision_notes import read_notes
from eenthuis.services.note_publishing import Published, read_published
from eenthuis.services.recommendation_evidence import Indicator
from eenthuis.services.recommendations import RegisterLine, StepLine, read_recommendation, read_register

router = Router()


class PromisedStepResource(Schema):
    """A promised step; ``uiterlijkDatum`` is empty where no last day was promised."""

    what: str = Field(serialization_alias="wat")
    owner: str = Field(serialization_alias="wie")
    promised_on: date = Field(serialization_alias="toegezegdDatum")
    due_on: date | None = Field(serialization_alias="uiterlijkDatum")
    ended_on: date | None = Field(serialization_alias="eindDatum")
    state: str = Field(serialization_alias="stand")
    is_invented: bool = Field(serialization_alias="isVerzonnen")

    @classmethod
    def of(cls, shown: StepLine) -> PromisedStepResource:
        """Return a step as it stands."""
        promised, end = shown.step.promised, shown.step.end
        return cls(
            what=promised.what,
            owner=promised.owner.value if promised.owner else "",
            promised_on=promised.on,
            due_on=shown.step.due,
            ended_on=end.on if end else None,
            state=shown.state.value,
            is_invented=promised.is_invented,
        )


class RecommendationResource(Schema):
    """A recommendation as it stands today."""

    number: int = Field(serialization_alias="nummer")
    code: str
    subject: str = Field(serialization_alias="onderwerp")
    addressees: list[str] = Field(serialization_alias="aan")
    given_on: date = Field(serialization_alias="gegevenDatum")
    answer: str | None = Field(serialization_alias="antwoord")
    answered_on: date | None = Field(serialization_alias="antwoordDatum")
    state: str = Field(serialization_alias="stand")
    next_due_on: date | None = Field(serialization_alias="eerstvolgendeDatum")
    late: int = Field(serialization_alias="stappenTeLaat")
    steps: list[PromisedStepResource] = Field(serialization_alias="stappen")
    source: str = Field(serialization_alias="bron")

    @classmethod
    def of(cls, line: RegisterLine) -> RecommendationResource:
        """Return a recommendation as it stands."""
        now, answer = line.standing, line.standing.answer
        return cls(
            number=line.one.number,
            code=line.one.code,
            subject=line.one.subject_nl,
            addressees=[one.value for one in line.one.addressees],
            given_on=line.one.given_on,
            answer=answer.answer.value if answer and answer.answer else None,
            answered_on=answer.on if answer else None,
            state=now.state.value,
            next_due_on=now.next_due,
            late=line.late,
            steps=[PromisedStepResource.of(shown) for shown in line.steps],
            source=line.one.source,
        )


class IndicatorResource(Schema):
    """A number counted today; ``aantal`` is empty where there is nothing to count or the count is too small to show."""

    name: str = Field(serialization_alias="naam")
    value: float | None = Field(serialization_alias="aantal")
    of: int | None = Field(serialization_alias="van")
    counted_on: date = Field(serialization_alias="geteldDatum")
    is_hidden: bool = Field(serialization_alias="isVerborgen")

    @classmethod
    def counted(cls, one: Indicator) -> IndicatorResource:
        """Return what was counted."""
        value = None if one.value is None else float(one.value)
        return cls(name=one.name, value=value, of=one.of, counted_on=one.on, is_hidden=one.is_hidden)


class RecommendationPageResource(Schema):
    """A recommendation with what the system counts of it."""

    recommendation: RecommendationResource = Field(serialization_alias="aanbeveling")
    indicators: list[IndicatorResource] = Field(serialization_alias="cijfers")


class SectionResource(Schema):
    """A section of a decision note; ``grond`` names the article where it was withheld, and the text is empty then."""

    title: str = Field(serialization_alias="titel")
    text: str = Field(serialization_alias="tekst")
    ground: str = Field(serialization_alias="grond")


class NoteResource(Schema):
    """A decision note as it was made public."""

    number: int = Field(serialization_alias="nummer")
    title: str = Field(serialization_alias="titel")
    recommendations: list[int] = Field(serialization_alias="aanbevelingen")
    published_on: date = Field(serialization_alias="openbaarDatum")
    sections: list[SectionResource] = Field(serialization_alias="onderdelen")

    @classmethod
    def of(cls, made: Published) -> NoteResource:
        """Return a note as everyone reads it."""
        return cls(
            number=made.number,
            title=made.title,
            recommendations=list(made.recommendations),
            published_on=made.published_on,
            sections=[
                SectionResource(title=section_title(one.section), text=one.text, ground=one.ground)
                for one in made.sections
            ],
        )


@router.get(
    "/aanbevelingen",
    by_alias=True,
    response={200: list[RecommendationResource], **READ},
    operation_id="aanbevelingen",
)
def recommendations(request: HttpRequest) -> list[RecommendationResource]:
    """Geef de aanbevelingen met hun antwoord en toegezegde stappen."""
    page = read_register(actor=asked_by(request), today=today_of(request))
    return [RecommendationResource.of(line) for line in page.lines]


@router.get(
    "/aanbevelingen/{nummer}",
    by_alias=True,
    response={200: RecommendationPageResource, **READ},
    operation_id="aanbeveling",
)
def recommendation(request: HttpRequest, number: RowKey) -> RecommendationPageResource:
    """Geef een aanbeveling met wat er nu van wordt geteld."""
    page = read_recommendation(actor=asked_by(request), number=number, today=today_of(request))
    return RecommendationPageResource(
        recommendation=RecommendationResource.of(page.line),
        indicators=[IndicatorResource.counted(one) for one in page.indicators],
    )


@router.get(
    "/beslisnotas", by_alias=True, response={200: list[NoteResource], **READ}, operation_id="beslisnotas"
)
def notes(request: HttpRequest) -> list[NoteResource]:
    """Geef de beslisnota's die openbaar zijn, nieuwste eerst."""
    return [NoteResource.of(one) for one in read_notes(actor=asked_by(request)).published]


@router.get(
    "/beslisnotas/{nummer}", by_alias=True, response={200: NoteResource, **READ}, operation_id="beslisnota"
)
def note(request: HttpRequest, number: RowKey) -> NoteResource:
    """Geef een beslisnota die openbaar is."""
    return NoteResource.of(read_published(actor=asked_by(request), number=number))
