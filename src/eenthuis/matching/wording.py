"""Short reason codes for the households of a bare instance, where scores are all that is known."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.certificate import Certificate
from eenthuis.matching.problem import Problem

NO_PLACE = "not-linked:no-allowed-place"
TOO_LARGE = "not-linked:too-large"
NO_ROOM = "not-linked:no-room"
NOT_WORTH = "not-linked:no-gain"
GROUP_APART = "not-linked:group-apart"
HELD_BACK = "not-linked:held-back"


def reason_codes(
    problem: Problem, assignment: NDArray[np.int64], certificate: Certificate
) -> tuple[str, ...]:
    """Return one code per household.

    ``linked:only-place``: no other place is allowed. ``linked:best-score``: its highest score among allowed places.
    ``linked:room-elsewhere-dearer``: a place with a higher score would cost the others more than it gains.
    """
    return tuple(
        _linked(problem, row, int(here)) if here >= 0 else unlinked_reason(problem, row, certificate)
        for row, here in enumerate(assignment)
    )


def _linked(problem: Problem, row: int, here: int) -> str:
    allowed = problem.allowed[row]
    if int(allowed.sum()) == 1:
        return "linked:only-place"
    if problem.score[row, here] >= problem.score[row].max(where=allowed, initial=-np.inf):
        return "linked:best-score"
    return "linked:room-elsewhere-dearer"


def unlinked_reason(problem: Problem, row: int, certificate: Certificate) -> str:
    """Return why a household has no place: none allowed, none large enough, no gain, or no room."""
    allowed = problem.allowed[row]
    if not allowed.any():
        return NO_PLACE
    fits = allowed & (problem.demand[row] <= problem.capacity).all(axis=1)
    if not fits.any():
        return TOO_LARGE
    bonus = certificate.weights.person * float(problem.demand[row, 0]) + certificate.weights.household
    if float(problem.score[row].max(where=fits, initial=-np.inf)) + bonus < 0:
        return NOT_WORTH
    return NO_ROOM
