"""What the API answers with: Dutch names in lower camel case, exact shares beside whole people."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema

from eenthuis.api.asking import Text
from eenthuis.services.read_models import AnnouncementView, MonthPoint, MunicipalityRow
from eenthuis.terms.linking import Reason
from eenthuis.terms.places import Municipality

LONGEST_WHY = 500


class Schema(BaseModel):
    """A resource: English here, Dutch on the wire; values must be of the type stated and nothing else comes along."""

    model_config = ConfigDict(strict=True, extra="forbid", serialize_by_alias=True)


def _to_second(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


Moment = Annotated[
    datetime,
    PlainSerializer(_to_second, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""A moment, told to the second in universal time."""


class Asked(BaseModel):
    """What a program sends: Dutch on the wire; types as stated, nothing unknown, nothing guessed."""

    model_config = ConfigDict(strict=True, extra="forbid")


class WhyAsked(Asked):
    """Why something is withdrawn; what stood there stays kept."""

    why: Annotated[Text, Field(max_length=LONGEST_WHY)] = Field(alias="reden")


class AnnouncementResource(Schema):
    """A national number announced for a half-year."""

    identifier: str = Field(serialization_alias="kenmerk")
    rank: int = Field(serialization_alias="volgnummer")
    half_year: str = Field(serialization_alias="halfjaar")
    people: int = Field(serialization_alias="aantal")
    announced_on: date | None = Field(serialization_alias="bekendmakingsDatum")
    known_by: date | None = Field(serialization_alias="uiterlijkBekendDatum")
    deadline: date = Field(serialization_alias="uiterstePublicatieDatum")
    status: str
    source: str = Field(serialization_alias="bron")
    replaces: str | None = Field(serialization_alias="vervangt")
    is_in_force: bool = Field(serialization_alias="isVanKracht")
    remarks: list[str] = Field(serialization_alias="opmerkingen")

    @classmethod
    def of(cls, view: AnnouncementView, rank: int) -> AnnouncementResource:
        """Return an announcement with its legal remarks, and which of its half-year it is."""
        told = view.announcement
        return cls(
            identifier=told.identifier,
            rank=rank,
            half_year=str(told.half_year),
            people=told.people,
            announced_on=told.announced_on,
            known_by=told.known_by,
            deadline=view.deadline,
            status=told.status.value,
            source=told.source,
            replaces=told.replaces,
            is_in_force=view.is_in_force,
            remarks=[remark.value for remark in view.remarks],
        )


class MunicipalityResource(Schema):
    """A municipality on a day."""

    code: str
    name: str = Field(serialization_alias="naam")
    official_name: str = Field(serialization_alias="officieleNaam")
    province: str = Field(serialization_alias="provincieCode")
    first_day: date = Field(serialization_alias="eersteDatum")
    last_day: date | None = Field(serialization_alias="laatsteDatum")

    @classmethod
    def of(cls, place: Municipality) -> MunicipalityResource:
        """Return a municipality."""
        return cls(
            code=place.code,
            name=place.name,
            official_name=place.official_name,
            province=place.province,
            first_day=place.first_day,
            last_day=place.last_day,
        )


class TargetResource(Schema):
    """The target of one municipality in a half-year and how far it is, in people; the share is exact, as n/d."""

    half_year: str = Field(serialization_alias="halfjaar")
    municipality: str = Field(serialization_alias="gemeenteCode")
    municipality_name: str = Field(serialization_alias="gemeenteNaam")
    province: str = Field(serialization_alias="provincieCode")
    inhabitants: int = Field(serialization_alias="inwoners")
    exact: str = Field(serialization_alias="aandeelExact")
    net: int = Field(serialization_alias="nettoTaakstelling")
    swapped: int = Field(serialization_alias="geruild")
    backlog_or_lead: int = Field(serialization_alias="achterstandOfVoorsprong")
    corrected: int = Field(serialization_alias="gecorrigeerdeTaakstelling")
    realised: int = Field(serialization_alias="gehuisvest")
    linked: int = Field(serialization_alias="gekoppeld")
    open_people: int = Field(serialization_alias="nogTeKoppelen")
    pace: str = Field(serialization_alias="tempo")

    @classmethod
    def of(cls, row: MunicipalityRow, half_year: str) -> TargetResource:
        """Return a target."""
        return cls(
            half_year=half_year,
            municipality=row.code,
            municipality_name=row.name,
            province=row.province_code,
            inhabitants=row.inhabitants,
            exact=f"{row.exact.numerator}/{row.exact.denominator}",
            net=row.net,
            swapped=row.swapped,
            backlog_or_lead=row.backlog_or_lead,
            corrected=row.corrected,
            realised=row.realised,
            linked=row.linked,
            open_people=row.open_people,
            pace=row.pace.value,
        )


class MonthResource(Schema):
    """The state at the start of a day, in people; what the pace asked is exact, as n/d."""

    as_of: date = Field(serialization_alias="standDatum")
    realised: int = Field(serialization_alias="gehuisvest")
    expected: str = Field(serialization_alias="gevraagdExact")

    @classmethod
    def of(cls, point: MonthPoint) -> MonthResource:
        """Return the state at one day."""
        return cls(
            as_of=point.as_of,
            realised=point.realised,
            expected=f"{point.expected.numerator}/{point.expected.denominator}",
        )


class ProgressResource(Schema):
    """The country in the running half-year, in people and households."""

    half_year: str = Field(serialization_alias="halfjaar")
    as_of: date = Field(serialization_alias="standDatum")
    corrected: int = Field(serialization_alias="gecorrigeerdeTaakstelling")
    backlog: int = Field(serialization_alias="achterstand")
    lead: int = Field(serialization_alias="voorsprong")
    realised: int = Field(serialization_alias="gehuisvest")
    linked: int = Field(serialization_alias="gekoppeld")
    waiting_people: int = Field(serialization_alias="wachtendeMensen")
    waiting_households: int = Field(serialization_alias="wachtendeHuishoudens")
    months: list[MonthResource] = Field(serialization_alias="maanden")


class RecomputedResource(Schema):
    """What computing a receipt again gave."""

    number: str = Field(serialization_alias="nummer")
    is_same: bool = Field(serialization_alias="isGelijk")
    differences: list[str] = Field(serialization_alias="verschillen")


class ReasonResource(Schema):
    """Why a place was proposed: the code of a criterion and its points."""

    code: str
    points: float = Field(serialization_alias="punten")

    @classmethod
    def of(cls, reason: Reason) -> ReasonResource:
        """Return a reason; what it rests on stays in the file."""
        return cls(code=reason.code, points=float(reason.points))


class ErrorResource(Schema):
    """One error of a request: ``part`` is query, path, header or body, ``location`` a name there or a JSON pointer."""

    part: str = Field(serialization_alias="in")
    location: str
    code: str
    detail: str


class ProblemResource(Schema):
    """A problem as RFC 9457 describes it, with every error found."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[ErrorResource]
