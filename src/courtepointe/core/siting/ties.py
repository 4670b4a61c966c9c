"""Choices that are exactly as good as another."""

from __future__ import annotations

from math import comb

import numba
import numpy as np

from courtepointe.core.siting.rows import Rows
from courtepointe.core.siting.swaps import serve
from courtepointe.core.typing import AnyArray, Bools, Floats, Ints

compiled = numba.njit(cache=True, nogil=True, error_model="numpy")
FEW = 60_000
"""Choices that are all tried."""
WORK = 50_000_000
MOST = 100
"""Alternatives that are told at most."""
ALIKE = 1e-9


def alternatives(
    rows: Rows, opened: Bools, settled: Bools, closed: Bools
) -> tuple[tuple[Ints, ...], bool]:
    """Find choices that cost exactly what ``opened`` costs.

    Where there are few choices all are tried, and the answer is complete; else those that differ by
    one exchange.

    Parameters
    ----------
    rows : Rows
    opened : (n_sites,) bool
        The best choice.
    settled, closed : (n_sites,) bool
        Open, and closed, in every choice.

    Returns
    -------
    tuple of (n_open,) int, bool
        And whether there is no other.
    """
    total = rows.total(opened)
    free = np.flatnonzero(~(settled | closed))
    more = int((opened & ~settled).sum())
    n_choices = comb(len(free), more)
    complete = n_choices <= FEW and n_choices * max(rows.n_rows, 1) <= WORK
    if complete:
        found = _all_equal(
            rows.starts,
            rows.site,
            rows.cost,
            rows.cap,
            settled,
            free,
            more,
            total - rows.left,
            MOST + 1,
        )
    else:
        found = _equal_exchanges(
            rows.starts, rows.site, rows.cost, rows.cap, opened, settled, closed, total - rows.left,
            MOST + 1,
        )  # fmt: skip
    told = [np.flatnonzero(one).astype(np.int64) for one in found]
    mine = np.flatnonzero(opened)
    others = [one for one in told if not np.array_equal(one, mine)]
    return tuple(others[:MOST]), complete and len(others) <= MOST


@compiled
def _all_equal(
    starts: Ints, site: AnyArray, cost: Floats, cap: Floats, settled: Bools, free: Ints, more: int,
    total: float, most: int,
) -> AnyArray:  # fmt: skip
    """Try every choice in order; give those that cost ``total``, ``most`` at most."""
    told = np.zeros((most, len(settled)), dtype=np.bool_)
    count = 0
    first, second = np.empty(len(cap)), np.empty(len(cap))
    who = np.empty(len(cap), dtype=np.int32)
    at = np.arange(more)
    slack = ALIKE * max(abs(total), 1.0)
    while count < most:
        opened = settled.copy()
        for place in at:
            opened[free[place]] = True
        if serve(starts, site, cost, cap, opened, first, who, second) <= total + slack:
            told[count] = opened
            count += 1
        last = more - 1
        while last >= 0 and at[last] == len(free) - more + last:
            last -= 1
        if last < 0:
            break
        at[last] += 1
        for later in range(last + 1, more):
            at[later] = at[later - 1] + 1
    return told[:count].copy()


@compiled
def _equal_exchanges(
    starts: Ints, site: AnyArray, cost: Floats, cap: Floats, opened: Bools, settled: Bools,
    closed: Bools, total: float, most: int,
) -> AnyArray:  # fmt: skip
    """Exchange one site for another in all ways; give the choices that cost ``total``.

    Only sites that serve a row, or come before its second, can change what a row costs; the cost of an
    exchange is summed over the rows that it touches.
    """
    n_sites = len(opened)
    told = np.zeros((most, n_sites), dtype=np.bool_)
    count = 0
    first, second = np.empty(len(cap)), np.empty(len(cap))
    who = np.empty(len(cap), dtype=np.int32)
    serve(starts, site, cost, cap, opened, first, who, second)
    slack = ALIKE * max(abs(total), 1.0)
    change, base = np.empty(n_sites), 0.0
    for leaving in np.flatnonzero(opened & ~settled):
        change[:] = 0.0
        base = 0.0
        for row in range(len(cap)):
            now = second[row] if who[row] == leaving else first[row]
            base += now - first[row]
            for at in range(starts[row], starts[row + 1]):
                if cost[at] >= now:
                    break
                change[site[at]] -= now - cost[at]
        for one in range(n_sites):
            if opened[one] or closed[one] or abs(base + change[one]) > slack:
                continue
            if count < most:
                told[count] = opened
                told[count, leaving] = False
                told[count, one] = True
                count += 1
    return told[:count].copy()
