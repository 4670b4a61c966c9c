"""The places inside an area, and how many of each kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from courtepointe.atlas.figures import Figure, Method, Status
from courtepointe.atlas.pack.values import Pack, PlaceTable
from courtepointe.atlas.query.areas import area_table, position_of
from courtepointe.atlas.query.values import AreaKey, CategoryCount, LayerPlaces, PlaceFound
from courtepointe.atlas.recipe.values import Indicator, PlaceLayer, Words
from courtepointe.core.aggregate.estimates import COVERAGE_CAUTION, COVERAGE_LEAST, SLACK
from courtepointe.core.typing import AnyArray, Bools, Floats, Ints, Shapes

EVERY_CATEGORY = "*"
OTHER = Words("Autres lieux", "Other places")


@dataclass(frozen=True, slots=True)
class PlaceFinder:
    """The points of one layer, ready to be asked what lies where.

    Attributes
    ----------
    categories : (n_places,) text
    covers : shapely or None
        The territory that the layer describes, in metres; None: everywhere.
    """

    layer: PlaceLayer
    table: PlaceTable
    tree: shapely.STRtree
    categories: AnyArray
    covers: shapely.Geometry | None

    @classmethod
    def of(cls, pack: Pack, layer: PlaceLayer) -> PlaceFinder:
        """Index the points of a layer that the pack holds."""
        table = pack.place_tables[layer.code]
        tree = shapely.STRtree(shapely.points(table.x, table.y))
        covers = None
        if layer.covers is not None:
            key = AreaKey.parse(layer.covers)
            areas = area_table(pack, key.type_and_vintage)
            covers = areas.shapes[position_of(areas, key.code)]
        return cls(layer, table, tree, np.asarray(table.categories, dtype=object), covers)

    def inside(self, shapes: Shapes) -> tuple[Ints, Ints]:
        """Give (n_pairs,) positions of shapes and of the places in them; a limit is inside."""
        shapely.prepare(shapes)
        found: tuple[Ints, Ints] = tuple(self.tree.query(shapes, predicate="intersects"))
        return found

    def covers_surface(self, shapes: Shapes) -> Floats:
        """Give the part of each shape's surface that the layer describes, 0-1: (n_shapes,)."""
        if self.covers is None:
            return np.ones(len(shapes))
        whole = shapely.area(shapes)
        known = shapely.area(shapely.intersection(shapes, self.covers))
        shares: Floats = np.divide(known, whole, out=np.zeros(len(shapes)), where=whole > 0)
        return shares

    def covers_units(self, shapes: Shapes) -> Bools:
        """Say which units lie in the territory that the layer describes: (n_units,)."""
        if self.covers is None:
            return np.ones(len(shapes), dtype=np.bool_)
        shapely.prepare(self.covers)
        inside: Bools = shapely.intersects(self.covers, shapely.point_on_surface(shapes))
        return inside


def places_inside(finder: PlaceFinder, shape: shapely.Geometry, *, coverage: float) -> LayerPlaces:
    """List the places of a layer inside a shape, by category then by name."""
    _, positions = finder.inside(np.array([shape], dtype=object))
    table = finder.table
    order = sorted(positions.tolist(), key=lambda i: (table.categories[i], table.names[i], i))
    return LayerPlaces(
        layer=finder.layer.code,
        name=finder.layer.name,
        source=finder.layer.source,
        counts=_counts(finder, positions),
        places=tuple(
            PlaceFound(
                id=table.ids[i],
                name=table.names[i],
                category=table.categories[i],
                longitude=float(table.longitude[i]),
                latitude=float(table.latitude[i]),
                properties={name: column[i] for name, column in table.properties.items()},
            )
            for i in order
        ),
        coverage=coverage,
    )


def _counts(finder: PlaceFinder, positions: Ints) -> tuple[CategoryCount, ...]:
    found = finder.categories[positions]
    counts = [
        CategoryCount(kind.code, kind.name, int(np.count_nonzero(found == kind.code)))
        for kind in finder.layer.categories
    ]
    known = {kind.code for kind in finder.layer.categories}
    others = sum(1 for category in found if category not in known)
    return (*counts, CategoryCount("", OTHER, others)) if others > 0 else tuple(counts)


def counted_places(
    indicators: Sequence[Indicator],
    finders: dict[str, PlaceFinder],
    shapes: Shapes,
    *,
    coverage: Callable[[PlaceFinder], Floats],
) -> dict[str, list[Figure]]:
    """Count the places that indicators ask for in each shape: by indicator, then by shape.

    Parameters
    ----------
    indicators : sequence of Indicator
        All their layers are among the finders.
    coverage : callable
        The part of each area's people (0-1) who live where a layer describes places.

    Notes
    -----
    Where a layer describes less than 90 % of an area the count is to be read with caution,
    under 70 % there is none: no known place is not no place.
    """
    layers = {layer for indicator in indicators for layer, _ in indicator.places}
    found = {layer: _Found.of(finders[layer], shapes, coverage) for layer in sorted(layers)}
    return {indicator.code: _count(indicator, found, len(shapes)) for indicator in indicators}


@dataclass(frozen=True, slots=True)
class _Found:
    """The places of one layer in each of several shapes: pairs of shape and category."""

    source: str
    shape: Ints
    category: AnyArray
    coverage: Floats

    @classmethod
    def of(
        cls, finder: PlaceFinder, shapes: Shapes, coverage: Callable[[PlaceFinder], Floats]
    ) -> _Found:
        """Ask one layer about all shapes."""
        shape, place = finder.inside(shapes)
        return cls(finder.layer.source, shape, finder.categories[place], coverage(finder))


def _count(indicator: Indicator, found: dict[str, _Found], n_shapes: int) -> list[Figure]:
    counts = np.zeros(n_shapes, dtype=np.int64)
    coverage = np.ones(n_shapes)
    for layer, category in indicator.places:
        its = found[layer]
        mine = its.shape if category == EVERY_CATEGORY else its.shape[its.category == category]
        counts += np.bincount(mine, minlength=n_shapes)
        coverage = np.minimum(coverage, its.coverage)
    sources = tuple(dict.fromkeys(found[layer].source for layer, _ in indicator.places))
    pairs = zip(counts.tolist(), coverage.tolist(), strict=True)
    return [_counted(indicator, count, part, sources) for count, part in pairs]


def _counted(indicator: Indicator, count: int, coverage: float, sources: tuple[str, ...]) -> Figure:
    if coverage < COVERAGE_LEAST - SLACK:
        return Figure(
            indicator=indicator.code,
            value=None,
            unit=indicator.unit,
            status=Status.NOT_AVAILABLE,
            method=Method.NOT_COMPUTED,
            coverage=coverage,
            sources=sources,
        )
    return Figure(
        indicator=indicator.code,
        value=float(count),
        unit=indicator.unit,
        status=Status.AGGREGATED,
        method=Method.COUNTED,
        coverage=min(coverage, 1.0),
        sources=sources,
        cautions=("partial_coverage",) if coverage < COVERAGE_CAUTION - SLACK else (),
    )
