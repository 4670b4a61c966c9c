"""Places of a layer: categorised, positioned, and compared with the borough that they claim."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from courtepointe.atlas.build import spill
from courtepointe.atlas.build.keys import BLANKS, column_of
from courtepointe.atlas.build.sources import FoundSource
from courtepointe.atlas.build.work import PACK, Desk
from courtepointe.atlas.pack.geoparquet import to_metres
from courtepointe.atlas.pack.values import AreaTable, PlaceTable
from courtepointe.atlas.pack.write import PackWriter
from courtepointe.atlas.recipe.values import PlaceLayer
from courtepointe.core.typing import Ints
from courtepointe.formats.places import PlaceFile, read_places
from courtepointe.formats.tables import Table, matching

DASHES = re.compile(r"[\s\-‐‑‒–—―]+")
QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})
LISTED = 200


@dataclass(frozen=True, slots=True)
class Placing:
    """A layer of places to be read.

    Attributes
    ----------
    borough : (str, str) or None
        ``TYPE:VINTAGE`` of the areas that the layer's labels name, and the work that gathered them.
    """

    layer: PlaceLayer
    source: FoundSource
    metric_crs: str
    borough: tuple[str, str] | None = None


def read_layer_of_places(given: Placing, desk: Desk) -> dict[str, Any]:
    """Read a layer of places, and write it.

    Raises
    ------
    BadInput
        All that the readers refuse.
    """
    borough = None
    if given.borough is not None:
        area, work = given.borough
        borough = spill.load_areas(desk.of(work), type_and_vintage=area)
    table, told = build_places(
        given.layer, given.source, metric_crs=given.metric_crs, borough=borough
    )
    writer = PackWriter(desk.out / PACK, given.metric_crs)
    writer.add_places(table)
    return {"told": told, "index": writer.index}


def build_places(
    layer: PlaceLayer, source: FoundSource, *, metric_crs: str, borough: AreaTable | None
) -> tuple[PlaceTable, dict[str, Any]]:
    """Read a layer of places, and report what was left out or contradicts itself.

    Parameters
    ----------
    layer : PlaceLayer
    source : FoundSource
    metric_crs : str
    borough : AreaTable or None
        The areas that the layer's labels name.

    Notes
    -----
    The position is trusted; a label that names another area is counted and listed.
    """
    file = read_places(
        source.one_path(),
        longitude=layer.longitude,
        latitude=layer.latitude,
        crs=layer.crs,
        where=layer.where,
        encoding=source.source.encoding,
    )
    rows = file.attributes
    x, y = to_metres(file.longitude, file.latitude, metric_crs=metric_crs)
    table = PlaceTable(
        layer=layer.code,
        ids=_ids(layer, rows),
        names=_names(layer, rows),
        categories=_categories(layer, rows),
        x=x,
        y=y,
        longitude=file.longitude,
        latitude=file.latitude,
        properties={
            name: rows.texts(column_of(rows, column)) for name, column in layer.properties.items()
        },
    )
    told = _told(layer, file, table)
    if borough is not None and layer.borough_column is not None:
        labels = rows.texts(column_of(rows, layer.borough_column))
        told["labels"] = _contradictions(table, labels, borough)
    return table, told


def _ids(layer: PlaceLayer, rows: Table) -> tuple[str, ...]:
    if layer.id_column is None:
        return tuple(str(row) for row in rows.row_numbers)
    cells = rows.texts(column_of(rows, layer.id_column))
    return tuple(cell or str(row) for cell, row in zip(cells, rows.row_numbers, strict=True))


def _names(layer: PlaceLayer, rows: Table) -> tuple[str, ...]:
    cells = rows.texts(column_of(rows, layer.name_column))
    return tuple(BLANKS.sub(" ", cell or "").strip() for cell in cells)


def _categories(layer: PlaceLayer, rows: Table) -> tuple[str, ...]:
    """Give each row the first category whose condition holds; empty where none does."""
    codes = np.full(len(rows), "", dtype=object)
    for category in reversed(layer.categories):
        codes[matching(rows, category.where)] = category.code
    return tuple(codes.tolist())


def _told(layer: PlaceLayer, file: PlaceFile, table: PlaceTable) -> dict[str, Any]:
    names, counts = np.unique(np.array(table.categories, dtype=str), return_counts=True)
    counted = dict(zip(names.tolist(), counts.tolist(), strict=True))
    return {
        "layer": layer.code,
        "source": layer.source,
        "places": len(file),
        "without_coordinates": file.n_without_coordinates,
        "without_category": counted.pop("", 0),
        "without_name": sum(not name for name in table.names),
        "categories": {one.code: counted.get(one.code, 0) for one in layer.categories},
        "notes": [
            {"code": one.code, "row": one.row, "value": one.value} for one in file.notes[:LISTED]
        ],
    }


def same_word(text: str) -> str:
    """Fold case, accents, dashes and apostrophes, to compare names."""
    plain = unicodedata.normalize("NFD", text.translate(QUOTES).casefold())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return DASHES.sub("-", bare).strip("-")


def _contradictions(
    table: PlaceTable, labels: tuple[str | None, ...], borough: AreaTable
) -> dict[str, Any]:
    """Count labels that name another area than the one that the point lies in."""
    inside = _area_of(table, borough)
    wrong = [
        {
            "place": name,
            "label": label,
            "lies_in": borough.names_fr[place] if place >= 0 else None,
        }
        for name, label, place in zip(table.names, labels, inside.tolist(), strict=True)
        if label and (place < 0 or same_word(label) != same_word(borough.names_fr[place]))
    ]
    return {
        "area": borough.type_and_vintage,
        "labelled": sum(bool(label) for label in labels),
        "contradicted": len(wrong),
        "list": wrong[:LISTED],
    }


def _area_of(table: PlaceTable, areas: AreaTable) -> Ints:
    """Find the area that each place lies in; -1 for none; on a limit the first by code."""
    points = shapely.points(table.x, table.y)
    point, area = shapely.STRtree(areas.shapes).query(points, predicate="intersects")
    inside = np.full(len(points), -1, dtype=np.int64)
    order = np.argsort(-area, kind="stable")
    inside[point[order]] = area[order]
    return inside
