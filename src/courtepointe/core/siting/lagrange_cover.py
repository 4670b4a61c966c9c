"""A set covering by Lagrangian prices of its rows: a bound, choices, and sites that are decided. Compiled."""

from __future__ import annotations

from dataclasses import dataclass

import numba
import numpy as np
from scipy import sparse

from courtepointe.core.siting.milp import Sparse
from courtepointe.core.siting.reduce import reduced
from courtepointe.core.typing import AnyArray, Bools, Floats, Ints

compiled = numba.njit(cache=True, nogil=True, error_model="numpy")
STEPS, PATIENCE, ROUNDS = 3_000, 30, 12
LEAST_STEP = 1e-3
MEMORY = 0.3
"""The part of the former direction that is kept in the next one."""


@dataclass(slots=True)
class Core:
    """What is left of a covering while sites are decided.

    Attributes
    ----------
    table : sparse csr (n_left, n_kept)
    kept : (n_kept,) int
        Which sites its columns are.
    opened : (n_sites,) bool
        Decided open.
    best : (n_sites,) bool
        The cheapest covering so far.
    upper, bound : float
        What it costs, and what none costs less than.
    """

    table: Sparse
    kept: Ints
    opened: Bools
    best: Bools
    upper: float
    bound: float


def core_of(table: Sparse, price: Floats, slack: float) -> Core:
    """Bound a covering and decide sites until nothing more is decided, or all is.

    Parameters
    ----------
    table : sparse csr (n_rows, n_sites)
        Each row has a site; no two rows are equal.
    price : (n_sites,) float
    slack : float
        What is better is better by more than this: nearly 1 where prices are whole.
    """
    left, kept = reduced(table, price)
    n_sites = table.shape[1]
    core = Core(left, kept, np.zeros(n_sites, dtype=np.bool_), np.ones(n_sites, dtype=np.bool_), np.inf, 0.0)  # fmt: skip
    for _ in range(ROUNDS):
        before = core.table.nnz
        _open_essential(core, price)
        paid = float(price[core.opened].sum())
        if not core.table.shape[0]:
            _keep(core, price, np.zeros(len(core.kept), dtype=np.bool_))
            core.bound = core.upper
            return core
        own = price[core.kept]
        bound, spare, mine = _climb(core.table, own, core.upper - paid)
        _keep(core, price, mine)
        core.bound = max(core.bound, bound + paid)
        gap = core.upper - slack - (bound + paid)
        if gap <= 0:
            core.bound = core.upper
            return core
        _decide(core, price, spare >= gap, -spare >= gap)
        if core.bound >= core.upper or core.table.nnz > 0.8 * before:
            break
    return core


def _open_essential(core: Core, price: Floats) -> None:
    """Open the only site of a row, as long as there is such a row."""
    while core.table.shape[0]:
        alone = np.flatnonzero(np.diff(core.table.indptr) == 1)
        if not alone.size:
            return
        opening = np.zeros(len(core.kept), dtype=np.bool_)
        opening[core.table.indices[core.table.indptr[alone]]] = True
        _decide(core, price, np.zeros(len(core.kept), dtype=np.bool_), opening)


def _keep(core: Core, price: Floats, mine: Bools) -> None:
    opened = core.opened.copy()
    opened[core.kept[mine]] = True
    total = float(price[opened].sum())
    if total < core.upper:
        core.upper, core.best = total, opened


def _decide(core: Core, price: Floats, closing: Bools, opening: Bools) -> None:
    core.opened[core.kept[opening]] = True
    rows = (core.table @ opening.astype(np.float64)) == 0
    stay = ~(closing | opening)
    table = sparse.csr_matrix(core.table[rows][:, stay])
    kept = core.kept[stay]
    if (np.diff(table.indptr) == 0).any():
        # A row that lost all its sites: nothing is better than the best.
        core.bound = core.upper
        core.table, core.kept = table[:0], kept[:0]
        return
    core.table, places = reduced(table, price[kept])
    core.kept = kept[places]


