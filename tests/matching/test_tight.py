"""Prices per household: the bound against trying everything and against pairs, the proposal, and what is refused."""

from __future__ import annotations

import copy
import sys
from collections.abc import Callable
from itertools import combinations, count, product
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from eenthuis.matching import Counted, Problem, Progress, Solution, solve
from eenthuis.matching.certificate import Weights, certificate_document
from eenthuis.matching.check import check_certificate, recompute_bound
from eenthuis.matching.check_sets import recompute_tight_bound
from eenthuis.matching.household_prices import COARSE, Market, lay_out, lower, table_cells
from eenthuis.matching.parties import gather_parties
from eenthuis.matching.problem import UNLIMITED
from eenthuis.matching.proposal import is_small
from eenthuis.matching.small import all_pairs, solve_whole
from eenthuis.matching.solver import Limits, choose
from eenthuis.matching.tight import pays, price_per_household
from eenthuis.terms.linking import Goal

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from generator import Card, draw_instance

MANY_PLACES = Card(households=330, places=110, seed=2)


@pytest.fixture(scope="module")
def problem() -> Problem:
    drawn = draw_instance(MANY_PLACES)
    parties = gather_parties(drawn, person_weight=0.0)
    assert not is_small(parties)
    assert pays(parties)
    return drawn


@pytest.fixture(scope="module")
def solution(problem: Problem) -> Solution:
    return solve(problem, goal=Goal.SCORE, gap=0.002)


def lowered(
    problem: Problem, *, weights: Weights, steps: tuple[float, float]
) -> tuple[NDArray[np.float64], float]:
    """Return prices per household (H) and the bound that the engine's own choice of sets gives them."""
    parties = gather_parties(problem, person_weight=weights.person, household_weight=weights.household)
    field = lay_out(problem, parties, person_weight=weights.person, household_weight=weights.household)
    market = Market(field, threads=1)
    try:
        start = np.maximum(field.worth.max(axis=0, initial=0.0), 0.0)
        price, bound = lower(market, start, step=steps[0], last_step=steps[1], go_on=lambda _: True)
    finally:
        market.close()
    by_party = np.zeros(len(price))
    by_party[field.party] = price
    return price_per_household(parties, by_party), bound


def draw_small(rng: np.random.Generator) -> Problem:
    """Draw an instance with groups, zero and missing caps, ties and households without a place."""
    households, places, uses = int(rng.integers(1, 6)), int(rng.integers(1, 4)), int(rng.integers(1, 4))
    capacity = np.where(rng.random((places, uses)) < 0.15, UNLIMITED, rng.integers(0, 7, (places, uses)))
    group = np.where(rng.random(households) < 0.2, 0, -1)
    return Problem(
        households=tuple(f"h{row}" for row in range(households)),
        places=tuple(f"p{row}" for row in range(places)),
        uses=("persons", "children", "homes")[:uses],
        demand=rng.integers(0, 4, (households, uses)),
        capacity=capacity,
        allowed=rng.random((households, places)) < rng.choice([0.5, 0.8, 1.0]),
        score=np.round(rng.normal(1, 2, (households, places)), int(rng.integers(0, 3))).astype(np.float32),
        group=group,
        arrival=np.zeros(households, np.int64),
    )


def best_by_trying(problem: Problem) -> float:
    """Return the highest total score of any possible proposal."""
    best = 0.0
    for tried in product(range(-1, len(problem.places)), repeat=len(problem.households)):
        place = np.array(tried)
        rows = np.flatnonzero(place >= 0)
        used = np.zeros(problem.capacity.shape, np.int64)
        np.add.at(used, place[rows], problem.demand[rows])
        together = len(set(place[problem.group == 0].tolist())) <= 1
        if together and problem.allowed[rows, place[rows]].all() and (used <= problem.capacity).all():
            best = max(best, float(problem.score[rows, place[rows]].sum(dtype=np.float64)))
    return best


