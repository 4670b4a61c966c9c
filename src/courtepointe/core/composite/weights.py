"""Weights that data give: the first principal component, where it does not turn the meaning."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from courtepointe.core.composite.components import first_component
from courtepointe.core.composite.gather import gather
from courtepointe.core.composite.values import Method, Tree
from courtepointe.core.errors import Refused
from courtepointe.core.typing import Floats


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
