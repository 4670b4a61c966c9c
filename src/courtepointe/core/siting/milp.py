"""Whole-number programmes, solved by HiGHS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import highspy
import numpy as np
from scipy import sparse

from courtepointe.core.typing import Bools, Floats

Sparse: TypeAlias = Any
"""A sparse table of scipy."""
INF = float(highspy.kHighsInf)


@dataclass(frozen=True, slots=True)
class Programme:
    """Minimise ``cost @ x + offset`` with ``low <= table @ x <= high`` and ``0 <= x <= most``.

    Attributes
    ----------
    cost, most : (n_columns,) float
    whole : (n_columns,) bool
        Columns that take whole numbers only.
    table : sparse (n_lines, n_columns)
    low, high : (n_lines,) float
    offset : float
    """

    cost: Floats
    most: Floats
    whole: Bools
    table: Sparse
    low: Floats
    high: Floats
    offset: float = 0.0


@dataclass(frozen=True, slots=True)
class Solved:
    """What HiGHS found.

    Attributes
    ----------
    chosen : (n_columns,) float or None
        None where nothing under the cutoff was found.
    objective, bound : float
        The bound is inf where there is nothing under the cutoff.
    """

    chosen: Floats | None
    objective: float
    bound: float


def solve(
    programme: Programme, *, go_on: Callable[[], bool], tell: Callable[[float, float], None],
    gap: float = 0.0, cutoff: float = INF,
) -> Solved:  # fmt: skip
    """Solve a programme until it is proven to ``gap``, or ``go_on`` says no.

    Parameters
    ----------
    programme : Programme
    go_on : function
        Asked now and then.
    tell : function
        Told of the objective and the bound now and then.
    gap : float
        Absolute: under 1 where every value of the objective is a whole number.
    cutoff : float
        Only what is under it is looked for.
    """
    solver = highspy.Highs()
    for name, value in (
        ("output_flag", False), ("threads", 1), ("random_seed", 1), ("mip_rel_gap", 0.0),
        ("mip_abs_gap", max(gap, 1e-9)),
    ):  # fmt: skip
        solver.setOptionValue(name, value)
    if cutoff < INF:
        solver.setOptionValue("objective_bound", cutoff)
    solver.passModel(_model(programme))
    _listen(solver, go_on, tell)
    solver.run()
    return _read(solver)


def _model(programme: Programme) -> Any:
    table = sparse.csr_matrix(programme.table)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = table.shape[1], table.shape[0]
    model.col_cost_, model.offset_ = programme.cost, programme.offset
    model.col_lower_, model.col_upper_ = np.zeros(table.shape[1]), programme.most
    model.row_lower_, model.row_upper_ = programme.low, programme.high
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = table.indptr
    model.a_matrix_.index_ = table.indices
    model.a_matrix_.value_ = table.data
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    model.integrality_ = [kinds[int(one)] for one in programme.whole]
    return model


def _listen(solver: Any, go_on: Callable[[], bool], tell: Callable[[float, float], None]) -> None:
    def asked(event: Any) -> None:
        if not go_on():
            event.interrupt()

    def heard(event: Any) -> None:
        tell(event.data_out.mip_primal_bound, event.data_out.mip_dual_bound)
        asked(event)

    solver.cbSimplexInterrupt += asked
    solver.cbMipInterrupt += heard


def _read(solver: Any) -> Solved:
    info, status = solver.getInfo(), solver.getModelStatus()
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kObjectiveBound):
        return Solved(None, INF, INF)
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    bound = float(info.mip_dual_bound)
    if status == highspy.HighsModelStatus.kOptimal:
        bound = max(bound, float(info.objective_function_value)) if found else bound
    if not found:
        return Solved(None, INF, bound)
    return Solved(
        np.array(solver.getSolution().col_value), float(info.objective_function_value), bound
    )
