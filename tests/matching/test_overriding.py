"""Solving around overrides: against trying everything, with a certificate that holds, the same each time."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray
from small_instances import draw_small, is_possible, totals

from eenthuis.matching import Problem, Solution, solve
from eenthuis.matching.certificate import certificate_document
from eenthuis.matching.check import check_certificate
from eenthuis.matching.overriding import Reconsidered, reconsider
from eenthuis.matching.wishes import in_force, wishes_of
from eenthuis.terms.errors import LinkingError
from eenthuis.terms.linking import Goal
from eenthuis.terms.overriding import Ground, Override, OverrideKind, Refused
from generator import Card, draw_instance

PIN, FORBID, RELEASE = OverrideKind.PIN, OverrideKind.FORBID, OverrideKind.RELEASE


def draw_overrides(problem: Problem, rng: np.random.Generator) -> list[Override]:
    """Draw pins to a place or to any, forbids of a place or of all, for about half of the households."""
    drawn = []
    for household in problem.households:
        place = problem.places[int(rng.integers(len(problem.places)))]
        lot = rng.random()
        if lot < 0.25:
            drawn.append(Override(PIN, household, place, reason="asked"))
        elif lot < 0.35:
            drawn.append(Override(PIN, household))
        elif lot < 0.5:
            drawn.append(Override(FORBID, household, place))
        elif lot < 0.55:
            drawn.append(Override(FORBID, household))
    return drawn


def best_around(problem: Problem, solution: Solution, overrides: list[Override]) -> float | None:
    """Return the best total with overrides held, by trying everything; None when nothing holds them."""
    wishes = wishes_of(problem, in_force(overrides))
    weights = solution.certificate.weights
    best = None
    for tried in product(range(-1, len(problem.places)), repeat=len(problem.households)):
        assignment = np.array(tried, np.int64)
        if (
            is_possible(problem, assignment)
            and all(tried[row] >= 0 if at < 0 else tried[row] == at for row, at in wishes.pins.items())
            and all(tried[row] != at for row, at in wishes.forbids)
            and all(tried[row] < 0 for row in wishes.held)
        ):
            persons, score = totals(problem, assignment)
            total = score + weights.person * persons
            best = total if best is None else max(best, total)
    return best


def check_lines(problem: Problem, found: Reconsidered) -> list[str]:
    """Return what of the certificate does not hold on the original problem."""
    document = certificate_document(problem, found.solution.certificate)
    lines = check_certificate(problem, found.solution.assignment, document)
    return [line.name for line in lines if not line.holds]


@pytest.mark.parametrize("batch", range(3))
def test_the_best_around_overrides_is_found_and_proven(batch: int) -> None:
    rng = np.random.default_rng([23, batch])
    refused = 0
    for number in range(60):
        problem = draw_small(rng)
        solution = solve(problem, goal=list(Goal)[number % 2])
        overrides = draw_overrides(problem, rng)
        best = best_around(problem, solution, overrides)
        found = reconsider(problem, solution, overrides)
        if isinstance(found, Refused):
            assert best is None
            assert found.conflicts
            refused += 1
            continue
        assert best is not None
        certificate = found.solution.certificate
        assert certificate.objective == pytest.approx(best, abs=1e-5)
        assert certificate.bound >= best - 1e-6
        assert check_lines(problem, found) == []
    assert 0 < refused < 60


@pytest.fixture(scope="module")
def large() -> tuple[Problem, Solution]:
    problem = draw_instance(Card(households=880, places=42, seed=4))
    return problem, solve(problem, goal=Goal.SCORE, on_progress=lambda _: False)


def some_pins(problem: Problem, assignment: NDArray[np.int64], count: int) -> list[Override]:
    """Return pins of households to places with room for all they need, other than where they are."""
    pins: list[Override] = []
    for row in range(0, len(problem.households), 7):
        fits = problem.allowed[row] & (problem.demand[row] <= problem.capacity).all(axis=1)
        for column in np.flatnonzero(fits):
            if column != assignment[row] and len(pins) < count:
                pins.append(Override(PIN, problem.households[row], problem.places[int(column)]))
                break
    return pins


def test_large_overrides_hold_are_proven_and_move_few(large: tuple[Problem, Solution]) -> None:
    problem, solution = large
    overrides = some_pins(problem, solution.assignment, 3)
    found = reconsider(problem, solution, overrides)
    assert isinstance(found, Reconsidered)
    placed = {
        household: problem.places[at]
        for household, at in zip(problem.households, found.solution.assignment, strict=True)
    }
    assert all(placed[pin.household] == pin.place for pin in overrides)
    assert check_lines(problem, found) == []
    assert 3 <= len(found.difference.moved) < 200
    assert {pin.household for pin in overrides} <= {one.household for one in found.difference.moved}


def test_a_log_replays_bit_for_bit_on_any_number_of_threads(large: tuple[Problem, Solution]) -> None:
    problem, solution = large
    first, second, third = some_pins(problem, solution.assignment, 3)
    log = [
        first,
        Override(FORBID, second.household, second.place),
        third,
        Override(RELEASE, first.household),
        second,
    ]
    made = [reconsider(problem, solution, log, threads=threads) for threads in (1, 3)]
    again = reconsider(problem, solution, [third, second])
    for other in (*made[1:], again):
        assert isinstance(made[0], Reconsidered)
        assert isinstance(other, Reconsidered)
        assert np.array_equal(made[0].solution.assignment, other.solution.assignment)
        assert other.solution.certificate.objective == made[0].solution.certificate.objective
        assert other.solution.certificate.bound == made[0].solution.certificate.bound
        assert other.difference == made[0].difference


def test_no_override_in_force_changes_nothing_for_the_worse(large: tuple[Problem, Solution]) -> None:
    problem, solution = large
    (pin,) = some_pins(problem, solution.assignment, 1)
    found = reconsider(problem, solution, [pin, Override(RELEASE, pin.household)])
    assert isinstance(found, Reconsidered)
    assert found.difference.moved == ()
    assert found.difference.cost == 0.0


def test_the_difference_says_what_changed() -> None:
    problem = draw_small(np.random.default_rng(1))
    problem = replace(
        problem,
        households=("a", "b"),
        places=("x", "y"),
        uses=("persons",),
        demand=np.array([[2], [3]]),
        capacity=np.array([[3], [2]]),
        allowed=np.ones((2, 2), bool),
        score=np.array([[1.0, 0.5], [2.0, 0.0]], np.float32),
        group=np.full(2, -1),
        arrival=np.zeros(2, np.int64),
    )
    solution = solve(problem, goal=Goal.SCORE)
    assert solution.assignment.tolist() == [1, 0]
    found = reconsider(problem, solution, [Override(PIN, "a", "x", reason="sister", ground=Ground.FAMILY)])
    assert isinstance(found, Reconsidered)
    change = found.difference
    assert (change.cost, change.score, change.households, change.persons) == (1.5, -1.5, -1, -3)
    assert [(one.household, one.before, one.after) for one in change.moved] == [
        ("a", "y", "x"),
        ("b", "x", None),
    ]
    assert [one.household for one in change.newly_out] == ["b"]
    assert change.newly_in == ()
    assert change.people_moved == 5
    assert [(one.place, one.before, one.after) for one in change.targets_missed] == [("x", 3, 2), ("y", 2, 0)]
    assert found.overrides[0].reason == "sister"


def test_a_tampered_override_is_found(large: tuple[Problem, Solution]) -> None:
    problem, solution = large
    (pin,) = some_pins(problem, solution.assignment, 1)
    found = reconsider(problem, solution, [pin])
    assert isinstance(found, Reconsidered)
    document = certificate_document(problem, found.solution.certificate)
    for place in ("nowhere", next(name for name in problem.places if name != pin.place)):
        tampered = {
            **document,
            "overrides": [{"kind": "pin", "household": pin.household, "place": place}],
        }
        lines = check_certificate(problem, found.solution.assignment, tampered)
        assert any(not line.holds for line in lines)


@pytest.mark.parametrize(("household", "place"), [("nobody", "p0000"), ("h000000", "nowhere")])
def test_unknown_names_are_refused(large: tuple[Problem, Solution], household: str, place: str) -> None:
    problem, solution = large
    with pytest.raises(LinkingError) as caught:
        reconsider(problem, solution, [Override(PIN, household, place)])
    assert caught.value.code == "LNK-01"
