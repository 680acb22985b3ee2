"""The engine against trying everything, and two formulations against each other."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from small_instances import draw_small, is_possible, totals

from eenthuis.matching import Counted, Problem, solve
from eenthuis.matching.certificate import certificate_document
from eenthuis.matching.check import check_certificate
from eenthuis.terms.linking import Goal

BATCHES = 10
PER_BATCH = 120


def best_by_trying(problem: Problem) -> tuple[tuple[int, float], float]:
    """Return the best (persons, score) with persons first, and the best score alone."""
    first, alone = (-1, -np.inf), -np.inf
    for tried in product(range(-1, len(problem.places)), repeat=len(problem.households)):
        assignment = np.array(tried, np.int64)
        if is_possible(problem, assignment):
            found = totals(problem, assignment)
            first, alone = max(first, found), max(alone, found[1])
    return first, alone


@pytest.mark.parametrize("batch", range(BATCHES))
def test_the_best_of_all_is_found(batch: int) -> None:
    rng = np.random.default_rng([7, batch])
    for _ in range(PER_BATCH):
        problem = draw_small(rng)
        first, alone = best_by_trying(problem)
        housed = solve(problem, goal=Goal.HOUSED_THEN_SCORE)
        scored = solve(problem, goal=Goal.SCORE)
        assert is_possible(problem, housed.assignment)
        assert is_possible(problem, scored.assignment)
        persons, score = totals(problem, housed.assignment)
        assert persons == first[0]
        assert score == pytest.approx(first[1], abs=1e-5)
        assert totals(problem, scored.assignment)[1] == pytest.approx(alone, abs=1e-5)


def test_the_certificate_of_every_small_instance_holds() -> None:
    rng = np.random.default_rng(11)
    for _ in range(150):
        problem = draw_small(rng)
        for goal in Goal:
            solution = solve(problem, goal=goal)
            certificate = solution.certificate
            assert certificate.bound >= certificate.objective - 1e-6
            document = certificate_document(problem, certificate)
            wrong = [
                line for line in check_certificate(problem, solution.assignment, document) if not line.holds
            ]
            assert wrong == []


def test_most_households_can_be_counted_instead_of_persons() -> None:
    rng = np.random.default_rng(13)
    differs = 0
    for _ in range(150):
        problem = draw_small(rng)
        by_persons = solve(problem).certificate
        by_households = solve(problem, counted=Counted.HOUSEHOLDS).certificate
        assert by_households.linked >= by_persons.linked
        assert by_persons.persons_linked >= by_households.persons_linked
        differs += by_households.linked > by_persons.linked
    assert differs > 0


def _dense_best(problem: Problem) -> float:
    """Return the best score from dense rows over all pairs, with pairs that are not allowed fixed at 0."""
    households, places = problem.score.shape
    keep = problem.allowed.reshape(-1)
    rows: list[NDArray[np.floating]] = [np.kron(np.eye(households), np.ones(places))]
    limits: list[NDArray[np.float64]] = [np.ones(households)]
    for use in range(len(problem.uses)):
        rows.append(np.kron(problem.demand[:, use][None, :].astype(np.float64), np.eye(places)))
        limits.append(problem.capacity[:, use].astype(np.float64))
    found = milp(
        -problem.score.astype(np.float64).reshape(-1),
        integrality=np.ones(households * places),
        bounds=Bounds(0, keep.astype(float)),
        constraints=LinearConstraint(np.vstack(rows), ub=np.concatenate(limits)),
    )
    assert found.fun is not None
    return -float(found.fun)


def test_two_formulations_agree_on_middling_instances() -> None:
    rng = np.random.default_rng(17)
    for _ in range(6):
        households, places = 40, 6
        demand = np.stack([rng.integers(1, 6, households), rng.integers(0, 3, households)], axis=1)
        problem = Problem(
            households=tuple(map(str, range(households))),
            places=tuple(map(str, range(places))),
            uses=("persons", "children"),
            demand=demand,
            capacity=rng.integers(5, 25, (places, 2)),
            allowed=rng.random((households, places)) < 0.8,
            score=rng.random((households, places), np.float32),
            group=np.full(households, -1),
            arrival=np.zeros(households, np.int64),
        )
        ours = solve(problem, goal=Goal.SCORE).certificate
        assert ours.objective == pytest.approx(_dense_best(problem), rel=1e-5)
