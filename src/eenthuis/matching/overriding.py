"""A person pins, forbids or releases; the engine solves again around the proposal and says what that costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.around import Around, Change
from eenthuis.matching.certificate import Certificate, Check, FloorStated, Stage, certify, proven_bound
from eenthuis.matching.conflicts import find_conflicts, own_wishes, witness
from eenthuis.matching.kept_floors import lifted, restated
from eenthuis.matching.parties import gather_parties, rounding_of_groups
from eenthuis.matching.prices import Passes
from eenthuis.matching.problem import UNLIMITED, Problem
from eenthuis.matching.proposal import Solution
from eenthuis.matching.wishes import ANYWHERE, Wishes, changed_problem, in_force, wishes_of
from eenthuis.terms.overriding import Difference, Moved, Override, PlaceChange, Refused

COUNTED = {"persons": (1.0, 0.0), "households": (0.0, 1.0)}
"""Stages of a certificate that count, with what a person and a household weigh there."""


@dataclass(frozen=True, slots=True)
class Reconsidered:
    """A new proposal around overrides: the changed problem, its solution, and the difference from the old proposal."""

    problem: Problem
    solution: Solution
    difference: Difference
    overrides: tuple[Override, ...]


def reconsider(
    problem: Problem,
    solution: Solution,
    overrides: Sequence[Override],
    *,
    threads: int = 2,
    around: Around | None = None,
) -> Reconsidered | Refused:
    """Solve again around a proposal so that overrides hold, moving as few as needed for the best total.

    Parameters
    ----------
    problem, solution
        What was solved, and the proposal with its certificate, whose prices are kept.
    overrides
        The ordered list from the first one on; of two that contradict each other the later one counts. The same list
        over the same proposal gives the same result, bit for bit.
    around
        What an earlier call for the same proposal has made ready, to save time.

    Returns
    -------
    Reconsidered or Refused
        The certificate is that of the changed problem, in which pins leave one place and must be linked. Floors are
        kept as far as the search finds; what a person asks goes before them, and those missed are told. Or every
        minimal set of wishes that cannot hold together, with the smallest repairs.

    Raises
    ------
    LinkingError
        LNK-01 when an override names a household or a place that is not in the problem.
    """
    kept = in_force(overrides)
    wishes = wishes_of(problem, kept)
    own = own_wishes(problem, wishes)
    conflicts = find_conflicts(problem, own)
    if conflicts:
        return Refused(conflicts)
    floors = solution.certificate.floors
    warm = around or Around(
        lifted(problem, floors), solution.assignment, solution.certificate, threads=threads
    )
    found = warm.solve(change_of(warm, wishes), start=_start(problem, warm, wishes))
    if found is None:  # cannot be: what is asked was found to hold together
        return Refused(())
    assignment = found.place[warm.parties.of_household]
    changed = changed_problem(problem, wishes)
    certificate = _certified(changed, assignment, solution.certificate, wishes, kept, threads=threads)
    difference = difference_of(problem, solution, assignment, certificate)
    return Reconsidered(changed, Solution(assignment, certificate), difference, kept)


def change_of(warm: Around, wishes: Wishes) -> Change:
    """Return overrides as a change of parties."""
    party = warm.parties.of_household
    return Change(
        fixed={int(party[row]): column for row, column in wishes.pins.items() if column != ANYWHERE},
        must=frozenset(int(party[row]) for row, column in wishes.pins.items() if column == ANYWHERE),
        barred=frozenset((int(party[row]), column) for row, column in wishes.forbids),
        gone=frozenset(int(party[row]) for row in wishes.held),
    )


def _start(problem: Problem, warm: Around, wishes: Wishes) -> Mapping[int, int]:
    """Return a place to begin with for parties that must get one, such that all of them and the pins fit."""
    if all(column != ANYWHERE for column in wishes.pins.values()):
        return {}
    places = witness(problem, own_wishes(problem, wishes))
    return {int(warm.parties.of_household[row]): at for row, at in places.items()}


def _certified(
    problem: Problem,
    assignment: NDArray[np.int64],
    old: Certificate,
    wishes: Wishes,
    overrides: tuple[Override, ...],
    *,
    threads: int,
) -> Certificate:
    must = wishes.must_link
    bound = bound_of(problem, old.prices, old.weights.person, old.weights.household, must, threads=threads)
    certificate = certify(
        problem,
        assignment,
        goal=old.goal,
        weights=old.weights,
        bound=bound,
        prices=old.prices,
        seed=old.seed,
    )
    return replace(
        certificate,
        stages=_stages(problem, certificate, old.stages, must, threads=threads),
        checks=(*certificate.checks, Check("must-link", len(must), int((assignment[must] < 0).sum()))),
        overrides=overrides,
        floors=restated(problem, old.floors, assignment),
    )


def bound_of(
    problem: Problem,
    price: NDArray[np.float64],
    person_weight: float,
    household_weight: float,
    must: NDArray[np.int64],
    *,
    is_scored: bool = True,
    threads: int = 2,
) -> float:
    """Return the bound that ``price`` (M x K) proves when the households ``must`` (rows) have to get a place."""
    asked = problem if is_scored else replace(problem, score=np.zeros_like(problem.score))
    parties = gather_parties(asked, person_weight=person_weight, household_weight=household_weight)
    passes = Passes(parties, threads=threads)
    try:
        best = passes.best_values(price)
    finally:
        passes.close()
    forced = np.unique(parties.of_household[must])
    rows: dict[int, list[int]] = {int(party): [] for party in forced}
    for row in np.flatnonzero(np.isin(parties.of_household, forced)).tolist():
        rows[int(parties.of_household[row])].append(row)
    for party, members in rows.items():
        need = problem.demand[members].astype(np.float64)
        worth = asked.score[members] + person_weight * need[:, :1] + household_weight - need @ price.T
        best[party] = float(worth.sum(axis=0)[parties.allowed[party]].max())
    free = parties.members.copy()
    free[forced] = 1
    lacking = rounding_of_groups(
        asked,
        replace(parties, members=free),
        price,
        person_weight=person_weight,
        household_weight=household_weight,
    )
    return proven_bound(parties, best, price) + lacking


def _stages(
    problem: Problem,
    certificate: Certificate,
    old: tuple[Stage, ...],
    must: NDArray[np.int64],
    *,
    threads: int,
) -> tuple[Stage, ...]:
    weights = certificate.weights
    reached = {"persons": float(certificate.persons_linked), "households": float(certificate.linked)}
    made = []
    for stage in old:
        if stage.name in COUNTED and stage.prices is not None:
            person, household = COUNTED[stage.name]
            bound = bound_of(problem, stage.prices, person, household, must, is_scored=False, threads=threads)
            made.append(Stage(stage.name, reached[stage.name], max(bound, reached[stage.name]), stage.prices))
        elif stage.name == "score":
            counted = weights.person * certificate.persons_linked + weights.household * certificate.linked
            made.append(Stage("score", certificate.objective - counted, certificate.bound - counted))
    return tuple(made)


def difference_of(
    problem: Problem, old: Solution, assignment: NDArray[np.int64], certificate: Certificate
) -> Difference:
    """Return what changes from one proposal to another over the same households and places."""
    before, after = old.assignment, assignment
    moved = np.flatnonzero(before != after)
    names = (*problem.places, None)
    weights = certificate.weights
    persons, there = _persons_at(problem, before), _persons_at(problem, after)
    counts = [
        of.objective - weights.person * of.persons_linked - weights.household * of.linked
        for of in (old.certificate, certificate)
    ]
    capacity = problem.capacity[:, 0]
    return Difference(
        cost=old.certificate.objective - certificate.objective,
        score=counts[1] - counts[0],
        households=certificate.linked - old.certificate.linked,
        persons=certificate.persons_linked - old.certificate.persons_linked,
        moved=tuple(
            Moved(problem.households[row], int(problem.persons[row]), names[before[row]], names[after[row]])
            for row in moved.tolist()
        ),
        places=tuple(
            PlaceChange(
                problem.places[at],
                int(persons[at]),
                int(there[at]),
                None if capacity[at] == UNLIMITED else int(capacity[at]),
            )
            for at in np.flatnonzero(persons != there).tolist()
        ),
        floors_missed=_floors_missed(problem, old.certificate.floors, after),
    )


def _persons_at(problem: Problem, assignment: NDArray[np.int64]) -> NDArray[np.int64]:
    there = np.flatnonzero(assignment >= 0)
    found = np.zeros(len(problem.places), np.int64)
    np.add.at(found, assignment[there], problem.persons[there])
    return found


def _floors_missed(
    problem: Problem, floors: tuple[FloorStated, ...], assignment: NDArray[np.int64]
) -> tuple[str, ...]:
    own = np.zeros(len(assignment))
    there = np.flatnonzero(assignment >= 0)
    own[there] = problem.score[there, assignment[there]]
    return tuple(
        f"{floor.characteristic} {floor.label}"
        for floor in floors
        if floor.holds and not replace(floor, reached=float(own[list(floor.households)].sum())).holds
    )
