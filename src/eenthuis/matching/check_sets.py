"""The tight bound of a certificate computed again, with nothing of the solver: a table per place, in plain numpy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.problem import Problem

MOST_CELLS = 5e7
"""Cells of the largest table that the tight bound is computed with."""


def recompute_tight_bound(
    problem: Problem, price: NDArray[np.float64], *, person_weight: float, household_weight: float
) -> float:
    """Return the upper bound that a ``price`` per household (H, at least 0) proves for ``problem``.

    The sum of the prices, plus for every place the best set of parties that fits: a table over what is left of each
    cap, into which parties are let one after another. Of parties that take the same only as many of the best count
    as fit. Infinite where a table would not fit into memory.
    """
    lone = np.arange(len(problem.households)) + problem.group.max(initial=-1) + 1
    _, party = np.unique(np.where(problem.group < 0, lone, problem.group), return_inverse=True)
    size = int(party.max(initial=-1)) + 1
    need = np.zeros((size, len(problem.uses)), np.int64)
    np.add.at(need, party, problem.demand)
    more = person_weight * problem.persons + household_weight - price
    bound = float(price.sum())
    for place, cap in enumerate(problem.capacity):
        worth = np.where(problem.allowed[:, place], problem.score[:, place] + more, -np.inf)
        gain = np.bincount(party, worth, minlength=size) if size else np.zeros(0)
        capped = np.flatnonzero(cap < need.sum(axis=0))
        able = np.flatnonzero((gain > 0) & (need <= cap).all(axis=1))
        able = able[np.argsort(-gain[able], kind="stable")]
        chosen = _that_can_matter(need[able][:, capped], cap[capped])
        reach = np.minimum(cap[capped], need[able[chosen]][:, capped].sum(axis=0))
        if float(np.prod(reach + 1.0)) > MOST_CELLS:
            return float("inf")
        table = np.zeros(tuple(reach + 1))
        for row in able[chosen]:
            ahead = tuple(slice(taken, None) for taken in need[row, capped])
            behind = tuple(
                slice(0, end - taken) for end, taken in zip(table.shape, need[row, capped], strict=True)
            )
            table[ahead] = np.maximum(table[ahead], table[behind] + gain[row])
        bound += float(table[(-1,) * table.ndim])
    return bound


def _that_can_matter(need: NDArray[np.int64], cap: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return which rows (best first) are among the best so many of their kind that fit into ``cap`` together."""
    count: dict[tuple[int, ...], int] = {}
    kept = []
    for row, taken in enumerate(map(tuple, need.tolist())):
        count[taken] = count.get(taken, 0) + 1
        if all(count[taken] * one <= most for one, most in zip(taken, cap.tolist(), strict=True)):
            kept.append(row)
    return np.array(kept, np.int64)
