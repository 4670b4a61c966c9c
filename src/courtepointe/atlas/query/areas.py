"""Which areas there are: lists, addresses, headers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely
from pyproj import Transformer
from rapidfuzz import process
from rapidfuzz.distance import OSA

from courtepointe.atlas.pack.values import AreaTable, Pack
from courtepointe.atlas.query.values import AreaIdentity, AreaKey, AreaSummary
from courtepointe.atlas.recipe.values import AreaType, Steward, Words
from courtepointe.core.errors import BadInput, NotFound
from courtepointe.core.typing import AnyArray, Floats, Shapes

LONGITUDE_LATITUDE = "EPSG:4326"
NEAR_CODES = 5


def to_degrees(pack: Pack) -> Transformer:
    """Make the transformer from the pack's metres to longitude and latitude."""
    return Transformer.from_crs(pack.recipe.metric_crs, LONGITUDE_LATITUDE, always_xy=True)


def to_metres(pack: Pack) -> Transformer:
    """Make the transformer from longitude and latitude to the pack's metres."""
    return Transformer.from_crs(LONGITUDE_LATITUDE, pack.recipe.metric_crs, always_xy=True)


def moved(shapes: Shapes, transformer: Transformer) -> Shapes:
    """Carry shapes to another coordinate system, all their points at once."""

    def carry(points: AnyArray) -> AnyArray:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    carried: Shapes = shapely.transform(shapes, carry)
    return carried


def degree_bounds(shapes: Shapes, transformer: Transformer) -> Floats:
    """Give (n_areas, 4) west, south, east, north in degrees of the boxes around shapes.

    Notes
    -----
    The box in metres is carried by eight points of its limit; a side of 50 km bows by less
    than 0.001 degree between two of them.
    """
    west, south, east, north = shapely.bounds(shapes).T
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    x = np.stack([west, middle_x, east, west, east, west, middle_x, east])
    y = np.stack([south, south, south, middle_y, middle_y, north, north, north])
    longitude, latitude = transformer.transform(x, y)
    return np.stack([longitude.min(0), latitude.min(0), longitude.max(0), latitude.max(0)], axis=1)


def area_type_of(pack: Pack, type_and_vintage: str) -> AreaType:
    """Give the declaration of a type, or raise `NotFound`."""
    code = type_and_vintage.partition(":")[0]
    for kind in pack.recipe.area_types:
        if kind.code == code:
            return kind
    raise NotFound(
        "unknown_area_type", value=code, expected=", ".join(k.code for k in pack.recipe.area_types)
    )


def type_names(pack: Pack, type_and_vintage: str) -> Words:
    """Name a type in both languages."""
    return area_type_of(pack, type_and_vintage).name


def steward_of(pack: Pack, type_and_vintage: str) -> Steward | None:
    """Say who defines a type of territory."""
    code = area_type_of(pack, type_and_vintage).steward
    return next((s for s in pack.recipe.stewards if s.code == code), None)


def current_vintages(pack: Pack) -> dict[str, str]:
    """Give the latest vintage of each type that the pack holds."""
    latest: dict[str, str] = {}
    for type_and_vintage in pack.area_tables:
        code, vintage = type_and_vintage.split(":", 1)
        latest[code] = max(vintage, latest.get(code, ""))
    return latest


def area_table(pack: Pack, type_and_vintage: str) -> AreaTable:
    """Give the areas of ``TYPE:VINTAGE``, or of the current vintage of ``TYPE``."""
    code, _, vintage = type_and_vintage.partition(":")
    wanted = f"{code}:{vintage or current_vintages(pack).get(code, '')}"
    if wanted in pack.area_tables:
        return pack.area_tables[wanted]
    if any(known.startswith(f"{code}:") for known in pack.area_tables):
        known = ", ".join(k for k in pack.area_tables if k.startswith(f"{code}:"))
        raise NotFound("unknown_vintage", value=type_and_vintage, expected=known)
    raise NotFound("unknown_area_type", value=code, expected=", ".join(current_vintages(pack)))


def parse_key(pack: Pack, text: str) -> AreaKey:
    """Read ``TYPE:VINTAGE:CODE``, or ``TYPE:CODE`` for the current vintage.

    Raises
    ------
    BadInput
        ``area_key`` where the text is neither.
    NotFound
        ``unknown_area_type``, ``unknown_vintage``, ``unknown_area`` with near codes.
    """
    parts = text.strip().split(":", 2)
    if len(parts) == 3 and all(parts):
        return found_key(pack, AreaKey(*parts))
    if len(parts) == 2 and all(parts):
        table = area_table(pack, parts[0])
        return found_key(pack, AreaKey.of(table.type_and_vintage, parts[1]))
    raise BadInput("area_key", value=text, expected="TYPE:VINTAGE:CODE")


