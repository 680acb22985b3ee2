"""Prices per household: a bound tighter than that of prices per cap where places hold few households.

For any price u >= 0 per party, no proposal is worth more than the sum of u plus, for every place, the most that a
set of parties which fits there together brings in value less prices. The sets are whole, so what a linear relaxation
gains by cutting households into parts is not in it. The prices are found by steps along what is chosen too often or
not at all, ever shorter.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.parties import Parties
from eenthuis.matching.problem import Problem

RUNS = 8
"""Runs of places that threads share; fixed, so that the answer does not depend on the number of threads."""

MOMENTUM = 0.8
COARSE = (0.2, 0.02)
FINE = (0.02, 4e-4)
"""Length of the first and the last step, in units of the spread of scores: good enough to dive from, and the rest."""

PATIENCE = 8
SHORTER = 0.5
"""After so many steps without a lower bound, steps become so much shorter."""

MOST_STEPS = 600


@dataclass(frozen=True, slots=True)
class Field:
    """Parties (N) and places (M) as the choice of sets needs them; parties stand in the order of their kinds.

    Attributes
    ----------
    party
        N int64: the party of each row, by kind.
    worth
        M x N float64: value of each pair, -inf where it is not allowed.
    kind, need
        N int64 and T x K int64: what parties take of the uses that are scarce anywhere.
    room
        M x K int64: what every place holds of them.
    """

    party: NDArray[np.int64]
    worth: NDArray[np.float64]
    kind: NDArray[np.int64]
    need: NDArray[np.int64]
    room: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sets:
    """The best sets at some prices: value per place (M) and how many places chose each party (N)."""

    value: NDArray[np.float64]
    chosen: NDArray[np.int64]


def lay_out(problem: Problem, parties: Parties, *, person_weight: float, household_weight: float) -> Field:
    """Lay ``parties`` out by kind, with the scores of groups added in double precision."""
    scarce = np.flatnonzero(parties.limited.any(axis=0))
    widest = scarce[np.argsort(-parties.demand.sum(axis=0)[scarce], kind="stable")]
    order = parties.order
    worth = np.zeros((len(parties.capacity), len(order)))
    value = np.where(problem.allowed, problem.score.astype(np.float64), -np.inf)
    value += person_weight * problem.demand[:, :1] + household_weight
    if len(order) == len(value):
        worth[:] = value[order].T
    else:
        whole = np.zeros((len(order), len(parties.capacity)))
        np.add.at(whole, parties.of_household, value)
        worth[:] = whole[order].T
    demand = parties.demand[order][:, widest]
    need, kind = np.unique(demand, axis=0, return_inverse=True)
    again = np.argsort(kind, kind="stable")
    room = np.minimum(parties.capacity[:, widest], demand.sum(axis=0))
    return Field(
        party=order[again].astype(np.int64),
        worth=np.ascontiguousarray(worth[:, again]),
        kind=kind.reshape(-1)[again].astype(np.int64),
        need=np.ascontiguousarray(need.astype(np.int64)),
        room=np.ascontiguousarray(room),
    )


def table_cells(parties: Parties) -> float:
    """Return about how many table cells one choice of sets fills, over all places; infinite where nothing is scarce."""
    scarce = np.flatnonzero(parties.limited.any(axis=0))
    if not scarce.size:
        return float("inf")
    need = np.unique(parties.demand[:, scarce], axis=0)
    there = np.array([(parties.demand[:, scarce] == row).all(axis=1).sum() for row in need])
    room = np.minimum(parties.capacity[:, scarce], parties.demand[:, scarce].sum(axis=0))
    most = np.broadcast_to(there, (len(room), len(need))).copy()
    for use in range(len(scarce)):
        taking = need[:, use] > 0
        most[:, taking] = np.minimum(most[:, taking], room[:, use, None] // need[taking, use])
    used = np.minimum(room, most @ need)
    return float((most.sum(axis=1) * np.prod(used.astype(np.float64) + 1.0, axis=1)).sum())


class Market:
    """Chooses the best sets of places at given prices, with ``threads``."""

    def __init__(self, field: Field, *, threads: int) -> None:
        """Open the threads."""
        self.field = field
        self.pool = ThreadPoolExecutor(max_workers=threads)

    def close(self) -> None:
        """Let the threads go."""
        self.pool.shutdown(wait=True)

    def choose(
        self,
        price: NDArray[np.float64],
        *,
        who: NDArray[np.int64] | None = None,
        room: NDArray[np.int64] | None = None,
        places: NDArray[np.int64] | None = None,
        often: NDArray[np.float64] | None = None,
        weight: float = 0.0,
    ) -> Sets:
        """Return the best set of each of ``places`` from the parties ``who`` (rows, increasing) within ``room``.

        ``weight`` is added to ``often`` (M x N) for every pair chosen.
        """
        from eenthuis.matching.place_kernels import best_sets

        field = self.field
        count, kinds = len(field.kind), len(field.need)
        who = np.arange(count, dtype=np.int64) if who is None else who
        room = field.room if room is None else room
        places = np.arange(len(room), dtype=np.int64) if places is None else places
        counted = np.zeros((len(room), count)) if often is None else often
        edge = np.searchsorted(field.kind[who], np.arange(kinds + 1)).astype(np.int64)
        value = np.zeros(len(room))
        largest = places[np.argsort(-room[places].prod(axis=1), kind="stable")]

        def run(first: int) -> NDArray[np.int64]:
            chosen = np.zeros(count, np.int64)
            best_sets(
                field.worth,
                price,
                who,
                edge,
                field.need,
                room,
                largest[first::RUNS],
                weight,
                value,
                chosen,
                counted,
            )
            return chosen

        return Sets(value, np.sum(list(self.pool.map(run, range(RUNS))), axis=0))


def lower(
    market: Market,
    price: NDArray[np.float64],
    *,
    step: float,
    last_step: float,
    go_on: Callable[[float], bool],
) -> tuple[NDArray[np.float64], float]:
    """Lower the bound from ``price`` (N, at least 0); return the best prices and the bound they prove.

    A party chosen once too often pays ``step`` more at first, ``last_step`` in the end; ``go_on`` hears the bound now
    and then and may stop the search.
    """
    best, bound = price, np.inf
    since = 0
    pull = np.zeros(len(price))
    often = np.zeros(market.field.worth.shape)
    for count in range(MOST_STEPS):
        sets = market.choose(price, often=often)
        now = float(price.sum() + sets.value.sum())
        since = 0 if now < bound - 1e-7 * abs(bound) else since + 1
        if now < bound:
            best, bound = price, now
        if count % 16 == 0 and not go_on(bound):
            break
        if since > PATIENCE:
            step, since, price = step * SHORTER, 0, best
            pull = np.zeros(len(price))
            if step < last_step:
                break
            continue
        wanted = 1.0 - sets.chosen
        pull = MOMENTUM * pull + (1 - MOMENTUM if count else 1.0) * wanted
        price = np.maximum(price - step * pull, 0.0)
    return best, bound
