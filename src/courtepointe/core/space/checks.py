"""What values on a map must be before anything is said of where they lie."""

from __future__ import annotations

import numpy as np

from courtepointe.core.errors import BadInput, NoAnswer
from courtepointe.core.typing import AnyArray, Floats

LEAST_UNITS = 4
"""The variances divide by n - 3."""
EQUAL = 1e-12
"""Values that differ by less than this part of their size are equal."""


def check_length(name: str, values: AnyArray, n_units: int) -> None:
    """See that an array has one number for each unit.

    Raises
    ------
    BadInput
        ``core_shape``.
    """
    if values.shape != (n_units,):
        raise BadInput("core_shape", array=name, shape=values.shape, expected=(n_units,))


def check_finite(name: str, values: AnyArray) -> None:
    """See that every number is one; a missing value has no place here.

    Raises
    ------
    BadInput
        ``core_not_a_number``.
    """
    if not np.isfinite(values).all():
        raise BadInput("core_not_a_number", array=name)


def check_not_negative(values: Floats) -> None:
    """See that no value is under 0, or raise `BadInput` ``space_negative``."""
    wrong = np.flatnonzero(values < 0.0)
    if wrong.size:
        raise BadInput("space_negative", position=int(wrong[0]), value=float(values[wrong[0]]))


def check_draws(n_draws: int) -> None:
    """See that something is drawn, or raise `BadInput` ``space_draws``."""
    if n_draws < 1:
        raise BadInput("space_draws", value=n_draws)


def deviations(values: Floats, *, n_units: int, n_pairs: int) -> Floats:
    """Give values less their mean, held to be some that can be said to lie anywhere.

    Raises
    ------
    BadInput
        ``core_shape``, ``core_not_a_number``.
    NoAnswer
        ``space_too_few`` units, ``space_no_pairs`` of neighbours, ``space_all_equal`` values.
    """
    check_length("values", values, n_units)
    check_finite("values", values)
    if n_units < LEAST_UNITS:
        raise NoAnswer("space_too_few", value=n_units, expected=LEAST_UNITS)
    if n_pairs == 0:
        raise NoAnswer("space_no_pairs", value=n_units)
    apart: Floats = values - values.mean()
    if np.abs(apart).max() <= EQUAL * np.abs(values).max():
        raise NoAnswer("space_all_equal", value=float(values[0]))
    return apart
