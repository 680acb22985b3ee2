"""The most persons that can be linked whatever the spread: never too low, and tight where a place is sure to fill."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from eenthuis.matching.problem import Problem
from eenthuis.matching.spreading import most_persons

PLACES = 3


def problem(
    sizes: list[int],
    joining: list[int],
    rooms: list[int],
    allowed: np.ndarray[tuple[int, int], np.dtype[np.bool_]],
) -> Problem:
    """Return households of so many persons and joining relatives, and places with so much room."""
    count = len(sizes)
    members = np.array(sizes, np.int64)
    small = (members < 3).astype(np.int64)
    room = np.array(rooms, np.int64)
    return Problem(
        households=tuple(f"h{row}" for row in range(count)),
        places=tuple(f"p{row}" for row in range(len(rooms))),
        uses=("persons", "persons_with_joining", "households_small"),
        demand=np.column_stack([members, members + joining, small]).astype(np.int64),
        capacity=np.column_stack([room, room, np.zeros(len(rooms))]).astype(np.int64),
        allowed=allowed,
        score=np.zeros((count, len(rooms)), np.float32),
        group=np.full(count, -1),
        arrival=np.zeros(count, np.int64),
    )


def reached(asked: Problem) -> int:
    """Return the most persons linked without a spread, by trying everything."""
    best = 0
    for tried in product(range(-1, PLACES), repeat=len(asked.households)):
        at = np.array(tried)
        there = np.flatnonzero(at >= 0)
        used = np.zeros((PLACES, 2), np.int64)
        np.add.at(used, at[there], asked.demand[there, :2])
        if asked.allowed[there, at[there]].all() and (used <= asked.capacity[:, :2]).all():
            best = max(best, int(asked.demand[there, 0].sum()))
    return best


@pytest.mark.parametrize("draw", range(40))
def test_nothing_can_exceed_it_and_it_never_says_more_than_room_and_people(draw: int) -> None:
    rng = np.random.default_rng([11, draw])
    sizes = rng.integers(1, 6, 5)
    asked = problem(
        sizes.tolist(),
        rng.integers(0, 3, 5).tolist(),
        rng.integers(0, 9, PLACES).tolist(),
        rng.random((5, PLACES)) < 0.5,
    )
    told = most_persons(asked)
    assert reached(asked) <= told <= min(int(sizes.sum()), int(asked.capacity[:, 0].sum()))


def test_households_that_can_go_nowhere_else_do_not_all_count_when_their_place_cannot_hold_them() -> None:
    """Six and three are bound to a place of seven; someone of two may go elsewhere too."""
    allowed = np.array([[True, False, False], [True, False, False], [True, True, False]])
    asked = problem([6, 3, 2], [0, 0, 0], [7, 2, 0], allowed)
    assert most_persons(asked) == reached(asked) == 8


def test_relatives_who_are_expected_to_join_take_room() -> None:
    asked = problem([3, 2], [2, 0], [4, 4, 4], np.ones((2, PLACES), bool))
    assert most_persons(asked) == reached(asked) == 2
