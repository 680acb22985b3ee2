"""Small instances with floors: exact when tiny, else a search among good pairs, then around a few places at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.solver import Floor, Limits, Pairs, Relaxation, choose

TINY = 400
"""Up to so many pairs the general solver proves the best of all."""

KEPT_PAIRS = 4
"""Pairs per household, those that lose least at the prices, among which the first search looks."""

ROUNDS, AROUND, AROUND_PAIRS = 16, 5, 800
"""Times that the households of a few places are placed again, those places, and the pairs looked at."""

IN_VAIN = 6
"""Searches in a row that find nothing better, after which no more are made."""

FIRST_NODES, AROUND_NODES = 100, 20
"""Branching nodes of the first search and of each search around places."""

NEAR_ENOUGH = 3e-4
"""Share of the objective at which the first search stops."""

SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Asked:
    """All possible pairs with the party and place of each (C), and floors: what pairs count (G x C), the least (G).

    ``short_cost`` is what a unit short of a floor takes off the objective where it cannot be kept.
    """

    party: NDArray[np.int64]
    place: NDArray[np.int64]
    pairs: Pairs
    counted: NDArray[np.float64]
    least: NDArray[np.float64]
    short_cost: float

    def floors(self, kept: NDArray[np.int64], *, gently: bool) -> tuple[Floor, ...]:
        """Return the floors over some pairs; ``gently``: at a cost instead of without exception."""
        cost = self.short_cost if gently else None
        return tuple(
            Floor(own[kept], float(at) - SLACK * max(1.0, abs(float(at))) / 2, cost)
            for own, at in zip(self.counted, self.least, strict=True)
        )

    def short(self, chosen: NDArray[np.int64]) -> float:
        """Return how much the chosen pairs lack of all floors together."""
        lack = self.least - self.counted[:, chosen].sum(axis=1)
        return float(lack[lack > SLACK * np.maximum(1.0, np.abs(self.least))].sum())

    def rank(self, chosen: NDArray[np.int64]) -> tuple[float, float]:
        """Return what makes one choice better than another: less short, then a higher value (low is better)."""
        return self.short(chosen), -float(self.pairs.value[chosen].sum())


def choose_tiny(asked: Asked, limits: Limits, *, seed: int) -> NDArray[np.int64]:
    """Return the best pairs that keep every floor; where none do, the best of those that lack least in all."""
    every = np.arange(len(asked.party))
    found = choose(asked.pairs, floors=asked.floors(every, gently=False), limits=limits, seed=seed)
    if found is not None:
        return found.chosen
    nothing = replace(asked.pairs, value=np.zeros(len(every)))
    nearest = choose(nothing, floors=replace(asked, short_cost=1.0).floors(every, gently=True), seed=seed)
    if nearest is None:
        return np.zeros(0, np.int64)
    reached = asked.counted[:, nearest.chosen].sum(axis=1)
    lowered = replace(asked, least=np.minimum(asked.least, reached))
    found = choose(asked.pairs, floors=lowered.floors(every, gently=False), limits=limits, seed=seed)
    return nearest.chosen if found is None else found.chosen


def choose_small(
    asked: Asked, relaxed: Relaxation, parties: int, limits: Limits, *, seed: int
) -> NDArray[np.int64]:
    """Return good pairs: the best among few found first, then better ones around a few places at a time."""
    regret = regrets(asked, relaxed)
    kept = np.sort(np.argsort(regret, kind="stable")[: KEPT_PAIRS * parties])
    near = replace(limits, nodes=FIRST_NODES, relative_gap=max(limits.relative_gap, NEAR_ENOUGH))
    first = choose(only(asked.pairs, kept), floors=asked.floors(kept, gently=True), limits=near, seed=seed)
    chosen = np.zeros(0, np.int64) if first is None else kept[first.chosen]
    rng = np.random.default_rng(seed)
    places = int(asked.place.max()) + 1
    in_vain = 0
    for _ in range(ROUNDS):
        around = rng.choice(places, min(AROUND, places), replace=False)
        before = asked.rank(chosen)
        chosen = _around(asked, regret, chosen, around, replace(near, nodes=AROUND_NODES), seed)
        in_vain = 0 if asked.rank(chosen) < before else in_vain + 1
        if in_vain == IN_VAIN:
            break
    return chosen


def _around(
    asked: Asked,
    regret: NDArray[np.float64],
    chosen: NDArray[np.int64],
    around: NDArray[np.int64],
    limits: Limits,
    seed: int,
) -> NDArray[np.int64]:
    """Place again who stands at ``around`` or nowhere; return the better of the outcome and ``chosen``."""
    inside = np.isin(asked.place[chosen], around)
    stays = chosen[~inside]
    free = np.isin(asked.place, around) & ~np.isin(asked.party, asked.party[stays])
    rows = np.flatnonzero(free)
    now = np.isin(rows, chosen)
    best = np.argsort(regret[rows], kind="stable")[:AROUND_PAIRS]
    rows = rows[np.sort(np.union1d(best, np.flatnonzero(now)))]
    if not rows.size:
        return chosen
    left = asked.pairs.cap.copy()
    np.subtract.at(left, asked.pairs.row[stays].reshape(-1), asked.pairs.need[stays].reshape(-1))
    own = replace(asked, least=asked.least - asked.counted[:, stays].sum(axis=1))
    gently = asked.short(chosen) > 0
    found = choose(
        replace(only(asked.pairs, rows), cap=left),
        start=None if gently else np.flatnonzero(np.isin(rows, chosen)),
        floors=own.floors(rows, gently=gently),
        limits=replace(limits, relative_gap=1e-6),
        seed=seed,
    )
    if found is None:
        return chosen
    changed = np.concatenate([stays, rows[found.chosen]])
    return changed if asked.rank(changed) < asked.rank(chosen) else chosen


def regrets(asked: Asked, relaxed: Relaxation) -> NDArray[np.float64]:
    """Return what choosing each pair loses at the prices against the best of its party (or nothing)."""
    pairs = asked.pairs
    worth = pairs.value - (relaxed.price[pairs.row] * pairs.need).sum(axis=1)
    worth = worth + relaxed.floor_price @ asked.counted
    best = np.zeros(int(pairs.party[-1]) + 1 if pairs.party.size else 0)
    np.maximum.at(best, pairs.party, worth)
    return np.asarray(best[pairs.party] - worth)


def only(pairs: Pairs, kept: NDArray[np.int64]) -> Pairs:
    """Return some of the pairs (indices, not decreasing), with their parties numbered anew."""
    _, number = np.unique(pairs.party[kept], return_inverse=True)
    return Pairs(
        number.reshape(-1).astype(np.int64), pairs.value[kept], pairs.row[kept], pairs.need[kept], pairs.cap
    )
