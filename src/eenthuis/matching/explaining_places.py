"""Why a place gets its households: which caps bind, who goes there and why, and who came next."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from eenthuis.matching.around import Around
from eenthuis.matching.explaining import binding_caps, code_of
from eenthuis.matching.flipping import lacking
from eenthuis.terms.explaining import LinkedHere, NextInLine, PlaceExplained
from eenthuis.terms.linking import Reason


def explain_place(
    around: Around,
    place: int,
    *,
    next_in_line: int = 5,
    reasons: Callable[[int, int], tuple[Reason, ...]] | None = None,
) -> PlaceExplained:
    """Explain who goes to a place (column), with the ``next_in_line`` that came nearest; costs are those at prices."""
    problem, parties = around.problem, around.parties
    party = parties.of_household
    linked = tuple(
        LinkedHere(
            household=problem.households[row],
            persons=int(problem.persons[row]),
            score=float(problem.score[row, place]),
            code=code_of(around, row)[0],
            margin=_margin(around, int(party[row]), place),
            reasons=reasons(row, place) if reasons else (),
        )
        for row in np.flatnonzero(around.place[party] == place).tolist()
    )
    return PlaceExplained(
        problem.places[place], binding_caps(around, place), linked, _next(around, place, next_in_line)
    )


def _margin(around: Around, party: int, place: int) -> float:
    worth = around.reduced(party)
    here = float(worth[place])
    worth[place] = -np.inf
    return here - max(0.0, float(worth.max(initial=-np.inf)))


def _next(around: Around, place: int, most: int) -> tuple[NextInLine, ...]:
    """Return who is not here but would lose the total least if it were."""
    parties = around.parties
    need = parties.demand.astype(np.float64)
    count = np.arange(len(parties.kind))
    at = np.maximum(around.place, 0)
    paid = (need * around.price[at]).sum(axis=1)
    now = np.where(around.place >= 0, parties.value(count, at) - paid, 0.0)
    worth = parties.score[:, place].astype(np.float64) + parties.bonus - need @ around.price[place]
    could = parties.allowed[:, place] & (parties.demand <= parties.capacity[place]).all(axis=1)
    cost = np.where(could & (around.place != place), now - worth, np.inf)
    free = around.free
    names = (*around.problem.places, None)
    found = []
    for one in np.lexsort((count, cost))[:most].tolist():
        if not np.isfinite(cost[one]):
            break
        row = int(np.flatnonzero(parties.of_household == one)[0])
        found.append(
            NextInLine(
                household=around.problem.households[row],
                persons=int(parties.demand[one, 0]),
                score=float(parties.score[one, place]),
                place=names[around.place[one]],
                cost=max(0.0, float(cost[one])),
                lacking=lacking(around, one, place, free),
            )
        )
    return tuple(found)