def found_key(pack: Pack, key: AreaKey) -> AreaKey:
    """Hold that an area exists, or raise `NotFound` with the codes nearest to its own."""
    position_of(area_table(pack, key.type_and_vintage), key.code)
    return key


def position_of(table: AreaTable, code: str) -> int:
    """Give the position of a code, or raise `NotFound` with the codes nearest to it."""
    place = int(np.searchsorted(np.asarray(table.codes), code))
    if place < len(table) and table.codes[place] == code:
        return place
    if code in table.codes:  # codes that numpy orders otherwise than Python
        return table.codes.index(code)
    near = process.extract(
        code, table.codes, scorer=OSA.normalized_similarity, limit=NEAR_CODES, score_cutoff=0.3
    )
    told = ", ".join(found[0] for found in near) or ", ".join(table.codes[:NEAR_CODES])
    raise NotFound("unknown_area", value=code, area_type=table.type_and_vintage, near=told)


def parents_of(pack: Pack, key: AreaKey) -> tuple[AreaKey, ...]:
    """Give the areas that contain an area, the nearest first."""
    found: list[AreaKey] = []
    while key.type_and_vintage in pack.area_tables:
        table = pack.area_tables[key.type_and_vintage]
        parent = table.parents[position_of(table, key.code)]
        if not parent or AreaKey.parse(parent) in found:
            break
        key = AreaKey.parse(parent)
        found.append(key)
    return tuple(found)


def summaries(
    pack: Pack, type_and_vintage: str, transformer: Transformer
) -> tuple[AreaSummary, ...]:
    """List the areas of a type, in the order of their codes."""
    table = area_table(pack, type_and_vintage)
    named = type_names(pack, table.type_and_vintage)
    bounds = degree_bounds(table.shapes, transformer).tolist()
    keys = [AreaKey.of(table.type_and_vintage, code) for code in table.codes]
    chains = _chains(pack, table)
    return tuple(
        AreaSummary(
            key=key,
            name=Words(table.names_fr[i], table.names_en[i]),
            type_name=named,
            parents=chains(table.parents[i]),
            surface_km2=float(table.surface_m2[i]) / 1e6,
            bounds=tuple(bounds[i]),
        )
        for i, key in enumerate(keys)
    )


def _chains(pack: Pack, table: AreaTable) -> Callable[[str], tuple[AreaKey, ...]]:
    known: dict[str, tuple[AreaKey, ...]] = {"": ()}

    def chain(parent: str) -> tuple[AreaKey, ...]:
        if parent not in known:
            key = AreaKey.parse(parent)
            known[parent] = (key, *parents_of(pack, key))
        return known[parent]

    return chain


def official_identity(pack: Pack, key: AreaKey, transformer: Transformer) -> AreaIdentity:
    """Write the header of an official area."""
    table = area_table(pack, key.type_and_vintage)
    place = position_of(table, key.code)
    steward = steward_of(pack, key.type_and_vintage)
    return AreaIdentity(
        kind="official",
        name=Words(table.names_fr[place], table.names_en[place]),
        key=key,
        type_name=type_names(pack, key.type_and_vintage),
        steward=None if steward is None else steward.name,
        surface_km2=float(table.surface_m2[place]) / 1e6,
        bounds=_bounds(table.shapes[[place]], transformer),
        parents=parents_of(pack, key),
    )


def custom_identity(
    parts: Shapes, transformer: Transformer, *, name: Words, kind: str
) -> AreaIdentity:
    """Write the header of a drawn or assembled area; its shapes are in metres."""
    surface_m2 = float(shapely.area(parts).sum())
    return AreaIdentity(
        kind=kind,
        name=name,
        key=None,
        type_name=None,
        steward=None,
        surface_km2=surface_m2 / 1e6,
        bounds=_bounds(parts, transformer),
    )


def _bounds(parts: Shapes, transformer: Transformer) -> tuple[float, float, float, float]:
    boxes = degree_bounds(parts, transformer)
    west, south = boxes[:, :2].min(axis=0).tolist()
    east, north = boxes[:, 2:].max(axis=0).tolist()
    return west, south, east, north
