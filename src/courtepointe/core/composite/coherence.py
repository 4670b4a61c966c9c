"""Does an index hold together? Correlations, alpha, weights as they act, and what to beware of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from courtepointe.core.composite.components import FirstComponent, first_component
from courtepointe.core.composite.gather import effective_weights
from courtepointe.core.composite.values import Mean, Method, Tree
from courtepointe.core.typing import Floats, Ints

ALPHA_ENOUGH = 0.7
LINK_ENOUGH = 0.3
TWICE = 0.92
KNOWN_ENOUGH = 0.5
UNITS_ENOUGH = 10
NONE = -1


class Caution(StrEnum):
    """What a warning is about."""

    ALPHA_NEGATIVE = "alpha-negative"
    ALPHA_LOW = "alpha-low"
    AGAINST_PARENT = "against-parent"
    NO_LINK = "no-link"
    COUNTS_TWICE = "counts-twice"
    UNEQUAL_IN_EFFECT = "unequal-in-effect"
    PCA_TURNS = "pca-turns"
    BACKWARDS = "backwards"
    DIRECTION_UNREAD = "direction-unread"
    LITTLE_KNOWN = "little-known"
    FEW_UNITS = "few-units"


NEEDS_UNITS = frozenset({Caution.ALPHA_LOW, Caution.NO_LINK, Caution.COUNTS_TWICE})
"""What is said of correlations alone: among a few units chance makes them strong, or none."""


@dataclass(frozen=True, slots=True)
class Warned:
    """One thing to beware of.

    Attributes
    ----------
    caution : Caution
    node : int
        Position of what it is about.
    other : int
        The parent, or the other of two; `NONE` where there is none.
    value, limit : float
        What was found, and where it begins to matter.
    """

    caution: Caution
    node: int
    other: int
    value: float
    limit: float


@dataclass(frozen=True, slots=True)
class Coherence:
    """How the parts of an index go together.

    Attributes
    ----------
    correlation : (n_nodes, n_nodes) float
        Of scores; NaN where one of the two does not vary.
    alpha : (n_nodes,) float
        Cronbach's, of the children of each node; NaN for indicators and single children.
    components : dict of node -> FirstComponent
        Of the nodes with several children.
    effective : (n_nodes,) float
    warnings : tuple of Warned
        Node by node, then by kind.
    """

    correlation: Floats
    alpha: Floats
    components: dict[int, FirstComponent]
    effective: Floats
    warnings: tuple[Warned, ...]


def coherence_of(
    scores: Floats, tree: Tree, method: Method, *, coverage: Floats | None = None
) -> Coherence:
    """Measure an index, and warn.

    Parameters
    ----------
    scores : (n_units, n_nodes) float
        Normalised indicators first.
    tree : Tree
    method : Method
        Its means.
    coverage : (n_units, n_nodes) float, optional
        The weight of what was observed; without it nothing is said of what was not.

    Returns
    -------
    Coherence

    Notes
    -----
    Limits: alpha 0.7 (J. Nunnally, 1978), correlations under 0.3 and over 0.92 (COINr). A negative
    correlation with the parent is what an indicator with the wrong direction looks like. Parts of
    a count are turned by their direction before they are set beside each other and it. A node of
    which less than half was observed in some unit is the mean of others there. Under ten units nothing is
    said of how strong a correlation is: of four, one in twenty passes 0.95 by chance (R. A. Fisher, 1915).
    """
    correlation = correlations(scores)
    means = [
        None if node < tree.n_indicators else method.mean_at(int(level))
        for node, level in enumerate(tree.heights())
    ]
    facing = _facing(tree, means)
    alpha = np.full(len(tree.parent), np.nan)
    components = {}
    for node in tree.gathering:
        children = tree.children(node)
        parts = scores[:, children] * facing[children]
        if parts.shape[1] > 1:
            alpha[node] = cronbach(parts)
            components[node] = first_component(parts)
    effective = effective_weights(tree)
    warnings = [
        *_of_alpha(alpha), *_of_parents(correlation, tree, facing), *_of_pairs(correlation, tree),
        *_of_weights(effective, tree), *_of_components(components, tree, means),
        *_of_directions(tree, facing), *_of_coverage(coverage, tree),
    ]  # fmt: skip
    if len(scores) < UNITS_ENOUGH:
        whole, n_units = len(tree.parent) - 1, float(len(scores))
        warnings = [one for one in warnings if one.caution not in NEEDS_UNITS]
        warnings.append(Warned(Caution.FEW_UNITS, whole, NONE, n_units, float(UNITS_ENOUGH)))
    warnings.sort(key=lambda one: one.node)
    return Coherence(correlation, alpha, components, effective, tuple(warnings))


def correlations(scores: Floats) -> Floats:
    """Correlate all columns, (n_columns, n_columns); NaN where one does not vary."""
    far = scores - scores.mean(axis=0)
    length = np.sqrt((far**2).sum(axis=0))
    # What differs in the last digits only does not vary: 50 made in two ways is 50.
    noise = 1e-12 * np.sqrt(len(scores)) * np.abs(scores).max(axis=0)
    length = np.where(length > noise, length, np.nan)
    told: Floats = np.clip((far.T @ far) / np.outer(length, length), -1.0, 1.0)
    return told


def cronbach(parts: Floats) -> float:
    """Give Cronbach's alpha of the columns of (n_units, n_parts); NaN where their sum is constant.

    Notes
    -----
    k/(k−1) · (1 − Σ variances / variance of the sum). Below zero, parts pull against each other.
    Source: L. J. Cronbach, Psychometrika 16 (1951).
    """
    k, whole = parts.shape[1], float(parts.sum(axis=1).var(ddof=1))
    if k < 2 or whole == 0.0:
        return float("nan")
    return float(k / (k - 1) * (1.0 - parts.var(axis=0, ddof=1).sum() / whole))


def _of_alpha(alpha: Floats) -> list[Warned]:
    told = []
    for node in np.flatnonzero(alpha < ALPHA_ENOUGH):
        low = alpha[node] < 0.0
        kind = Caution.ALPHA_NEGATIVE if low else Caution.ALPHA_LOW
        limit = 0.0 if low else ALPHA_ENOUGH
        told.append(Warned(kind, int(node), NONE, float(alpha[node]), limit))
    return told


def _facing(tree: Tree, means: list[Mean | None]) -> Ints:
    """Give the directions that count: those of the parts of a count; 1 elsewhere."""
    told = np.ones(len(tree.parent), dtype=np.int64)
    for node in tree.gathering:
        if means[node] is Mean.COUNT:
            told[tree.children(node)] = tree.facing(tree.children(node))
    return told


def _of_directions(tree: Tree, facing: Ints) -> list[Warned]:
    """Warn of a direction that nothing reads."""
    told = tree.facing(np.arange(len(facing)))
    return [
        Warned(Caution.DIRECTION_UNREAD, int(node), NONE, float(told[node]), 1.0)
        for node in np.flatnonzero(told != facing)
    ]


def _of_coverage(coverage: Floats | None, tree: Tree) -> list[Warned]:
    """Warn of nodes that are imputed for the greater part in some unit."""
    if coverage is None:
        return []
    least = coverage.min(axis=0)
    return [
        Warned(Caution.LITTLE_KNOWN, node, NONE, float(least[node]), KNOWN_ENOUGH)
        for node in tree.gathering
        if least[node] < KNOWN_ENOUGH - 1e-12
    ]


def _of_parents(correlation: Floats, tree: Tree, facing: Ints) -> list[Warned]:
    told = []
    for node, parent in enumerate(tree.parent[:-1]):
        found = float(correlation[node, parent]) * float(facing[node])
        if found < 0.0:
            told.append(Warned(Caution.AGAINST_PARENT, node, int(parent), found, 0.0))
        elif not found >= LINK_ENOUGH:
            told.append(Warned(Caution.NO_LINK, node, int(parent), found, LINK_ENOUGH))
    return told


def _of_pairs(correlation: Floats, tree: Tree) -> list[Warned]:
    """Warn of two indicators that say the same, wherever they stand in the tree."""
    n = tree.n_indicators
    pairs = np.argwhere(np.triu(correlation[:n, :n] > TWICE, k=1))
    return [
        Warned(Caution.COUNTS_TWICE, int(one), int(other), float(correlation[one, other]), TWICE)
        for one, other in pairs
    ]


def _of_weights(effective: Floats, tree: Tree) -> list[Warned]:
    """Warn where nodes of a level have equal weights among siblings and do not count alike."""
    levels, told = tree.heights(), []
    for level in range(1, int(levels.max())):
        nodes = np.flatnonzero(levels == level)
        alike = len(set(tree.weight[nodes].tolist())) == 1
        least, most = nodes[effective[nodes].argmin()], nodes[effective[nodes].argmax()]
        ratio = float(effective[most] / effective[least]) if effective[least] > 0.0 else np.inf
        if alike and ratio > 1.0 + 1e-9:
            told.append(Warned(Caution.UNEQUAL_IN_EFFECT, int(most), int(least), ratio, 1.0))
    return told


def _of_components(
    components: dict[int, FirstComponent], tree: Tree, means: list[Mean | None]
) -> list[Warned]:
    """Warn where a first component turns a part: it does, where it is the mean, or it would."""
    return [
        Warned(
            Caution.BACKWARDS if means[node] is Mean.FIRST_COMPONENT else Caution.PCA_TURNS,
            int(tree.children(node)[part]), node, float(found.loading[part]), 0.0,
        )
        for node, found in components.items()
        if means[node] is not Mean.COUNT
        for part in np.flatnonzero(found.turned)
    ]  # fmt: skip
