"""The only door to HiGHS, the general solver: exact choices of places for a limited set of pairs.

One thread and a fixed seed for each call, so the same question gets the same answer on every machine.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from threading import Lock

import highspy
import numpy as np
from numpy.typing import NDArray

_TIGHT = 1e-9
_BANNER = Lock()
_said_hello: list[bool] = []


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs a choice is made from, N parties and R rows of caps.

    Attributes
    ----------
    party
        C int64: the party (0..N-1) of each pair, not decreasing.
    value
        C float64: what choosing the pair adds.
    row, need
        C x K int64: the cap rows (0..R-1) a pair draws on and how much; need 0 where it draws nothing.
    cap
        R float64: what every row holds.
    """

    party: NDArray[np.int64]
    value: NDArray[np.float64]
    row: NDArray[np.int64]
    need: NDArray[np.int64]
    cap: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Floor:
    """A condition that the chosen pairs together reach ``least`` of ``weight`` (C float64).

    ``short_cost`` is what every unit short takes off the objective; None: the condition is never broken.
    """

    weight: NDArray[np.float64]
    least: float
    short_cost: float | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """When to stop: by branching nodes (the same everywhere) and by wall clock (a safety net), and the gaps."""

    nodes: int | None = None
    seconds: float | None = None
    absolute_gap: float = 1e-7
    relative_gap: float = 0.0


@dataclass(frozen=True, slots=True)
class Choice:
    """What the solver chose.

    ``chosen`` holds indices of pairs; ``bound`` is its own upper bound; ``optimal`` says whether it finished.
    """

    chosen: NDArray[np.int64]
    bound: float
    optimal: bool


@dataclass(frozen=True, slots=True)
class Relaxation:
    """The linear relaxation: share chosen of each pair, price of each cap row and of each floor (at least 0)."""

    share: NDArray[np.float64]
    price: NDArray[np.float64]
    floor_price: NDArray[np.float64]
    objective: float


def choose(
    pairs: Pairs,
    *,
    start: NDArray[np.int64] | None = None,
    floors: tuple[Floor, ...] = (),
    limits: Limits | None = None,
    seed: int = 1,
) -> Choice | None:
    """Choose at most one pair per party within the caps, for the highest total value; None when nothing was found.

    ``start`` holds indices of pairs known to be possible together.
    """
    given = limits or Limits()
    solver = _opened(pairs, floors, whole=True, seed=seed)
    solver.setOptionValue("mip_rel_gap", given.relative_gap)
    solver.setOptionValue("mip_abs_gap", given.absolute_gap)
    if given.nodes is not None:
        solver.setOptionValue("mip_max_nodes", given.nodes)
    if given.seconds is not None:
        solver.setOptionValue("time_limit", max(0.01, given.seconds))
    if start is not None:
        solver.setOptionValue("mip_heuristic_effort", 0.0)
        known = highspy.HighsSolution()
        lacking = [
            max(0.0, floor.least - float(floor.weight[start].sum()))
            for floor in floors
            if floor.short_cost is not None
        ]
        first = np.concatenate([np.zeros(len(pairs.value)), lacking])
        first[start] = 1.0
        known.col_value = list(first)
        solver.setSolution(known)
    solver.run()
    found = np.asarray(solver.getSolution().col_value)[: len(pairs.value)]
    if found.size != len(pairs.value) or not np.isfinite(solver.getInfo().objective_function_value):
        return None
    if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    optimal = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    chosen = np.flatnonzero(found > 1 - 1e-4)
    bound = float(solver.getInfo().mip_dual_bound)
    allowance = given.absolute_gap + given.relative_gap * abs(bound) + 1e-6 * max(1.0, abs(bound))
    if optimal and start is not None and not floors and bound - pairs.value[chosen].sum() > allowance:
        # a model that presolve empties comes back with the start, however poor it is (seen in HiGHS 1.16)
        return choose(pairs, floors=floors, limits=limits, seed=seed)
    return Choice(chosen=chosen, bound=bound, optimal=optimal)


