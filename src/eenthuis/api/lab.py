"""The policy lab ("beleidslab"): asked once and followed; what it finds is public."""

from __future__ import annotations

from collections.abc import Callable, Collection
from fractions import Fraction
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Body, Path, Router
from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from eenthuis.api.answering import READ, WRITTEN, IdempotencyKey, Made, written_once
from eenthuis.api.asking import (
    A_PAGE,
    FIRST_PAGE,
    MunicipalityText,
    Number,
    PageSize,
    Text,
    asked_by,
    integral,
    paged,
)
from eenthuis.api.schemas import Asked, Moment, Schema
from eenthuis.connect.lab_work import ScoreRow, completed
from eenthuis.connect.weight_files import MOST_WEIGHT
from eenthuis.lab import Ask
from eenthuis.reference.policy import TODAY, lever_value, levers, scenarios
from eenthuis.services import lab
from eenthuis.services.lab import MOST_FUTURES, LabRun
from eenthuis.terms.errors import InputError, InputErrors, Location, StateError
from eenthuis.terms.lab_runs import LabAsk, LabKind
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.policy import OWN_WEIGHTS, THOUSANDTHS, Scenario
from eenthuis.terms.work_scores import WorkScores

MOST_WEIGHTS = 500
"""More municipalities than there ever were since 2015."""
router = Router()
Value = bool | float | str
AddressKey = Annotated[str, Path(alias="adres", pattern=r"^[0-9a-f]{16}$")]


def _one_of(known: Collection[str]) -> Callable[[str], str]:
    def checked(written: str) -> str:
        if written not in known:
            raise ValueError(f"dit moet een van deze zijn: {', '.join(known)}")
        return written

    return checked


LeverName = Annotated[
    str, AfterValidator(_one_of(levers())), WithJsonSchema({"type": "string", "enum": list(levers())})
]
PackagedName = Annotated[
    str, AfterValidator(_one_of(scenarios())), WithJsonSchema({"type": "string", "enum": list(scenarios())})
]


class PulledResource(Schema):
    """A lever of a scenario that is not at its default, and what its value rests on."""

    lever: str = Field(serialization_alias="hefboom")
    value: Value = Field(serialization_alias="waarde")
    source: str = Field(serialization_alias="bron")


class WeightResource(Schema):
    """What a municipality weighs in a distribution by weights of one's own."""

    municipality: str = Field(serialization_alias="gemeenteCode")
    weight: float = Field(serialization_alias="gewicht")


class ScenarioResource(Schema):
    """A scenario: its name and every lever that it pulls; every other lever keeps its default."""

    name: str = Field(serialization_alias="naam")
    pulled: list[PulledResource] = Field(serialization_alias="hefbomen")
    weights: list[WeightResource] = Field(serialization_alias="gewichten")

    @classmethod
    def of(cls, one: Scenario) -> ScenarioResource:
        """Return a scenario."""
        known = levers()
        return cls(
            name=one.name,
            pulled=[
                PulledResource(lever=name, value=value, source=one.sources.get(name, known[name].source))
                for name, value in one.levers.items()
                if value != known[name].default
            ],
            weights=[
                WeightResource(municipality=code, weight=weight / THOUSANDTHS)
                for code, weight in sorted(one.weights.items())
                if one.key == OWN_WEIGHTS
            ],
        )


class FileResource(Schema):
    """A table or picture that a run left behind, at an address that does not change."""

    name: str = Field(serialization_alias="naam")
    address: str = Field(serialization_alias="adres")


class WorkResource(Schema):
    """Scores of work that a run was asked with: where they come from, whether they are invented, and their digest."""

    source: str = Field(serialization_alias="bron")
    is_invented: bool = Field(serialization_alias="isVerzonnen")
    digest: str = Field(serialization_alias="controlegetal")


