"""JSON with places in it: GeoJSON, an Overpass answer, or a plain list of points."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import shapely
import shapely.geometry

from courtepointe.core.errors import BadInput
from courtepointe.formats.places.found import Found, no_surfaces
from courtepointe.formats.places.overpass import Spot, locate
from courtepointe.formats.places.values import PlaceNote
from courtepointe.formats.tables.values import as_text, table_of

Element = dict[str, Any]

LONGITUDES = ("lon", "lng", "long", "longitude", "Longitude", "LONGITUDE")
LATITUDES = ("lat", "latitude", "Latitude", "LATITUDE")
NO_NAME = "Unnamed"
"""What some copies of OpenStreetMap write where there is no name tag."""
EXPECTED = "GeoJSON, Overpass JSON, [{name, lat, lon}]"


def read_json_places(
    content: bytes, *, file: str, longitude: str | None = None, latitude: str | None = None
) -> Found:
    """Read places from JSON of any of the three forms.

    Raises
    ------
    BadInput
        ``json_broken``, ``not_places``, ``no_features``, ``overpass_incomplete``,
        ``shape_broken``, ``not_a_number``.
    """
    try:
        root = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise BadInput("json_broken", file=file, detail=str(error)[:200]) from error
    if isinstance(root, dict) and isinstance(root.get("features"), list):
        return _from_features(root, file=file)
    if isinstance(root, dict) and isinstance(root.get("elements"), list):
        return _from_elements(root, file=file)
    if isinstance(root, list):
        return _from_list(root, file=file, longitude=longitude, latitude=latitude)
    raise BadInput("not_places", file=file, row=1, expected=EXPECTED)


def _objects(things: list[Any], *, file: str) -> list[Element]:
    if not things:
        raise BadInput("no_features", file=file)
    for row, thing in enumerate(things, start=1):
        if not isinstance(thing, dict):
            raise BadInput("not_places", file=file, row=row, expected=EXPECTED)
    return things


def _from_features(root: Element, *, file: str) -> Found:
    features = _objects(root["features"], file=file)
    spots = [_spot_of(one.get("geometry"), file, row) for row, one in enumerate(features, start=1)]
    fields = [dict(_flat(_properties(one))) for one in features]
    return _found(fields, spots, file=file, crs=_crs(root))


def _properties(feature: Element) -> Element:
    """Give a feature's properties, with its own id where they hold none."""
    properties = feature.get("properties") or {}
    if "id" in feature and "id" not in properties:
        return {"id": feature["id"], **properties}
    return dict(properties)


def _spot_of(geometry: Any, file: str, row: int) -> Spot:
    if geometry is None:
        return Spot()
    try:
        if geometry["type"] == "Point" and len(geometry["coordinates"]) >= 2:
            x, y = geometry["coordinates"][:2]
            return Spot(float(x), float(y))
        shape = shapely.geometry.shape(geometry)
        if shape.is_empty:
            return Spot()
        inside = shapely.point_on_surface(shape)
        return Spot(float(inside.x), float(inside.y), shape.geom_type != "MultiPoint")
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise BadInput("shape_broken", file=file, row=row) from error
    except shapely.errors.ShapelyError as error:
        raise BadInput("shape_broken", file=file, row=row) from error


def _crs(root: Element) -> str | None:
    """Give the system of GeoJSON's old ``crs`` member, if there is one."""
    declared = root.get("crs")
    properties = declared.get("properties") if isinstance(declared, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) else None


def _from_elements(root: Element, *, file: str) -> Found:
    remark = str(root.get("remark", ""))
    if "error" in remark.lower() or "timed out" in remark.lower():
        raise BadInput("overpass_incomplete", file=file, value=remark[:200])
    elements = _objects(root["elements"], file=file)
    kept, spots, rows = locate(elements)
    if not kept:
        raise BadInput("no_features", file=file)
    fields = [dict(_flat(one)) for one in kept]
    return _found(fields, spots, file=file, crs=None, rows=rows)


def _from_list(root: list[Any], *, file: str, longitude: str | None, latitude: str | None) -> Found:
    things = _objects(root, file=file)
    keys = dict.fromkeys(key for one in things for key in one)
    x_key = longitude or next((key for key in LONGITUDES if key in keys), None)
    y_key = latitude or next((key for key in LATITUDES if key in keys), None)
    if x_key not in keys or y_key not in keys:
        raise BadInput("coordinate_columns", file=file)
    spots = [
        Spot(_degree(one.get(x_key), file, row, x_key), _degree(one.get(y_key), file, row, y_key))
        for row, one in enumerate(things, start=1)
    ]
    return _found([dict(_flat(one)) for one in things], spots, file=file, crs=None)


def _degree(value: Any, file: str, row: int, key: str | None) -> float:
    if value is None or value == "":
        return float("nan")
    try:
        return float(value)
    except (TypeError, ValueError) as error:
        raise BadInput(
            "not_a_number", file=file, row=row, column=key, value=str(value)[:80], expected="''"
        ) from error


def _flat(thing: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str | None]]:
    """Write nested tags as columns of their own: ``tags.shop``."""
    for key, value in thing.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", as_text(value)


def _found(
    fields: list[dict[str, str | None]],
    spots: list[Spot],
    *,
    file: str,
    crs: str | None,
    rows: list[int] | None = None,
) -> Found:
    notes = _clear_unnamed(fields)
    names = dict.fromkeys(name for one in fields for name in one)
    columns = {name: [one.get(name) for one in fields] for name in names}
    table = table_of(columns, file=file, n_rows=len(fields), rows=rows)
    x = np.array([spot.x for spot in spots], dtype=np.float64)
    y = np.array([spot.y for spot in spots], dtype=np.float64)
    surfaces = no_surfaces(len(spots)) | np.array([spot.from_surface for spot in spots])
    return Found(table, x, y, crs, surfaces, notes)


def _clear_unnamed(fields: list[dict[str, str | None]]) -> tuple[PlaceNote, ...]:
    """Take a name that says there is none for what it is."""
    nameless = [one for one in fields if one.get("name") == NO_NAME and not one.get("tags.name")]
    for one in nameless:
        one["name"] = None
    return (PlaceNote("unnamed", 0, str(len(nameless))),) if nameless else ()
