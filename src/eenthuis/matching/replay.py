"""A season decided again as it came, without looking ahead, beside the best that hindsight could have done."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.certificate import Certificate, Weights, certificate_document, certify
from eenthuis.matching.fairness import floors_reached, given_up
from eenthuis.matching.futures import Cases
from eenthuis.matching.groups import Grouping, own_members
from eenthuis.matching.parties import Parties, gather_parties, rounding_of_groups
from eenthuis.matching.problem import Problem, faults
from eenthuis.matching.proposal import Counted, price_of_hindsight, weights_of_goal
from eenthuis.matching.week_reserve import Kept, Reserve, can_be_held, hardness
from eenthuis.matching.weekly import LeastGain, Season, WeekByWeek
from eenthuis.terms.errors import LinkingError
from eenthuis.terms.linking import Goal, Hardness, Policy

OnBatch = Callable[[int, int], None]
"""Called with batches decided and batches in all."""


@dataclass(frozen=True, slots=True)
class Flow:
    """How even the flow was: ``unplaced`` households, ``mean_wait`` in batches at the place, per batch and place.

    ``taken`` is B x M int64: persons linked per batch and place. A place works through its capacity evenly over the
    batches; who comes on top of that waits.
    """

    unplaced: int
    mean_wait: float
    taken: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Reserved:
    """What a reserve did: its ``share``, the most that was kept at one time, and per batch the persons' room kept.

    ``hard_cases`` counts the households that are hard to place, ``unplaced`` the hard and the other ones that got no
    place though some place could hold them if it were empty.
    """

    share: float
    most: Kept
    kept: tuple[int, ...]
    hard_cases: int
    unplaced: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Replay:
    """Place per household (H, -1 = none), the certificate against hindsight, and how even the flow was.

    ``without`` is the same replay without a reserve and a least gain, where one of these was asked.
    """

    assignment: NDArray[np.int64]
    certificate: Certificate
    policy: Policy
    flow: Flow
    reserved: Reserved
    without: Replay | None = None

    @property
    def share_of_hindsight(self) -> float:
        """Objective as a share of the proven most that anyone could have reached with hindsight."""
        bound = self.certificate.bound
        return self.certificate.objective / bound if bound > 0 else 1.0

    @property
    def price_of_floors(self) -> float:
        """Share of the score given up against the same replay without a least gain and a reserve."""
        return given_up(self.without.certificate, self.certificate) if self.without else 0.0


def replay(  # noqa: PLR0913 - every choice has a name and a default
    problem: Problem,
    *,
    policy: Policy = Policy.PRICE,
    history: Problem | None = None,
    goal: Goal = Goal.SCORE,
    counted: Counted = Counted.PERSONS,
    weights: Weights | None = None,
    balance: float = 0.0,
    everyone: bool = False,
    reserve: float = 0.0,
    least_gain: float | None = None,
    groupings: Sequence[Grouping] = (),
    seed: int = 1,
    threads: int = 2,
    on_batch: OnBatch | None = None,
) -> Replay:
    """Decide the households of ``problem`` in order of ``arrival``; equal arrivals are one batch.

    Parameters
    ----------
    history
        An earlier period over the same places and uses, to learn what may still come; its caps do not count.
    balance
        Score given up to spare a household one batch of waiting at a place.
    everyone
        Link whoever fits somewhere, whatever it costs those who still come.
    reserve
        Share (0 to 1) of the hard cases still expected for which room is kept back from others; 0 keeps none.
    least_gain, groupings
        Least total score of every group, as a multiple of that of random proposals, as near as can be kept without
        looking ahead (price policy only); groupings by size and by children.

    Raises
    ------
    LinkingError
        LNK-01 when the arrays do not fit each other, or history has other places or uses.
    """
    started = time.perf_counter()
    _refuse_faults(problem, history)
    asked = weights_of_goal(problem, goal, weights or Weights(), counted=counted)
    parties = gather_parties(problem, person_weight=asked.person, household_weight=asked.household)
    earlier = _cases_of(history, asked) if history is not None else nobody_known(parties)
    batches = batches_of(problem, parties)
    season = Season(parties.capacity, earlier, len(batches), len(parties.kind))

    def decided(
        share: float, floor: float | None, heard: OnBatch | None
    ) -> tuple[NDArray[np.int64], Flow, Reserved]:
        week = WeekByWeek(
            season,
            policy=policy,
            balance=balance,
            everyone=everyone,
            reserve=share,
            least_gain=_least_gain(problem, floor, groupings),
            seed=seed,
            threads=threads,
        )
        return decide_in_order(parties, batches, week, heard)

    own = decided(reserve, least_gain, on_batch)
    bare = decided(0.0, None, None) if reserve > 0 or least_gain is not None else None
    price, bound = price_of_hindsight(parties, seed=seed, threads=threads)
    bound += rounding_of_groups(
        problem, parties, price, person_weight=asked.person, household_weight=asked.household
    )

    def told(found: tuple[NDArray[np.int64], Flow, Reserved], without: Replay | None = None) -> Replay:
        place, flow, reserved = found
        assignment = place[parties.of_household]
        certificate = certify(
            problem,
            assignment,
            goal=goal,
            weights=asked,
            bound=bound,
            prices=price,
            seconds=time.perf_counter() - started,
            seed=seed,
        )
        if least_gain is not None and without is not None:
            floors = floors_reached(problem, assignment, groupings, least_gain, seed=seed)
            certificate = replace(certificate, floors=floors)
        return Replay(assignment, certificate, policy, flow, reserved, without)

    return told(own, told(bare) if bare is not None else None)


def _refuse_faults(problem: Problem, history: Problem | None) -> None:
    wrong = faults(problem) + (() if history is None else _misfits(problem, history))
    if wrong:
        raise LinkingError("LNK-01", "; ".join(wrong), remedy="Build the problem again from sound columns.")


def _least_gain(problem: Problem, times: float | None, groupings: Sequence[Grouping]) -> LeastGain | None:
    if times is None:
        return None
    names, members = own_members(problem.uses, [grouping.characteristic for grouping in groupings])
    return LeastGain(times, names, members)


def replay_document(problem: Problem, done: Replay) -> dict[str, object]:
    """Return the certificate of a replay as JSON can hold it: its ``bound`` is that of hindsight."""
    floors = {"price_of_floors": done.price_of_floors} if done.certificate.floors else {}
    return {
        **certificate_document(problem, done.certificate),
        **floors,
        "policy": done.policy.value,
        "hindsight_bound": done.certificate.bound,
        "share_of_hindsight": done.share_of_hindsight,
        "unplaced": done.flow.unplaced,
        "mean_wait": done.flow.mean_wait,
        "reserve": _reserve_document(done),
    }


def _reserve_document(done: Replay) -> dict[str, object]:
    """Return how much was kept, for whom, and who got no place; without a reserve too, where one was asked."""
    own = done.reserved
    told: dict[str, object] = {
        "share": own.share,
        "hard_cases": own.hard_cases,
        "most_kept": {
            "cases": own.most.count,
            "persons": own.most.persons,
            **{kind.value: own.most.cases.get(kind, 0) for kind in Hardness},
        },
        "persons_kept": list(own.kept),
        "unplaced_hard_cases": own.unplaced[0],
        "unplaced_others": own.unplaced[1],
    }
    if done.without is not None:
        bare = done.without
        told["without"] = {
            "unplaced_hard_cases": bare.reserved.unplaced[0],
            "unplaced_others": bare.reserved.unplaced[1],
            "persons_linked": bare.certificate.persons_linked,
            "share_of_hindsight": bare.share_of_hindsight,
        }
    return told


def decide_in_order(
    parties: Parties, batches: list[NDArray[np.int64]], week: WeekByWeek, on_batch: OnBatch | None
) -> tuple[NDArray[np.int64], Flow, Reserved]:
    """Return the place of each party (N, -1 = none), how even the flow was, and what a reserve did."""
    place = np.full(len(parties.kind), -1, np.int64)
    left = parties.capacity.copy()
    taken = np.zeros((len(batches), len(left)), np.int64)
    kept: list[int] = []
    for number, rows in enumerate(batches):
        got = week.decide(cases_at(parties, rows), left)
        place[rows] = got
        kept.append(week.reserve.kept.persons)
        there = got >= 0
        np.subtract.at(left, got[there], parties.demand[rows[there]])
        np.add.at(taken[number], got[there], parties.demand[rows[there], 0])
        if on_batch is not None:
            on_batch(number + 1, len(batches))
    unplaced = int(parties.members[place < 0].sum())
    wait = waits(parties, batches, place)
    flow = Flow(unplaced, float(wait.mean()) if wait.size else 0.0, taken)
    return place, flow, _reserved(parties, place, week.reserve, tuple(kept))


def _reserved(
    parties: Parties, place: NDArray[np.int64], reserve: Reserve, kept: tuple[int, ...]
) -> Reserved:
    every = Cases(parties.demand, parties.allowed, parties.score)
    hard = np.array([kind is not None for kind in hardness(every, parties.capacity)], bool)
    left_out = (place < 0) & can_be_held(every, parties.capacity)
    unplaced = int(parties.members[left_out & hard].sum()), int(parties.members[left_out & ~hard].sum())
    return Reserved(reserve.share, reserve.most, kept, int(parties.members[hard].sum()), unplaced)


def waits(
    parties: Parties, batches: list[NDArray[np.int64]], place: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the batches each linked party waits at its place: persons before it over what the place does a batch."""
    rate = np.maximum(parties.capacity[:, 0] / max(1, len(batches)), 1e-9)
    queue = np.zeros(len(rate))
    out: list[float] = []
    for rows in batches:
        for row in rows:
            here = place[row]
            if here >= 0:
                out.append(float(queue[here] / rate[here]))
                queue[here] += parties.demand[row, 0]
        queue = np.maximum(0.0, queue - rate)
    return np.array(out)