class LabRunResource(Schema):
    """A run of the lab: what was asked, how far it is, and where its files are; ``stand`` becomes ``done``."""

    address: str = Field(serialization_alias="adres")
    kind: str = Field(serialization_alias="soort")
    state: str = Field(serialization_alias="stand")
    done: int = Field(serialization_alias="gedaan")
    total: int = Field(serialization_alias="totaal")
    futures: int = Field(serialization_alias="toekomsten")
    half_years: int = Field(serialization_alias="halfjaren")
    seed: int = Field(serialization_alias="startgetal")
    scenarios: list[ScenarioResource]
    work: WorkResource | None = Field(serialization_alias="kansenOpWerk")
    asked_role: str = Field(serialization_alias="gevraagdDoorRol")
    asked_at: Moment = Field(serialization_alias="gevraagdTijdstip")
    problem: str = Field(serialization_alias="foutCode")
    page: str = Field(serialization_alias="pagina")
    files: list[FileResource] = Field(serialization_alias="bestanden")

    @classmethod
    def of(cls, run: LabRun) -> LabRunResource:
        """Return a run."""
        page = f"/beleidslab/{run.address}/"
        return cls(
            address=run.address,
            kind=run.ask.kind.value,
            state=run.state,
            done=run.done,
            total=run.ask.total,
            futures=run.ask.futures,
            half_years=run.ask.half_years,
            seed=run.ask.seed,
            scenarios=[ScenarioResource.of(one) for one in run.ask.scenarios],
            work=None
            if (work := run.ask.work) is None
            else WorkResource(source=work.source, is_invented=work.is_invented, digest=work.digest),
            asked_role=run.asked_role,
            asked_at=run.asked_at,
            problem=run.problem,
            page=page,
            files=[FileResource(name=name, address=page + name) for name in run.files],
        )


class PulledAsked(Asked):
    """A lever with its value: true or false, a number, or one of its choices; and what that rests on."""

    lever: LeverName = Field(alias="hefboom")
    value: bool | Annotated[float, Field(ge=-1e9, le=1e9)] | Text = Field(alias="waarde")
    source: Text = Field(default="an assumption of whoever asked", alias="bron")


class WeightAsked(Asked):
    """What a municipality weighs when the key is own-weights; a weight counts to three decimals."""

    municipality: MunicipalityText = Field(alias="gemeenteCode")
    weight: Annotated[float, Field(ge=0, le=MOST_WEIGHT)] = Field(alias="gewicht")


class ScenarioAsked(Asked):
    """A packaged scenario, or one of one's own: a name, and levers on top of a packaged one."""

    base: PackagedName = Field(default=TODAY, alias="uit")
    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ,.()-]{0,59}$")] | None = Field(
        default=None, alias="naam"
    )
    pulled: Annotated[list[PulledAsked], Field(max_length=len(levers()))] = Field(
        default_factory=list, alias="hefbomen"
    )
    weights: Annotated[list[WeightAsked], Field(max_length=MOST_WEIGHTS)] = Field(
        default_factory=list, alias="gewichten"
    )

    def scenario(self) -> Scenario:
        """Return the scenario.

        Raises
        ------
        StateError
            STA-01 when a lever does not take its value, a scenario of one's own has the name of a packaged one, or its
            weights cannot share out.
        """
        base = scenarios()[self.base]
        if not self.pulled and self.name is None:
            return base
        name = self.name or f"{self.base}, eigen"
        if name in scenarios():
            raise StateError("STA-01", f"{name} is a packaged scenario", remedy="Give yours another name.")
        try:
            own = {one.lever: lever_value(one.lever, one.value) for one in self.pulled}
        except InputError as wrong:
            raise StateError("STA-01", wrong.message, remedy=wrong.remedy) from wrong
        sources = {one.lever: one.source for one in self.pulled}
        weights = {
            MunicipalityCode(one.municipality): round(one.weight * THOUSANDTHS) for one in self.weights
        }
        made = Scenario(name, {**base.levers, **own}, {**base.sources, **sources}, weights)
        try:
            Ask((made,), 1, 1, 1)
        except InputError as wrong:
            raise StateError("STA-01", wrong.message, remedy=wrong.remedy) from wrong
        return made


class WorkRowAsked(Asked):
    """Of a household of so many persons (8 for eight and more) in a municipality: members expected to have work.

    Without a municipality it holds for every municipality that has no row of its own.
    """

    municipality: Annotated[str, Field(pattern=r"^GM[0-9]{4}$")] | None = Field(
        default=None, alias="gemeenteCode"
    )
    persons: Annotated[int, Field(ge=1, le=8), BeforeValidator(integral)] = Field(alias="personen")
    at_work: Annotated[float, Field(ge=0, le=8)] = Field(alias="metWerk")


