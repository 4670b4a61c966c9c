"""Many tests at once: which of them may be held up, so that few of those held up are chance."""

from __future__ import annotations

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Bools, Floats


def false_discovery(p_values: Floats, *, rate: float, however: bool = False) -> Bools:
    """Say which tests are discoveries when no more than a part of them may be chance.

    Parameters
    ----------
    p_values : (n_tests,) float, 0 to 1
    rate : float, above 0 and under 1
        The false discovery rate: the part of the discoveries that may be chance, on average.
    however : bool
        As of `adjusted`.

    Returns
    -------
    (n_tests,) bool
        Equal p-values are all discoveries, or none of them is.

    Raises
    ------
    BadInput
        ``rate_out_of_range``, ``p_value_out_of_range``.

    Notes
    -----
    Source: Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate: a practical and
    powerful approach to multiple testing", Journal of the Royal Statistical Society B 57 (1995).
    With the p-values in order, the largest k with ``p(k) <= k / n * rate`` decides. Guarantee: the
    rate holds for independent tests, and for those that depend on each other positively
    (Y. Benjamini and D. Yekutieli, Annals of Statistics 29, 2001).
    """
    return adjusted(p_values, however=however) <= _rate(rate)


def adjusted(p_values: Floats, *, however: bool = False) -> Floats:
    """Give each test the least rate at which it is a discovery.

    Parameters
    ----------
    p_values : (n_tests,) float, 0 to 1
    however : bool
        Hold the rate however the tests depend on each other: rates are 1 + 1/2 + ... + 1/n times as
        large (Benjamini and Yekutieli 2001, theorem 1.3).

    Returns
    -------
    (n_tests,) float, 0 to 1
        In the order given.

    Raises
    ------
    BadInput
        ``p_value_out_of_range``.
    """
    if p_values.size == 0:
        return np.zeros(0)
    if not ((p_values >= 0.0) & (p_values <= 1.0)).all():
        raise BadInput("p_value_out_of_range", value=float(p_values.max()), expected="0-1")
    order = np.argsort(p_values, kind="stable")
    rank = np.arange(1, p_values.size + 1)
    times = float((1.0 / rank).sum()) if however else 1.0
    scaled = p_values[order] * times * p_values.size / rank
    least = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    found = np.empty(p_values.size)
    found[order] = least
    return found


def _rate(rate: float) -> float:
    if not 0.0 < rate < 1.0:
        raise BadInput("rate_out_of_range", value=rate, expected="0-1")
    return rate
