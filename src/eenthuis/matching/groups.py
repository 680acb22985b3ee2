"""Groups of households by what they are, to see who gains; never used to decide unless the user asks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.baselines import Drawn
from eenthuis.matching.problem import Problem
from eenthuis.rules.bands import BANDS, band_of
from eenthuis.terms.people import Household, Sex

CHILDREN = "children"

_BLOCK = 2_000

Members = Callable[[NDArray[np.int64]], NDArray[np.float64]]
"""Returns the part (G x N, 0 to 1) that each of N demands (N x K) has in each group."""

AGES = ((18, "under 18"), (30, "18-29"), (45, "30-44"), (60, "45-59"))
"""Age bands in which the eldest member of a household is counted, in years: each ends before its number."""

ELDEST = "60 and over"


@dataclass(frozen=True, slots=True)
class Grouping:
    """Households divided by one characteristic: a label per household (H), empty where nobody knows."""

    characteristic: str
    labels: tuple[str, ...]

    def members(self) -> Mapping[str, NDArray[np.bool_]]:
        """Return label -> which households (H) have it, in order of the size bands or else of the alphabet."""
        known = [*(name for name, _, _ in BANDS), *(name for _, name in AGES), ELDEST]
        found = sorted(
            set(self.labels) - {""}, key=lambda label: (known.index(label) if label in known else -1, label)
        )
        own = np.array(self.labels)
        return {label: np.asarray(own == label) for label in found}


@dataclass(frozen=True, slots=True)
class GroupMeasure:
    """How one group fares.

    ``score`` is the group's total; ``random`` what it would be in the mean over random feasible proposals;
    ``mean_rank`` the mean place of the given municipality among the allowed ones by score (1 = best), of those linked.
    """

    characteristic: str
    label: str
    households: int
    linked: int
    persons: int
    persons_linked: int
    score: float
    random: float
    mean_rank: float | None

    @property
    def gain(self) -> float | None:
        """Score as a multiple of the random one; None where random reaches nothing."""
        return self.score / self.random if self.random > 0 else None


def own_groupings(problem: Problem) -> tuple[Grouping, ...]:
    """Return the groupings that a problem itself tells: size, and children where that is a use."""
    found = [Grouping("size", tuple(band_of(max(1, min(99, int(size)))) for size in problem.persons))]
    if CHILDREN in problem.uses:
        children = problem.demand[:, problem.uses.index(CHILDREN)]
        found.append(Grouping(CHILDREN, tuple("with" if count else "without" for count in children)))
    return tuple(found)


def own_members(uses: Sequence[str], characteristics: Collection[str]) -> tuple[tuple[str, ...], Members]:
    """Return names of the groups that demands tell (size and, where that is a use, children), and who is in them.

    Only ``characteristics`` count. Who is in them is G x N for N demands (N x K).
    """
    names: list[str] = []
    kinds: list[Callable[[NDArray[np.int64]], NDArray[np.bool_]]] = []
    if "size" in characteristics:
        for name, smallest, largest in BANDS:
            names.append(f"size {name}")
            kinds.append(partial(_between, column=0, smallest=smallest, largest=largest))
    if CHILDREN in characteristics and CHILDREN in uses:
        at = list(uses).index(CHILDREN)
        names += [f"{CHILDREN} with", f"{CHILDREN} without"]
        kinds += [
            partial(_between, column=at, smallest=1, largest=None),
            partial(_between, column=at, smallest=0, largest=0),
        ]

    def members(demand: NDArray[np.int64]) -> NDArray[np.float64]:
        return np.array([kind(demand) for kind in kinds], float).reshape(len(kinds), len(demand))

    return tuple(names), members


def _between(
    demand: NDArray[np.int64], *, column: int, smallest: int, largest: int | None
) -> NDArray[np.bool_]:
    amount = demand[:, column]
    return np.asarray((amount >= smallest) & (amount <= largest if largest is not None else True))


def household_groupings(households: Sequence[Household], as_of: date) -> tuple[Grouping, ...]:
    """Return the groupings that households tell: size, children, sex and age of the adults, region of reception.

    The sex is that of all adults (``women``, ``men``, or ``both``), empty where one is not known; the age is that of
    the eldest member in the year of ``as_of``.
    """
    return (
        Grouping("size", tuple(band_of(household.persons) for household in households)),
        Grouping(
            CHILDREN,
            tuple("without" if all(m.is_adult for m in h.members) else "with" for h in households),
        ),
        Grouping("sex", tuple(_sex(household) for household in households)),
        Grouping("age", tuple(_age(household, as_of.year) for household in households)),
        Grouping("region", tuple(household.region.value for household in households)),
    )


def _sex(household: Household) -> str:
    found = {member.sex for member in household.members if member.is_adult}
    if not found or Sex.UNKNOWN in found:
        return ""
    return "both" if len(found) > 1 else {Sex.FEMALE: "women", Sex.MALE: "men"}[found.pop()]


def _age(household: Household, year: int) -> str:
    eldest = year - min((member.birth_year for member in household.members), default=year)
    return next((name for before, name in AGES if eldest < before), ELDEST)


@dataclass(frozen=True, slots=True)
class Luck:
    """Score per household (H) in the mean over random feasible proposals."""

    score: NDArray[np.float64]


def random_luck(problem: Problem, drawn: Drawn) -> Luck:
    """Return what each household gets in the mean over random feasible proposals."""
    total = np.zeros(len(problem.households))
    for place in drawn.assignments:
        there = np.flatnonzero(place >= 0)
        total[there] += problem.score[there, place[there]]
    return Luck(total / max(1, len(drawn.assignments)))


def measure_groups(
    problem: Problem, assignment: NDArray[np.int64], groupings: Sequence[Grouping], luck: Luck
) -> tuple[GroupMeasure, ...]:
    """Return how every group fares under ``assignment`` (H, -1 = none)."""
    linked = assignment >= 0
    own = np.zeros(len(assignment))
    there = np.flatnonzero(linked)
    own[there] = problem.score[there, assignment[there]]
    rank = ranks(problem, assignment)
    out = []
    for grouping in groupings:
        for label, member in grouping.members().items():
            placed = member & linked
            out.append(
                GroupMeasure(
                    characteristic=grouping.characteristic,
                    label=label,
                    households=int(member.sum()),
                    linked=int(placed.sum()),
                    persons=int(problem.persons[member].sum()),
                    persons_linked=int(problem.persons[placed].sum()),
                    score=float(own[member].sum()),
                    random=float(luck.score[member].sum()),
                    mean_rank=float(rank[placed].mean()) if placed.any() else None,
                )
            )
    return tuple(out)


def ranks(problem: Problem, assignment: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return per household (H) the rank of its place among the allowed ones by score (1 = best, 0 = not linked)."""
    rank = np.zeros(len(assignment), np.int64)
    there = np.flatnonzero(assignment >= 0)
    for block in np.array_split(there, len(there) // _BLOCK + 1):
        here = problem.score[block, assignment[block]]
        rank[block] = 1 + (problem.allowed[block] & (problem.score[block] > here[:, None])).sum(axis=1)
    return rank
