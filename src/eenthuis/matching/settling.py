"""A first proposal from prices, and its annealing."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.parties import Parties
from eenthuis.matching.prices import Listed
from eenthuis.matching.standing import Standing

HOT = 0.5
COLD = 0.01
"""Temperatures of the annealing, in units of the spread of scores."""


def reduced_values(parties: Parties, listed: Listed, price: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the value less prices of every listed place (N x L), -inf after the last."""
    paid = np.zeros(listed.value.shape)
    at = np.maximum(listed.place, 0)
    for use in range(price.shape[1]):
        paid += price[at, use] * parties.demand[:, use, None]
    return np.where(listed.place >= 0, listed.value - paid, -np.inf)


def first_standing(
    parties: Parties, listed: Listed, price: NDArray[np.float64], best: NDArray[np.float64]
) -> Standing:
    """Place parties in the order of what they would lose by their second best; who finds no room stays out."""
    from eenthuis.matching.moves import insert

    reduced = reduced_values(parties, listed, price)
    second = np.maximum(reduced[:, 1], 0.0) if reduced.shape[1] > 1 else np.zeros(len(best))
    order = np.argsort(-(reduced[:, 0] - second), kind="stable").astype(np.int64)
    place = np.full(len(best), -1, np.int64)
    insert(listed.place, reduced, order, parties.demand, parties.capacity.copy(), place)
    return Standing(parties, price, best, place)


def settle(
    standing: Standing,
    listed: Listed,
    *,
    unit: float,
    seed: int,
    steps: int,
    hot: float = HOT,
    cold: float = COLD,
) -> bool:
    """Anneal ``standing`` and keep the outcome if it is better; return whether it was.

    ``unit`` is the spread of scores; chance follows from ``seed`` alone.
    """
    from eenthuis.matching.annealing import anneal

    parties = standing.parties
    place, free = standing.place.copy(), standing.free.copy()
    state = np.array([(seed * 2_685_821_657_736_338_717 + 88_172_645_463_325_252) % 2**63 + 1], np.uint64)
    anneal(
        parties.score,
        parties.allowed,
        parties.bonus,
        listed.place,
        parties.demand,
        free,
        place,
        _edges(parties),
        hot * unit,
        cold * unit,
        steps,
        state,
    )
    there = np.flatnonzero(place >= 0)
    if float(parties.value(there, place[there]).sum()) <= standing.objective():
        return False
    changed = np.flatnonzero(place != standing.place)
    standing.move(changed, place[changed])
    return True


def _edges(parties: Parties) -> NDArray[np.int64]:
    """Return where the list of each place begins: no place holds more parties than its caps let in."""
    least = parties.demand.min(axis=0)
    most = np.full(len(parties.capacity), len(parties.kind), np.int64)
    for use in np.flatnonzero(least > 0):
        most = np.minimum(most, parties.capacity[:, use] // least[use])
    return np.concatenate([[0], np.cumsum(most), [most.sum() + len(parties.kind)]]).astype(np.int64)
