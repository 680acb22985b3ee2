"""Check a proposal and its certificate with nothing of the solver: plain sums anyone can do again.

The bound is recomputed from the prices in the certificate and the instance alone; objective, counts and every
constraint family from the proposal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from eenthuis.matching.check_sets import recompute_tight_bound
from eenthuis.matching.problem import UNLIMITED, Problem

SLACK = 1e-9
"""Relative difference that rounding alone can make."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing the certificate states beside what was computed again."""

    name: str
    stated: object
    computed: object
    holds: bool


def recompute_bound(
    problem: Problem,
    price: NDArray[np.float64],
    *,
    person_weight: float,
    household_weight: float,
    scored: bool = True,
    counts: NDArray[np.float64] | None = None,
    must: NDArray[np.int64] | None = None,
) -> float:
    """Return the upper bound that ``price`` (M x K, at least 0) proves for ``problem``.

    ``counts`` (H) is how many times the scores of each household count; once unless said. ``must`` holds the rows of
    households that have to get a place, for whom going nowhere is no way out.
    """
    lone = np.arange(len(problem.households)) + problem.group.max(initial=-1) + 1
    _, party = np.unique(np.where(problem.group < 0, lone, problem.group), return_inverse=True)
    size = int(party.max(initial=-1)) + 1
    together = np.bincount(party, minlength=size)
    bound = float(problem.capacity[price > 0] @ price[price > 0])
    grouped = np.zeros((int((together > 1).sum()), len(problem.places)))
    slot = np.cumsum(together > 1) - 1
    least = np.zeros(size)
    if must is not None:
        least[party[must]] = -np.inf
    for household in range(len(problem.households)):
        need = problem.demand[household].astype(np.float64)
        worth = person_weight * need[0] + household_weight - price @ need
        if scored:
            worth += problem.score[household] * (1.0 if counts is None else counts[household])
        worth[~problem.allowed[household]] = -np.inf
        if together[party[household]] > 1:
            grouped[slot[party[household]]] += worth
        else:
            bound += float(worth.max(initial=least[party[household]]))
    return bound + float(np.maximum(grouped.max(axis=1, initial=-np.inf), least[together > 1]).sum())


def count_violations(
    problem: Problem, assignment: NDArray[np.int64], must: NDArray[np.int64] | None = None
) -> dict[str, tuple[int, int]]:
    """Return for every constraint family how many there are and how many ``assignment`` (H) violates.

    ``must`` holds the rows of households that overrides give a place.
    """
    placed = [(row, int(place)) for row, place in enumerate(assignment) if place >= 0]
    used = np.zeros(problem.capacity.shape, np.int64)
    for row, place in placed:
        used[place] += problem.demand[row]
    out = {
        "one-place": (len(assignment), 0),
        "allowed": (len(placed), sum(not problem.allowed[row, place] for row, place in placed)),
    }
    for use, name in enumerate(problem.uses):
        capped = problem.capacity[:, use] != UNLIMITED
        out[f"cap-{name}"] = (
            int(capped.sum()),
            int((capped & (used[:, use] > problem.capacity[:, use])).sum()),
        )
    groups = {number: set[int]() for number in problem.group.tolist() if number >= 0}
    for row, number in enumerate(problem.group.tolist()):
        if number >= 0:
            groups[number].add(int(assignment[row]))
    out["groups-together"] = len(groups), sum(len(places) > 1 for places in groups.values())
    if must is not None:
        out["must-link"] = len(must), int((assignment[must] < 0).sum())
    return out


