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
