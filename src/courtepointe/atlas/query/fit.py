"""Which units stand for an area: a drawn one by itself, an official one with its whole division."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import shapely

from courtepointe.atlas.fits import Fit, FitMethod
from courtepointe.atlas.query.units import UnitSet
from courtepointe.core.errors import NoAnswer
from courtepointe.core.fit import (
    Chosen,
    InsideShares,
    SharePairs,
    as_drawn,
    best_fit,
    best_fit_division,
    share_by_blocks,
    share_by_surface,
    shares_of_division,
)
from courtepointe.core.typing import Bools, Floats, Ints, Shapes

SLIVER = 0.01
"""Less than this part of a unit, in or out of a union of units, comes from limits drawn twice."""


@dataclass(frozen=True, slots=True)
class Members:
    """The units of an area, as positions, with the fit that people read.

    Attributes
    ----------
    units : (n_in,) int
    shares : (n_in,) float
    """

    fit: Fit
    units: Ints
    shares: Floats

    @property
    def split(self) -> bool:
        """Whether some unit counts in part."""
        return bool((self.shares < 1.0).any())


@dataclass(frozen=True, slots=True)
class DivisionFit:
    """The units of all areas of a division.

    Attributes
    ----------
    members : (n_areas,) tuple of Members
    outside : (n_units,) float, 0 to 1
        The part of each unit that no area of the division counts.
    """

    members: tuple[Members, ...]
    outside: Floats


def shares_inside(units: UnitSet, shape: shapely.Geometry) -> InsideShares:
    """Measure the part of each unit that lies inside a shape, by blocks where there are any."""
    if units.blocks is None:
        return share_by_surface(units.index, shape)
    return share_by_blocks(units.index, shape, blocks=units.blocks)


def fit_shape(units: UnitSet, shape: shapely.Geometry, *, method: FitMethod) -> Members:
    """Fit one shape by itself.

    Raises
    ------
    NoAnswer
        ``area_outside_units`` where the shape lies on no unit; ``area_too_small`` where no unit
        has half of its people or surface inside.
    """
    inside = shares_inside(units, shape)
    covered = covered_share(units, inside.positions, inside.surface, shape)
    if covered <= 0.0:
        raise NoAnswer("area_outside_units", area_type=units.type_and_vintage)
    chosen = as_drawn(inside) if method is FitMethod.AS_DRAWN else best_fit(inside)
    if chosen.positions.size == 0:
        raise _too_small(units, inside)
    return members_of(units, chosen, covered=covered, method=method)


def _too_small(units: UnitSet, inside: InsideShares) -> NoAnswer:
    """Name the unit in which most of the shape lies."""
    surface_m2 = inside.surface * units.index.surface_m2[inside.positions]
    nearest = int(inside.positions[np.argmax(surface_m2)])
    return NoAnswer(
        "area_too_small",
        area_type=units.type_and_vintage,
        nearest=units.table.codes[nearest],
        share=round(100.0 * float(inside.inside.max()), 1),
    )


def covered_share(
    units: UnitSet, positions: Ints, surface: Floats, shape: shapely.Geometry
) -> float:
    """Give the part of a shape's surface that lies on units at all, 0-1."""
    on_units = float((surface * units.index.surface_m2[positions]).sum())
    whole = float(shapely.area(shape))
    return min(on_units / whole, 1.0) if whole > 0.0 else 0.0


def members_of(units: UnitSet, chosen: Chosen, *, covered: float, method: FitMethod) -> Members:
    """Write the fit of the units that were chosen."""
    fit = Fit(
        method=method,
        weight=units.weight,
        unit_type=units.type_and_vintage,
        unit_codes=units.codes(chosen.positions),
        unit_shares=tuple(chosen.shares.tolist()),
        inside_shares=tuple(chosen.inside.tolist()),
        out_codes=units.codes(chosen.out),
        units_partial=chosen.units_partial,
        population_share_inside=_people_inside(units, chosen, method),
        surface_share_covered=covered,
    )
    return Members(fit, chosen.positions, chosen.shares)


def _people_inside(units: UnitSet, chosen: Chosen, method: FitMethod) -> float | None:
    known = units.people_known[chosen.positions]
    people = units.people[chosen.positions][known]
    if people.size == 0 or people.sum() == 0.0:
        return None
    if method is FitMethod.AS_DRAWN:
        return 1.0
    return min(float((people * chosen.inside[known]).sum() / people.sum()), 1.0)


def exact_members(units: UnitSet, positions: Ints) -> Members:
    """Write the fit of an area that is a whole number of units by its own definition."""
    ones = np.ones(positions.size)
    chosen = Chosen(positions, ones, ones, np.zeros(0, dtype=np.int64))
    return members_of(units, chosen, covered=1.0, method=FitMethod.EXACT)


