"""From a problem to a proposal with its proof: exact when it is small, price and fix when it is large."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.certificate import Certificate, Stage, Weights, certify, count_checks
from eenthuis.matching.parties import Parties, gather_parties
from eenthuis.matching.problem import Problem
from eenthuis.terms.linking import Goal

SMALL = 30_000
"""Up to so many allowed pairs the general solver takes the whole problem at once."""

SMALL_NODES = 20_000
"""Branching nodes the general solver may use on a small problem."""


class Counted(StrEnum):
    """What is counted first when as many as possible are to be housed: a stated choice."""

    PERSONS = "persons"
    HOUSEHOLDS = "households"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a solve is: the proven bound, the best proposal so far, and seconds since the start."""

    stage: str
    bound: float
    best: float
    seconds: float


OnProgress = Callable[[Progress], bool | None]
"""Called now and then; answering False stops the solve with the best so far."""


@dataclass(frozen=True, slots=True)
class Solution:
    """Place of each household (H int64, -1 = none) with the certificate."""

    assignment: NDArray[np.int64]
    certificate: Certificate


@dataclass(frozen=True, slots=True)
class Orders:
    """What a solve is asked to do; ``seconds`` None means: until the gap, or the work set out, is done.

    Only a limit on ``seconds`` can make two runs differ; without it a seed gives the same answer on any number of
    ``threads``.
    """

    goal: Goal
    weights: Weights
    gap: float
    seed: int
    seconds: float | None
    threads: int
    on_progress: OnProgress | None
    started: float

    def left(self) -> float | None:
        """Seconds left, or None without a limit."""
        return None if self.seconds is None else self.seconds - (time.perf_counter() - self.started)

    def tell(self, stage: str, bound: float, best: float) -> bool:
        """Report progress; return whether to go on."""
        left = self.left()
        if left is not None and left <= 0:
            return False
        if self.on_progress is None:
            return True
        told = Progress(stage, bound, best, time.perf_counter() - self.started)
        return self.on_progress(told) is not False


@dataclass(frozen=True, slots=True)
class Found:
    """Place per party (N), the prices and the bound they prove, and what the exact solver claims beyond that."""

    place: NDArray[np.int64]
    price: NDArray[np.float64]
    bound: float
    solver_bound: float | None = None
    stages: tuple[Stage, ...] = ()


def solve(
    problem: Problem,
    *,
    goal: Goal = Goal.HOUSED_THEN_SCORE,
    gap: float = 1e-4,
    seed: int = 1,
    seconds: float | None = None,
    on_progress: OnProgress | None = None,
    counted: Counted = Counted.PERSONS,
    threads: int = 2,
) -> Solution:
    """Propose a place for every household and prove how good the proposal is.

    Parameters
    ----------
    problem
        Valid arrays (see :func:`eenthuis.matching.problem.faults`).
    goal
        ``HOUSED_THEN_SCORE`` links as many of what is ``counted`` as can be, then the highest score: each one linked
        weighs more than a change of score can, and the certificate states the bound of both stages.
    gap
        Stop when the proposal is proven to be within this share of the best.
    seconds
        Wall-clock limit; the best so far is kept.
    on_progress
        Called with the proven bound and the best so far; answering False stops, as an interrupt does.
    threads
        Workers; the answer does not depend on it.
    """
    orders = Orders(
        goal=goal,
        weights=_weights(problem, goal, counted),
        gap=gap,
        seed=seed,
        seconds=seconds,
        threads=threads,
        on_progress=on_progress,
        started=time.perf_counter(),
    )
    parties = gather_parties(
        problem, person_weight=orders.weights.person, household_weight=orders.weights.household
    )
    found = _solve_small(parties, orders) if _is_small(parties) else _solve_large(parties, orders)
    assignment = found.place[parties.of_household]
    stages = found.stages or _stages(problem, parties, found, orders)
    certificate = certify(
        problem,
        assignment,
        goal=goal,
        weights=orders.weights,
        bound=found.bound,
        prices=found.price,
        stages=stages,
        solver_bound=found.solver_bound,
        seconds=time.perf_counter() - orders.started,
        seed=seed,
    )
    return Solution(assignment, certificate)


