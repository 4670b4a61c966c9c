"""Classes of equal size, and how many parts of a unit fall in those that are counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Bools, Floats, Ints

NEAR = 1e-9
"""Of the range: values that lie no further apart are equal."""


@dataclass(frozen=True, slots=True)
class Count:
    """Which classes are counted.

    Attributes
    ----------
    classes : int, 2 or more
        Of equal size: 5 for quintiles.
    counted : int, 1 to classes - 1
        The highest so many where a part has the direction 1, the lowest where it has -1.

    Raises
    ------
    BadInput
        ``composite_count``.
    """

    classes: int = 5
    counted: int = 2

    def __post_init__(self) -> None:
        if not 0 < self.counted < self.classes:
            raise BadInput("composite_count", value=self.counted, expected=self.classes)


def classes_of(values: Floats, classes: int) -> Ints:
    """Put each column's values into classes of equal size, from 1 for the lowest.

    Parameters
    ----------
    values : (n_units, n_columns) float
    classes : int

    Returns
    -------
    (n_units, n_columns) int

    Notes
    -----
    Class k ends at the value of rank ``ceil(n k / classes)``. Tie rule: equal values share the
    lowest class that one of them would have; what differs in the last digits only is equal.
    Guarantee: without ties, classes differ in size by one at most.
    """
    n_units = len(values)
    ends = -(-n_units * np.arange(1, classes) // classes) - 1
    near = NEAR * (values.max(axis=0) - values.min(axis=0))
    limits = np.sort(values, axis=0)[ends] + near
    above: Ints = (values[None, :, :] > limits[:, None, :]).sum(axis=0, dtype=np.int64)
    return above + 1


def is_counted(values: Floats, direction: Ints, rule: Count) -> Bools:
    """Say which values fall in the classes that are counted.

    Parameters
    ----------
    values : (n_units, n_parts) float
    direction : (n_parts,) int, 1 or -1
    rule : Count

    Returns
    -------
    (n_units, n_parts) bool
    """
    own = classes_of(values, rule.classes)
    high = own > rule.classes - rule.counted
    told: Bools = np.where(direction > 0, high, own <= rule.counted)
    return told


def count(values: Floats, direction: Ints, rule: Count) -> Floats:
    """Count, for each unit, the parts that fall in the classes that are counted, (n_units,)."""
    told: Floats = is_counted(values, direction, rule).sum(axis=1).astype(np.float64)
    return told
