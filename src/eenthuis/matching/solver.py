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
    """A condition that the chosen pairs together reach ``least`` of ``weight`` (C float64)."""

    weight: NDArray[np.float64]
    least: float


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
    """The linear relaxation: share chosen of each pair, price of each cap row (at least 0), objective."""

    share: NDArray[np.float64]
    price: NDArray[np.float64]
    objective: float


def choose(
    pairs: Pairs,
    *,
    start: NDArray[np.int64] | None = None,
    floor: Floor | None = None,
    limits: Limits | None = None,
    seed: int = 1,
) -> Choice | None:
    """Choose at most one pair per party within the caps, for the highest total value; None when nothing was found.

    ``start`` holds indices of pairs known to be possible together.
    """
    given = limits or Limits()
    solver = _opened(pairs, floor, whole=True, seed=seed)
    solver.setOptionValue("mip_rel_gap", given.relative_gap)
    solver.setOptionValue("mip_abs_gap", given.absolute_gap)
    if given.nodes is not None:
        solver.setOptionValue("mip_max_nodes", given.nodes)
    if given.seconds is not None:
        solver.setOptionValue("time_limit", max(0.01, given.seconds))
    if start is not None:
        solver.setOptionValue("mip_heuristic_effort", 0.0)
        known = highspy.HighsSolution()
        first = np.zeros(len(pairs.value))
        first[start] = 1.0
        known.col_value = list(first)
        solver.setSolution(known)
    solver.run()
    found = np.asarray(solver.getSolution().col_value)
    if found.size != len(pairs.value) or not np.isfinite(solver.getInfo().objective_function_value):
        return None
    if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    optimal = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    chosen = np.flatnonzero(found > 1 - 1e-4)
    bound = float(solver.getInfo().mip_dual_bound)
    allowance = given.absolute_gap + given.relative_gap * abs(bound) + 1e-6 * max(1.0, abs(bound))
    if optimal and start is not None and bound - pairs.value[chosen].sum() > allowance:
        # a model that presolve empties comes back with the start, however poor it is (seen in HiGHS 1.16)
        return choose(pairs, floor=floor, limits=limits, seed=seed)
    return Choice(chosen=chosen, bound=bound, optimal=optimal)


def relax(pairs: Pairs, *, floor: Floor | None = None, seed: int = 1) -> Relaxation:
    """Solve the linear relaxation of :func:`choose`; prices of caps come from its duals."""
    solver = _opened(pairs, floor, whole=False, seed=seed)
    solver.run()
    solution = solver.getSolution()
    parties = int(pairs.party[-1]) + 1 if pairs.party.size else 0
    dual = np.asarray(solution.row_dual)[parties : parties + len(pairs.cap)]
    return Relaxation(
        share=np.asarray(solution.col_value),
        price=np.maximum(dual, 0.0),
        objective=float(solver.getInfo().objective_function_value),
    )


def _opened(pairs: Pairs, floor: Floor | None, *, whole: bool, seed: int) -> highspy.Highs:
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
    solver.passModel(_model(pairs, floor, whole=whole))
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


def _model(pairs: Pairs, floor: Floor | None, *, whole: bool) -> highspy.HighsLp:
    columns = len(pairs.value)
    parties = int(pairs.party[-1]) + 1 if columns else 0
    row = np.concatenate([pairs.party[:, None], parties + pairs.row], axis=1)
    need = np.concatenate([np.ones((columns, 1)), pairs.need.astype(np.float64)], axis=1)
    upper = np.concatenate([np.ones(parties), pairs.cap])
    lower = np.full(len(upper), -highspy.kHighsInf)
    if floor is not None:
        row = np.concatenate([row, np.full((columns, 1), len(upper))], axis=1)
        need = np.concatenate([need, floor.weight[:, None]], axis=1)
        upper = np.append(upper, highspy.kHighsInf)
        lower = np.append(lower, floor.least)
    used = need != 0
    model = highspy.HighsLp()
    model.num_col_ = columns
    model.num_row_ = len(upper)
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = pairs.value
    model.col_lower_ = np.zeros(columns)
    model.col_upper_ = np.ones(columns)
    model.row_lower_ = lower
    model.row_upper_ = upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.concatenate([[0], np.cumsum(used.sum(axis=1))]).astype(np.int32)
    model.a_matrix_.index_ = row[used].astype(np.int32)
    model.a_matrix_.value_ = need[used]
    if whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * columns
    return model
