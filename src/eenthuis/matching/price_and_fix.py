"""Large instances: find prices, place everybody near their best, then search neighbourhoods exactly."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.certificate import proven_bound
from eenthuis.matching.parties import Parties
from eenthuis.matching.prices import (
    FULL_LADDER,
    LISTED_LADDER,
    SAMPLE,
    Listed,
    Passes,
    descend,
    first_ladder,
    spread,
)
from eenthuis.matching.rounding import can_round, rounded_place
from eenthuis.matching.rounds import search_rounds
from eenthuis.matching.settling import COLD, HOT, first_standing, settle
from eenthuis.matching.standing import Standing

SLOTS = 24
"""Best places kept of each party."""

STEPS = 1_500
MOST_STEPS = 60_000_000
WARM_STEPS = 400
"""Annealing tries per party, at most, and per party after rounding."""

HOT_FEW, COLD_FEW, STEPS_FEW = 1.5, 0.08, 15_000
"""The same where parties are few: hotter and longer, for tries are cheap and every place counts."""

MOST_LISTED = 100_000
"""Listed places of all parties together that are always affordable."""

WORTH_ROUNDING = 3_000
"""From so many parties on, rounding shares pays before the annealing."""

WARM = 0.04
"""Temperature the annealing starts from after rounding, in units of the spread of scores."""

Tell = Callable[[str, float, float], bool]
Left = Callable[[], float | None]


def price_and_fix(
    parties: Parties, *, gap: float, seed: int, threads: int, tell: Tell, left: Left
) -> tuple[NDArray[np.int64], NDArray[np.float64], float]:
    """Return place per party (N, -1 = none), prices (M x K) and the bound they prove.

    An interrupt during the search keeps the best so far. Memory beside the matrices of ``parties``: about 1.5 kB a
    party for its listed places, and M x M for how places hang together.
    """
    passes = Passes(parties, threads=threads)
    try:
        price = find_prices(parties, passes, seed=seed, threads=threads)
        best = passes.best_values(price)
        bound = proven_bound(parties, best, price)
        listed = passes.list_best(price, slots_for(parties))
        standing, go_on = settled_standing(
            parties, listed, price, best, bound=bound, seed=seed, tell=tell, left=left
        )
        if go_on:
            with suppress(KeyboardInterrupt):
                search_rounds(
                    standing, listed, passes.pool, bound=bound, gap=gap, seed=seed, tell=tell, left=left
                )
    finally:
        passes.close()
    return standing.place, price, bound


def proven_prices(parties: Parties, *, seed: int, threads: int) -> tuple[NDArray[np.float64], float]:
    """Return prices (M x K) and the bound they prove."""
    passes = Passes(parties, threads=threads)
    try:
        price = find_prices(parties, passes, seed=seed, threads=threads)
        return price, passes.bound(price)
    finally:
        passes.close()


def settled_standing(
    parties: Parties,
    listed: Listed,
    price: NDArray[np.float64],
    best: NDArray[np.float64],
    *,
    bound: float,
    seed: int,
    tell: Tell,
    left: Left,
) -> tuple[Standing, bool]:
    """Return a first proposal, rounded from shares where that pays and annealed, and whether to go on."""
    standing = first_standing(parties, listed, price, best)
    go_on = tell("first", bound, standing.objective())
    unit = spread(parties)
    few = len(parties.kind) < WORTH_ROUNDING
    hot, cold, each = (HOT_FEW, COLD_FEW, STEPS_FEW) if few else (HOT, COLD, STEPS)
    several = parties.demand.shape[1] > 1 and not few
    if go_on and several and can_round(parties):
        place = rounded_place(parties, listed, price, best, unit=unit, seed=seed, seconds=left())
        rounded = standing if place is None else Standing(parties, price, best, place)
        if rounded.objective() > standing.objective():
            standing, hot, cold, each = rounded, WARM, WARM / 10, WARM_STEPS
        go_on = tell("rounded", bound, standing.objective())
    if go_on:
        steps = min(MOST_STEPS, each * len(parties.kind))
        settle(standing, listed, unit=unit, seed=seed, steps=steps, hot=hot, cold=cold)
        go_on = tell("settled", bound, standing.objective())
    return standing, go_on


def slots_for(parties: Parties) -> int:
    """Return how many places to list per party: more where parties are few."""
    return min(len(parties.capacity), max(SLOTS, MOST_LISTED // max(1, len(parties.kind))))


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
