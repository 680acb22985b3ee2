"""The two-year cycle of the reception places: its steps with their last days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from eenthuis.law.reception import CycleLaw
from eenthuis.rules.months import months_after
from eenthuis.terms.errors import InputError
from eenthuis.terms.law import Citation


class CycleStep(StrEnum):
    """A step of the cycle, in order."""

    ESTIMATE = "estimate"
    REPORT = "report"
    DECISION = "decision"
    PLACES = "places"


@dataclass(frozen=True, slots=True)
class DatedStep:
    """A step with the last day on which it is in time, and where the law says so.

    ``before`` is the day the law names; a step is in time until the day before it. It is None for a term in months.
    """

    step: CycleStep
    last_day: date
    before: date | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class Cycle:
    """The steps of one cycle; the decision holds from ``first_day`` to ``last_day``, both counted."""

    year: int
    steps: tuple[DatedStep, ...]
    first_day: date
    last_day: date


def cycle(year: int, law: CycleLaw, *, decided_on: date | None = None) -> Cycle:
    """Return the steps of the cycle that begins in a year.

    The term for making places available counts from the decision; where ``decided_on`` is not given, from the last day
    on which the decision is in time.

    Raises
    ------
    InputError
        INP-06 when no cycle begins in the year, naming the nearest that does; or when the decision lies outside it.

    References
    ----------
    Wet gemeentelijke taak mogelijk maken asielopvangvoorzieningen, arts. 2 to 5 and 7.

    Examples
    --------
    >>> from eenthuis.law import law_book
    >>> found = cycle(2026, law_book().reception_cycle(date(2026, 1, 1)))
    >>> [(one.step.value, one.last_day.isoformat()) for one in found.steps]
    [('estimate', '2026-01-31'), ('report', '2026-10-31'), ('decision', '2026-12-30'), ('places', '2027-06-30')]
    >>> found.first_day.isoformat(), found.last_day.isoformat()
    ('2027-01-01', '2028-12-31')
    """
    _require_beginning(year, law)
    by_key = {citation.key: citation for citation in law.citations}
    steps = []
    for step, (month, day) in (
        (CycleStep.ESTIMATE, law.estimate_before),
        (CycleStep.REPORT, law.report_before),
        (CycleStep.DECISION, law.decision_before),
    ):
        before = date(year, month, day)
        steps.append(
            DatedStep(
                step, before - timedelta(days=1), before, by_key[f"reception.cycle.{step.value}_before"]
            )
        )
    in_time = steps[-1].last_day
    if decided_on is not None and decided_on.year < year:
        raise InputError(
            "INP-06",
            f"{decided_on.isoformat()} lies before the cycle of {year}",
            remedy=f"Give the day of the decision, normally before {in_time + timedelta(days=1)}.",
        )
    until = months_after(decided_on or in_time, law.places_months)
    steps.append(DatedStep(CycleStep.PLACES, until, None, by_key["reception.cycle.places_months"]))
    return Cycle(
        year=year,
        steps=tuple(steps),
        first_day=date(year + 1, 1, 1),
        last_day=date(year + 1 + law.years, 1, 1) - timedelta(days=1),
    )


def _require_beginning(year: int, law: CycleLaw) -> None:
    since = year - law.first_year
    if since >= 0 and since % law.years == 0:
        return
    before = max(year - since % law.years, law.first_year)
    near = [before] if since < 0 else [before, before + law.years]
    raise InputError(
        "INP-06",
        f"no cycle of the reception places begins in {year}",
        remedy=f"A cycle begins every {law.years} years from {law.first_year}; ask for {' or '.join(map(str, near))}.",
    )
