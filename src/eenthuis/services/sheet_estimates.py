"""Official estimates and counts in a spreadsheet: read, judged by the same rule as the form, and added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from eenthuis.connect.sheet_cells import Value
from eenthuis.rules.estimates import EstimateProblem, estimate_problems
from eenthuis.services.estimates import before_of, keep_estimate
from eenthuis.store import forecasts as stored
from eenthuis.terms.access import Actor
from eenthuis.terms.estimates import Estimate, EstimateKind, Quantity
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.sheets import Why

WHYS: Mapping[EstimateProblem, Why] = {
    EstimateProblem.OUT_OF_RANGE: Why.OUT_OF_RANGE,
    EstimateProblem.NOT_IN_ORDER: Why.NOT_IN_ORDER,
    EstimateProblem.AHEAD: Why.AHEAD,
    EstimateProblem.UNTIL_MISSING: Why.UNTIL_MISSING,
    EstimateProblem.UNTIL_OUTSIDE: Why.UNTIL_OUTSIDE,
    EstimateProblem.COUNT_HAS_NO_RANGE: Why.COUNT_HAS_NO_RANGE,
    EstimateProblem.NO_SOURCE: Why.EMPTY,
}


@dataclass(frozen=True, slots=True)
class Restimated:
    """An official figure to add, and the one it takes the place of."""

    made: Estimate
    before: stored.HeldEstimate | None


def estimate_of(values: Mapping[str, Value]) -> Estimate:
    """Return the figure that a row describes; the row has been read without a problem."""
    half_year, middle, made_on = values["half_year"], values["middle"], values["made_on"]
    assert isinstance(half_year, HalfYear)  # noqa: S101 - a cell of this kind holds one
    assert isinstance(middle, int)  # noqa: S101 - a cell of this kind holds one
    assert isinstance(made_on, date)  # noqa: S101 - a cell of this kind holds one
    low, high, until = values.get("low"), values.get("high"), values.get("until")
    return Estimate(
        quantity=Quantity(str(values["quantity"])),
        half_year=half_year,
        kind=EstimateKind(str(values.get("kind") or EstimateKind.ESTIMATE)),
        middle=middle,
        low=low if isinstance(low, int) else None,
        high=high if isinstance(high, int) else None,
        made_on=made_on,
        known_by=None,
        until=until if isinstance(until, date) else None,
        source=str(values["source"]),
        note=str(values.get("note") or ""),
    )


def judge_estimate(
    made: Estimate, held: tuple[stored.HeldEstimate, ...], today: date
) -> tuple[dict[str, Why], Restimated, bool]:
    """Return what is wrong with a figure by column, what would be added, and whether it is there already."""
    wrong = {column: WHYS[problem] for column, problem in estimate_problems(made, today).items()}
    before = before_of(made, held)
    return wrong, Restimated(made, before), before is not None and before.estimate == made


def add_estimates(by: Actor, every: Sequence[Restimated]) -> None:
    """Add figures with their lines in the journal, in the transaction of the caller."""
    for one in every:
        keep_estimate(by, one.made, one.before)
