"""What the policy lab works with: levers, parameters, measures and packaged scenarios, each with its source."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from eenthuis.api.answering import READ
from eenthuis.api.asking import asked_by
from eenthuis.api.lab import ScenarioResource, Value
from eenthuis.api.schemas import Schema
from eenthuis.services.lab_registers import (
    lever_register,
    measure_register,
    parameter_register,
    scenario_register,
)

router = Router()


class LeverResource(Schema):
    """What a scenario can change, with its default and what that rests on."""

    name: str = Field(serialization_alias="hefboom")
    recommendation: int = Field(serialization_alias="aanbeveling")
    kind: str = Field(serialization_alias="soort")
    default: Value = Field(serialization_alias="standaard")
    low: float = Field(serialization_alias="minimum")
    high: float = Field(serialization_alias="maximum")
    choices: list[str] = Field(serialization_alias="keuzen")
    unit: str = Field(serialization_alias="eenheid")
    meaning: str = Field(serialization_alias="betekenis")
    authority: str = Field(serialization_alias="gezag")
    source: str = Field(serialization_alias="bron")
    note: str = Field(serialization_alias="toelichting")


class ParameterResource(Schema):
    """A number of the simulation with the range in which it may lie."""

    name: str = Field(serialization_alias="parameter")
    value: float = Field(serialization_alias="waarde")
    low: float = Field(serialization_alias="minimum")
    high: float = Field(serialization_alias="maximum")
    unit: str = Field(serialization_alias="eenheid")
    meaning: str = Field(serialization_alias="betekenis")
    authority: str = Field(serialization_alias="gezag")
    source: str = Field(serialization_alias="bron")
    note: str = Field(serialization_alias="toelichting")


class MeasureResource(Schema):
    """What is measured, of which area, in which unit, and whether less is better where that is known."""

    name: str = Field(serialization_alias="maat")
    area: str = Field(serialization_alias="gebied")
    meaning: str = Field(serialization_alias="betekenis")
    unit: str = Field(serialization_alias="eenheid")
    less_is_better: bool | None = Field(serialization_alias="isMinderBeter")


@router.get(
    "/beleidslab/hefbomen", by_alias=True, response={200: list[LeverResource], **READ}, operation_id="hefbomen",
    url_name="lab-levers",
)  # fmt: skip
def levers(request: HttpRequest) -> list[LeverResource]:
    """Geef wat een scenario kan veranderen."""
    return [
        LeverResource(
            name=one.name, recommendation=one.recommendation, kind=one.kind.value, default=one.default, low=one.low,
            high=one.high, choices=list(one.choices), unit=one.unit, meaning=one.meaning,
            authority=one.authority.value, source=one.source, note=one.note,
        )
        for one in lever_register(actor=asked_by(request))
    ]  # fmt: skip


@router.get(
    "/beleidslab/parameters", by_alias=True, response={200: list[ParameterResource], **READ},
    operation_id="labParameters", url_name="lab-parameters",
)  # fmt: skip
def parameters(request: HttpRequest) -> list[ParameterResource]:
    """Geef elk getal van de simulatie met zijn bereik en bron."""
    return [
        ParameterResource(
            name=one.name, value=one.value, low=one.low, high=one.high, unit=one.unit, meaning=one.meaning,
            authority=one.authority.value, source=one.source, note=one.note,
        )
        for one in parameter_register(actor=asked_by(request))
    ]  # fmt: skip


@router.get(
    "/beleidslab/maten", by_alias=True, response={200: list[MeasureResource], **READ}, operation_id="maten",
    url_name="lab-measures",
)  # fmt: skip
def measures(request: HttpRequest) -> list[MeasureResource]:
    """Geef wat wordt gemeten, van het land, de provincies en de gemeenten."""
    return [
        MeasureResource(
            name=one.name,
            area=area.value,
            meaning=one.meaning,
            unit=one.unit,
            less_is_better=one.less_is_better,
        )
        for area, one in measure_register(actor=asked_by(request))
    ]


@router.get(
    "/beleidslab/scenarios", by_alias=True, response={200: list[ScenarioResource], **READ}, operation_id="scenarios",
    url_name="lab-scenarios",
)  # fmt: skip
def scenarios(request: HttpRequest) -> list[ScenarioResource]:
    """Geef de scenario's die bij het programma horen."""
    return [ScenarioResource.of(one) for one in scenario_register(actor=asked_by(request))]
