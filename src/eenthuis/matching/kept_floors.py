"""A least gain per group while a proposal is solved again around what a person asks: kept where it can be, and told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.certificate import FloorStated
from eenthuis.matching.problem import Problem


def lifted(problem: Problem, floors: Sequence[FloorStated]) -> Problem:
    """Return the problem in which scores of a group count for more by what a unit of its floor costs.

    These are the scores to which the prices of a proposal with floors belong, so a search at those prices keeps floors
    as far as it can.
    """
    count = np.ones(len(problem.households), np.float32)
    for floor in floors:
        count[list(floor.households)] += np.float32(floor.multiplier)
    return problem if (count == 1).all() else replace(problem, score=problem.score * count[:, None])


def restated(
    problem: Problem, floors: Sequence[FloorStated], assignment: NDArray[np.int64]
) -> tuple[FloorStated, ...]:
    """Return floors with what ``assignment`` (H, -1 = none) reaches; one that is missed is stated as what is reached.

    They have no price any more, so they have no part in the proof of the bound.
    """
    own = np.zeros(len(assignment))
    there = np.flatnonzero(assignment >= 0)
    own[there] = problem.score[there, assignment[there]]
    now = [
        replace(floor, reached=float(own[list(floor.households)].sum()), multiplier=0.0) for floor in floors
    ]
    return tuple(floor if floor.holds else replace(floor, least=floor.reached) for floor in now)


def priced(floors: Sequence[FloorStated], prices: Mapping[str, float]) -> tuple[FloorStated, ...]:
    """Return floors with what a unit of each costs, under its characteristic and label."""
    return tuple(
        replace(floor, multiplier=prices.get(f"{floor.characteristic} {floor.label}", 0.0))
        for floor in floors
    )
