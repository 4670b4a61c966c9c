"""What a composite index is made of: a tree of levels, and the choices that make one number."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from courtepointe.core.composite.checks import check_weights
from courtepointe.core.composite.counts import Count
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats, Ints

TOP = -1


class Imputation(StrEnum):
    """What is put where nothing is known."""

    NONE = "none"
    MEAN = "mean"
    MEDIAN = "median"
    GROUP_MEAN = "group-mean"
    GROUP_MEDIAN = "group-median"


class Scale(StrEnum):
    """How indicators of different units are made comparable."""

    MIN_MAX = "min-max"
    Z = "z"
    GOALPOSTS = "goalposts"
    RANK = "rank"
    BORDA = "borda"
    PERCENTILE = "percentile"
    AMPI = "ampi"


class Mean(StrEnum):
    """How the parts of a node become its score."""

    ARITHMETIC = "arithmetic"
    GEOMETRIC = "geometric"
    HARMONIC = "harmonic"
    AMPI = "ampi"
    COPELAND = "copeland"
    SUM = "sum"
    """As many times the arithmetic mean as there are parts."""
    FIRST_COMPONENT = "first-component"
    """The score on the first principal component; weights are not read."""
    COUNT = "count"
    """How many parts fall in the classes that are counted; weights are not read."""


class Weighting(StrEnum):
    """Where weights come from."""

    GIVEN = "given"
    EQUAL = "equal"
    PCA = "pca"


@dataclass(frozen=True, slots=True)
class Tree:
    """Indicators, and the nodes that gather them level by level.

    Attributes
    ----------
    n_indicators : int
        The first nodes; all others gather.
    parent : (n_nodes,) int
        Position of the node that gathers this one, always a later one; `TOP` for the last alone.
    weight : (n_nodes,) float, 0 or more
        Among the children of the same parent; they need not sum to 1.
    direction : (n_nodes,) int, 1 or -1, optional
        Of the nodes that gather, -1 where their lowest classes are counted; all 1 without it.
        Nothing but `Mean.COUNT` reads it: indicators have their polarity.

    Raises
    ------
    BadInput
        ``composite_tree``, ``composite_weight``, ``composite_weights_zero``.
    """

    n_indicators: int
    parent: Ints
    weight: Floats
    direction: Ints | None = None

    def __post_init__(self) -> None:
        n_nodes = len(self.parent)
        places = np.arange(n_nodes)
        later = (self.parent > places) & (self.parent >= self.n_indicators)
        later &= self.parent < n_nodes
        wrong = np.flatnonzero(~later[:-1])
        childless = np.setdiff1d(places[self.n_indicators :], self.parent)
        if not 0 < self.n_indicators < n_nodes or self.parent[-1] != TOP:
            raise BadInput("composite_tree", node=n_nodes - 1)
        if wrong.size or childless.size:
            raise BadInput("composite_tree", node=int([*wrong, *childless][0]))
        self._check_weights()

    def _check_weights(self) -> None:
        facing = self.direction
        if facing is not None and (
            facing.shape != self.parent.shape or (np.abs(facing) != 1).any()
        ):
            raise BadInput("composite_shape", value=facing.tolist(), expected="1, -1")
        if len(self.weight) != len(self.parent):
            raise BadInput("composite_shape", value=len(self.weight), expected=len(self.parent))
        check_weights(self.weight)
        for node in self.gathering:
            if not self.weight[self.children(node)].sum() > 0.0:
                raise BadInput("composite_weights_zero", node=node)

    @property
    def gathering(self) -> range:
        """Positions of the nodes that gather, each after those that it gathers."""
        return range(self.n_indicators, len(self.parent))

    def children(self, node: int) -> Ints:
        """Give the positions that a node gathers."""
        found: Ints = np.flatnonzero(self.parent == node)
        return found

    def facing(self, nodes: Ints) -> Ints:
        """Give the directions of nodes."""
        told = (
            np.ones(len(self.parent), dtype=np.int64) if self.direction is None else self.direction
        )
        return told[nodes]

    def shares(self, node: int) -> Floats:
        """Give the weights of a node's children, which sum to 1."""
        told = self.weight[self.children(node)]
        shares: Floats = told / told.sum()
        return shares

    def heights(self) -> Ints:
        """Give each node's level: 1 for indicators, one more than the highest child elsewhere."""
        levels = np.ones(len(self.parent), dtype=np.int64)
        for node in self.gathering:
            levels[node] = levels[self.children(node)].max() + 1
        return levels


@dataclass(frozen=True, slots=True)
class Treatment:
    """When values far away are drawn in, and how.

    Attributes
    ----------
    most_points : int
        How many are drawn in at most, before a logarithm is tried; equal values count once.
    skew, kurtosis : float
        Values are treated where both are reached: the first whatever its sign.
    logarithm : bool
        Whether a logarithm of the original values follows where drawing in does not do.

    Raises
    ------
    BadInput
        ``composite_treatment``: fewer than no points, or a skewness that values all equal have.
    """

    most_points: int = 5
    skew: float = 2.0
    kurtosis: float = 3.5
    logarithm: bool = True

    def __post_init__(self) -> None:
        if self.most_points < 0 or not self.skew > 0.0 or np.isnan(self.kurtosis):
            raise BadInput(
                "composite_treatment",
                points=self.most_points,
                skew=self.skew,
                kurtosis=self.kurtosis,
            )


@dataclass(frozen=True, slots=True)
class Method:
    """All choices between raw values and a score.

    Attributes
    ----------
    imputation, scale, weighting : named choices
    least_known : float, 0 to 1
        The part of the indicators that must be known for a unit to stay.
    treatment : Treatment or None
        None leaves values as they are.
    low, high : float
        The scale's ends (min-max, goalposts), or its mean and standard deviation (z).
    goalposts : (n_indicators, 2) float or None
        Worst and best value, before polarity: the lower number first.
    means : tuple of Mean
        One for every level from the second; the last stands for those above.
    count : Count
        What `Mean.COUNT` counts.
    """

    imputation: Imputation = Imputation.NONE
    least_known: float = 0.0
    treatment: Treatment | None = field(default_factory=Treatment)
    scale: Scale = Scale.MIN_MAX
    low: float = 0.0
    high: float = 100.0
    goalposts: Floats | None = None
    weighting: Weighting = Weighting.GIVEN
    means: tuple[Mean, ...] = (Mean.ARITHMETIC,)
    count: Count = field(default_factory=Count)

    def mean_at(self, level: int) -> Mean:
        """Say how nodes of a level are gathered; the second level is the first that is."""
        return self.means[min(level - 2, len(self.means) - 1)]
