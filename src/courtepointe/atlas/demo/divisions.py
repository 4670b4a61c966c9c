"""Dissemination areas, tracts and boroughs: blocks cut in two, and again, until each is small enough."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from courtepointe.atlas.demo.blocks import Blocks
from courtepointe.atlas.demo.chance import added
from courtepointe.atlas.demo.pieces import Land
from courtepointe.core.typing import Floats, Ints

DAS_PER_TRACT = 6
APART = (Land.MOUNTAIN, Land.INDUSTRY, Land.ISLAND)
"""Land that has dissemination areas of its own: nobody, hardly anybody, a few."""
MERGED_SHARE = 0.10
SPLIT_SHARE = 0.06
MOVED_SHARE = 0.03


@dataclass(frozen=True, slots=True)
class Divisions:
    """The statistical and administrative division of each block of a region.

    Attributes
    ----------
    da, da_2016, tract, borough : (n_blocks,) int
        Numbers from 0. A dissemination area of 2016 bears the number that it bears in 2021 where
        it is the same area or only its limit moved; else a number from ``n_das`` on.
    n_das, n_das_2016, n_tracts, n_boroughs : int
        ``n_das_2016`` bounds the numbers of 2016, some of which nobody bears.
    """

    da: Ints
    da_2016: Ints
    tract: Ints
    borough: Ints
    n_das: int
    n_das_2016: int
    n_tracts: int
    n_boroughs: int


def divisions_of(blocks: Blocks, homes: Ints, *, n_das: int, rng: np.random.Generator) -> Divisions:
    """Divide a region into so many dissemination areas of about as many homes.

    Parameters
    ----------
    blocks : Blocks
    homes : (n_blocks,) int, households
    n_das : int
    """
    da = _apart(blocks)
    rest = np.flatnonzero(da < 0)
    n_apart = int(da.max()) + 1
    at = np.column_stack([blocks.x[rest], blocks.y[rest]])
    weight = homes[rest].astype(np.float64) + 1.0
    da[rest] = n_apart + cut(at, weight, n_das - n_apart, rng=rng)
    da = _in_one_piece(da, blocks)
    tract, borough = _wholes(da, blocks, homes, n_das, rng=rng)
    da_2016 = _before(da, tract, blocks, n_das, rng=rng)
    return Divisions(
        da,
        da_2016,
        tract[da],
        borough[da],
        n_das,
        int(da_2016.max()) + 1,
        int(tract.max()) + 1,
        int(borough.max()) + 1,
    )


def cut(at: Floats, weight: Floats, n_parts: int, *, rng: np.random.Generator) -> Ints:
    """Cut points into parts of like weight, each in one piece of the plane.

    Parameters
    ----------
    at : (n, 2) float, metres
    weight : (n,) float, positive
    n_parts : int
        At most ``n``.

    Returns
    -------
    (n,) int
        The part of each point, 0 to ``n_parts - 1``.

    Notes
    -----
    Recursive bisection across the longer side; no part is empty.
    """
    part = np.zeros(len(at), dtype=np.int64)
    waiting = [(np.arange(len(at)), 0, n_parts)]
    while waiting:
        who, first, count = waiting.pop()
        if count == 1:
            part[who] = first
            continue
        spread = np.ptp(at[who], axis=0) * np.array([1.0, rng.uniform(0.8, 1.25)])
        who = who[np.argsort(at[who, int(spread.argmax())], kind="stable")]
        left = count // 2
        reached = np.cumsum(weight[who]) / weight[who].sum()
        here = int(np.searchsorted(reached, left / count)) + 1
        here = min(max(here, left), len(who) - (count - left))
        waiting += [(who[:here], first, left), (who[here:], first + left, count - left)]
    return part


def _apart(blocks: Blocks) -> Ints:
    """Number the areas that stand apart; -1 elsewhere. The works are two, one of them almost empty."""
    da = np.full(len(blocks), -1, dtype=np.int64)
    n = 0
    for land in APART:
        here = np.flatnonzero(blocks.land == land)
        if land == Land.ISLAND:
            here = np.flatnonzero(blocks.v < 0)
        if len(here) == 0 or (land == Land.MOUNTAIN and len(blocks) < 300):
            continue
        da[here] = n
        n += 1
        if land == Land.INDUSTRY and len(here) >= 6:
            da[here[blocks.v[here] > np.median(blocks.v[here])]] = n
            n += 1
    return da


def _in_one_piece(da: Ints, blocks: Blocks) -> Ints:
    """Give the strayed parts of a dissemination area to a neighbour, the hill only at the last."""
    da = da.copy()
    apart = np.isin(blocks.land, APART)
    for attempt in range(6):
        strays = _strays(da, blocks)
        if not strays.any():
            break
        a, b = blocks.beside.T
        for here, there in ((a, b), (b, a)):
            useful = strays[here] & ~strays[there] & (da[here] != da[there])
            useful &= ~apart[there] | (attempt >= 4)
            da[here[useful]] = da[there[useful]]
    return da


def _strays(da: Ints, blocks: Blocks) -> np.ndarray:
    a, b = blocks.beside[da[blocks.beside[:, 0]] == da[blocks.beside[:, 1]]].T
    links = coo_matrix((np.ones(len(a)), (a, b)), shape=(len(da), len(da)))
    _, component = connected_components(links, directed=False)
    size = np.bincount(component)
    largest = np.zeros(int(da.max()) + 1, dtype=np.int64)
    np.maximum.at(largest, da, size[component])
    first = np.full(len(largest), len(size))
    np.minimum.at(first, da, np.where(size[component] == largest[da], component, len(size)))
    strays: np.ndarray = component != first[da]
    return strays


def _wholes(
    da: Ints, blocks: Blocks, homes: Ints, n_das: int, *, rng: np.random.Generator
) -> tuple[Ints, Ints]:
    """Group dissemination areas into boroughs, and those of a borough into tracts."""
    surface = added(da, blocks.surface_m2, n_das)
    at = np.column_stack(
        [added(da, c * blocks.surface_m2, n_das) / surface for c in (blocks.x, blocks.y)]
    )
    weight = added(da, homes, n_das) + 1.0
    n_boroughs = 4 if n_das >= 40 else 2
    borough = cut(at, weight, n_boroughs, rng=rng)
    tract = np.zeros(n_das, dtype=np.int64)
    first = 0
    for b in range(n_boroughs):
        here = np.flatnonzero(borough == b)
        count = max(1, round(len(here) / DAS_PER_TRACT))
        tract[here] = first + cut(at[here], weight[here], count, rng=rng)
        first += count
    return tract, borough


def _before(da: Ints, tract: Ints, blocks: Blocks, n_das: int, *, rng: np.random.Generator) -> Ints:
    """Draw the limits of 2016: some areas of 2021 were one, some were two, some limits moved."""
    before = da.copy()
    fresh = n_das
    touched = np.zeros(n_das, dtype=bool)
    a, b = np.unique(np.sort(da[blocks.beside], axis=1), axis=0).T
    siblings = np.flatnonzero((a != b) & (tract[a] == tract[b]))
    for k in rng.permutation(siblings):
        if touched.sum() >= 2 * MERGED_SHARE * n_das:
            break
        if not touched[[a[k], b[k]]].any():
            before[np.isin(da, [a[k], b[k]])] = fresh
            touched[[a[k], b[k]]] = True
            fresh += 1
    for d in rng.permutation(np.flatnonzero(~touched))[: round(SPLIT_SHARE * n_das)]:
        here = np.flatnonzero(da == d)
        if len(here) >= 4:
            at = np.column_stack([blocks.x[here], blocks.y[here]])
            before[here] = fresh + cut(at, np.ones(len(here)), 2, rng=rng)
            touched[d] = True
            fresh += 2
    return _moved(before, da, tract, touched, blocks, rng=rng)


def _moved(
    before: Ints,
    da: Ints,
    tract: Ints,
    touched: np.ndarray,
    blocks: Blocks,
    *,
    rng: np.random.Generator,
) -> Ints:
    """Move a few blocks over a limit between two areas that kept their numbers."""
    a, b = blocks.beside.T
    sizes = np.bincount(da)
    free = (da[a] != da[b]) & (tract[da[a]] == tract[da[b]])
    free &= ~touched[da[a]] & ~touched[da[b]] & (sizes[da[a]] > 4)
    for k in rng.permutation(np.flatnonzero(free))[: round(MOVED_SHARE * len(sizes)) + 1]:
        if not touched[da[a[k]]] and not touched[da[b[k]]]:
            before[a[k]] = da[b[k]]
            touched[[da[a[k]], da[b[k]]]] = True
    return before
