"""What may be otherwise in an index, and the scores that come of it, draw by draw."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from courtepointe.core.composite.checks import LARGEST
from courtepointe.core.composite.columns import (
    FILL_DONOR,
    FILL_MEAN,
    FILL_MEDIAN,
    KEEP,
    SCALE_CODE,
)
from courtepointe.core.composite.kernels import draw_scores
from courtepointe.core.composite.nodes import MEAN_CODE
from courtepointe.core.composite.steps import Raw, Steps
from courtepointe.core.composite.values import Imputation, Mean, Method, Scale
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Bools, Floats, Ints

BLOCK = 64
FILLS = {
    Imputation.NONE: KEEP,
    Imputation.MEAN: FILL_MEAN,
    Imputation.GROUP_MEAN: FILL_MEAN,
    Imputation.MEDIAN: FILL_MEDIAN,
    Imputation.GROUP_MEDIAN: FILL_MEDIAN,
}
POSITIVE = (Mean.GEOMETRIC, Mean.HARMONIC)


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices of each draw.

    Attributes
    ----------
    scale : (n_draws,) int
        Codes of `columns.SCALE_CODE`.
    ends : (n_draws, 2) float
        Low and high of the scale.
    means : (n_draws, n_levels + 1) int
        Codes of `nodes.MEAN_CODE`, by level.
    most_points : (n_draws,) int
    weights : (n_draws, n_nodes) float
    """

    scale: Ints
    ends: Floats
    means: Ints
    most_points: Ints
    weights: Floats

    def __len__(self) -> int:
        return len(self.scale)


def same_choices(steps: Steps, method: Method, n_draws: int) -> Choices:
    """Make every draw with the method as it is."""
    n_levels = int(steps.tree.heights().max())
    means = [0, 0, *(MEAN_CODE[method.mean_at(level)] for level in range(2, n_levels + 1))]
    points = method.treatment.most_points if method.treatment else 0
    return Choices(
        np.full(n_draws, SCALE_CODE[method.scale]), np.tile([method.low, method.high], (n_draws, 1)),
        np.tile(np.array(means), (n_draws, 1)), np.full(n_draws, points),
        np.tile(steps.tree.weight, (n_draws, 1)),
    )  # fmt: skip


def scores_of(
    raw: Raw, steps: Steps, method: Method, choices: Choices, *, seed: int,
    errors: Floats | None = None, donors: bool = False, threads: int = 2,
) -> Floats:  # fmt: skip
    """Compute the index once for every draw.

    Parameters
    ----------
    raw, steps, method
        The index as it was computed.
    choices : Choices
        One of each a draw.
    seed : int
        The same gives the same draws, with any number of threads.
    errors : (n_units, n_indicators) float, optional
        Standard errors of the denominated values, 0 where exact; observed values are drawn from
        the normal law, and gaps are filled anew by the method's rule.
    donors : bool
        Fill each gap with the value of a donor of its group instead (multiple imputation).
    threads : int

    Returns
    -------
    (n_draws, n_kept) float
        Of the last node.

    Raises
    ------
    BadInput
        ``composite_errors``, ``composite_draws_broke``: some draws have no score, for example
        because all values of an indicator became equal.
    """
    held = np.zeros(raw.values.shape) if errors is None else errors
    if held.shape != raw.values.shape or not ((held >= 0.0) & (held <= LARGEST)).all():
        raise BadInput("composite_errors", value=str(held.shape), expected=str(raw.values.shape))
    data, tree, rules = _packed(raw, steps, method, held, donors)
    out = np.empty((len(choices), int(steps.kept.sum())))
    made = (
        choices.scale.astype(np.int64), choices.ends, choices.means.astype(np.int64),
        choices.most_points.astype(np.int64), choices.weights,
    )  # fmt: skip
    # Draws that scale alike come one after another: what they share is computed once.
    order = np.lexsort((*choices.ends.T, choices.most_points, choices.scale))

    def block(first: int) -> None:
        draw_scores(data, tree, made, rules, seed, order[first : first + BLOCK], out)

    with ThreadPoolExecutor(max_workers=threads) as pool:
        list(pool.map(block, range(0, len(out), BLOCK)))
    broken = int((~np.isfinite(out)).any(axis=1).sum())
    if broken:
        raise BadInput("composite_draws_broke", value=broken, expected=len(out))
    return out


def _packed(
    raw: Raw, steps: Steps, method: Method, errors: Floats, donors: bool
) -> tuple[tuple[object, ...], tuple[object, ...], tuple[object, ...]]:
    """Lay arrays out as the compiled draws read them: a row an indicator."""
    by_group = method.imputation in (Imputation.GROUP_MEAN, Imputation.GROUP_MEDIAN)
    own = raw.groups if by_group and raw.groups is not None else np.zeros(len(raw.values))
    groups = np.unique(own, return_inverse=True)[1].astype(np.int64)
    no_posts = np.zeros((raw.values.shape[1], 2))
    treatment = method.treatment
    limits = (treatment.skew, treatment.kurtosis) if treatment else (0.0, 0.0)
    known = np.ascontiguousarray(~steps.was_imputed.T)
    data = (
        np.ascontiguousarray(steps.imputed.T), np.where(known, errors.T, 0.0), known, groups,
        *_donors(known, groups), np.flatnonzero(steps.kept), raw.polarity.astype(np.float64),
        no_posts if method.goalposts is None else method.goalposts.astype(np.float64),
    )  # fmt: skip
    rules = (
        FILL_DONOR if donors else FILLS[method.imputation], np.array(limits), treatment is not None,
        bool(treatment and treatment.logarithm), (method.count.classes, method.count.counted),
    )  # fmt: skip
    return data, _packed_tree(steps), rules


def _packed_tree(steps: Steps) -> tuple[object, ...]:
    """Lay the tree out: the children of each node, one after another, and where they begin."""
    parent = steps.tree.parent.astype(np.int64)
    child = np.argsort(parent[:-1], kind="stable")
    begins = np.searchsorted(parent[child], np.arange(len(parent) + 1))
    facing = steps.tree.facing(np.arange(len(parent))).astype(np.int64)
    return child, begins, steps.tree.heights(), steps.tree.n_indicators, facing


def _donors(known: Bools, groups: Ints) -> tuple[Ints, Ints]:
    """Give the units that have each indicator, group by group, and where groups begin."""
    n_groups = int(groups.max()) + 1
    # Units without a value stand behind all groups.
    place = np.where(known, groups, n_groups)
    their = np.argsort(place, axis=1, kind="stable")
    ordered = np.take_along_axis(place, their, axis=1)
    first = [np.searchsorted(row, np.arange(n_groups + 1)) for row in ordered]
    return their, np.array(first)


def check_pair(scale: Scale, low: float, mean: Mean) -> None:
    """Refuse a scale that reaches zero under a mean that needs more.

    Raises
    ------
    BadInput
        ``composite_pair``.
    """
    above = scale in (Scale.RANK, Scale.AMPI)
    above |= scale in (Scale.MIN_MAX, Scale.GOALPOSTS) and low > 0.0
    if mean in POSITIVE and not above:
        raise BadInput("composite_pair", value=scale.value, expected=mean.value)
