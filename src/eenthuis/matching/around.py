"""Solving again around a proposal: the old prices stay, and what changes is repaired in small exact searches.

What a change asks (a household there, a place with more room, a pair that is not allowed) is put through first. Who no
longer fits is put out, and all households of the places that this touches are placed again as well as possible, with
those of the places nearest to them, until nothing more is gained. Nothing depends on a clock or on threads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.certificate import Certificate, proven_bound
from eenthuis.matching.neighbourhood import NOTHING, Neighbourhood, adopt, affinity, cut_out
from eenthuis.matching.parties import Parties, gather_parties
from eenthuis.matching.prices import Passes, spread
from eenthuis.matching.problem import UNLIMITED, Problem
from eenthuis.matching.proposal import is_small
from eenthuis.matching.solver import Limits, choose
from eenthuis.matching.standing import Standing

SLOTS = 24
"""Best places listed of each party."""

EVERYWHERE = 600
"""Up to so many allowed pairs all places are searched at once."""

PLACES = 10
"""Places searched at once otherwise."""

FEW = 6
"""Places searched to see what another place for one party costs."""

PAIRS = 900
"""Most pairs of a search among some places."""

NODES, NODES_WHOLE = 20, 300
"""Branching nodes of a search among some places, and among all of a small problem."""

NEAR_ENOUGH, NEAR_ENOUGH_FEW = 0.02, 0.005
"""Share of what is lost that a search may leave: around a change, and where costs are compared."""

ROUNDS = 6
"""Searches at most after a change that touches few places."""

NEARLY = 5e-7
"""Share of the total that a search among all places may leave."""

STAY = 1e-6
"""What a party gains by keeping its place, in units of the spread of scores: nobody moves for less."""

WANTED = 8
"""Listed places of a party without a place that make it part of a search there."""

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a problem, in parties and places.

    Attributes
    ----------
    fixed
        Party -> place it goes to, whatever it costs.
    must
        Parties that get a place; which one is free.
    barred, opened
        Pairs that are no longer allowed, and pairs that are now.
    gone
        Parties that do not compete.
    room
        (place, use) -> how much more it holds.
    points
        Pair -> how much higher its score is.
    """

    fixed: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    must: frozenset[int] = frozenset()
    barred: frozenset[Pair] = frozenset()
    opened: frozenset[Pair] = frozenset()
    gone: frozenset[int] = frozenset()
    room: Mapping[Pair, int] = field(default_factory=lambda: MappingProxyType({}))
    points: Mapping[Pair, float] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Resolved:
    """Place of each party (N, -1 = none), the total value it reaches, and the bound that the old prices prove."""

    place: NDArray[np.int64]
    objective: float
    bound: float


