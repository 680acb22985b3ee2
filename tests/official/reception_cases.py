"""How what was published about reception places is computed, by kind of case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from eenthuis import reference
from eenthuis.law import law_book
from eenthuis.law.reception import IN_FORCE
from eenthuis.rules.provincial_tasks import provincial_tasks
from eenthuis.rules.reception import distribute_reception
from eenthuis.rules.reception_cycle import CycleStep, DatedStep, cycle
from eenthuis.terms.reception import SesScores

Inputs = Mapping[str, Any]


def _by_inhabitants_alone(inputs: Inputs) -> int:
    """Return the number of a province with every SES-WOA score at 0, since no scores are packaged."""
    inhabitants = reference.inhabitants(date.fromisoformat(inputs["reference_date"]))
    on = date.fromisoformat(inputs["as_of"])
    shares = distribute_reception(
        need=inputs["need"],
        scores=SesScores(dict.fromkeys(inhabitants.people, Fraction(0)), "0 for all: none are packaged"),
        inhabitants=inhabitants,
        law=law_book().reception(on),
        as_of=on,
    )
    provinces = {code: reference.municipality(code).province for code in inhabitants.people}
    asked = reference.province(inputs["province"]).code
    return next(task.places for task in provincial_tasks(shares, provinces) if task.province == asked)


def _step(inputs: Inputs) -> DatedStep:
    year: int = inputs["year"]
    found = cycle(year, law_book().reception_cycle(date(year, 12, 31)))
    return next(one for one in found.steps if one.step is CycleStep(inputs["step"]))


def _before(inputs: Inputs) -> str:
    before = _step(inputs).before
    return before.isoformat() if before else ""


KINDS: Mapping[str, Callable[[Inputs], int | str | bool]] = {
    "reception-before": _before,
    "reception-first-day": lambda inputs: str(law_book().next_day(IN_FORCE, date(inputs["year"], 1, 1))),
    "reception-last-day": lambda inputs: _step(inputs).last_day.isoformat(),
    "reception-province": _by_inhabitants_alone,
}
