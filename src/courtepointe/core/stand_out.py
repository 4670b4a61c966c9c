"""Whether an area's values lie further from those of other areas than these lie from each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, stdtr

from courtepointe.core.errors import BadInput
from courtepointe.core.rounding import Z95
from courtepointe.core.typing import Bools, Floats, Ints

LEAST_PEERS = 4
"""Fewer areas say nothing of how areas differ."""


@dataclass(frozen=True, slots=True)
class AmongPeers:
    """One test for each quantity.

    Attributes
    ----------
    tested : (n_quantities,) bool
    difference : (n_quantities,) float
        The area's value less the mean of the others; 0 where not tested.
    centre : (n_quantities,) float
        The mean of the others.
    deviation : (n_quantities,) float
        The standard deviation of the difference where the area is one like the others.
    p_value : (n_quantities,) float
        Two-sided; 1 where not tested.
    n_peers : (n_quantities,) int
        Other areas with a value and a known error.
    """

    tested: Bools
    difference: Floats
    centre: Floats
    deviation: Floats
    p_value: Floats
    n_peers: Ints


def among_peers(
    value: Floats, error: Floats, known: Bools, *, peers: tuple[Floats, Floats, Bools]
) -> AmongPeers:
    """Test an area as one more of its peers.

    Parameters
    ----------
    value, error : (n_quantities,) float
        With the standard error of each value; 0 for a full count.
    known : (n_quantities,) bool
        Whether there is a value whose error is known.
    peers : tuple of (n_peers, n_quantities) arrays
        The same three for the peers.

    Returns
    -------
    AmongPeers
        Not tested: where the area's value or its error is not known, where fewer than
        `LEAST_PEERS` peers have theirs, where all of them have one same value.

    Raises
    ------
    BadInput
        ``core_not_a_number``, ``peers_shape``.

    Notes
    -----
    ``t = (x - m) / sqrt(S**2 * (1 + 1/k) + max(0, s**2 - mean(s_i**2)))`` on k - 1 degrees of
    freedom: m and S are the mean and the standard deviation of the k peers' values, s and s_i the
    standard errors. S holds both how areas truly differ and the peers' own errors; the last term
    is what the area's error has beyond theirs. This is the prediction interval for one more
    observation of a normal population (G. J. Hahn and W. Q. Meeker, Statistical Intervals, 1991,
    chapter 4), as J. P. T. Higgins, S. G. Thompson and D. J. Spiegelhalter use it (Journal of the
    Royal Statistical Society A 172, 2009). Guarantee: with exchangeable areas and normal values the
    p-value is uniform where all errors are alike, and too large rather than too small where the
    area's is the smaller one.
    """
    their_value, their_error, their_known = peers
    if their_value.ndim != 2 or their_value.shape[1] != value.size:
        raise BadInput("peers_shape", value=str(their_value.shape), expected=value.size)
    for name, array, there in (("value", value, known), ("peers", their_value, their_known)):
        if not np.isfinite(array[there]).all():
            raise BadInput("core_not_a_number", array=name)
    count = their_known.sum(axis=0)
    at_least = np.maximum(count, 2)
    held = np.where(their_known, their_value, 0.0)
    centre = held.sum(axis=0) / at_least
    apart = np.where(their_known, their_value - centre, 0.0)
    spread = np.square(apart).sum(axis=0) / (at_least - 1)
    noise = np.where(their_known, np.square(their_error), 0.0).sum(axis=0) / at_least
    beyond = np.maximum(np.square(np.where(known, error, 0.0)) - noise, 0.0)
    deviation = np.sqrt(spread * (1.0 + 1.0 / at_least) + beyond)
    scale = np.abs(their_value, where=their_known, out=np.zeros_like(held)).max(axis=0, initial=0.0)
    tested = known & (count >= LEAST_PEERS) & (np.sqrt(spread) > 1e-12 * scale)
    return _beside(value, centre, deviation, tested=tested, count=count)


def among_all(value: Floats, error: Floats, known: Bools) -> AmongPeers:
    """Test every area as one more of all the others.

    Parameters
    ----------
    value, error : (n_areas, n_quantities) float
        With the standard error of each value; 0 for a full count. Finite also where not known.
    known : (n_areas, n_quantities) bool
        Whether there is a value whose error is known.

    Returns
    -------
    AmongPeers
        Its arrays are (n_areas, n_quantities): each row what `among_peers` gives the area.

    Raises
    ------
    BadInput
        ``core_not_a_number``.

    Notes
    -----
    Sums of all less what the area itself brings, around their common mean. Whether the others are
    all alike is told by their extremes, which no rounding touches.
    """
    if not np.isfinite(value[known]).all():
        raise BadInput("core_not_a_number", array="value")
    total = np.maximum(known.sum(axis=0), 1)
    middle = np.where(known, value, 0.0).sum(axis=0) / total
    far = np.where(known, value - middle, 0.0)
    noise = np.where(known, np.square(error), 0.0)
    count = known.sum(axis=0) - known
    at_least = np.maximum(count, 2)
    rest = far.sum(axis=0) - far
    squares = np.square(far).sum(axis=0) - np.square(far) - np.square(rest) / at_least
    spread = np.maximum(squares, 0.0) / (at_least - 1)
    beyond = np.maximum(noise - (noise.sum(axis=0) - noise) / at_least, 0.0)
    deviation = np.sqrt(spread * (1.0 + 1.0 / at_least) + beyond)
    most, least = _extreme_of_others(value, known), -_extreme_of_others(-value, known)
    apart = most - least > 1e-12 * np.maximum(np.abs(most), np.abs(least))
    tested = known & (count >= LEAST_PEERS) & apart
    return _beside(value, middle + rest / at_least, deviation, tested=tested, count=count)


def _beside(
    value: Floats, centre: Floats, deviation: Floats, *, tested: Bools, count: Ints
) -> AmongPeers:
    """Set values beside the means of as many peers, on one degree of freedom less."""
    difference = np.where(tested, value - centre, 0.0)
    statistic = np.divide(
        difference, deviation, out=np.zeros(value.shape), where=tested & (deviation > 0.0)
    )
    p_value = np.where(tested, 2.0 * stdtr(np.maximum(count, 2) - 1, -np.abs(statistic)), 1.0)
    return AmongPeers(tested, difference, centre, deviation, p_value, count)


def _extreme_of_others(value: Floats, known: Bools) -> Floats:
    """Give the greatest known value among all areas but one, for each; 0 where there is none."""
    held = np.where(known, value, -np.inf)
    order = np.sort(held, axis=0)
    first, second = order[-1], order[-2] if len(order) > 1 else np.full(held.shape[1], -np.inf)
    told = np.where(held == first, np.where((held == first).sum(axis=0) > 1, first, second), first)
    return np.where(np.isfinite(told), told, 0.0)


def p_of_margin(difference: Floats, margin: Floats) -> Floats:
    """Give the two-sided p-value of differences from the half widths of their 95 % intervals.

    Parameters
    ----------
    difference : (n,) float
    margin : (n,) float, 0 or more
        0 for full counts: a difference then is certain, and none is none.

    Returns
    -------
    (n,) float, 0 to 1

    Notes
    -----
    Normal approximation: ``2 * Phi(-|difference| * 1.96 / margin)``.
    """
    sure = np.where(difference == 0.0, 1.0, 0.0)
    scaled = np.divide(
        np.abs(difference) * Z95, margin, out=np.zeros(difference.size), where=margin > 0.0
    )
    return np.where(margin > 0.0, 2.0 * ndtr(-scaled), sure)