class WorkAsked(Asked):
    """Scores of work: how many members of a household are expected to have work within a year of moving."""

    source: Text = Field(alias="bron")
    is_invented: bool = Field(default=False, alias="isVerzonnen")
    rows: Annotated[list[WorkRowAsked], Field(min_length=1, max_length=4000)] = Field(alias="rijen")

    def scores(self) -> WorkScores:
        """Return the scores.

        Raises
        ------
        StateError
            STA-01 when rows are of an unknown municipality, stand twice, are out of range or leave one out.
        """
        rows = [
            ScoreRow(
                MunicipalityCode(one.municipality or ""),
                one.persons,
                Fraction(str(one.at_work)),
                Location(row=place, column="metWerk", value=str(one.at_work)),
            )
            for place, one in enumerate(self.rows, 1)
        ]
        try:
            return completed(rows, source=self.source, is_invented=self.is_invented)
        except InputErrors as wrong:
            first = wrong.errors[0]
            where = "" if first.location is None or first.location.row is None else f"{first.location.row}: "
            raise StateError("STA-01", where + first.message, remedy=first.remedy) from wrong


class LabAsked(Asked):
    """A question: two scenarios compared, lever by lever, or what knowing more is worth for the choice."""

    kind: Literal["compare", "tornado", "worth"] = Field(default="compare", alias="soort")
    base: ScenarioAsked = Field(alias="basis")
    scenario: ScenarioAsked
    futures: Annotated[int, Field(ge=1, le=MOST_FUTURES), BeforeValidator(integral)] = Field(
        default=200, alias="toekomsten"
    )
    half_years: Annotated[int, Field(ge=1, le=40), BeforeValidator(integral)] = Field(
        default=20, alias="halfjaren"
    )
    seed: Annotated[int, Field(ge=0, le=2**31), BeforeValidator(integral)] = Field(
        default=1, alias="startgetal"
    )
    work: WorkAsked | None = Field(default=None, alias="kansenOpWerk")


@router.post(
    "/beleidslab/doorrekeningen",
    by_alias=True,
    response={200: LabRunResource, 201: LabRunResource, **WRITTEN},
    operation_id="doorrekenen",
    url_name="lab-runs",
)
def ask(request: HttpRequest, key: IdempotencyKey, asked: Annotated[LabAsked, Body()]) -> HttpResponse:
    """Vraag het beleidslab. Dezelfde vraag, van wie ook, heeft één adres; is zij al gesteld, dan is de status 200."""

    def act() -> Made:
        question = LabAsk(
            LabKind(asked.kind), (asked.base.scenario(), asked.scenario.scenario()), asked.futures,
            asked.half_years, asked.seed, None if asked.work is None else asked.work.scores(),
        )  # fmt: skip
        actor = asked_by(request)
        was_there = lab.is_asked(actor=actor, asked=question)
        try:
            address = lab.ask(actor=actor, asked=question)
        except InputError as wrong:  # each part is sound; together they cannot be
            raise StateError("STA-01", wrong.message, remedy=wrong.remedy) from wrong
        run = lab.read(actor=actor, address=address)
        where = f"/api/v1/beleidslab/doorrekeningen/{address}"
        return Made(LabRunResource.of(run), status=200 if was_there else 201, location=where)

    return written_once(request, key, act)


@router.get(
    "/beleidslab/doorrekeningen",
    by_alias=True,
    response={200: list[LabRunResource], **READ},
    operation_id="doorrekeningen",
    url_name="lab-runs",
)
def runs(
    request: HttpRequest, response: HttpResponse, page: Number = FIRST_PAGE, page_size: PageSize = A_PAGE
) -> list[LabRunResource]:
    """Geef de doorrekeningen die er zijn of komen, nieuwste eerst."""
    found = lab.kept(actor=asked_by(request))
    return [LabRunResource.of(one) for one in found[paged(request, response, len(found), page, page_size)]]


@router.get(
    "/beleidslab/doorrekeningen/{adres}",
    by_alias=True,
    response={200: LabRunResource, **READ},
    operation_id="doorrekening",
    url_name="lab-run",
)
def run(request: HttpRequest, address: AddressKey) -> LabRunResource:
    """Geef hoever een doorrekening is, en waar haar bestanden staan."""
    return LabRunResource.of(lab.read(actor=asked_by(request), address=address))
