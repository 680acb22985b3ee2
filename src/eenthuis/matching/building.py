"""The linking problem of households and open places, with hard ties as allowed pairs and soft ties as points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np

from eenthuis.matching.problem import Problem
from eenthuis.terms.linking import OpenPlace, Reason
from eenthuis.terms.people import Household

SOFT_POINTS = 1.0
REGION_POINTS = 0.5
"""Points are a stated choice: a soft tie counts double the region of the present centre."""


def build(
    households: Sequence[Household], places: Sequence[OpenPlace], as_of: date
) -> tuple[Problem, Callable[[int, int], tuple[Reason, ...]]]:
    """Return the problem and a function that gives the reasons for a household (row) at a place (column)."""
    column = {place.municipality: number for number, place in enumerate(places)}
    allowed = np.ones((len(households), len(places)), bool)
    score = np.zeros((len(households), len(places)), np.float32)
    regions = np.array([place.region.value for place in places])
    for row, household in enumerate(households):
        for hard in household.hard_ties:
            inside = np.zeros(len(places), bool)
            inside[[column[code] for code in hard.municipalities if code in column]] = True
            allowed[row] &= inside
        for soft in household.soft_ties:
            score[row, [column[code] for code in soft.municipalities if code in column]] += SOFT_POINTS
        score[row, regions == household.region.value] += REGION_POINTS

    def reasons(row: int, place: int) -> tuple[Reason, ...]:
        household, code = households[row], places[place].municipality
        found = [Reason(f"hard:{tie.criterion.value}") for tie in household.hard_ties]
        found += [
            Reason(f"soft:{tie.criterion.value}", SOFT_POINTS)
            for tie in household.soft_ties
            if code in tie.municipalities
        ]
        if household.region == places[place].region:
            found.append(Reason("soft:region", REGION_POINTS))
        return tuple(found)

    waited = np.array([(as_of - household.permit_on).days for household in households], np.int64)
    problem = Problem(
        households=tuple(household.identifier for household in households),
        places=tuple(place.municipality for place in places),
        uses=("persons",),
        demand=np.array([[household.persons] for household in households], np.int64).reshape(-1, 1),
        capacity=np.array([[place.persons] for place in places], np.int64).reshape(-1, 1),
        allowed=allowed,
        score=score,
        group=np.full(len(households), -1, np.int64),
        arrival=waited.max(initial=0) - waited,
    )
    return problem, reasons
