"""A least gain while a proposal is solved again around pins: groups keep their weight, and what is missed is told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from eenthuis.matching import Problem, Solution
from eenthuis.matching.certificate import FloorStated, certificate_document
from eenthuis.matching.check import check_certificate
from eenthuis.matching.fairness import solve_fair
from eenthuis.matching.groups import own_groupings
from eenthuis.matching.kept_floors import lifted
from eenthuis.matching.overriding import Reconsidered, reconsider
from eenthuis.terms.linking import Goal
from eenthuis.terms.overriding import Override, OverrideKind
from generator import Card, draw_instance

GAIN = 1.3
SMALL = Card(
    households=48,
    places=6,
    seed=1,
    uses=2,
    persons_fill=1.02,
    persons_in_score=False,
    place_effect=0.8,
    pair_effect=0.3,
)


def solved() -> tuple[Problem, Solution]:
    problem = draw_instance(SMALL)
    return problem, solve_fair(
        problem, least_gain=GAIN, groupings=own_groupings(problem), goal=Goal.SCORE
    ).solution


def pins(problem: Problem, solution: Solution, count: int) -> list[Override]:
    """Return pins of households to places with room for them, other than where they are."""
    found: list[Override] = []
    for row in range(0, len(problem.households), 7):
        fits = problem.allowed[row] & (problem.demand[row] <= problem.capacity).all(axis=1)
        for column in np.flatnonzero(fits):
            if column != solution.assignment[row] and len(found) < count:
                found.append(
                    Override(OverrideKind.PIN, problem.households[row], problem.places[int(column)], "asked")
                )
                break
    return found


def short(found: Reconsidered) -> float:
    """Return what all floors that were asked and reached before lack now."""
    return sum(max(0.0, floor.asked - floor.reached) for floor in found.solution.certificate.floors)


def test_floors_are_told_proven_and_kept_better_than_when_groups_lose_their_weight() -> None:
    problem, solution = solved()
    floors = solution.certificate.floors
    assert any(floor.multiplier > 0 for floor in floors)
    asked = pins(problem, solution, 4)
    found = reconsider(problem, solution, asked)
    loose = reconsider(
        problem,
        replace(
            solution,
            certificate=replace(
                solution.certificate, floors=tuple(replace(floor, multiplier=0.0) for floor in floors)
            ),
        ),
        asked,
    )
    assert isinstance(found, Reconsidered)
    assert isinstance(loose, Reconsidered)
    assert short(found) <= short(loose) + 1e-9
    assert set(found.difference.floors_missed) == {
        f"{now.characteristic} {now.label}"
        for before, now in zip(floors, found.solution.certificate.floors, strict=True)
        if now.reached < before.least - 1e-9
    }
    document = certificate_document(problem, found.solution.certificate)
    assert all(line.holds for line in check_certificate(problem, found.solution.assignment, document))


def test_without_a_price_of_floors_the_problem_is_as_it_was() -> None:
    problem = draw_instance(SMALL)
    one = FloorStated("size", "2", (0, 3, 5), asked=1.0, least=1.0, reached=1.0, multiplier=0.5)
    assert lifted(problem, [replace(one, multiplier=0.0)]) is problem
    members = list(one.households)
    more = lifted(problem, [one])
    assert np.allclose(more.score[members], 1.5 * problem.score[members])
    others = np.setdiff1d(np.arange(len(problem.households)), members)
    assert (more.score[others] == problem.score[others]).all()
