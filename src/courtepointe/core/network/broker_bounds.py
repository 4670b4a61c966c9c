"""How much missing answers may move betweenness: a bound, pair by pair. Compiled."""

from __future__ import annotations

import numba
import numpy as np

from courtepointe.core.network.steps import FAR, ways
from courtepointe.core.network.values import Between
from courtepointe.core.typing import AnyArray, Floats

compiled = numba.njit(cache=True, nogil=True, error_model="numpy")
LOST = 16_000
"""The steps over possible ties to whom none leads; over certain ones it is one less, so that two lost
ways never make one, and a sum fits in 16 bits: the machine adds many at once."""


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
    near = np.minimum(near, LOST)
    far = np.where(far == FAR, LOST - 1, far).astype(np.int16)
    low, high = _bounds(near, n_near, far, n_far)
    return low / pairs, high / pairs


@compiled
def _bounds(near: AnyArray, n_near: Floats, far: AnyArray, n_far: Floats) -> tuple[Floats, Floats]:
    n = len(near)
    low, high = np.zeros(n), np.zeros(n)
    may_lie = np.zeros(n, dtype=np.int32)
    words = np.zeros((n + 7) // 8, dtype=np.uint64)
    for start in range(n):
        out = near[start]
        may_lie[:] = 0
        for end in range(start + 1, n):
            there, back = far[start, end], near[end]
            if there <= 1:
                continue
            if near[start, end] < there:
                for through in range(n):
                    may_lie[through] += np.int16(out[through] + back[through]) <= there
                # Both ends pass the test, and are no way through.
                may_lie[start] -= 1
                may_lie[end] -= 1
            elif near[start, end] < LOST:
                on_way = words.view(np.uint8)
                for through in range(n):
                    on_way[through] = np.int16(out[through] + back[through]) == there
                _parts(start, end, words, near, n_near, far, n_far, low, high)
        high += may_lie
    return low, high


@compiled
def _parts(
    start: int, end: int, words: AnyArray, near: AnyArray, n_near: Floats, far: AnyArray,
    n_far: Floats, low: Floats, high: Floats,
) -> None:  # fmt: skip
    """Add the least and the most of a pair whose steps are the same in all networks."""
    there, on_way = far[start, end], words.view(np.uint8)
    for word in range(len(words)):
        # Mostly eight at once are on no way.
        if words[word] == 0:
            continue
        for through in range(8 * word, 8 * word + 8):
            if not on_way[through] or through in (start, end):
                continue
            may = n_near[start, through] * n_near[through, end]
            must = 0.0
            if far[start, through] + far[end, through] == there:
                must = n_far[start, through] * n_far[through, end]
            high[through] += may / (may + n_far[start, end] - must)
            if must > 0.0:
                low[through] += must / (must + n_near[start, end] - may)
