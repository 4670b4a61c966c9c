"""OGC API - Tiles, Part 1: which tiles there are, on which grid; TileJSON for maps in pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from courtepointe.core.errors import NotFound
from courtepointe.core.tiles import MAX_ZOOM, WORLD_M
from courtepointe.doors.api import schemas_of_tiles as schemas
from courtepointe.doors.api.answers import JSON, reply
from courtepointe.doors.api.asked import Table, table_for
from courtepointe.doors.api.collections import collection, extent_of
from courtepointe.doors.api.features import CRS84, AskedForm, in_forms, url
from courtepointe.doors.api.pages import HTML, absolute, link, self_links, told
from courtepointe.doors.api.tiles import (
    SQUARES,
    known_squares,
    tiled_collection,
    tiled_collections,
)
from courtepointe.formats.mvt import MEDIA_TYPE

router = Router(tags=["OGC API"])
SQUARES_URI = f"http://www.opengis.net/def/tilematrixset/OGC/1.0/{SQUARES}"
MERCATOR = "http://www.opengis.net/def/crs/EPSG/0/3857"
SCALE_SET = "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible"
SCHEME = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"
CELLS = 256
"""Of a tile's side, as the register of tile matrix sets counts them."""
PIXEL_M = 0.00028
"""A standard pixel, of which scales are counted."""
TEXT = {"type": "string"}


class AskedTileset(AskedForm):
    """A tileset as OGC describes it, as a page, or as TileJSON."""

    f: Literal["json", "html", "tilejson"] | None = Field(  # type: ignore[assignment]
        None, description="Form of the answer; else Accept"
    )


@router.get(
    "/tileMatrixSets", url_name="tile_matrix_sets", response=schemas.TileMatrixSets,
    openapi_extra=in_forms(JSON, HTML),
)  # fmt: skip
def tile_matrix_sets(request: HttpRequest, asked: Query[AskedForm]) -> HttpResponse:
    """List the grids that tiles are on: one."""
    table = table_for(request, asked)
    here = absolute(request, url("tile_matrix_set", tile_matrix_set=SQUARES))
    one = {"id": SQUARES, "title": SQUARES, "uri": SQUARES_URI, "links": [link(here, "self")]}
    answer = {"tileMatrixSets": [one], "links": self_links(request)}
    return told(request, answer, lang=table.lang)


@router.get(
    "/tileMatrixSets/{tile_matrix_set}", url_name="tile_matrix_set",
    response=schemas.TileMatrixSet, openapi_extra=in_forms(JSON, HTML),
)  # fmt: skip
def tile_matrix_set(
    request: HttpRequest, tile_matrix_set: str, asked: Query[AskedForm]
) -> HttpResponse:
    """Define the grid of Web Mercator's squares."""
    table = table_for(request, asked)
    known_squares(tile_matrix_set)
    answer = {
        "id": SQUARES,
        "title": SQUARES,
        "uri": SQUARES_URI,
        "crs": MERCATOR,
        "orderedAxes": ["X", "Y"],
        "wellKnownScaleSet": SCALE_SET,
        "tileMatrices": [_matrix(zoom) for zoom in range(MAX_ZOOM + 1)],
        "links": self_links(request),
    }
    return told(request, answer, lang=table.lang)


def _matrix(zoom: int) -> dict[str, Any]:
    cell_m = WORLD_M / (CELLS * 2**zoom)
    return {
        "id": str(zoom),
        "scaleDenominator": cell_m / PIXEL_M,
        "cellSize": cell_m,
        "cornerOfOrigin": "topLeft",
        "pointOfOrigin": [-WORLD_M / 2, WORLD_M / 2],
        "tileWidth": CELLS,
        "tileHeight": CELLS,
        "matrixWidth": 2**zoom,
        "matrixHeight": 2**zoom,
    }


@router.get(
    "/tiles", url_name="tilesets", response=schemas.Tilesets, openapi_extra=in_forms(JSON, HTML)
)
def tilesets(request: HttpRequest, asked: Query[AskedForm]) -> HttpResponse:
    """List the tilesets of the whole atlas."""
    table = table_for(request, asked)
    here = absolute(request, url("tileset", tile_matrix_set=SQUARES))
    title = table.recipe.name.in_(table.lang)
    answer = {"tilesets": [_listed(here, title)], "links": self_links(request)}
    return told(request, answer, lang=table.lang)


@router.get(
    "/collections/{collection_id}/tiles", url_name="collection_tilesets",
    response=schemas.Tilesets, openapi_extra=in_forms(JSON, HTML),
)  # fmt: skip
def collection_tilesets(
    request: HttpRequest, collection_id: str, asked: Query[AskedForm]
) -> HttpResponse:
    """List the tilesets of a collection."""
    table = table_for(request, asked)
    held = tiled_collection(table, collection_id)
    where = {"collection_id": held.id, "tile_matrix_set": SQUARES}
    here = absolute(request, url("collection_tileset", **where))
    answer = {"tilesets": [_listed(here, held.title)], "links": self_links(request)}
    return told(request, answer, lang=table.lang)