def _climb(table: Sparse, price: Floats, upper: float) -> tuple[float, Floats, Bools]:
    """Raise the bound; give it, what each site costs beyond the prices of its rows, and a covering."""
    rows, columns = sparse.csr_matrix(table), sparse.csc_matrix(table)
    return _ascend(
        rows.indptr.astype(np.int64), rows.indices, columns.indptr.astype(np.int64), columns.indices,
        price, upper,
    )  # fmt: skip


@compiled
def _ascend(
    starts: Ints, site: AnyArray, site_starts: Ints, row_of: AnyArray, price: Floats, upper: float
) -> tuple[float, Floats, Bools]:
    n, m = len(starts) - 1, len(price)
    worth = np.zeros(n)
    for row in range(n):
        worth[row] = np.inf
        for at in range(starts[row], starts[row + 1]):
            one = site[at]
            worth[row] = min(worth[row], price[one] / (site_starts[one + 1] - site_starts[one]))
    best, best_worth, best_spare = -np.inf, worth.copy(), price.copy()
    mine, cheapest = np.zeros(m, dtype=np.bool_), np.inf
    step, stale = 1.0, 0
    spare, heading = np.empty(m), np.zeros(n)
    for count in range(STEPS):
        told = _bound(starts, site, price, worth, spare)
        if told > best:
            stale = stale + 1 if told < best + 1e-5 * abs(best) else 0
            best = told
            best_worth[:] = worth
            best_spare[:] = spare
        else:
            stale += 1
        if count % 5 == 0:
            trial = _cover(starts, site, site_starts, row_of, spare)
            total = price[trial].sum()
            if total < cheapest:
                cheapest, mine = total, trial
        if stale >= PATIENCE:
            step, stale = step * 0.6, 0
            worth[:] = best_worth
            if step < LEAST_STEP:
                break
        if not _move(starts, site, worth, spare, heading, step * (min(upper, cheapest) - told)):
            break
    return best, best_spare, mine


@compiled
def _bound(starts: Ints, site: AnyArray, price: Floats, worth: Floats, spare: Floats) -> float:
    spare[:] = price
    told = 0.0
    for row in range(len(worth)):
        told += worth[row]
        for at in range(starts[row], starts[row + 1]):
            spare[site[at]] -= worth[row]
    for one in range(len(price)):
        told += min(spare[one], 0.0)
    return told


@compiled
def _move(
    starts: Ints, site: AnyArray, worth: Floats, spare: Floats, heading: Floats, far: float
) -> bool:
    """Move prices along the direction, turned to the subgradient; say whether there was anywhere to go."""
    size = 0.0
    for row in range(len(worth)):
        slope = 1.0
        for at in range(starts[row], starts[row + 1]):
            if spare[site[at]] < 0:
                slope -= 1.0
        if slope < 0 and worth[row] <= 0:
            slope = 0.0
        heading[row] = (1.0 - MEMORY) * slope + MEMORY * heading[row]
        size += heading[row] * heading[row]
    if size < 1e-18:
        return False
    for row in range(len(worth)):
        worth[row] = max(worth[row] + max(far, 1e-6) / size * heading[row], 0.0)
    return True


@compiled
def _cover(
    starts: Ints, site: AnyArray, site_starts: Ints, row_of: AnyArray, spare: Floats
) -> Bools:
    """Open what the prices pay for, then the cheapest site of each row left; close what is not needed."""
    opened, times = spare <= 0, np.zeros(len(starts) - 1, dtype=np.int64)
    for one in np.flatnonzero(opened):
        times[row_of[site_starts[one] : site_starts[one + 1]]] += 1
    for row in range(len(times)):
        if times[row] == 0:
            held = site[starts[row] : starts[row + 1]]
            least = held[np.argmin(spare[held])]
            opened[least] = True
            times[row_of[site_starts[least] : site_starts[least + 1]]] += 1
    for one in np.argsort(-spare):
        mine = row_of[site_starts[one] : site_starts[one + 1]]
        if opened[one] and times[mine].min() > 1:
            opened[one] = False
            times[mine] -= 1
    return opened
