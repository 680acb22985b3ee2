"""Week by week: nothing is looked ahead at, caps are kept, and prices come nearer to hindsight than greed does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from eenthuis.matching import Counted, Problem, replay, solve
from eenthuis.matching.certificate import certificate_document
from eenthuis.matching.check import check_certificate
from eenthuis.matching.futures import Cases, Pool
from eenthuis.matching.problem import UNLIMITED
from eenthuis.matching.replay import replay_document
from eenthuis.matching.week_batch import decide_batch
from eenthuis.matching.week_values import Expected, room_values
from eenthuis.matching.weekly import Season, WeekByWeek
from eenthuis.terms.errors import LinkingError
from eenthuis.terms.linking import Goal, Policy

PLACES = 8
BATCHES = 20


def year(seed: int, households: int = 120, uses: int = 2, *, tight: float = 1.05, draw: int = 0) -> Problem:
    """Draw a year; years of the same seed and another ``draw`` come from the same places and kinds of household."""
    common = np.random.default_rng(seed)
    pull, taste = common.normal(0, 0.4, PLACES), common.normal(0, 1, (PLACES, 4))
    weight = common.dirichlet(np.full(PLACES, 4.0))
    rng = np.random.default_rng([seed, draw])
    size = rng.choice(np.arange(1, 8), households, p=(0.35, 0.17, 0.15, 0.13, 0.1, 0.06, 0.04))
    adults = np.minimum(size, 2)
    logit = rng.normal(-1, 0.8, (households, 1)) + pull + rng.normal(0, 1, (households, 4)) @ taste.T / 4
    score = adults[:, None] / (1 + np.exp(-logit))
    allowed = np.ones((households, PLACES), bool)
    for row in np.flatnonzero(rng.random(households) < 0.15):
        allowed[row] = np.arange(PLACES) == rng.integers(PLACES)
    demand = np.stack([size, size - adults, size >= 5], axis=1)[:, :uses].astype(np.int64)
    cap = np.ceil(weight[:, None] * demand.sum(axis=0) * tight).astype(np.int64)
    return Problem(
        households=tuple(f"h{row:03d}" for row in range(households)),
        places=tuple(f"p{row}" for row in range(PLACES)),
        uses=("persons", "children", "homes")[:uses],
        demand=demand,
        capacity=cap,
        allowed=allowed,
        score=score.astype(np.float32),
        group=np.full(households, -1),
        arrival=np.arange(households) * BATCHES // households,
    )


def at(problem: Problem, rows: NDArray[np.int64]) -> Cases:
    return Cases(problem.demand[rows], problem.allowed[rows], problem.score[rows])


def no_cases(problem: Problem) -> Cases:
    return at(problem, np.empty(0, np.int64))


def decided(problem: Problem, week: WeekByWeek, batches: int) -> list[list[int]]:
    left = problem.capacity.copy()
    out = []
    for moment in range(batches):
        rows = np.flatnonzero(problem.arrival == moment)
        got = week.decide(at(problem, rows), left)
        there = got >= 0
        np.subtract.at(left, got[there], problem.demand[rows[there]])
        out.append(got.tolist())
    return out


@pytest.mark.parametrize("policy", list(Policy))
@pytest.mark.parametrize("uses", [1, 3])
def test_every_policy_keeps_every_cap_and_allowed_pair(policy: Policy, uses: int) -> None:
    problem = year(3, uses=uses)
    done = replay(problem, policy=policy, history=year(3, uses=uses, draw=1))
    assert all(check.violations == 0 for check in done.certificate.checks)
    statements = check_certificate(problem, done.assignment, certificate_document(problem, done.certificate))
    assert all(statement.holds for statement in statements), statements
    assert done.certificate.objective <= done.certificate.bound


def test_nothing_is_looked_ahead_at() -> None:
    """Whoever comes later may be anybody: what was decided before stays the same."""
    known, other = year(5), year(5, draw=9)
    early = known.arrival < BATCHES // 2
    changed = replace(
        known,
        score=np.where(early[:, None], known.score, other.score),
        allowed=np.where(early[:, None], known.allowed, other.allowed),
        demand=np.where(early[:, None], known.demand, other.demand),
    )
    season = Season(known.capacity, at(year(5, draw=1), np.arange(120)), BATCHES, 120)
    ways = [
        decided(problem, WeekByWeek(season, policy=Policy.PRICE), BATCHES) for problem in (known, changed)
    ]
    assert ways[0][: BATCHES // 2] == ways[1][: BATCHES // 2]
    assert ways[0] != ways[1]


@pytest.mark.parametrize("threads", [2, 4])
def test_threads_never_change_a_decision(threads: int) -> None:
    problem, history = year(7), year(7, draw=1)
    one = replay(problem, history=history, threads=1)
    more = replay(problem, history=history, threads=threads)
    assert (one.assignment == more.assignment).all()
    assert one.certificate.bound == more.certificate.bound


def test_prices_come_nearer_to_hindsight_than_greed_and_the_queue() -> None:
    share: dict[Policy, list[float]] = {policy: [] for policy in Policy}
    for seed in range(4):
        problem, history = year(seed), year(seed, draw=1)
        for policy in Policy:
            share[policy].append(replay(problem, policy=policy, history=history).share_of_hindsight)
    mean = {policy: float(np.mean(found)) for policy, found in share.items()}
    assert mean[Policy.PRICE] > mean[Policy.GREEDY] > mean[Policy.FIRST_COME]
    assert mean[Policy.PRICE] > 0.95


def test_without_history_it_learns_as_it_goes() -> None:
    bare = [replay(year(seed)).share_of_hindsight for seed in range(4)]
    greedy = [replay(year(seed), policy=Policy.GREEDY).share_of_hindsight for seed in range(4)]
    assert np.mean(bare) > np.mean(greedy)


def test_a_history_of_others_loses_little() -> None:
    problem = year(2)
    own = replay(problem, history=year(2, draw=1)).share_of_hindsight
    wrong = replay(problem, history=year(60)).share_of_hindsight
    assert wrong > own - 0.03


def test_the_hindsight_bound_is_no_less_than_what_hindsight_reaches() -> None:
    problem = year(4, 60)
    best = solve(problem, goal=Goal.SCORE).certificate.objective
    document = replay_document(problem, replay(problem))
    assert isinstance(document["hindsight_bound"], float)
    assert document["hindsight_bound"] >= best - 1e-6
    assert document["share_of_hindsight"] == pytest.approx(
        document["objective"] / document["hindsight_bound"]  # type: ignore[operator]
    )


def test_a_charge_for_bunching_shortens_the_wait_and_places_everybody_it_can() -> None:
    problem, history = year(6), year(6, draw=1)
    loose = replay(problem, history=history)
    even = replay(problem, history=history, balance=0.05)
    assert even.flow.mean_wait < loose.flow.mean_wait
    assert even.certificate.linked >= loose.certificate.linked
    assert even.certificate.objective < loose.certificate.objective
    assert int(even.flow.taken.sum()) == even.certificate.persons_linked


def test_waiting_is_no_reason_to_leave_a_household_without_a_place() -> None:
    problem, history = year(6), year(6, draw=1)
    unplaced = [
        replay(problem, history=history, balance=balance).flow.unplaced for balance in (0.0, 0.05, 5.0)
    ]
    assert unplaced[2] <= unplaced[0]
    assert unplaced[1] <= unplaced[0]


def test_seats_are_worth_more_the_more_there_are_and_less_each_and_nothing_when_nobody_comes() -> None:
    problem = replace(year(3, uses=1), capacity=np.full((PLACES, 1), 12))
    pool = Pool(at(problem, np.arange(120)))
    rows = np.arange(120)

    def worth(count: int) -> NDArray[np.float64]:
        coming = Expected(rows, np.full(120, 1 / 120), count)
        return room_values(pool, coming, problem.capacity, np.zeros((PLACES, 1)), threads=2)

    few, many = worth(20), worth(60)
    assert (np.diff(few, axis=1) >= -1e-9).all()
    assert (many >= few - 1e-9).all()
    assert not worth(0).any()


def test_a_batch_makes_room_for_the_one_who_can_go_nowhere_else() -> None:
    """Both are of one size; the first would take the only place of the second."""
    net = np.array([[1.0, 0.9], [0.5, -np.inf]])
    ones = np.ones((2, 1), np.int64)
    nothing, free = np.zeros((2, 2, 1), np.int64), np.zeros(2, np.int8)
    got = decide_batch(net, ones, ones.copy(), nothing, free, np.zeros((2, 2)), np.zeros(2), np.zeros(2), 0.0)
    assert got.tolist() == [1, 0]


def test_a_household_is_kept_back_only_when_others_are_worth_more() -> None:
    """Two cases for one seat: the poor one comes first, and history says that a rich one follows."""
    one, many = np.array([[1]]), np.ones((30, 1), np.int64)
    season = Season(one, Cases(many, many > 0, np.ones((30, 1), np.float32)), batches=2, total=2)
    case = Cases(one, one > 0, np.array([[0.1]], np.float32))
    assert WeekByWeek(season, policy=Policy.PRICE).decide(case, one).tolist() == [-1]
    assert WeekByWeek(season, policy=Policy.PRICE, everyone=True).decide(case, one).tolist() == [0]
    assert WeekByWeek(season, policy=Policy.GREEDY).decide(case, one).tolist() == [0]


def test_the_goal_to_house_counts_each_one_more_than_any_score() -> None:
    problem, history = year(8), year(8, draw=1)
    housed = replay(problem, history=history, goal=Goal.HOUSED_THEN_SCORE, counted=Counted.HOUSEHOLDS)
    scored = replay(problem, history=history, goal=Goal.SCORE)
    assert housed.certificate.linked >= scored.certificate.linked


def test_a_group_is_decided_when_its_first_household_comes_and_stays_together() -> None:
    problem = year(9)
    group = np.full(120, -1)
    group[[5, 100]] = 0
    group[[7, 60, 90]] = 1
    done = replay(replace(problem, group=group), history=year(9, draw=1))
    assert done.assignment[5] == done.assignment[100]
    assert len(set(done.assignment[[7, 60, 90]].tolist())) == 1
    assert all(check.violations == 0 for check in done.certificate.checks)


def test_places_without_caps_and_batches_of_nobody_are_taken_as_they_come() -> None:
    problem = replace(year(1), capacity=np.full((PLACES, 2), UNLIMITED))
    done = replay(problem, history=year(1, draw=1))
    best = problem.score.max(axis=1, where=problem.allowed, initial=-np.inf)
    assert done.certificate.objective == pytest.approx(float(best.sum()), rel=1e-5)
    week = WeekByWeek(Season(problem.capacity, no_cases(problem)), policy=Policy.PRICE)
    assert week.decide(no_cases(problem), problem.capacity).tolist() == []


def test_history_of_other_places_is_refused() -> None:
    problem = year(1)
    history = replace(year(1, draw=1), places=tuple(f"q{row}" for row in range(PLACES)))
    with pytest.raises(LinkingError, match="other places"):
        replay(problem, history=history)


def pooled(history: Problem, season: Problem) -> Pool:
    pool = Pool(at(history, np.arange(120)))
    pool.add(at(season, np.arange(120)))
    pool.align()
    return pool


def test_trust_in_history_falls_when_sizes_or_scores_clearly_differ() -> None:
    other = year(1, draw=1)
    assert pooled(other, year(1)).trust() > 0.5
    assert pooled(replace(other, score=other.score + 1), year(1)).trust() < 0.2
    assert pooled(replace(other, demand=other.demand * 2), year(1)).trust() < 0.2


def test_a_place_that_does_better_than_it_did_moves_its_scores_of_history_and_no_other() -> None:
    better = np.linspace(0.6, 1.6, PLACES).astype(np.float32)
    season = year(1)
    season = replace(season, score=season.score * better)
    pool = pooled(year(1, draw=1), season)
    ratio = pool.score[:120].sum(axis=0) / pool.told.score.sum(axis=0)
    assert ratio[-1] / ratio[0] > 2.0
    assert pool.trust() > 0.1
    same = pooled(year(1, draw=1), year(1))
    assert np.abs(same.score[:120] - same.told.score).max() < 0.1
