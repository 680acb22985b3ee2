"""Wishes that cannot hold together: a smallest set of them, and the smallest repair of each.

Whether wishes hold together is decided exactly. Leaving a household without a place is always possible, so only those
that must get one count, unless a floor asks for a total score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from eenthuis.matching.problem import UNLIMITED, Problem
from eenthuis.matching.together import Oracle, is_limited
from eenthuis.matching.wishes import ANYWHERE, Wishes
from eenthuis.terms.overriding import Conflict, Repair, RepairKind, Wish, WishKind

MOST_CONFLICTS = 20
"""Conflicts told at once; more are found when these are mended."""

REPAIRS = {
    WishKind.PIN: RepairKind.DROP_PIN,
    WishKind.FORBID: RepairKind.DROP_FORBID,
    WishKind.MUST_LINK: RepairKind.DROP_MUST_LINK,
    WishKind.HELD_BACK: RepairKind.DROP_HELD_BACK,
    WishKind.GROUP: RepairKind.SPLIT_GROUP,
    WishKind.CRITERION: RepairKind.LIFT_CRITERION,
    WishKind.CAP: RepairKind.RAISE_CAP,
    WishKind.FLOOR: RepairKind.LOWER_FLOOR,
}

OWN = (WishKind.PIN, WishKind.FORBID, WishKind.MUST_LINK, WishKind.HELD_BACK, WishKind.FLOOR)
"""Kinds of wishes that a person adds; the others are part of the problem."""


def own_wishes(problem: Problem, wishes: Wishes) -> tuple[Wish, ...]:
    """Return overrides in force as wishes, in the order of rows."""
    name, place = problem.households, problem.places
    found = [
        Wish(WishKind.MUST_LINK, name[row])
        if column == ANYWHERE
        else Wish(WishKind.PIN, name[row], place[column])
        for row, column in sorted(wishes.pins.items())
    ]
    found += [Wish(WishKind.FORBID, name[row], place[column]) for row, column in sorted(wishes.forbids)]
    return (*found, *(Wish(WishKind.HELD_BACK, name[row]) for row in sorted(wishes.held)))


def find_conflicts(problem: Problem, wishes: Sequence[Wish]) -> tuple[Conflict, ...]:
    """Return conflicts among what is asked and what the problem holds; empty when everything can hold together.

    Parameters
    ----------
    wishes
        Pins, forbids, households that must be linked or held back, and floors. Groups, hard criteria and caps are
        those of ``problem``.

    Returns
    -------
    tuple of Conflict
        Each is minimal: without any one of its wishes the others can hold. Later ones are what is left when the last
        of a person's own wishes in each earlier one is dropped.
    """
    oracle = Oracle(problem, wishes)
    everything = [*wishes, *standing_wishes(problem, wishes)]
    left = everything
    found: list[Conflict] = []
    while len(found) < MOST_CONFLICTS and not oracle.holds(left):
        core = smallest_conflict(oracle, left)
        found.append(Conflict(tuple(core), _repairs(oracle, core, everything)))
        own = [wish for wish in core if wish.kind in OWN]
        left = [wish for wish in left if wish != (own or core)[-1]]
    return tuple(found)


def witness(problem: Problem, wishes: Sequence[Wish]) -> dict[int, int]:
    """Return a place (column) for every household (row) that must get one, if all wishes can hold together."""
    return Oracle(problem, wishes).places([*wishes, *standing_wishes(problem, wishes)])


def standing_wishes(problem: Problem, wishes: Sequence[Wish]) -> tuple[Wish, ...]:
    """Return the groups, hard criteria and caps of ``problem`` that the wishes can run into."""
    rows = {name: row for row, name in enumerate(problem.households)}
    columns = {name: column for column, name in enumerate(problem.places)}
    floored = any(wish.kind is WishKind.FLOOR for wish in wishes)
    touched = [rows[wish.household] for wish in wishes if wish.household]
    groups = sorted({int(problem.group[row]) for row in touched if problem.group[row] >= 0})
    if floored:
        groups = np.unique(problem.group[problem.group >= 0]).tolist()
    found: list[Wish] = []
    company: dict[int, tuple[int, ...]] = {}
    for number in groups:
        members = np.flatnonzero(problem.group == number).tolist()
        company |= dict.fromkeys(members, tuple(members))
        found.append(Wish(WishKind.GROUP, households=tuple(problem.households[row] for row in members)))
    criteria: set[Wish] = set()
    for wish in wishes:
        if wish.kind not in {WishKind.PIN, WishKind.MUST_LINK}:
            continue
        for row in company.get(rows[wish.household], (rows[wish.household],)):
            name = problem.households[row]
            if wish.kind is WishKind.MUST_LINK and not problem.allowed[row].all():
                criteria.add(Wish(WishKind.CRITERION, name))
            if wish.kind is WishKind.PIN and not problem.allowed[row, columns[wish.place]]:
                criteria.add(Wish(WishKind.CRITERION, name, wish.place))
    found += sorted(criteria, key=lambda wish: (wish.household, wish.place))
    return (*found, *_caps(problem, wishes, company, rows, columns))


def _caps(
    problem: Problem,
    wishes: Sequence[Wish],
    company: dict[int, tuple[int, ...]],
    rows: dict[str, int],
    columns: dict[str, int],
) -> list[Wish]:
    if any(wish.kind is WishKind.FLOOR for wish in wishes):
        binding = is_limited(problem)
    else:
        most = np.zeros(problem.capacity.shape, np.int64)
        counted: set[tuple[int, int]] = set()
        for wish in wishes:
            if wish.kind not in {WishKind.PIN, WishKind.MUST_LINK}:
                continue
            there = range(len(columns)) if wish.kind is WishKind.MUST_LINK else (columns[wish.place],)
            for row in company.get(rows[wish.household], (rows[wish.household],)):
                new = [column for column in there if (row, column) not in counted]
                counted |= {(row, column) for column in new}
                most[new] += problem.demand[row]
        binding = (problem.capacity != UNLIMITED) & (most > problem.capacity)
    return [
        Wish(
            WishKind.CAP,
            place=problem.places[column],
            use=problem.uses[use],
            amount=float(problem.capacity[column, use]),
        )
        for column, use in np.argwhere(binding).tolist()
    ]


def smallest_conflict(oracle: Oracle, wishes: Sequence[Wish]) -> list[Wish]:
    """Return wishes that cannot hold together though any one fewer can (divide and conquer, as QuickXplain does)."""

    def split(kept: list[Wish], asked: list[Wish], *, is_new: bool) -> list[Wish]:
        if is_new and not oracle.holds(kept):
            return []
        if len(asked) == 1:
            return asked
        half = len(asked) // 2
        second = split([*kept, *asked[:half]], asked[half:], is_new=True)
        first = split([*kept, *second], asked[:half], is_new=bool(second))
        return [*first, *second]

    return split([], list(wishes), is_new=False)


def _repairs(oracle: Oracle, core: list[Wish], everything: list[Wish]) -> tuple[Repair, ...]:
    made = []
    for wish in core:
        others = [other for other in core if other != wish]
        amount, mended = 0.0, None
        if wish.kind is WishKind.CAP:
            amount = float(_raise(oracle, wish, others))
            mended = replace(wish, amount=wish.amount + amount)
        elif wish.kind is WishKind.FLOOR:
            amount = oracle.most(wish, others)
            mended = replace(wish, amount=amount)
        rest = [other for other in everything if other != wish]
        is_enough = oracle.holds(rest if mended is None else [*rest, mended])
        made.append(Repair(REPAIRS[wish.kind], wish, amount, is_enough))
    kinds = list(RepairKind)
    return tuple(sorted(made, key=lambda one: (not one.is_enough, oracle.weight(one), kinds.index(one.kind))))


def _raise(oracle: Oracle, wish: Wish, others: list[Wish]) -> int:
    """Return the smallest number by which a cap must rise for the others to hold."""
    low, high = 0, 1
    while not oracle.holds([*others, replace(wish, amount=wish.amount + high)]):
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        if oracle.holds([*others, replace(wish, amount=wish.amount + middle)]):
            high = middle
        else:
            low = middle
    return high
