"""Which units stand for an area: the rules of best fit and of as drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.fit.index import SNAP
from courtepointe.core.fit.shares import InsideShares, SharePairs
from courtepointe.core.typing import Bools, Floats, Ints

HALF = 0.5


@dataclass(frozen=True, slots=True)
class Chosen:
    """The units that stand for an area.

    Attributes
    ----------
    positions : (n_in,) int
        Ascending.
    shares : (n_in,) float
        The part of each that counts: 1 under best fit, above 0 and at most 1 as drawn.
    inside : (n_in,) float, 0 to 1
        The part of each that lies inside.
    out : (n_out,) int
        Units touched that stay out, ascending.
    """

    positions: Ints
    shares: Floats
    inside: Floats
    out: Ints

    @property
    def units_partial(self) -> int:
        """How many of the units in are crossed by the limit."""
        return int(np.count_nonzero(self.inside < 1.0))


@dataclass(frozen=True, slots=True)
class Division:
    """Units given to the areas of a division, each to one at most.

    Attributes
    ----------
    area : (n_units,) int
        The area that each unit goes to; -1 for none.
    inside : (n_units,) float
        The part of the unit inside that area; 0 for none.
    ambiguous : (n_ambiguous,) int
        Units of which at least half lies in more than one area, or that are in the division
        with less than half in any one area. Ascending.
    """

    area: Ints
    inside: Floats
    ambiguous: Ints


def best_fit(shares: InsideShares) -> Chosen:
    """Take whole the units of which at least half lies inside.

    Parameters
    ----------
    shares : InsideShares

    Returns
    -------
    Chosen

    Notes
    -----
    Exactly a half (to 1e-9) is in.
    """
    inside = is_in(shares.inside)
    return Chosen(
        shares.positions[inside],
        np.ones(np.count_nonzero(inside)),
        shares.inside[inside],
        shares.positions[~inside],
    )


def as_drawn(shares: InsideShares) -> Chosen:
    """Take of each unit the part that lies inside.

    Parameters
    ----------
    shares : InsideShares

    Returns
    -------
    Chosen
        Units touched where nobody lives inside stay out.
    """
    inside = shares.inside > 0.0
    part = shares.inside[inside]
    return Chosen(shares.positions[inside], part, part, shares.positions[~inside])


def is_in(share: Floats) -> Bools:
    """Say which shares are at least a half (to 1e-9)."""
    return share >= HALF - SNAP


def best_fit_division(
    pairs: SharePairs, *, n_units: int, union_share: Floats | None = None
) -> Division:
    """Give each unit to one area of a division at most.

    Parameters
    ----------
    pairs : SharePairs
    n_units : int
    union_share : (n_units,) float, 0 to 1
        The part of each unit that lies in any area of the division. Where not given, areas are
        held not to overlap: the sum of the unit's shares, 1 at most.

    Returns
    -------
    Division

    Raises
    ------
    BadInput
        ``core_shape``.

    Notes
    -----
    A unit belongs to the division when at least half of it lies in the union of its areas. It goes
    to the area that holds most of it; shares within 1e-9 are equal, and the first position wins.
    So nobody is counted twice, and whoever is in the division is counted; a unit with at least
    half in exactly one area goes to that one, as it does alone.
    """
    union = np.minimum(np.bincount(pairs.unit, pairs.inside, minlength=n_units), 1.0)
    if union_share is not None:
        if union_share.shape != (n_units,):
            raise BadInput(
                "core_shape", array="union_share", shape=union_share.shape, expected=(n_units,)
            )
        union = union_share
    most = np.zeros(n_units)
    np.maximum.at(most, pairs.unit, pairs.inside)
    leading = (pairs.inside > 0.0) & (pairs.inside >= most[pairs.unit] - SNAP)
    n_areas = int(pairs.area.max(initial=-1)) + 1
    first = np.full(n_units, n_areas)
    np.minimum.at(first, pairs.unit[leading], pairs.area[leading])
    belongs = (is_in(union) | is_in(most)) & (first < n_areas)
    chosen = leading & belongs[pairs.unit] & (pairs.area == first[pairs.unit])
    inside = np.zeros(n_units)
    inside[pairs.unit[chosen]] = pairs.inside[chosen]
    halves = np.bincount(pairs.unit[is_in(pairs.inside)], minlength=n_units)
    ambiguous = belongs & (halves != 1)
    return Division(np.where(belongs, first, -1), inside, np.flatnonzero(ambiguous))
