"""Who gains under each way to combine members: the instance solved once for every way, seen with one yardstick."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.certificate import Weights
from eenthuis.matching.groups import Grouping
from eenthuis.matching.outcome.columns import LEAST_OF_A_KIND
from eenthuis.matching.outcome.model import AtPlaces, Model
from eenthuis.matching.outcome.rollup import Combine, Members, blocks, household_scores
from eenthuis.matching.problem import Problem
from eenthuis.matching.proposal import Counted, solve
from eenthuis.terms.linking import Goal

AGE_BANDS: tuple[tuple[int, str], ...] = (
    (0, "under 25"),
    (25, "25-34"),
    (35, "35-44"),
    (45, "45-54"),
    (55, "55+"),
)
"""First year and name of each age band in which gains are told; a choice, near the bands of published statistics."""

EVERYONE = "everyone"


@dataclass(frozen=True, slots=True)
class Gain:
    """How the members of one group fare under one way to combine.

    Attributes
    ----------
    combine, characteristic, label
        The way, and the group.
    members, linked
        Members of working age, and those whose household got a place.
    chance
        Mean chance of work of those linked, at the place they got.
    rank
        Mean rank of that place among the allowed ones by the member's own chance (1 = best).

    ``chance`` and ``rank`` are None for a group with fewer than ten members linked.
    """

    combine: Combine
    characteristic: str
    label: str
    members: int
    linked: int
    chance: float | None
    rank: float | None


@dataclass(frozen=True, slots=True)
class Whole:
    """What one way links in all, and how many members are then expected to work."""

    combine: Combine
    households_linked: int
    persons_linked: int
    expected_at_work: float
    gap: float


@dataclass(frozen=True, slots=True)
class WhoGains:
    """Every way in all, and every group under every way."""

    wholes: tuple[Whole, ...]
    gains: tuple[Gain, ...]


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the instance is to be solved, once for every way."""

    goal: Goal = Goal.HOUSED_THEN_SCORE
    counted: Counted = Counted.PERSONS
    weights: Weights | None = None
    seed: int = 1
    threads: int = 2


def who_gains(
    problem: Problem,
    model: Model,
    there: AtPlaces,
    members: Members,
    *,
    groupings: Sequence[Grouping],
    wishes: Wishes,
    tell: Callable[[int, int], None] | None = None,
) -> WhoGains:
    """Solve ``problem`` once for every way to combine, and measure every group each time.

    The yardstick is the same for all ways: the chance of each member, and the rank of the place by that chance.
    """
    groups = dict(_groups(members, groupings))
    wholes, gains = [], []
    for number, way in enumerate(members.ways, start=1):
        score = household_scores(model, there, members, households=len(problem.households), combine=way)
        solution = solve(
            replace(problem, score=score),
            goal=wishes.goal,
            counted=wishes.counted,
            weights=wishes.weights,
            seed=wishes.seed,
            threads=wishes.threads,
        )
        place = solution.assignment[members.household]
        chance, rank = _fares(problem, model, there, members, place)
        linked = place >= 0
        wholes.append(
            Whole(
                combine=way,
                households_linked=int((solution.assignment >= 0).sum()),
                persons_linked=int(problem.persons[solution.assignment >= 0].sum()),
                expected_at_work=float(chance[linked].sum()),
                gap=solution.certificate.gap,
            )
        )
        for (characteristic, label), member in groups.items():
            here = member & linked
            told = int(here.sum()) >= LEAST_OF_A_KIND
            gains.append(
                Gain(
                    combine=way,
                    characteristic=characteristic,
                    label=label,
                    members=int(member.sum()),
                    linked=int(here.sum()),
                    chance=float(chance[here].mean()) if told else None,
                    rank=float(rank[here].mean()) if told else None,
                )
            )
        if tell is not None:
            tell(number, len(members.ways))
    return WhoGains(tuple(wholes), tuple(gains))


def _fares(
    problem: Problem, model: Model, there: AtPlaces, members: Members, place: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return each member's chance at the place given, and its rank among the allowed ones; zeros where none is."""
    own, rank = np.zeros(len(place)), np.zeros(len(place), np.int64)
    for rows, _, chance in blocks(model, there, members):
        given = np.maximum(place[rows], 0)
        here = chance[np.arange(len(rows)), given]
        better = (chance > here[:, None]) & problem.allowed[members.household[rows]]
        linked = place[rows] >= 0
        own[rows] = np.where(linked, here, 0.0)
        rank[rows] = np.where(linked, 1 + better.sum(axis=1), 0)
    return own, rank


def _groups(
    members: Members, groupings: Sequence[Grouping]
) -> Iterator[tuple[tuple[str, str], NDArray[np.bool_]]]:
    """Yield characteristic and label of every group with its members (N)."""
    yield (EVERYONE, EVERYONE), np.ones(len(members.household), bool)
    for grouping in groupings:
        for label, households in grouping.members().items():
            yield (grouping.characteristic, label), households[members.household]
    if members.sex is not None:
        for label in np.unique(members.sex[members.sex != ""]):
            yield ("sex", str(label)), np.asarray(members.sex == label)
    if members.age is not None:
        band = np.searchsorted([first for first, _ in AGE_BANDS], members.age, side="right") - 1
        for number, (_, label) in enumerate(AGE_BANDS):
            here = np.asarray((band == number) & ~np.isnan(members.age))
            if here.any():
                yield ("age", label), here
    if members.earner is not None:
        yield ("earner", "named"), members.earner
        yield ("earner", "not named"), ~members.earner
