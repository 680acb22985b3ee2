"""The simple ways of linking: each possible, each by its own rule, and the flow of persons the best there is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import linprog
from small_instances import draw_small, is_possible, totals

from eenthuis.matching import Problem
from eenthuis.matching import flow as flow_module
from eenthuis.matching.baselines import (
    Baseline,
    draw_random,
    persons_flow,
    reached_by_baselines,
    simple_proposal,
)
from eenthuis.matching.flow import NOWHERE_LOSS, best_flow
from eenthuis.matching.parties import gather_parties

RULES = (Baseline.FIRST_COME, Baseline.GREEDY, Baseline.MOST_ROOM)
DRAWN = 400


def room_left(problem: Problem, assignment: NDArray[np.int64]) -> NDArray[np.int64]:
    left = problem.capacity.copy()
    for row, place in enumerate(assignment.tolist()):
        if place >= 0:
            left[place] -= problem.demand[row]
    return left


def all_ways(problem: Problem) -> dict[str, NDArray[np.int64]]:
    parties = gather_parties(problem, person_weight=0.0)
    ways = {rule.value: simple_proposal(problem, parties, rule) for rule in RULES}
    ways["persons-flow"] = persons_flow(parties)[0][parties.of_household]
    ways["random"] = draw_random(problem, seed=3, draws=1).assignments[0]
    return ways


def test_every_way_keeps_caps_groups_and_hard_criteria_and_leaves_nobody_out_who_fits() -> None:
    rng = np.random.default_rng(21)
    for _ in range(DRAWN):
        problem = draw_small(rng)
        for name, assignment in all_ways(problem).items():
            assert is_possible(problem, assignment), name
            left = room_left(problem, assignment)
            for row in np.flatnonzero((assignment < 0) & (problem.group < 0)):
                fits = problem.allowed[row] & (problem.demand[row] <= left).all(axis=1)
                assert not fits.any(), name


def by_plain_loops(problem: Problem, rule: Baseline) -> NDArray[np.int64]:
    """Link lone households in order of arrival by a rule, the slow way."""
    left, found = problem.capacity.copy(), np.full(len(problem.households), -1, np.int64)
    for row in sorted(range(len(found)), key=lambda row: int(problem.arrival[row])):
        may = [
            place
            for place in range(len(left))
            if problem.allowed[row, place] and (problem.demand[row] <= left[place]).all()
        ]
        if not may:
            continue
        if rule is Baseline.GREEDY:
            may.sort(key=lambda place: -float(problem.score[row, place]))
        if rule is Baseline.MOST_ROOM:
            may.sort(key=lambda place: -int(left[place, 0]))
        found[row] = may[0]
        left[may[0]] -= problem.demand[row]
    return found


@pytest.mark.parametrize("rule", RULES)
def test_each_way_follows_its_rule_in_order_of_arrival(rule: Baseline) -> None:
    rng = np.random.default_rng(22)
    for _ in range(DRAWN):
        drawn = draw_small(rng)
        households = len(drawn.households)
        problem = replace(drawn, group=np.full(households, -1), arrival=rng.integers(0, 3, households))
        found = simple_proposal(problem, gather_parties(problem, person_weight=0.0), rule)
        assert found.tolist() == by_plain_loops(problem, rule).tolist()


def best_flow_value(problem: Problem, pieces: NDArray[np.int64]) -> tuple[float, float]:
    """Return the value of a flow, and the most that linear programming finds for persons."""
    persons = problem.persons
    worth = problem.score.astype(np.float64) / persons[:, None]
    known = np.append(worth[problem.allowed], 0.0)
    nowhere = known.min() - NOWHERE_LOSS * max(float(np.ptp(known)), 1e-9)
    worth = np.append(np.where(problem.allowed, worth, -1e6), np.full((len(persons), 1), nowhere), axis=1)
    places = worth.shape[1]
    room = np.minimum(problem.capacity[:, 0], persons.sum()).astype(np.float64)
    found = linprog(
        -worth.reshape(-1),
        A_eq=np.kron(np.eye(len(persons)), np.ones(places)),
        b_eq=persons,
        A_ub=np.kron(np.ones(len(persons)), np.eye(places))[:-1],
        b_ub=room,
    )
    assert found.fun is not None
    return float((worth[pieces[:, 0], pieces[:, 1]] * pieces[:, 2]).sum()), -float(found.fun)


def test_the_flow_of_persons_is_the_best_that_linear_programming_finds() -> None:
    rng = np.random.default_rng(23)
    split = 0
    for _ in range(150):
        drawn = draw_small(rng)
        problem = replace(drawn, group=np.full(len(drawn.households), -1))
        pieces = best_flow(gather_parties(problem, person_weight=0.0))
        ours, best = best_flow_value(problem, pieces)
        assert ours == pytest.approx(best, rel=1e-7, abs=1e-6)
        assert (np.bincount(pieces[:, 0], pieces[:, 2], len(problem.households)) == problem.persons).all()
        split += persons_flow(gather_parties(problem, person_weight=0.0))[1] > 0
    assert split > 10


def test_a_flow_that_sends_each_party_the_best_way_alone_is_not_the_best() -> None:
    """The wrong rule: no persons move on when a later party wants their place more."""
    problem = Problem(
        households=("a", "b"),
        places=("x", "y"),
        uses=("persons",),
        demand=np.array([[2], [2]]),
        capacity=np.array([[2], [2]]),
        allowed=np.array([[True, True], [True, False]]),
        score=np.array([[4, 2], [4, 0]], np.float32),
        group=np.array([-1, -1]),
        arrival=np.array([0, 1]),
    )
    alone = np.array([[0, 0, 2], [1, 2, 2]])
    ours, best = best_flow_value(problem, best_flow(gather_parties(problem, person_weight=0.0)))
    assert ours == pytest.approx(best)
    assert best_flow_value(problem, alone)[0] < best


def test_a_flow_in_blocks_keeps_to_the_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow_module, "BLOCK", 2)
    rng = np.random.default_rng(24)
    for _ in range(DRAWN):
        problem = draw_small(rng)
        parties = gather_parties(problem, person_weight=0.0)
        pieces = best_flow(parties)
        here = np.bincount(pieces[:, 1], pieces[:, 2], len(problem.places) + 1)
        assert (here[:-1] <= problem.capacity[:, 0]).all()
        assert (np.bincount(pieces[:, 0], pieces[:, 2], len(parties.kind)) == parties.demand[:, 0]).all()
        assert is_possible(problem, persons_flow(parties)[0][parties.of_household])


def test_random_proposals_are_the_same_for_a_seed_and_reach_every_place() -> None:
    problem = Problem(
        households=("a", "b"),
        places=("x", "y"),
        uses=("persons",),
        demand=np.array([[1], [1]]),
        capacity=np.array([[1], [1]]),
        allowed=np.ones((2, 2), bool),
        score=np.zeros((2, 2), np.float32),
        group=np.array([-1, -1]),
        arrival=np.array([0, 0]),
    )
    drawn = draw_random(problem, seed=1, draws=400).assignments
    assert np.array_equal(drawn, draw_random(problem, seed=1, draws=400).assignments)
    assert 150 < int((drawn[:, 0] == 0).sum()) < 250
    assert (drawn[:, 0] != drawn[:, 1]).all()


def test_what_ways_reach_is_counted_as_anyone_would() -> None:
    rng = np.random.default_rng(25)
    for _ in range(100):
        problem = draw_small(rng)
        drawn = draw_random(problem, seed=1)
        ways = {way.name: way for way in reached_by_baselines(problem, drawn=drawn)}
        assert list(ways) == [baseline.value for baseline in Baseline]
        greedy = simple_proposal(problem, gather_parties(problem, person_weight=0.0), Baseline.GREEDY)
        persons, score = totals(problem, greedy)
        assert ways["greedy"].persons_linked == persons
        assert ways["greedy"].score == pytest.approx(score)
        each = [totals(problem, one)[1] for one in drawn.assignments]
        assert ways["random"].score == pytest.approx(float(np.mean(each)))
