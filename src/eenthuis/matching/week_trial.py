"""A reserve for hard cases tried out: the same households week by week with it and without, and nothing is proposed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from eenthuis.matching.building import build
from eenthuis.matching.certificate import Weights
from eenthuis.matching.parties import gather_parties
from eenthuis.matching.proposal import weights_of_goal
from eenthuis.matching.replay import Reserved, batches_of, cases_at, decide_in_order, nobody_known
from eenthuis.matching.week_reserve import hardness
from eenthuis.matching.weekly import Season, WeekByWeek
from eenthuis.terms.linking import Choices, Goal, Hardness, OpenPlace, Policy
from eenthuis.terms.people import Household

DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class WeekTried:
    """Households whose permit is of the week from ``first_day``, and persons' room kept when that week was decided."""

    first_day: date
    households: int
    kept: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """Persons with a place, and households without one that some place could hold if it were empty: hard and others."""

    persons: int
    hard: int
    others: int


@dataclass(frozen=True, slots=True)
class ReserveTried:
    """What keeping a share of the room for hard cases does: households per kind of hard case, weeks, and both outcomes.

    ``most_cases`` and ``most_persons`` are what room was kept for at one time at most.
    """

    share: float
    households: int
    hard: Mapping[Hardness, int]
    most_cases: int
    most_persons: int
    weeks: tuple[WeekTried, ...]
    kept: Outcome
    without: Outcome


def try_reserve(
    households: Sequence[Household],
    places: Sequence[OpenPlace],
    *,
    as_of: date,
    share: float,
    choices: Choices | None = None,
    seed: int = 1,
) -> ReserveTried:
    """Link households in the week of their permit, each where its score is highest, with a reserve and without.

    No week knows the next. What is kept follows from who has come so far and how many come in all. ``share`` is above
    0 and at most 1.
    """
    asked = choices or Choices()
    problem, _ = build(households, places, as_of, asked)
    first = min(household.permit_on for household in households)
    monday = first.toordinal() - first.weekday()
    week = np.array(
        [(household.permit_on.toordinal() - monday) // DAYS_A_WEEK for household in households], np.int64
    )
    problem = replace(problem, arrival=week)
    weights = weights_of_goal(problem, Goal.HOUSED_THEN_SCORE, Weights())
    parties = gather_parties(problem, person_weight=weights.person, household_weight=weights.household)
    batches = batches_of(problem, parties)
    season = Season(parties.capacity, nobody_known(parties), len(batches), len(parties.kind))

    def tried(part: float) -> tuple[Outcome, Reserved]:
        engine = WeekByWeek(season, policy=Policy.GREEDY, everyone=True, reserve=part, seed=seed)
        place, _flow, reserved = decide_in_order(parties, batches, engine, None)
        persons = int(parties.demand[place >= 0, 0].sum())
        return Outcome(persons, *reserved.unplaced), reserved

    bare, _ = tried(0.0)
    kept, reserved = tried(share)
    every = cases_at(parties, np.arange(len(parties.kind)))
    hard = Counter(kind for kind in hardness(every, parties.capacity) if kind is not None)
    arrived = np.unique(week, return_counts=True)
    return ReserveTried(
        share=share,
        households=len(households),
        hard={kind: hard[kind] for kind in Hardness},
        most_cases=reserved.most.count,
        most_persons=reserved.most.persons,
        weeks=tuple(
            WeekTried(date.fromordinal(monday + DAYS_A_WEEK * int(at)), int(count), persons)
            for at, count, persons in zip(*arrived, reserved.kept, strict=True)
        ),
        kept=kept,
        without=bare,
    )