def _listed(here: str, title: str) -> dict[str, Any]:
    return {
        "title": title,
        "dataType": "vector",
        "crs": MERCATOR,
        "tileMatrixSetURI": SQUARES_URI,
        "links": [link(here, "self", title=title)],
    }


@router.get(
    "/tiles/{tile_matrix_set}", url_name="tileset", response=schemas.Tileset,
    openapi_extra=in_forms(JSON, HTML),
)  # fmt: skip
def tileset(request: HttpRequest, tile_matrix_set: str, asked: Query[AskedTileset]) -> HttpResponse:
    """Describe the tiles of the whole atlas."""
    table = table_for(request, asked)
    known_squares(tile_matrix_set)
    names = tiled_collections(table)
    where = f"{absolute(request, url('tileset', tile_matrix_set=SQUARES))}/"
    return _described(request, table, names, table.recipe.name.in_(table.lang), where)


@router.get(
    "/collections/{collection_id}/tiles/{tile_matrix_set}", url_name="collection_tileset",
    response=schemas.Tileset, openapi_extra=in_forms(JSON, HTML),
)  # fmt: skip
def collection_tileset(
    request: HttpRequest, collection_id: str, tile_matrix_set: str, asked: Query[AskedTileset]
) -> HttpResponse:
    """Describe the tiles of a collection."""
    table = table_for(request, asked)
    known_squares(tile_matrix_set)
    held = tiled_collection(table, collection_id)
    path = url("collection_tileset", collection_id=held.id, tile_matrix_set=SQUARES)
    return _described(request, table, [held.id], held.title, f"{absolute(request, path)}/")


def _described(
    request: HttpRequest, table: Table, names: Sequence[str], title: str, where: str
) -> HttpResponse:
    if not names:
        raise NotFound("collection_without_tiles", value=title)
    zooms = {name: table.atlas.tile_zooms(name) for name in names}
    if request.GET.get("f") == "tilejson":
        return reply(_tilejson(table, zooms, title, where))
    crs = {"crs": CRS84}
    west, south, east, north = _extent(table, names)
    answer = {
        "title": title,
        "dataType": "vector",
        "crs": MERCATOR,
        "tileMatrixSetURI": SQUARES_URI,
        "tileMatrixSetLimits": _limits(min(first for first, _ in zooms.values())),
        "boundingBox": {"lowerLeft": [west, south], "upperRight": [east, north], **crs},
        "layers": [_layer(name, *zooms[name]) for name in names],
        "links": [*self_links(request), *_tile_links(request, where, title)],
    }
    return told(request, answer, lang=table.lang)


def _extent(table: Table, names: Sequence[str]) -> list[float]:
    boxes = [extent_of(table.served, collection(table, name)) for name in names]
    low, high = [[box[side] for box in boxes] for side in (0, 1)], (2, 3)
    return [*(min(side) for side in low), *(max(box[side] for box in boxes) for side in high)]


def _limits(first: int) -> list[dict[str, Any]]:
    """Give the zooms; a tile beyond the atlas is an empty one, not a wrong one."""
    return [
        {
            "tileMatrix": str(zoom),
            "minTileRow": 0,
            "maxTileRow": 2**zoom - 1,
            "minTileCol": 0,
            "maxTileCol": 2**zoom - 1,
        }
        for zoom in range(first, MAX_ZOOM + 1)
    ]


def _layer(name: str, first: int, last: int) -> dict[str, Any]:
    return {
        "id": name,
        "dataType": "vector",
        "geometryDimension": 2,
        "minTileMatrix": str(first),
        "maxTileMatrix": str(last),
        "propertiesSchema": {"type": "object", "properties": {"code": TEXT, "name": TEXT}},
    }


def _tile_links(request: HttpRequest, where: str, title: str) -> list[dict[str, Any]]:
    scheme = absolute(request, url("tile_matrix_set", tile_matrix_set=SQUARES))
    template = f"{where}{{tileMatrix}}/{{tileRow}}/{{tileCol}}"
    return [
        link(scheme, SCHEME),
        link(template, "item", kind=MEDIA_TYPE, title=title) | {"templated": True},
        link(f"{where[:-1]}?f=tilejson", "describedby", title="TileJSON"),
    ]


def _tilejson(
    table: Table, zooms: dict[str, tuple[int, int]], title: str, where: str
) -> dict[str, Any]:
    """Describe tiles in TileJSON 3.0."""
    return {
        "tilejson": "3.0.0",
        "name": title,
        "scheme": "xyz",
        "tiles": [f"{where}{{z}}/{{y}}/{{x}}?lang={table.lang}"],
        "minzoom": min(first for first, _ in zooms.values()),
        "maxzoom": MAX_ZOOM,
        "bounds": _extent(table, list(zooms)),
        "vector_layers": [
            {
                "id": name,
                "fields": {"code": "String", "name": "String"},
                "minzoom": first,
                "maxzoom": last,
            }
            for name, (first, last) in zooms.items()
        ],
    }
