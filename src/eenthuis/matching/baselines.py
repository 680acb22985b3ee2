"""What simpler ways of linking reach on the same households and places: never used to decide, always shown beside.

Each takes the parties (households, or groups that stay together) in order of arrival and links whoever fits somewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numba import njit
from numpy.typing import NDArray

from eenthuis.matching.flow import best_flow
from eenthuis.matching.parties import Parties, gather_parties
from eenthuis.matching.problem import Problem

RANDOM_DRAWS = 20
"""Random feasible proposals over which a random gain is the mean."""

MOST_PAIRS = 2 * 10**8
"""Pairs that the random proposals may look at in all: the largest instances have fewer draws, of more households."""

FEWEST_DRAWS = 4


class Baseline(StrEnum):
    """A simple way of linking.

    ``FIRST_COME``: in order of arrival, the first allowed place of the list with room. ``GREEDY``: in that order, the
    best-scoring one. ``MOST_ROOM``: in that order, the one with most room for persons left. ``RANDOM``: in random
    order a random one, as a mean over draws. ``PERSONS_FLOW``: the best assignment of persons by min-cost flow,
    which may split a household; one that was split is then kept whole where most of it went, if it fits, and who has
    no place yet gets the best-scoring one with room.
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


@dataclass(frozen=True, slots=True)
class Drawn:
    """Random feasible proposals (D x H, -1 = none)."""

    assignments: NDArray[np.int64]


def reached_by_baselines(problem: Problem, *, drawn: Drawn) -> tuple[Reached, ...]:
    """Return what every baseline reaches on ``problem``."""
    parties = gather_parties(problem, person_weight=0.0)
    out = [
        reached(problem, simple_proposal(problem, parties, baseline), name=baseline.value)
        for baseline in (Baseline.FIRST_COME, Baseline.GREEDY, Baseline.MOST_ROOM)
    ]
    draws = [reached(problem, draw, name="") for draw in drawn.assignments]
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
    out.append(replace(flowed, split=split))
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


def draw_random(problem: Problem, *, seed: int, draws: int | None = None) -> Drawn:
    """Draw random feasible proposals: parties in random order, each to a random allowed place that has room.

    ``draws`` is :data:`RANDOM_DRAWS` unless said, and fewer where :data:`MOST_PAIRS` would be passed.
    """
    taken = gather_parties(problem, person_weight=0.0)
    rng = np.random.default_rng(seed)
    most = max(FEWEST_DRAWS, min(RANDOM_DRAWS, MOST_PAIRS // max(1, taken.allowed.size)))
    found = np.full((most if draws is None else draws, len(problem.households)), -1, np.int64)
    for row in found:
        queue = rng.permutation(len(taken.kind)).astype(np.int64)
        coin = rng.random(len(queue))
        place = _queue(
            queue,
            taken.score,
            taken.allowed,
            taken.demand,
            taken.capacity,
            coin,
            _RULES[Baseline.RANDOM],
        )
        row[:] = place[taken.of_household]
    return Drawn(found)


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
    place where most of it went and it fits in every use; the others to the best-scoring place that has room.
    """
    pieces = best_flow(parties)
    places, place = len(parties.capacity), np.full(len(parties.kind), -1, np.int64)
    number = np.bincount(pieces[:, 0], minlength=len(place))
    real = pieces[pieces[:, 1] < places]
    size = parties.demand[real[:, 0], 0]
    order = np.lexsort((-real[:, 2], real[:, 0], -size, number[real[:, 0]] > 1))
    left = parties.capacity.copy()
    for who, here in real[order, :2].tolist():
        if place[who] < 0 and (parties.demand[who] <= left[here]).all():
            place[who] = here
            left[here] -= parties.demand[who]
    rest = np.flatnonzero(place < 0)
    found = _queue(
        rest, parties.score, parties.allowed, parties.demand, left, np.zeros(1), _RULES[Baseline.GREEDY]
    )
    return np.where(place < 0, found, place), int((number > 1).sum())
