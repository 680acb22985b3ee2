"""Linking beside public tools in the same run: the engine, ``scipy.optimize.milp`` and ``highspy`` alone.

``python benchmarks/bench_linking.py`` is quick; ``--full`` adds national sizes. Every figure is a ratio or a gap of
one run on one machine; the instances come from :mod:`generator` and their cards are printed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

import highspy
import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

sys.path.insert(0, str(Path(__file__).parent))
from eenthuis.matching import Problem, solve
from eenthuis.terms.linking import Goal
from generator import Card, draw_instance
from ratio import Ratio

SMALL = tuple(
    Card(households=size, places=20, seed=seed, uses=uses, persons_fill=1.02)
    for size, seed, uses in ((329, 1, 1), (400, 2, 2), (499, 3, 3))
)
NATIONAL = Card(households=1_000, places=342, seed=1)
LARGE = (Card(households=5_000, places=342, seed=1), Card(households=20_000, places=342, seed=1))
THEIRS_SECONDS = 30.0


def measure(*, full: bool = False) -> list[Ratio]:
    """Return one measurement per instance and tool, with what each reached in its note."""
    warm = draw_instance(Card(households=60, places=5, seed=1))
    solve(warm, goal=Goal.SCORE)
    solve(draw_instance(Card(households=900, places=40, seed=1)), goal=Goal.SCORE, gap=0.05)
    rows = []
    for card in SMALL:
        rows += _beside(
            card, gap=1e-6, ours_seconds=None, theirs_seconds=THEIRS_SECONDS, tools=("milp", "highspy")
        )
    rows += _beside(NATIONAL, gap=1e-5, ours_seconds=10.0, theirs_seconds=THEIRS_SECONDS, tools=("milp",))
    for card in LARGE if full else ():
        rows += _beside(card, gap=1e-5, ours_seconds=10.0, theirs_seconds=60.0, tools=("milp", "highspy"))
    return rows


def _beside(
    card: Card, *, gap: float, ours_seconds: float | None, theirs_seconds: float, tools: tuple[str, ...]
) -> list[Ratio]:
    problem = draw_instance(card)
    started = time.perf_counter()
    ours = solve(problem, goal=Goal.SCORE, gap=gap, seconds=ours_seconds).certificate
    seconds = time.perf_counter() - started
    rows = []
    for tool in tools:
        started = time.perf_counter()
        value, bound = (_with_milp if tool == "milp" else _with_highs)(problem, theirs_seconds)
        theirs = time.perf_counter() - started
        best = min(ours.bound, bound if ours.solver_bound is None else min(bound, ours.solver_bound))
        note = (
            f"ours {ours.objective:.3f}, gap proven by prices {ours.gap:.4%}, to the best bound known "
            f"{(best - ours.objective) / best:.4%}; theirs {value:.3f}, gap {(best - value) / best:.4%}; "
            f"card {json.dumps(card.plain())}"
        )
        rows.append(
            Ratio(
                name=f"linking: {card.households} x {card.places}, {card.uses} uses",
                ours=seconds,
                theirs=theirs,
                against={"milp": "scipy.optimize.milp", "highspy": "highspy"}[tool],
                unit="s",
                note=note,
            )
        )
    return rows


def _model(problem: Problem) -> tuple[np.ndarray, coo_array, np.ndarray]:
    household, place = np.nonzero(problem.allowed)
    uses = len(problem.uses)
    households, places = problem.score.shape
    row = np.concatenate([household, *(households + place * uses + use for use in range(uses))])
    need = np.concatenate([np.ones(len(household)), *(problem.demand[household, use] for use in range(uses))])
    column = np.tile(np.arange(len(household)), uses + 1)
    matrix = coo_array((need, (row, column)), shape=(households + places * uses, len(household)))
    limit = np.concatenate([np.ones(households), problem.capacity.reshape(-1)]).astype(np.float64)
    return problem.score[household, place].astype(np.float64), matrix, limit


def _with_milp(problem: Problem, seconds: float) -> tuple[float, float]:
    """Return value and bound that ``scipy.optimize.milp`` reaches."""
    value, matrix, limit = _model(problem)
    found = milp(
        -value,
        integrality=np.ones(len(value), np.int64),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix.tocsc(), ub=limit),
        options={"time_limit": seconds, "mip_rel_gap": 1e-6},
    )
    reached = 0.0 if found.fun is None else -float(found.fun)
    bound = found.get("mip_dual_bound")
    return reached, float("inf") if bound is None else -float(bound)


def _with_highs(problem: Problem, seconds: float) -> tuple[float, float]:
    """Return value and bound that HiGHS reaches with both cores and its own settings."""
    value, matrix, limit = _model(problem)
    columns = matrix.tocsc()
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)  # noqa: FBT003 - the solver's own signature
    solver.setOptionValue("time_limit", seconds)
    solver.setOptionValue("mip_rel_gap", 1e-6)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(value), len(limit)
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = value
    model.col_lower_, model.col_upper_ = np.zeros(len(value)), np.ones(len(value))
    model.row_lower_, model.row_upper_ = np.full(len(limit), -highspy.kHighsInf), limit
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = columns.indptr.astype(np.int32)
    model.a_matrix_.index_ = columns.indices.astype(np.int32)
    model.a_matrix_.value_ = columns.data.astype(np.float64)
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(value)
    solver.passModel(model)
    solver.run()
    return float(solver.getInfo().objective_function_value), float(solver.getInfo().mip_dual_bound)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="national sizes too")
    for line in measure(full=parser.parse_args().full):
        print(f"{line.name}: {line.ours:.2f} s, {line.against} {line.theirs:.2f} s; {line.note}")
