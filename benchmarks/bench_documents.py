"""Sessions at centres and appointments in them, beside the plain MILP of HiGHS and beside first come, first served.

    python benchmarks/run.py bench_documents [--full]

HiGHS gets the same problem with the people of a centre counted, not named (``counts_model``: whole sessions per
centre, day and team, running totals of who could come and who no longer can). That is far smaller than the whole
choice and never dearer; it stops after so many seconds and its gap is to its own bound. First come, first served sends
every van to the centre where somebody has waited longest. Instances are invented: ``documents_instance.py``.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from documents_instance import Size, draw
from eenthuis.sessions.check import check_plan
from eenthuis.sessions.grid import Grid, lay_out
from eenthuis.sessions.planning import plan_sessions
from eenthuis.sessions.problem import SessionProblem
from eenthuis.sessions.search import Effort, search
from eenthuis.sessions.solver import counts_model, solve
from eenthuis.terms.documents import DocumentPlan
from ratio import Ratio

SMALL = Size(people=2_000, centres=10, weeks=6, staff=4, vans=1)
NATIONAL = Size(people=20_000, centres=60, weeks=12, staff=12, vans=3)
WARM_UP = Effort(steps=4, orders=1, moves=8)
SOLVER_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Run:
    """A plan with the seconds it took, by the clock and of the processor."""

    plan: DocumentPlan
    seconds: float
    processor: float

    @property
    def gap(self) -> float:
        """By what share of the bound the plan is above it."""
        return (self.plan.cost - self.plan.bound) / self.plan.bound


def measure(*, full: bool = False) -> list[Ratio]:
    """Return gap and cost beside HiGHS and beside first come, first served; the national size with ``full``."""
    found = []
    for name, size in (("2,000 x 10 x 6", SMALL), ("20,000 x 60 x 12", NATIONAL)):
        if full or size is SMALL:
            found += _compare(name, size)
    return found


def _compare(name: str, size: Size) -> list[Ratio]:
    problem, card = draw(size)
    grid = lay_out(problem).grid
    search(grid, np.random.default_rng(1), WARM_UP)
    ours = _ours(problem)
    queue_cost, queue_km, queue_left = _first_come(problem, grid)
    began = time.perf_counter()
    theirs = solve(counts_model(grid, problem.unit), seconds=SOLVER_SECONDS)
    solver_seconds = time.perf_counter() - began
    solver_gap = (theirs.cost - theirs.bound) / theirs.bound if np.isfinite(theirs.cost) else float("inf")
    km = sum(one.metres for one in ours.plan.sessions) / 1000
    left = sum(one.why.value == "no-room" for one in ours.plan.not_planned)
    note = (
        f"ours {ours.seconds:.1f} s by the clock, {ours.processor:.1f} s of one processor, bound checked by "
        f"check_plan; HiGHS stopped after {solver_seconds:.0f} s with bound {theirs.bound:.0f} days "
        f"(ours {ours.plan.bound / problem.unit:.0f}) and plan {theirs.cost:.0f} "
        f"(ours {ours.plan.cost / problem.unit:.0f})"
    )
    return [
        Ratio(f"documents {name}: gap", ours.gap, solver_gap, "HiGHS MILP", "share", note=note, card=card),
        Ratio(
            f"documents {name}: cost",
            ours.plan.cost / problem.unit,
            queue_cost / problem.unit,
            "first come, first served",
            "days",
            note=f"kilometres {km:.0f} beside {queue_km:.0f}; left out {left} beside {queue_left}",
            card=card,
        ),
    ]


def _ours(problem: SessionProblem) -> Run:
    clock, processor = time.perf_counter(), time.process_time()
    plan = plan_sessions(problem, np.random.Generator(np.random.PCG64(1)))
    run = Run(plan, time.perf_counter() - clock, time.process_time() - processor)
    documents = {one.number: one for party in problem.parties for one in party.documents}
    broken = [
        one
        for one in check_plan(problem, plan, documents)
        if one.broken and not one.name.startswith("everybody")
    ]
    if broken:
        message = f"the plan breaks {broken[0].name}: {broken[0].broken[0]}"
        raise RuntimeError(message)
    return run


def _first_come(problem: SessionProblem, grid: Grid) -> tuple[int, float, int]:
    """Return cost, kilometres and people left out when each van goes where somebody has waited longest."""
    centre_of = np.repeat(np.arange(len(problem.centres)), np.diff(grid.start))
    ready_on = np.array([_first_ready(problem, i) for i in lay_out(problem).order])
    waiting = np.ones(len(grid.size), bool)
    cost, metres = 0, 0
    for day in range(len(problem.days)):
        visited: set[int] = set()
        for team in range(len(problem.teams)):
            staff, vans = int(grid.staff[team, day]), int(grid.vans[team, day])
            while vans > 0 and staff >= grid.needs[1]:
                can = waiting & (grid.first <= day) & (day <= grid.last)
                can &= ~np.isin(centre_of, list(visited))
                if not can.any():
                    break
                counters = int(min(len(grid.slots) - 1, staff // grid.needs[1]))
                centre = int(centre_of[np.flatnonzero(can)[np.argmin(ready_on[can])]])
                here = np.flatnonzero(can & (centre_of == centre))
                free = int(grid.slots[counters])
                for party in here[np.argsort(ready_on[here], kind="stable")]:
                    if grid.size[party] <= free:
                        free -= int(grid.size[party])
                        waiting[party] = False
                        cost += int(grid.size[party] * grid.wait[day])
                visited.add(centre)
                staff, vans = staff - int(grid.needs[counters]), vans - 1
                cost += int(grid.travel[centre, team])
                metres += problem.metres[problem.teams[team].code, problem.centres[centre].code]
    left = int(grid.size[waiting].sum())
    return cost + left * grid.leaving, metres / 1000, left


def _first_ready(problem: SessionProblem, party: int) -> int:
    return min(one.ready_on for one in problem.parties[party].documents).toordinal()
