"""From normalised indicators up the tree: means, AMPI, Copeland."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from courtepointe.core.composite.checks import check_whole
from courtepointe.core.composite.components import component_scores
from courtepointe.core.composite.counts import count
from courtepointe.core.composite.values import Mean, Method, Tree
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats


def gather(normalised: Floats, tree: Tree, method: Method) -> Floats:
    """Give every node of the tree its score.

    Parameters
    ----------
    normalised : (n_units, n_indicators) float
    tree : Tree
    method : Method
        Its `means`, one a level.

    Returns
    -------
    (n_units, n_nodes) float
        The indicators first, as they came.

    Raises
    ------
    BadInput
        ``composite_gap``, ``composite_shape``, ``composite_not_positive`` where a geometric or
        harmonic mean meets 0 or less, ``composite_flat`` where nothing varies below a node that
        is a first component, ``composite_classes`` where a count has more classes than units.
    """
    check_whole(normalised)
    if normalised.shape[1] != tree.n_indicators:
        raise BadInput("composite_shape", value=normalised.shape[1], expected=tree.n_indicators)
    told = np.empty((len(normalised), len(tree.parent)))
    told[:, : tree.n_indicators] = normalised
    levels = tree.heights()
    for node in tree.gathering:
        mean = method.mean_at(int(levels[node]))
        children = tree.children(node)
        parts = told[:, children]
        if mean in (Mean.GEOMETRIC, Mean.HARMONIC):
            for unit, child in np.argwhere(parts <= 0.0):
                raise BadInput(
                    "composite_not_positive", unit=int(unit), node=int(children[child]),
                    value=float(parts[unit, child]),
                )  # fmt: skip
        if mean is Mean.COUNT:
            _check_classes(len(parts), method)
            told[:, node] = count(parts, tree.facing(children), method.count)
        elif mean is Mean.FIRST_COMPONENT:
            told[:, node] = _along_first(parts, node)
        else:
            told[:, node] = MEANS[mean](parts, tree.shares(node))
    return told


def _check_classes(n_units: int, method: Method) -> None:
    """Refuse more classes than units: some would be empty, and what is counted nobody's choice."""
    if n_units < method.count.classes:
        raise BadInput("composite_classes", value=n_units, expected=method.count.classes)


def _along_first(parts: Floats, node: int) -> Floats:
    """Give the score on the first component, of mean 0 and variance 1."""
    told = component_scores(parts)
    if told is None:
        raise BadInput("composite_flat", node=node)
    return told


def arithmetic(parts: Floats, shares: Floats) -> Floats:
    """Give the mean of each row, (n_units, n_parts), with shares that sum to 1."""
    return parts @ shares


def geometric(parts: Floats, shares: Floats) -> Floats:
    """Give the geometric mean of each row of numbers above 0."""
    told: Floats = np.exp(np.log(parts) @ shares)
    return told


def harmonic(parts: Floats, shares: Floats) -> Floats:
    """Give the harmonic mean of each row of numbers above 0."""
    told: Floats = 1.0 / ((1.0 / parts) @ shares)
    return told


def ampi(parts: Floats, shares: Floats) -> Floats:
    """Give the mean less a penalty for parts that are out of balance: M - S cv.

    Notes
    -----
    Source: M. Mazziotta and A. Pareto (2018), where all shares are equal; the standard deviation
    divides by n. With shares, mean and standard deviation take them.
    """
    mean = parts @ shares
    variance = ((parts - mean[:, None]) ** 2) @ shares
    if (mean <= 0.0).any():
        unit = int(np.argmax(mean <= 0.0))
        raise BadInput("composite_ampi_mean", unit=unit, value=float(mean[unit]))
    told: Floats = mean - variance / mean
    return told


def copeland(parts: Floats, shares: Floats) -> Floats:
    """Give how many more units each one beats than it is beaten by.

    Notes
    -----
    A unit beats another where parts that hold more than half of the weight are higher; equal
    parts count half for each. Source: A. H. Copeland (1951), after D. Saari and V. Merlin,
    "The Copeland method", Economic Theory 8 (1996). Guarantee: the scores sum to 0.
    """
    n_units = len(parts)
    told = np.empty(n_units)
    for unit in range(n_units):
        # Signed lead is twice the outranking less one; summed so, ties of halves are exact zeros.
        lead = np.sign(parts[unit] - parts) @ shares
        told[unit] = np.sign(np.where(np.abs(lead) < 1e-12, 0.0, lead)).sum()
    return told


def summed(parts: Floats, shares: Floats) -> Floats:
    """Give the sum of each row where shares are equal, and as many times the mean elsewhere."""
    told: Floats = parts.shape[1] * (parts @ shares)
    return told


MEANS: dict[Mean, Callable[[Floats, Floats], Floats]] = {
    Mean.ARITHMETIC: arithmetic,
    Mean.GEOMETRIC: geometric,
    Mean.HARMONIC: harmonic,
    Mean.AMPI: ampi,
    Mean.COPELAND: copeland,
    Mean.SUM: summed,
}


def effective_weights(tree: Tree) -> Floats:
    """Give the part that each node has in the index, all levels multiplied.

    Returns
    -------
    (n_nodes,) float
        1 for the last; those of the indicators sum to 1.
    """
    told = np.ones(len(tree.parent))
    for node in reversed(tree.gathering):
        told[tree.children(node)] = told[node] * tree.shares(node)
    return told


def coverage(known: Floats, tree: Tree) -> Floats:
    """Give the weight of what was observed, of each unit and node.

    Parameters
    ----------
    known : (n_units, n_indicators) float or bool
        1 where observed, 0 where imputed.

    Returns
    -------
    (n_units, n_nodes) float, 0 to 1
    """
    return gather(np.asarray(known, dtype=np.float64), tree, Method())


def ranks_downward(scores: Floats) -> Floats:
    """Rank units from 1 for the highest score; equal ones share the lowest rank.

    Parameters
    ----------
    scores : (n_units,) or (n_draws, n_units) float

    Returns
    -------
    of the same shape, float
    """
    rows = np.atleast_2d(scores)
    told = np.array([np.searchsorted(np.sort(-row), -row) + 1.0 for row in rows])
    return told.reshape(scores.shape)
