"""From prices to a plan: centres one after another, then a few at a time again as long as it gets cheaper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from eenthuis.sessions.grid import Grid
from eenthuis.sessions.kernels import QUARTERS, scratch_for
from eenthuis.sessions.pricing import Bound, no_prices, raise_bound
from eenthuis.sessions.search_kernels import Chosen, improve, nothing_chosen, plan_centre

OnProgress = Callable[[int, int], None]
"""Is told how many of how many parts are done."""

PRICED, MOVED = 4, 8
"""Parts in which prices are raised, and in which a plan is improved."""

TOGETHER = 5
"""The most centres that are planned again at once."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is done: steps of prices, orders tried, and moves; the same on every machine."""

    steps: int = 800
    orders: int = 12
    moves: int = 16_000


@dataclass(frozen=True, slots=True)
class Found:
    """The cheapest plan found, what it costs, and the bound."""

    chosen: Chosen
    cost: int
    bound: Bound


def search(
    grid: Grid, rng: np.random.Generator, effort: Effort, on_progress: OnProgress | None = None
) -> Found:
    """Return a plan with its bound; the same generator gives the same plan.

    ``on_progress`` is told how many of how many parts are done.
    """
    tell = on_progress or _nobody
    scratch = scratch_for(grid)
    bound = no_prices(grid)
    best = _in_order(grid, np.argsort(-grid.people, kind="stable"), bound)
    for part in range(PRICED):
        bound = raise_bound(grid, scratch, bound, int(best.cost.sum()), effort.steps // PRICED)
        for _ in range(effort.orders):
            found = _in_order(grid, rng.permutation(len(grid.people)), bound)
            if found.cost.sum() < best.cost.sum():
                best = found
        tell(part + 1, PRICED + MOVED)
    kept = Chosen(*(part.copy() for part in best))
    for part in range(MOVED):
        moves, weighs = _draw(grid, rng, effort.moves // MOVED)
        improve(grid, moves, weighs, bound.prices, scratch, best, kept)
        tell(PRICED + part + 1, PRICED + MOVED)
    return Found(best, int(best.cost.sum()), bound)


def _nobody(_done: int, _parts: int) -> None:
    """Tell nobody."""


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
