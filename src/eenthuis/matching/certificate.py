"""The certificate of a proposal: objective, proven bound, prices and a count of every constraint family.

The bound is recomputable by anyone: sum(cap * price) over limited caps, plus for every household (or group that
goes together) the best of 0 and score + weights - price of what it takes, over its allowed places.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.parties import Parties
from eenthuis.matching.problem import UNLIMITED, Problem
from eenthuis.terms.linking import Goal
from eenthuis.terms.overriding import Override

VERSION = "1"
"""Version of the certificate's form."""

_BLOCK = 2_000


@dataclass(frozen=True, slots=True)
class Weights:
    """What one person and one household linked add to the score of a pair."""

    person: float = 0.0
    household: float = 0.0


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the goals in order: what was reached and the proven most that can be.

    ``prices`` (M x K) prove ``bound`` by the same formula with scores of 0 and the stage's own weights; None where
    the bound follows from the other stages.
    """

    name: str
    reached: float
    bound: float
    prices: NDArray[np.float64] | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One constraint family: how many constraints there are and how many of them are violated."""

    family: str
    count: int
    violations: int


@dataclass(frozen=True, slots=True)
class FloorStated:
    """A least total score (``least``) of a group of households (rows), what was reached, and its price.

    ``asked`` was asked for; ``least`` is lower where that is out of reach. ``multiplier`` (at least 0) is what a unit
    more of the floor costs; it is part of the proof of the bound.
    """

    characteristic: str
    label: str
    households: tuple[int, ...]
    asked: float
    least: float
    reached: float
    multiplier: float

    @property
    def holds(self) -> bool:
        """Whether the floor is reached, but for rounding."""
        return self.reached >= self.least - 1e-9 * max(1.0, abs(self.least))


@dataclass(frozen=True, slots=True)
class TightBound:
    """A bound from a price per household (H float64, at least 0), tighter where places hold few households.

    Anyone can recompute it: the sum of the prices, plus for every place the most that a set of households (groups
    together) that fits there brings in score and weights less prices.
    """

    bound: float
    household_prices: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Certificate:
    """How good a proposal provably is; ``prices`` is M x K float64 in the order of the problem.

    ``tight`` is a second, tighter proof where it was worked out.
    ``solver_bound`` is a tighter bound that the exact solver claims; it cannot be recomputed from prices.
    ``overrides`` are those in force; what is stated is about the problem that they leave.
    """

    goal: Goal
    weights: Weights
    households: int
    places: int
    linked: int
    persons_linked: int
    objective: float
    bound: float
    prices: NDArray[np.float64]
    checks: tuple[Check, ...]
    stages: tuple[Stage, ...]
    solver_bound: float | None
    seconds: float
    seed: int
    floors: tuple[FloorStated, ...] = ()
    overrides: tuple[Override, ...] = ()
    version: str = VERSION
    tight: TightBound | None = None

    @property
    def tight_gap(self) -> float:
        """The gap to the tightest bound that prices prove."""
        bound = self.bound if self.tight is None else min(self.bound, self.tight.bound)
        return (bound - self.objective) / max(abs(bound), 1e-9)

    @property
    def gap(self) -> float:
        """(bound - objective) / max(abs(bound), 1e-9)."""
        return (self.bound - self.objective) / max(abs(self.bound), 1e-9)

    def lasting(self, seconds: float) -> Certificate:
        """Return the same certificate with another duration."""
        return replace(self, seconds=seconds)


def proven_bound(parties: Parties, best: NDArray[np.float64], price: NDArray[np.float64]) -> float:
    """Return the bound from ``price`` and the ``best`` value less prices of every party (N)."""
    return float((np.where(price > 0, parties.capacity, 0) * price).sum() + best.sum())


def fair_bound(
    problem: Problem, price: NDArray[np.float64], floors: tuple[FloorStated, ...], *, weights: Weights
) -> float:
    """Return the bound that ``price`` (M x K) and the multipliers of ``floors`` prove for a problem with floors.

    As without floors, but the scores of a group count 1 + multiplier times, and multiplier * least comes off.
    """
    count = np.ones(len(problem.households))
    for floor in floors:
        count[list(floor.households)] += floor.multiplier
    lone = np.arange(len(count)) + problem.group.max(initial=-1) + 1
    _, party = np.unique(np.where(problem.group < 0, lone, problem.group), return_inverse=True)
    order = np.argsort(party, kind="stable")
    edges = np.searchsorted(party[order], np.arange(int(party.max(initial=-1)) + 1))
    best = 0.0
    for at in range(0, len(edges), _BLOCK):
        last = edges[at + _BLOCK] if at + _BLOCK < len(edges) else len(order)
        rows = order[edges[at] : last]
        bonus = weights.person * problem.demand[rows, 0] + weights.household
        worth = problem.score[rows].astype(np.float64) * count[rows, None] + bonus[:, None]
        worth -= problem.demand[rows] @ price.T
        worth[~problem.allowed[rows]] = -np.inf
        whole = np.add.reduceat(worth, edges[at : at + _BLOCK] - edges[at], axis=0)
        best += float(np.maximum(whole.max(axis=1, initial=-np.inf), 0.0).sum())
    taken = float((np.where(price > 0, problem.capacity, 0) * price).sum())
    return taken + best - sum(floor.multiplier * floor.least for floor in floors)


