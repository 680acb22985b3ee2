"""Large instances: find prices, place everybody near their best, then search neighbourhoods exactly."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.certificate import proven_bound
from eenthuis.matching.parties import Parties
from eenthuis.matching.prices import (
    FULL_LADDER,
    LISTED_LADDER,
    SAMPLE,
    Passes,
    descend,
    first_ladder,
    spread,
)
from eenthuis.matching.settling import first_standing, settle

SLOTS = 24
"""Best places kept of each party."""

STEPS = 4_000
MOST_STEPS = 60_000_000
"""Annealing tries per party, and at most."""

Tell = Callable[[str, float, float], bool]
Left = Callable[[], float | None]


def price_and_fix(
    parties: Parties, *, gap: float, seed: int, threads: int, tell: Tell, left: Left
) -> tuple[NDArray[np.int64], NDArray[np.float64], float]:
    """Return place per party (N, -1 = none), prices (M x K) and the bound they prove."""
    passes = Passes(parties, threads=threads)
    try:
        price = find_prices(parties, passes, seed=seed, threads=threads)
        best = passes.best_values(price)
        bound = proven_bound(parties, best, price)
        listed = passes.list_best(price, SLOTS)
        standing = first_standing(parties, listed, price, best)
        go_on = tell("first", bound, standing.objective())
        if go_on:
            settle(standing, listed, unit=spread(parties), seed=seed, steps=steps_for(parties))
            go_on = tell("settled", bound, standing.objective())
        if go_on:
            from eenthuis.matching.rounds import search_rounds

            search_rounds(
                standing, listed, passes.pool, bound=bound, gap=gap, seed=seed, tell=tell, left=left
            )
    finally:
        passes.close()
    return standing.place, price, bound


def steps_for(parties: Parties) -> int:
    """Return how many tries the annealing gets."""
    return min(MOST_STEPS, STEPS * len(parties.kind))


def find_prices(parties: Parties, passes: Passes, *, seed: int, threads: int) -> NDArray[np.float64]:
    """Find prices of the caps that make the proven bound small."""
    limited = parties.limited
    capacity = np.where(limited, parties.capacity, 0).astype(np.float64)
    price = np.zeros(capacity.shape)
    unit = spread(parties)
    ladder = first_ladder(parties, unit)
    count = len(parties.kind)
    if count > 2 * SAMPLE:
        sample = sample_of(parties, seed=seed)
        few = Passes(sample, threads=threads)
        price = descend(few.smooth, capacity * (len(sample.kind) / count), limited, price, ladder, 60)
        few.close()
    else:
        price = descend(passes.smooth, capacity, limited, price, ladder, 60)
    price = descend(passes.smooth, capacity, limited, price, tuple(unit * step for step in FULL_LADDER), 60)
    listed = passes.list_best(price, SLOTS)

    def smooth(at: NDArray[np.float64], temperature: float) -> tuple[float, NDArray[np.float64]]:
        return passes.smooth_listed(listed, at, temperature)

    last = tuple(unit * step for step in LISTED_LADDER)
    finished = descend(smooth, capacity, limited, price, last, 200)
    return min((finished, price), key=passes.bound)


def sample_of(parties: Parties, *, seed: int) -> Parties:
    """Return a sample of the parties, spread evenly over the kinds."""
    rng = np.random.default_rng(seed)
    step = len(parties.kind) / SAMPLE
    at = np.unique((np.arange(SAMPLE) * step + rng.random(SAMPLE) * step).astype(np.int64))
    taken = np.sort(parties.order[at[at < len(parties.kind)]])
    kind = parties.kind[taken]
    return Parties(
        of_household=taken,
        demand=parties.demand[taken],
        score=parties.score[taken],
        allowed=parties.allowed[taken],
        capacity=parties.capacity,
        members=parties.members[taken],
        bonus=parties.bonus[taken],
        kind=kind,
        kinds=parties.kinds,
        order=np.argsort(kind, kind="stable").astype(np.int64),
    )
