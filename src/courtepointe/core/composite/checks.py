"""What no step can count with, refused by name."""

from __future__ import annotations

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats, Ints

LARGEST = 1e60
"""Beyond it the fourth powers of kurtosis pass what a float holds."""
ALIKE = 1e-12
"""Of their size: values that differ by no more are equal, 0.3 and 3/10 are."""


def check_whole(values: Floats) -> None:
    """Refuse gaps: what is done about them is a step of its own.

    Raises
    ------
    BadInput
        ``composite_gap`` with positions of unit and indicator.
    """
    for unit, indicator in np.argwhere(~np.isfinite(values)):
        raise BadInput("composite_gap", unit=int(unit), indicator=int(indicator))


def check_known(values: Floats) -> None:
    """Refuse an indicator that no unit has, one that a single unit of many has, and numbers too large.

    Raises
    ------
    BadInput
        ``composite_infinite``, ``composite_missing_everywhere``, ``composite_one_value``.
    """
    for unit, indicator in np.argwhere(np.abs(values) > LARGEST):
        raise BadInput("composite_infinite", unit=int(unit), indicator=int(indicator))
    n_known = np.isfinite(values).sum(axis=0)
    for indicator in np.flatnonzero(n_known == 0):
        raise BadInput("composite_missing_everywhere", indicator=int(indicator))
    for indicator in np.flatnonzero((n_known == 1) & (len(values) > 1)):
        raise BadInput("composite_one_value", indicator=int(indicator))


def check_spread(values: Floats) -> None:
    """Refuse an indicator whose values are all equal, but for last digits: it tells no unit from another.

    Raises
    ------
    BadInput
        ``composite_all_equal``.
    """
    for indicator in np.flatnonzero(np.ptp(values, axis=0) <= ALIKE * np.abs(values).max(axis=0)):
        raise BadInput(
            "composite_all_equal", indicator=int(indicator), value=float(values[0, indicator])
        )


def check_polarity(polarity: Ints, n_indicators: int) -> None:
    """Refuse a polarity that is neither 1 nor -1.

    Raises
    ------
    BadInput
        ``composite_polarity``, ``composite_shape``.
    """
    if len(polarity) != n_indicators:
        raise BadInput("composite_shape", value=len(polarity), expected=n_indicators)
    for indicator in np.flatnonzero(np.abs(polarity) != 1):
        raise BadInput(
            "composite_polarity", indicator=int(indicator), value=int(polarity[indicator])
        )


def check_weights(weight: Floats) -> None:
    """Refuse a weight that is no number, under 0, or too large to be added up.

    Raises
    ------
    BadInput
        ``composite_weight``.
    """
    for wrong in np.flatnonzero(~((weight >= 0.0) & (weight <= LARGEST))):
        raise BadInput("composite_weight", node=int(wrong), value=f"{weight[wrong]:.6g}")


def check_goalposts(goalposts: Floats | None, n_indicators: int) -> Floats:
    """Give goalposts back, or refuse those that are not a lower and a higher number each.

    Raises
    ------
    BadInput
        ``composite_no_goalposts``, ``composite_shape``, ``composite_goalposts``.
    """
    if goalposts is None:
        raise BadInput("composite_no_goalposts")
    if goalposts.shape != (n_indicators, 2):
        raise BadInput("composite_shape", value=goalposts.shape, expected=(n_indicators, 2))
    whole = np.isfinite(goalposts).all(axis=1) & (goalposts[:, 0] < goalposts[:, 1])
    for indicator in np.flatnonzero(~whole):
        raise BadInput(
            "composite_goalposts", indicator=int(indicator),
            low=float(goalposts[indicator, 0]), high=float(goalposts[indicator, 1]),
        )  # fmt: skip
    return goalposts
