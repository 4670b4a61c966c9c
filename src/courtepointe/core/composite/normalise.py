"""Indicators of different units on one scale, where more is always better."""

from __future__ import annotations

import numpy as np

from courtepointe.core.composite.checks import (
    check_goalposts,
    check_polarity,
    check_spread,
    check_whole,
)
from courtepointe.core.composite.values import Method, Scale
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats, Ints

AMPI_LOW, AMPI_HIGH = 70.0, 130.0


def normalise(values: Floats, polarity: Ints, method: Method) -> Floats:
    """Put indicators on the method's scale, turned by their polarity.

    Parameters
    ----------
    values : (n_units, n_indicators) float
    polarity : (n_indicators,) int, 1 or -1
        -1 where less is better.
    method : Method
        Its `scale`, `low`, `high` and `goalposts`.

    Returns
    -------
    (n_units, n_indicators) float
        ``min-max`` on [low, high]; ``z`` with mean `low` and sample standard deviation `high`;
        ``goalposts`` on [low, high], cut there; ``rank`` from 1 for the worst, ``borda`` one less,
        ``percentile`` from 0 to 1; ``ampi`` is min-max on [70, 130], or goalposts where
        there are some, which are not cut.

    Raises
    ------
    BadInput
        ``composite_gap``, ``composite_polarity``, ``composite_all_equal``,
        ``composite_goalposts``, ``composite_scale``.

    Notes
    -----
    Tie rule: equal values share the lowest of their ranks. Sources: OECD and JRC (2008);
    M. Mazziotta and A. Pareto, "Measuring well-being over time: the adjusted
    Mazziotta-Pareto index", Social Indicators Research 136 (2018).
    """
    check_whole(values)
    check_polarity(polarity, values.shape[1])
    fixed = method.scale is Scale.GOALPOSTS
    fixed |= method.scale is Scale.AMPI and method.goalposts is not None
    if not fixed:
        check_spread(values)
    check_ends(method.scale, method.low, method.high)
    turned = values * polarity
    if fixed:
        return _between_goalposts(values, polarity, method)
    return _spread(turned, method)


def _spread(turned: Floats, method: Method) -> Floats:
    """Normalise by the values' own spread."""
    told: Floats
    if method.scale is Scale.Z:
        told = (turned - turned.mean(axis=0)) / turned.std(axis=0, ddof=1)
        return method.low + method.high * told
    if method.scale in (Scale.MIN_MAX, Scale.AMPI):
        ampi = method.scale is Scale.AMPI
        low, high = (AMPI_LOW, AMPI_HIGH) if ampi else (method.low, method.high)
        least, most = turned.min(axis=0), turned.max(axis=0)
        told = low + (high - low) * (turned - least) / (most - least)
        return told
    ranks = ranks_upward(turned)
    if method.scale is Scale.PERCENTILE:
        told = (ranks - 1.0) / (len(turned) - 1)
        return told
    return ranks - (method.scale is Scale.BORDA)


def ranks_upward(values: Floats) -> Floats:
    """Rank each column from 1 for its least value; equal ones share the lowest of their ranks.

    Parameters
    ----------
    values : (n_units, n_columns) float

    Returns
    -------
    (n_units, n_columns) float
    """
    ordered = np.sort(values, axis=0)
    columns = [np.searchsorted(ordered[:, k], values[:, k]) for k in range(values.shape[1])]
    return 1.0 + np.column_stack(columns).astype(np.float64)


def goalposts_around(values: Floats, reference: Floats) -> Floats:
    """Give goalposts in whose middle a reference lies, as wide apart as values are.

    Parameters
    ----------
    values : (n_units, n_indicators) float
    reference : (n_indicators,) float

    Returns
    -------
    (n_indicators, 2) float
        On the scale of AMPI the reference is 100 everywhere.

    Notes
    -----
    Source: M. Mazziotta and A. Pareto (2018).
    """
    half = (values.max(axis=0) - values.min(axis=0)) / 2.0
    return np.column_stack([reference - half, reference + half])


def _between_goalposts(values: Floats, polarity: Ints, method: Method) -> Floats:
    posts = check_goalposts(method.goalposts, values.shape[1])
    share = (values - posts[:, 0]) / (posts[:, 1] - posts[:, 0])
    share = np.where(polarity > 0, share, 1.0 - share)
    if method.scale is Scale.AMPI:
        return AMPI_LOW + (AMPI_HIGH - AMPI_LOW) * share
    return method.low + (method.high - method.low) * np.clip(share, 0.0, 1.0)


def check_ends(scale: Scale, low: float, high: float) -> None:
    """Refuse a scale without width, or that runs backwards; ranks and AMPI have ends of their own.

    Raises
    ------
    BadInput
        ``composite_scale``.
    """
    whole = bool(np.isfinite(low) and np.isfinite(high))
    if scale is Scale.Z:
        whole = whole and high > 0.0
    elif scale in (Scale.MIN_MAX, Scale.GOALPOSTS):
        whole = whole and low < high
    else:
        return
    if not whole:
        raise BadInput("composite_scale", low=low, high=high)
