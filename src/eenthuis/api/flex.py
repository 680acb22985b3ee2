"""Projects of flex homes ("flexprojecten"): kept by municipalities and housing associations, with their shares."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Body, Path, Router
from pydantic import BeforeValidator, Field

from eenthuis.api.answering import (
    GUARDED,
    REPLACED,
    WRITTEN,
    IdempotencyKey,
    IfMatch,
    IfNoneMatch,
    Made,
    expected,
    made,
    require_seen,
    told,
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
    integral,
    paged,
)
from eenthuis.api.schemas import Asked, Schema, WhyAsked
from eenthuis.rules.flex_shares import ShareVerdict
from eenthuis.services.flex_projects import (
    LONGEST_NAME,
    FlexLine,
    add_flex_project,
    change_flex_project,
    read_flex_project,
    read_flex_projects,
    withdraw_flex_project,
)
from eenthuis.terms.flex import FlexProject, FlexProjectId
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.schemes import SchemeCode, TargetGroup

router = Router()
PROJECT = r"^F-[0-9]{7}$"
SCHEME = r"^[a-z0-9-]{2,40}$"
MOST_HOMES = 100_000
MOST_YEARS = 100
ProjectKey = Annotated[str, Path(alias="nummer", pattern=PROJECT)]
SchemeText = Annotated[str, Field(pattern=SCHEME)]
Homes = Annotated[int, Field(ge=0, le=MOST_HOMES), BeforeValidator(integral)]


class FlexShareResource(Schema):
    """A share that a text asks of a project, and how many homes it may still gain or lose before it is broken."""

    direction: str = Field(serialization_alias="richting")
    part: str = Field(serialization_alias="deel")
    groups: list[str] = Field(serialization_alias="groepen")
    counted_in: str = Field(serialization_alias="teltIn")
    standing: str = Field(serialization_alias="geldt")
    counted: int = Field(serialization_alias="telt")
    exact: str = Field(serialization_alias="aandeelExact")
    limit: int = Field(serialization_alias="grens")
    slack: int = Field(serialization_alias="ruimte")
    is_kept: bool = Field(serialization_alias="isGehaald")
    source: str = Field(serialization_alias="bron")

    @classmethod
    def of(cls, one: ShareVerdict) -> FlexShareResource:
        """Return what one rule says."""
        rule = one.rule
        return cls(
            direction=rule.direction.value,
            part=f"{rule.part.numerator}/{rule.part.denominator}",
            groups=sorted(rule.groups),
            counted_in=rule.counted_in.value,
            standing=one.standing.value,
            counted=one.counted,
            exact=f"{one.exact.numerator}/{one.exact.denominator}",
            limit=one.limit,
            slack=one.slack,
            is_kept=one.is_kept,
            source=rule.citations[0].source,
        )


class FlexEffectResource(Schema):
    """Homes for status holders that come and end in a half-year."""

    half_year: str = Field(serialization_alias="halfjaar")
    delivered: int = Field(serialization_alias="opgeleverd")
    ended: int = Field(serialization_alias="beeindigd")


class FlexProjectResource(Schema):
    """A project with its homes by group, its shares, and what it does for the target; counts of homes, never people."""

    number: str = Field(serialization_alias="nummer")
    name: str = Field(serialization_alias="naam")
    municipality: str = Field(serialization_alias="gemeenteCode")
    owner: str = Field(serialization_alias="eigenaar")
    scheme: str | None = Field(serialization_alias="regeling")
    applied_on: date = Field(serialization_alias="aanvraagDatum")
    homes: int = Field(serialization_alias="woningen")
    meant_for: dict[str, int] = Field(serialization_alias="bestemdVoor")
    extra_in_stock: dict[str, int] = Field(serialization_alias="extraInVoorraad")
    sizes: dict[str, int] = Field(serialization_alias="grootten")
    starts_on: date | None = Field(serialization_alias="startDatum")
    delivered_on: date = Field(serialization_alias="opleverDatum")
    years: int = Field(serialization_alias="jaren")
    no_rule: str | None = Field(serialization_alias="geenAandeelOmdat")
    shares: list[FlexShareResource] = Field(serialization_alias="aandelen")
    effect: list[FlexEffectResource] = Field(serialization_alias="gevolg")

    @classmethod
    def of(cls, line: FlexLine) -> FlexProjectResource:
        """Return a project."""
        one = line.project
        return cls(
            number=one.identifier,
            name=line.name,
            municipality=one.municipality,
            owner=one.owner,
            scheme=one.scheme,
            applied_on=one.applied_on,
            homes=one.homes,
            meant_for={group.value: homes for group, homes in sorted(one.meant_for.items())},
            extra_in_stock={group.value: homes for group, homes in sorted(one.extra_in_stock.items())},
            sizes={str(people): homes for people, homes in sorted(one.sizes.items())},
            starts_on=one.starts_on,
            delivered_on=one.delivered_on,
            years=one.years,
            no_rule=line.verdict.no_rule.value if line.verdict.no_rule else None,
            shares=[FlexShareResource.of(share) for share in line.verdict.verdicts],
            effect=[
                FlexEffectResource(half_year=str(e.half_year), delivered=e.delivered, ended=e.ended)
                for e in line.effect
            ],
        )


class FlexProjectAsked(Asked):
    """What is said of a project; homes for a group that is not named are none."""

    name: Annotated[Text, Field(max_length=LONGEST_NAME)] = Field(alias="naam")
    scheme: SchemeText | None = Field(None, alias="regeling")
    applied_on: Day = Field(alias="aanvraagDatum")
    homes: Amount = Field(alias="woningen", ge=1, le=MOST_HOMES)
    for_status_holders: Homes = Field(0, alias="voorStatushouders")
    for_displaced_people: Homes = Field(0, alias="voorOntheemden")
    extra_status_holders: Homes = Field(0, alias="extraVoorStatushouders")
    extra_displaced_people: Homes = Field(0, alias="extraVoorOntheemden")
    starts_on: Day | None = Field(None, alias="startDatum")
    delivered_on: Day = Field(alias="opleverDatum")
    years: Amount = Field(alias="jaren", ge=1, le=MOST_YEARS)


class NewFlexProjectAsked(FlexProjectAsked):
    """A project to add."""

    municipality: MunicipalityText = Field(alias="gemeenteCode")


class ChangedFlexProjectAsked(FlexProjectAsked):
    """What is said of a project from now on, and why."""

    why: Text = Field(alias="reden")


@router.get(
    "/flexprojecten",
    by_alias=True,
    response={200: list[FlexProjectResource], **GUARDED},
    operation_id="flexprojecten",
    url_name="flex-projects",
)
def flex_projects(
    request: HttpRequest,
    response: HttpResponse,
    municipality: MunicipalityKey = None,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[FlexProjectResource]:
    """Geef de projecten met flexwoningen binnen bereik."""
    lines = [
        line
        for line in read_flex_projects(actor=asked_by(request)).lines
        if municipality is None or line.project.municipality == municipality
    ]
    return [
        FlexProjectResource.of(one) for one in lines[paged(request, response, len(lines), page, page_size)]
    ]


@router.post(
    "/flexprojecten",
    by_alias=True,
    response={201: FlexProjectResource, **WRITTEN},
    operation_id="flexprojectToevoegen",
    url_name="flex-projects",
)
def add_project(
    request: HttpRequest, key: IdempotencyKey, asked: Annotated[NewFlexProjectAsked, Body()]
) -> HttpResponse:
    """Voeg een project toe: een gemeente bij zich, een corporatie een van zichzelf."""

    def act() -> Made:
        project = _project(asked, MunicipalityCode(asked.municipality))
        number = add_flex_project(actor=asked_by(request), project=project, name=asked.name)
        return made(_shown(request, number), f"/api/v1/flexprojecten/{number}")

    return written_together(request, key, act)


@router.get(
    "/flexprojecten/{nummer}",
    by_alias=True,
    response={200: FlexProjectResource, 304: None, **GUARDED},
    operation_id="flexproject",
    url_name="flex-project",
)
def flex_project(request: HttpRequest, number: ProjectKey, seen: IfNoneMatch = None) -> HttpResponse:
    """Geef één project met zijn aandelen en wat het doet voor de taakstelling."""
    return told(seen, _shown(request, number))


@router.put(
    "/flexprojecten/{nummer}",
    by_alias=True,
    response={200: FlexProjectResource, **REPLACED},
    operation_id="flexprojectWijzigen",
    url_name="flex-project",
)
def change_project(
    request: HttpRequest,
    number: ProjectKey,
    key: IdempotencyKey,
    asked: Annotated[ChangedFlexProjectAsked, Body()],
    match: IfMatch = None,
) -> HttpResponse:
    """Wijzig een project, met een reden; gemeente en eigenaar blijven, en elke eerdere stand blijft bewaard."""
    is_seen = expected(match)

    def act() -> Made:
        actor = asked_by(request)
        line = read_flex_project(actor=actor, identifier=FlexProjectId(number))
        require_seen(is_seen, FlexProjectResource.of(line))
        change_flex_project(
            actor=actor,
            project=_project(asked, line.project.municipality, line.project),
            name=asked.name,
            why=asked.why,
            seen=line.project,
        )
        return made(_shown(request, number), "", status=200)

    return written_together(request, key, act)


@router.post(
    "/flexprojecten/{nummer}/intrekkingen",
    by_alias=True,
    response={201: FlexProjectResource, **WRITTEN},
    operation_id="flexprojectIntrekken",
)
def withdraw_project(
    request: HttpRequest, number: ProjectKey, key: IdempotencyKey, asked: Annotated[WhyAsked, Body()]
) -> HttpResponse:
    """Trek een project in, met een reden; het verdwijnt uit de lijst en zijn rijen blijven."""

    def act() -> Made:
        before = _shown(request, number)
        withdraw_flex_project(actor=asked_by(request), identifier=FlexProjectId(number), why=asked.why)
        return Made(before)

    return written_once(request, key, act)


def _project(
    asked: FlexProjectAsked, municipality: MunicipalityCode, before: FlexProject | None = None
) -> FlexProject:
    """Return a project; how large its homes are stays known as long as their number stays the same."""
    return FlexProject(
        identifier=before.identifier if before else FlexProjectId(""),
        municipality=municipality,
        owner=before.owner if before else "",
        scheme=SchemeCode(asked.scheme) if asked.scheme else None,
        applied_on=asked.applied_on,
        homes=asked.homes,
        meant_for={
            TargetGroup.STATUS_HOLDERS: asked.for_status_holders,
            TargetGroup.DISPLACED_PEOPLE: asked.for_displaced_people,
        },
        delivered_on=asked.delivered_on,
        years=asked.years,
        starts_on=asked.starts_on,
        sizes=before.sizes if before and before.homes == asked.homes else {},
        extra_in_stock={
            TargetGroup.STATUS_HOLDERS: asked.extra_status_holders,
            TargetGroup.DISPLACED_PEOPLE: asked.extra_displaced_people,
        },
    )


def _shown(request: HttpRequest, number: str) -> FlexProjectResource:
    return FlexProjectResource.of(
        read_flex_project(actor=asked_by(request), identifier=FlexProjectId(number))
    )
