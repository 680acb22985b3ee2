"""What would change where a household goes: the smallest changes, each verified by solving again.

A change flips when, with it, the best proposal that has the household at the place is worth more than the best one that
has not, by a margin that the engine's own tolerance cannot make up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.around import Around, Change, Resolved
from eenthuis.matching.problem import UNLIMITED
from eenthuis.terms.explaining import Flip, FlipKind

TOLERANCE = 2e-5
"""Share of the total score that a small problem may be solved short by, twice over."""

LEAST = 1e-3
"""Least margin of a flip, in units of the spread of scores."""

MORE = (1.0, 1.3, 2.0)
"""Times the cost that are tried as more score, where searches among some places are not exact."""

FURTHER = 2
"""Times what the household needs that more room is tried with, beyond what it lacks."""

LEAVERS = 3
"""Households at the place that are tried one by one as no longer competing."""


@dataclass(frozen=True, slots=True)
class There:
    """A party at another place: what that reaches, and what is reached without it there."""

    party: int
    place: int
    pinned: Resolved
    otherwise: float

    @property
    def cost(self) -> float:
        """What the total falls by with the party there."""
        return self.otherwise - self.pinned.objective


class Flips:
    """Looks for changes that move one party of a proposal."""

    def __init__(self, around: Around, party: int) -> None:
        """Take a party of the proposal in ``around``."""
        self.around, self.party = around, party
        self.here = int(around.place[party])
        self.need = around.parties.demand[party]
        there = np.flatnonzero(around.place >= 0)
        scored = float(np.abs(around.parties.score[there, around.place[there]].astype(np.float64)).sum())
        slack = TOLERANCE * scored if around.is_exact else 0.0
        self.margin = slack + LEAST * around.unit

    def at(self, place: int, change: Change | None = None) -> There | None:
        """Solve with the party at ``place`` and with it anywhere else, after ``change``; None when it cannot be."""
        given = change or Change()
        within = self._within(place)
        pinned = self.around.solve(replace(given, fixed={**given.fixed, self.party: place}), within=within)
        barred = replace(
            given, barred=given.barred | {(self.party, place)}, opened=given.opened - {(self.party, place)}
        )
        other = self.around.solve(barred, within=within)
        if pinned is None or other is None:
            return None
        objective = other.objective if change else max(other.objective, self.around.objective)
        return There(self.party, place, pinned, objective)

    def _within(self, place: int) -> NDArray[np.int64]:
        return self.around.nearest([at for at in (self.here, place) if at >= 0])

    def by_score(self, there: There) -> Flip | None:
        """Return how much higher the score at the place must be."""
        least = max(there.cost, 0.0) + self.margin
        for times in MORE:
            points = _rounded_up(times * least)
            change = Change(points={(self.party, there.place): points})
            found = self.around.solve(change, within=self._within(there.place))
            if found is not None and found.place[self.party] == there.place:
                return Flip(FlipKind.SCORE, self._name(there.place), points=points)
        return None

    def by_room(self, place: int) -> Flip | None:
        """Return the least room at ``place`` that it lacks and after which it goes there."""
        for room in self._rooms(place):
            change = Change(room={(place, use): more for use, more in room})
            if self._flips(place, change):
                uses = self.around.problem.uses
                return Flip(
                    FlipKind.ROOM,
                    self._name(place),
                    room=tuple((uses[use], more) for use, more in room),
                )
        return None

    def _rooms(self, place: int) -> Iterator[tuple[tuple[int, int], ...]]:
        free = self.around.free[place]
        limited = self.around.parties.capacity[place] != UNLIMITED
        lacks = np.where(limited, np.maximum(self.need - free, 0), 0)
        uses = np.flatnonzero(lacks)
        if not uses.size:
            return
        for step in range(1, int(lacks.max()) + 1):
            yield tuple((int(use), int(min(lacks[use], step))) for use in uses)
        for times in range(1, FURTHER + 1):
            yield tuple((int(use), int(lacks[use] + times * self.need[use])) for use in uses)

    def by_fewer(self, there: There) -> Flip | None:
        """Return the household at the place without which the party goes there."""
        moved = np.flatnonzero((self.around.place == there.place) & (there.pinned.place != there.place))
        worth = self.around.parties.score[moved, there.place]
        for party in moved[np.argsort(worth, kind="stable")][:LEAVERS].tolist():
            if self._flips(there.place, Change(gone=frozenset({party}))):
                return Flip(FlipKind.FEWER, self._name(there.place), households=self.names(party))
        return None

    def by_criterion(self) -> Flip | None:
        """Return the best place that is not allowed and to which it would go if it were."""
        parties = self.around.parties
        fits = (self.need <= parties.capacity).all(axis=1) & ~parties.allowed[self.party]
        if not fits.any():
            return None
        paid = self.around.price @ self.need.astype(np.float64)
        worth = np.where(fits, parties.score[self.party] - paid, -np.inf)
        place = int(np.argmax(worth))
        if self._flips(place, Change(opened=frozenset({(self.party, place)}))):
            return Flip(FlipKind.CRITERION, self._name(place))
        return None

    def _flips(self, place: int, change: Change) -> bool:
        """Return whether the party goes to ``place`` after ``change``, by more than the margin."""
        there = self.at(place, change)
        return there is not None and there.cost < -self.margin

    def _name(self, place: int) -> str:
        return self.around.problem.places[place]

    def names(self, party: int) -> tuple[str, ...]:
        """Return the households of a party."""
        rows = np.flatnonzero(self.around.parties.of_household == party)
        return tuple(self.around.problem.households[row] for row in rows)


def _rounded_up(points: float) -> float:
    """Return points with three digits that a person can read, never lower."""
    if points <= 0:
        return 0.0
    step = 10.0 ** (int(np.floor(np.log10(points))) - 2)
    return float(f"{np.ceil(points / step) * step:.6g}")


def lacking(around: Around, party: int, place: int, free: NDArray[np.int64]) -> tuple[str, ...]:
    """Return the uses of which ``free`` (M x K) has too little at ``place`` for a party."""
    short = (around.parties.demand[party] > free[place]) & (around.parties.capacity[place] != UNLIMITED)
    return tuple(around.problem.uses[use] for use in np.flatnonzero(short))
