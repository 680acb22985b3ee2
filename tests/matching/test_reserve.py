"""The reserve for hard cases: who is one, what is kept for them and from whom, and that it comes free again."""

from __future__ import annotations

import numpy as np
import pytest

from eenthuis.matching.futures import Cases, Pool
from eenthuis.matching.problem import Problem
from eenthuis.matching.replay import replay, replay_document
from eenthuis.matching.week_reserve import Reserve, hardness
from eenthuis.matching.weekly import Season, WeekByWeek
from eenthuis.terms.linking import Hardness, Policy

PLACES, EACH, BATCHES = 10, 20, 12


def cases(*needs: tuple[int, int], allowed: tuple[tuple[int, int], ...] = ()) -> Cases:
    """Return cases of so many persons and accessible homes; ``allowed``: the only place of a case."""
    demand = np.array(needs, np.int64).reshape(-1, 2)
    may = np.ones((len(demand), PLACES), bool)
    for row, place in allowed:
        may[row] = np.arange(PLACES) == place
    return Cases(demand, may, np.tile(np.linspace(1.0, 0.5, PLACES, dtype=np.float32), (len(demand), 1)))


def capacity() -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    return np.column_stack([np.full(PLACES, EACH), np.full(PLACES, 3)]).astype(np.int64)


def season(draw: int) -> Problem:
    """Return a season in which one in five may go to one place only, and one in five is large."""
    rng = np.random.default_rng([4, draw])
    count = 80
    kind = rng.integers(5, size=count)
    size = np.where(kind == 0, 7, rng.integers(1, 4, count))
    allowed = np.ones((count, PLACES), bool)
    for row in np.flatnonzero(kind == 1):
        allowed[row] = np.arange(PLACES) == rng.integers(PLACES)
    return Problem(
        households=tuple(f"h{row}" for row in range(count)),
        places=tuple(f"p{row}" for row in range(PLACES)),
        uses=("persons", "homes_accessible"),
        demand=np.column_stack([size, kind == 2]).astype(np.int64),
        capacity=capacity(),
        allowed=allowed,
        score=rng.random((count, PLACES)).astype(np.float32),
        group=np.full(count, -1),
        arrival=np.arange(count) * BATCHES // count,
    )


def test_a_household_is_hard_to_place_because_it_is_large_bound_or_needs_what_is_scarce() -> None:
    found = hardness(cases((1, 0), (7, 0), (1, 1), (1, 0), (30, 0), allowed=((3, 2),)), capacity())
    assert found == [None, Hardness.LARGE, Hardness.SCARCE_USE, Hardness.FEW_PLACES, None]


def test_room_is_kept_at_the_best_place_of_each_expected_hard_case_for_the_share_asked() -> None:
    pool = Pool(cases((1, 0), (7, 0), (1, 0), (7, 0), allowed=((2, 4),)))
    kept = []
    for share in (0.0, 0.5, 1.0):
        reserve = Reserve(share, capacity(), pool.told)
        reserve.keep(np.arange(4), pool, capacity(), np.zeros((PLACES, 2)))
        kept.append(reserve.kept)
    assert [one.persons for one in kept] == [0, 8, 15]
    assert kept[2].cases == {Hardness.FEW_PLACES: 1, Hardness.LARGE: 2}
    assert kept[2].room[:, 0].tolist() == [14, 0, 0, 0, 1, 0, 0, 0, 0, 0]
    assert kept[2].count == 3


@pytest.mark.parametrize("policy", list(Policy))
def test_what_is_kept_is_for_hard_cases_only(policy: Policy) -> None:
    """One place with room; a household bound to it is expected, and another comes first."""
    room = np.zeros((PLACES, 2), np.int64)
    room[2] = 2, 0
    whole = capacity()
    bound = cases(*[(2, 0)] * 30, allowed=tuple((row, 2) for row in range(30)))
    easy = cases((2, 0))

    def week(share: float) -> WeekByWeek:
        return WeekByWeek(Season(whole, bound, 2, 2), policy=policy, everyone=True, reserve=share)

    assert week(0.0).decide(easy, room.copy()).tolist() == [2]
    kept = week(1.0)
    assert kept.decide(easy, room.copy()).tolist() == [-1]
    assert kept.reserve.kept.persons == 2
    assert kept.decide(cases((2, 0), allowed=((0, 2),)), room.copy()).tolist() == [2]
    assert kept.reserve.kept.persons == 0


@pytest.mark.parametrize("policy", [Policy.PRICE, Policy.GREEDY])
def test_a_replay_says_what_was_kept_for_whom_and_who_got_no_place_with_and_without(policy: Policy) -> None:
    problem, history = season(0), season(1)
    done = replay(problem, policy=policy, history=history, reserve=1.0)
    bare = replay(problem, policy=policy, history=history)
    assert done.without is not None
    assert (done.without.assignment == bare.assignment).all()
    assert bare.without is None
    told = replay_document(problem, done)["reserve"]
    assert isinstance(told, dict)
    left_out = [problem.households[row] for row in np.flatnonzero(done.assignment < 0)]
    assert told["unplaced_hard_cases"] + told["unplaced_others"] == len(left_out)
    assert told["without"]["persons_linked"] == bare.certificate.persons_linked
    kept = told["persons_kept"]
    assert len(kept) == BATCHES
    assert kept[0] > 0
    assert kept[-1] == 0
    assert max(kept) == told["most_kept"]["persons"]
    assert all(check.violations == 0 for check in done.certificate.checks)


def test_greed_leaves_fewer_hard_cases_out_when_room_is_kept_for_them() -> None:
    without, kept = 0, 0
    for draw in range(0, 8, 2):
        done = replay(season(draw), policy=Policy.GREEDY, history=season(draw + 1), reserve=1.0)
        assert done.without is not None
        kept += done.reserved.unplaced[0]
        without += done.without.reserved.unplaced[0]
    assert kept < without


def test_threads_never_change_what_is_kept() -> None:
    one, two = (replay(season(0), history=season(1), reserve=0.5, threads=threads) for threads in (1, 2))
    assert (one.assignment == two.assignment).all()
    assert (one.reserved.most.room == two.reserved.most.room).all()
    assert one.reserved.kept == two.reserved.kept
