"""Floors on the gain of groups: against trying everything, proven, and refused when a certificate is changed."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray
from small_instances import draw_small, is_possible

from eenthuis.matching import Problem
from eenthuis.matching.baselines import draw_random
from eenthuis.matching.certificate import certificate_document
from eenthuis.matching.check import check_certificate
from eenthuis.matching.fairness import Fair, solve_fair
from eenthuis.matching.groups import Grouping, Luck, own_groupings, random_luck
from eenthuis.terms.linking import Goal
from generator import Card, draw_instance

DRAWN = 300
GAIN = 1.15
SMALL = Card(
    households=120,
    places=8,
    seed=1,
    uses=2,
    persons_fill=1.02,
    persons_in_score=False,
    place_effect=0.8,
    pair_effect=0.3,
)


def lacking(
    problem: Problem, assignment: NDArray[np.int64], groupings: tuple[Grouping, ...], gain: float, luck: Luck
) -> float:
    """Return what all groups together lack of their floors."""
    own = np.zeros(len(assignment))
    there = np.flatnonzero(assignment >= 0)
    own[there] = problem.score[there, assignment[there]]
    return sum(
        max(0.0, gain * float(luck.score[member].sum()) - float(own[member].sum()))
        for grouping in groupings
        for member in grouping.members().values()
    )


def best_by_trying(
    problem: Problem, groupings: tuple[Grouping, ...], gain: float, luck: Luck
) -> tuple[float, float]:
    """Return the least that floors must lack in all, and the best score of the assignments that lack no more."""
    tried = []
    for places in product(range(-1, len(problem.places)), repeat=len(problem.households)):
        assignment = np.array(places, np.int64)
        if is_possible(problem, assignment):
            there = np.flatnonzero(assignment >= 0)
            score = float(problem.score[there, assignment[there]].astype(np.float64).sum())
            tried.append((lacking(problem, assignment, groupings, gain, luck), score))
    least = min(short for short, _ in tried)
    return least, max(score for short, score in tried if short <= least + 1e-7)


def solved(problem: Problem, gain: float, luck: Luck | None = None) -> Fair:
    return solve_fair(problem, least_gain=gain, groupings=own_groupings(problem), goal=Goal.SCORE, luck=luck)


def test_floors_are_kept_at_the_least_price_or_missed_by_the_least() -> None:
    rng = np.random.default_rng(41)
    kept = missed = 0
    for _ in range(DRAWN):
        drawn = draw_small(rng)
        problem = replace(drawn, score=np.abs(drawn.score))
        luck = random_luck(problem, draw_random(problem, seed=1))
        gain = float(rng.choice([0.5, 1.0, 1.3, 2.0]))
        groupings = own_groupings(problem)
        fair = solved(problem, gain, luck)
        least, best = best_by_trying(problem, groupings, gain, luck)
        assert is_possible(problem, fair.solution.assignment)
        short = lacking(problem, fair.solution.assignment, groupings, gain, luck)
        assert short == pytest.approx(least, abs=1e-5)
        if least <= 1e-7:
            kept += 1
            assert fair.solution.certificate.objective == pytest.approx(best, abs=1e-5)
            assert all(floor.least == floor.asked for floor in fair.solution.certificate.floors)
        else:
            missed += 1
            assert any(floor.least < floor.asked for floor in fair.solution.certificate.floors)
        assert fair.solution.certificate.bound >= fair.solution.certificate.objective - 1e-6
        document = certificate_document(problem, fair.solution.certificate)
        lines = check_certificate(problem, fair.solution.assignment, document)
        assert [line for line in lines if not line.holds] == []
    assert min(kept, missed) > DRAWN // 10


@pytest.fixture(scope="module")
def fair() -> tuple[Problem, Fair]:
    problem = draw_instance(SMALL)
    return problem, solved(problem, GAIN)


def test_a_floor_that_binds_has_a_price_and_both_are_proven(fair: tuple[Problem, Fair]) -> None:
    problem, found = fair
    certificate = found.solution.certificate
    assert any(floor.multiplier > 0 for floor in certificate.floors)
    assert all(floor.holds and floor.least == floor.asked for floor in certificate.floors)
    assert found.without.certificate.objective >= certificate.objective
    lost = 1 - certificate.objective / found.without.certificate.objective
    assert found.price == pytest.approx(lost)
    assert 0 < found.price < 0.05
    assert certificate.bound < found.without.certificate.bound
    assert 0 <= certificate.gap < 0.01
    luck = random_luck(problem, draw_random(problem, seed=1))
    assert lacking(problem, found.without.assignment, own_groupings(problem), GAIN, luck) > 0


def _lower_floor(document: dict[str, object]) -> None:
    binding(document)["least"] *= 0.9  # type: ignore[operator]


def _raise_multiplier(document: dict[str, object]) -> None:
    binding(document)["multiplier"] *= 1.5  # type: ignore[operator]


def _negative_multiplier(document: dict[str, object]) -> None:
    binding(document)["multiplier"] = -0.1


def _more_reached(document: dict[str, object]) -> None:
    binding(document)["reached"] += 1.0  # type: ignore[operator]


def _leave_member_out(document: dict[str, object]) -> None:
    binding(document)["households"].pop()  # type: ignore[attr-defined]


def _strange_member(document: dict[str, object]) -> None:
    binding(document)["households"].append("nobody")  # type: ignore[attr-defined]


def _no_floors(document: dict[str, object]) -> None:
    del document["floors"]


def binding(document: dict[str, object]) -> dict[str, object]:
    floors: list[dict[str, object]] = document["floors"]  # type: ignore[assignment]
    return max(floors, key=lambda floor: float(str(floor["multiplier"])))


TAMPERING: dict[str, tuple[Callable[[dict[str, object]], None], str]] = {
    "a floor lowered": (_lower_floor, "bound"),
    "a multiplier raised": (_raise_multiplier, "bound"),
    "a multiplier below 0": (_negative_multiplier, "bound"),
    "more reached than was": (_more_reached, "reached"),
    "a member left out": (_leave_member_out, "reached"),
    "a member nobody knows": (_strange_member, "bound"),
    "the floors left out": (_no_floors, "bound"),
}


@pytest.mark.parametrize("name", TAMPERING)
def test_a_changed_certificate_with_floors_is_refused(fair: tuple[Problem, Fair], name: str) -> None:
    change, statement = TAMPERING[name]
    problem, found = fair
    document = certificate_document(problem, found.solution.certificate)
    changed = copy.deepcopy(document)
    change(changed)
    lines = check_certificate(problem, found.solution.assignment, changed)
    assert any(statement in line.name for line in lines if not line.holds)


def test_a_proposal_that_misses_a_floor_is_refused(fair: tuple[Problem, Fair]) -> None:
    problem, found = fair
    document = certificate_document(problem, found.solution.certificate)
    lines = check_certificate(problem, found.without.assignment, document)
    assert "floors" in {line.name for line in lines if not line.holds}


def test_a_floor_that_holds_already_costs_nothing() -> None:
    problem = draw_instance(replace(SMALL, households=60, places=5))
    found = solved(problem, 0.1)
    assert found.price == 0.0
    assert np.array_equal(found.solution.assignment, found.without.assignment)
    assert all(floor.multiplier == 0 for floor in found.solution.certificate.floors)


def test_the_same_seed_gives_the_same_fair_proposal(fair: tuple[Problem, Fair]) -> None:
    problem, found = fair
    again = solve_fair(problem, least_gain=GAIN, groupings=own_groupings(problem), goal=Goal.SCORE, threads=1)
    assert np.array_equal(again.solution.assignment, found.solution.assignment)