def relax(
    pairs: Pairs, *, floors: tuple[Floor, ...] = (), seed: int = 1, seconds: float | None = None
) -> Relaxation:
    """Solve the linear relaxation of :func:`choose`; prices of caps and floors come from its duals.

    Shares are 0 when it is not solved within ``seconds``.
    """
    solver = _opened(pairs, floors, whole=False, seed=seed)
    if seconds is not None:
        solver.setOptionValue("time_limit", max(0.01, seconds))
    solver.run()
    solution = solver.getSolution()
    solved = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    parties = int(pairs.party[-1]) + 1 if pairs.party.size else 0
    dual = np.asarray(solution.row_dual)[parties:]
    return Relaxation(
        share=np.asarray(solution.col_value)[: len(pairs.value)] * (solved or seconds is None),
        price=np.maximum(dual[: len(pairs.cap)], 0.0),
        floor_price=np.maximum(-dual[len(pairs.cap) :], 0.0),
        objective=float(solver.getInfo().objective_function_value),
    )


def _opened(pairs: Pairs, floors: tuple[Floor, ...], *, whole: bool, seed: int) -> highspy.Highs:
    solver = _quietly_made()
    for name, value in (
        ("log_to_console", False),
        ("output_flag", False),
        ("threads", 1),
        ("parallel", "off"),
        ("random_seed", seed),
        ("mip_feasibility_tolerance", _TIGHT),
        ("primal_feasibility_tolerance", _TIGHT),
    ):
        solver.setOptionValue(name, value)
    solver.passModel(_model(pairs, floors, whole=whole))
    return solver


def _quietly_made() -> highspy.Highs:
    """Return a new solver; the first one of a process prints a banner, which belongs on no standard output."""
    with _BANNER:
        if not _said_hello:
            sys.stdout.flush()
            kept = os.dup(1)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            try:
                solver = highspy.Highs()  # type: ignore[no-untyped-call]
            finally:
                os.dup2(kept, 1)
                os.close(kept)
                os.close(nowhere)
            _said_hello.append(True)
            return solver
    return highspy.Highs()  # type: ignore[no-untyped-call]


def _model(pairs: Pairs, floors: tuple[Floor, ...], *, whole: bool) -> highspy.HighsLp:
    columns = len(pairs.value)
    parties = int(pairs.party[-1]) + 1 if columns else 0
    caps = parties + len(pairs.cap)
    row = np.concatenate([pairs.party[:, None], parties + pairs.row], axis=1)
    need = np.concatenate([np.ones((columns, 1)), pairs.need.astype(np.float64)], axis=1)
    for number, floor in enumerate(floors):
        row = np.concatenate([row, np.full((columns, 1), caps + number)], axis=1)
        need = np.concatenate([need, floor.weight[:, None]], axis=1)
    used = need != 0
    short = [number for number, floor in enumerate(floors) if floor.short_cost is not None]
    entries = np.concatenate([used.sum(axis=1), np.ones(len(short), np.int64)])
    model = highspy.HighsLp()
    model.num_col_ = columns + len(short)
    model.num_row_ = caps + len(floors)
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = np.concatenate([pairs.value, [-(floors[at].short_cost or 0.0) for at in short]])
    model.col_lower_ = np.zeros(model.num_col_)
    model.col_upper_ = np.concatenate([np.ones(columns), np.full(len(short), highspy.kHighsInf)])
    model.row_lower_ = np.concatenate(
        [np.full(caps, -highspy.kHighsInf), np.array([floor.least for floor in floors])]
    )
    model.row_upper_ = np.concatenate([np.ones(parties), pairs.cap, np.full(len(floors), highspy.kHighsInf)])
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.concatenate([[0], np.cumsum(entries)]).astype(np.int32)
    model.a_matrix_.index_ = np.concatenate([row[used], caps + np.array(short, np.int64)]).astype(np.int32)
    model.a_matrix_.value_ = np.concatenate([need[used], np.ones(len(short))])
    if whole:
        whole_or_not = [highspy.HighsVarType.kInteger] * columns + [highspy.HighsVarType.kContinuous] * len(
            short
        )
        model.integrality_ = whole_or_not
    return model
