"""OGC API - Tiles, Part 1: the tiles themselves, of one collection or of the whole atlas."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from ninja import Query, Router
from pydantic import Field

from courtepointe.atlas.query.areas import current_vintages
from courtepointe.core.errors import NotFound
from courtepointe.core.tiles import Tile
from courtepointe.doors.api.asked import Asked, Codes, Table, table_for
from courtepointe.doors.api.collections import Collection, collection
from courtepointe.doors.api.features import in_forms
from courtepointe.formats.mvt import MEDIA_TYPE

router = Router(tags=["OGC API"])
SQUARES = "WebMercatorQuad"
QUICKLY = 1
"""A tile is packed while somebody waits: the least effort takes most of the weight off."""
ANSWERS = {200: None, 204: None}


class AskedTile(Asked):
    """A tile in its one form."""

    f: Literal["mvt"] | None = None


class AskedTiles(AskedTile):
    """A tile of some collections."""

    collections: Codes = Field("", description="Collections with commas; else all that are drawn")


def tiled_collection(table: Table, name: str) -> Collection:
    """Give a collection that has tiles, or raise `NotFound`."""
    held = collection(table, name)
    if held.areas is None:
        raise NotFound("collection_without_tiles", value=name)
    return held


def tiled_collections(table: Table, names: str = "") -> tuple[str, ...]:
    """Name the collections with tiles: those asked for, or the current vintage of each type."""
    asked = tuple(dict.fromkeys(name for name in names.split(",") if name))
    if asked:
        return tuple(tiled_collection(table, name).id for name in asked)
    return tuple(
        f"{code}:{vintage}" for code, vintage in current_vintages(table.served.pack).items()
    )


def known_squares(name: str) -> None:
    """Raise `NotFound` for another tile matrix set than Web Mercator's squares."""
    if name != SQUARES:
        raise NotFound("tile_matrix_set", value=name[:80], expected=SQUARES)


@router.get(
    "/collections/{collection_id}/tiles/{tile_matrix_set}/{tile_matrix}/{tile_row}/{tile_col}",
    url_name="collection_tile", response=ANSWERS, openapi_extra=in_forms(MEDIA_TYPE),
)  # fmt: skip
def collection_tile(
    request: HttpRequest,
    collection_id: str,
    tile_matrix_set: str,
    tile_matrix: int,
    tile_row: int,
    tile_col: int,
    asked: Query[AskedTile],
) -> HttpResponse:
    """Give a vector tile of a collection: limits, codes and names."""
    table = table_for(request, asked)
    known_squares(tile_matrix_set)
    held = tiled_collection(table, collection_id)
    return _answer(request, table, [held.id], Tile(tile_matrix, tile_col, tile_row))


@router.get(
    "/tiles/{tile_matrix_set}/{tile_matrix}/{tile_row}/{tile_col}",
    url_name="tile", response=ANSWERS, openapi_extra=in_forms(MEDIA_TYPE),
)  # fmt: skip
def tile(
    request: HttpRequest,
    tile_matrix_set: str,
    tile_matrix: int,
    tile_row: int,
    tile_col: int,
    asked: Query[AskedTiles],
) -> HttpResponse:
    """Give a vector tile with a layer for each collection that the zoom draws."""
    table = table_for(request, asked)
    known_squares(tile_matrix_set)
    wanted = Tile(tile_matrix, tile_col, tile_row)
    drawn = [
        name
        for name in tiled_collections(table, asked.collections)
        if table.atlas.tile_zooms(name)[0] <= wanted.zoom
    ]
    return _answer(request, table, drawn, wanted)


def _answer(request: HttpRequest, table: Table, names: Sequence[str], wanted: Tile) -> HttpResponse:
    """Answer with a tile, packed where the reader unpacks; 204 where nothing is drawn."""
    packed = "gzip" in request.headers.get("Accept-Encoding", "")

    def make() -> bytes:
        drawn = (table.atlas.tile(name, wanted, lang=table.lang) for name in names)
        content = b"".join(drawn)
        return gzip.compress(content, QUICKLY, mtime=0) if packed and content else content

    key = (tuple(names), wanted, table.lang, packed)
    content = table.served.tiles.take(key, make)
    response = HttpResponse(content, content_type=MEDIA_TYPE, status=200 if content else 204)
    if not content:
        del response.headers["Content-Type"]
    elif packed:
        response.headers["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
