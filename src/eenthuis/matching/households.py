"""From households and open places in the words of the field to a linking proposal with reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.building import ReasonsOf
from eenthuis.matching.certificate import Certificate, price_table
from eenthuis.matching.pace import pace_lines
from eenthuis.matching.problem import Problem
from eenthuis.matching.proposal import OnProgress, Solution
from eenthuis.matching.spread import HOUSEHOLDS
from eenthuis.matching.spreading import Search, Solved, room_left, solve_spread
from eenthuis.terms.linking import (
    Alternative,
    Choices,
    Goal,
    LinkingProposal,
    OpenPlace,
    ProofSummary,
    ProposedLink,
    Reason,
)
from eenthuis.terms.people import Household
from eenthuis.terms.places import MunicipalityCode

ALTERNATIVES = 3
"""Other allowed places shown per household."""

GAP = 2e-4
"""A proposal proven to be within this share of the best is good enough to show."""


@dataclass(frozen=True, slots=True)
class Made:
    """A proposal with the problem it solves and the solution that proves it.

    ``price_of_floors`` is the share of the score given up for a least gain per group; None when none was asked.
    """

    proposal: LinkingProposal
    problem: Problem
    solution: Solution
    price_of_floors: float | None


def link_households(
    households: Sequence[Household],
    places: Sequence[OpenPlace],
    *,
    as_of: date,
    goal: Goal = Goal.HOUSED_THEN_SCORE,
    seed: int = 1,
    gap: float = GAP,
    on_progress: OnProgress | None = None,
    choices: Choices | None = None,
) -> LinkingProposal:
    """Propose a municipality for every household within the persons still open, with reasons and proof.

    The same households, places, day and seed give the same proposal, on any number of cores. A household that
    cannot be placed comes back with no municipality and the reason why. Unless ``choices`` says otherwise, joining
    relatives take room and household sizes are spread; the proof is that of the problem with these caps.
    """
    made = propose_households(
        households,
        places,
        as_of=as_of,
        goal=goal,
        seed=seed,
        gap=gap,
        on_progress=on_progress,
        choices=choices,
    )
    return made.proposal


def propose_households(
    households: Sequence[Household],
    places: Sequence[OpenPlace],
    *,
    as_of: date,
    goal: Goal = Goal.HOUSED_THEN_SCORE,
    seed: int = 1,
    gap: float = GAP,
    on_progress: OnProgress | None = None,
    choices: Choices | None = None,
) -> Made:
    """Propose as :func:`link_households`, and keep the problem and its solution for whoever audits or checks them."""
    asked = choices or Choices()
    orders = Search(goal=goal, seed=seed, gap=gap, on_progress=on_progress)
    solved = solve_spread(households, places, as_of, asked, orders)
    made = told(households, places, as_of, solved)
    return Made(made, solved.problem, solved.solution, solved.price_of_floors)


def told(
    households: Sequence[Household], places: Sequence[OpenPlace], as_of: date, solved: Solved
) -> LinkingProposal:
    """Return what was solved in the words of the field, with reasons and alternatives."""
    problem, solution = solved.problem, solved.solution
    prices = solution.certificate.prices
    alternatives = best_alternatives(problem, solution.assignment, solution.certificate)
    left = room_left(problem, solution.assignment)
    links = tuple(
        _proposed(row, household, problem, solution.assignment, solved.reasons, alternatives[row], left)
        for row, household in enumerate(households)
    )
    seats = np.array([not use.startswith(HOUSEHOLDS) for use in problem.uses], float)
    return LinkingProposal(
        as_of=as_of,
        links=links,
        proof=_proof(problem, solution.certificate),
        prices={
            MunicipalityCode(place): float(prices[row] @ seats) for row, place in enumerate(problem.places)
        },
        pace=pace_lines(places, links),
        spread_slack=solved.slack,
        cap_prices=price_table(problem, prices),
        floor_prices={
            f"{floor.characteristic} {floor.label}": floor.multiplier for floor in solution.certificate.floors
        },
    )


def best_alternatives(
    problem: Problem, assignment: NDArray[np.int64], certificate: Certificate, *, most: int = ALTERNATIVES
) -> tuple[tuple[Alternative, ...], ...]:
    """Return for every household its ``most`` best other allowed places with what each would cost the whole.

    The cost is what the proposal's total would fall by at the prices of the certificate: score given up plus the
    price of the room taken there, less the price of the room given back. It is never below 0.
    """
    prices = certificate.prices
    weights = certificate.weights
    out: list[tuple[Alternative, ...]] = []
    for row, here in enumerate(assignment):
        need = problem.demand[row]
        open_to = np.flatnonzero(problem.allowed[row] & (need <= problem.capacity).all(axis=1))
        bonus = weights.person * float(need[0]) + weights.household
        worth = problem.score[row, open_to].astype(np.float64) + bonus - prices[open_to] @ need.astype(float)
        now = 0.0
        if here >= 0:
            now = float(problem.score[row, here]) + bonus - float(prices[here] @ need)
        rank = np.lexsort((open_to, -worth))[: most + 1]
        out.append(
            tuple(
                Alternative(
                    municipality=MunicipalityCode(problem.places[open_to[at]]),
                    score=float(problem.score[row, open_to[at]]),
                    cost=max(0.0, now - float(worth[at])),
                )
                for at in rank
                if open_to[at] != here
            )[:most]
        )
    return tuple(out)


def _proposed(
    row: int,
    household: Household,
    problem: Problem,
    assignment: NDArray[np.int64],
    reasons: ReasonsOf,
    alternatives: tuple[Alternative, ...],
    left: NDArray[np.int64],
) -> ProposedLink:
    here = int(assignment[row])
    placed = here >= 0
    return ProposedLink(
        household=household.identifier,
        persons=household.persons,
        municipality=MunicipalityCode(problem.places[here]) if placed else None,
        score=float(problem.score[row, here]) if placed else 0.0,
        reasons=reasons(row, here) if placed else (_not_linked(problem, row, left),),
        alternatives=alternatives,
    )


def _not_linked(problem: Problem, row: int, left: NDArray[np.int64]) -> Reason:
    seats = [number for number, use in enumerate(problem.uses) if not use.startswith(HOUSEHOLDS)]
    need = problem.demand[row, seats]
    joining = int(need.max() - need[0])
    values: Mapping[str, str | int | float] = {"persons": int(need[0])}
    if joining:
        values = {**values, "joining": joining}
    if not problem.allowed[row].any():
        return Reason("not-linked:no-allowed-place", values=values)
    fits = problem.allowed[row] & (problem.demand[row] <= problem.capacity).all(axis=1)
    if not fits.any():
        return Reason("not-linked:too-large", values=values)
    values = {**values, "places": int(fits.sum())}
    if (problem.allowed[row] & (need <= left[:, seats]).all(axis=1)).any():
        return Reason("not-linked:spread", values=values)
    return Reason("not-linked:no-room", values=values)


def _proof(problem: Problem, certificate: Certificate) -> ProofSummary:
    return ProofSummary(
        goal=certificate.goal,
        objective=certificate.objective,
        bound=certificate.bound,
        gap=certificate.gap,
        households=certificate.households,
        linked=certificate.linked,
        persons=int(problem.persons.sum()),
        persons_linked=certificate.persons_linked,
        seconds=certificate.seconds,
        seed=certificate.seed,
    )
