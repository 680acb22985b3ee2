"""What simpler ways of linking reach on the same households and places: never used to decide, always shown beside.

Each takes the parties (households, or groups that stay together) in order of arrival and links whoever fits somewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numba import njit
from numpy.typing import NDArray

from eenthuis.matching.parties import Parties, gather_parties
from eenthuis.matching.problem import UNLIMITED, Problem

RANDOM_DRAWS = 20
"""Random feasible proposals over which a random gain is the mean."""

FLOW_PLACES = 60
"""Best allowed places per household that the flow of persons may use."""

COST_STEPS = 100_000
"""Whole-number steps into which the range of scores per person is cut for the flow."""


class Baseline(StrEnum):
    """A simple way of linking.

    ``FIRST_COME``: in order of arrival, the first allowed place of the list with room. ``GREEDY``: in that order, the
    best-scoring one. ``MOST_ROOM``: in that order, the one with most room for persons left. ``RANDOM``: in random
    order a random one, as a mean over many draws. ``PERSONS_FLOW``: the best assignment of persons by min-cost flow,
    which may split a household; one that was split is then kept whole where most of it went, if it fits.
    """

    FIRST_COME = "first-come"
    GREEDY = "greedy"
    MOST_ROOM = "most-room"
    RANDOM = "random"
    PERSONS_FLOW = "persons-flow"


_RULES = {Baseline.FIRST_COME: 0, Baseline.GREEDY: 1, Baseline.MOST_ROOM: 2, Baseline.RANDOM: 3}


@dataclass(frozen=True, slots=True)
class Reached:
    """What a way of linking reaches; ``split`` is the number of households that a flow of persons would split."""

    name: str
    households_linked: float
    persons_linked: float
    score: float
    split: int | None = None


def reached_by_baselines(problem: Problem, *, seed: int = 1) -> tuple[Reached, ...]:
    """Return what every baseline reaches on ``problem``."""
    parties = gather_parties(problem, person_weight=0.0)
    out = [
        reached(problem, simple_proposal(problem, parties, baseline), name=baseline.value)
        for baseline in (Baseline.FIRST_COME, Baseline.GREEDY, Baseline.MOST_ROOM)
    ]
    draws = [
        reached(problem, draw, name="") for draw in random_proposals(problem, seed=seed, parties=parties)
    ]
    out.append(
        Reached(
            Baseline.RANDOM.value,
            float(np.mean([draw.households_linked for draw in draws])),
            float(np.mean([draw.persons_linked for draw in draws])),
            float(np.mean([draw.score for draw in draws])),
        )
    )
    place, split = persons_flow(parties)
    flowed = reached(problem, place[parties.of_household], name=Baseline.PERSONS_FLOW.value)
    out.append(Reached(flowed.name, flowed.households_linked, flowed.persons_linked, flowed.score, split))
    return tuple(out)


def reached(problem: Problem, assignment: NDArray[np.int64], *, name: str) -> Reached:
    """Count what ``assignment`` (H, -1 = none) reaches."""
    there = np.flatnonzero(assignment >= 0)
    score = problem.score[there, assignment[there]].astype(np.float64).sum()
    return Reached(name, float(len(there)), float(problem.persons[there].sum()), float(score))


def simple_proposal(problem: Problem, parties: Parties, baseline: Baseline) -> NDArray[np.int64]:
    """Return the place per household (H, -1 = none) by a rule that looks at nobody else."""
    queue = _by_arrival(problem, parties)
    coin = np.zeros(1)
    place = _queue(
        queue, parties.score, parties.allowed, parties.demand, parties.capacity, coin, _RULES[baseline]
    )
    return np.asarray(place[parties.of_household])


def random_proposals(
    problem: Problem, *, seed: int, parties: Parties | None = None
) -> Iterator[NDArray[np.int64]]:
    """Yield :data:`RANDOM_DRAWS` random feasible proposals (H, -1 = none)."""
    taken = parties or gather_parties(problem, person_weight=0.0)
    rng = np.random.default_rng(seed)
    for _ in range(RANDOM_DRAWS):
        queue = rng.permutation(len(taken.kind)).astype(np.int64)
        coin = rng.random(len(queue))
        place = _queue(queue, taken.score, taken.allowed, taken.demand, taken.capacity, coin, 3)
        yield place[taken.of_household]


def _by_arrival(problem: Problem, parties: Parties) -> NDArray[np.int64]:
    arrival = np.full(len(parties.kind), np.iinfo(np.int64).max)
    np.minimum.at(arrival, parties.of_household, problem.arrival)
    return np.argsort(arrival, kind="stable").astype(np.int64)


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _fits(need: NDArray[np.int64], left: NDArray[np.int64]) -> bool:
    for use in range(need.shape[0]):  # noqa: SIM110 - numba compiles no generators
        if need[use] > left[use]:
            return False
    return True


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _chosen(
    score: NDArray[np.float32],
    allowed: NDArray[np.bool_],
    need: NDArray[np.int64],
    left: NDArray[np.int64],
    coin: float,
    rule: int,
) -> int:
    """Return the place of one party: rules as in :class:`Baseline`, in order."""
    open_to = 0
    best = -1
    for place in range(left.shape[0]):
        if not allowed[place] or not _fits(need, left[place]):
            continue
        open_to += 1
        better = (
            best < 0
            or (rule == 1 and score[place] > score[best])
            or (rule == 2 and left[place, 0] > left[best, 0])  # noqa: PLR2004 - numba knows no enumerations
        )
        if better:
            best = place
    if rule != 3 or best < 0:  # noqa: PLR2004
        return best
    skip = min(int(coin * open_to), open_to - 1)
    for place in range(best, left.shape[0]):
        if allowed[place] and _fits(need, left[place]):
            if skip == 0:
                return place
            skip -= 1
    return best


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator, unused-ignore]
def _queue(
    queue: NDArray[np.int64],
    score: NDArray[np.float32],
    allowed: NDArray[np.bool_],
    demand: NDArray[np.int64],
    capacity: NDArray[np.int64],
    coin: NDArray[np.float64],
    rule: int,
) -> NDArray[np.int64]:
    left = capacity.copy()
    place = np.full(demand.shape[0], -1, np.int64)
    for at in range(queue.shape[0]):
        party = queue[at]
        here = _chosen(score[party], allowed[party], demand[party], left, coin[at % coin.shape[0]], rule)
        if here >= 0:
            place[party] = here
            for use in range(demand.shape[1]):
                left[here, use] -= demand[party, use]
    return place


def persons_flow(parties: Parties) -> tuple[NDArray[np.int64], int]:
    """Return the place per party after a min-cost flow of persons, and how many parties the flow splits.

    The flow knows persons only. Parties it leaves whole go first, then the split ones, the largest first, each to the
    place where most of it went and it fits in every use; who fits nowhere stays without.
    """
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # heavy, and only this needs it

    place = np.full(len(parties.kind), -1, np.int64)
    party, to, unit = _arcs(parties)
    if not party.size:
        return place, 0
    count, places = len(parties.kind), len(parties.capacity)
    persons = parties.demand[:, 0]
    room = np.minimum(parties.capacity[:, 0], int(persons.sum()))
    flow = SimpleMinCostFlow()
    nowhere = count + places
    arcs = flow.add_arcs_with_capacity_and_unit_cost(party, count + to, persons[party], unit)
    everyone, each = np.arange(count), np.arange(places)
    dear = np.full(count, 4 * COST_STEPS)
    flow.add_arcs_with_capacity_and_unit_cost(everyone, np.full(count, nowhere), persons, dear)
    flow.add_arcs_with_capacity_and_unit_cost(
        count + each, np.full(places, nowhere), room, np.zeros(places, np.int64)
    )
    flow.set_nodes_supplies(everyone, persons)
    flow.set_node_supply(nowhere, -int(persons.sum()))
    if flow.solve() != flow.OPTIMAL:
        return place, 0
    return _kept_whole(parties, party, to, np.asarray(flow.flows(arcs)))


def _arcs(parties: Parties) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return party, place and cost per person of every arc: the best allowed places of each party with persons."""
    score = np.where(parties.allowed, parties.score, -np.inf)
    score[parties.demand[:, 0] == 0] = -np.inf
    kept = min(FLOW_PLACES, score.shape[1])
    best = np.sort(np.argpartition(-score, kept - 1, axis=1)[:, :kept], axis=1)
    row, column = np.nonzero(np.isfinite(np.take_along_axis(score, best, axis=1)))
    to = best[row, column].astype(np.int64)
    worth = parties.score[row, to].astype(np.float64) / np.maximum(parties.demand[row, 0], 1)
    spread = float(np.ptp(worth)) if worth.size else 0.0
    unit = np.round((worth.max(initial=0.0) - worth) / max(spread, 1e-12) * COST_STEPS).astype(np.int64)
    return row.astype(np.int64), to, unit


def _kept_whole(
    parties: Parties, party: NDArray[np.int64], to: NDArray[np.int64], flow: NDArray[np.int64]
) -> tuple[NDArray[np.int64], int]:
    place = np.full(len(parties.kind), -1, np.int64)
    left = parties.capacity.copy()
    pieces = np.bincount(party[flow > 0], minlength=len(place))
    used = np.flatnonzero(flow > 0)
    order = used[
        np.lexsort((-flow[used], party[used], -parties.demand[party[used], 0], pieces[party[used]] > 1))
    ]
    for arc in order:
        who, here = int(party[arc]), int(to[arc])
        if place[who] < 0 and (parties.demand[who] <= left[here]).all():
            place[who] = here
            left[here] -= np.where(parties.capacity[here] == UNLIMITED, 0, parties.demand[who])
    whole = np.bincount(party, weights=flow, minlength=len(place)) == parties.demand[:, 0]
    split = int(((pieces > 1) | ((pieces == 1) & ~whole)).sum())
    return place, split
