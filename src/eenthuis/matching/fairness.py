"""A least gain for every group, as an option of a proposal, with its price in score.

The gain of a group is its total score as a multiple of what it would have in the mean over random feasible proposals.
A floor on each group's total enters the exact model as a row. At national size each floor has a multiplier that makes
the scores of its group count for more; the multipliers come from the relaxation of a sample and grow until floors hold.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.baselines import draw_random
from eenthuis.matching.certificate import Certificate, FloorStated, Weights, certify, fair_bound
from eenthuis.matching.fair_small import TINY, Asked, choose_small, choose_tiny
from eenthuis.matching.groups import Grouping, Luck, random_luck
from eenthuis.matching.parties import Parties, gather_parties
from eenthuis.matching.prices import spread
from eenthuis.matching.problem import UNLIMITED, Problem
from eenthuis.matching.proposal import Counted, OnProgress, Solution, is_small, solve
from eenthuis.matching.small import all_pairs
from eenthuis.matching.solver import Floor, Limits, Pairs, Relaxation, relax
from eenthuis.terms.linking import Goal

SHORT_COST = 25.0
"""Score given up at most for one unit of a group's floor; a floor that costs more is out of reach and said to be."""

SAMPLE = 600
"""Households of the sample from which multipliers at national size are learned."""

ROUNDS = 3
"""Times multipliers are raised at national size while a floor is missed."""

SAMPLE_PLACES = 40
"""Places per household of the sample: those with the best score less price."""

REACHABLE, REACHABLE_EXACTLY = 0.99, 0.998
"""Share of what a sample, or the relaxation of the whole, reaches that is taken as within reach."""

SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Fair:
    """A proposal with floors, its certificate (whose bound is that with the floors), and their price.

    ``price`` is the share of the score given up against the proposal without floors.
    """

    solution: Solution
    without: Solution
    price: float


@dataclass(frozen=True, slots=True)
class _Floors:
    """``member`` is G x H bool, ``asked`` and ``least`` G; ``names`` says characteristic and label of each."""

    names: tuple[tuple[str, str], ...]
    member: NDArray[np.bool_]
    asked: NDArray[np.float64]
    least: NDArray[np.float64]

    def reached(self, problem: Problem, assignment: NDArray[np.int64]) -> NDArray[np.float64]:
        own = np.zeros(len(assignment))
        there = np.flatnonzero(assignment >= 0)
        own[there] = problem.score[there, assignment[there]]
        return np.asarray(self.member @ own)


def solve_fair(  # noqa: PLR0913 - every choice has a name and a default
    problem: Problem,
    *,
    least_gain: float,
    groupings: Sequence[Grouping],
    goal: Goal = Goal.SCORE,
    counted: Counted = Counted.PERSONS,
    weights: Weights | None = None,
    gap: float = 1e-4,
    seed: int = 1,
    seconds: float | None = None,
    threads: int = 2,
    on_progress: OnProgress | None = None,
    luck: Luck | None = None,
) -> Fair:
    """Propose as :func:`eenthuis.matching.solve`, with at least ``least_gain`` times the random gain for every group.

    A floor beyond reach is met as far as it can be, and the certificate counts it as violated.

    Raises
    ------
    LinkingError
        LNK-01 when the arrays do not fit each other.
    """
    started = time.perf_counter()

    def plain(asked: Problem, own: Weights | None = None) -> Solution:
        return solve(
            asked,
            goal=goal if own is None else Goal.SCORE,
            counted=counted,
            weights=own or weights,
            gap=gap,
            seed=seed,
            seconds=seconds,
            threads=threads,
            on_progress=on_progress,
        )

    without = plain(problem)
    chance = luck or random_luck(problem, draw_random(problem, seed=seed))
    floors = _floors(problem, groupings, least_gain, chance)
    if (floors.reached(problem, without.assignment) >= floors.least * (1 - SLACK)).all():
        stated = _stated(problem, floors, without.assignment, np.zeros(len(floors.least)))
        kept = Solution(without.assignment, replace(without.certificate, floors=stated))
        return Fair(kept, without, 0.0)
    asked = without.certificate.weights
    parties = gather_parties(problem, person_weight=asked.person, household_weight=asked.household)
    if is_small(parties):
        assignment, price, multiplier, floors = _small(
            problem, parties, floors, Limits(seconds=seconds, relative_gap=min(gap, 1e-5)), seed
        )
    else:
        assignment, price, multiplier, floors = _large(problem, floors, plain, without.certificate, seed)
    stated = _stated(problem, floors, assignment, multiplier)
    certificate = certify(
        problem,
        assignment,
        goal=goal,
        weights=asked,
        bound=fair_bound(problem, price, stated, weights=asked),
        prices=price,
        seconds=time.perf_counter() - started,
        seed=seed,
    )
    certificate = replace(certificate, floors=stated)
    return Fair(Solution(assignment, certificate), without, given_up(without.certificate, certificate))


