"""Weights that data give: the first principal component, where it does not turn the meaning."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from courtepointe.core.composite.gather import gather
from courtepointe.core.composite.values import Method, Tree
from courtepointe.core.errors import Refused
from courtepointe.core.typing import Bools, Floats


@dataclass(frozen=True, slots=True)
class FirstComponent:
    """The direction in which the parts of a node differ most.

    Attributes
    ----------
    loading : (n_parts,) float
        Of length 1, turned so that its sum is not negative.
    explained : float, 0 to 1
        The part of all variance along it.
    """

    loading: Floats
    explained: float

    @property
    def turned(self) -> Bools:
        """Say which parts it would count against the node."""
        against: Bools = self.loading < 0.0
        return against


def first_component(parts: Floats) -> FirstComponent:
    """Find the first principal component of parts, each with the same variance.

    Parameters
    ----------
    parts : (n_units, n_parts) float

    Returns
    -------
    FirstComponent
        A part whose values are all equal has no loading.
    """
    spread = parts.std(axis=0)
    centred = (parts - parts.mean(axis=0)) / np.where(spread > 0.0, spread, 1.0)
    _, lengths, directions = np.linalg.svd(centred, full_matrices=False)
    loading = directions[0] if directions[0].sum() >= 0.0 else -directions[0]
    total = float((lengths**2).sum())
    return FirstComponent(loading, float(lengths[0] ** 2) / total if total > 0.0 else 0.0)


def equal_weights(tree: Tree) -> Floats:
    """Weigh all nodes alike among their siblings."""
    return np.ones(len(tree.parent))


def pca_tree(normalised: Floats, tree: Tree, method: Method) -> Tree:
    """Weigh the parts of each node by their first component, level by level.

    Parameters
    ----------
    normalised : (n_units, n_indicators) float
    tree : Tree
        Its own weights are not read.
    method : Method
        Its means.

    Returns
    -------
    Tree

    Raises
    ------
    Refused
        ``composite_pca_turns``: a loading is negative, so that more of something good would lower
        the index.
    """
    weight = np.ones(len(tree.parent))
    for node in tree.gathering:
        children = tree.children(node)
        scores = gather(normalised, replace(tree, weight=weight), method)
        told = first_component(scores[:, children])
        for place in np.flatnonzero(told.turned):
            raise Refused(
                "composite_pca_turns", node=node, part=int(children[place]),
                value=round(float(told.loading[place]), 4),
            )  # fmt: skip
        weight[children] = told.loading
    return replace(tree, weight=weight)