def check_certificate(
    problem: Problem, assignment: NDArray[np.int64], document: Mapping[str, object]
) -> tuple[Statement, ...]:
    """Compare every statement of the certificate ``document`` with what the instance and the proposal say."""
    problem, must = _overridden(problem, document.get("overrides"))
    weights = _table(document.get("weights"))
    person, household = _number(weights.get("person", 0.0)), _number(weights.get("household", 0.0))
    rows = np.flatnonzero(assignment >= 0)
    persons = int(problem.persons[rows].sum())
    score = float(problem.score[rows, assignment[rows]].astype(np.float64).sum())
    objective = score + person * persons + household * len(rows)
    price = read_prices(problem, document.get("prices"))
    floors = _read_floors(problem, document.get("floors"))
    bound = recompute_bound(
        problem,
        price,
        person_weight=person,
        household_weight=household,
        counts=_counts(floors, len(assignment)),
        must=must,
    ) - sum(floor.multiplier * floor.least for floor in floors)
    gap = (bound - objective) / max(abs(bound), 1e-9)
    found = [
        _same("households", document, len(problem.households)),
        _same("places", document, len(problem.places)),
        _same("linked", document, len(rows)),
        _same("persons_linked", document, persons),
        _close("objective", document.get("objective"), objective, scale=bound),
        Statement("prices", "finite, at least 0", float(price.min(initial=0.0)), bool((price >= 0).all())),
        _close("bound", document.get("bound"), bound, scale=bound),
        _close("gap", document.get("gap"), gap, scale=1.0),
    ]
    claimed = document.get("solver_bound")
    if claimed is not None:
        inside = objective * (1 - SLACK) - SLACK <= _number(claimed) + 1e-6 * abs(objective)
        found.append(Statement("solver_bound", claimed, "at least the objective", inside))
    found += _tight(problem, document, objective, person=person, household=household)
    families = count_violations(problem, assignment, must if document.get("overrides") else None)
    if floors:
        own = np.zeros(len(assignment))
        own[rows] = problem.score[rows, assignment[rows]]
        reached = [float(own @ floor.member) for floor in floors]
        missed = sum(
            total < floor.least - SLACK * max(1.0, abs(floor.least))
            for floor, total in zip(floors, reached, strict=True)
        )
        families["floors"] = len(floors), missed
        found += [
            _close(f"floor {floor.name}: reached", floor.reached, total, scale=bound)
            for floor, total in zip(floors, reached, strict=True)
        ]
    found += _families(document, families)
    found += _stages(problem, document, rows, score, must)
    return tuple(found)


def _overridden(problem: Problem, table: object) -> tuple[Problem, NDArray[np.int64]]:
    """Return the problem that stated overrides leave, and the rows of households that have to get a place.

    A household or place that nobody knows makes the scores no numbers, so that nothing holds.
    """
    entries = [_table(entry) for entry in (table if isinstance(table, list) else [])]
    if not entries:
        return problem, np.zeros(0, np.int64)
    rows = {name: row for row, name in enumerate(problem.households)}
    columns = {name: column for column, name in enumerate(problem.places)}
    allowed, score = problem.allowed.copy(), problem.score
    must: set[int] = set()
    for entry in entries:
        kind, row = entry.get("kind"), rows.get(str(entry.get("household")))
        name = str(entry.get("place"))
        if row is None or kind not in {"pin", "forbid"} or (name and name not in columns):
            score = np.full_like(score, np.nan)
            continue
        here = np.ones(len(columns), bool) if not name else np.arange(len(columns)) == columns[name]
        if kind == "pin":
            must.add(row)
            allowed[row] &= here
        else:
            allowed[row] &= ~here
    return replace(problem, allowed=allowed, score=score), np.array(sorted(must), np.int64)


def _tight(
    problem: Problem, document: Mapping[str, object], objective: float, *, person: float, household: float
) -> list[Statement]:
    """Check the tight bound: its prices, what they prove, and the gap to the lower of both bounds."""
    if "tight_bound" not in document and "household_prices" not in document:
        return []
    table = _table(document.get("household_prices"))
    price = np.array([_number(table.get(name)) for name in problem.households], np.float64)
    sound = len(table) == len(price) and bool((price >= 0).all()) and bool(np.isfinite(price).all())
    bound = float("nan")
    if sound:
        bound = recompute_tight_bound(problem, price, person_weight=person, household_weight=household)
    lower = min(_number(document.get("bound")), bound)
    gap = (lower - objective) / max(abs(lower), 1e-9)
    least = float(price.min(initial=0.0))
    return [
        Statement("household_prices", "finite, at least 0", least, sound),
        _close("tight_bound", document.get("tight_bound"), bound, scale=bound),
        _close("tight_gap", document.get("tight_gap"), gap, scale=1.0),
    ]


