"""From shares to whole parties: round how many of each kind go to each place, then place the parties of each kind.

Parties of one kind take the same of every cap, so once whole numbers per kind and place fit the caps, any placing
of the parties within them does too, and the best one is a transport problem whose linear relaxation is whole. One
more or less of a kind at a place costs little, for many parties hesitate; that is why the rounding loses little.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.parties import Parties
from eenthuis.matching.prices import Listed
from eenthuis.matching.settling import reduced_values
from eenthuis.matching.solver import Limits, Pairs, choose, relax

MOST_KINDS = 64
MOST_HESITANT = 40_000
PAIRS_PER_PARTY = 1.6
LEAST_PAIRS = 15_000
SPREADS = 1.3
LEVELS = 4
ROUNDING_GAP = 1e-4
TRACE = 1e-3


@dataclass(frozen=True, slots=True)
class Near:
    """Listed pairs with little regret: party, place, value."""

    party: NDArray[np.int64]
    place: NDArray[np.int64]
    value: NDArray[np.float64]


def can_round(parties: Parties) -> bool:
    """Return whether kinds are few enough beside parties for counting them to help."""
    return len(parties.kinds) <= MOST_KINDS and len(parties.kind) >= 10 * len(parties.kinds)


def rounded_place(
    parties: Parties,
    listed: Listed,
    price: NDArray[np.float64],
    best: NDArray[np.float64],
    *,
    unit: float,
    seed: int,
    seconds: float | None = None,
) -> NDArray[np.int64] | None:
    """Return a place per party (N, -1 = none) near the linear optimum, or None when the rounding finds none."""
    regret = best[:, None] - reduced_values(parties, listed, price)
    wanted = int(max(LEAST_PAIRS, PAIRS_PER_PARTY * len(best)))
    flat = regret[np.isfinite(regret)]
    near = (
        float(np.partition(flat, wanted)[wanted])
        if flat.size > wanted
        else float(flat.max(initial=0.0)) + unit
    )
    shares = _shares(parties, listed, regret, best, near, seed=seed)
    counts = _whole_counts(parties, shares, price, curve=near, unit=unit, seed=seed, seconds=seconds)
    if counts is None:
        return None
    return _transport(parties, _near(listed, regret, max(near, SPREADS * unit)), counts, seed=seed)


def _near(listed: Listed, regret: NDArray[np.float64], most: float) -> Near:
    party, slot = np.nonzero((regret < most) & (listed.place >= 0))
    return Near(party, listed.place[party, slot].astype(np.int64), listed.value[party, slot])


def _shares(
    parties: Parties,
    listed: Listed,
    regret: NDArray[np.float64],
    best: NDArray[np.float64],
    near: float,
    *,
    seed: int,
) -> NDArray[np.float64]:
    """Return how many of each kind (T) go to each place (M) in the relaxation; who does not hesitate is fixed."""
    hesitant = ((regret < near).sum(axis=1) > 1) | (best < near)
    fixed = np.flatnonzero(~hesitant)
    out = np.zeros((len(parties.kinds), len(parties.capacity)))
    np.add.at(out, (parties.kind[fixed], listed.place[fixed, 0]), 1.0)
    free = parties.capacity.astype(np.float64)
    np.subtract.at(free, listed.place[fixed, 0], parties.demand[fixed].astype(np.float64))
    pairs = _near(listed, np.where(hesitant[:, None], regret, np.inf), near)
    if not pairs.party.size:
        return out
    uses = free.shape[1]
    _, number = np.unique(pairs.party, return_inverse=True)
    relaxed = relax(
        Pairs(
            party=number.reshape(-1).astype(np.int64),
            value=pairs.value,
            row=pairs.place[:, None] * uses + np.arange(uses),
            need=parties.demand[pairs.party],
            cap=np.maximum(free, 0.0).reshape(-1),
        ),
        seed=seed,
    )
    np.add.at(out, (parties.kind[pairs.party], pairs.place), relaxed.share)
    return out


def _whole_counts(
    parties: Parties,
    shares: NDArray[np.float64],
    price: NDArray[np.float64],
    *,
    curve: float,
    unit: float,
    seed: int,
    seconds: float | None,
) -> NDArray[np.int64] | None:
    """Round ``shares`` (T x M) to whole numbers within every cap, filling what is scarce, staying near."""
    low = np.maximum(np.floor(shares + 1e-9) - 1, 0.0)
    kind, place, cost = [], [], []
    for level in range(LEVELS):
        at = low + level
        who, where = np.nonzero((at - shares < 1.0) & ((shares > TRACE) | (level == 0)))
        kind.append(who)
        place.append(where)
        cost.append(curve * (np.abs(at + 1 - shares) - np.abs(at - shares))[who, where])
    kinds, places = np.concatenate(kind), np.concatenate(place)
    uses = price.shape[1]
    room = parties.capacity - np.einsum("tm,tk->mk", low.astype(np.int64), parties.kinds)
    left = np.bincount(parties.kind, minlength=len(parties.kinds)) - low.sum(axis=1)
    rank = np.argsort(places, kind="stable")
    kinds, places, paid = kinds[rank], places[rank], np.concatenate(cost)[rank]
    units = Pairs(
        party=np.arange(len(kinds), dtype=np.int64),
        value=(price[places] * parties.kinds[kinds]).sum(axis=1) + unit - paid,
        row=np.concatenate(
            [places[:, None] * uses + np.arange(uses), room.size + kinds[:, None]], axis=1
        ).astype(np.int64),
        need=np.concatenate([parties.kinds[kinds], np.ones((len(kinds), 1), np.int64)], axis=1),
        cap=np.concatenate([room.reshape(-1), left]).astype(np.float64),
    )
    choice = choose(units, limits=Limits(nodes=1, seconds=seconds, relative_gap=ROUNDING_GAP), seed=seed)
    if choice is None:
        return None
    counts = low.astype(np.int64)
    np.add.at(counts, (kinds[choice.chosen], places[choice.chosen]), 1)
    used = np.einsum("tm,tk->mk", counts, parties.kinds)
    return counts if (used <= parties.capacity).all() else None


def _transport(parties: Parties, near: Near, counts: NDArray[np.int64], *, seed: int) -> NDArray[np.int64]:
    """Place the parties of each kind as well as possible within ``counts`` (T x M)."""
    places = counts.shape[1]
    _, number = np.unique(near.party, return_inverse=True)
    relaxed = relax(
        Pairs(
            party=number.reshape(-1).astype(np.int64),
            value=near.value,
            row=(parties.kind[near.party] * places + near.place)[:, None],
            need=np.ones((len(near.party), 1), np.int64),
            cap=counts.reshape(-1).astype(np.float64),
        ),
        seed=seed,
    )
    place = np.full(len(parties.kind), -1, np.int64)
    taken = relaxed.share > 1 - 1e-6
    place[near.party[taken]] = near.place[taken]
    return place
