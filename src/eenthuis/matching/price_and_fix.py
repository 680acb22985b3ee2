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
    SAMPLE_LADDER,
    Listed,
    Passes,
    descend,
)
from eenthuis.matching.standing import Standing

SLOTS = 24
ROUNDS = 60
TOGETHER = 2
"""Neighbourhoods searched at the same time; fixed, so that the answer does not depend on threads."""

Tell = Callable[[str, float, float], bool]
Left = Callable[[], float | None]


def price_and_fix(
    parties: Parties, *, gap: float, seed: int, threads: int, tell: Tell, left: Left
) -> tuple[NDArray[np.int64], NDArray[np.float64], float]:
    """Return place per party (N, -1 = none), prices (M x K) and the bound they prove."""
    passes = Passes(parties, threads=threads)
    try:
        price = find_prices(parties, passes, seed=seed)
        best = passes.best_values(price)
        bound = proven_bound(parties, best, price)
        listed = passes.list_best(price, SLOTS)
        standing = first_standing(parties, listed, price, best)
        go_on = tell("first", bound, standing.objective())
        settle(standing, listed, seed=seed, sweeps=20)
        go_on = go_on and tell("settled", bound, standing.objective())
        if go_on:
            from eenthuis.matching.rounds import search_rounds

            search_rounds(standing, listed, passes.pool, bound=bound, gap=gap, seed=seed, tell=tell, left=left)
    finally:
        passes.close()
    return standing.place, price, bound


def find_prices(parties: Parties, passes: Passes, *, seed: int) -> NDArray[np.float64]:
    """Find prices of the caps that make the proven bound small."""
    limited = parties.limited
    capacity = np.where(limited, parties.capacity, 0).astype(np.float64)
    price = np.zeros(capacity.shape)
    parties_count = len(parties.kind)
    if parties_count > 2 * SAMPLE:
        sample = sample_of(parties, seed=seed)
        share = len(sample.kind) / parties_count
        few = Passes(sample, threads=2)
        price = descend(few.smooth, capacity * share, limited, price, SAMPLE_LADDER, 60)
        few.close()
    else:
        price = descend(passes.smooth, capacity, limited, price, SAMPLE_LADDER, 80)
    price = descend(passes.smooth, capacity, limited, price, FULL_LADDER, 60)
    listed = passes.list_best(price, SLOTS)

    def smooth(at: NDArray[np.float64], temperature: float) -> tuple[float, NDArray[np.float64]]:
        return passes.smooth_listed(listed, at, temperature)

    finished = descend(smooth, capacity, limited, price, LISTED_LADDER, 300)
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
        bonus=parties.bonus[taken],
        kind=kind,
        kinds=parties.kinds,
        order=np.argsort(kind, kind="stable").astype(np.int64),
    )


def reduced_values(parties: Parties, listed: Listed, price: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the value less prices of every listed place (N x L), -inf after the last."""
    paid = np.einsum("nlk,nk->nl", price[np.maximum(listed.place, 0)], parties.demand.astype(np.float64))
    return np.where(listed.place >= 0, listed.value - paid, -np.inf)


def first_standing(
    parties: Parties, listed: Listed, price: NDArray[np.float64], best: NDArray[np.float64]
) -> Standing:
    """Place parties in the order of what they would lose by their second best; who finds no room stays out."""
    from eenthuis.matching.moves import insert

    reduced = reduced_values(parties, listed, price)
    second = np.maximum(reduced[:, 1], 0.0) if reduced.shape[1] > 1 else 0.0
    order = np.argsort(-(reduced[:, 0] - second), kind="stable").astype(np.int64)
    place = np.full(len(best), -1, np.int64)
    insert(listed.place, reduced, order, parties.demand, parties.capacity.copy(), place)
    return Standing(parties, price, best, place)


def settle(standing: Standing, listed: Listed, *, seed: int, sweeps: int) -> None:
    """Improve by chains of single moves, from every party in turn, ``sweeps`` times at most."""
    from eenthuis.matching.moves import improve

    parties = standing.parties
    rng = np.random.default_rng(seed)
    reduced = reduced_values(parties, listed, standing.price)
    place = standing.place.copy()
    there = place >= 0
    worth = np.where(there, parties.value(np.arange(len(place)), np.maximum(place, 0)), 0.0)
    worth_reduced = np.where(there, standing.best - standing.regret, 0.0)
    free = standing.free.copy()
    state = np.array([seed * 2_685_821_657_736_338_717 % 2**63 + 88_172_645], np.uint64)
    for sweep in range(sweeps):
        noise = (0.0, 0.02, 0.05, 0.1)[sweep % 4]
        order = rng.permutation(len(place)).astype(np.int64)
        improve(
            listed.place, listed.value, reduced, order, parties.demand, free, place, worth, worth_reduced, noise,
            state,
        )  # fmt: skip
    changed = np.flatnonzero(place != standing.place)
    standing.move(changed, place[changed])