def read_prices(problem: Problem, table: object) -> NDArray[np.float64]:
    """Return prices (M x K) from place -> use -> price; NaN where one is missing or not a number."""
    price = np.full(problem.capacity.shape, np.nan)
    rows = _table(table)
    for row, place in enumerate(problem.places):
        for column, use in enumerate(problem.uses):
            price[row, column] = _number(_table(rows.get(place)).get(use))
    return np.where(np.isfinite(price), price, np.nan)


@dataclass(frozen=True, slots=True)
class _Floor:
    name: str
    member: NDArray[np.bool_]
    least: float
    reached: float
    multiplier: float


def _counts(floors: list[_Floor], households: int) -> NDArray[np.float64]:
    counts = np.ones(households)
    for floor in floors:
        counts[floor.member] += floor.multiplier
    return counts


def _read_floors(problem: Problem, table: object) -> list[_Floor]:
    """Return the floors stated; a multiplier below 0 or an unknown household makes the bound no number."""
    rows = {name: row for row, name in enumerate(problem.households)}
    out = []
    for entry in table if isinstance(table, list) else []:
        floor = _table(entry)
        names = floor.get("households")
        member = np.zeros(len(rows), bool)
        known = [rows.get(name, -1) for name in (names if isinstance(names, list) else [])]
        member[[row for row in known if row >= 0]] = True
        multiplier = _number(floor.get("multiplier"))
        sound = multiplier >= 0 and -1 not in known
        out.append(
            _Floor(
                f"{floor.get('characteristic')} {floor.get('label')}",
                member,
                _number(floor.get("least")),
                _number(floor.get("reached")),
                multiplier if sound else float("nan"),
            )
        )
    return out


def _families(document: Mapping[str, object], counts: Mapping[str, tuple[int, int]]) -> list[Statement]:
    stated: dict[object, tuple[object, object]] = {}
    checks = document.get("checks")
    for entry in checks if isinstance(checks, list) else []:
        row = _table(entry)
        stated[row.get("family")] = (row.get("count"), row.get("violations"))
    return [
        Statement(family, stated.get(family), count, stated.get(family) == count and count[1] == 0)
        for family, count in counts.items()
    ]


def _stages(
    problem: Problem,
    document: Mapping[str, object],
    rows: NDArray[np.int64],
    score: float,
    must: NDArray[np.int64],
) -> list[Statement]:
    """Check each goal: what was reached, and that its own prices prove its bound."""
    reached = {"persons": float(problem.persons[rows].sum()), "households": float(len(rows)), "score": score}
    out: list[Statement] = []
    stages = document.get("stages")
    for entry in stages if isinstance(stages, list) else []:
        stage = _table(entry)
        name = str(stage.get("name"))
        scale = abs(_number(document.get("bound")))
        out.append(_close(f"{name}: reached", stage.get("reached"), reached.get(name, np.nan), scale=scale))
        if "prices" in stage:
            bound = recompute_bound(
                problem,
                read_prices(problem, stage["prices"]),
                person_weight=float(name == "persons"),
                household_weight=float(name == "households"),
                scored=False,
                must=must,
            )
            stated = _number(stage.get("bound"))
            proven = stated >= np.floor(bound * (1 + SLACK) + 1e-6) or np.isclose(stated, bound, rtol=SLACK)
            out.append(Statement(f"{name}: bound", stage.get("bound"), bound, bool(proven)))
        else:
            rest = _rest_of_bound(document, reached)
            out.append(_close(f"{name}: bound", stage.get("bound"), rest, scale=scale))
    return out


def _rest_of_bound(document: Mapping[str, object], reached: Mapping[str, float]) -> float:
    weights = _table(document.get("weights"))
    return (
        _number(document.get("bound"))
        - _number(weights.get("person", 0.0)) * reached["persons"]
        - _number(weights.get("household", 0.0)) * reached["households"]
    )


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else float("nan")


def _same(name: str, document: Mapping[str, object], computed: int) -> Statement:
    return Statement(name, document.get(name), computed, document.get(name) == computed)


def _close(name: str, stated: object, computed: float, *, scale: float) -> Statement:
    holds = abs(_number(stated) - computed) <= SLACK * max(1.0, abs(scale))
    return Statement(name, stated, computed, bool(holds))