def floors_reached(
    problem: Problem,
    assignment: NDArray[np.int64],
    groupings: Sequence[Grouping],
    least_gain: float,
    *,
    seed: int,
) -> tuple[FloorStated, ...]:
    """Return per group what a least gain asks, and what an assignment (H, -1 = none) that heeded it reaches.

    Where that is less, the floor that is stated is what was reached.
    """
    luck = random_luck(problem, draw_random(problem, seed=seed))
    floors = _lowered(problem, _floors(problem, groupings, least_gain, luck), assignment)
    return _stated(problem, floors, assignment, np.zeros(len(floors.least)))


def given_up(without: Certificate, fair: Certificate) -> float:
    """Return the share of the score given up (weights of persons and households linked apart)."""

    def score(of: Certificate) -> float:
        return of.objective - of.weights.person * of.persons_linked - of.weights.household * of.linked

    return (score(without) - score(fair)) / max(abs(score(without)), 1e-9)


def _floors(problem: Problem, groupings: Sequence[Grouping], least_gain: float, luck: Luck) -> _Floors:
    names, members = [], []
    for grouping in groupings:
        for label, member in grouping.members().items():
            names.append((grouping.characteristic, label))
            members.append(member)
    member = np.array(members, bool).reshape(len(names), len(problem.households))
    asked = least_gain * (member @ luck.score)
    return _Floors(tuple(names), member, asked, asked)


def _stated(
    problem: Problem, floors: _Floors, assignment: NDArray[np.int64], multiplier: NDArray[np.float64]
) -> tuple[FloorStated, ...]:
    reached = floors.reached(problem, assignment)
    return tuple(
        FloorStated(
            characteristic,
            label,
            tuple(np.flatnonzero(floors.member[row]).tolist()),
            float(floors.asked[row]),
            float(floors.least[row]),
            float(reached[row]),
            float(multiplier[row]),
        )
        for row, (characteristic, label) in enumerate(floors.names)
    )


def _counting(problem: Problem, member: NDArray[np.bool_], parties: Parties) -> NDArray[np.float32]:
    """Return the score (N x M) that the households of ``member`` (H) bring to their party."""
    if len(parties.kind) == len(problem.households):
        return np.where(member[:, None], problem.score, np.float32(0))
    own = replace(problem, score=np.where(member[:, None], problem.score, np.float32(0)))
    return gather_parties(own, person_weight=0.0).score


def _lowered(problem: Problem, floors: _Floors, assignment: NDArray[np.int64]) -> _Floors:
    """Return floors no higher than what was reached, where what was asked is out of reach."""
    reached = floors.reached(problem, assignment)
    return replace(floors, least=np.where(reached < floors.least * (1 - SLACK), reached, floors.least))