class Around:
    """A proposal with what solving around it needs; the problem itself is never changed."""

    def __init__(
        self, problem: Problem, assignment: NDArray[np.int64], certificate: Certificate, *, threads: int = 2
    ) -> None:
        """List the best places of everybody at the prices of ``certificate``, once."""
        self.problem, self.certificate, self.threads = problem, certificate, threads
        self.weights = certificate.weights
        self.parties = gather_parties(
            problem, person_weight=self.weights.person, household_weight=self.weights.household
        )
        self.price = np.ascontiguousarray(np.maximum(certificate.prices, 0.0))
        passes = Passes(self.parties, threads=threads)
        try:
            self.best = passes.best_values(self.price)
            self.listed = passes.list_best(self.price, min(SLOTS, len(problem.places)))
        finally:
            passes.close()
        self.unit = spread(self.parties)
        self.place = self._places(assignment)
        self.bound = proven_bound(self.parties, self.best, self.price)
        self.near = affinity(Standing(self.parties, self.price, self.best, self.place), self.listed)
        self.nearly = max(1e-7, NEARLY * abs(self.objective))
        self.is_whole = int(self.parties.allowed.sum()) <= EVERYWHERE

    def _places(self, assignment: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the place of each party; one whose households stand apart or where they may not has none."""
        low = np.full(len(self.parties.kind), np.iinfo(np.int64).max)
        high = np.full(len(self.parties.kind), -1)
        np.minimum.at(low, self.parties.of_household, assignment)
        np.maximum.at(high, self.parties.of_household, assignment)
        place = np.where(low == high, high, -1)
        there = np.flatnonzero(place >= 0)
        place[there[~self.parties.allowed[there, place[there]]]] = -1
        return place

    def without_group(self, row: int) -> Around:
        """Return the same proposal with one household (row) out of its group and without a place."""
        group = self.problem.group.copy()
        group[row] = -1
        loose = replace(self.problem, group=group)
        assignment = self.place[self.parties.of_household].copy()
        assignment[row] = -1
        return Around(loose, assignment, self.certificate, threads=self.threads)

    @property
    def is_exact(self) -> bool:
        """Whether the engine itself would solve such a problem as a whole."""
        return is_small(self.parties)

    @property
    def free(self) -> NDArray[np.int64]:
        """What each place still holds (M x K), below 0 where the proposal goes beyond a cap."""
        left = self.parties.capacity.copy()
        there = np.flatnonzero(self.place >= 0)
        np.subtract.at(left, self.place[there], self.parties.demand[there])
        return left

    @property
    def objective(self) -> float:
        """Total value of the proposal."""
        there = np.flatnonzero(self.place >= 0)
        return float(self.parties.value(there, self.place[there]).sum())

    def reduced(self, party: int) -> NDArray[np.float64]:
        """Return the value less prices of a party at every place (M), -inf where it is not allowed."""
        paid = self.price @ self.parties.demand[party].astype(np.float64)
        worth = self.parties.score[party].astype(np.float64) + self.parties.bonus[party] - paid
        return np.where(self.parties.allowed[party], worth, -np.inf)

    def solve(
        self,
        change: Change,
        *,
        start: Mapping[int, int] | None = None,
        within: NDArray[np.int64] | None = None,
    ) -> Resolved | None:
        """Solve around the proposal after ``change``; None when what is fixed does not fit.

        ``start`` gives a place to begin with for parties that must get one. ``within`` are the only places searched,
        once, unless the problem is small; so what is reached after several changes can be compared.
        """
        return _Repair(self, change, start or {}, within).run()

    def nearest(self, centre: list[int], size: int = FEW) -> NDArray[np.int64]:
        """Return ``size`` places: those of ``centre`` and the ones for which most parties hesitate between them."""
        pull = self.near[centre].sum(axis=0)
        pull[centre] = np.inf
        order = np.lexsort((np.arange(len(pull)), -pull))
        return np.sort(order[: max(size, len(centre))]).astype(np.int64)


class _Repair:
    """One change put through: fixed parties are taken out with their room, and the rest is searched."""

    def __init__(
        self, around: Around, change: Change, start: Mapping[int, int], within: NDArray[np.int64] | None
    ) -> None:
        self.around, self.change, self.within = around, change, within
        self.parties = _changed(around.parties, change)
        self.fixed = np.array(sorted(change.fixed), np.int64)
        self.at = np.array([change.fixed[int(party)] for party in self.fixed], np.int64)
        self.touched: list[int] = []
        self.best, self.bound = self._best()
        room = self.parties.capacity.copy()
        limited = room != UNLIMITED
        np.subtract.at(room, self.at, self.parties.demand[self.fixed])
        room = np.where(limited, room, UNLIMITED)
        self.fits = bool((room >= 0).all())
        allowed = self.parties.allowed
        if self.fixed.size:
            allowed = allowed.copy() if allowed is around.parties.allowed else allowed
            allowed[self.fixed] = False
        bonus = self.parties.bonus
        self.force = 0.0
        if change.must:
            bonus = bonus.copy()
            self.force = 10.0 * float(np.abs(bonus).max() + np.abs(self.parties.score).max()) + 1.0
            bonus[sorted(change.must)] += self.force
            self.best[sorted(change.must)] += self.force
        self.best[self.fixed] = 0.0
        self.own = replace(self.parties, capacity=room, allowed=allowed, bonus=bonus)
        self.start = self._start(start)

    def _best(self) -> tuple[NDArray[np.float64], float]:
        """Return the best value less prices of each party, and the bound; forced parties have no way out of theirs."""
        around, change = self.around, self.change
        best = around.best.copy()
        rows = {pair[0] for pair in (*change.barred, *change.opened, *change.points)}
        rows |= {*change.fixed, *change.must, *change.gone}
        probe = replace(self.parties)
        for row in sorted(rows):
            paid = around.price @ probe.demand[row].astype(np.float64)
            worth = probe.score[row].astype(np.float64) + probe.bonus[row] - paid
            if row in change.fixed:
                best[row] = worth[change.fixed[row]]
            elif probe.allowed[row].any():
                top = float(worth[probe.allowed[row]].max())
                best[row] = top if row in change.must else max(top, 0.0)
            else:
                best[row] = 0.0
        return best, proven_bound(self.parties, best, around.price)

    def _start(self, start: Mapping[int, int]) -> NDArray[np.int64]:
        """Return where everybody begins: as before, but for those who may no longer be there or do not fit."""
        place = self.around.place.copy()
        for party, at in start.items():
            if place[party] < 0 or party in self.change.must:
                place[party] = at
        before = self.around.place
        self._touch(before[self.fixed])
        self._touch(self.at)
        place[self.fixed] = -1
        there = np.flatnonzero(place >= 0)
        lost = there[~self.own.allowed[there, place[there]]]
        self._touch(place[lost])
        place[lost] = -1
        for pair in (*self.change.opened, *self.change.points, *self.change.room):
            self._touch(np.array([pair[1] if pair not in self.change.room else pair[0]]))
        for pair in self.change.points:
            self._touch(before[[pair[0]]])
        self._put_out(place)
        return place

    def _touch(self, places: NDArray[np.int64]) -> None:
        for at in places.tolist():
            if at >= 0 and at not in self.touched:
                self.touched.append(at)

    def _put_out(self, place: NDArray[np.int64]) -> None:
        """Put parties out of places that hold too much, those that lose least per unit first."""
        room, demand = self.own.capacity, self.own.demand
        used = np.zeros(room.shape, np.int64)
        there = np.flatnonzero(place >= 0)
        np.add.at(used, place[there], demand[there])
        for at in np.flatnonzero((used > room).any(axis=1)).tolist():
            self._touch(np.array([at]))
            over = used[at] - room[at]
            inside = np.flatnonzero(place == at)
            worth = self.own.value(inside, place[inside])
            for party in inside[np.argsort(worth, kind="stable")].tolist():
                if (over <= 0).all():
                    break
                if (demand[party][over > 0] > 0).any():
                    place[party] = -1
                    over = over - demand[party]

    def run(self) -> Resolved | None:
        if not self.fits:
            return None
        standing = Standing(self.own, self.around.price, self.best, self.start)
        self._search(standing)
        place = standing.place.copy()
        place[self.fixed] = self.at
        if any(place[party] < 0 for party in self.change.must):
            return None
        there = np.flatnonzero(place >= 0)
        return Resolved(place, float(self.parties.value(there, place[there]).sum()), self.bound)

    def _search(self, standing: Standing) -> None:
        if self.around.is_whole:
            everywhere = np.arange(len(standing.free), dtype=np.int64)
            self._search_in(standing, everywhere, most_pairs=standing.parties.allowed.size, nodes=None)
            return
        if self.within is not None:
            self._search_in(standing, self.within, most_pairs=PAIRS, nodes=NODES)
            return
        waiting = list(self.touched)
        while waiting:
            some, waiting = waiting[: PLACES // 2], waiting[PLACES // 2 :]
            self._spread_from(standing, some)

    def _spread_from(self, standing: Standing, touched: list[int]) -> None:
        """Search around the places touched, then around those that changed, while that gains."""
        centre = touched
        for _ in range(ROUNDS):
            before = standing.place.copy()
            gain = self._search_in(standing, self._nearest(standing, centre), most_pairs=PAIRS, nodes=NODES)
            if gain <= NOTHING:
                return
            moved = np.flatnonzero(standing.place != before)
            changed = np.unique(np.concatenate([before[moved], standing.place[moved]]))
            centre = [int(at) for at in changed if at >= 0][:PLACES]

    def _nearest(self, standing: Standing, centre: list[int]) -> NDArray[np.int64]:
        """Return the places of ``centre`` with those that hang together with them most."""
        pull = self.around.near[centre].sum(axis=0) + 1e-9
        idle = np.flatnonzero((standing.place < 0) & (standing.best > 0))
        listed = self.around.listed.place[idle, :WANTED]
        near = (np.isin(listed, centre) & (listed >= 0)).any(axis=1)
        for slots in listed[near]:
            pull[slots[slots >= 0]] += pull.max() / WANTED
        pull = pull * (standing.loss() + 1e-3 * self.around.unit)
        pull[centre] = np.inf
        order = np.lexsort((np.arange(len(pull)), -pull))
        return np.sort(order[: max(PLACES, len(centre))]).astype(np.int64)

    def _search_in(
        self, standing: Standing, places: NDArray[np.int64], *, most_pairs: int, nodes: int | None
    ) -> float:
        idle = np.flatnonzero((standing.place < 0) & self.own.allowed.any(axis=1))
        if nodes is not None:
            listed = self.around.listed.place[idle, :WANTED]
            wants = (np.isin(listed, places) & (listed >= 0)).any(axis=1)
            wants |= (self.around.place[idle] >= 0) | np.isin(idle, sorted(self.change.must))
            idle = idle[wants]
        around = cut_out(standing, places, idle, most_pairs=most_pairs)
        if around is None:
            return 0.0
        around = self._with_calm(around)
        share = NEAR_ENOUGH if self.within is None else NEAR_ENOUGH_FEW
        near_enough = self.around.nearly if nodes is None else max(1e-6, share * around.lost)
        limits = Limits(nodes=nodes or NODES_WHOLE, absolute_gap=near_enough)
        choice = choose(around.pairs, start=around.start, limits=limits)
        return adopt(standing, around, choice)

    def _with_calm(self, around: Neighbourhood) -> Neighbourhood:
        """Give every party a little for keeping the place it had before the change."""
        party = around.party[around.pairs.party]
        stays = self.around.place[party] == around.pair_place
        value = around.pairs.value + STAY * self.around.unit * stays
        return replace(around, pairs=replace(around.pairs, value=value))


def _changed(parties: Parties, change: Change) -> Parties:
    """Return the parties after the change, copying only what changes; those that are gone are allowed nowhere."""
    allowed, score, capacity = parties.allowed, parties.score, parties.capacity
    if change.barred or change.opened or change.gone:
        allowed = allowed.copy()
        for pair in change.opened:
            allowed[pair] = True
        for pair in change.barred:
            allowed[pair] = False
        allowed[sorted(change.gone)] = False
    if change.points:
        score = score.copy()
        for pair, more in change.points.items():
            score[pair] += np.float32(more)
    if change.room:
        capacity = capacity.copy()
        for at, more in change.room.items():
            if capacity[at] != UNLIMITED:
                capacity[at] += more
    return replace(parties, allowed=allowed, score=score, capacity=capacity)
