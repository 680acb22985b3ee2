"""The door of disclosure control to HiGHS: the most and least that a hidden count can be, by linear programming.

One thread and a fixed seed, so the same question gets the same answer on every machine.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from threading import Lock

import highspy
import numpy as np
from numpy.typing import NDArray

SMALL = 1e-6
"""Differences below this are rounding of the solver."""

_ANSWERS = (
    highspy.HighsModelStatus.kOptimal,
    highspy.HighsModelStatus.kUnbounded,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
)
_DECIDED = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible)
_BANNER = Lock()
_said_hello: list[bool] = []


@dataclass(frozen=True, slots=True)
class Rows:
    """Relations over V unknown whole counts, R of them, row by row.

    Attributes
    ----------
    start
        R + 1 int32: where the entries of each row begin.
    column, coefficient
        Entries: the unknown (0..V-1) and its whole number as float64.
    least, most
        R float64: the limits of each row; infinite where there is none.
    unknowns
        V.
    """

    start: NDArray[np.int32]
    column: NDArray[np.int32]
    coefficient: NDArray[np.float64]
    least: NDArray[np.float64]
    most: NDArray[np.float64]
    unknowns: int


@dataclass(frozen=True, slots=True)
class Extreme:
    """Counts (V float64) that fit everything known, at the extreme asked for.

    ``dual`` (R float64) says how much further it would go for every unit by which a row gave way.
    """

    counts: NDArray[np.float64]
    dual: NDArray[np.float64]


class Attacker:
    """Asks again and again for extremes over the same relations."""

    def __init__(self, rows: Rows) -> None:
        """Set up the relations."""
        self._unknowns = rows.unknowns
        self._solver = _opened(rows)
        self._all = np.arange(rows.unknowns, dtype=np.int32)

    def most(self, weight: NDArray[np.float64]) -> Extreme | None:
        """Return counts with the highest sum of ``weight`` (V float64) times count; None when unbounded.

        Raises
        ------
        ArithmeticError
            When the solver finds neither, even from a new start: what is not known to be safe is not published.
        """
        self._solver.changeColsCost(self._unknowns, self._all, -weight)
        self._solver.run()
        if self._solver.getModelStatus() not in _ANSWERS:  # a warm start can lead nowhere
            self._solver.clearSolver()
            self._solver.run()
        status = self._solver.getModelStatus()
        if status not in _ANSWERS:
            msg = f"the attack has no answer: {status}"
            raise ArithmeticError(msg)
        if status != highspy.HighsModelStatus.kOptimal:
            return None
        solution = self._solver.getSolution()
        return Extreme(np.asarray(solution.col_value), np.asarray(solution.row_dual))


class Mover:
    """Moves one count away from the truth, with whatever must move along, at the least price.

    Every unknown has two columns: how much it is more than the truth, and how much less.
    """

    def __init__(self, rows: Rows, truth: NDArray[np.float64]) -> None:
        """Set up the relations around the truth (V float64), which fits them."""
        self._unknowns = rows.unknowns
        lengths = np.diff(rows.start)
        row = np.repeat(np.arange(len(lengths)), lengths)
        value = np.zeros(len(lengths))
        np.add.at(value, row, rows.coefficient * truth[rows.column])
        self._solver = _opened(
            Rows(
                start=rows.start * 2,
                column=np.stack([rows.column, rows.column + rows.unknowns], axis=1).ravel().astype(np.int32),
                coefficient=np.stack([rows.coefficient, -rows.coefficient], axis=1).ravel(),
                least=rows.least - value,
                most=rows.most - value,
                unknowns=2 * rows.unknowns,
            )
        )
        self._all = np.arange(2 * rows.unknowns, dtype=np.int32)
        self._limit = np.concatenate([np.full(rows.unknowns, highspy.kHighsInf), truth])
        self._solver.changeColsBounds(len(self._all), self._all, np.zeros(len(self._all)), self._limit)

    def moved(self, place: int, by: int, price: NDArray[np.float64]) -> NDArray[np.float64] | None:
        """Return how much every count moves (V float64) when one moves ``by``; None when it cannot.

        ``price`` (V float64) is what moving each unknown by one costs.
        """
        self._solver.changeColsCost(len(self._all), self._all, np.concatenate([price, price]))
        column, other = (place, place + self._unknowns)[:: 1 if by > 0 else -1]
        if abs(by) > self._limit[column]:
            return None
        self._solver.changeColBounds(column, abs(by), abs(by))
        self._solver.changeColBounds(other, 0.0, 0.0)
        found = self._run()
        for each in (column, other):
            self._solver.changeColBounds(each, 0.0, self._limit[each])
        return found

    def furthest(self, place: int, sign: int, most: int) -> int:
        """Return how far a count can move up (``sign`` 1) or down (-1) in whole steps, at most ``most``."""
        column, other = (place, place + self._unknowns)[::sign]
        cost = np.zeros(len(self._all))
        cost[column] = -1.0
        self._solver.changeColsCost(len(self._all), self._all, cost)
        self._solver.changeColBounds(column, 0.0, min(float(most), self._limit[column]))
        self._solver.changeColBounds(other, 0.0, 0.0)
        found = self._run()
        for each in (column, other):
            self._solver.changeColBounds(each, 0.0, self._limit[each])
        return 0 if found is None else int(np.floor(abs(found[place]) + SMALL))

    def _run(self) -> NDArray[np.float64] | None:
        self._solver.run()
        if self._solver.getModelStatus() not in _DECIDED:
            self._solver.clearSolver()
            self._solver.run()
        status = self._solver.getModelStatus()
        if status not in _DECIDED:
            msg = f"the search for another country has no answer: {status}"
            raise ArithmeticError(msg)
        if status != highspy.HighsModelStatus.kOptimal:
            return None
        both = np.asarray(self._solver.getSolution().col_value)
        return np.asarray(both[: self._unknowns] - both[self._unknowns :])


def _opened(rows: Rows) -> highspy.Highs:
    solver = _quietly_made()
    for name, value in (
        ("log_to_console", False),
        ("output_flag", False),
        ("threads", 1),
        ("parallel", "off"),
        ("random_seed", 1),
        ("presolve", "off"),
    ):
        solver.setOptionValue(name, value)
    model = highspy.HighsLp()
    model.num_col_ = rows.unknowns
    model.num_row_ = len(rows.least)
    model.sense_ = highspy.ObjSense.kMinimize
    model.col_cost_ = np.zeros(rows.unknowns)
    model.col_lower_ = np.zeros(rows.unknowns)
    model.col_upper_ = np.full(rows.unknowns, highspy.kHighsInf)
    model.row_lower_ = np.where(np.isinf(rows.least), -highspy.kHighsInf, rows.least)
    model.row_upper_ = np.where(np.isinf(rows.most), highspy.kHighsInf, rows.most)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = rows.start
    model.a_matrix_.index_ = rows.column
    model.a_matrix_.value_ = rows.coefficient
    solver.passModel(model)
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
