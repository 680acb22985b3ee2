"""Who gains and what households prefer, against their definitions."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from small_instances import draw_small

from eenthuis.matching import Problem
from eenthuis.matching.audit import audit, audit_document
from eenthuis.matching.baselines import draw_random
from eenthuis.matching.groups import Grouping, measure_groups, own_groupings, random_luck, ranks
from eenthuis.matching.preferences import PreferenceMeasures, Preferences, measure_preferences

DRAWN = 400


def test_groups_divide_the_households_and_their_totals() -> None:
    rng = np.random.default_rng(31)
    for _ in range(DRAWN):
        problem = draw_small(rng)
        drawn = draw_random(problem, seed=2, draws=4)
        luck, assignment = random_luck(problem, drawn), drawn.assignments[0]
        there = np.flatnonzero(assignment >= 0)
        for grouping in own_groupings(problem):
            found = measure_groups(problem, assignment, (grouping,), luck)
            assert sum(group.households for group in found) == len(problem.households)
            assert sum(group.linked for group in found) == len(there)
            assert sum(group.persons for group in found) == problem.persons.sum()
            assert sum(group.persons_linked for group in found) == problem.persons[there].sum()
            score = problem.score[there, assignment[there]].astype(np.float64).sum()
            assert sum(group.score for group in found) == pytest.approx(score, abs=1e-6)
            assert sum(group.random for group in found) == pytest.approx(luck.score.sum(), abs=1e-6)
            for group in found:
                if group.gain is not None:
                    assert group.gain * group.random == pytest.approx(group.score, abs=1e-6)


def test_children_are_a_group_where_they_are_a_use_and_an_empty_label_is_no_group() -> None:
    problem = replace(
        draw_small(np.random.default_rng(3)),
        households=("a", "b", "c"),
        places=("x",),
        uses=("persons", "children"),
        demand=np.array([[1, 0], [9, 3], [4, 2]]),
        capacity=np.array([[20, 20]]),
        allowed=np.ones((3, 1), bool),
        score=np.ones((3, 1), np.float32),
        group=np.array([-1, -1, -1]),
        arrival=np.zeros(3, np.int64),
    )
    size, children = own_groupings(problem)
    assert [*size.members()] == ["1", "3-4", "8+"]
    assert children.members()["with"].tolist() == [False, True, True]
    assert [*Grouping("region", ("b", "", "a")).members()] == ["a", "b"]


def test_random_gains_one_against_random_in_the_mean() -> None:
    rng = np.random.default_rng(32)
    households, places = 60, 6
    problem = Problem(
        households=tuple(map(str, range(households))),
        places=tuple(map(str, range(places))),
        uses=("persons",),
        demand=rng.integers(1, 6, (households, 1)),
        capacity=np.full((places, 1), 25),
        allowed=np.ones((households, places), bool),
        score=rng.random((households, places), np.float32),
        group=np.full(households, -1),
        arrival=np.arange(households),
    )
    luck = random_luck(problem, draw_random(problem, seed=1, draws=400))
    others = draw_random(problem, seed=2, draws=400).assignments
    for grouping in own_groupings(problem):
        gains = np.array(
            [[group.gain for group in measure_groups(problem, one, (grouping,), luck)] for one in others]
        )
        assert gains.mean(axis=0) == pytest.approx(1.0, abs=0.03)


def test_ranks_count_the_allowed_places_that_score_higher() -> None:
    rng = np.random.default_rng(33)
    for _ in range(DRAWN):
        problem = draw_small(rng)
        assignment = draw_random(problem, seed=1, draws=1).assignments[0]
        found = ranks(problem, assignment)
        for row, place in enumerate(assignment.tolist()):
            better = [
                other
                for other in range(len(problem.places))
                if problem.allowed[row, other] and problem.score[row, other] > problem.score[row, place]
            ]
            assert found[row] == (0 if place < 0 else 1 + len(better))


def draw_preferences(problem: Problem, rng: np.random.Generator) -> Preferences:
    rank = np.zeros(problem.score.shape, np.int64)
    for row in range(len(rank)):
        named = rng.permutation(problem.score.shape[1])[: rng.integers(0, len(problem.places) + 1)]
        rank[row, named] = np.arange(1, len(named) + 1)
    return Preferences(rank)


def measured_slowly(
    problem: Problem, assignment: NDArray[np.int64], wishes: Preferences
) -> PreferenceMeasures:
    """Measure by trying every exchange: the household goes there, and one who is there leaves."""
    asked = [row for row in range(len(assignment)) if wishes.rank[row].any()]
    got = [int(wishes.rank[row, assignment[row]]) for row in asked if assignment[row] >= 0]
    named = [rank for rank in got if rank]
    envies, ahead = set(), set()
    for row in asked:
        own = int(wishes.rank[row, assignment[row]]) if assignment[row] >= 0 else 0
        for other, place in enumerate(assignment.tolist()):
            wished = place >= 0 and int(wishes.rank[row, place])
            if not wished or place == assignment[row] or (own and wished >= own):
                continue
            used = sum(
                (problem.demand[one] for one in np.flatnonzero(assignment == place) if one != other),
                np.zeros(len(problem.uses), np.int64),
            )
            if problem.allowed[row, place] and (used + problem.demand[row] <= problem.capacity[place]).all():
                envies.add(row)
                if problem.arrival[row] < problem.arrival[other]:
                    ahead.add(row)
    return PreferenceMeasures(
        asked=len(asked),
        first_choice=named.count(1),
        among_first=sum(rank <= 3 for rank in named),
        named_place=len(named),
        mean_rank=sum(named) / len(named) if named else None,
        envy=len(envies),
        justified_envy=len(ahead),
    )


def test_ranks_and_envy_are_those_of_trying_every_exchange() -> None:
    rng = np.random.default_rng(34)
    envied = justified = 0
    for _ in range(1_000):
        drawn = draw_small(rng)
        problem = replace(drawn, arrival=rng.permutation(len(drawn.households)))
        wishes = draw_preferences(problem, rng)
        assignment = draw_random(problem, seed=int(rng.integers(99)), draws=1).assignments[0]
        found = measure_preferences(problem, assignment, wishes)
        assert found == measured_slowly(problem, assignment, wishes)
        envied += found.envy
        justified += found.justified_envy
    assert envied > justified > 0


def test_an_audit_tells_the_proposal_first_and_fits_json() -> None:
    problem = draw_small(np.random.default_rng(35))
    nobody = np.full(len(problem.households), -1, np.int64)
    made = audit(problem, nobody, groupings=own_groupings(problem))
    document = audit_document(made)
    assert made.ways[0].name == "proposal"
    assert made.ways[0].persons_linked == 0
    assert document["preferences"] is None
    assert [entry["gain"] for entry in document["groups"]] == [group.gain for group in made.groups]  # type: ignore[attr-defined]
