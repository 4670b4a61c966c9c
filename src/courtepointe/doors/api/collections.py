"""The atlas as collections of features: one for each type and vintage of areas, one for each layer of places."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from courtepointe.atlas.pack.values import AreaTable, PlaceTable
from courtepointe.atlas.query.areas import (
    area_type_of,
    degree_bounds,
    moved,
    steward_of,
    to_degrees,
)
from courtepointe.core.errors import NotFound
from courtepointe.core.typing import Floats, Ints, Shapes
from courtepointe.doors.api.asked import Table
from courtepointe.doors.portrait_json import figure_json
from courtepointe.doors.served import Served

PLACES = "places:"
DECIMALS = 7
"""A centimetre in degrees: more would be noise of the projection."""
SLACK_DEG = 0.002
"""Boxes in degrees are carried by eight points; the shapes themselves decide."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A list of features.

    Attributes
    ----------
    areas, places : AreaTable or PlaceTable, one of them
    """

    id: str
    title: str
    description: str
    areas: AreaTable | None = None
    places: PlaceTable | None = None

    def __len__(self) -> int:
        if self.places is not None:
            return len(self.places.ids)
        assert self.areas is not None
        return len(self.areas)


def collections(table: Table) -> tuple[Collection, ...]:
    """List the collections: areas, the coarsest first, then places."""
    pack, recipe = table.served.pack, table.recipe
    order = {kind.code: place for place, kind in enumerate(recipe.area_types)}
    names = sorted(pack.area_tables, key=lambda n: (order.get(n.partition(":")[0], 0), n))
    return (
        *(_areas(table, name) for name in names),
        *(_places(table, layer.code) for layer in recipe.places if layer.code in pack.place_tables),
    )


def collection(table: Table, name: str) -> Collection:
    """Give a collection by its id, or raise `NotFound`."""
    pack = table.served.pack
    if name in pack.area_tables:
        return _areas(table, name)
    if name.startswith(PLACES) and name.removeprefix(PLACES) in pack.place_tables:
        return _places(table, name.removeprefix(PLACES))
    known = (*pack.area_tables, *(f"{PLACES}{layer}" for layer in pack.place_tables))
    raise NotFound("api_unknown_collection", value=name, expected=", ".join(known))


def _areas(table: Table, name: str) -> Collection:
    pack, lang = table.served.pack, table.lang
    kind, steward = area_type_of(pack, name), steward_of(pack, name)
    vintage = name.partition(":")[2]
    told = steward.name.in_(lang) if steward else ""
    title = f"{kind.plural.in_(lang)}, {vintage}"
    return Collection(name, title, told, areas=pack.area_tables[name])


def _places(table: Table, code: str) -> Collection:
    layer = next(held for held in table.recipe.places if held.code == code)
    source = next(held for held in table.recipe.sources if held.code == layer.source)
    found = table.served.pack.place_tables[code]
    name, told = layer.name.in_(table.lang), source.citation.in_(table.lang)
    return Collection(f"{PLACES}{code}", name, told, places=found)


def bounds_of(served: Served, held: Collection) -> Floats:
    """Give (n_features, 4) west, south, east, north in degrees."""

    def make() -> Floats:
        if held.places is not None:
            x, y = held.places.longitude, held.places.latitude
            return np.column_stack([x, y, x, y])
        assert held.areas is not None
        return degree_bounds(held.areas.shapes, to_degrees(served.pack))

    return served.shelf.take(("bounds in degrees", held.id), make)


def extent_of(served: Served, held: Collection) -> list[float]:
    """Give the box around all features."""
    if len(held) == 0:
        return [-180.0, -90.0, 180.0, 90.0]
    found = bounds_of(served, held)
    sides = (*found[:, :2].min(axis=0), *found[:, 2:].max(axis=0))
    return [round(float(side), DECIMALS) for side in sides]


def shapes_at(served: Served, held: Collection, rows: Ints) -> Shapes:
    """Give the shapes of some features in longitude and latitude."""
    if held.places is not None:
        points: Shapes = shapely.points(held.places.longitude[rows], held.places.latitude[rows])
        return points
    assert held.areas is not None
    shapes = held.areas.shapes[rows]
    if rows.size == 0:
        return shapes
    carried = moved(shapes, to_degrees(served.pack))
    rounded: Shapes = shapely.transform(carried, lambda points: np.round(points, DECIMALS))
    return rounded


def inside(served: Served, held: Collection, boxes: Sequence[tuple[float, ...]]) -> Ints:
    """Find the features that touch one of some boxes: their rows, in order."""
    bounds = bounds_of(served, held)
    near = np.zeros(len(held), dtype=bool)
    for west, south, east, north in boxes:
        near |= (
            (bounds[:, 0] <= east + SLACK_DEG)
            & (bounds[:, 2] >= west - SLACK_DEG)
            & (bounds[:, 1] <= north + SLACK_DEG)
            & (bounds[:, 3] >= south - SLACK_DEG)
        )
    rows = np.flatnonzero(near).astype(np.int64)
    frame = shapely.union_all([shapely.box(*box) for box in boxes])
    shapely.prepare(frame)
    touching: Ints = rows[shapely.intersects(frame, shapes_at(served, held, rows))]
    return touching


def matching(held: Collection, wanted: Mapping[str, str]) -> Ints:
    """Find the features whose properties are those asked for: their rows, in order."""
    fits = np.ones(len(held), dtype=bool)
    for name, value in wanted.items():
        found = np.zeros(len(held), dtype=bool)
        for column in _columns(held, name):
            found |= np.array(column, dtype=object) == value
        fits &= found
    return np.flatnonzero(fits).astype(np.int64)


def _columns(held: Collection, name: str) -> tuple[Sequence[str], ...]:
    """Give the columns that a property is looked for in: a name in either language."""
    if held.places is not None:
        places = held.places
        columns = {"code": places.ids, "name": places.names, "category": places.categories}
        return (columns[name],)
    assert held.areas is not None
    if name == "name":
        return held.areas.names_fr, held.areas.names_en
    return (held.areas.codes,) if name == "code" else ()


def features(
    table: Table, held: Collection, rows: Ints, indicators: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """Write features as GeoJSON, with figures where indicators are asked for."""
    shapes = shapely.to_geojson(shapes_at(table.served, held, rows))
    return [
        {
            "type": "Feature",
            "id": feature_id(held, int(row)),
            "geometry": json.loads(shape),
            "properties": _properties(held, int(row)) | _figures(table, held, int(row), indicators),
        }
        for row, shape in zip(rows, shapes, strict=True)
    ]


def feature_id(held: Collection, row: int) -> str:
    """Give the code of an area, or the id of a place."""
    if held.places is not None:
        return held.places.ids[row]
    assert held.areas is not None
    return held.areas.codes[row]


def _properties(held: Collection, row: int) -> dict[str, Any]:
    if held.places is not None:
        places = held.places
        own = {name: _plain(column[row]) for name, column in places.properties.items()}
        named = {"name": places.names[row], "category": places.categories[row] or None}
        return {
            "code": places.ids[row],
            **named,
            **{k: v for k, v in own.items() if k not in named},
        }
    areas = held.areas
    assert areas is not None
    fixed: dict[str, Any] = {
        "code": areas.codes[row],
        "name_fr": areas.names_fr[row],
        "name_en": areas.names_en[row],
        "dguid": areas.dguids[row] or None,
        "parent": areas.parents[row] or None,
        "surface_km2": round(float(areas.surface_m2[row]) / 1e6, 6),
    }
    own = {name: _plain(column[row]) for name, column in areas.properties.items()}
    return fixed | {name: value for name, value in own.items() if name not in fixed}


def _plain(value: Any) -> Any:
    """Give a value that JSON knows; a number that is none becomes null."""
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and not np.isfinite(value):
        return None
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def _figures(table: Table, held: Collection, row: int, indicators: Sequence[str]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for code in indicators if held.areas is not None else ():
        figure = table.atlas.figures_for_type(held.id, code).figures[row]
        for name, value in figure_json(figure).items():
            if name in ("value", "low", "high", "status"):
                told[f"{code}_{name}"] = value
    return told
