"""A proposal in the words of the field taken up again: explained, and solved around overrides, in the same words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.around import Around
from eenthuis.matching.building import build
from eenthuis.matching.certificate import Weights, certify
from eenthuis.matching.explaining import explain
from eenthuis.matching.explaining_places import explain_place
from eenthuis.matching.households import told
from eenthuis.matching.kept_floors import lifted
from eenthuis.matching.overriding import Reconsidered, bound_of, reconsider
from eenthuis.matching.parties import gather_parties
from eenthuis.matching.problem import UNLIMITED, Problem
from eenthuis.matching.proposal import Solution, price_of_hindsight, weights_of_goal
from eenthuis.matching.spreading import Solved
from eenthuis.matching.wishes import ANYWHERE, in_force, wishes_of
from eenthuis.matching.wording import HELD_BACK
from eenthuis.terms.explaining import HouseholdExplained, PlaceExplained
from eenthuis.terms.linking import Choices, LinkingProposal, OpenPlace
from eenthuis.terms.overriding import Difference, GivenWay, Override, OverrideKind, Refused
from eenthuis.terms.people import Household, HouseholdId
from eenthuis.terms.places import MunicipalityCode


@dataclass(frozen=True, slots=True)
class Recalled:
    """A proposal with the households, places and problem it was made of, ready to be explained or reconsidered."""

    households: tuple[Household, ...]
    places: tuple[OpenPlace, ...]
    proposal: LinkingProposal
    solved: Solved
    around: Around


@dataclass(frozen=True, slots=True)
class ReconsideredLinks:
    """A new proposal around overrides, and what it changes."""

    proposal: LinkingProposal
    difference: Difference
    recalled: Recalled


def recall(
    households: Sequence[Household],
    places: Sequence[OpenPlace],
    proposal: LinkingProposal,
    *,
    choices: Choices | None = None,
    seed: int = 1,
    threads: int = 2,
) -> Recalled:
    """Take a proposal up again.

    Give the households, places and choices that it was made of. A household or place that the proposal does not know
    has no part in it yet; what it says of one that is no longer given is left out. Without ``cap_prices`` in the
    proposal prices are found again, which takes as long as solving begins with.
    """
    problem, reasons = build(households, places, proposal.as_of, choices or Choices(), proposal.spread_slack)
    assignment = _assignment(problem, proposal)
    weights = weights_of_goal(problem, proposal.proof.goal, Weights())
    prices = _prices(problem, proposal, weights, seed=seed, threads=threads)
    bound = bound_of(
        problem, prices, weights.person, weights.household, np.zeros(0, np.int64), threads=threads
    )
    certificate = certify(
        problem,
        assignment,
        goal=proposal.proof.goal,
        weights=weights,
        bound=bound,
        prices=prices,
        seed=proposal.proof.seed,
    )
    solved = Solved(problem, reasons, Solution(assignment, certificate), proposal.spread_slack)
    around = Around(problem, assignment, certificate, threads=threads)
    return Recalled(tuple(households), tuple(places), proposal, solved, around)


def _assignment(problem: Problem, proposal: LinkingProposal) -> NDArray[np.int64]:
    """Return the place of each household (H, -1 = none), as far as the proposal says."""
    columns = {name: column for column, name in enumerate(problem.places)}
    said = {str(link.household): link.municipality for link in proposal.links}
    return np.array([columns.get(said.get(name) or "", -1) for name in problem.households], np.int64)


def _prices(
    problem: Problem, proposal: LinkingProposal, weights: Weights, *, seed: int, threads: int
) -> NDArray[np.float64]:
    if not proposal.cap_prices:
        parties = gather_parties(problem, person_weight=weights.person, household_weight=weights.household)
        return price_of_hindsight(parties, seed=seed, threads=threads)[0]
    return np.array(
        [
            [proposal.cap_prices.get(place, {}).get(use, 0.0) for use in problem.uses]
            for place in problem.places
        ],
        np.float64,
    ).reshape(problem.capacity.shape)


def reconsider_households(
    recalled: Recalled, overrides: Sequence[Override], *, threads: int = 2
) -> ReconsideredLinks | Refused:
    """Solve a proposal again around the whole ordered list of overrides.

    A pin is held to hard criteria and to the persons still open in a target. It goes beyond the spread of household
    sizes and the room kept for joining relatives where it must, which the difference tells: a person who confirms a
    link may do that too.

    Raises
    ------
    LinkingError
        LNK-01 when an override names a household or a municipality that is not given.
    """
    problem, given_way = _giving_way(recalled.solved.problem, overrides)
    solution = recalled.solved.solution
    warm = recalled.around
    if given_way:
        scored = lifted(problem, solution.certificate.floors)
        warm = Around(scored, solution.assignment, solution.certificate, threads=threads)
    found = reconsider(problem, solution, overrides, threads=threads, around=warm)
    if isinstance(found, Refused):
        return found
    return _told(recalled, found, given_way, threads=threads)


def _told(
    recalled: Recalled, found: Reconsidered, given_way: tuple[GivenWay, ...], *, threads: int
) -> ReconsideredLinks:
    solved = replace(recalled.solved, problem=found.problem, solution=found.solution)
    made = told(recalled.households, recalled.places, recalled.proposal.as_of, solved)
    around = Around(found.problem, found.solution.assignment, found.solution.certificate, threads=threads)
    again = Recalled(recalled.households, recalled.places, made, solved, around)
    return ReconsideredLinks(made, replace(found.difference, given_way=given_way), again)


def _giving_way(problem: Problem, overrides: Sequence[Override]) -> tuple[Problem, tuple[GivenWay, ...]]:
    """Return the problem with caps that do not bind a person as high as pins need, and which caps those are."""
    needed = np.zeros(problem.capacity.shape, np.int64)
    for row, column in wishes_of(problem, in_force(overrides)).pins.items():
        if column != ANYWHERE:
            needed[column] += problem.demand[row]
    needed[:, 0] = 0
    more = np.where(problem.capacity == UNLIMITED, 0, np.maximum(needed - problem.capacity, 0))
    if not more.any():
        return problem, ()
    ways = tuple(
        GivenWay(problem.places[column], problem.uses[use], int(more[column, use]))
        for column, use in np.argwhere(more).tolist()
    )
    return replace(problem, capacity=problem.capacity + more), ways


def explain_household(
    recalled: Recalled, identifier: HouseholdId, *, alternatives: int = 3
) -> HouseholdExplained | None:
    """Explain the municipality of a household, or why it has none; None for a household that is not given."""
    problem = recalled.solved.problem
    if identifier not in problem.households:
        return None
    row = problem.households.index(identifier)
    here = int(recalled.solved.solution.assignment[row])
    reasons = recalled.solved.reasons(row, here) if here >= 0 else ()
    held = _is_held(recalled, identifier)
    explained = explain(recalled.around, row, alternatives=alternatives, reasons=reasons)
    return replace(explained, code=HELD_BACK) if held and here < 0 else explained


def _is_held(recalled: Recalled, identifier: HouseholdId) -> bool:
    overrides = recalled.solved.solution.certificate.overrides
    return any(
        one.household == identifier and one.kind is OverrideKind.FORBID and not one.place for one in overrides
    )


def explain_municipality(
    recalled: Recalled, code: MunicipalityCode, *, next_in_line: int = 5
) -> PlaceExplained | None:
    """Explain which households a municipality gets and who came next; None for one that is not given."""
    problem = recalled.solved.problem
    if code not in problem.places:
        return None
    place = problem.places.index(code)
    return explain_place(recalled.around, place, next_in_line=next_in_line, reasons=recalled.solved.reasons)
