"""Published intervals combined: of a unit's figure, of sums, of shares and ratios.

All variances are of independent units. See ``docs/methods/uncertainty.md``.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.rounding import Z95
from courtepointe.core.typing import Bools, Floats, Ints

POSITIVE = 1e-9
"""A difference of variances under this part of the first is held to be none."""


class Uncertainty(StrEnum):
    """What the interval of an estimate accounts for (the words of a figure's uncertainty)."""

    NONE = "none"
    ROUNDING = "rounding"
    SAMPLING = "sampling"
    SAMPLING_AND_ROUNDING = "sampling_and_rounding"
    UNKNOWN = "unknown"


UNCERTAINTIES: tuple[Uncertainty, ...] = tuple(Uncertainty)
"""Position of an uncertainty in arrays of codes."""


def sampling_variance(low: Floats, high: Floats, has_interval: Bools) -> Floats:
    """Give the sampling variance that published 95 % intervals state.

    Parameters
    ----------
    low, high : same shape, float
        Only read where ``has_interval``.
    has_interval : same shape, bool

    Returns
    -------
    same shape, float
        ``((high - low) / (2 * Z95))**2``; 0 where there is no interval.

    Raises
    ------
    BadInput
        ``core_not_a_number`` or ``core_interval_reversed``.

    Notes
    -----
    The width says the error, wherever the value lies in it: intervals of small counts lean to
    the side that is possible.
    """
    low_there = np.where(has_interval, low, 0.0)
    high_there = np.where(has_interval, high, 0.0)
    if not (np.isfinite(low_there).all() and np.isfinite(high_there).all()):
        raise BadInput("core_not_a_number", array="low, high")
    if (low_there > high_there).any():
        place = np.argwhere(low_there > high_there)[0]
        raise BadInput(
            "core_interval_reversed",
            low=float(low_there[tuple(place)]),
            high=float(high_there[tuple(place)]),
        )
    return np.square((high_there - low_there) / (2.0 * Z95))


def ratio_sampling_variance(
    ratio: Floats,
    denominator: Floats,
    var_numerator: Floats,
    var_denominator: Floats,
    subset: Bools,
) -> Floats:
    """Give the sampling variance of a numerator over a denominator.

    Parameters
    ----------
    ratio, denominator, var_numerator, var_denominator : same shape, float
        ``denominator`` is not 0.
    subset : broadcastable, bool
        Whether those of the numerator are among those of the denominator (a proportion).

    Returns
    -------
    same shape, float

    Notes
    -----
    For a proportion ``(VarN - p**2 * VarD) / D**2``; where that is not positive, and for other
    ratios, ``(VarN + r**2 * VarD) / D**2``: U.S. Census Bureau, *Understanding and Using American
    Community Survey Data* (2020), chapter 8, derived proportions and ratios.
    """
    of_denominator = np.square(ratio) * var_denominator
    less = var_numerator - of_denominator
    proportion = subset & (less > POSITIVE * var_numerator)
    return np.where(proportion, less, var_numerator + of_denominator) / np.square(denominator)


def combined_half_width(sampling: Floats, rounding_half: Floats) -> Floats:
    """Add a sampling variance and a rounding half width.

    Parameters
    ----------
    sampling : any shape, float
        Variance.
    rounding_half : same shape, float
        95 % half width.

    Returns
    -------
    same shape, float
        ``sqrt(Z95**2 * sampling + rounding_half**2)``; with ten cells or more this is
        ``Z95 * sqrt(sampling + rounding variance)``.
    """
    return np.sqrt(Z95 * Z95 * sampling + np.square(rounding_half))


def uncertainty_codes(sampled: Bools, rounded: Bools, lacking: Bools) -> Ints:
    """Say what each interval accounts for.

    Parameters
    ----------
    sampled, rounded : same shape, bool
    lacking : same shape, bool
        Whether a sampled cell has no published interval.

    Returns
    -------
    same shape, int
        Positions in `UNCERTAINTIES`; ``unknown`` wins wherever a sampled cell lacks its interval.
    """
    codes = sampled.astype(np.int64) * 2 + rounded
    return np.where(lacking, UNCERTAINTIES.index(Uncertainty.UNKNOWN), codes)
