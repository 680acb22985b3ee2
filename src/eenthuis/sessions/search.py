"""From prices to a plan: centres one after another, then a few at a time again as long as it gets cheaper."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from eenthuis.sessions.grid import Grid
from eenthuis.sessions.kernels import QUARTERS, scratch_for
from eenthuis.sessions.pricing import Bound, no_prices, raise_bound
from eenthuis.sessions.search_kernels import Chosen, improve, nothing_chosen, plan_centre

TOGETHER = 5
"""The most centres that are planned again at once."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is done: steps of prices, orders tried, and moves; the same on every machine."""

    steps: int = 400
    orders: int = 24
    moves: int = 12_000


@dataclass(frozen=True, slots=True)
class Found:
    """The cheapest plan found, what it costs, and the bound."""

    chosen: Chosen
    cost: int
    bound: Bound


def search(grid: Grid, rng: np.random.Generator, effort: Effort) -> Found:
    """Return a plan with its bound; the same generator gives the same plan."""
    scratch = scratch_for(grid)
    bound = no_prices(grid)
    best = _in_order(grid, np.argsort(-grid.people, kind="stable"), bound)
    for part in (effort.steps // 2, effort.steps - effort.steps // 2):
        bound = raise_bound(grid, scratch, bound, int(best.cost.sum()), part)
        for _ in range(effort.orders):
            found = _in_order(grid, rng.permutation(len(grid.people)), bound)
            if found.cost.sum() < best.cost.sum():
                best = found
    if len(grid.people):
        moves, weighs = _draw(grid, rng, effort.moves)
        kept = Chosen(*(part.copy() for part in best))
        improve(grid, moves, weighs, bound.prices, scratch, best, kept)
    return Found(best, int(best.cost.sum()), bound)


def _in_order(grid: Grid, order: np.ndarray, bound: Bound) -> Chosen:
    chosen, scratch = nothing_chosen(grid), scratch_for(grid)
    for centre in order:
        chosen.cost[centre] = plan_centre(grid, centre, bound.prices, QUARTERS, scratch, chosen)
    return chosen


def _draw(grid: Grid, rng: np.random.Generator, moves: int) -> tuple[np.ndarray, np.ndarray]:
    centres = len(grid.people)
    drawn = np.full((moves, TOGETHER), -1, np.int64)
    most = min(TOGETHER, centres)
    for move in range(moves):
        several = int(rng.integers(1, most + 1))
        drawn[move, :several] = rng.permutation(centres)[:several]
    return drawn, rng.integers(0, QUARTERS + 1, moves)
