"""A thin door to HiGHS: sparse maximisation problems in, values and duals out.

HiGHS keeps one thread count per process and gives junk where counts are mixed, so every solve here runs on
one thread; two Python threads may solve at once, since HiGHS releases the interpreter lock.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import highspy
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
INFINITY = float(highspy.kHighsInf)


@dataclass(slots=True)
class Rows:
    """Rows of a sparse matrix, gathered block by block as coordinates."""

    count: int = 0
    row: list[Ints] = field(default_factory=list)
    column: list[Ints] = field(default_factory=list)
    value: list[Floats] = field(default_factory=list)
    lower: list[Floats] = field(default_factory=list)
    upper: list[Floats] = field(default_factory=list)

    def add(self, row: Ints, column: Ints, value: Floats, lower: Floats, upper: Floats) -> int:
        """Add a block whose `row` counts from 0; returns the number of its first row."""
        first = self.count
        self.row.append(row + first)
        self.column.append(column)
        self.value.append(value)
        self.lower.append(lower)
        self.upper.append(upper)
        self.count += len(upper)
        return first


@dataclass(frozen=True, slots=True)
class Solved:
    """What HiGHS found: `status` is optimal, infeasible or stopped; `bound` is valid also when stopped."""

    status: str
    objective: float
    bound: float
    values: Floats
    duals: Floats
    costs: Floats


_local = threading.local()


def _engine() -> highspy.Highs:
    if not hasattr(_local, "highs"):
        _local.highs = new_engine()
    engine: highspy.Highs = _local.highs
    return engine


def new_engine() -> highspy.Highs:
    """A silent HiGHS on one thread with a fixed seed."""
    engine: highspy.Highs = highspy.Highs()  # type: ignore[no-untyped-call]
    engine.setOptionValue("output_flag", False)
    engine.setOptionValue("threads", 1)
    engine.setOptionValue("random_seed", 0)
    return engine


def _model(cost: Floats, upper: Floats, rows: Rows, integer: NDArray[np.bool_] | None) -> highspy.HighsLp:
    columns = len(cost)
    row = np.concatenate(rows.row) if rows.row else np.zeros(0, dtype=np.int64)
    column = np.concatenate(rows.column) if rows.column else np.zeros(0, dtype=np.int64)
    value = np.concatenate(rows.value) if rows.value else np.zeros(0)
    order = np.lexsort((row, column))
    start = np.searchsorted(column[order], np.arange(columns + 1))
    lp = highspy.HighsLp()
    lp.num_col_ = columns
    lp.num_row_ = rows.count
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = cost
    lp.col_lower_ = np.zeros(columns)
    lp.col_upper_ = upper
    lp.row_lower_ = np.concatenate(rows.lower) if rows.lower else np.zeros(0)
    lp.row_upper_ = np.concatenate(rows.upper) if rows.upper else np.zeros(0)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = start.astype(np.int32)
    lp.a_matrix_.index_ = row[order].astype(np.int32)
    lp.a_matrix_.value_ = value[order]
    if integer is not None:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[int(i)] for i in integer]
    return lp


def maximise(
    cost: Floats,
    upper: Floats,
    rows: Rows,
    *,
    integer: NDArray[np.bool_] | None = None,
    seconds: float | None = None,
    gap: float = 1e-6,
    nodes: int | None = None,
    start: Floats | None = None,
    certain: NDArray[np.bool_] | None = None,
) -> Solved:
    """Maximise `cost @ x` over `0 <= x <= upper` and the rows.

    Parameters
    ----------
    cost, upper
        Objective and upper bounds, shape (columns,).
    rows
        The rows with lower and upper sides.
    integer
        Which columns are whole numbers; None solves the linear problem and gives duals.
    seconds, gap, nodes
        Limits of a search over whole numbers: time, relative gap, branching nodes.
    start
        Values to start from.
    certain
        Columns that are held at one.
    """
    engine = _engine()
    engine.clearSolver()
    engine.setOptionValue(
        "time_limit", INFINITY if seconds is None else engine.getRunTime() + max(0.01, seconds)
    )
    engine.setOptionValue("mip_rel_gap", gap)
    engine.setOptionValue("mip_abs_gap", 1e-7)
    engine.setOptionValue("mip_max_nodes", 2_147_483_647 if nodes is None else nodes)
    lp = _model(cost, upper, rows, integer)
    if certain is not None:
        lp.col_lower_ = certain.astype(np.float64)
    engine.passModel(lp)
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = list(start)
        engine.setSolution(solution)
    engine.run()
    return _read(engine, integer is not None, len(cost), rows.count)


def _read(engine: highspy.Highs, whole: bool, columns: int, rows: int) -> Solved:
    status = engine.getModelStatus()
    info = engine.getInfo()
    none = np.zeros(0)
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        return Solved("infeasible", -INFINITY, -INFINITY, none, none, none)
    if status == highspy.HighsModelStatus.kModelEmpty:
        return Solved("optimal", 0.0, 0.0, np.zeros(columns), np.zeros(rows), np.zeros(columns))
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    solution = engine.getSolution()
    values = np.array(solution.col_value) if found else none
    done = status == highspy.HighsModelStatus.kOptimal
    objective = float(info.objective_function_value) if found else -INFINITY
    bound = objective if not whole and done else float(info.mip_dual_bound) if whole else INFINITY
    duals = np.array(solution.row_dual) if not whole and done else none
    costs = np.array(solution.col_dual) if not whole and done else none
    return Solved("optimal" if done else "stopped", objective, bound, values, duals, costs)
