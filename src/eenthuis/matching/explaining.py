"""Why a household has its place or none, what other places would cost the rest, and what would change it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.around import Around
from eenthuis.matching.flipping import Flips, There, lacking
from eenthuis.matching.problem import UNLIMITED
from eenthuis.matching.spread import HOUSEHOLDS
from eenthuis.matching.wording import GROUP_APART, NO_PLACE, NO_ROOM, NOT_WORTH, TOO_LARGE
from eenthuis.terms.explaining import (
    BindingCap,
    CostBasis,
    Flip,
    FlipKind,
    HouseholdExplained,
    OtherPlace,
)
from eenthuis.terms.linking import Reason
from eenthuis.terms.overriding import Moved

PRICED = 1e-9
"""A price below this is none."""

NEARBY = 2
"""Places with the least room lacking that are tried beside the best ones for a household without a place."""

ORDER = (FlipKind.SCORE, FlipKind.ROOM, FlipKind.FEWER, FlipKind.CRITERION, FlipKind.TOGETHER, FlipKind.PIN)


def explain(
    around: Around, row: int, *, alternatives: int = 3, reasons: tuple[Reason, ...] = ()
) -> HouseholdExplained:
    """Explain the place of a household (row), or why it has none; a group that goes together is explained as one.

    Every cost of another place is that of solving again with the household there, within what prices prove; every
    change said to flip the outcome was solved again too.
    """
    party = int(around.parties.of_household[row])
    here = int(around.place[party])
    problem = around.problem
    flips = Flips(around, party)
    found = [
        there for place in _others(around, party, alternatives) if (there := flips.at(place)) is not None
    ]
    found.sort(key=lambda there: (there.cost, there.place))
    code, values = code_of(around, row)
    nearest = here if here >= 0 else _nearest(around, party)
    together = flips.names(party)
    return HouseholdExplained(
        household=problem.households[row],
        persons=int(problem.persons[row]),
        place=problem.places[here] if here >= 0 else None,
        score=float(problem.score[row, here]) if here >= 0 else 0.0,
        code=code,
        values=values,
        reasons=reasons,
        caps=binding_caps(around, nearest) if nearest >= 0 else (),
        others=tuple(_other(around, row, there) for there in found),
        flips=_flips(around, flips, found, row),
        together=together if len(together) > 1 else (),
    )


def binding_caps(around: Around, place: int) -> tuple[BindingCap, ...]:
    """Return the caps of a place that are full or have a price."""
    capacity, free, price = around.parties.capacity[place], around.free[place], around.price[place]
    return tuple(
        BindingCap(
            around.problem.places[place],
            around.problem.uses[use],
            int(capacity[use]),
            int(capacity[use] - free[use]),
            float(price[use]),
        )
        for use in range(len(capacity))
        if capacity[use] != UNLIMITED and (free[use] <= 0 or price[use] > PRICED)
    )


def _others(around: Around, party: int, most: int) -> list[int]:
    """Return the best other places with room for the party if it were alone, by value less prices."""
    worth = around.reduced(party)
    fits = (around.parties.demand[party] <= around.parties.capacity).all(axis=1)
    worth = np.where(fits, worth, -np.inf)
    worth[around.place[party]] = -np.inf if around.place[party] >= 0 else worth[around.place[party]]
    order = np.lexsort((np.arange(len(worth)), -worth))[:most]
    return [int(place) for place in order if np.isfinite(worth[place])]


def _nearest(around: Around, party: int) -> int:
    found = _others(around, party, 1)
    return found[0] if found else -1


def _other(around: Around, row: int, there: There) -> OtherPlace:
    problem = around.problem
    here = int(around.place[there.party])
    score = float(problem.score[row, there.place])
    return OtherPlace(
        place=problem.places[there.place],
        score=score,
        gain=score - (float(problem.score[row, here]) if here >= 0 else 0.0),
        cost=max(0.0, there.cost),
        cost_at_least=max(0.0, around.objective - there.pinned.bound),
        basis=CostBasis.RESOLVED,
        displaced=displaced(around, there.pinned.place, but=there.party),
    )


def displaced(around: Around, place: NDArray[np.int64], *, but: int) -> tuple[Moved, ...]:
    """Return the households of other parties than ``but`` whose place differs from the proposal's."""
    problem, party = around.problem, around.parties.of_household
    before, after = around.place[party], place[party]
    moved = np.flatnonzero((before != after) & (party != but))
    return tuple(
        Moved(
            problem.households[row],
            int(problem.persons[row]),
            problem.places[before[row]] if before[row] >= 0 else None,
            problem.places[after[row]] if after[row] >= 0 else None,
        )
        for row in moved.tolist()
    )


