"""Explanations: every flip that is stated flips when the changed problem is solved from nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from small_instances import draw_small

from eenthuis.matching import Problem, Solution, solve
from eenthuis.matching.around import Around
from eenthuis.matching.explaining import explain
from eenthuis.matching.explaining_places import explain_place
from eenthuis.matching.problem import UNLIMITED
from eenthuis.terms.explaining import CostBasis, Flip, FlipKind, HouseholdExplained
from eenthuis.terms.linking import Goal


def changed(problem: Problem, explained: HouseholdExplained, flip: Flip) -> Problem:
    """Return the problem with what a flip says."""
    row = problem.households.index(explained.household)
    place = problem.places.index(flip.place)
    if flip.kind is FlipKind.SCORE:
        score = problem.score.copy()
        score[row, place] += np.float32(flip.points)
        return replace(problem, score=score)
    if flip.kind is FlipKind.ROOM:
        capacity = problem.capacity.copy()
        for use, more in flip.room:
            capacity[place, problem.uses.index(use)] += more
        return replace(problem, capacity=capacity)
    if flip.kind is FlipKind.TOGETHER:
        group = problem.group.copy()
        group[row] = -1
        return replace(problem, group=group)
    allowed = problem.allowed.copy()
    if flip.kind is FlipKind.FEWER:
        allowed[[problem.households.index(name) for name in flip.households]] = False
    elif flip.kind is FlipKind.CRITERION:
        members = explained.together or (explained.household,)
        allowed[[problem.households.index(name) for name in members], place] = True
    else:
        others = np.arange(len(problem.places)) != place
        allowed[row, others] = False
    return replace(problem, allowed=allowed)


def taken_up(problem: Problem, solution: Solution) -> Around:
    return Around(problem, solution.assignment, solution.certificate)


def test_every_stated_flip_flips_when_solved_from_nothing() -> None:
    rng = np.random.default_rng(29)
    seen: Counter[FlipKind] = Counter()
    for number in range(50):
        problem = draw_small(rng)
        solution = solve(problem, goal=list(Goal)[number % 2])
        around = taken_up(problem, solution)
        for row in range(len(problem.households)):
            explained = explain(around, row)
            for flip in explained.flips:
                if flip.kind is FlipKind.PIN:
                    continue
                again = solve(
                    changed(problem, explained, flip), goal=Goal.SCORE, weights=solution.certificate.weights
                )
                assert again.assignment[row] == problem.places.index(flip.place), flip
                seen[flip.kind] += 1
    assert {FlipKind.SCORE, FlipKind.ROOM, FlipKind.FEWER, FlipKind.CRITERION} <= seen.keys()
    assert seen.total() > 100


def test_costs_are_those_of_the_best_with_the_household_there() -> None:
    rng = np.random.default_rng(31)
    compared = 0
    for _ in range(40):
        problem = draw_small(rng)
        solution = solve(problem, goal=Goal.SCORE)
        around = taken_up(problem, solution)
        for row in np.flatnonzero(problem.group < 0).tolist():
            for other in explain(around, row).others:
                pinned = changed(problem, explain(around, row), Flip(FlipKind.PIN, other.place))
                most = 1e3
                bonus = most * (np.arange(len(problem.group)) == row)[:, None]
                forced = replace(pinned, score=(pinned.score + bonus).astype(np.float32))
                best = solve(forced, goal=Goal.SCORE).certificate.objective - most
                assert other.cost == pytest.approx(solution.certificate.objective - best, abs=2e-3)
                assert other.cost_at_least <= other.cost + 1e-6
                assert other.basis is CostBasis.RESOLVED
                compared += 1
    assert compared > 20


def two_places() -> Problem:
    """Two households of two who want the first place, which holds one of them; a third that fits nowhere."""
    return Problem(
        households=("a", "b", "c"),
        places=("x", "y"),
        uses=("persons", "homes"),
        demand=np.array([[2, 1], [2, 1], [6, 1]]),
        capacity=np.array([[3, 2], [2, UNLIMITED]]),
        allowed=np.array([[True, True], [True, True], [True, False]]),
        score=np.array([[2.0, 1.0], [1.5, 1.0], [9.0, 0.0]], np.float32),
        group=np.full(3, -1),
        arrival=np.zeros(3, np.int64),
    )


def test_a_household_that_has_a_lesser_place_is_told_why_and_what_would_change_it() -> None:
    problem = two_places()
    around = taken_up(problem, solve(problem, goal=Goal.SCORE))
    explained = explain(around, 1)
    assert (explained.place, explained.code) == ("y", "linked:room-elsewhere-dearer")
    assert explained.values["place"] == "x"
    (other,) = explained.others
    assert (other.place, other.gain) == ("x", 0.5)
    assert other.cost == pytest.approx(0.5)
    assert [(one.household, one.before, one.after) for one in other.displaced] == [("a", "x", "y")]
    flips = {flip.kind: flip for flip in explained.flips}
    assert 0.5 < flips[FlipKind.SCORE].points < 0.51
    assert flips[FlipKind.ROOM].room == (("persons", 1),)
    assert flips[FlipKind.FEWER].households == ("a",)
    assert flips[FlipKind.PIN].points == pytest.approx(0.5)


def test_a_household_without_a_place_is_told_what_would_free_one() -> None:
    problem = two_places()
    around = taken_up(problem, solve(problem, goal=Goal.SCORE))
    explained = explain(around, 2)
    assert (explained.place, explained.code) == (None, "not-linked:too-large")
    assert explained.values == {"persons": 6, "use": "persons", "need": 6, "most": 3}
    room = next(flip for flip in explained.flips if flip.kind is FlipKind.ROOM)
    assert (room.place, room.room) == ("x", (("persons", 3),))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"allowed": np.array([[True, True], [True, True], [False, False]])}, "not-linked:no-allowed-place"),
        (
            {"score": np.array([[2, 1], [2, 1], [-9, 0]]), "demand": np.ones((3, 2), np.int64)},
            "not-linked:no-gain",
        ),
        ({"demand": np.array([[2, 1], [2, 1], [3, 1]]), "score": np.full((3, 2), 1.0)}, "not-linked:no-room"),
        (
            {"demand": np.array([[2, 1], [2, 1], [2, 1]]), "group": np.array([-1, 0, 0])},
            "not-linked:group-apart",
        ),
    ],
)
def test_every_reason_for_no_place(change: dict[str, np.ndarray], code: str) -> None:
    fields = {name: getattr(two_places(), name) for name in Problem.__slots__} | change
    problem = Problem(**{**fields, "score": np.asarray(fields["score"], np.float32)})
    around = taken_up(problem, solve(problem, goal=Goal.SCORE))
    explained = explain(around, 2)
    assert explained.place is None
    assert explained.code == code


def test_a_place_says_who_goes_there_and_who_came_next() -> None:
    problem = two_places()
    around = taken_up(problem, solve(problem, goal=Goal.SCORE))
    explained = explain_place(around, 0)
    assert [(one.household, one.code) for one in explained.linked] == [("a", "linked:best-score")]
    assert [(one.household, one.place, one.lacking) for one in explained.next_in_line] == [
        ("b", "y", ("persons",))
    ]
    full = explain_place(around, 1)
    assert [(cap.use, cap.used, cap.cap, cap.is_full) for cap in full.caps] == [("persons", 2, 2, True)]
