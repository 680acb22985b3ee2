"""Rounds of exact searches in neighbourhoods that do not overlap, until the gap, the time or the work is done."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.neighbourhood import Neighbourhood, adopt, affinity, cut_out, grow, search
from eenthuis.matching.prices import Listed
from eenthuis.matching.standing import Standing

ROUNDS = 60
FRUITLESS = 12
"""Rounds of searches, at most, and in a row without a gain before the search ends."""
TOGETHER = 2
"""Neighbourhoods searched at the same time; fixed, so that the answer does not depend on threads."""
PLACES = 24
PAIRS = 2000
NODES = 1
NEAR_ENOUGH = 0.05
"""A neighbourhood is left when what it loses is known to within this share."""


def search_rounds(
    standing: Standing,
    listed: Listed,
    pool: ThreadPoolExecutor,
    *,
    bound: float,
    gap: float,
    seed: int,
    tell: Callable[[str, float, float, int | None], bool],
    left: Callable[[], float | None],
) -> None:
    """Search rounds of neighbourhoods and adopt what gains."""
    rng = np.random.default_rng(seed)
    near = affinity(standing, listed)
    fruitless = 0
    for _ in range(ROUNDS):
        objective = standing.objective()
        if (bound - objective) <= gap * max(abs(bound), 1e-9) or fruitless == FRUITLESS:
            return
        if not tell("search", bound, objective, standing.persons()):
            return
        jobs = _draw_neighbourhoods(standing, listed, near, rng)
        choices = list(
            pool.map(partial(search, nodes=NODES, near_enough=NEAR_ENOUGH, seconds=left(), seed=seed), jobs)
        )
        gains = [adopt(standing, job, choice) for job, choice in zip(jobs, choices, strict=True)]
        fruitless = 0 if sum(gains) > 0 else fruitless + 1


def _draw_neighbourhoods(
    standing: Standing, listed: Listed, near: NDArray[np.float64], rng: np.random.Generator
) -> list[Neighbourhood]:
    idle = np.flatnonzero((standing.place < 0) & (standing.best > 0))
    waiting = np.bincount(np.maximum(listed.place[idle, 0], 0), standing.regret[idle], len(standing.free))
    loss = standing.loss() + waiting
    taken = np.zeros(len(loss), bool)
    jobs = []
    for _ in range(TOGETHER):
        place = grow(near, loss, taken, size=PLACES, rng=rng)
        if not place.size:
            break
        taken[place] = True
        inside = np.zeros(len(loss), bool)
        inside[place] = True
        wants = (inside[np.maximum(listed.place[idle, :8], 0)] & (listed.place[idle, :8] >= 0)).any(axis=1)
        around = cut_out(standing, place, idle[wants], most_pairs=PAIRS)
        idle = idle[~wants]
        if around is not None:
            jobs.append(around)
    return jobs
