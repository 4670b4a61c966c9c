"""How sure an index is, for three causes kept apart: the data, what is missing, the method."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.core.composite.columns import SCALE_CODE
from courtepointe.core.composite.draws import Choices, check_pair, same_choices, scores_of
from courtepointe.core.composite.gather import ranks_downward
from courtepointe.core.composite.nodes import MEAN_CODE
from courtepointe.core.composite.normalise import check_ends
from courtepointe.core.composite.rank_sets import rank_sets, simultaneous
from courtepointe.core.composite.sobol import Sensitivity, sobol_indices
from courtepointe.core.composite.steps import Raw, Steps
from courtepointe.core.composite.values import Mean, Method, Scale
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats, Ints

BETWEEN = {Mean.ARITHMETIC, Mean.GEOMETRIC, Mean.HARMONIC, Mean.AMPI}
"""Means that stay on the scale of their parts."""
N_WEIGHTS = 512
"""Sets of weights that a draw may take."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What of a method could reasonably be otherwise.

    Attributes
    ----------
    scales : tuple of (Scale, low, high)
        Two or more; empty for the method's own.
    means : tuple of Mean
        Taken at all levels, two or more; empty for the method's own.
    most_points : tuple of int
        Of treatment, two or more; empty for the method's own.
    weights_by : float, 0 to 1
        Each weight is multiplied by 1 − this to 1 + this.
    """

    scales: tuple[tuple[Scale, float, float], ...] = ()
    means: tuple[Mean, ...] = ()
    most_points: tuple[int, ...] = ()
    weights_by: float = 0.25

    def inputs(self) -> tuple[str, ...]:
        """Name what varies."""
        told = [
            ("scale", len(self.scales) > 1), ("means", len(self.means) > 1),
            ("treatment", len(self.most_points) > 1), ("weights", self.weights_by > 0.0),
        ]  # fmt: skip
        return tuple(name for name, varies in told if varies)


@dataclass(frozen=True, slots=True)
class Part:
    """What one cause of doubt does to the index.

    Attributes
    ----------
    low, high : (n_units,) float
        Of the score, each unit by itself; NaN where draws are on different scales.
    rank_low, rank_high : (n_units,) float
        Of the rank, 1 for the highest score, each unit by itself.
    joint_low, joint_high : (n_units,) float
        Of the score, all units at once; NaN where draws are on different scales.
    least_rank, most_rank : (n_units,) int
        The ranks that the joint intervals allow (of ranks, where scores are on different scales).
    n_draws : int
    """

    low: Floats
    high: Floats
    rank_low: Floats
    rank_high: Floats
    joint_low: Floats
    joint_high: Floats
    least_rank: Ints
    most_rank: Ints
    n_draws: int


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """The three causes apart; None where nothing is known of one, or nothing is missing.

    Attributes
    ----------
    data : Part or None
        None where no error of the data is known: that is not the same as no error.
    missing : Part or None
        None where nothing was imputed.
    method : Part or None
        None where nothing of the method is in doubt.
    """

    data: Part | None
    missing: Part | None
    method: Part | None


def uncertainty_of(
    raw: Raw, steps: Steps, method: Method, doubt: Doubt, *, n_draws: int, seed: int,
    errors: Floats | None = None, share: float = 0.9,
) -> Uncertainty:  # fmt: skip
    """Draw the index again for each cause by itself, the two others as they are.

    Parameters
    ----------
    raw, steps, method
        The index as it was computed.
    doubt : Doubt
    n_draws : int, 10 or more
        For each cause.
    seed : int
    errors : (n_units, n_indicators) float, optional
        Standard errors of the denominated values.
    share : float, above 0 and under 1
        Of the draws that an interval holds.

    Returns
    -------
    Uncertainty

    Raises
    ------
    BadInput
        ``composite_share``, ``composite_doubt``, ``composite_scale``, ``composite_pair``,
        ``composite_errors``, ``composite_draws_broke``.
    """
    if not 0.0 < share < 1.0 or n_draws < 10:
        raise BadInput("composite_share", share=share, draws=n_draws)
    _check(doubt, method)
    same = same_choices(steps, method, n_draws)
    data = missing = other = None
    if errors is not None and (errors > 0.0).any():
        drawn = scores_of(raw, steps, method, same, seed=seed, errors=errors)
        data = part_of(drawn, share=share)
    if steps.was_imputed[steps.kept].any():
        drawn = scores_of(raw, steps, method, same, seed=seed + 1, donors=True)
        missing = part_of(drawn, share=share)
    if doubt.inputs():
        points = np.random.default_rng(seed + 2).random((n_draws, len(doubt.inputs())))
        chosen = choices_at(points, steps, method, doubt, seed=seed)
        drawn = scores_of(raw, steps, method, chosen, seed=seed)
        other = part_of(drawn, share=share, comparable=_comparable(doubt))
    return Uncertainty(data, missing, other)


def part_of(draws: Floats, *, share: float, comparable: bool = True) -> Part:
    """Sum draws up; scores on different scales are told by their ranks alone.

    Parameters
    ----------
    draws : (n_draws, n_units) float
    share : float
    comparable : bool
        Whether all draws are on one scale.
    """
    ranks = ranks_downward(draws)
    tails = ((1.0 - share) / 2.0, (1.0 + share) / 2.0)
    rank_low, rank_high = np.quantile(ranks, tails, axis=0)
    unknown = np.full(draws.shape[1], np.nan)
    joint_low, joint_high = simultaneous(-ranks if not comparable else draws, share=share)
    least, most = rank_sets(-joint_high, -joint_low)
    if not comparable:
        return Part(
            unknown, unknown, rank_low, rank_high, unknown, unknown, least, most, len(draws)
        )
    low, high = np.quantile(draws, tails, axis=0)
    return Part(low, high, rank_low, rank_high, joint_low, joint_high, least, most, len(draws))


def choices_at(points: Floats, steps: Steps, method: Method, doubt: Doubt, *, seed: int) -> Choices:
    """Turn points of the unit cube, one column an input of the doubt, into choices."""
    same = same_choices(steps, method, len(points))
    scale, ends, means, most_points, weights = (
        same.scale, same.ends, same.means, same.most_points, same.weights,
    )  # fmt: skip
    for name, column in zip(doubt.inputs(), points.T, strict=True):
        if name == "scale":
            at = _place(column, len(doubt.scales))
            scale = np.array([SCALE_CODE[one] for one, _, _ in doubt.scales])[at]
            ends = np.array([[low, high] for _, low, high in doubt.scales])[at]
        elif name == "means":
            codes = np.array([MEAN_CODE[one] for one in doubt.means])
            means = np.tile(codes[_place(column, len(codes))][:, None], (1, means.shape[1]))
        elif name == "treatment":
            most_points = np.array(doubt.most_points)[_place(column, len(doubt.most_points))]
        else:
            rng = np.random.default_rng(seed)
            sets = 1.0 + doubt.weights_by * rng.uniform(-1.0, 1.0, (N_WEIGHTS, weights.shape[1]))
            weights = weights * sets[_place(column, N_WEIGHTS)]
    return Choices(scale, ends, means, most_points, weights)


def method_sensitivity(
    raw: Raw, steps: Steps, method: Method, doubt: Doubt, *, log2_n: int, seed: int
) -> Sensitivity:
    """Say which choice moves ranks most: the mean absolute change of rank against the index as it is.

    Parameters
    ----------
    raw, steps, method
        The index as it was computed.
    doubt : Doubt
        Its `inputs` are the inputs, in that order.
    log2_n : int
    seed : int

    Returns
    -------
    Sensitivity

    Raises
    ------
    BadInput, NoAnswer
        Those of `sobol_indices` and of `uncertainty_of`.
    """
    _check(doubt, method)
    nominal = ranks_downward(steps.scores[:, -1])

    def shift(points: Floats) -> Floats:
        chosen = choices_at(points, steps, method, doubt, seed=seed)
        drawn = scores_of(raw, steps, method, chosen, seed=seed)
        moved: Floats = np.abs(ranks_downward(drawn) - nominal).mean(axis=1)
        return moved

    return sobol_indices(shift, n_inputs=len(doubt.inputs()), log2_n=log2_n, seed=seed)


def _place(column: Floats, count: int) -> Ints:
    return np.minimum((column * count).astype(np.int64), count - 1)


def _comparable(doubt: Doubt) -> bool:
    """Say whether scores of all draws are on one scale: means are between their parts, sums and counts are not."""
    return len(set(doubt.scales)) <= 1 and set(doubt.means) <= BETWEEN


def _check(doubt: Doubt, method: Method) -> None:
    """Hold alternatives to what can be computed."""
    if not 0.0 <= doubt.weights_by < 1.0:
        raise BadInput("composite_doubt", value=doubt.weights_by, expected="0-1")
    for name in ("scales", "means", "most_points"):
        if len(set(getattr(doubt, name))) == 1:
            # One choice is no doubt, and would be left out in silence.
            raise BadInput("composite_doubt", value=f"{name}: 1", expected=f"{name}: 2, 3…")
    if len(doubt.most_points) > 1 and method.treatment is None:
        raise BadInput("composite_doubt", value="most_points", expected="[treatment]")
    scales = doubt.scales or ((method.scale, method.low, method.high),)
    for scale, low, high in scales:
        check_ends(scale, low, high)
        if scale is Scale.GOALPOSTS and method.goalposts is None:
            raise BadInput("composite_doubt", value=scale.value, expected="[scale.goalposts]")
        for mean in doubt.means or method.means:
            check_pair(scale, low, mean)