def _flips(around: Around, flips: Flips, found: list[There], row: int) -> tuple[Flip, ...]:
    made = [flips.by_score(there) for there in found]
    for place in _wanted(around, flips, found):
        made.append(flips.by_room(place))
        if made[-1] is not None:
            break
    for there in found:
        if _gains(around, flips, there.place):
            made.append(flips.by_fewer(there))
            if made[-1] is not None:
                break
    made += [flips.by_criterion(), _apart(around, row)]
    pins = [
        Flip(FlipKind.PIN, around.problem.places[there.place], points=max(0.0, there.cost)) for there in found
    ]
    kept = [flip for flip in (*made, *pins) if flip is not None]
    return tuple(sorted(kept, key=lambda flip: (ORDER.index(flip.kind), flip.points, flip.place)))


def _gains(around: Around, flips: Flips, place: int) -> bool:
    """Return whether the party itself would be better off at ``place``."""
    score = around.parties.score[flips.party]
    return flips.here < 0 or bool(score[place] > score[flips.here])


def _wanted(around: Around, flips: Flips, found: list[There]) -> list[int]:
    """Return the places at which more room could draw the party, the least costly first."""
    places = [there.place for there in found if _gains(around, flips, there.place)]
    if flips.here >= 0:
        return places[:1]
    allowed = np.flatnonzero(around.parties.allowed[flips.party])
    lacks = np.maximum(flips.need - around.free[allowed], 0).sum(axis=1)
    nearby = allowed[np.lexsort((allowed, lacks))][:NEARBY].tolist()
    return list(dict.fromkeys([*places[:1], *nearby]))


def _apart(around: Around, row: int) -> Flip | None:
    """Return the place a household without one gets if it need not go with its group."""
    problem = around.problem
    if around.place[around.parties.of_household[row]] >= 0 or problem.group[row] < 0:
        return None
    loose = around.without_group(row)
    party = int(loose.parties.of_household[row])
    for place in _others(loose, party, 1):
        alone = Flips(loose, party)
        there = alone.at(place)
        if there is not None and there.cost < -alone.margin:
            return Flip(FlipKind.TOGETHER, problem.places[place])
    return None


def code_of(around: Around, row: int) -> tuple[str, Mapping[str, str | int | float]]:
    """Return why a household has its place, or none, as a code with its values."""
    party = int(around.parties.of_household[row])
    here = int(around.place[party])
    allowed = around.parties.allowed[party]
    score = around.problem.score[row]
    values: dict[str, str | int | float] = {"persons": int(around.parties.demand[party, 0])}
    if here < 0:
        return _not_linked(around, row, values)
    if int(allowed.sum()) == 1:
        return "linked:only-place", values
    if score[here] >= score[allowed].max():
        return "linked:best-score", values
    best = int(np.argmax(np.where(allowed, score, -np.inf)))
    return "linked:room-elsewhere-dearer", {
        **values,
        "place": around.problem.places[best],
        "score": float(score[best]),
        "price": float(around.price[best] @ around.parties.demand[party]),
    }


def _not_linked(
    around: Around, row: int, values: dict[str, str | int | float]
) -> tuple[str, Mapping[str, str | int | float]]:
    party = int(around.parties.of_household[row])
    need, capacity = around.parties.demand[party], around.parties.capacity
    own = around.problem.demand[row]
    in_group = int(around.parties.members[party]) > 1
    if in_group:
        values = {**values, "households": int(around.parties.members[party])}
    allowed = around.parties.allowed[party]
    if not allowed.any():
        alone = around.problem.allowed[row].any()
        return (GROUP_APART if in_group and alone else NO_PLACE), values
    fits = allowed & (need <= capacity).all(axis=1)
    if not fits.any():
        alone = (around.problem.allowed[row] & (own <= capacity).all(axis=1)).any()
        if in_group and alone:
            return GROUP_APART, values
        return TOO_LARGE, {**values, **_largest(around, party)}
    worth = around.parties.score[party].astype(np.float64) + around.parties.bonus[party]
    if float(worth[fits].max()) < 0:
        return NOT_WORTH, values
    nearest = _nearest(around, party)
    values = {
        **values,
        "places": int(fits.sum()),
        "place": around.problem.places[nearest],
        "price": float(around.price[nearest] @ need),
        "worth": float(worth[nearest]),
    }
    short = [lacking(around, party, int(place), around.free) for place in np.flatnonzero(fits)]
    if all(uses and all(use.startswith(HOUSEHOLDS) for use in uses) for uses in short):
        return "not-linked:spread", values
    return NO_ROOM, values


def _largest(around: Around, party: int) -> Mapping[str, str | int | float]:
    """Return the use in which a party is furthest from fitting, what it needs and the most that an allowed place holds.

    Nothing when every use fits somewhere, but not all of them at one place.
    """
    need = around.parties.demand[party]
    most = around.parties.capacity[around.parties.allowed[party]].max(axis=0)
    short = np.maximum(need - np.minimum(most, need), 0)
    if not short.any():
        return {}
    use = int(np.argmax(short))
    return {"use": around.problem.uses[use], "need": int(need[use]), "most": int(most[use])}
