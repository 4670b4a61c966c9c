"""Hold that an indicator's classes can be drawn and told apart."""

from __future__ import annotations

from itertools import pairwise

from courtepointe.atlas.recipe.bind import Spot
from courtepointe.atlas.recipe.values import Indicator

METHODS = ("quantile", "ckmeans", "fixed")
FEWEST, MOST = 2, 5
"""An eye tells five shades of one hue apart, and one class shows nothing."""


def check_map_classes(indicator: Indicator, spot: Spot) -> None:
    """Check the method, the number and the limits that an indicator declares.

    Raises
    ------
    BadInput
        ``recipe_wrong_value``.
    """
    classes = indicator.classes
    if classes is None:
        return
    inside = spot.inside("classes")
    if classes.method not in METHODS:
        raise inside.wrong("method", classes.method, ", ".join(METHODS))
    if not FEWEST <= classes.number <= MOST:
        raise inside.wrong("number", classes.number, f"a whole number from {FEWEST} to {MOST}")
    if (classes.method == "fixed") is not bool(classes.limits):
        raise inside.wrong("limits", classes.limits, "limits where the method is fixed, else none")
    rising = all(a < b for a, b in pairwise(classes.limits))
    if len(classes.limits) >= MOST or not rising:
        raise inside.wrong("limits", classes.limits, f"1 to {MOST - 1} numbers that rise")
