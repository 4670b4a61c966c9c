"""Make a covering smaller: rows that another row implies, sites that another site outdoes. Compiled."""

from __future__ import annotations

import numba
import numpy as np
from scipy import sparse

from courtepointe.core.siting.milp import Sparse
from courtepointe.core.typing import Bools, Floats, Ints

compiled = numba.njit(cache=True, nogil=True, error_model="numpy")


def reduced(table: Sparse, price: Floats) -> tuple[Sparse, Ints]:
    """Leave out rows and sites until nothing changes.

    A row goes when all sites of some other row reach it; a site goes when another reaches all that it
    reaches and costs no more.

    Parameters
    ----------
    table : sparse csr (n_rows, n_sites)
        Ones where a site reaches a row; no two rows are equal.
    price : (n_sites,) float

    Returns
    -------
    sparse csr (n_left, n_kept), (n_kept,) int
        What is left, and which sites its columns are.
    """
    kept = np.arange(table.shape[1])
    while True:
        size = table.shape
        rows = _outdone(*_lists(table), *_lists(table.T), np.zeros(table.shape[0]), False)
        table = table[~rows]
        sites = _outdone(*_lists(table.T), *_lists(table), price[kept], True)
        table, kept = sparse.csr_matrix(table[:, ~sites]), kept[~sites]
        if table.shape == size:
            return table, kept


def _lists(table: Sparse) -> tuple[Ints, Ints]:
    held = sparse.csr_matrix(table)
    held.sort_indices()
    return held.indptr.astype(np.int64), held.indices.astype(np.int64)


@compiled
def _outdone(
    starts: Ints, items: Ints, item_starts: Ints, holders: Ints, price: Floats, smaller: bool
) -> Bools:
    """Find lists that hold another, or (``smaller``) that another holds at no higher price.

    Of two equal lists at one price the later goes.
    """
    n = len(starts) - 1
    gone = np.zeros(n, dtype=np.bool_)
    for one in range(n):
        begin, end = starts[one], starts[one + 1]
        if begin == end:
            gone[one] = gone[one] or smaller
            continue
        if gone[one]:
            continue
        rare = items[begin]
        for at in range(begin, end):
            item = items[at]
            if (
                item_starts[item + 1] - item_starts[item]
                < item_starts[rare + 1] - item_starts[rare]
            ):
                rare = item
        for at in range(item_starts[rare], item_starts[rare + 1]):
            other = holders[at]
            width = starts[other + 1] - starts[other] - (end - begin)
            if gone[other] or not _may(one, other, width, price, smaller):
                continue
            if _holds(items, begin, end, starts[other], starts[other + 1]):
                if smaller:
                    gone[one] = True
                    break
                gone[other] = True
    return gone


@compiled
def _rarest(items: Ints, begin: int, end: int, item_starts: Ints) -> int:
    """Give the item of a list that the fewest lists hold."""
    rare = items[begin]
    for at in range(begin, end):
        item = items[at]
        if item_starts[item + 1] - item_starts[item] < item_starts[rare + 1] - item_starts[rare]:
            rare = item
    return int(rare)


@compiled
def _may(one: int, other: int, wider: int, price: Floats, smaller: bool) -> bool:
    """Say whether a list may go for another that is so much longer."""
    if wider < 0 or other == one:
        return False
    if not smaller:
        return wider > 0 or other > one
    if price[other] != price[one]:
        return bool(price[other] < price[one])
    return wider > 0 or other < one


@compiled
def _holds(items: Ints, begin: int, end: int, start: int, stop: int) -> bool:
    """Say whether one rising list holds all of another."""
    at = start
    for place in range(begin, end):
        while at < stop and items[at] < items[place]:
            at += 1
        if at == stop or items[at] != items[place]:
            return False
        at += 1
    return True
