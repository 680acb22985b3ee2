"""What a run of the policy lab found, through the API: figures per area, effects, the worth of knowing, the past."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from eenthuis.api.answering import READ
from eenthuis.api.asking import A_PAGE, FIRST_PAGE, Number, PageSize, asked_by, paged
from eenthuis.api.lab import AddressKey
from eenthuis.api.schemas import Schema
from eenthuis.services import lab_results
from eenthuis.services.lab_results import Area, Figure, Quantiles, Row, number

router = Router()
AreaKey = Annotated[Area, Query(Area.COUNTRY, alias="gebied")]
MEASURE = r"^[a-z0-9+-]{1,30}$"
MeasureKey = Annotated[str, Query(alias="maat", pattern=MEASURE)]
OnlyMeasureKey = Annotated[str | None, Query(alias="maat", pattern=MEASURE)]


class QuantileResource(Schema):
    """A value below which a share of the futures lies; null where the figure does not exist."""

    share: float = Field(serialization_alias="deel")
    value: float | None = Field(serialization_alias="waarde")


class LabFigureResource(Schema):
    """A measure of one area in one half-year; the difference is with the first scenario and null for that one."""

    scenario: str
    measure: str = Field(serialization_alias="maat")
    area: str = Field(serialization_alias="gebiedCode")
    half_year: str = Field(serialization_alias="halfjaar")
    mean: float | None = Field(serialization_alias="gemiddelde")
    quantiles: list[QuantileResource] = Field(serialization_alias="kwantielen")
    difference: float | None = Field(serialization_alias="verschil")
    difference_error: float | None = Field(serialization_alias="standaardfout")
    difference_quantiles: list[QuantileResource] = Field(serialization_alias="verschilKwantielen")

    @classmethod
    def of(cls, one: Figure) -> LabFigureResource:
        """Return a figure."""
        return cls(
            scenario=one.scenario,
            measure=one.measure,
            area=one.area,
            half_year=one.half_year,
            mean=one.mean,
            quantiles=_quantiles(one.quantiles),
            difference=one.difference,
            difference_error=one.difference_error,
            difference_quantiles=_quantiles(one.difference_quantiles),
        )


class EffectOfLeverResource(Schema):
    """What one lever does to a measure in the last half-year, alone and as the last; ``all`` is everything at once."""

    measure: str = Field(serialization_alias="maat")
    half_year: str = Field(serialization_alias="halfjaar")
    lever: str = Field(serialization_alias="hefboom")
    value: str = Field(serialization_alias="waarde")
    alone: float | None = Field(serialization_alias="alleen")
    alone_error: float | None = Field(serialization_alias="alleenStandaardfout")
    last: float | None = Field(serialization_alias="alsLaatste")
    last_error: float | None = Field(serialization_alias="alsLaatsteStandaardfout")

    @classmethod
    def of(cls, row: Row) -> EffectOfLeverResource:
        """Return the effect of a lever."""
        return cls(
            measure=row["measure"],
            half_year=row["half_year"],
            lever=row["lever"],
            value=row["value"],
            alone=number(row["alone"]),
            alone_error=number(row["alone_error"]),
            last=number(row["last"]),
            last_error=number(row["last_error"]),
        )


class WorthResource(Schema):
    """What knowing a parameter is worth for the choice, in the unit of the measure."""

    measure: str = Field(serialization_alias="maat")
    half_year: str = Field(serialization_alias="halfjaar")
    knowing: str = Field(serialization_alias="parameter")
    worth: float | None = Field(serialization_alias="waarde")
    error: float | None = Field(serialization_alias="standaardfout")

    @classmethod
    def of(cls, row: Row) -> WorthResource:
        """Return the worth of knowing a parameter."""
        return cls(
            measure=row["measure"],
            half_year=row["half_year"],
            knowing=row["knowing"],
            worth=number(row["worth"]),
            error=number(row["standard_error"]),
        )


class PastResource(Schema):
    """A published figure of the past beside the band in which it was foreseen, and the losses of both ways."""

    measure: str = Field(serialization_alias="maat")
    half_year: str = Field(serialization_alias="halfjaar")
    use: str = Field(serialization_alias="gebruik")
    published: float | None = Field(serialization_alias="gepubliceerd")
    low80: float | None = Field(serialization_alias="ondergrens80")
    middle: float | None = Field(serialization_alias="midden")
    high80: float | None = Field(serialization_alias="bovengrens80")
    loss: float | None = Field(serialization_alias="verlies")
    loss_as_published: float | None = Field(serialization_alias="verliesAlsLaatstGepubliceerd")
    source: str = Field(serialization_alias="bron")

    @classmethod
    def of(cls, row: Row) -> PastResource:
        """Return a figure of the past."""
        return cls(
            measure=row["measure"],
            half_year=row["half_year"],
            use=row["use"],
            published=number(row["published"]),
            low80=number(row["q10"]),
            middle=number(row["q50"]),
            high80=number(row["q90"]),
            loss=number(row["pinball"]),
            loss_as_published=number(row["pinball_as_last_published"]),
            source=row["source"],
        )


@router.get(
    "/beleidslab/doorrekeningen/{adres}/uitkomsten",
    by_alias=True,
    response={200: list[LabFigureResource], **READ},
    operation_id="uitkomsten",
    url_name="lab-figures",
)
def figures(
    request: HttpRequest,
    response: HttpResponse,
    address: AddressKey,
    area: AreaKey,
    measure: MeasureKey = "backlog",
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[LabFigureResource]:
    """Geef een maat van een vergelijking per scenario en halfjaar: van het land, de provincies of de gemeenten."""
    found = lab_results.figures(actor=asked_by(request), address=address, area=area, measure=measure)
    return [LabFigureResource.of(one) for one in found[paged(request, response, len(found), page, page_size)]]


@router.get(
    "/beleidslab/doorrekeningen/{adres}/effecten",
    by_alias=True,
    response={200: list[EffectOfLeverResource], **READ},
    operation_id="effectenVanHefbomen",
    url_name="lab-effects",
)
def effects(
    request: HttpRequest,
    response: HttpResponse,
    address: AddressKey,
    measure: OnlyMeasureKey = None,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[EffectOfLeverResource]:
    """Geef per maat wat elke hefboom doet, alleen en als laatste."""
    found = _of(measure, lab_results.effects(actor=asked_by(request), address=address))
    return [
        EffectOfLeverResource.of(one) for one in found[paged(request, response, len(found), page, page_size)]
    ]


@router.get(
    "/beleidslab/doorrekeningen/{adres}/waarde",
    by_alias=True,
    response={200: list[WorthResource], **READ},
    operation_id="waardeVanWeten",
    url_name="lab-worth",
)
def worth(
    request: HttpRequest,
    response: HttpResponse,
    address: AddressKey,
    measure: OnlyMeasureKey = None,
    page: Number = FIRST_PAGE,
    page_size: PageSize = A_PAGE,
) -> list[WorthResource]:
    """Geef per maat wat het kennen van elke parameter voor de keuze waard is."""
    found = _of(measure, lab_results.worths(actor=asked_by(request), address=address))
    return [WorthResource.of(one) for one in found[paged(request, response, len(found), page, page_size)]]


@router.get(
    "/beleidslab/doorrekeningen/{adres}/verleden",
    by_alias=True,
    response={200: list[PastResource], **READ},
    operation_id="toetsOpHetVerleden",
    url_name="lab-past",
)
def past(request: HttpRequest, address: AddressKey) -> list[PastResource]:
    """Geef de gepubliceerde cijfers van het verleden naast wat voorzien zou zijn."""
    return [PastResource.of(one) for one in lab_results.past(actor=asked_by(request), address=address)]


def _of(measure: str | None, rows: Sequence[Row]) -> Sequence[Row]:
    return [row for row in rows if measure in {None, row["measure"]}]


def _quantiles(found: Quantiles) -> list[QuantileResource]:
    return [QuantileResource(share=share, value=value) for share, value in found]
