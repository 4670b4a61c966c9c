"""Rates of small counts with honest intervals: as if ages were the same."""

from __future__ import annotations

import numpy as np
from scipy.special import gammaincinv

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats

TAIL = 0.025


def age_standardised(
    events: Floats, people: Floats, standard: Floats
) -> tuple[Floats, Floats, Floats]:
    """Give the rates that areas would have with the ages of a standard population.

    Parameters
    ----------
    events, people : (n_areas, n_ages) float
        People above 0.
    standard : (n_ages,) or (n_areas, n_ages) float
        Not negative; some above 0.

    Returns
    -------
    rate, low, high : (n_areas,) float
        With the 95 % interval.

    Raises
    ------
    BadInput
        ``rate_counts``.

    Notes
    -----
    Direct standardisation; intervals of the gamma law: M. P. Fay and E. J. Feuer, *Statistics in
    Medicine* 16 (1997).
    """
    _check("people", people, people > 0.0)
    _check("events", events, events >= 0.0)
    parts = np.broadcast_to(standard, events.shape)
    _check("standard", parts, parts >= 0.0)
    _check("standard", parts.sum(axis=1), parts.sum(axis=1) > 0.0)
    weight = parts / parts.sum(axis=1, keepdims=True) / people
    rate = (weight * events).sum(axis=1)
    variance = (np.square(weight) * events).sum(axis=1)
    one_more = weight.max(axis=1)
    low = _gamma(TAIL, rate, variance)
    return rate, low, _gamma(1.0 - TAIL, rate + one_more, variance + np.square(one_more))


def _gamma(part: float, mean: Floats, variance: Floats) -> Floats:
    """Give a quantile of the gamma law of a mean and a variance; 0 where both are."""
    told = np.zeros(mean.size)
    some = mean > 0.0
    shape = np.square(mean[some]) / variance[some]
    told[some] = gammaincinv(shape, part) * variance[some] / mean[some]
    return told


def _check(name: str, values: Floats, right: np.ndarray) -> None:
    wrong = np.flatnonzero(~(right & np.isfinite(values)).ravel())
    if wrong.size:
        place = int(wrong[0])
        raise BadInput(
            "rate_counts", array=name, position=place, value=float(values.ravel()[place])
        )
