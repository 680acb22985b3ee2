"""Whether wishes can hold together, decided exactly for any subset of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.problem import UNLIMITED, Problem
from eenthuis.matching.solver import Choice, Floor, Pairs, choose
from eenthuis.terms.overriding import Repair, RepairKind, Wish, WishKind

MUST = (WishKind.PIN, WishKind.MUST_LINK)
"""Wishes after which a household must get a place."""

NARROWING = (WishKind.PIN, WishKind.FORBID, WishKind.CRITERION)
"""Wishes that leave a household fewer places."""

NEAR = 1e-6
"""Share by which a floor may be missed through rounding."""


def is_limited(problem: Problem) -> NDArray[np.bool_]:
    """Return the caps (M x K) that all households together could go beyond."""
    return np.asarray(
        (problem.capacity != UNLIMITED) & (problem.capacity < problem.demand.sum(axis=0)[None, :])
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """A subset of wishes: households taken together, where each group may go, whether it must, and caps.

    ``counts`` are the numbers of the groups that a choice is made for.
    """

    members: tuple[tuple[int, ...], ...]
    may: tuple[NDArray[np.int64], ...]
    must: tuple[bool, ...]
    counts: tuple[int, ...]
    cap: NDArray[np.float64]
    floors: tuple[Wish, ...]


class Oracle:
    """Answers for one problem whether some wishes hold together; caps and criteria that are not asked do not count."""

    def __init__(self, problem: Problem, wishes: Sequence[Wish]) -> None:
        """Take the households that ``wishes`` concern."""
        self.problem = problem
        self.row = {name: row for row, name in enumerate(problem.households)}
        self.column = {name: column for column, name in enumerate(problem.places)}
        self.use = {name: number for number, name in enumerate(problem.uses)}
        self.floored = any(wish.kind is WishKind.FLOOR for wish in wishes)
        self._known: dict[frozenset[Wish], bool] = {}

    def holds(self, wishes: Iterable[Wish]) -> bool:
        """Return whether some choice of places satisfies all of ``wishes``."""
        key = frozenset(wishes)
        if key not in self._known:
            asked = self._asked(key)
            self._known[key] = asked is not None and self._is_possible(asked)
        return self._known[key]

    def most(self, floor: Wish, others: Sequence[Wish]) -> float:
        """Return the highest total score of a floor's households while ``others`` hold."""
        asked = self._asked(frozenset(others))
        if asked is None:
            return 0.0
        pairs, place_of = self._pairs(asked)
        value = self._scores(asked, pairs, place_of, floor)
        choice = self._chosen(asked, pairs, place_of, value)
        return 0.0 if choice is None else float(value[choice.chosen].sum())

    def places(self, wishes: Iterable[Wish]) -> dict[int, int]:
        """Return a place (column) for every household (row) that must get one, so that ``wishes`` hold; or nothing."""
        asked = self._asked(frozenset(wishes))
        if asked is None:
            return {}
        pairs, place_of = self._pairs(asked)
        choice = (
            self._chosen(asked, pairs, place_of, np.zeros(len(pairs.value))) if pairs.party.size else None
        )
        if choice is None:
            return {}
        return {
            row: int(place_of[pair])
            for pair in choice.chosen
            for row in asked.members[asked.counts[int(pairs.party[pair])]]
        }

    def weight(self, repair: Repair) -> float:
        """Return how much a repair touches: persons, units of a cap, or points of a floor."""
        wish = repair.wish
        if repair.kind is RepairKind.RAISE_CAP:
            return repair.amount
        if repair.kind is RepairKind.LOWER_FLOOR:
            return wish.amount - repair.amount
        names = wish.households if repair.kind is RepairKind.SPLIT_GROUP else (wish.household,)
        return float(sum(self.problem.persons[self.row[name]] for name in names))

    def _asked(self, wishes: frozenset[Wish]) -> _Asked | None:
        """Return what ``wishes`` ask, or None when they contradict each other for one household or group."""
        places = len(self.problem.places)
        must = {self.row[wish.household] for wish in wishes if wish.kind in MUST}
        held = {self.row[wish.household] for wish in wishes if wish.kind is WishKind.HELD_BACK}
        may = self._narrowed(wishes)
        members = self._members(wishes, {*may, *must, *held})
        options, musts = [], []
        for group in members:
            here = np.ones(places, bool)
            for row in group:
                here &= may.get(row, np.True_)
                if self.floored:
                    here &= self.problem.allowed[row]
            here &= held.isdisjoint(group)
            is_needed = not must.isdisjoint(group)
            if is_needed and not here.any():
                return None
            options.append(np.flatnonzero(here))
            musts.append(is_needed)
        counts = tuple(
            number for number, need in enumerate(musts) if (need or self.floored) and len(options[number])
        )
        floors = sorted((wish for wish in wishes if wish.kind is WishKind.FLOOR), key=lambda wish: wish.label)
        return _Asked(members, tuple(options), tuple(musts), counts, self._caps(wishes), tuple(floors))

    def _narrowed(self, wishes: frozenset[Wish]) -> dict[int, NDArray[np.bool_]]:
        """Return for each household (row) about which there is a wish where it may go (M)."""
        may: dict[int, NDArray[np.bool_]] = {}
        for wish in wishes:
            if wish.kind in NARROWING:
                row = self.row[wish.household]
                own = may.setdefault(row, np.ones(len(self.problem.places), bool))
                _narrow(own, wish, self.column.get(wish.place, -1), self.problem.allowed[row])
        return may

    def _members(self, wishes: frozenset[Wish], rows: set[int]) -> tuple[tuple[int, ...], ...]:
        """Return groups that stay together, and every other household that counts by itself."""
        groups = [
            tuple(self.row[name] for name in wish.households)
            for wish in wishes
            if wish.kind is WishKind.GROUP
        ]
        grouped = {row for group in groups for row in group}
        counted = set(self.row.values()) if self.floored else rows
        return tuple(sorted([*groups, *((row,) for row in counted - grouped)]))

    def _caps(self, wishes: frozenset[Wish]) -> NDArray[np.float64]:
        cap = np.full(self.problem.capacity.shape, np.inf)
        for wish in wishes:
            if wish.kind is WishKind.CAP:
                at = self.column[wish.place], self.use[wish.use]
                cap[at] = min(cap[at], wish.amount)
        return cap

    def _is_possible(self, asked: _Asked) -> bool:
        needed = [number for number, must in enumerate(asked.must) if must]
        if not asked.floors and all(len(asked.may[number]) == 1 for number in needed):
            used = np.zeros(asked.cap.shape)
            for number in needed:
                used[asked.may[number][0]] += self.problem.demand[list(asked.members[number])].sum(axis=0)
            return bool((used <= asked.cap).all())
        pairs, place_of = self._pairs(asked)
        if not pairs.party.size:
            return not needed and all(floor.amount <= 0 for floor in asked.floors)
        return self._chosen(asked, pairs, place_of, np.zeros(len(pairs.value))) is not None

    def _pairs(self, asked: _Asked) -> tuple[Pairs, NDArray[np.int64]]:
        """Return the pairs of the groups that count, and the place of each pair."""
        counts = asked.counts
        party = np.repeat(np.arange(len(counts)), [len(asked.may[number]) for number in counts])
        place = np.concatenate([np.zeros(0, np.int64), *(asked.may[number] for number in counts)])
        uses = asked.cap.shape[1]
        need = np.array(
            [self.problem.demand[list(asked.members[number])].sum(axis=0) for number in counts], np.int64
        ).reshape(len(counts), uses)
        limited = np.isfinite(asked.cap)
        pairs = Pairs(
            party=party.astype(np.int64),
            value=np.zeros(len(party)),
            row=place[:, None] * uses + np.arange(uses),
            need=np.where(limited[place], need[party], 0),
            cap=asked.cap.reshape(-1),
        )
        return pairs, place.astype(np.int64)

    def _scores(
        self, asked: _Asked, pairs: Pairs, place_of: NDArray[np.int64], floor: Wish
    ) -> NDArray[np.float64]:
        """Return what each pair brings to the households of a floor."""
        counts = asked.counts
        inside = {self.row[name] for name in floor.households}
        out = np.zeros(len(place_of))
        for slot, number in enumerate(counts):
            rows = [row for row in asked.members[number] if row in inside]
            if rows:
                own = pairs.party == slot
                score = self.problem.score[np.ix_(rows, place_of[own])].astype(np.float64)
                out[own] = score.sum(axis=0)
        return out

    def _chosen(
        self, asked: _Asked, pairs: Pairs, place_of: NDArray[np.int64], value: NDArray[np.float64]
    ) -> Choice | None:
        needed = [asked.must[number] for number in asked.counts]
        weight = np.array(needed, float)[pairs.party] if pairs.party.size else np.zeros(0)
        rows = [Floor(weight, float(sum(needed)))] if any(needed) else []
        rows += [
            Floor(
                self._scores(asked, pairs, place_of, floor), floor.amount - NEAR * max(1.0, abs(floor.amount))
            )
            for floor in asked.floors
        ]
        return choose(Pairs(pairs.party, value, pairs.row, pairs.need, pairs.cap), floors=tuple(rows))


def _narrow(may: NDArray[np.bool_], wish: Wish, column: int, allowed: NDArray[np.bool_]) -> None:
    """Take from ``may`` (M) the places that one wish about its household leaves out."""
    if wish.kind is WishKind.PIN:
        here = bool(may[column])
        may[:] = False
        may[column] = here
    elif column >= 0:
        may[column] = False
    elif wish.kind is WishKind.CRITERION:
        may &= allowed
