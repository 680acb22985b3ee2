"""A least gain for every group while deciding week by week: who catches up, what it costs, and that it is honest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from eenthuis.matching.certificate import certificate_document
from eenthuis.matching.check import check_certificate
from eenthuis.matching.futures import Cases
from eenthuis.matching.groups import own_groupings, own_members
from eenthuis.matching.problem import Problem
from eenthuis.matching.replay import Replay, replay, replay_document
from eenthuis.matching.week_floors import Lifts

PLACES, BATCHES, COUNT = 6, 16, 120


def season(draw: int) -> Problem:
    """Return a season in which large households have lower scores a person, and lose out on the score alone."""
    rng = np.random.default_rng([11, draw])
    size = rng.choice(np.arange(1, 6), COUNT, p=(0.4, 0.2, 0.15, 0.15, 0.1))
    better = np.linspace(0.2, 1.0, PLACES)
    score = np.minimum(size, 2)[:, None] * (better + 0.2 * rng.random((COUNT, PLACES)))
    return Problem(
        households=tuple(f"h{row}" for row in range(COUNT)),
        places=tuple(f"p{row}" for row in range(PLACES)),
        uses=("persons",),
        demand=size[:, None].astype(np.int64),
        capacity=np.full((PLACES, 1), -(-int(size.sum()) // PLACES)),
        allowed=np.ones((COUNT, PLACES), bool),
        score=score.astype(np.float32),
        group=np.full(COUNT, -1),
        arrival=np.arange(COUNT) * BATCHES // COUNT,
    )


def fair(problem: Problem, history: Problem, least_gain: float) -> Replay:
    return replay(problem, history=history, least_gain=least_gain, groupings=own_groupings(problem))


def worst(done: Replay) -> float:
    """Return the lowest share that a group reaches of what was asked for it."""
    return min(floor.reached / floor.asked for floor in done.certificate.floors)


def worst_without(problem: Problem, done: Replay) -> float:
    bare = done.without
    assert bare is not None
    own = np.where(bare.assignment >= 0, problem.score[np.arange(COUNT), bare.assignment], 0.0)
    return min(float(own[list(floor.households)].sum()) / floor.asked for floor in done.certificate.floors)


def test_the_group_that_gains_least_gains_more_and_the_price_is_told() -> None:
    with_floors, without, prices = [], [], []
    for draw in range(0, 6, 2):
        problem = season(draw)
        done = fair(problem, season(draw + 1), 1.0)
        with_floors.append(worst(done))
        without.append(worst_without(problem, done))
        prices.append(done.price_of_floors)
        told = replay_document(problem, done)
        assert told["price_of_floors"] == pytest.approx(done.price_of_floors)
    assert np.mean(with_floors) > np.mean(without) + 0.1
    assert np.mean(prices) > 0


def test_a_floor_that_was_missed_is_stated_as_missed_and_the_certificate_holds() -> None:
    problem = season(0)
    done = fair(problem, season(1), 1.6)
    assert any(floor.least < floor.asked for floor in done.certificate.floors)
    assert all(floor.holds for floor in done.certificate.floors)
    statements = check_certificate(problem, done.assignment, certificate_document(problem, done.certificate))
    assert all(statement.holds for statement in statements), statements


def test_a_floor_far_below_what_everybody_gains_changes_nothing() -> None:
    problem = season(2)
    done = fair(problem, season(3), 0.05)
    assert done.without is not None
    assert (done.assignment == done.without.assignment).all()
    assert done.price_of_floors == 0


def test_nothing_is_looked_ahead_at() -> None:
    known, other = season(4), season(5)
    early = known.arrival < BATCHES // 2
    changed = replace(known, score=np.where(early[:, None], known.score, other.score))
    ways = [fair(problem, season(1), 1.1).assignment[early] for problem in (known, changed)]
    assert (ways[0] == ways[1]).all()


def test_what_chance_would_bring_is_the_mean_over_places_with_room() -> None:
    _, members = own_members(("persons",), ("size",))
    room = np.array([[3], [3]])
    demand: NDArray[np.int64] = np.array([[1]])
    nobody = Cases(np.empty((0, 1), np.int64), np.empty((0, 2), bool), np.empty((0, 2), np.float32))
    lifts = Lifts(1.0, room, nobody, members=members, expected=1, seed=1)
    cases = Cases(demand, np.array([[True, False]]), np.array([[0.8, 9.0]], np.float32))
    lifts.add(cases)
    lifts.learn(cases, np.array([-1]))
    assert lifts.chance[0] == pytest.approx(0.8)
    assert lifts.gains()[0] == 0
    assert lifts.factor()[0] > 1


def test_groups_are_told_by_what_households_take() -> None:
    names, members = own_members(("persons", "children"), ("size", "children"))
    assert names[0] == "size 1"
    assert names[-2:] == ("children with", "children without")
    who = members(np.array([[1, 0], [4, 2]]))
    assert who.sum(axis=0).tolist() == [2.0, 2.0]
    assert who[-2].tolist() == [0.0, 1.0]
    assert own_members(("persons",), ("children",))[0] == ()
