"""How many are both A and B, or of three groups at once, where only each group by itself was counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats


@dataclass(frozen=True, slots=True)
class Ends:
    """A count in each unit, with the least and the most that it may be.

    Attributes
    ----------
    low, high : (n_units,) float, persons
        Equal for full counts.
    """

    low: Floats
    high: Floats

    def __post_init__(self) -> None:
        if not (np.isfinite(self.low).all() and np.isfinite(self.high).all()):
            raise BadInput("core_not_a_number", array="low, high")
        if self.low.shape != self.high.shape or (self.low > self.high).any():
            raise BadInput("core_interval_reversed", low="low", high="high")


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most who can be both, or of all groups at once.

    Attributes
    ----------
    low, high : float, persons
    """

    low: float
    high: float


def bounds_of(first: Ends, second: Ends, base: Ends, *, shares: Floats) -> Bounds:
    """Add up the least and the most who can be both, unit by unit.

    Parameters
    ----------
    first, second : Ends
        Those who are A, and those who are B, in each unit.
    base : Ends
        All of whom both are a part.
    shares : (n_units,) float, above 0 and at most 1
        The part of each unit that counts.

    Returns
    -------
    Bounds
        ``sum(share * max(0, a + b - n))`` with the least that a and b, and the most that n may be;
        ``sum(share * min(a, b, n))`` with the most that all three may be. The least is never over
        the most.

    Raises
    ------
    BadInput
        ``joint_shape``.

    Notes
    -----
    Source: O. D. Duncan and B. Davis, "An alternative to ecological correlation", American
    Sociological Review 18 (1953); the bounds are those of M. Fréchet, "Sur les tableaux de
    corrélation dont les marges sont données", Annales de l'Université de Lyon A 14 (1951).
    Guarantee: where every count lies between its ends, so does the number of those who are both;
    smaller units never give wider bounds than their sum does.
    """
    return bounds_of_all((first, second), base, shares=shares)


def bounds_of_all(some: Sequence[Ends], base: Ends, *, shares: Floats) -> Bounds:
    """Add up the least and the most who can be of all groups at once, unit by unit.

    Parameters
    ----------
    some : sequence of Ends, one or more
        Those of each group, in each unit.
    base : Ends
        All of whom every group is a part.
    shares : (n_units,) float, above 0 and at most 1
        The part of each unit that counts.

    Returns
    -------
    Bounds
        ``sum(share * max(0, sum(a) - (k - 1) n))`` over k groups, with the least that each may be
        and the most that n may be; ``sum(share * min(a, n))`` with the most that all may be.

    Raises
    ------
    BadInput
        ``joint_shape``.

    Notes
    -----
    The bounds of Fréchet for k events (L. Rüschendorf, "Sharpness of Fréchet-bounds", Zeitschrift
    für Wahrscheinlichkeitstheorie 57 (1981)). One group more never raises either bound.
    """
    shapes = {one.low.shape for one in (*some, base)} | {shares.shape}
    if len(shapes) != 1 or not some:
        raise BadInput("joint_shape", value=str(sorted(shapes)), expected="one shape")
    beyond = (len(some) - 1) * base.high
    least = np.maximum(0.0, np.sum([one.low for one in some], axis=0) - beyond)
    most = np.maximum(0.0, np.min([one.high for one in (*some, base)], axis=0))
    low, high = float((shares * least).sum()), float((shares * most).sum())
    return Bounds(min(low, high), high)


def narrowed(one: Bounds, other: Bounds) -> Bounds | None:
    """Give what two bounds of the same number have in common; None where that is nothing."""
    low, high = max(one.low, other.low), min(one.high, other.high)
    return Bounds(low, high) if low <= high else None