def test_no_proposal_beats_the_bound_and_the_check_agrees() -> None:
    rng = np.random.default_rng(11)
    reached, drawn = 0, 0
    while drawn < 150:
        problem = draw_small(rng)
        if not np.isfinite(table_cells(gather_parties(problem, person_weight=0.0))):
            continue
        drawn += 1
        price, bound = lowered(problem, weights=Weights(), steps=(1.0, 1e-4))
        best = best_by_trying(problem)
        assert bound >= best - 1e-6
        again = recompute_tight_bound(problem, price, person_weight=0.0, household_weight=0.0)
        assert again == pytest.approx(bound, abs=1e-9)
        reached += bound <= best + 1e-3
    assert reached > 100


def test_any_price_proves_a_bound_over_every_set() -> None:
    rng = np.random.default_rng(12)
    for _ in range(60):
        problem = draw_small(rng)
        price = rng.random(len(problem.households)) * 3
        weights = Weights(person=float(rng.integers(0, 3)), household=float(rng.integers(0, 3)))
        stated = recompute_tight_bound(
            problem, price, person_weight=weights.person, household_weight=weights.household
        )
        assert stated == pytest.approx(price.sum() + sum(_best_set(problem, price, weights)), abs=1e-6)


def _best_set(problem: Problem, price: NDArray[np.float64], weights: Weights) -> list[float]:
    """Return for every place the most that any set brings, trying all of them."""
    alone = [(row,) for row in np.flatnonzero(problem.group < 0).tolist()]
    together = [
        tuple(np.flatnonzero(problem.group == number).tolist())
        for number in set(problem.group.tolist()) - {-1}
    ]
    parties = alone + together
    out = []
    for place in range(len(problem.places)):
        best = 0.0
        for size in range(1, len(parties) + 1):
            for chosen in combinations(parties, size):
                rows = [row for party in chosen for row in party]
                fits = (problem.demand[rows].sum(axis=0) <= problem.capacity[place]).all()
                if fits and problem.allowed[rows, place].all():
                    value = problem.score[rows, place].astype(float) - price[rows] + weights.household
                    best = max(best, float((value + weights.person * problem.persons[rows]).sum()))
        out.append(best)
    return out


def test_the_bound_is_tighter_than_that_of_prices_per_cap(problem: Problem, solution: Solution) -> None:
    certificate = solution.certificate
    assert certificate.tight is not None
    assert certificate.objective <= certificate.tight.bound < certificate.bound
    plain = recompute_bound(problem, certificate.prices, person_weight=0.0, household_weight=0.0)
    assert certificate.bound == pytest.approx(plain, rel=1e-9)
    assert certificate.tight_gap < 0.002 < certificate.gap
    assert all(check.violations == 0 for check in certificate.checks)
    document = certificate_document(problem, certificate)
    assert all(line.holds for line in check_certificate(problem, solution.assignment, document))


def test_two_formulations_agree() -> None:
    small = draw_instance(Card(households=40, places=12, seed=5))
    exact = solve(small, goal=Goal.SCORE, gap=0.0)
    _, bound = lowered(small, weights=Weights(), steps=COARSE)
    assert exact.certificate.solver_bound is not None
    assert exact.certificate.objective <= bound + 1e-6
    assert bound <= exact.certificate.bound * (1 + 1e-3)


@pytest.mark.parametrize("goal", list(Goal))
def test_threads_do_not_change_prices_or_places(problem: Problem, goal: Goal) -> None:
    found = []
    for threads in (1, 4):
        heard = count()

        def goes_on(_: Progress, told: count[int] = heard) -> bool:
            return next(told) < 24

        found.append(solve(problem, goal=goal, gap=0.0, threads=threads, on_progress=goes_on))
    assert np.array_equal(found[0].assignment, found[1].assignment)
    first, second = (one.certificate.tight for one in found)
    assert first is not None
    assert second is not None
    assert first.bound == second.bound
    assert np.array_equal(first.household_prices, second.household_prices)


def test_groups_stay_together_and_their_price_is_shared(problem: Problem) -> None:
    group = np.full(len(problem.households), -1)
    group[[3, 50]], group[[7, 8, 9]] = 0, 1
    grouped = Problem(
        **{name: getattr(problem, name) for name in Problem.__slots__ if name != "group"}, group=group
    )
    solution = solve(grouped, goal=Goal.SCORE, gap=0.004)
    document = certificate_document(grouped, solution.certificate)
    assert "tight_bound" in document
    assert all(line.holds for line in check_certificate(grouped, solution.assignment, document))


