"""What counts of people and values must be, refused by name and position."""

from __future__ import annotations

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import AnyArray


def check_counts(name: str, values: AnyArray) -> None:
    """See that counts (people, capacities, weights) are finite and not negative.

    Raises
    ------
    BadInput
        ``access_count``.
    """
    wrong = ~np.isfinite(values) | (values < 0.0)
    if wrong.any():
        place = int(np.flatnonzero(wrong.ravel())[0])
        raise BadInput(
            "access_count", array=name, position=place, value=float(values.ravel()[place])
        )


def check_minutes(name: str, values: AnyArray) -> None:
    """See that minutes are known and not negative; infinite ones are those of whom nobody is reached.

    Raises
    ------
    BadInput
        ``access_minutes``.
    """
    wrong = np.isnan(values) | (values < 0.0)
    if wrong.any():
        place = int(np.flatnonzero(wrong.ravel())[0])
        raise BadInput(
            "access_minutes", array=name, position=place, value=float(values.ravel()[place])
        )


def check_shape(name: str, values: AnyArray, expected: tuple[int, ...]) -> None:
    """See that an array has the shape that the others give it.

    Raises
    ------
    BadInput
        ``core_shape``.
    """
    if values.shape != expected:
        raise BadInput("core_shape", array=name, shape=values.shape, expected=expected)


def check_positions(name: str, values: AnyArray, n: int) -> None:
    """See that positions lie among those of an array.

    Raises
    ------
    BadInput
        ``access_position``.
    """
    wrong = (values < 0) | (values >= n)
    if wrong.any():
        place = int(np.flatnonzero(wrong)[0])
        raise BadInput(
            "access_position", array=name, position=place, value=int(values[place]), expected=n
        )
