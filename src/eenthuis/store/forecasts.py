"""Official estimates and our forecasts as rows and terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from eenthuis.store.forecast_models import EstimateRow, ForecastRow
from eenthuis.terms.estimates import Estimate, EstimateKind, Quantity
from eenthuis.terms.half_year import HalfYear


@dataclass(frozen=True, slots=True)
class HeldEstimate:
    """An estimate with its number, the one it replaces, and who entered it."""

    number: int
    estimate: Estimate
    entered_by: str
    replaces: int | None
    is_replaced: bool


@dataclass(frozen=True, slots=True)
class MadeForecast:
    """The quantiles of one half-year as they were forecast on a day, in people."""

    made_on: date
    series: str
    last_known: HalfYear
    half_year: HalfYear
    model: str
    people: tuple[int, ...]


def add_estimate(made: Estimate, *, entered_by: str, replaces: int | None) -> int:
    """Add an official figure and return its number."""
    row = EstimateRow.objects.create(
        quantity=made.quantity.value,
        half_year=str(made.half_year),
        kind=made.kind.value,
        low=made.low,
        middle=made.middle,
        high=made.high,
        made_on=made.counts_from,
        until=made.until,
        source=made.source,
        note=made.note,
        replaces_id=replaces,
        entered_by=entered_by,
    )
    return int(row.pk)


def estimates() -> tuple[HeldEstimate, ...]:
    """Return every official figure entered, the replaced ones too, in the order in which they were."""
    rows = EstimateRow.objects.select_related("replaced_by").order_by("id")
    return tuple(
        HeldEstimate(
            number=int(row.pk),
            estimate=Estimate(
                quantity=Quantity(row.quantity),
                half_year=HalfYear.parse(row.half_year),
                kind=EstimateKind(row.kind),
                middle=row.middle,
                low=row.low,
                high=row.high,
                made_on=row.made_on,
                known_by=None,
                until=row.until,
                source=row.source,
                note=row.note,
            ),
            entered_by=row.entered_by,
            replaces=row.replaces_id,
            is_replaced=hasattr(row, "replaced_by"),
        )
        for row in rows
    )


def last_made() -> date | None:
    """Return the day of the latest forecast, if one was made."""
    return ForecastRow.objects.order_by("-made_on").values_list("made_on", flat=True).first()


def made_days() -> tuple[date, ...]:
    """Return the days on which forecasts were made, newest first."""
    days = ForecastRow.objects.order_by("-made_on").values_list("made_on", flat=True).distinct()
    return tuple(days)


def add_forecasts(made: Sequence[MadeForecast], *, version: str) -> None:
    """Add the forecasts of a day."""
    ForecastRow.objects.bulk_create(
        ForecastRow(
            made_on=one.made_on,
            series=one.series,
            last_known=str(one.last_known),
            half_year=str(one.half_year),
            model=one.model,
            people=list(one.people),
            version=version,
        )
        for one in made
    )


def forecasts(made_on: date) -> tuple[MadeForecast, ...]:
    """Return the forecasts made on a day, in order of series and half-year."""
    return tuple(_made(row) for row in ForecastRow.objects.filter(made_on=made_on).order_by("id"))


def forecasts_of(series: str) -> tuple[MadeForecast, ...]:
    """Return every forecast of a series, oldest first."""
    return tuple(_made(row) for row in ForecastRow.objects.filter(series=series).order_by("made_on", "id"))


def _made(row: ForecastRow) -> MadeForecast:
    return MadeForecast(
        made_on=row.made_on,
        series=row.series,
        last_known=HalfYear.parse(row.last_known),
        half_year=HalfYear.parse(row.half_year),
        model=row.model,
        people=tuple(row.people),
    )
