"""From shares to whole parties: round how many of each kind go to each place, then place the parties of each kind.

Parties of one kind take the same of every cap, so once whole numbers per kind and place fit the caps, any placing
of the parties within them does too, and the best one is a transport problem whose linear relaxation is whole. One
more or less of a kind at a place costs little, for many parties hesitate; that is why the rounding loses little.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.parties import Parties
from eenthuis.matching.prices import Listed
from eenthuis.matching.settling import reduced_values
from eenthuis.matching.solver import Limits, Pairs, choose

MOST_KINDS = 64
MOST_HESITANT = 40_000
PAIRS_PER_PARTY = 1.6
LEAST_PAIRS = 15_000
LEVELS = 4
ROUNDING_GAP = 1e-4
SOFT = 100.0
"""Temperature of the shares, in units of the spread of scores divided by the number of parties."""

WINDOW = 40.0
COUNTING = 0.6
"""Share of the time left that counting may take."""
TRACE = 1e-3


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
    left: Callable[[], float | None] = lambda: None,
) -> NDArray[np.int64] | None:
    """Return a place per party (N, -1 = none) near the linear optimum, or None when the rounding finds none.

    A part of the seconds ``left`` goes to counting; None is no limit.
    """
    seconds = left()
    regret = best[:, None] - reduced_values(parties, listed, price)
    wanted = int(max(LEAST_PAIRS, PAIRS_PER_PARTY * len(best)))
    flat = regret[np.isfinite(regret)]
    near = (
        float(np.partition(flat, wanted)[wanted])
        if flat.size > wanted
        else float(flat.max(initial=0.0)) + unit
    )
    shares = _shares(parties, listed, regret, best, SOFT * unit / len(best))
    counts = _whole_counts(
        parties,
        shares,
        price,
        curve=near,
        unit=unit,
        seed=seed,
        seconds=None if seconds is None else COUNTING * seconds,
    )
    if counts is None:
        return None
    return _transport(parties, listed, regret, best, counts)


def _shares(
    parties: Parties,
    listed: Listed,
    regret: NDArray[np.float64],
    best: NDArray[np.float64],
    temperature: float,
) -> NDArray[np.float64]:
    """Return how many of each kind (T) go to each place (M) when parties choose softly at ``temperature``."""
    weight = np.exp(-np.minimum(regret, WINDOW * temperature) / temperature)
    weight[regret > WINDOW * temperature] = 0.0
    weight /= (weight.sum(axis=1) + np.exp(-best / temperature))[:, None]
    out = np.zeros((len(parties.kinds), len(parties.capacity)))
    kind = np.broadcast_to(parties.kind[:, None], weight.shape)
    np.add.at(out, (kind, np.maximum(listed.place, 0)), weight)
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
    chosen = _by_value(units) if choice is None else choice.chosen
    counts = low.astype(np.int64)
    np.add.at(counts, (kinds[chosen], places[chosen]), 1)
    used = np.einsum("tm,tk->mk", counts, parties.kinds)
    return counts if (used <= parties.capacity).all() else None


def _by_value(units: Pairs) -> NDArray[np.int64]:
    """Return units that fit together, taken in the order of their value: what there is when time ran out."""
    left = units.cap.copy()
    taken = []
    for unit in np.argsort(-units.value, kind="stable"):
        row, need = units.row[unit], units.need[unit]
        if (need <= left[row]).all():
            left[row] -= need
            taken.append(unit)
    return np.array(sorted(taken), np.int64)


def _transport(
    parties: Parties,
    listed: Listed,
    regret: NDArray[np.float64],
    best: NDArray[np.float64],
    counts: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Place the parties of each kind as well as possible within ``counts`` (T x M); kinds do not touch each other."""
    from eenthuis.matching.transport import transport

    place = np.full(len(parties.kind), -1, np.int64)
    for kind, count in enumerate(counts):
        members = np.flatnonzero(parties.kind == kind)
        transport(members, count, listed.place, regret, best, place)
    return np.where(place == counts.shape[1], -1, place)
