"""Choosing what to hide: the small counts first, then others until no attack succeeds any more.

Attack, hide what lets the attack succeed, attack again. Hiding more only takes knowledge away, so a cell that was
found safe stays safe, and the search ends at the latest when a month shows nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from eenthuis.disclosure.attack import Interval, open_up
from eenthuis.disclosure.knowledge import Dated, Knowledge, components
from eenthuis.disclosure.propagation import bounds
from eenthuis.disclosure.solver import SMALL
from eenthuis.terms.composition import Cell, Publication, Relation

ZERO_PRICE = 8
"""What hiding a 0 costs: it opens little, so a count of that size is rather taken."""

PATIENCE = 3
"""After so many times that an unknown was caught, twice as much is hidden for it every time."""

LONELY_PRICE = 6
"""How many times dearer a cell becomes for every sum in which it would be the only hidden one."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is hidden, and the unknowns that stay narrower than asked whatever is hidden.

    By linear duality, a cell that no shown count of this month can open is as narrow when the whole month is hidden:
    what others publish, and what did not change since the month before, leave no more of it.
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

    Counts from 1 up to ``floor`` - 1 are always hidden, and what the publication hides already. An attacker must be
    left an interval at least ``protection`` wide for every small count, of this month and of the earlier ones. Of the
    others that were hidden for their sake, those that anyone can work out all the same are shown again. ``prices``
    say how much a reader misses a cell (at least 1 each; 1 when left out).

    References
    ----------
    Fischetti and Salazar-González (2000), Models and Algorithms for Optimizing Cell Suppression in Tabular Data with
    Linear Constraints, Journal of the American Statistical Association 95(451): attackers as linear programs.
    """
    hidden = {cell for cell, count in publication.counts.items() if 0 < count < floor} | publication.hidden
    search = _Search(floor, protection, _Prices(publication, prices))
    search.prices.never_one(hidden)
    while True:
        months = [*earlier, replace(publication, hidden=frozenset(hidden))]
        knowledge = Knowledge.of(months)
        more = search.attacked(knowledge)
        if not more:
            told = _plain(knowledge, floor)
            while told:
                left = replace(publication, hidden=frozenset(hidden - told))
                told -= _telling(search.narrow(Knowledge.of([*earlier, left])), told)
                if left.hidden == hidden - told:
                    break
            return Hidden(frozenset(hidden - told), tuple(sorted(search.stuck)))
        hidden |= more


def _telling(narrow: Collection[Dated], told: set[Cell]) -> set[Cell]:
    """Return which of the counts that would be shown tell of what became narrow: those of its place, else all.

    What is known only by rounding to whole households narrows a linear attack once it stands in the table.
    """
    if not narrow:
        return set()
    places = {(cell.stage, cell.place) for _, cell in narrow}
    return {cell for cell in told if (cell.stage, cell.place) in places} or told


def _plain(knowledge: Knowledge, floor: int) -> set[Cell]:
    """Return the hidden counts of the newest month that are not small and that anyone can work out.

    They are shown: that tells nobody anything new, and leaves no hidden count that can be worked out.
    """
    newest = knowledge.months[-1]
    exact = set(knowledge.fixed)
    relations = knowledge.relations()
    exact |= {unknown for unknown, (least, most) in bounds(relations).items() if least == most}
    for component in components(knowledge.unknowns(), relations):
        truth = np.array([knowledge.truth(one) for one in component.unknowns])
        asked = np.array(
            [
                int(one not in exact and not 0 < count < floor)
                for one, count in zip(component.unknowns, truth, strict=True)
            ]
        )
        intervals = open_up(component, truth, asked)
        exact |= {
            one
            for one, interval, is_asked in zip(component.unknowns, intervals, asked, strict=True)
            if is_asked and not interval.width
        }
    return {
        cell
        for cell in newest.hidden
        if not 0 < newest.counts[cell] < floor and knowledge.origin[(newest.month, cell)] in exact
    }


class _Prices:
    """What hiding a cell costs: how much readers miss it, and whether it would stand alone in a sum."""

    def __init__(self, publication: Publication, prices: Mapping[Cell, int]) -> None:
        """Know the sums in which every cell stands."""
        self._counts, self._prices = publication.counts, prices
        self.sums = [relation for relation in publication.relations if relation.least == relation.most]
        self._of: defaultdict[Cell, list[Relation]] = defaultdict(list)
        for relation in self.sums:
            for cell, _ in relation.terms:
                self._of[cell].append(relation)

    def of(self, cell: Cell, hidden: Collection[Cell]) -> int:
        """Return the price of a cell beside what is hidden already."""
        lonely = sum(
            1 for relation in self._of[cell] if not any(other in hidden for other, _ in relation.terms)
        )
        count = self._counts[cell] or ZERO_PRICE
        price: int = self._prices.get(cell, 1) * count * LONELY_PRICE**lonely
        return price

    def never_one(self, hidden: set[Cell]) -> None:
        """Hide a second cell wherever a total and its parts leave one alone; this spares most of the first attack."""
        waiting = list(self.sums)
        while waiting:
            relation = waiting.pop()
            if sum(1 for cell, _ in relation.terms if cell in hidden) == 1:
                others = [cell for cell, _ in relation.terms if cell not in hidden]
                if others:
                    taken = min(others, key=lambda cell: (self.of(cell, hidden), cell))
                    hidden.add(taken)
                    waiting += self._of[taken]


@dataclass(slots=True)
class _Search:
    """What the attacks have shown so far: unknowns that are safe for good, and how often each was caught."""

    floor: int
    protection: int
    prices: _Prices
    safe: set[Dated] = field(default_factory=set)
    stuck: set[Dated] = field(default_factory=set)
    caught: Counter[Dated] = field(default_factory=Counter)

    def narrow(self, knowledge: Knowledge) -> set[Dated]:
        """Attack everything anew and return what is narrower than asked, beside what nothing can help."""
        opened = self._opened(knowledge, self.stuck)
        return {one for one, interval, want in opened if interval.width < want}

    def attacked(self, knowledge: Knowledge) -> set[Cell]:
        """Attack everything that is not safe yet, and return what to hide next."""
        more: set[Cell] = set()
        for one, interval, want in self._opened(knowledge, self.safe):
            if interval.width >= want:
                self.safe.add(one)
            else:
                more |= self._answer(knowledge, one, interval, want)
        return more

    def _opened(
        self, knowledge: Knowledge, spared: Collection[Dated]
    ) -> Iterator[tuple[Dated, Interval, int]]:
        """Yield every unknown of the components under attack, its interval, and how wide it must stay."""
        wanted = _wanted(knowledge, self.floor, self.protection)
        for component in components(knowledge.unknowns(), knowledge.relations()):
            asked = np.array([0 if one in spared else wanted[one] for one in component.unknowns])
            if not asked.any():
                continue
            truth = np.array([knowledge.truth(one) for one in component.unknowns])
            intervals = open_up(component, truth, asked)
            for one, interval, want in zip(component.unknowns, intervals, asked, strict=True):
                yield one, interval, int(want)

    def _answer(self, knowledge: Knowledge, caught: Dated, interval: Interval, want: int) -> set[Cell]:
        """Return what to hide for an unknown that was caught: more every time it is caught again."""
        chosen = _choices(knowledge, interval, want - interval.width, self.prices)
        if not chosen:
            self.stuck.add(caught)
            self.safe.add(caught)
        self.caught[caught] += 1
        times = self.caught[caught]
        return set(chosen[: max(times, 1 << times >> PATIENCE)])


def _wanted(knowledge: Knowledge, floor: int, protection: int) -> Mapping[Dated, int]:
    """Return how wide every unknown must stay.

    A small count: the protection, or what is required of the narrowest of its months. Another one need not, for it
    is hidden only to protect the small ones.
    """
    wanted: dict[Dated, int] = {}
    for publication in knowledge.months:
        for cell in publication.hidden:
            origin = knowledge.origin[(publication.month, cell)]
            least = protection if 0 < publication.counts[cell] < floor else 0
            least = min(least, publication.required.get(cell, protection))
            wanted[origin] = min(wanted.get(origin, least), least)
    return wanted


def _choices(knowledge: Knowledge, interval: Interval, short: int, prices: _Prices) -> list[Cell]:
    """Return the cells of the newest month whose hiding opens an interval, those first that open most for their price.

    By the duals, a cell that became unknown opens the interval by ``gain`` for every unit it could be more (or less:
    then at most by its own count). A cell that another month gives away opens nothing.
    """
    newest = knowledge.months[-1]
    worth: defaultdict[Cell, float] = defaultdict(float)
    for pins in interval.pinned_by:
        gains: defaultdict[Dated, float] = defaultdict(float)
        for known, dual in pins:
            for cell, coefficient in known.relation.terms:
                gains[knowledge.origin[(known.month, cell)]] += dual * coefficient
        for origin, gain in gains.items():
            found = knowledge.newest.get(origin)
            if found is None or found in newest.hidden or origin in knowledge.before:
                continue
            opened = min(float(short), abs(gain) * (short if gain > 0 else newest.counts[found]))
            if opened > SMALL:
                worth[found] = max(worth[found], opened)
    return sorted(worth, key=lambda cell: (prices.of(cell, newest.hidden) / worth[cell], cell))
