"""How much missing answers may move betweenness: a bound, pair by pair. Compiled."""

from __future__ import annotations

import numba
import numpy as np

from courtepointe.core.network.steps import FAR, ways
from courtepointe.core.network.values import Between
from courtepointe.core.typing import AnyArray, Floats

compiled = numba.njit(cache=True, nogil=True, error_model="numpy")


def betweenness_bounds(span: Between) -> tuple[Floats, Floats]:
    """Bound the betweenness of each organisation over all networks between two.

    Parameters
    ----------
    span : Between
        Not directed.

    Returns
    -------
    low, high : (n_nodes,) float, 0 to 1
        A bound only; equal to the betweenness itself where nothing is open.

    Notes
    -----
    Of a pair, in every network between the two, the steps are at most those of the certain ties
    and at least those of the possible ones. v can lie on a shortest way only if the way through it
    over possible ties is no longer than the shortest over certain ones; it must lie on one where the way
    through it over certain ties is as short as the shortest over possible ones. Where all these are
    equal, the part of the shortest ways that pass through v is at least a / (a + b) with a the certain
    ways through it and b the possible ways beside it, and at most so the other way round.
    """
    n = span.n_nodes
    pairs = (n - 1) * (n - 2) / 2
    if pairs == 0:
        return np.zeros(n), np.zeros(n)
    near, n_near = ways(span.possible)
    far, n_far = ways(span.certain)
    low, high = _bounds(near, n_near, far, n_far)
    return low / pairs, high / pairs


@compiled
def _bounds(near: AnyArray, n_near: Floats, far: AnyArray, n_far: Floats) -> tuple[Floats, Floats]:
    n = len(near)
    low, high = np.zeros(n), np.zeros(n)
    for start in range(n):
        for through in range(n):
            if through == start or near[start, through] == FAR:
                continue
            out, sure_out = near[start, through], far[start, through]
            for end in range(start + 1, n):
                there = far[start, end]
                if end == through or there <= 1 or out + near[through, end] > there:
                    continue
                if near[through, end] == FAR:
                    continue
                if near[start, end] != there:
                    high[through] += 1.0
                    continue
                may = n_near[start, through] * n_near[through, end]
                must = 0.0
                if sure_out != FAR and sure_out + far[through, end] == there:
                    must = n_far[start, through] * n_far[through, end]
                beside = n_far[start, end] - must
                high[through] += may / (may + beside)
                if must > 0.0:
                    low[through] += must / (must + n_near[start, end] - may)
    return low, high
