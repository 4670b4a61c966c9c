"""Prices of a siting problem from its linear relaxation, written level by level of cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import highspy
import numba
import numpy as np
from scipy import sparse

from courtepointe.core.siting.rows import Rows
from courtepointe.core.typing import AnyArray, Bools, Floats, Ints

compiled = numba.njit(cache=True, nogil=True, error_model="numpy")
FREE = -1
"""As a number of sites: any, each for its fee."""
FINE = 1e-9


@dataclass(frozen=True, slots=True)
class Priced:
    """What the relaxation says once some sites are decided.

    Attributes
    ----------
    bound : float
        No choice that agrees with what is decided costs less, fees included.
    share : (n_sites,) float
        How much of each site the relaxation opens.
    worth : (n_sites,) float
        Of each site, at the prices found.
    in_from, out_from : float
        A free site worth less than ``in_from`` costs at least the difference more if it opens; one worth more
        than ``out_from`` costs at least the difference more if it does not.
    """

    bound: float
    share: Floats
    worth: Floats
    in_from: float
    out_from: float


class Levels:
    """The relaxation of rows with ``more`` sites, or with any number of them for a fee each.

    Notes
    -----
    S. Elloumi, "A tighter formulation of the p-median problem", J. Comb. Optim. 19 (2010): for row *i* and
    each distinct cost, whether no site opens up to it, ``z_k - z_(k-1) + (sites at that cost) >= 0``;
    equal costs, of which evenly spaced points have many, are one line.

    HiGHS only proposes prices. The bound is counted here from them, as Lagrange's: whatever the prices,
    ``sum(u) - (worth of the best sites)`` is never more than what a choice costs, for a row pays its
    price, and gets back ``u - cost`` at most from the site that serves it. A tolerance of the solver can make
    the bound lower, never wrong.
    """

    def __init__(self, rows: Rows, *, more: int, fee: float, go_on: Callable[[], bool]) -> None:
        self.rows, self.more, self.fee = rows, more, fee
        starts, cost = rows.starts, rows.cost
        is_new = np.ones(len(cost), dtype=np.bool_)
        is_new[1:] = cost[1:] > cost[:-1]
        is_new[starts[:-1]] = True
        level = np.cumsum(is_new) - 1
        self.first = level[starts[:-1]]
        self.base = cost[starts[:-1]]
        self.scale, self.solver = 1.0, highspy.Highs()
        self._pass(level, cost[is_new])
        self.solver.cbSimplexInterrupt += lambda event: None if go_on() else event.interrupt()

    def _pass(self, level: Ints, cost: Floats) -> None:
        """Write the programme: a column a site, then one a level; a line a level, then the number."""
        rows, n_sites, n = self.rows, self.rows.n_sites, len(cost)
        ends = np.append(self.first[1:], n) - 1
        rise = np.append(cost[1:], 0.0) - cost
        rise[ends] = rows.cap - cost[ends]
        rising = rise[rise > 0]
        self.scale = float(np.median(rising)) if len(rising) else 1.0
        inner = np.setdiff1d(np.arange(n), self.first)
        ones = np.ones
        values = [ones(len(level)), ones(n), -ones(len(inner)), ones(n_sites)]
        lines = [level, np.arange(n), inner, np.full(n_sites, n)]
        columns = [rows.site, n_sites + np.arange(n), n_sites + inner - 1, np.arange(n_sites)]
        table = sparse.csr_matrix(
            (np.concatenate(values), (np.concatenate(lines), np.concatenate(columns))),
            shape=(n + 1, n_sites + n),
        )
        low = np.zeros(n + 1)
        low[self.first] = 1.0
        high = np.full(n + 1, np.inf)
        if self.more != FREE:
            low[n] = high[n] = self.more
        held = np.concatenate([np.full(n_sites, self.fee), rise]) / self.scale
        self.solver = _solver(held, table, low, high, n_sites)

    def priced(self, opened: Bools, closed: Bools) -> Priced | None:
        """Price what is left once some sites are decided; None where the solver was stopped."""
        n_sites = self.rows.n_sites
        every = np.arange(n_sites, dtype=np.int32)
        self.solver.changeColsBounds(
            n_sites, every, opened.astype(np.float64), 1.0 - closed.astype(np.float64)
        )
        self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        told = self.solver.getSolution()
        share = np.array(told.col_value)[:n_sites]
        price = self.base + np.array(told.row_dual)[self.first] * self.scale
        return self.at(np.minimum(price, self.rows.cap), share, opened, closed)

    def at(self, price: Floats, share: Floats, opened: Bools, closed: Bools) -> Priced:
        """Count the bound at given prices."""
        rows = self.rows
        worth = np.empty(rows.n_sites)
        bound, in_from, out_from = decided_bound(
            rows.starts, rows.site, rows.cost, price, self.fee, self.more, opened, closed, worth
        )
        return Priced(bound, share, worth, in_from, out_from)


def _solver(cost: Floats, table: Any, low: Floats, high: Floats, n_sites: int) -> Any:
    solver = highspy.Highs()
    for name, value in (
        ("output_flag", False), ("threads", 1), ("random_seed", 1),
        ("primal_feasibility_tolerance", FINE), ("dual_feasibility_tolerance", FINE),
    ):  # fmt: skip
        solver.setOptionValue(name, value)
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = table.shape
    most = np.full(table.shape[1], np.inf)
    most[:n_sites] = 1.0
    model.col_cost_, model.col_lower_, model.col_upper_ = cost, np.zeros(len(most)), most
    model.row_lower_, model.row_upper_ = low, high
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_ = table.indptr, table.indices
    model.a_matrix_.value_ = table.data
    solver.passModel(model)
    return solver


@compiled
def decided_bound(
    starts: Ints, site: AnyArray, cost: Floats, price: Floats, fee: float, more: int,
    opened: Bools, closed: Bools, worth: Floats,
) -> tuple[float, float, float]:  # fmt: skip
    """Give the bound at some prices once sites are decided, and from which worth sites go in and out.

    Fills ``worth``. Of the free sites, those worth the most open: as many as are missing, or, where the
    number is free, all that are worth their fee.
    """
    told = _worths(starts, site, cost, price, worth)
    free = np.empty(len(worth))
    left, n_free = more, 0
    for one in range(len(worth)):
        if opened[one]:
            told -= worth[one] - fee
            left -= 1
        elif not closed[one]:
            free[n_free] = worth[one]
            n_free += 1
    if more == FREE:
        return told - np.maximum(free[:n_free] - fee, 0.0).sum(), fee, fee
    if left < 0 or left > n_free:
        return np.inf, 0.0, 0.0
    order = np.sort(free[:n_free])
    told -= (order[n_free - left :] - fee).sum()
    in_from = order[n_free - left] if left > 0 else np.inf
    out_from = order[n_free - left - 1] if left < n_free else -np.inf
    return told, in_from, out_from


@compiled
def _worths(starts: Ints, site: AnyArray, cost: Floats, price: Floats, worth: Floats) -> float:
    """Fill what each site gives back at some prices; give the sum of the prices."""
    worth[:] = 0.0
    for row in range(len(price)):
        for at in range(starts[row], starts[row + 1]):
            if cost[at] >= price[row]:
                break
            worth[site[at]] += price[row] - cost[at]
    return float(price.sum())
