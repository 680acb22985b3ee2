"""The linking problem of households and open places, made by the registers of criteria."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.criteria import Criterion, Ground
from eenthuis.matching.pace import within_pace
from eenthuis.matching.problem import Problem
from eenthuis.matching.registers import ELIGIBILITY, SCORING, counted_relatives
from eenthuis.matching.spread import size_caps, size_classes
from eenthuis.terms.half_year import HalfYear
from eenthuis.terms.linking import Choices, OpenPlace, Reason
from eenthuis.terms.people import Household

PLAIN = Choices(count_joining=False, spread=False)
"""Only the hard criteria, the points and the members in reception."""

WITH_JOINING = "persons_with_joining"
"""The use that counts joining relatives beside the members in reception."""

ReasonsOf = Callable[[int, int], tuple[Reason, ...]]


def build(
    households: Sequence[Household],
    places: Sequence[OpenPlace],
    as_of: date,
    choices: Choices = PLAIN,
    slack: float | None = None,
) -> tuple[Problem, ReasonsOf]:
    """Return the problem and a function that gives the reasons for a household (row) at a place (column).

    The first use, ``persons``, counts members in reception, as a link does. Where relatives count, a second use
    counts them too against the same room; with a ``slack`` there is a use for every size class.
    """
    ground = Ground.of(places)
    allowed = np.ones((len(households), len(places)), bool)
    score = np.zeros((len(households), len(places)), np.float32)
    for row, household in enumerate(households):
        for _, columns in _holding(ELIGIBILITY.values(), household, ground):
            inside = np.zeros(len(places), bool)
            inside[columns] = True
            allowed[row] &= inside
        for criterion, columns in _holding(SCORING.values(), household, ground):
            score[row, columns] += criterion.points
    until = HalfYear.containing(as_of).last_day
    joining = [
        counted_relatives(household, until) if choices.count_joining else 0 for household in households
    ]
    uses, demand, capacity = _uses(households, places, joining, choices)
    if slack is not None:
        classes = size_classes(households)
        names, caps = size_caps(households, places, classes, slack)
        uses, demand = (*uses, *names), np.hstack([demand, classes])
        capacity = np.hstack([capacity, caps])
    waited = np.array([(as_of - household.permit_on).days for household in households], np.int64)
    problem = Problem(
        households=tuple(household.identifier for household in households),
        places=tuple(place.municipality for place in places),
        uses=uses,
        demand=demand,
        capacity=capacity,
        allowed=allowed,
        score=score,
        group=np.full(len(households), -1, np.int64),
        arrival=waited.max(initial=0) - waited,
    )

    def reasons(row: int, place: int) -> tuple[Reason, ...]:
        found = [Reason(one.key) for one, _ in _holding(ELIGIBILITY.values(), households[row], ground)]
        found += [
            Reason(one.key, one.points)
            for one, columns in _holding(SCORING.values(), households[row], ground)
            if place in columns
        ]
        return (*found, *_with_relatives(joining[row]))

    return problem, reasons


def _holding(
    criteria: Iterable[Criterion], household: Household, ground: Ground
) -> Iterator[tuple[Criterion, NDArray[np.int64]]]:
    """Yield each criterion that says something about a household, with the columns at which it holds."""
    for criterion in criteria:
        if criterion.holds is not None:
            for columns in criterion.holds(household, ground):
                yield criterion, columns


def _with_relatives(joining: int) -> tuple[Reason, ...]:
    return (Reason("count:joining-relatives", values={"joining": joining}),) if joining else ()


def _uses(
    households: Sequence[Household], places: Sequence[OpenPlace], joining: Sequence[int], choices: Choices
) -> tuple[tuple[str, ...], NDArray[np.int64], NDArray[np.int64]]:
    room = [within_pace(place) if choices.within_pace else place.persons for place in places]
    members = np.array([household.persons for household in households], np.int64).reshape(-1, 1)
    capacity = np.array(room, np.int64).reshape(-1, 1)
    if not any(joining):
        return ("persons",), members, capacity
    together = members + np.array(joining, np.int64).reshape(-1, 1)
    return ("persons", WITH_JOINING), np.hstack([members, together]), np.hstack([capacity, capacity])