def count_checks(problem: Problem, assignment: NDArray[np.int64]) -> tuple[Check, ...]:
    """Count every constraint family of ``problem`` and its violations under ``assignment`` (H, -1 = none)."""
    there = np.flatnonzero(assignment >= 0)
    used = np.zeros(problem.capacity.shape, np.int64)
    np.add.at(used, assignment[there], problem.demand[there])
    checks = [
        Check("one-place", len(assignment), int((assignment >= len(problem.places)).sum())),
        Check("allowed", len(there), int((~problem.allowed[there, assignment[there]]).sum())),
    ]
    for use, name in enumerate(problem.uses):
        limited = problem.capacity[:, use] != UNLIMITED
        over = used[limited, use] > problem.capacity[limited, use]
        checks.append(Check(f"cap-{name}", int(limited.sum()), int(over.sum())))
    groups, number = np.unique(problem.group[problem.group >= 0], return_inverse=True)
    apart = 0
    if len(groups):
        low = np.full(len(groups), np.iinfo(np.int64).max)
        high = np.full(len(groups), -2)
        np.minimum.at(low, number, assignment[problem.group >= 0])
        np.maximum.at(high, number, assignment[problem.group >= 0])
        apart = int((low != high).sum())
    checks.append(Check("groups-together", len(groups), apart))
    return tuple(checks)


def certify(  # noqa: PLR0913 - everything a certificate states
    problem: Problem,
    assignment: NDArray[np.int64],
    *,
    goal: Goal,
    weights: Weights,
    bound: float,
    prices: NDArray[np.float64],
    stages: tuple[Stage, ...] = (),
    solver_bound: float | None = None,
    tight: TightBound | None = None,
    seconds: float = 0.0,
    seed: int = 1,
) -> Certificate:
    """Make the certificate of ``assignment`` (H, -1 = none) with the ``bound`` that ``prices`` prove."""
    there = np.flatnonzero(assignment >= 0)
    score = problem.score[there, assignment[there]].astype(np.float64).sum()
    persons = int(problem.persons[there].sum())
    return Certificate(
        goal=goal,
        weights=weights,
        households=len(problem.households),
        places=len(problem.places),
        linked=len(there),
        persons_linked=persons,
        objective=float(score + weights.person * persons + weights.household * len(there)),
        bound=bound,
        prices=prices,
        checks=count_checks(problem, assignment),
        stages=stages,
        solver_bound=solver_bound,
        tight=tight,
        seconds=seconds,
        seed=seed,
    )


def price_table(problem: Problem, prices: NDArray[np.float64]) -> dict[str, dict[str, float]]:
    """Return prices as place -> use -> price."""
    return {
        place: {use: float(prices[row, column]) for column, use in enumerate(problem.uses)}
        for row, place in enumerate(problem.places)
    }


def certificate_document(problem: Problem, certificate: Certificate) -> dict[str, object]:
    """Return the certificate as JSON can hold it."""
    stages: list[Mapping[str, object]] = [
        {
            "name": stage.name,
            "reached": stage.reached,
            "bound": stage.bound,
            **({} if stage.prices is None else {"prices": price_table(problem, stage.prices)}),
        }
        for stage in certificate.stages
    ]
    return {
        "goal": certificate.goal.value,
        "weights": {"person": certificate.weights.person, "household": certificate.weights.household},
        "households": certificate.households,
        "places": certificate.places,
        "linked": certificate.linked,
        "persons_linked": certificate.persons_linked,
        "objective": certificate.objective,
        "bound": certificate.bound,
        "gap": certificate.gap,
        "prices": price_table(problem, certificate.prices),
        "checks": [
            {"family": check.family, "count": check.count, "violations": check.violations}
            for check in (*certificate.checks, *_floor_check(certificate.floors))
        ],
        **({"floors": _floor_table(problem, certificate.floors)} if certificate.floors else {}),
        **({"overrides": _override_table(certificate.overrides)} if certificate.overrides else {}),
        "stages": stages,
        **_tight_table(problem, certificate),
        **({} if certificate.solver_bound is None else {"solver_bound": certificate.solver_bound}),
        "seconds": certificate.seconds,
        "seed": certificate.seed,
        "version": certificate.version,
    }


def _tight_table(problem: Problem, certificate: Certificate) -> dict[str, object]:
    if certificate.tight is None:
        return {}
    prices = certificate.tight.household_prices.tolist()
    return {
        "tight_bound": certificate.tight.bound,
        "tight_gap": certificate.tight_gap,
        "household_prices": dict(zip(problem.households, prices, strict=True)),
    }


def _floor_check(floors: tuple[FloorStated, ...]) -> tuple[Check, ...]:
    missed = sum(not floor.holds for floor in floors)
    return (Check("floors", len(floors), missed),) if floors else ()


def _floor_table(problem: Problem, floors: tuple[FloorStated, ...]) -> list[dict[str, object]]:
    return [
        {
            "characteristic": floor.characteristic,
            "label": floor.label,
            "households": [problem.households[row] for row in floor.households],
            "asked": floor.asked,
            "least": floor.least,
            "reached": floor.reached,
            "multiplier": floor.multiplier,
        }
        for floor in floors
    ]


def _override_table(overrides: tuple[Override, ...]) -> list[dict[str, object]]:
    return [
        {
            "kind": override.kind.value,
            "household": override.household,
            "place": override.place,
            "ground": override.ground.value,
            "reason": override.reason,
        }
        for override in overrides
    ]
