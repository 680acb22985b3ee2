"""Households that must go together taken as one party, so that the engine knows single movers only."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.problem import UNLIMITED, Problem


@dataclass(frozen=True, slots=True)
class Parties:
    """N parties that each go to one place or nowhere; a party is a household or a whole group.

    Attributes
    ----------
    of_household
        H int64: the party of each household.
    demand, score, allowed
        N x K int64, N x M float32 and bool: sums over the party; allowed where every household of it is.
    capacity
        M x K int64.
    members
        N int64: households in the party.
    bonus
        N float64: added to the score of every place (weight of persons or households linked).
    kind, kinds
        N int64 and T x K int64: what parties take, with repeated rows taken together.
    order
        N int64: parties sorted by kind.
    """

    of_household: NDArray[np.int64]
    demand: NDArray[np.int64]
    score: NDArray[np.float32]
    allowed: NDArray[np.bool_]
    capacity: NDArray[np.int64]
    members: NDArray[np.int64]
    bonus: NDArray[np.float64]
    kind: NDArray[np.int64]
    kinds: NDArray[np.int64]
    order: NDArray[np.int64]

    @property
    def limited(self) -> NDArray[np.bool_]:
        """M x K: the caps that could bind at all; the others need no price."""
        most = self.demand.sum(axis=0)
        return np.asarray((self.capacity != UNLIMITED) & (self.capacity < most[None, :]))

    def worth_only(self, bonus: NDArray[np.float64]) -> Parties:
        """Return the same parties with every score 0 and ``bonus`` (N) instead."""
        return replace(self, score=np.zeros_like(self.score), bonus=bonus)

    def value(self, party: NDArray[np.int64], place: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return score plus bonus of pairs, in float64."""
        return self.score[party, place].astype(np.float64) + self.bonus[party]


def gather_parties(problem: Problem, *, person_weight: float, household_weight: float = 0.0) -> Parties:
    """Take the households of each group together and count the weights into a bonus per party.

    Without groups the big matrices are those of ``problem`` themselves, not copies.
    """
    households = len(problem.households)
    grouped = problem.group >= 0
    of_household = np.arange(households, dtype=np.int64)
    score, allowed, demand = problem.score, problem.allowed, problem.demand
    members = np.ones(households, np.int64)
    if grouped.any():
        key = np.where(grouped, problem.group, problem.group.max() + 1 + of_household)
        _, first, of_household = np.unique(key, return_index=True, return_inverse=True)
        rank = np.argsort(np.argsort(first, kind="stable"), kind="stable")
        of_household = rank[of_household].astype(np.int64)
        starts = np.argsort(of_household, kind="stable")
        edges = np.searchsorted(of_household[starts], np.arange(len(first)))
        demand = np.add.reduceat(demand[starts], edges, axis=0)
        allowed = np.logical_and.reduceat(allowed[starts], edges, axis=0)
        score = np.add.reduceat(np.where(problem.allowed, score, 0)[starts], edges, axis=0).astype(np.float32)
        members = np.bincount(of_household, minlength=len(first)).astype(np.int64)
    bonus = person_weight * demand[:, 0].astype(np.float64) + household_weight * members.astype(np.float64)
    return _parties(of_household, demand, score, allowed, problem.capacity, members, bonus)


def single_parties(
    demand: NDArray[np.int64],
    score: NDArray[np.float32],
    allowed: NDArray[np.bool_],
    capacity: NDArray[np.int64],
) -> Parties:
    """Return parties of one household each, with no weights beside their scores."""
    count = len(demand)
    each = np.arange(count, dtype=np.int64)
    return _parties(each, demand, score, allowed, capacity, np.ones(count, np.int64), np.zeros(count))


def _parties(
    of_household: NDArray[np.int64],
    demand: NDArray[np.int64],
    score: NDArray[np.float32],
    allowed: NDArray[np.bool_],
    capacity: NDArray[np.int64],
    members: NDArray[np.int64],
    bonus: NDArray[np.float64],
) -> Parties:
    kinds, kind = np.unique(demand, axis=0, return_inverse=True)
    kind = kind.reshape(-1).astype(np.int64)
    return Parties(
        of_household=of_household,
        demand=np.ascontiguousarray(demand),
        score=np.ascontiguousarray(score),
        allowed=np.ascontiguousarray(allowed),
        capacity=np.ascontiguousarray(capacity),
        members=members,
        bonus=bonus,
        kind=kind,
        kinds=np.ascontiguousarray(kinds.astype(np.int64)),
        order=np.argsort(kind, kind="stable").astype(np.int64),
    )


def rounding_of_groups(
    problem: Problem,
    parties: Parties,
    price: NDArray[np.float64],
    *,
    person_weight: float,
    household_weight: float,
) -> float:
    """Return what a bound over ``parties`` lacks because the summed scores of groups are held in single precision."""
    together = np.flatnonzero(parties.members > 1)
    if not together.size:
        return 0.0
    slot = np.full(len(parties.kind), -1, np.int64)
    slot[together] = np.arange(len(together))
    rows = np.flatnonzero(slot[parties.of_household] >= 0)
    need = problem.demand[rows].astype(np.float64)
    worth = problem.score[rows] + person_weight * need[:, :1] + household_weight - need @ price.T
    exact = np.zeros((len(together), len(problem.places)))
    np.add.at(exact, slot[parties.of_household[rows]], np.where(problem.allowed[rows], worth, -np.inf))
    paid = parties.demand[together].astype(np.float64) @ price.T
    held = parties.score[together].astype(np.float64) + parties.bonus[together][:, None] - paid
    held = np.where(parties.allowed[together], held, -np.inf)
    return float(
        (
            np.maximum(exact.max(axis=1, initial=0.0), 0.0) - np.maximum(held.max(axis=1, initial=0.0), 0.0)
        ).sum()
    )