def cases_at(parties: Parties, rows: NDArray[np.int64]) -> Cases:
    """Return parties as cases; weights are part of their scores."""
    score = parties.score[rows] + parties.bonus[rows, None].astype(np.float32)
    return Cases(parties.demand[rows], parties.allowed[rows], score)


def batches_of(problem: Problem, parties: Parties) -> list[NDArray[np.int64]]:
    """Return the parties of each batch; a group is decided when its first household comes."""
    arrival = np.full(len(parties.kind), np.iinfo(np.int64).max)
    np.minimum.at(arrival, parties.of_household, problem.arrival)
    return [np.flatnonzero(arrival == moment) for moment in np.unique(arrival)]


def _cases_of(history: Problem, weights: Weights) -> Cases:
    parties = gather_parties(history, person_weight=weights.person, household_weight=weights.household)
    return cases_at(parties, np.arange(len(parties.kind)))


def nobody_known(parties: Parties) -> Cases:
    """Return a history without anybody."""
    return cases_at(parties, np.empty(0, np.int64))


def _misfits(problem: Problem, history: Problem) -> tuple[str, ...]:
    found = faults(history)
    if history.places != problem.places:
        found += ("history has other places, or in another order",)
    if history.uses != problem.uses:
        found += ("history has other uses",)
    return found
