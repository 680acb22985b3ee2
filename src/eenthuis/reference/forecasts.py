"""Official estimates as published, and how good our forecasts were on the packaged history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from eenthuis.reference.tables import rows
from eenthuis.terms.estimates import Estimate, EstimateKind, Quantity
from eenthuis.terms.half_year import HalfYear


@cache
def estimates() -> tuple[Estimate, ...]:
    """Return the packaged official estimates, in order of half-year."""
    return tuple(
        Estimate(
            quantity=Quantity(row["quantity"]),
            half_year=HalfYear.parse(row["half_year"]),
            kind=EstimateKind.ESTIMATE,
            middle=int(row["middle"]),
            low=int(row["low"]) if row["low"] else None,
            high=int(row["high"]) if row["high"] else None,
            made_on=date.fromisoformat(row["made_on"]) if row["made_on"] else None,
            known_by=date.fromisoformat(row["known_by"]) if row["known_by"] else None,
            until=None,
            source=row["source"],
            note=row["note"],
        )
        for row in rows("estimates")
    )


def past_deviations() -> tuple[Mapping[str, str], ...]:
    """Return what history showed of each official figure and when another was told, as the command wrote it.

    A test makes them again and compares.
    """
    return rows("past_deviations")


def forecast_scores() -> tuple[Mapping[str, str], ...]:
    """Return the scores of every model, series and horizon, as ``eenthuis forecast backtest`` wrote them.

    A test makes them again and compares.
    """
    return rows("forecast_scores")
