"""Small random instances that can be solved by trying everything."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching import Problem
from eenthuis.matching.problem import UNLIMITED


def draw_small(rng: np.random.Generator) -> Problem:
    """Draw an instance with ties, groups, zero and missing caps, several uses and households without a place."""
    households, places, uses = int(rng.integers(1, 6)), int(rng.integers(1, 4)), int(rng.integers(1, 4))
    demand = rng.integers(0, 4, (households, uses))
    demand[:, 0] = rng.integers(1, 5, households)
    capacity = rng.integers(0, 7, (places, uses))
    capacity = np.where(rng.random((places, uses)) < 0.15, UNLIMITED, capacity)
    score = (
        rng.integers(-2, 5, (households, places))
        if rng.random() < 0.5
        else rng.normal(1, 2, (households, places))
    )
    group = np.full(households, -1)
    if rng.random() < 0.4:
        group = np.where(rng.random(households) < 0.5, rng.integers(0, 2, households), -1)
    return Problem(
        households=tuple(f"h{row}" for row in range(households)),
        places=tuple(f"p{row}" for row in range(places)),
        uses=("persons", "children", "homes")[:uses],
        demand=demand.astype(np.int64),
        capacity=capacity.astype(np.int64),
        allowed=rng.random((households, places)) < rng.choice([0.0, 0.5, 0.8, 1.0], p=[0.05, 0.3, 0.35, 0.3]),
        score=score.astype(np.float32),
        group=group.astype(np.int64),
        arrival=np.zeros(households, np.int64),
    )


def is_possible(problem: Problem, assignment: NDArray[np.int64]) -> bool:
    """Return whether every rule holds, by plain loops."""
    used = np.zeros(problem.capacity.shape, np.int64)
    together: dict[int, set[int]] = {}
    for row, place in enumerate(assignment.tolist()):
        if place >= 0:
            if not problem.allowed[row, place]:
                return False
            used[place] += problem.demand[row]
        if problem.group[row] >= 0:
            together.setdefault(int(problem.group[row]), set()).add(place)
    return bool((used <= problem.capacity).all()) and all(len(found) == 1 for found in together.values())


def totals(problem: Problem, assignment: NDArray[np.int64]) -> tuple[int, float]:
    """Return persons linked and total score."""
    rows = np.flatnonzero(assignment >= 0)
    return int(problem.persons[rows].sum()), float(
        problem.score[rows, assignment[rows]].astype(np.float64).sum()
    )
