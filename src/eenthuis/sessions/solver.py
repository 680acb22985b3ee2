"""The only door to HiGHS, the general solver: the whole choice as one model, for small problems and to compare with.

One thread; limits are nodes, so the same question gets the same answer, or seconds where only a comparison is made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from eenthuis.sessions.grid import Grid, Whole
from eenthuis.sessions.search_kernels import Chosen, nothing_chosen

NO_LIMIT = 10**9
"""Seconds or branches that are never reached."""

Key = tuple[str, int, int, int, int]
"""Kind of variable and up to four places: centre, day, team, counters; or party, day."""


@dataclass(slots=True)
class Model:
    """A model that grows row by row: variables with cost and upper bound, and rows with limits."""

    unit: int
    cost: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    place: dict[Key, int] = field(default_factory=dict)
    rows: list[tuple[list[int], list[float], float, float]] = field(default_factory=list)

    def add(self, key: Key, cost: int, upper: float, *, whole: bool) -> int:
        """Add a variable and return its place; costs are in whole units and solved in days."""
        self.place[key] = len(self.cost)
        self.cost.append(cost / self.unit)
        self.upper.append(upper)
        self.whole.append(int(whole))
        return self.place[key]

    def limit(self, terms: Iterable[tuple[int, float]], low: float, high: float) -> None:
        """Add a row: the sum of ``terms`` lies between ``low`` and ``high``."""
        found = list(terms)
        if found:
            self.rows.append(([at for at, _ in found], [by for _, by in found], low, high))


@dataclass(frozen=True, slots=True)
class Answer:
    """What the solver found: values in the order of the variables (none when it found nothing), and its own bound."""

    values: NDArray[np.float64] | None
    cost: float
    bound: float
    is_optimal: bool


def people_model(grid: Grid, unit: int) -> Model:
    """Return the whole choice: every party, every session."""
    model = Model(unit)
    _sessions(model, grid)
    for centre in range(len(grid.people)):
        coming: dict[int, list[tuple[int, float]]] = {}
        for party in range(grid.start[centre], grid.start[centre + 1]):
            size = int(grid.size[party])
            goes = [(model.add(("left", party, 0, 0, 0), grid.leaving * size, 1, whole=True), 1.0)]
            for day in range(grid.first[party], grid.last[party] + 1):
                at = model.add(("comes", party, day, 0, 0), int(grid.wait[day]) * size, 1, whole=True)
                goes.append((at, 1.0))
                coming.setdefault(day, []).append((at, float(size)))
            model.limit(goes, 1, 1)
        for day, terms in coming.items():
            _room(model, grid, centre, day, terms)
    return model


def counts_model(grid: Grid, unit: int) -> Model:
    """Return the choice with people of a centre counted, not named: windows as running totals, families apart.

    Its optimum is never above that of the whole choice; it is far smaller.
    """
    model = Model(unit)
    _sessions(model, grid)
    days = range(len(grid.wait))
    for centre in range(len(grid.people)):
        sofar: list[tuple[int, float]] = []
        for day in days:
            at = model.add(("people", centre, day, 0, 0), int(grid.wait[day]), np.inf, whole=False)
            _room(model, grid, centre, day, [(at, 1.0)])
            sofar.append((at, 1.0))
            model.limit(sofar, -np.inf, float(grid.ready[centre, day]))
            lost = model.add(("lost", centre, day, 0, 0), grid.leaving, np.inf, whole=False)
            sofar.append((lost, 1.0))
            model.limit(sofar, float(grid.gone[centre, day]), np.inf)
    return model


def solve(
    model: Model, *, seconds: float | None = None, nodes: int | None = None, relaxed: bool = False
) -> Answer:
    """Solve a model to its optimum, or as far as the limits allow; ``relaxed`` lets every variable be broken."""
    starts = np.cumsum([0, *(len(row[0]) for row in model.rows)])
    shape = (len(model.rows), len(model.cost))
    where = np.concatenate([row[0] for row in model.rows]) if model.rows else np.zeros(0, int)
    by = np.concatenate([row[1] for row in model.rows]) if model.rows else np.zeros(0)
    found = milp(
        np.array(model.cost),
        integrality=np.zeros(len(model.cost), np.int64) if relaxed else np.array(model.whole, np.int64),
        bounds=Bounds(np.zeros(len(model.cost)), np.array(model.upper)),
        constraints=LinearConstraint(
            csr_array((by, where, starts), shape=shape),
            np.array([row[2] for row in model.rows]),
            np.array([row[3] for row in model.rows]),
        ),
        options={"mip_rel_gap": 0.0, "time_limit": seconds or NO_LIMIT, "node_limit": nodes or NO_LIMIT},
    )
    bound = found.get("mip_dual_bound")
    return Answer(
        found.x,
        float("inf") if found.x is None else float(found.fun),
        float("-inf") if bound is None else float(bound),
        bool(found.status == 0),
    )


def chosen_from(grid: Grid, model: Model, values: NDArray[np.float64]) -> Chosen:
    """Return the plan that the values of a :func:`people_model` stand for, with what each centre costs."""
    chosen = nothing_chosen(grid)
    for (kind, one, other, team, counters), at in model.place.items():
        if values[at] < 1 / 2:
            continue
        if kind == "session":
            chosen.counters[one, other], chosen.team[one, other] = counters, team
            chosen.staff[team, other] -= grid.needs[counters]
            chosen.vans[team, other] -= 1
            chosen.cost[one] += grid.travel[one, team]
        elif kind == "comes":
            chosen.day_of[one] = other
    for centre in range(len(grid.people)):
        for party in range(grid.start[centre], grid.start[centre + 1]):
            day = chosen.day_of[party]
            chosen.cost[centre] += grid.size[party] * (grid.wait[day] if day >= 0 else grid.leaving)
    return chosen


def _sessions(model: Model, grid: Grid) -> None:
    teams, days = grid.staff.shape
    staff: dict[tuple[int, int], list[tuple[int, float]]] = {}
    vans: dict[tuple[int, int], list[tuple[int, float]]] = {}
    for centre in range(len(grid.people)):
        for day in range(days):
            if not grid.open_days[centre, day] or grid.free[centre, day] >= 0:
                continue
            here = []
            for team in range(teams):
                for counters in range(1, len(grid.slots)):
                    if grid.needs[counters] > grid.staff[team, day] or grid.vans[team, day] < 1:
                        continue
                    at = model.add(
                        ("session", centre, day, team, counters),
                        int(grid.travel[centre, team]),
                        1,
                        whole=True,
                    )
                    here.append((at, 1.0))
                    staff.setdefault((team, day), []).append((at, float(grid.needs[counters])))
                    vans.setdefault((team, day), []).append((at, 1.0))
            model.limit(here, -np.inf, 1)
    for (team, day), terms in staff.items():
        model.limit(terms, -np.inf, float(grid.staff[team, day]))
    for (team, day), terms in vans.items():
        model.limit(terms, -np.inf, float(grid.vans[team, day]))
    if grid.room:
        _weeks(model, grid)


def _weeks(model: Model, grid: Grid) -> None:
    week_of: Whole = np.cumsum(grid.begins)
    rows: dict[tuple[int, int], list[tuple[int, float]]] = {}
    for (_, centre, day, _, counters), at in model.place.items():
        rows.setdefault((centre, int(week_of[day])), []).append((at, float(grid.weeks[counters])))
    for (centre, week), terms in rows.items():
        taken = int(grid.used[centre, week_of == week].sum()) + (
            int(grid.carried[centre]) if week == 0 else 0
        )
        model.limit(terms, -np.inf, float(max(0, grid.room - taken)))


def _room(model: Model, grid: Grid, centre: int, day: int, coming: list[tuple[int, float]]) -> None:
    room = [
        (at, -float(grid.slots[counters]))
        for team in range(len(grid.staff))
        for counters in range(1, len(grid.slots))
        if (at := model.place.get(("session", centre, day, team, counters))) is not None
    ]
    model.limit([*coming, *room], -np.inf, float(max(0, grid.free[centre, day])))
