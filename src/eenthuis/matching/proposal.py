"""From a problem to a proposal with its proof: exact when it is small, price and fix when it is large."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.certificate import Certificate, Stage, TightBound, Weights, certify
from eenthuis.matching.parties import Parties, gather_parties, rounding_of_groups
from eenthuis.matching.problem import Problem, faults
from eenthuis.terms.errors import LinkingError
from eenthuis.terms.linking import Goal

if TYPE_CHECKING:
    from eenthuis.matching.solver import Limits
    from eenthuis.matching.tight import HouseholdPrices

SMALL = 30_000
"""Up to so many allowed pairs the general solver takes the whole problem at once."""

SMALL_NODES = 20_000
"""Branching nodes the general solver may use on a small problem."""

WORTH_PROVING = 1_000
QUICK_CELLS = 2e7
"""Between so many allowed pairs and so many table cells a small problem gets prices per household too."""

EXACT_GAP = 8e-6
"""Share of the total score within which a small problem counts as solved."""


LEAST_SILENCE = 0.25
"""Seconds between two reports while prices are sought."""


class Counted(StrEnum):
    """What is counted first when as many as possible are to be housed: a stated choice."""

    PERSONS = "persons"
    HOUSEHOLDS = "households"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a solve is: the proven bound, the best proposal so far with its persons, and seconds since the start."""

    stage: str
    bound: float
    best: float
    seconds: float
    persons: int | None = None


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
    counted: Counted
    weights: Weights
    first_weight: float
    gap: float
    seed: int
    seconds: float | None
    threads: int
    on_progress: OnProgress | None
    started: float
    heard: list[float] = field(default_factory=list)
    """When progress was last told, in seconds since the start."""

    def left(self) -> float | None:
        """Seconds left, or None without a limit."""
        return None if self.seconds is None else self.seconds - (time.perf_counter() - self.started)

    def tell(self, stage: str, bound: float, best: float, persons: int | None = None) -> bool:
        """Report progress, with the persons linked where they are known; return whether to go on."""
        left = self.left()
        if left is not None and left <= 0:
            return False
        if self.on_progress is None:
            return True
        now = time.perf_counter() - self.started
        if stage == "prices" and self.heard and now < self.heard[-1] + LEAST_SILENCE:
            return True
        self.heard[:] = [now]
        return self.on_progress(Progress(stage, bound, best, now, persons)) is not False


@dataclass(frozen=True, slots=True)
class CountBound:
    """The most persons or households that can be linked, and the prices (M x K) that prove it."""

    bound: float
    price: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Found:
    """Place per party (N), the prices and the bound they prove, and what the exact solver claims beyond that."""

    place: NDArray[np.int64]
    price: NDArray[np.float64]
    bound: float
    solver_bound: float | None = None
    counted: CountBound | None = None
    household: HouseholdPrices | None = None