def _small(
    problem: Problem, parties: Parties, floors: _Floors, limits: Limits, seed: int
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64], _Floors]:
    """Search with the general solver; where a floor is out of reach, prove the bound with the one that is reached."""
    party, place, pairs = all_pairs(parties, fitting=True)
    place_of = np.full(len(parties.kind), -1, np.int64)
    counted = np.array([_counting(problem, member, parties)[party, place] for member in floors.member], float)
    cost = SHORT_COST * (1.0 + float(np.abs(parties.bonus).max(initial=0.0)) / spread(parties))
    asked = Asked(party, place, pairs, counted, floors.least, cost)
    every = np.arange(len(party))

    def relaxed(least: NDArray[np.float64]) -> Relaxation:
        return relax(pairs, floors=replace(asked, least=least).floors(every, gently=True), seed=seed)

    if party.size and party.size <= TINY:
        chosen = choose_tiny(asked, replace(limits, relative_gap=0.0), seed=seed)
    elif party.size:
        first = relaxed(floors.least)
        most = counted @ first.share
        if (most < floors.least * (1 - SLACK)).any():
            asked = replace(asked, least=np.minimum(floors.least, REACHABLE_EXACTLY * most))
            first = relaxed(asked.least)
        chosen = choose_small(asked, first, len(parties.kind), limits, seed=seed)
    else:
        chosen = every
    place_of[party[chosen]] = place[chosen]
    assignment = place_of[parties.of_household]
    lowered = _lowered(problem, floors, assignment)
    last = relaxed(lowered.least)
    return assignment, last.price.reshape(parties.capacity.shape), last.floor_price, lowered


def _large(
    problem: Problem,
    floors: _Floors,
    plain: Callable[[Problem, Weights], Solution],
    without: Certificate,
    seed: int,
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64], _Floors]:
    """Solve with scores of each group counted for more, until its floor holds."""
    floors, multiplier = _learned(problem, floors, without, seed=seed)
    for _ in range(ROUNDS):
        more = (1.0 + multiplier @ floors.member).astype(np.float32)
        found = plain(replace(problem, score=problem.score * more[:, None]), without.weights)
        reached = floors.reached(problem, found.assignment)
        short = reached < floors.least * (1 - SLACK)
        if not short.any():
            break
        lack = 1.0 - reached[short] / floors.least[short]
        multiplier[short] = (multiplier[short] + lack) * (1.0 + lack)
    return found.assignment, found.certificate.prices, multiplier, _lowered(problem, floors, found.assignment)


def _learned(
    problem: Problem, floors: _Floors, without: Certificate, *, seed: int
) -> tuple[_Floors, NDArray[np.float64]]:
    """Return multipliers (G) from the relaxation of a sample with as much room per household.

    Floors that are out of reach there come back no higher than the sample reaches.
    """
    rng = np.random.default_rng(seed)
    count = min(SAMPLE, len(problem.households))
    rows = np.sort(rng.choice(len(problem.households), count, replace=False))
    share = count / len(problem.households)
    worth = np.where(
        problem.allowed[rows], problem.score[rows] - problem.demand[rows] @ without.prices.T, -np.inf
    )
    kept = min(SAMPLE_PLACES, worth.shape[1])
    best = np.sort(np.argpartition(-worth, kept - 1, axis=1)[:, :kept], axis=1)
    party, at = np.nonzero(np.isfinite(np.take_along_axis(worth, best, axis=1)))
    if not party.size:
        return floors, np.zeros(len(floors.least))
    place, own = best[party, at], rows[party]
    uses = len(problem.uses)
    limited = problem.capacity != UNLIMITED
    weights = without.weights
    score = problem.score[own, place].astype(np.float64)
    _, number = np.unique(party, return_inverse=True)
    pairs = Pairs(
        party=number.reshape(-1).astype(np.int64),
        value=score + weights.person * problem.demand[own, 0] + weights.household,
        row=place[:, None] * uses + np.arange(uses),
        need=np.where(limited[place], problem.demand[own], 0),
        cap=np.where(limited, problem.capacity * share, np.inf).reshape(-1),
    )
    counted = np.where(floors.member[:, own], score, 0.0)

    def rows_of(least: NDArray[np.float64]) -> tuple[Floor, ...]:
        return tuple(
            Floor(own_score, float(at * share), SHORT_COST)
            for own_score, at in zip(counted, least, strict=True)
        )

    relaxed = relax(pairs, floors=rows_of(floors.least), seed=seed)
    reached = counted @ relaxed.share / share
    if (reached < floors.least * (1 - SLACK)).any():
        floors = replace(floors, least=np.minimum(floors.least, REACHABLE * reached))
        relaxed = relax(pairs, floors=rows_of(floors.least), seed=seed)
    return floors, relaxed.floor_price
