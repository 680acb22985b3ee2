"""Public tools on the same instance: solvers, constraint programming, min-cost flow, deferred acceptance."""

from __future__ import annotations

import time

import highspy
import numpy as np
from matching.games import HospitalResident
from numpy.typing import NDArray
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
from ortools.sat.python import cp_model
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from eenthuis.matching import Problem

STEPS = 1_000_000
"""Whole-number steps per unit of score for tools that know whole numbers only."""


def _model(problem: Problem) -> tuple[NDArray[np.float64], coo_array, NDArray[np.float64]]:
    household, place = np.nonzero(problem.allowed)
    uses = len(problem.uses)
    households, places = problem.score.shape
    row = np.concatenate([household, *(households + place * uses + use for use in range(uses))])
    need = np.concatenate([np.ones(len(household)), *(problem.demand[household, use] for use in range(uses))])
    column = np.tile(np.arange(len(household)), uses + 1)
    matrix = coo_array((need, (row, column)), shape=(households + places * uses, len(household)))
    limit = np.concatenate([np.ones(households), problem.capacity.reshape(-1)]).astype(np.float64)
    return problem.score[household, place].astype(np.float64), matrix, limit


def with_milp(problem: Problem, seconds: float) -> tuple[float, float]:
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


def with_highs(problem: Problem, seconds: float) -> tuple[float, float]:
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


def with_cp_sat(problem: Problem, seconds: float) -> tuple[float, float]:
    """Return value and bound that CP-SAT of OR-Tools reaches with two workers."""
    model = cp_model.CpModel()
    household, place = np.nonzero(problem.allowed)
    chosen = [model.new_bool_var("") for _ in household]
    of_household: list[list[int]] = [[] for _ in problem.households]
    at_place: list[list[int]] = [[] for _ in problem.places]
    for at, (one, there) in enumerate(zip(household.tolist(), place.tolist(), strict=True)):
        of_household[one].append(at)
        at_place[there].append(at)
    for pairs in of_household:
        model.add_at_most_one(chosen[at] for at in pairs)
    for there, pairs in enumerate(at_place):
        for use in range(len(problem.uses)):
            taken = [int(problem.demand[household[at], use]) for at in pairs]
            model.add(
                cp_model.LinearExpr.weighted_sum([chosen[at] for at in pairs], taken)
                <= int(problem.capacity[there, use])
            )
    worth = np.round(problem.score[household, place].astype(np.float64) * STEPS).astype(np.int64).tolist()
    model.maximize(cp_model.LinearExpr.weighted_sum(chosen, worth))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    status = solver.solve(model)
    reached = solver.objective_value if status in {cp_model.OPTIMAL, cp_model.FEASIBLE} else 0.0
    return reached / STEPS, solver.best_objective_bound / STEPS


TOOLS = {"scipy.optimize.milp": with_milp, "highspy": with_highs, "ortools CP-SAT": with_cp_sat}


def flow_of_persons(problem: Problem) -> tuple[float, float]:
    """Return total score and seconds of the best flow of persons by min-cost flow of OR-Tools, nobody left out."""
    household, place = np.nonzero(problem.allowed)
    persons = problem.persons
    worth = problem.score[household, place].astype(np.float64) / persons[household]
    cost = np.round((worth.max() - worth) * STEPS).astype(np.int64)
    count, places = problem.score.shape
    dear = 8 * int(cost.max())
    started = time.perf_counter()
    flow = SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(household, count + place, persons[household], cost)
    end = count + places
    flow.add_arcs_with_capacity_and_unit_cost(
        np.arange(count), np.full(count, end), persons, np.full(count, dear)
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        count + np.arange(places), np.full(places, end), problem.capacity[:, 0], np.zeros(places, np.int64)
    )
    flow.set_nodes_supplies(np.arange(count), persons)
    flow.set_node_supply(end, -int(persons.sum()))
    if flow.solve() != flow.OPTIMAL:
        raise SystemExit("min-cost flow found nothing")
    return float((flow.flows(arcs) * worth).sum()), time.perf_counter() - started


def by_deferred_acceptance(problem: Problem) -> float:
    """Return the total score of the stable matching of ``matching``, where every household takes one seat."""
    ranked = np.argsort(-problem.score, axis=1, kind="stable")
    wishes = {
        row: [int(place) for place in ranked[row] if problem.allowed[row, place]]
        for row in range(len(ranked))
        if problem.allowed[row].any()
    }
    best_first = np.argsort(-problem.score, axis=0, kind="stable")
    seats = {
        place: [int(row) for row in best_first[:, place] if problem.allowed[row, place]]
        for place in range(len(problem.places))
    }
    room = {place: int(problem.capacity[place, 0]) for place in seats}
    game = HospitalResident.create_from_dictionaries(wishes, seats, room)
    found = game.solve()
    return float(sum(problem.score[one.name, place.name] for place, those in found.items() for one in those))
