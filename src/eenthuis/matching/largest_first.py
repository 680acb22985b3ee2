"""From prices to whole parties, the largest first: small ones fill the room that large ones leave.

Parties of one kind take the same of every cap. The largest kind is placed near the best places of its parties, with
as many at each place as its share there rounded, then the prices of what is left are found again for those that are
left, and so on. What one kind is rounded by, the next ones make up for, for many of them hesitate; the last kind is
placed as well as can be. So little is lost beside the prices.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.parties import Parties
from eenthuis.matching.prices import Listed, Passes, descend

MOST_KINDS = 64
SOFT = 0.0003
"""Temperature of the shares, in units of the spread of scores."""

LADDER = (0.005, 0.0015, 0.0005)
"""Temperatures of the prices of what is left, in the same units."""

STEPS, STEPS_MANY, MANY = 25, 8, 50_000
"""Steps per temperature, and where more parties than ``MANY`` are left."""

ENOUGH_PLACED = 0.005
"""Share of the parties that must have been placed before prices are found again."""

WINDOW = 50.0
ROUNDING = 1e-6


def can_place_by_kind(parties: Parties) -> bool:
    """Return whether kinds are few enough beside parties for counting them to help."""
    return len(parties.kinds) <= MOST_KINDS and len(parties.kind) >= 10 * len(parties.kinds)


def place_largest_first(
    parties: Parties,
    passes: Passes,
    listed: Listed,
    price: NDArray[np.float64],
    *,
    unit: float,
    go_on: Callable[[], bool] = lambda: True,
) -> NDArray[np.int64]:
    """Return a place per party (N, -1 = none) near the linear optimum at ``price`` (M x K).

    Without time for new prices (``go_on``) the last ones serve. ``unit`` is the spread of scores.
    """
    from eenthuis.matching.transport import transport

    places = len(parties.capacity)
    place = np.full(len(parties.kind), places, np.int64)
    free = parties.capacity.copy()
    regret, nowhere = np.full(listed.place.shape, np.inf), np.zeros(len(place))
    kinds = np.array(
        sorted(set(parties.kind.tolist()), key=lambda kind: tuple(-parties.kinds[kind])), np.int64
    )
    waiting = parties.order
    placed = 0
    for number, kind in enumerate(kinds):
        if placed > ENOUGH_PLACED * len(waiting):
            price = _prices_of_rest(parties, passes, listed, price, waiting, free, unit=unit, go_on=go_on)
            placed = 0
        members = np.flatnonzero(parties.kind == kind)
        at = np.maximum(listed.place[members], 0)
        worth = listed.value[members] - price[at] @ parties.kinds[kind].astype(np.float64)
        worth[listed.place[members] < 0] = -np.inf
        nowhere[members] = np.maximum(worth.max(axis=1), 0.0)
        regret[members] = nowhere[members, None] - worth
        need = parties.kinds[kind]
        fit = (
            np.min(free[:, need > 0] // need[need > 0], axis=1)
            if need.any()
            else np.full(places, len(members))
        )
        share = _shares(at, regret[members], nowhere[members], SOFT * unit, places)
        rest = parties.kinds[kinds[number + 1 :]]
        count = rounded_counts(share, np.minimum(_least(free, need, rest), fit), fit) if len(rest) else fit
        transport(members, count, listed.place, regret, nowhere, place)
        there = members[place[members] < places]
        np.subtract.at(free, place[there], parties.demand[there])
        waiting = waiting[parties.kind[waiting] != kind]
        placed += len(members)
    return np.where(place == places, -1, place)


def _prices_of_rest(
    parties: Parties,
    passes: Passes,
    listed: Listed,
    price: NDArray[np.float64],
    waiting: NDArray[np.int64],
    free: NDArray[np.int64],
    *,
    unit: float,
    go_on: Callable[[], bool],
) -> NDArray[np.float64]:
    """Return prices of what is ``free`` (M x K) for the parties ``waiting``, sorted by kind."""
    limited = parties.limited & (free < parties.demand[waiting].sum(axis=0))
    return descend(
        lambda at, heat: passes.smooth_listed(listed, at, heat, among=waiting),
        np.where(limited, free, 0).astype(np.float64),
        limited,
        np.where(limited, price, 0.0),
        tuple(unit * step for step in LADDER),
        STEPS_MANY if len(waiting) > MANY else STEPS,
        go_on=go_on,
    )


def _shares(
    at: NDArray[np.int32],
    regret: NDArray[np.float64],
    nowhere: NDArray[np.float64],
    temperature: float,
    places: int,
) -> NDArray[np.float64]:
    """Return how many go to each place (M) when parties choose softly among theirs (n x L)."""
    weight = np.exp(-np.minimum(regret / temperature, WINDOW))
    weight[~np.isfinite(regret)] = 0.0
    weight /= (weight.sum(axis=1) + np.exp(-np.minimum(nowhere / temperature, WINDOW)))[:, None]
    return np.asarray(np.bincount(at.reshape(-1), weight.reshape(-1), places), np.float64)


def _least(free: NDArray[np.int64], need: NDArray[np.int64], rest: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many of a kind must come to each place (M) for those of the ``rest`` (T x K) to fill the first use.

    A use that each of the rest takes lets in only so much of the first: at most ``ratio`` for every unit. Where more
    is free than that, parties that take more for their unit must come.
    """
    least = np.zeros(len(free), np.int64)
    for use in range(1, free.shape[1]):
        if (rest[:, use] > 0).all():
            ratio = float((rest[:, 0] / rest[:, use]).max())
            more = float(need[0]) - ratio * float(need[use])
            if more > 0:
                lacking = (free[:, 0] - ratio * np.minimum(free[:, use], free[:, 0])) / more
                least = np.maximum(least, np.ceil(lacking - ROUNDING).astype(np.int64))
    return least


def rounded_counts(
    share: NDArray[np.float64], least: NDArray[np.int64], most: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Round ``share`` (M) to whole numbers from ``least`` to ``most`` whose sum is that of the shares, if it can be."""
    count = np.clip(np.floor(share + ROUNDING).astype(np.int64), least, most)
    missing = round(float(share.sum())) - int(count.sum())
    while missing:
        toward = 1 if missing > 0 else -1
        gain = np.where((count < most) if toward > 0 else (count > least), toward * (share - count), -np.inf)
        order = np.argsort(-gain, kind="stable")[: abs(missing)]
        order = order[np.isfinite(gain[order])]
        if not order.size:
            break
        count[order] += toward
        missing -= toward * len(order)
    return count
