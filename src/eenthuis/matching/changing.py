"""A proposal changed by a person: solved again around the whole list of overrides, set off against the one before."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from eenthuis.matching.around import Around
from eenthuis.matching.fairness import floors_reached
from eenthuis.matching.groups import household_groupings
from eenthuis.matching.households import Made
from eenthuis.matching.kept_floors import lifted, priced
from eenthuis.matching.overriding import difference_of
from eenthuis.matching.recalling import Recalled, recall, reconsider_households
from eenthuis.terms.linking import Choices, LinkingProposal, OpenPlace
from eenthuis.terms.overriding import Difference, Override, Refused
from eenthuis.terms.people import Household


@dataclass(frozen=True, slots=True)
class Changed:
    """A new proposal with its problem and solution, and how it differs from the one before."""

    made: Made
    difference: Difference


def change_proposal(
    households: Sequence[Household],
    places: Sequence[OpenPlace],
    *,
    origin: LinkingProposal,
    before: LinkingProposal,
    overrides: Sequence[Override],
    choices: Choices,
    seed: int = 1,
) -> Changed | Refused:
    """Solve ``origin`` again around ``overrides``, the whole list from the first one on.

    The difference is from ``before``, the proposal that the last overrides were made in: ``origin`` itself, or what
    earlier overrides made of it. Households and places are those of now; who is gone has no part in it.
    """
    started = time.perf_counter()
    recalled = _with_floors(recall(households, places, origin, choices=choices, seed=seed), choices, seed)
    found = reconsider_households(recalled, overrides)
    if isinstance(found, Refused):
        return found
    solved = found.recalled.solved
    difference = found.difference
    if before != origin:
        earlier = recall(households, places, before, choices=choices, seed=seed).solved.solution
        certificate = solved.solution.certificate
        own = difference_of(solved.problem, earlier, solved.solution.assignment, certificate)
        difference = replace(
            own, given_way=found.difference.given_way, floors_missed=found.difference.floors_missed
        )
    seconds = time.perf_counter() - started
    solution = replace(solved.solution, certificate=solved.solution.certificate.lasting(seconds))
    proposal = replace(found.proposal, proof=replace(found.proposal.proof, seconds=seconds))
    return Changed(Made(proposal, solved.problem, solution, None), difference)


def _with_floors(recalled: Recalled, choices: Choices, seed: int) -> Recalled:
    """Return a proposal with the floors that were asked of it, as far as it reaches them among those who wait now."""
    if choices.least_gain is None:
        return recalled
    problem, solution = recalled.solved.problem, recalled.solved.solution
    asked = [
        one
        for one in household_groupings(recalled.households, recalled.proposal.as_of)
        if one.characteristic in choices.gain_for
    ]
    floors = floors_reached(problem, solution.assignment, asked, choices.least_gain, seed=seed)
    floors = priced(floors, recalled.proposal.floor_prices)
    certificate = replace(solution.certificate, floors=floors)
    kept = replace(recalled.solved, solution=replace(solution, certificate=certificate))
    around = Around(lifted(problem, floors), solution.assignment, certificate)
    return replace(recalled, solved=kept, around=around)


def take_up(
    households: Sequence[Household],
    places: Sequence[OpenPlace],
    *,
    origin: LinkingProposal,
    latest: LinkingProposal,
    overrides: Sequence[Override],
    choices: Choices,
    seed: int = 1,
) -> Recalled:
    """Take the latest proposal up, ready to be explained: solved again around its overrides where there are any.

    Overrides that can no longer hold together are left out, and ``latest`` is taken up as it was kept.
    """
    if overrides:
        found = reconsider_households(
            recall(households, places, origin, choices=choices, seed=seed), overrides
        )
        if not isinstance(found, Refused):
            return found.recalled
    return recall(households, places, latest, choices=choices, seed=seed)