def fit_division(units: UnitSet, shapes: Shapes, *, method: FitMethod) -> DivisionFit:
    """Fit all areas of a division at once: nobody is counted twice.

    Parameters
    ----------
    units : UnitSet
    shapes : (n_areas,) shapely, metres
        With overlaps between areas resolved.
    method : FitMethod
        Best fit gives each unit to one area at most; as drawn splits units between areas.

    Notes
    -----
    An area that consists of whole units, to within `SLIVER` of each, is said to fit exactly: it
    is a union of units drawn in another edition, or with fewer decimals; slivers of its units in
    its neighbours count for nothing. An area without a single unit has an empty fit: its page
    still has its places and its limits.
    """
    filled = np.array(
        [i for i, shape in enumerate(shapes) if not shapely.is_empty(shape)], np.int64
    )
    pairs = shares_of_division(units.index, shapes[filled], blocks=units.blocks)
    inside = _by_area(pairs, filled.size)
    claimed = _claimed(inside, n_units=len(units.table))
    chosen = _chosen(units, pairs, inside, method)
    found = [_empty(units, method)] * len(shapes)
    for place, its, units_in in zip(filled.tolist(), inside, chosen, strict=True):
        whole = _whole(its)
        if whole is None:
            covered = covered_share(units, its.positions, its.surface, shapes[place])
            left = _without(units_in, claimed)
            found[place] = members_of(units, left, covered=covered, method=method)
        else:
            found[place] = exact_members(units, whole)
    outside = np.ones(len(units.table))
    for members in found:
        outside[members.units] -= members.shares
    return DivisionFit(tuple(found), np.clip(outside, 0.0, 1.0))


def fit_in_division(
    units: UnitSet, tree: shapely.STRtree, place: int, *, method: FitMethod
) -> Members:
    """Fit one area as `fit_division` does, looking only at the areas that contend for its units.

    Parameters
    ----------
    units : UnitSet
    tree : shapely.STRtree
        Of the shapes of all areas of the division.
    place : int
        Position of the area.
    """
    shapes: Shapes = tree.geometries
    if shapely.is_empty(shapes[place]):
        return _empty(units, method)
    touched = shares_inside(units, shapes[place]).positions
    contending = np.unique(tree.query(units.table.shapes[touched], predicate="intersects")[1])
    near = np.union1d(contending, [place]).astype(np.int64)
    division = fit_division(units, shapes[near], method=method)
    return division.members[int(np.searchsorted(near, place))]


def _whole(inside: InsideShares) -> Ints | None:
    """Give the units of an area that consists of whole ones, or None."""
    whole = inside.inside > 1.0 - SLIVER
    if not whole.any() or (inside.inside[~whole] >= SLIVER).any():
        return None
    return inside.positions[whole]


def _claimed(inside: list[InsideShares], *, n_units: int) -> Bools:
    """Say which units belong whole to an area: slivers of them elsewhere count for nothing."""
    claimed = np.zeros(n_units, dtype=np.bool_)
    for one in inside:
        whole = _whole(one)
        if whole is not None:
            claimed[whole] = True
    return claimed


def _without(chosen: Chosen, claimed: Bools) -> Chosen:
    kept = ~claimed[chosen.positions]
    out = np.union1d(chosen.out, chosen.positions[~kept]).astype(np.int64)
    return Chosen(chosen.positions[kept], chosen.shares[kept], chosen.inside[kept], out)


def _by_area(pairs: SharePairs, n_areas: int) -> list[InsideShares]:
    """Take the pairs of a division apart, area by area."""
    starts = np.searchsorted(pairs.area, np.arange(n_areas + 1)).tolist()
    spans = [slice(start, stop) for start, stop in itertools.pairwise(starts)]
    return [
        InsideShares(pairs.unit[s], pairs.inside[s], pairs.surface[s], pairs.by_surface[s])
        for s in spans
    ]


def _chosen(
    units: UnitSet, pairs: SharePairs, inside: list[InsideShares], method: FitMethod
) -> list[Chosen]:
    if method is FitMethod.AS_DRAWN:
        return [as_drawn(one) for one in inside]
    division = best_fit_division(pairs, n_units=len(units.table))
    found = []
    for area, one in enumerate(inside):
        mine = division.area[one.positions] == area
        taken = one.positions[mine]
        found.append(Chosen(taken, np.ones(taken.size), one.inside[mine], one.positions[~mine]))
    return found


def _empty(units: UnitSet, method: FitMethod) -> Members:
    none = np.zeros(0, dtype=np.int64)
    chosen = Chosen(none, np.zeros(0), np.zeros(0), none)
    return members_of(units, chosen, covered=0.0, method=method)
