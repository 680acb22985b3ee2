"""Larger instances: the same answer on any number of threads, a proven gap, stopping with the best so far."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from eenthuis.matching import Problem, Progress, link_households, solve
from eenthuis.matching import proposal as proposal_module
from eenthuis.matching.certificate import certificate_document
from eenthuis.matching.check import check_certificate
from eenthuis.matching.largest_first import place_largest_first, rounded_counts
from eenthuis.matching.parties import gather_parties
from eenthuis.matching.price_and_fix import find_prices, sample_of
from eenthuis.matching.prices import Passes, spread
from eenthuis.matching.settling import first_standing
from eenthuis.matching.small import all_pairs
from eenthuis.matching.solver import relax
from eenthuis.matching.standing import Standing
from eenthuis.terms.errors import LinkingError
from eenthuis.terms.linking import Goal, OpenPlace
from eenthuis.terms.people import (
    CentreCode,
    HardCriterion,
    HardTie,
    Household,
    HouseholdId,
    Member,
    Sex,
    SoftCriterion,
    SoftTie,
)
from eenthuis.terms.places import LinkingRegion, MunicipalityCode, ProvinceCode

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from generator import Card, draw_instance

LARGE = Card(households=880, places=42, seed=4)


@pytest.fixture(scope="module")
def large() -> Problem:
    problem = draw_instance(LARGE)
    assert problem.allowed.sum() > proposal_module.SMALL
    return problem


@pytest.mark.parametrize("goal", list(Goal))
def test_threads_do_not_change_the_answer(large: Problem, goal: Goal) -> None:
    found = [solve(large, goal=goal, threads=threads, gap=0.004, seed=3) for threads in (1, 2, 4)]
    for other in found[1:]:
        assert np.array_equal(found[0].assignment, other.assignment)
        assert other.certificate.objective == found[0].certificate.objective
        assert other.certificate.bound == found[0].certificate.bound
        assert np.array_equal(other.certificate.prices, found[0].certificate.prices)


def test_a_large_proposal_is_possible_and_proven(large: Problem) -> None:
    solution = solve(large, goal=Goal.SCORE, gap=0.004)
    certificate = solution.certificate
    assert all(check.violations == 0 for check in certificate.checks)
    assert 0 <= certificate.gap < 0.01
    document = certificate_document(large, certificate)
    assert all(line.holds for line in check_certificate(large, solution.assignment, document))


def test_a_stop_keeps_the_best_so_far(large: Problem) -> None:
    seen: list[Progress] = []

    def stop(progress: Progress) -> bool:
        seen.append(progress)
        return False

    solution = solve(large, goal=Goal.SCORE, on_progress=stop)
    assert len(seen) == 1
    assert solution.certificate.objective >= seen[0].best
    assert solution.certificate.bound <= seen[0].bound
    assert solution.certificate.linked > 0
    assert all(check.violations == 0 for check in solution.certificate.checks)


@pytest.mark.parametrize("stage", ["prices", "first", "search"])
def test_an_interrupt_keeps_the_best_so_far(large: Problem, stage: str) -> None:
    best = [0.0]

    def interrupt(progress: Progress) -> None:
        best.append(progress.best)
        if progress.stage == stage:
            raise KeyboardInterrupt

    certificate = solve(large, goal=Goal.SCORE, gap=0.0, on_progress=interrupt).certificate
    assert certificate.objective >= max(best)
    assert certificate.linked > 0
    assert all(check.violations == 0 for check in certificate.checks)


def test_the_bound_is_that_of_the_linear_relaxation(large: Problem) -> None:
    parties = gather_parties(large, person_weight=0.0)
    few = sample_of(parties, size=240, seed=1)
    few = replace(few, capacity=few.capacity * len(few.kind) // len(parties.kind))
    passes = Passes(few, threads=2)
    try:
        bound = passes.bound(find_prices(few, passes, seed=1, threads=2))
    finally:
        passes.close()
    relaxed = relax(all_pairs(few, fitting=False)[2]).objective
    assert relaxed - 1e-6 <= bound <= relaxed * (1 + 2e-4)


def test_placing_the_largest_first_is_possible_and_better_with_and_without_time(large: Problem) -> None:
    parties = gather_parties(large, person_weight=0.0)
    passes = Passes(parties, threads=2)
    try:
        price = find_prices(parties, passes, seed=1, threads=2)
        best, listed = passes.best_values(price), passes.list_best(price, 24)
        unit = spread(parties)
        place = place_largest_first(parties, passes, listed, price, unit=unit)
        hurried = place_largest_first(parties, passes, listed, price, unit=unit, go_on=lambda: False)
    finally:
        passes.close()
    for threads in (1, 4):
        passes = Passes(parties, threads=threads)
        try:
            again = place_largest_first(parties, passes, listed, price, unit=unit)
        finally:
            passes.close()
        assert (again == place).all()
    by_size = Standing(parties, price, best, place)
    assert (by_size.free >= 0).all()
    assert (Standing(parties, price, best, hurried).free >= 0).all()
    assert by_size.objective() > first_standing(parties, listed, price, best).objective()


def test_a_kind_that_takes_nothing_and_places_without_room_do_no_harm() -> None:
    problem = draw_instance(Card(households=400, places=9, seed=3, uses=3))
    demand, capacity = problem.demand.copy(), problem.capacity.copy()
    demand[:40] = 0
    capacity[0] = 0
    parties = gather_parties(replace(problem, demand=demand, capacity=capacity), person_weight=0.0)
    passes = Passes(parties, threads=1)
    try:
        price = find_prices(parties, passes, seed=1, threads=1)
        listed, best = passes.list_best(price, 9), passes.best_values(price)
        place = place_largest_first(parties, passes, listed, price, unit=spread(parties))
    finally:
        passes.close()
    assert (Standing(parties, price, best, place).free >= 0).all()
    assert (place[:40] >= 0).all()
    assert (place[40:] != 0).all()


def test_shares_are_rounded_to_their_sum_within_what_must_and_may_come() -> None:
    share = np.array([0.4, 0.4, 0.4, 1.9, 0.0, 2.9])
    least, most = np.array([0, 0, 0, 0, 1, 0]), np.array([9, 9, 0, 9, 9, 2])
    count = rounded_counts(share, least, most)
    assert count.sum() == 6
    assert ((least <= count) & (count <= most)).all()
    assert count.tolist() == [1, 0, 0, 2, 1, 2]
    assert rounded_counts(share, least, least).tolist() == least.tolist()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("score", np.full((880, 42), np.nan, np.float32)),
        ("score", np.zeros((2, 42), np.float32)),
        ("capacity", np.full((42, 5), -1)),
        ("households", ("same",) * 880),
        ("uses", ("homes", "persons", "a", "b", "c")),
    ],
)
def test_arrays_that_do_not_fit_are_refused(large: Problem, name: str, value: object) -> None:
    fields = {field: getattr(large, field) for field in Problem.__slots__}
    with pytest.raises(LinkingError) as caught:
        solve(Problem(**{**fields, name: value}))
    assert caught.value.code == "LNK-01"


def test_a_clock_stops_it(large: Problem) -> None:
    solution = solve(large, goal=Goal.SCORE, gap=0.0, seconds=0.5)
    assert solution.certificate.linked > 0
    assert solution.certificate.seconds < 20


def test_scores_of_another_scale_are_no_harder() -> None:
    problem = draw_instance(Card(households=900, places=40, seed=8))
    plain = solve(problem, goal=Goal.SCORE, gap=0.004).certificate
    fields = {name: getattr(problem, name) for name in Problem.__slots__}
    larger = Problem(**{**fields, "score": problem.score * np.float32(1024.0)})
    assert solve(larger, goal=Goal.SCORE, gap=0.004).certificate.gap == pytest.approx(plain.gap, abs=0.004)


def _household(number: int, persons: int, **more: object) -> Household:
    return Household(
        identifier=HouseholdId(f"h{number}"),
        members=tuple(Member(1990, Sex.UNKNOWN, is_adult=True) for _ in range(persons)),
        permit_on=date(2025, 11, 1),
        centre=CentreCode("c1"),
        region=LinkingRegion.CENTRE,
        **more,  # type: ignore[arg-type]
    )


def _place(code: str, persons: int, region: LinkingRegion = LinkingRegion.NORTH) -> OpenPlace:
    return OpenPlace(MunicipalityCode(code), code, ProvinceCode("PV20"), region, persons)


def test_households_get_places_with_reasons() -> None:
    tied = HardTie(HardCriterion.WORK_CONTRACT, frozenset({MunicipalityCode("GM0002")}))
    drawn = SoftTie(SoftCriterion.NETWORK, frozenset({MunicipalityCode("GM0003")}))
    households = [
        _household(1, 2, hard_ties=(tied,)),
        _household(2, 3, soft_ties=(drawn,)),
        _household(3, 8),
        _household(4, 1, hard_ties=(HardTie(HardCriterion.STUDY, frozenset({MunicipalityCode("GM9999")})),)),
    ]
    places = [_place("GM0001", 1), _place("GM0002", 4), _place("GM0003", 3)]
    made = link_households(households, places, as_of=date(2026, 3, 3))
    chosen = {link.household: link for link in made.links}
    assert chosen[HouseholdId("h1")].municipality == "GM0002"
    assert chosen[HouseholdId("h2")].municipality == "GM0003"
    assert chosen[HouseholdId("h3")].municipality is None
    assert chosen[HouseholdId("h4")].municipality is None
    assert all(link.reasons for link in made.links if link.municipality is None)
    assert made.proof.persons_linked == 5
    assert made.proof.bound >= made.proof.objective
    assert [other.municipality for other in chosen[HouseholdId("h2")].alternatives] == ["GM0002"]
    assert all(other.cost >= 0 for link in made.links for other in link.alternatives)
    assert set(made.prices) == {"GM0001", "GM0002", "GM0003"}


def test_nobody_and_nowhere_are_answered_too() -> None:
    made = link_households([], [_place("GM0001", 5)], as_of=date(2026, 3, 3))
    assert made.links == ()
    alone = link_households([_household(1, 2)], [], as_of=date(2026, 3, 3))
    assert [link.municipality for link in alone.links] == [None]
    full = link_households([_household(1, 2)], [_place("GM0001", 0)], as_of=date(2026, 3, 3))
    assert [link.municipality for link in full.links] == [None]
