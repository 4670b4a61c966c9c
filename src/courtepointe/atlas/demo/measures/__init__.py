"""What each characteristic counts: for an id, which persons or households, and which quantity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from courtepointe.atlas.demo.measures.households import HOUSEHOLDS, everyone
from courtepointe.atlas.demo.measures.persons import PERSONS
from courtepointe.atlas.demo.measures.who import What, Who, age

__all__ = ["HOUSEHOLDS", "PERSONS", "QUANTITIES", "Quantity"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity whose mean or median is published.

    Attributes
    ----------
    of_persons : bool
        Else of households.
    who : whom it is asked of
    what : the quantity, for all of them
    """

    of_persons: bool
    who: Who
    what: What


QUANTITIES: Mapping[int, Quantity] = {
    10039: Quantity(True, lambda p: age(p, 0), lambda p: p.persons.age.astype(np.float64) + 0.5),
    10057: Quantity(False, everyone, lambda p: p.households.size.astype(np.float64)),
    10113: Quantity(True, PERSONS[112], lambda p: p.work.income),
    10115: Quantity(True, PERSONS[112], lambda p: p.work.after_tax),
    10243: Quantity(False, everyone, lambda p: p.housing.income),
    10244: Quantity(False, everyone, lambda p: p.housing.after_tax),
    11433: Quantity(False, everyone, lambda p: p.housing.rooms.astype(np.float64)),
    11486: Quantity(False, HOUSEHOLDS[1482], lambda p: p.housing.cost),
    11488: Quantity(False, HOUSEHOLDS[1482], lambda p: p.housing.value),
    11498: Quantity(False, HOUSEHOLDS[1490], lambda p: p.housing.cost),
}
"""What means and medians are of."""
