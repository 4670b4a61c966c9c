"""Steps from every organisation to every other, and how many shortest ways there are. Compiled."""

from __future__ import annotations

import numba
import numpy as np

from courtepointe.core.typing import AnyArray, Bools, Floats, Ints

compiled = numba.njit(cache=True, nogil=True, error_model="numpy")
DENSE = 0.08
FAR = 32_000
"""The steps to whom no tie leads."""


def steps(tied: Bools) -> AnyArray:
    """Count the steps between organisations.

    Parameters
    ----------
    tied : (n_nodes, n_nodes) bool
        From, to.

    Returns
    -------
    (n_nodes, n_nodes) int16
        `FAR` where no tie leads there.

    Notes
    -----
    A search by breadth from each, which ends once all are reached: where somebody who did not
    answer might know everybody, that is at once.
    """
    first, ends = _lists(tied)
    return _steps(first, ends)


def ways(tied: Bools) -> tuple[AnyArray, Floats]:
    """Count the steps between organisations, and the shortest ways.

    Returns
    -------
    (n_nodes, n_nodes) int16, (n_nodes, n_nodes) float
    """
    if tied.mean() > DENSE:
        return _ways_at_once(tied)
    first, ends = _lists(tied)
    return _ways(first, ends)


def _ways_at_once(tied: Bools) -> tuple[AnyArray, Floats]:
    """Count step by step for all at once: where many are tied to many, few steps lead everywhere."""
    held = tied.astype(np.float64)
    found = np.where(tied, 1, FAR).astype(np.int16)
    np.fill_diagonal(found, 0)
    counted = held + np.eye(len(tied))
    last, step = held, 1
    while True:
        grown = last @ held
        new = (found == FAR) & (grown > 0)
        if not new.any():
            return found, counted
        step += 1
        found[new] = step
        last = np.where(new, grown, 0.0)
        counted += last


def _lists(tied: Bools) -> tuple[Ints, Ints]:
    """Give the partners of all, one after the other, and where those of each begin."""
    rows, columns = np.nonzero(tied)
    first = np.zeros(len(tied) + 1, dtype=np.int64)
    np.cumsum(np.bincount(rows, minlength=len(tied)), out=first[1:])
    return first, columns


@compiled
def _reach(start: int, first: Ints, ends: Ints, row: AnyArray, queue: Ints) -> int:
    """Write the steps from one to all, and whom it reaches, the nearest first; give how many these are."""
    row[start] = 0
    queue[0] = start
    head, tail = 0, 1
    while head < tail and tail < len(row):
        here = queue[head]
        head += 1
        for k in range(first[here], first[here + 1]):
            there = ends[k]
            if row[there] == FAR:
                row[there] = row[here] + 1
                queue[tail] = there
                tail += 1
    return tail


@compiled
def _steps(first: Ints, ends: Ints) -> AnyArray:
    n = len(first) - 1
    found = np.full((n, n), FAR, dtype=np.int16)
    queue = np.empty(n, dtype=np.int64)
    for start in range(n):
        _reach(start, first, ends, found[start], queue)
    return found


@compiled
def _ways(first: Ints, ends: Ints) -> tuple[AnyArray, Floats]:
    n = len(first) - 1
    found = np.full((n, n), FAR, dtype=np.int16)
    counted = np.zeros((n, n))
    queue = np.empty(n, dtype=np.int64)
    for start in range(n):
        row, ways_of = found[start], counted[start]
        ways_of[start] = 1.0
        for place in range(_reach(start, first, ends, row, queue)):
            here = queue[place]
            for k in range(first[here], first[here + 1]):
                if row[ends[k]] == row[here] + 1:
                    ways_of[ends[k]] += ways_of[here]
    return found, counted
