"""The maps of pages: a kind's areas as a quilt with links, one area in its place, its places as dots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer

from courtepointe.atlas.query.areas import area_table, degree_bounds, to_degrees, to_metres
from courtepointe.atlas.query.shapes import geometry
from courtepointe.atlas.query.values import AreaKey
from courtepointe.atlas.recipe.values import Words
from courtepointe.core.typing import Floats, Ints, Shapes
from courtepointe.doors.served import Served
from courtepointe.doors.site.addresses import area_address
from courtepointe.press.maps import MapArea, Paint
from courtepointe.press.maps.place import Ground, draw_place, ground_of
from courtepointe.press.maps.sheet import MapSheet, lay_out, print_map
from courtepointe.press.palette import LIGHT, Scheme
from courtepointe.press.words import say, typeset

Bounds = tuple[float, float, float, float]
TINTS = 6
WIDE, SMALL = 720.0, 400.0
NAMED = 120
"""A map of more areas than this has no names on it: the list beside it has them all."""


@dataclass(frozen=True, slots=True)
class PageMap:
    """A map ready for its page."""

    svg: str
    bounds: Bounds


def whole_map(served: Served, type_and_vintage: str, *, lang: str) -> PageMap:
    """Draw all areas of a type, each a link to its page."""
    return served.shelf.take(
        ("whole map", type_and_vintage, lang), lambda: _whole(served, type_and_vintage, lang)
    )


def _whole(served: Served, type_and_vintage: str, lang: str) -> PageMap:
    table = area_table(served.pack, type_and_vintage)
    kind, vintage = table.type_and_vintage.split(":", 1)
    areas = []
    for place, code in enumerate(table.codes):
        name = Words(table.names_fr[place], table.names_en[place])
        href = area_address(AreaKey(kind, vintage, code), name, lang=lang)
        label = typeset(name.in_(lang), lang=lang)
        areas.append(MapArea(code, label, table.shapes[place], href=href))
    tints = dict(zip(table.codes, tints_of(table.shapes), strict=True))
    sheet = _sheet(areas, width=WIDE, lang=lang, stem="areas")
    drawn = print_map(
        sheet,
        lambda area: Paint(LIGHT.land, f"tint-{tints[area.code]}"),
        title=_plural(served, kind, lang),
        desc=say("map.outline_desc", lang=lang, n=len(areas)),
        names=len(areas) <= NAMED,
    )
    # The list beside the map has the same links: the keyboard goes through them once.
    svg = drawn.svg.replace("<a href=", '<a tabindex="-1" href=')
    return PageMap(svg, bounds_in_degrees(served, table.shapes))


def _plural(served: Served, kind: str, lang: str) -> str:
    held = next(k for k in served.pack.recipe.area_types if k.code == kind)
    return typeset(held.plural.in_(lang), lang=lang)


def _sheet(
    areas: Sequence[MapArea],
    *,
    width: float,
    lang: str,
    stem: str,
    outline: shapely.Geometry | None = None,
) -> MapSheet:
    return lay_out(areas, outline=outline, width=width, scheme=Scheme.LIGHT, lang=lang, stem=stem)


def tints_of(shapes: Shapes) -> list[int]:
    """Give each area the least tint that no neighbour before it has."""
    tree = shapely.STRtree(shapes)
    first, second = tree.query(shapes, predicate="intersects")
    given: list[int] = []
    for place in range(len(shapes)):
        near: Ints = second[first == place]
        taken = {given[other] for other in near if other < place}
        free = (n for n in range(1, TINTS + 1) if n not in taken)
        given.append(next(free, place % TINTS + 1))
    return given


def place_map(
    served: Served,
    shape: shapely.Geometry,
    *,
    title: str,
    lang: str,
    stem: str,
    dots: Sequence[tuple[float, float]] = (),
) -> PageMap:
    """Draw one area on the quiet ground of its neighbours; dots are longitudes and latitudes."""
    drawn = draw_place(
        ground(served),
        shape,
        title=title,
        lang=lang,
        stem=stem,
        width=WIDE * 0.8 if dots else SMALL,
        dots=in_metres(served, dots),
    )
    return PageMap(drawn.svg, bounds_in_degrees(served, np.array([shape], dtype=object)))


def ground(served: Served) -> Ground:
    """Give the neighbourhoods as a small map shows them."""
    return served.shelf.take("ground", lambda: ground_of(served.pack))


def in_metres(served: Served, dots: Sequence[tuple[float, float]]) -> Floats:
    """Carry longitudes and latitudes to the pack's metres: (n, 2)."""
    x, y = metres(served).transform([d[0] for d in dots], [d[1] for d in dots])
    return np.column_stack([x, y])


def degrees(served: Served) -> Transformer:
    """Give the way from the pack's metres to longitude and latitude; making it takes a while."""
    return served.shelf.take("to degrees", lambda: to_degrees(served.pack))


def metres(served: Served) -> Transformer:
    """Give the way from longitude and latitude to the pack's metres."""
    return served.shelf.take("to metres", lambda: to_metres(served.pack))


def bounds_in_degrees(served: Served, shapes: Shapes) -> Bounds:
    """Give the box around shapes in degrees."""
    boxes = degree_bounds(shapes, degrees(served))
    west, south = boxes[:, :2].min(axis=0).tolist()
    east, north = boxes[:, 2:].max(axis=0).tolist()
    return west, south, east, north


def in_degrees(served: Served, shape: shapely.Geometry) -> dict[str, Any]:
    """Write a shape in metres as GeoJSON in longitude and latitude."""
    return geometry(carried(served, shape))


def carried(served: Served, shape: shapely.Geometry) -> shapely.Geometry:
    """Carry a shape from the pack's metres to longitude and latitude."""
    transformer = degrees(served)
    return shapely.transform(
        shape, lambda points: np.column_stack(transformer.transform(points[:, 0], points[:, 1]))
    )


def interactive_shapes(served: Served, type_and_vintage: str, *, lang: str) -> dict[str, Any]:
    """Give the areas of a type for the map that moves, with the address of each."""
    return served.shelf.take(
        ("moving map", type_and_vintage, lang),
        lambda: _interactive(served, type_and_vintage, lang),
    )


def _interactive(served: Served, type_and_vintage: str, lang: str) -> dict[str, Any]:
    told = served.atlas.map_shapes(type_and_vintage, tolerance_m=15.0)
    table = area_table(served.pack, type_and_vintage)
    middles = carried(served, shapely.MultiPoint(shapely.point_on_surface(table.shapes)))
    boxes = degree_bounds(table.shapes, degrees(served))
    tints = tints_of(table.shapes)
    features = []
    for place, (feature, middle) in enumerate(zip(told["features"], middles.geoms, strict=True)):
        held = feature["properties"]
        more = {
            "address": area_address(
                AreaKey.parse(held["key"]), Words(held["fr"], held["en"]), lang=lang
            ),
            "tint": tints[place],
            "middle": [round(middle.x, 5), round(middle.y, 5)],
            "west": round(float(boxes[place, 0]), 5),
            "east": round(float(boxes[place, 2]), 5),
        }
        features.append(feature | {"properties": held | more})
    return told | {"features": features}
