"""All steps of an index in their order, each kept."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from courtepointe.core.composite.gaps import denominate, impute, screened
from courtepointe.core.composite.gather import coverage, gather
from courtepointe.core.composite.normalise import normalise
from courtepointe.core.composite.treat import Treated, treat
from courtepointe.core.composite.values import Method, Scale, Tree, Weighting
from courtepointe.core.composite.weights import equal_weights, pca_tree
from courtepointe.core.errors import BadInput, NoAnswer
from courtepointe.core.typing import Bools, Floats, Ints


@dataclass(frozen=True, slots=True)
class Raw:
    """What was observed, and what is needed to read it.

    Attributes
    ----------
    values : (n_units, n_indicators) float
        NaN where missing, and only there.
    polarity : (n_indicators,) int, 1 or -1
    denominators : (n_units, n_denominators) float
    denominator_of : (n_indicators,) int
        Position, or `gaps.NO_DENOMINATOR`.
    groups : (n_units,) int or None
        For imputation.
    """

    values: Floats
    polarity: Ints
    denominators: Floats
    denominator_of: Ints
    groups: Ints | None = None


@dataclass(frozen=True, slots=True)
class Steps:
    """The index, and every table on the way to it.

    Attributes
    ----------
    denominated, imputed : (n_units, n_indicators) float
        Of all units.
    was_imputed : (n_units, n_indicators) bool
    kept : (n_units,) bool
        Units with enough known indicators; the tables below are of these alone.
    treated : Treated
    normalised : (n_kept, n_indicators) float
    tree : Tree
        With the weights that were used.
    scores, coverage : (n_kept, n_nodes) float
        Coverage is the weight of what was observed, 0 to 1.
    """

    denominated: Floats
    imputed: Floats
    was_imputed: Bools
    kept: Bools
    treated: Treated
    normalised: Floats
    tree: Tree
    scores: Floats
    coverage: Floats


def index_of(raw: Raw, tree: Tree, method: Method) -> Steps:
    """Compute an index step by step.

    Parameters
    ----------
    raw : Raw
    tree : Tree
    method : Method

    Returns
    -------
    Steps

    Raises
    ------
    BadInput
        Those of each step, and ``composite_log_goalposts``.
    NoAnswer
        ``composite_nobody_left``: no unit has enough known indicators.
    """
    denominated = denominate(raw.values, raw.denominators, raw.denominator_of)
    filled = impute(denominated, rule=method.imputation, groups=raw.groups)
    kept = screened(denominated, least=method.least_known)
    if not kept.any():
        raise NoAnswer("composite_nobody_left", value=method.least_known)
    treated = treat(filled.values[kept], method.treatment)
    _check_goalposts(treated, method)
    normalised = normalise(treated.values, raw.polarity, method)
    weighed = _weighed(normalised, tree, method)
    return Steps(
        denominated, filled.values, filled.imputed, kept, treated, normalised, weighed,
        gather(normalised, weighed, method),
        coverage((~filled.imputed[kept]).astype(np.float64), weighed),
    )  # fmt: skip


def _check_goalposts(treated: Treated, method: Method) -> None:
    """Refuse a logarithm under goalposts: they are in the unit that the indicator no longer has."""
    fixed = method.scale in (Scale.GOALPOSTS, Scale.AMPI) and method.goalposts is not None
    for indicator in np.flatnonzero(treated.logged & fixed):
        raise BadInput("composite_log_goalposts", indicator=int(indicator))


def _weighed(normalised: Floats, tree: Tree, method: Method) -> Tree:
    if method.weighting is Weighting.EQUAL:
        return replace(tree, weight=equal_weights(tree))
    if method.weighting is Weighting.PCA:
        return pca_tree(normalised, tree, method)
    return tree