def _weights(problem: Problem, goal: Goal, counted: Counted) -> Weights:
    if goal is Goal.SCORE or not problem.allowed.any():
        return Weights()
    high = float(problem.score.max(where=problem.allowed, initial=0.0))
    low = float(problem.score.min(where=problem.allowed, initial=0.0))
    weight = float(np.ceil(4.0 * max(high - low, 1.0)))
    return Weights(person=weight) if counted is Counted.PERSONS else Weights(household=weight)


def _is_small(parties: Parties) -> bool:
    return int(parties.allowed.sum()) <= SMALL


def _solve_small(parties: Parties, orders: Orders) -> Found:
    from eenthuis.matching.exact import most_counted, solve_exact
    from eenthuis.matching.prices import Passes
    from eenthuis.matching.solver import Limits

    limits = Limits(nodes=SMALL_NODES, seconds=orders.left(), relative_gap=min(orders.gap, 1e-9))
    least: float | None = None
    stages: tuple[Stage, ...] = ()
    passes = Passes(parties, threads=orders.threads)
    try:
        if orders.goal is Goal.HOUSED_THEN_SCORE and parties.bonus.any():
            counted = most_counted(parties, limits=limits, seed=orders.seed)
            least = float(parties.bonus[counted.place >= 0].sum())
        exact = solve_exact(parties, least_count=least, limits=limits, seed=orders.seed)
        bound = passes.bound(exact.price)
    finally:
        passes.close()
    there = np.flatnonzero(exact.place >= 0)
    orders.tell("exact", bound, float(parties.value(there, exact.place[there]).sum()))
    claimed = exact.solver_bound if exact.solver_bound < bound else None
    return Found(exact.place, exact.price, bound, claimed, stages)


def _solve_large(parties: Parties, orders: Orders) -> Found:
    from eenthuis.matching.price_and_fix import price_and_fix

    place, price, bound = price_and_fix(
        parties, gap=orders.gap, seed=orders.seed, threads=orders.threads, tell=orders.tell, left=orders.left
    )
    return Found(place, price, bound)


def _stages(problem: Problem, parties: Parties, found: Found, orders: Orders) -> tuple[Stage, ...]:
    """State what each goal reached and the most that it can be."""
    if orders.goal is Goal.SCORE or not parties.bonus.any():
        return ()
    weight = orders.weights.person or orders.weights.household
    unit = parties.bonus / weight
    there = np.flatnonzero(found.place >= 0)
    reached = float(unit[there].sum())
    most, prices = _most_counted(parties, unit, orders.weights)
    score = float(problem.score.dtype.type(0)) + float(
        parties.score[there, found.place[there]].astype(np.float64).sum()
    )
    return (
        Stage(Counted.PERSONS.value if orders.weights.person else Counted.HOUSEHOLDS.value, reached, most, prices),
        Stage("score", score, found.bound - weight * reached),
    )


def _most_counted(
    parties: Parties, unit: NDArray[np.float64], weights: Weights
) -> tuple[float, NDArray[np.float64]]:
    """Return the smallest of two simple proven bounds on what is counted, with the prices that prove it."""
    none = np.zeros(parties.capacity.shape)
    possible = (parties.demand[:, None, :] <= parties.capacity[None, :, :]).all(axis=2) & parties.allowed
    everybody = float(unit[possible.any(axis=1)].sum())
    seats = none.copy()
    if weights.person and parties.limited[:, 0].all():
        seats[:, 0] = 1.0
        if float(parties.capacity[:, 0].sum()) < everybody:
            return float(parties.capacity[:, 0].sum()), seats
    return float(unit[parties.allowed.any(axis=1)].sum()), none


__all__ = ["Counted", "Progress", "Solution", "count_checks", "solve"]
