"""Whether an official figure can be taken in: its numbers in order, its days not ahead."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from eenthuis.terms.errors import InputError, InputErrors, Location
from eenthuis.terms.estimates import MOST_PEOPLE, Estimate, EstimateKind


class EstimateProblem(StrEnum):
    """What can be wrong with an official figure; pages and files have a sentence for each."""

    OUT_OF_RANGE = "out-of-range"
    NOT_IN_ORDER = "not-in-order"
    AHEAD = "ahead"
    UNTIL_MISSING = "until-missing"
    UNTIL_OUTSIDE = "until-outside"
    COUNT_HAS_NO_RANGE = "count-has-no-range"
    NO_SOURCE = "no-source"


REMEDIES = {
    EstimateProblem.OUT_OF_RANGE: f"Give a whole number from 0 to {MOST_PEOPLE}.",
    EstimateProblem.NOT_IN_ORDER: "Give a minimum of at most the middle, and a maximum of at least it.",
    EstimateProblem.AHEAD: "Give the day on which it was published, today at the latest.",
    EstimateProblem.UNTIL_MISSING: "Give the last day that was counted.",
    EstimateProblem.UNTIL_OUTSIDE: "Give a last day counted within the half-year, not after the day of publication.",
    EstimateProblem.COUNT_HAS_NO_RANGE: "Leave minimum and maximum out of a count, the last day out of an estimate.",
    EstimateProblem.NO_SOURCE: "Say where it was published.",
}


def estimate_problems(made: Estimate, today: date) -> dict[str, EstimateProblem]:
    """Return what is wrong with an official figure, by the field it is in; empty when nothing is.

    Examples
    --------
    >>> from eenthuis.terms.estimates import Quantity
    >>> from eenthuis.terms.half_year import HalfYear
    >>> made = Estimate(Quantity.PERMITS, HalfYear(2026, 2), EstimateKind.ESTIMATE, 9_000, 10_000, None,
    ...     date(2026, 1, 5), None, None, "brief")
    >>> [(field, problem.value) for field, problem in estimate_problems(made, date(2026, 3, 3)).items()]
    [('low', 'not-in-order')]
    """
    found: dict[str, EstimateProblem] = {}
    for field in ("low", "middle", "high"):
        people = getattr(made, field)
        if people is not None and not 0 <= people <= MOST_PEOPLE:
            found[field] = EstimateProblem.OUT_OF_RANGE
    if not found and made.low is not None and made.low > made.middle:
        found["low"] = EstimateProblem.NOT_IN_ORDER
    if not found and made.high is not None and made.high < made.middle:
        found["high"] = EstimateProblem.NOT_IN_ORDER
    if made.counts_from > today:
        found["made_on"] = EstimateProblem.AHEAD
    if not made.source.strip():
        found["source"] = EstimateProblem.NO_SOURCE
    return found | _of_its_kind(made, today)


def _of_its_kind(made: Estimate, today: date) -> dict[str, EstimateProblem]:
    if made.kind is EstimateKind.ESTIMATE:
        return {"until": EstimateProblem.COUNT_HAS_NO_RANGE} if made.until is not None else {}
    if made.low is not None or made.high is not None:
        return {"low": EstimateProblem.COUNT_HAS_NO_RANGE}
    if made.until is None:
        return {"until": EstimateProblem.UNTIL_MISSING}
    latest = min(made.half_year.last_day, made.made_on or today)
    return (
        {} if made.half_year.first_day <= made.until <= latest else {"until": EstimateProblem.UNTIL_OUTSIDE}
    )


def check_estimate(made: Estimate, today: date) -> None:
    """Refuse an official figure that cannot be.

    Raises
    ------
    InputErrors
        INP-06 for every field that is wrong.
    """
    problems = [
        InputError(
            "INP-06",
            f"{field}: {problem.value}",
            remedy=REMEDIES[problem],
            location=Location(column=field, value=str(getattr(made, field) or "")),
        )
        for field, problem in estimate_problems(made, today).items()
    ]
    if problems:
        raise InputErrors(tuple(problems))
