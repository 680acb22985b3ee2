"""Choosing what to hide: for every hidden count another country that fits all that is published, and is told apart.

A count is safe when the attacker cannot tell the true country from others in which the count is different enough. So
others are sought, one hidden count after another, by a linear program: move this count by so much, let every total and
every other relation still hold, and touch as little as possible that is not hidden. What it touches is hidden too, and
is itself as uncertain as what it protects. Every country found is a proof that stays valid, since hiding more only
takes knowledge away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from eenthuis.disclosure.knowledge import Component, Dated, Knowledge
from eenthuis.disclosure.solver import SMALL, Mover
from eenthuis.terms.composition import Cell, Publication

SLACK = 1
"""So much wider than asked hidden counts are left: a later month may take some, and then it is too late to hide."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is hidden, and the unknowns that stay narrower than asked whatever is hidden.

    No other country that fits lies further away, even when the whole month is hidden: what others publish, and what
    earlier months told of counts that did not change, leave no more.
    """

    cells: frozenset[Cell]
    narrow: tuple[Dated, ...]


def hide(
    publication: Publication,
    earlier: Sequence[Publication],
    *,
    floor: int,
    protection: int,
    prices: Mapping[Cell, int],
) -> Hidden:
    """Return which cells of a month to hide, given what earlier months (old to new) gave away.

    Counts from 1 up to ``floor`` - 1 are always hidden, and what the publication hides already. A count that was
    hidden the month before and has not changed stays hidden, for the attacker may know that it has not. An attacker
    is left an interval at least ``protection`` wide for every hidden count, small or not, of this month and of earlier
    ones. ``prices`` say how much a reader misses a cell (at least 1 each; 1 when left out).

    References
    ----------
    Kelly, Golden and Assad (1992), Cell suppression: disclosure protection for sensitive tabular data, Networks 22(4):
    one linear program per count, over what can move. Fischetti and Salazar-González (2000), Models and Algorithms for
    Optimizing Cell Suppression in Tabular Data with Linear Constraints, Journal of the American Statistical
    Association 95(451): what an attacker can work out by linear programs.
    """
    search = _Search(publication, earlier, protection, prices)
    search.hide(cell for cell, count in publication.counts.items() if 0 < count < floor)
    search.hide(publication.hidden)
    if earlier:
        search.hide(_unchanged(publication, earlier[-1]))
    return search.ended()


def _unchanged(publication: Publication, before: Publication) -> list[Cell]:
    return [cell for cell in before.hidden if publication.counts.get(cell) == before.counts[cell]]


class _Search:
    """What is hidden so far, and for every unknown how far apart the countries lie that were found to fit.

    Everything is an unknown here that no month before gives away: all cells of this month could be hidden.
    """

    def __init__(
        self,
        publication: Publication,
        earlier: Sequence[Publication],
        protection: int,
        prices: Mapping[Cell, int],
    ) -> None:
        """Set up the unknowns and what is known of them; what earlier months hid moves for nothing."""
        silent = replace(publication, hidden=frozenset(publication.counts))
        knowledge = Knowledge.of([*earlier, silent])
        self._unknowns = sorted(knowledge.unknowns())
        self._place = {unknown: place for place, unknown in enumerate(self._unknowns)}
        self._truth = np.array([knowledge.truth(unknown) for unknown in self._unknowns], np.float64)
        component = Component(tuple(self._unknowns), tuple(knowledge.relations()))
        self._mover = Mover(component.rows(), self._truth)
        self._least, self._most = self._truth.copy(), self._truth.copy()
        self._origin = {cell: knowledge.origin[(publication.month, cell)] for cell in publication.counts}
        self._cells: defaultdict[int, list[Cell]] = defaultdict(list)
        self._price = np.zeros(len(self._unknowns))
        for cell, origin in self._origin.items():
            if origin in self._place:
                self._cells[self._place[origin]].append(cell)
                self._price[self._place[origin]] += prices.get(cell, 1)
        self._asked = np.full(len(self._unknowns), protection)
        for month in (*earlier, publication):
            for cell, least in month.required.items():
                place = self._place.get(knowledge.origin[(month.month, cell)])
                if place is not None:
                    self._asked[place] = min(self._asked[place], least)
        self._wished = np.where(self._asked < protection, self._asked, protection + SLACK)
        self._is_hidden = np.zeros(len(self._unknowns), bool)
        self._queue: list[int] = []
        self._narrow: list[Dated] = []
        before = (knowledge.origin[(one.month, cell)] for one in earlier for cell in one.hidden)
        self._free(self._place[origin] for origin in before if origin in self._place)

    def hide(self, cells: Iterable[Cell]) -> None:
        """Hide cells; one that an earlier month gives away is hidden in name only."""
        for cell in cells:
            origin = self._origin[cell]
            if origin in self._place:
                self._free([self._place[origin]])
            else:
                self._narrow.append(origin)

    def _free(self, places: Iterable[int]) -> None:
        for place in places:
            if not self._is_hidden[place]:
                self._is_hidden[place] = True
                self._price[place] = 0.0
                self._queue.append(place)

    def ended(self) -> Hidden:
        """See to every hidden unknown in turn, those first that have least, and return what is hidden at last."""
        self._queue.sort(key=lambda place: (self._truth[place], place))
        at = 0
        while at < len(self._queue):
            self._open(self._queue[at])
            at += 1
        hidden = {cell for place in self._queue for cell in self._cells[place]}
        return Hidden(frozenset(hidden), tuple(sorted(self._narrow)))

    def _open(self, place: int) -> None:
        """Find countries that lie as far apart in an unknown as is asked, and hide what tells them apart."""
        wished = int(self._wished[place])
        if self._width(place) >= wished or self._learn(place, wished, 0):
            return
        up = self._mover.furthest(place, 1, wished)
        down = min(self._mover.furthest(place, -1, wished), wished - up)
        if up:
            self._learn(place, up, 0)
        if down:
            self._learn(place, 0, down)
        if self._width(place) < self._asked[place]:
            self._narrow.append(self._unknowns[place])

    def _width(self, place: int) -> int:
        return int(np.floor(self._most[place] + SMALL)) - int(np.ceil(self._least[place] - SMALL))

    def _learn(self, place: int, up: int, down: int) -> bool:
        """Look for the cheapest country with a count so much higher or lower; return whether there is one."""
        moved = self._mover.moved(place, up - down, self._price)
        if moved is None:
            return False
        np.minimum(self._least, self._truth + moved, out=self._least)
        np.maximum(self._most, self._truth + moved, out=self._most)
        self._free(int(touched) for touched in np.flatnonzero(np.abs(moved) > SMALL))
        return True
