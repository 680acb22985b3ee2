"""Solving with household sizes spread, as long as that links as many people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.building import ReasonsOf, build
from eenthuis.matching.fairness import solve_fair
from eenthuis.matching.groups import Grouping, household_groupings
from eenthuis.matching.problem import Problem
from eenthuis.matching.proposal import OnProgress, Progress, Solution, solve
from eenthuis.matching.registers import SPREAD_SLACK
from eenthuis.matching.spread import HOUSEHOLDS
from eenthuis.terms.linking import Choices, Goal, OpenPlace
from eenthuis.terms.people import Household

WIDER = 2.0
"""Times the slack that is tried once more before the spread is given up."""


@dataclass(slots=True)
class Search:
    """How to solve, and whether whoever watches has asked to stop."""

    goal: Goal
    seed: int
    gap: float
    on_progress: OnProgress | None
    stopped: bool = field(default=False, init=False)
    kept: Progress | None = field(default=None, init=False)

    def keep(self, solution: Solution, stage: str) -> None:
        """Tell of ``solution`` while ``stage`` tries another way, since that is what a stop would keep."""
        proof = solution.certificate
        self.kept = Progress(stage, proof.bound, proof.objective, proof.seconds, proof.persons_linked)

    def solve(
        self, problem: Problem, least_gain: float | None = None, groupings: Sequence[Grouping] = ()
    ) -> tuple[Solution, float | None]:
        """Solve one problem, passing progress on; return the price of a least gain beside it where one is asked."""
        watch = self._tell if self.on_progress else None
        if least_gain is None:
            return solve(problem, goal=self.goal, seed=self.seed, gap=self.gap, on_progress=watch), None
        fair = solve_fair(
            problem,
            least_gain=least_gain,
            groupings=groupings,
            goal=self.goal,
            seed=self.seed,
            gap=self.gap,
            on_progress=watch,
        )
        return fair.solution, fair.price

    def has_stopped(self) -> bool:
        """Return whether whoever watches has asked to stop; what is best so far is kept then."""
        return self.stopped

    def _tell(self, progress: Progress) -> bool:
        told = progress if self.kept is None else self.kept
        if self.on_progress is not None and self.on_progress(told) is False:
            self.stopped = True
        return not self.stopped


@dataclass(frozen=True, slots=True)
class Solved:
    """A problem with its reasons, its solution, and the slack with which sizes were spread (None: they were not).

    ``price_of_floors`` is the share of the score given up for a least gain per group; None when none was asked.
    """

    problem: Problem
    reasons: ReasonsOf
    solution: Solution
    slack: float | None
    price_of_floors: float | None = None

    @property
    def persons(self) -> int:
        """Persons linked."""
        return self.solution.certificate.persons_linked


def solve_spread(
    households: Sequence[Household],
    places: Sequence[OpenPlace],
    as_of: date,
    choices: Choices,
    search: Search,
) -> Solved:
    """Solve with household sizes spread; with more slack, and then without, when that would link more persons.

    The spread is kept at once when everybody who can be linked is, or all room is taken. Otherwise the problem is
    solved without it too, and a spread that links fewer persons is not kept. The goal that counts no persons does
    not spread, since nothing would tell when the spread has to give way.
    """
    counted = [
        one for one in household_groupings(households, as_of) if one.characteristic in choices.gain_for
    ]

    def solved(slack: float | None) -> Solved:
        problem, reasons = build(households, places, as_of, choices, slack)
        solution, price = search.solve(problem, choices.least_gain, counted)
        return Solved(problem, reasons, solution, slack, price)

    if not choices.spread or search.goal is Goal.SCORE:
        return solved(None)
    spread = solved(SPREAD_SLACK.value)
    if search.has_stopped() or spread.persons >= most_persons(spread.problem):
        return spread
    search.keep(spread.solution, "unspread")
    plain = solved(None)
    if search.has_stopped() or spread.persons >= plain.persons:
        return spread
    search.keep(plain.solution, "wider")
    wider = solved(SPREAD_SLACK.value * WIDER)
    return wider if wider.persons >= plain.persons else plain


def most_persons(problem: Problem) -> int:
    """Return persons that no proposal can exceed, however household sizes are spread.

    That is all room, or who has an allowed place that is large enough, less what a place cannot hold of the households
    that can go nowhere else.
    """
    seats = [use for use, name in enumerate(problem.uses) if not name.startswith(HOUSEHOLDS)]
    need, room = problem.demand[:, seats], problem.capacity[:, seats]
    fits = problem.allowed.copy()
    for use in range(len(seats)):
        fits &= need[:, use, None] <= room[:, use]
    persons = problem.persons
    can = int(persons[fits.any(axis=1)].sum())
    only = np.flatnonzero(fits.sum(axis=1) == 1)
    at = fits[only].argmax(axis=1) if len(only) else only
    for place in np.unique(at).tolist():
        bound = only[at == place]
        lost = 0
        for use in range(len(seats)):
            if need[bound, use].sum() > room[place, use]:
                held = _most_held(persons[bound], need[bound, use], int(room[place, use]))
                lost = max(lost, int(persons[bound].sum()) - held)
        can -= lost
    return int(min(problem.capacity[:, 0].astype(float).sum(), can))


def _most_held(persons: NDArray[np.int64], need: NDArray[np.int64], room: int) -> int:
    """Return the most persons whose households' ``need`` (H) fits in ``room`` together."""
    best = np.zeros(room + 1, np.int64)
    for count, size in zip(persons.tolist(), need.tolist(), strict=True):
        if size <= room:
            best[size:] = np.maximum(best[size:], best[: room + 1 - size] + count)
    return int(best[room])


def room_left(problem: Problem, assignment: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return what each place still holds of each use (M x K) after an assignment."""
    left = problem.capacity.copy()
    rows = np.flatnonzero(assignment >= 0)
    np.subtract.at(left, assignment[rows], problem.demand[rows])
    return left
