"""Small instances, solved exactly: prices from the linear relaxation, a good start, and the pairs that can matter.

No pair whose regret at the prices is larger than what the start loses against the bound can be part of a better
proposal, so the general solver sees few pairs and still finds the best of all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.certificate import proven_bound
from eenthuis.matching.neighbourhood import adopt, cut_out
from eenthuis.matching.parties import Parties
from eenthuis.matching.prices import Passes, spread
from eenthuis.matching.settling import first_standing, settle
from eenthuis.matching.solver import Floor, Limits, Pairs, choose, relax
from eenthuis.matching.standing import Standing

STEPS = 2_000
"""Annealing tries per party for a start."""

TINY = 400
"""Up to so many pairs the general solver needs no start."""


@dataclass(frozen=True, slots=True)
class Whole:
    """Place per party (N, -1 = none), prices (M x K), the bound they prove and the tighter one claimed."""

    place: NDArray[np.int64]
    price: NDArray[np.float64]
    bound: float
    solver_bound: float | None

    def objective(self, parties: Parties) -> float:
        """Return the total value."""
        there = np.flatnonzero(self.place >= 0)
        return float(parties.value(there, self.place[there]).sum())


def solve_whole(
    parties: Parties,
    *,
    limits: Limits,
    seed: int,
    threads: int,
    floor: tuple[NDArray[np.float64], float] | None = None,
) -> Whole:
    """Solve ``parties`` exactly within ``limits``; ``floor`` is a count per party and the least to be linked of it."""
    nowhere = np.full(len(parties.kind), -1, np.int64)
    price = _prices(parties, seed=seed)
    passes = Passes(parties, threads=threads)
    try:
        best = passes.best_values(price)
        listed = passes.list_best(price, min(len(parties.capacity), 24))
    finally:
        passes.close()
    bound = proven_bound(parties, best, price)
    party, place, pairs = _all_pairs(parties, fitting=True)
    if not party.size:
        return Whole(nowhere, price, bound, 0.0)
    if floor is not None:
        choice = choose(pairs, floor=Floor(floor[0][party], floor[1]), limits=limits, seed=seed)
        if choice is not None:
            nowhere[party[choice.chosen]] = place[choice.chosen]
        return Whole(nowhere, price, bound, None)
    standing = first_standing(parties, listed, price, best)
    if party.size > TINY:
        settle(standing, listed, unit=spread(parties), seed=seed, steps=STEPS * len(parties.kind))
    claimed = _finish(standing, limits=limits, seed=seed)
    return Whole(standing.place, price, bound, min(claimed, bound))


def solve_counted(plain: Parties, *, reached: float, limits: Limits, seed: int, threads: int) -> Whole:
    """Find the most that can be counted (``plain`` has counts for bonuses); prices alone may prove ``reached``."""
    nowhere = np.full(len(plain.kind), -1, np.int64)
    price = _prices(plain, seed=seed)
    passes = Passes(plain, threads=threads)
    try:
        bound = passes.bound(price)
    finally:
        passes.close()
    party, place, pairs = _all_pairs(plain, fitting=True)
    if party.size and np.floor(bound + 1e-6) > reached:
        choice = choose(pairs, limits=limits, seed=seed)
        if choice is not None:
            nowhere[party[choice.chosen]] = place[choice.chosen]
    return Whole(nowhere, price, bound, None)


def proven_prices(parties: Parties, *, seed: int, threads: int) -> tuple[NDArray[np.float64], float]:
    """Return the prices (M x K) of the relaxation and the bound they prove."""
    price = _prices(parties, seed=seed)
    passes = Passes(parties, threads=threads)
    try:
        return price, passes.bound(price)
    finally:
        passes.close()


def _finish(standing: Standing, *, limits: Limits, seed: int) -> float:
    """Search all places at once, exactly; return the solver's bound on the total value."""
    everywhere = np.arange(len(standing.free), dtype=np.int64)
    idle = np.flatnonzero(standing.place < 0)
    around = cut_out(standing, everywhere, idle, most_pairs=standing.parties.allowed.size)
    if around is None:
        return standing.objective()
    there = np.flatnonzero(standing.place >= 0)
    scored = float(np.abs(standing.parties.score[there, standing.place[there]].astype(np.float64)).sum())
    near = replace(limits, relative_gap=0.0, absolute_gap=max(limits.relative_gap * scored, 1e-7))
    choice = choose(around.pairs, start=around.start, limits=near, seed=seed)
    adopt(standing, around, choice)
    return np.inf if choice is None else max(choice.bound, standing.objective())


def _prices(parties: Parties, *, seed: int) -> NDArray[np.float64]:
    """Return the prices (M x K) of the relaxation over every allowed pair, which the certificate's bound is over."""
    _, _, pairs = _all_pairs(parties, fitting=False)
    if not pairs.party.size:
        return np.zeros(parties.capacity.shape)
    return relax(pairs, seed=seed).price.reshape(parties.capacity.shape)


def _all_pairs(parties: Parties, *, fitting: bool) -> tuple[NDArray[np.int64], NDArray[np.int64], Pairs]:
    """Return all allowed pairs with the party and place of each; ``fitting``: only where the party fits alone."""
    possible = parties.allowed
    if fitting:
        possible = possible & (parties.demand[:, None, :] <= parties.capacity[None, :, :]).all(axis=2)
    party, place = np.nonzero(possible)
    uses = parties.demand.shape[1]
    _, number = np.unique(party, return_inverse=True)
    limited = parties.limited
    pairs = Pairs(
        party=number.reshape(-1).astype(np.int64),
        value=parties.value(party, place),
        row=place[:, None] * uses + np.arange(uses),
        need=np.where(limited[place], parties.demand[party], 0),
        cap=np.where(limited, parties.capacity, np.inf).reshape(-1).astype(np.float64),
    )
    return party, place, pairs