def solve(  # noqa: PLR0913 - every choice has a name and a default
    problem: Problem,
    *,
    goal: Goal = Goal.HOUSED_THEN_SCORE,
    gap: float = 1e-4,
    seed: int = 1,
    seconds: float | None = None,
    on_progress: OnProgress | None = None,
    counted: Counted = Counted.PERSONS,
    weights: Weights | None = None,
    threads: int = 2,
) -> Solution:
    """Propose a place for every household and prove how good the proposal is.

    Parameters
    ----------
    problem
        What is chosen from; refused when :func:`eenthuis.matching.problem.faults` finds any.
    goal
        ``HOUSED_THEN_SCORE`` links as many of what is ``counted`` as can be, then the highest score: each one linked
        weighs more than a change of score can, and the certificate states the bound of both stages.
    gap
        Stop when the proposal is proven to be within this share of the best.
    seconds
        Wall-clock limit; the best so far is kept.
    on_progress
        Called with the proven bound and the best so far; answering False stops, as an interrupt does.
    weights
        What a person and a household linked add to the score in any goal; nothing unless said.
    threads
        Workers; the answer does not depend on it.

    Raises
    ------
    LinkingError
        LNK-01 when the arrays do not fit each other or hold what they may not.
    """
    wrong = faults(problem)
    if wrong:
        raise LinkingError("LNK-01", "; ".join(wrong), remedy="Build the problem again from sound columns.")
    given = weights or Weights()
    full = weights_of_goal(problem, goal, given, counted=counted)
    orders = Orders(
        goal=goal,
        counted=counted,
        weights=full,
        first_weight=full.person - given.person + full.household - given.household,
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
    found = (
        _solve_small(problem, parties, orders)
        if is_small(parties)
        else _solve_large(problem, parties, orders)
    )
    lacking = rounding_of_groups(
        problem,
        parties,
        found.price,
        person_weight=orders.weights.person,
        household_weight=orders.weights.household,
    )
    found = replace(found, bound=found.bound + lacking)
    assignment = found.place[parties.of_household]
    stages = _stages(problem, parties, found, assignment, orders)
    certificate = certify(
        problem,
        assignment,
        goal=goal,
        weights=orders.weights,
        bound=found.bound,
        prices=found.price,
        stages=stages,
        solver_bound=found.solver_bound,
        tight=_tight_bound(parties, found.household),
        seconds=time.perf_counter() - orders.started,
        seed=seed,
    )
    return Solution(assignment, certificate)


def weights_of_goal(
    problem: Problem, goal: Goal, given: Weights, *, counted: Counted = Counted.PERSONS
) -> Weights:
    """Return ``given`` weights, with what makes each one linked worth more than any change of score can be."""
    if goal is Goal.SCORE or not problem.allowed.any():
        return given
    high = float(problem.score.max(where=problem.allowed, initial=0.0))
    low = float(problem.score.min(where=problem.allowed, initial=0.0))
    weight = float(np.ceil(4.0 * max(high - low, 1.0)))
    if counted is Counted.PERSONS:
        return Weights(person=given.person + weight, household=given.household)
    return Weights(person=given.person, household=given.household + weight)


def price_of_hindsight(parties: Parties, *, seed: int, threads: int) -> tuple[NDArray[np.float64], float]:
    """Return prices (M x K) and the bound they prove on what anyone could reach, without looking for a proposal."""
    if is_small(parties):
        from eenthuis.matching.small import proven_prices

        return proven_prices(parties, seed=seed, threads=threads)
    from eenthuis.matching.price_and_fix import proven_prices as proven_prices_large

    return proven_prices_large(parties, seed=seed, threads=threads)


def is_small(parties: Parties) -> bool:
    """Return whether the general solver takes the whole problem at once."""
    return int(parties.allowed.sum()) <= SMALL


def _solve_small(problem: Problem, parties: Parties, orders: Orders) -> Found:
    from eenthuis.matching.small import solve_whole
    from eenthuis.matching.solver import Limits

    def limits() -> Limits:
        return Limits(nodes=SMALL_NODES, seconds=orders.left(), relative_gap=min(orders.gap, EXACT_GAP))

    if orders.goal is not Goal.SCORE:
        return _house_small(parties, orders, limits)
    whole = solve_whole(parties, limits=limits(), seed=orders.seed, threads=orders.threads)
    persons = int(parties.demand[whole.place >= 0, 0].sum())
    objective = whole.objective(parties)

    def go_on(bound: float) -> bool:
        lower = min(whole.bound, bound)
        return lower > objective and orders.tell("exact", lower, objective, persons)

    household = _prove_small(problem, parties, whole.price, orders, go_on) if go_on(whole.bound) else None
    better = household is not None and household.bound < whole.bound
    return Found(
        whole.place, whole.price, whole.bound, whole.solver_bound, household=household if better else None
    )


def _prove_small(
    problem: Problem,
    parties: Parties,
    price: NDArray[np.float64],
    orders: Orders,
    go_on: Callable[[float], bool],
) -> HouseholdPrices | None:
    """Return prices per household where a few tenths of a second find them."""
    from eenthuis.matching.household_prices import table_cells
    from eenthuis.matching.tight import prove

    if int(parties.allowed.sum()) < WORTH_PROVING or table_cells(parties) > QUICK_CELLS:
        return None
    return prove(
        problem,
        parties,
        price,
        person_weight=orders.weights.person,
        household_weight=orders.weights.household,
        threads=orders.threads,
        go_on=go_on,
    )


def _house_small(parties: Parties, orders: Orders, limits: Callable[[], Limits]) -> Found:
    """Solve a small problem with housing first; the certificate's prices are those at the full weight."""
    from eenthuis.matching.housing_first import house_first
    from eenthuis.matching.small import Whole, proven_prices, solve_counted, solve_whole

    seed, threads = orders.seed, orders.threads
    unit = (parties.demand[:, 0] if orders.counted is Counted.PERSONS else parties.members).astype(np.float64)
    weight = orders.first_weight
    price, bound = proven_prices(parties, seed=seed, threads=threads)

    def go_on(whole: Whole) -> bool:
        persons = int(parties.demand[whole.place >= 0, 0].sum())
        return orders.tell("exact", bound, whole.objective(parties), persons)

    bare = replace(parties, bonus=parties.bonus - weight * unit)
    housed = house_first(bare, unit, weight, limits=limits, go_on=go_on, seed=seed, threads=threads)
    plain = parties.worth_only(unit)
    counted = solve_counted(plain, reached=housed.reached, limits=limits(), seed=seed, threads=threads)
    first = CountBound(counted.bound, counted.price)
    most = float(unit[counted.place >= 0].sum())
    if most <= housed.reached:
        return Found(housed.place, price, bound, housed.claimed, first)
    floored = solve_whole(parties, limits=limits(), seed=seed, threads=threads, floor=(unit, most))
    return Found(floored.place, floored.price, floored.bound, None, first)


def _solve_large(problem: Problem, parties: Parties, orders: Orders) -> Found:
    from eenthuis.matching.price_and_fix import price_and_fix
    from eenthuis.matching.tight import pays, solve_tight

    if pays(parties):
        tight = solve_tight(
            problem,
            parties,
            person_weight=orders.weights.person,
            household_weight=orders.weights.household,
            gap=orders.gap,
            seed=orders.seed,
            threads=orders.threads,
            tell=orders.tell,
        )
        return Found(tight.place, tight.price, tight.bound, household=tight.household)
    place, price, bound = price_and_fix(
        parties, gap=orders.gap, seed=orders.seed, threads=orders.threads, tell=orders.tell, left=orders.left
    )
    return Found(place, price, bound)


def _tight_bound(parties: Parties, found: HouseholdPrices | None) -> TightBound | None:
    from eenthuis.matching.tight import price_per_household

    return None if found is None else TightBound(found.bound, price_per_household(parties, found.price))


def _stages(
    problem: Problem, parties: Parties, found: Found, assignment: NDArray[np.int64], orders: Orders
) -> tuple[Stage, ...]:
    """State what each goal reached and the most that it can be."""
    if orders.goal is Goal.SCORE or not parties.bonus.any():
        return ()
    there = np.flatnonzero(assignment >= 0)
    persons, linked = int(problem.persons[there].sum()), len(there)
    score = float(problem.score[there, assignment[there]].astype(np.float64).sum())
    rest = found.bound - orders.weights.person * persons - orders.weights.household * linked
    first = found.counted or _most_counted(parties, orders.counted)
    reached = persons if orders.counted is Counted.PERSONS else linked
    return (
        Stage(orders.counted.value, float(reached), max(first.bound, float(reached)), first.price),
        Stage("score", score, rest),
    )


def _most_counted(parties: Parties, counted: Counted) -> CountBound:
    """Return the smaller of two simple proven bounds on what is counted, with the prices that prove it."""
    unit = parties.demand[:, 0] if counted is Counted.PERSONS else parties.members
    everybody = float(unit[parties.allowed.any(axis=1)].sum())
    price = np.zeros(parties.capacity.shape)
    if counted is Counted.PERSONS and parties.limited[:, 0].all():
        seats = float(parties.capacity[:, 0].sum())
        if seats < everybody:
            price[:, 0] = 1.0
            return CountBound(seats, price)
    return CountBound(everybody, price)