def test_a_stop_keeps_a_possible_proposal(problem: Problem) -> None:
    seen: list[Progress] = []

    def stop_late(progress: Progress) -> bool:
        seen.append(progress)
        return progress.stage != "dive"

    solution = solve(problem, goal=Goal.SCORE, gap=0.0, on_progress=stop_late)
    assert seen[-1].stage == "dive"
    assert solution.certificate.objective >= max(progress.best for progress in seen)
    document = certificate_document(problem, solution.certificate)
    assert all(line.holds for line in check_certificate(problem, solution.assignment, document))


def _change_price(by: float) -> Callable[[dict[str, object]], None]:
    def change(document: dict[str, object]) -> None:
        prices = document["household_prices"]
        assert isinstance(prices, dict)
        name = max(prices, key=prices.__getitem__)
        prices[name] += by

    return change


def _lose_price(document: dict[str, object]) -> None:
    prices = document["household_prices"]
    assert isinstance(prices, dict)
    del prices["h000003"]


def _lower_bound(document: dict[str, object]) -> None:
    document["tight_bound"], document["tight_gap"] = document["objective"], 0.0


def _lose_bound(document: dict[str, object]) -> None:
    del document["tight_bound"]


TAMPERING: dict[str, tuple[Callable[[dict[str, object]], None], str]] = {
    "a price raised": (_change_price(0.5), "tight_bound"),
    "a price lowered": (_change_price(-0.5), "tight_bound"),
    "a price below 0": (_change_price(-1e3), "household_prices"),
    "a price left out": (_lose_price, "household_prices"),
    "a bound lowered": (_lower_bound, "tight_bound"),
    "a bound left out": (_lose_bound, "tight_bound"),
}


@pytest.mark.parametrize("name", TAMPERING)
def test_a_changed_certificate_is_refused(problem: Problem, solution: Solution, name: str) -> None:
    change, statement = TAMPERING[name]
    document = copy.deepcopy(certificate_document(problem, solution.certificate))
    change(document)
    wrong = {
        line.name for line in check_certificate(problem, solution.assignment, document) if not line.holds
    }
    assert statement in wrong
    assert wrong <= {"household_prices", "tight_bound", "tight_gap"}


def test_a_changed_proposal_is_refused(problem: Problem, solution: Solution) -> None:
    document = certificate_document(problem, solution.certificate)
    changed = solution.assignment.copy()
    changed[np.flatnonzero(changed >= 0)[0]] = -1
    wrong = {line.name for line in check_certificate(problem, changed, document) if not line.holds}
    assert {"objective", "tight_gap"} <= wrong


def test_tables_that_are_too_large_do_not_pay() -> None:
    few_places = draw_instance(Card(households=3_000, places=12, seed=1))
    assert not pays(gather_parties(few_places, person_weight=0.0))


def test_a_small_problem_solved_exactly_gets_the_tight_proof_too() -> None:
    small = draw_instance(Card(households=120, places=12, seed=3, uses=1, persons_in_score=False))
    solution = solve(small, goal=Goal.SCORE)
    certificate = solution.certificate
    assert certificate.tight_gap < certificate.gap / 2
    document = certificate_document(small, certificate)
    assert all(line.holds for line in check_certificate(small, solution.assignment, document))


@pytest.mark.parametrize("counted", list(Counted))
def test_housing_first_agrees_with_a_floor_on_what_is_housed(counted: Counted) -> None:
    tight = draw_instance(
        Card(households=60, places=8, seed=6, uses=2, persons_fill=0.9, persons_in_score=False)
    )
    found = solve(tight, goal=Goal.HOUSED_THEN_SCORE, counted=counted)
    stage = found.certificate.stages[0]
    parties = gather_parties(tight, person_weight=0.0)
    unit = (parties.demand[:, 0] if counted is Counted.PERSONS else parties.members).astype(np.float64)
    limits = Limits(relative_gap=1e-9)
    most = choose(all_pairs(parties.worth_only(unit), fitting=True)[2], limits=limits)
    assert most is not None
    assert stage.reached == round(most.bound)
    other = solve_whole(parties, limits=limits, seed=1, threads=1, floor=(unit, stage.reached))
    assert found.certificate.stages[1].reached == pytest.approx(other.objective(parties), rel=1e-4)
