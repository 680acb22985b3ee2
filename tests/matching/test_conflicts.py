"""Wishes that cannot hold together: twenty kinds, each with a minimal set and a repair that mends it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import pytest
from small_instances import draw_small

from eenthuis.matching import Problem
from eenthuis.matching.conflicts import find_conflicts, standing_wishes
from eenthuis.matching.problem import UNLIMITED
from eenthuis.terms.overriding import Conflict, Repair, RepairKind, Wish, WishKind

HOUSEHOLDS = ("anna", "bo", "cem", "dia")
PLACES = ("x", "y", "z")


def pin(household: str, place: str) -> Wish:
    return Wish(WishKind.PIN, household, place)


def forbid(household: str, place: str) -> Wish:
    return Wish(WishKind.FORBID, household, place)


def must(household: str) -> Wish:
    return Wish(WishKind.MUST_LINK, household)


def held(household: str) -> Wish:
    return Wish(WishKind.HELD_BACK, household)


def cap(place: str, use: str, amount: int) -> Wish:
    return Wish(WishKind.CAP, place=place, use=use, amount=float(amount))


def criterion(household: str, place: str = "") -> Wish:
    return Wish(WishKind.CRITERION, household, place)


def together(*households: str) -> Wish:
    return Wish(WishKind.GROUP, households=households)


def floor(amount: float, *households: str) -> Wish:
    return Wish(WishKind.FLOOR, amount=amount, households=households, label="size 1")


def situation(
    persons: tuple[int, ...] = (2, 2, 2, 2),
    homes: tuple[int, ...] = (0, 0, 0, 0),
    seats: tuple[int, ...] = (4, 4, 4),
    large: tuple[int, ...] = (9, 9, 9),
    barred: tuple[tuple[int, int], ...] = (),
    group: tuple[int, ...] = (-1, -1, -1, -1),
) -> Problem:
    allowed = np.ones((4, 3), bool)
    for pair in barred:
        allowed[pair] = False
    return Problem(
        households=HOUSEHOLDS,
        places=PLACES,
        uses=("persons", "large_homes"),
        demand=np.array([persons, homes]).T.astype(np.int64),
        capacity=np.array([seats, large]).T.astype(np.int64),
        allowed=allowed,
        score=np.ones((4, 3), np.float32),
        group=np.array(group, np.int64),
        arrival=np.zeros(4, np.int64),
    )


@dataclass(frozen=True)
class Kind:
    """A seeded situation, its wishes, the one conflict in it, and its smallest repair with the amount."""

    name: str
    problem: Problem
    wishes: tuple[Wish, ...]
    conflict: set[Wish]
    repair: tuple[RepairKind, float]


PINS = (pin("anna", "x"), pin("bo", "x"))
RAISE, DROP, SPLIT = RepairKind.RAISE_CAP, RepairKind.DROP_PIN, RepairKind.SPLIT_GROUP
KINDS = (
    Kind("two pins overfill persons", situation(seats=(3, 4, 4)), PINS, {*PINS, cap("x", "persons", 3)}, (RAISE, 1)),
    Kind("one pin overfills persons", situation(persons=(6, 2, 2, 2)), PINS[:1], {PINS[0], cap("x", "persons", 4)},
         (RAISE, 2)),
    Kind("a place is closed", situation(seats=(0, 4, 4)), PINS[:1], {PINS[0], cap("x", "persons", 0)},
         (DROP, 0)),
    Kind("too few large homes", situation(homes=(1, 1, 0, 0), large=(1, 9, 9)), PINS,
         {*PINS, cap("x", "large_homes", 1)}, (RAISE, 1)),
    Kind("no large home at all", situation(homes=(1, 0, 0, 0), large=(0, 9, 9)), PINS[:1],
         {PINS[0], cap("x", "large_homes", 0)}, (RAISE, 1)),
    Kind("a pin against a hard criterion", situation(barred=((0, 0),)), PINS[:1], {PINS[0], criterion("anna", "x")},
         (DROP, 0)),
    Kind("one household pinned to two places", situation(), (pin("anna", "x"), pin("anna", "y")),
         {pin("anna", "x"), pin("anna", "y")}, (DROP, 0)),
    Kind("a pin and a forbid of the same pair", situation(), (pin("anna", "x"), forbid("anna", "x")),
         {pin("anna", "x"), forbid("anna", "x")}, (DROP, 0)),
    Kind("a pin of a household held back", situation(), (pin("anna", "x"), held("anna")),
         {pin("anna", "x"), held("anna")}, (DROP, 0)),
    Kind("must be linked and held back", situation(), (must("anna"), held("anna")), {must("anna"), held("anna")},
         (RepairKind.DROP_MUST_LINK, 0)),
    Kind("every place forbidden to one who must be linked", situation(),
         (must("anna"), *(forbid("anna", place) for place in PLACES)),
         {must("anna"), *(forbid("anna", place) for place in PLACES)}, (RepairKind.DROP_FORBID, 0)),
    Kind("criteria leave no place to one who must be linked", situation(barred=((0, 0), (0, 1), (0, 2))),
         (must("anna"),), {must("anna"), criterion("anna")}, (RepairKind.DROP_MUST_LINK, 0)),
    Kind("criteria and forbids leave no place", situation(barred=((0, 0), (0, 1))), (must("anna"), forbid("anna", "z")),
         {must("anna"), forbid("anna", "z"), criterion("anna")}, (RepairKind.DROP_FORBID, 0)),
    Kind("group members pinned apart", situation(group=(0, 0, -1, -1)), (pin("anna", "x"), pin("bo", "y")),
         {pin("anna", "x"), pin("bo", "y"), together("anna", "bo")}, (DROP, 0)),
    Kind("a group larger than the place", situation(persons=(3, 3, 2, 2), group=(0, 0, -1, -1)), PINS[:1],
         {PINS[0], together("anna", "bo"), cap("x", "persons", 4)}, (RAISE, 2)),
    Kind("a group larger than any place", situation(persons=(3, 3, 2, 2), group=(0, 0, -1, -1)), (must("anna"),),
         {must("anna"), together("anna", "bo"), *(cap(place, "persons", 4) for place in PLACES)}, (RAISE, 2)),
    Kind("a pinned group of which one may not come", situation(barred=((1, 0),), group=(0, 0, -1, -1)), PINS[:1],
         {PINS[0], together("anna", "bo"), criterion("bo", "x")}, (DROP, 0)),
    Kind("the places of a pinned group forbidden to a member", situation(group=(0, 0, -1, -1)),
         (pin("anna", "x"), forbid("bo", "x")), {pin("anna", "x"), forbid("bo", "x"), together("anna", "bo")},
         (DROP, 0)),
    Kind("more must be linked than fit", situation(seats=(2, 2, 3)), tuple(must(name) for name in HOUSEHOLDS),
         {*(must(name) for name in HOUSEHOLDS), cap("x", "persons", 2), cap("y", "persons", 2),
          cap("z", "persons", 3)}, (RAISE, 1)),
    Kind("a floor out of reach", situation(seats=(2, 0, 0)), (floor(3.0, "anna", "bo", "cem"),),
         {floor(3.0, "anna", "bo", "cem"), cap("x", "persons", 2), cap("y", "persons", 0), cap("z", "persons", 0)},
         (RepairKind.LOWER_FLOOR, 1.0)),
    Kind("a floor against those held back", situation(), (floor(2.0, "anna", "bo"), held("bo")),
         {floor(2.0, "anna", "bo"), held("bo")}, (RepairKind.LOWER_FLOOR, 1.0)),
    Kind("two floors over the same room", situation(seats=(2, 0, 0)),
         (Wish(WishKind.FLOOR, amount=1.0, households=("anna",), label="a"),
          Wish(WishKind.FLOOR, amount=1.0, households=("bo",), label="b")),
         {Wish(WishKind.FLOOR, amount=1.0, households=("anna",), label="a"),
          Wish(WishKind.FLOOR, amount=1.0, households=("bo",), label="b"),
          cap("x", "persons", 2), cap("y", "persons", 0), cap("z", "persons", 0)}, (RepairKind.LOWER_FLOOR, 0.0)),
)  # fmt: skip


def can_hold(problem: Problem, wishes: set[Wish]) -> bool:
    """Return whether some choice holds all of ``wishes``, by trying everything; nothing else binds."""
    floored = any(wish.kind is WishKind.FLOOR for wish in wishes)
    return any(
        all(_holds(problem, wish, dict(zip(problem.households, tried, strict=True))) for wish in wishes)
        and (not floored or _is_allowed(problem, tried))
        for tried in product((*problem.places, None), repeat=len(problem.households))
    )


def _is_allowed(problem: Problem, tried: tuple[str | None, ...]) -> bool:
    return all(at is None or problem.allowed[row, problem.places.index(at)] for row, at in enumerate(tried))


def _holds(  # noqa: PLR0911 - one line per kind of wish
    problem: Problem, wish: Wish, where: dict[str, str | None]
) -> bool:
    at = where.get(wish.household)
    rows = {name: row for row, name in enumerate(problem.households)}
    match wish.kind:
        case WishKind.PIN:
            return at == wish.place
        case WishKind.FORBID:
            return at != wish.place
        case WishKind.MUST_LINK:
            return at is not None
        case WishKind.HELD_BACK:
            return at is None
        case WishKind.CRITERION if wish.place:
            return at != wish.place
        case WishKind.CRITERION:
            return at is None or bool(problem.allowed[rows[wish.household], problem.places.index(at)])
        case WishKind.GROUP:
            return len({where[name] for name in wish.households}) == 1
        case WishKind.CAP:
            use = problem.uses.index(wish.use)
            used = sum(
                int(problem.demand[rows[name], use]) for name, place in where.items() if place == wish.place
            )
            return used <= wish.amount
        case WishKind.FLOOR:
            total = sum(
                float(problem.score[rows[name], problem.places.index(place)])
                for name in wish.households
                if (place := where[name]) is not None
            )
            return total >= wish.amount - 1e-5


def mended(conflict: Conflict, repair: Repair) -> set[Wish]:
    rest = {wish for wish in conflict.wishes if wish != repair.wish}
    if repair.kind is RepairKind.RAISE_CAP:
        return rest | {replace(repair.wish, amount=repair.wish.amount + repair.amount)}
    if repair.kind is RepairKind.LOWER_FLOOR:
        return rest | {replace(repair.wish, amount=repair.amount)}
    return rest


def test_there_are_twenty_kinds() -> None:
    assert len({kind.name for kind in KINDS}) >= 20


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_names_its_conflict_and_its_smallest_repair(kind: Kind) -> None:
    (conflict,) = find_conflicts(kind.problem, kind.wishes)
    assert set(conflict.wishes) == kind.conflict
    assert not can_hold(kind.problem, set(conflict.wishes))
    for wish in conflict.wishes:
        assert can_hold(kind.problem, set(conflict.wishes) - {wish})
    assert {repair.wish for repair in conflict.repairs} == kind.conflict
    for repair in conflict.repairs:
        assert can_hold(kind.problem, mended(conflict, repair))
    first = conflict.repairs[0]
    assert first.is_enough
    assert first.kind is kind.repair[0]
    assert first.amount == pytest.approx(kind.repair[1])


def test_random_wishes_are_judged_as_trying_everything_judges_them() -> None:
    rng = np.random.default_rng(37)
    seen = {True: 0, False: 0}
    for _ in range(120):
        problem = draw_small(rng)
        wishes = []
        for name in problem.households:
            place = problem.places[int(rng.integers(len(problem.places)))]
            lot = rng.random()
            wishes += [pin(name, place)] * (lot < 0.3) + [must(name)] * (0.3 <= lot < 0.6)
            wishes += [forbid(name, place)] * (rng.random() < 0.2) + [held(name)] * (rng.random() < 0.05)
        everything = {*wishes, *standing_wishes(problem, wishes)}
        conflicts = find_conflicts(problem, wishes)
        assert bool(conflicts) != can_hold(problem, everything)
        seen[bool(conflicts)] += 1
        for conflict in conflicts:
            assert not can_hold(problem, set(conflict.wishes))
            assert all(can_hold(problem, set(conflict.wishes) - {wish}) for wish in conflict.wishes)
            for repair in conflict.repairs:
                assert can_hold(problem, mended(conflict, repair))
    assert min(seen.values()) > 20


def test_a_cap_without_a_limit_is_in_no_conflict() -> None:
    problem = situation(seats=(UNLIMITED, 1, 1), persons=(90, 90, 1, 1))
    assert find_conflicts(problem, PINS) == ()
