"""OGC API - Features, Part 1: landing page, conformance, collections, items."""

from __future__ import annotations

import re
from typing import Any, Literal
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from courtepointe.core.errors import BadInput, NotFound
from courtepointe.core.typing import Ints
from courtepointe.doors.api import schemas
from courtepointe.doors.api.answers import GEOJSON, JSON
from courtepointe.doors.api.asked import (
    Asked,
    Codes,
    Offset,
    Table,
    chosen_indicators,
    table_for,
)
from courtepointe.doors.api.collections import (
    Collection,
    collection,
    collections,
    extent_of,
    features,
    inside,
    matching,
)
from courtepointe.doors.api.openapi import OPENAPI
from courtepointe.doors.api.pages import HTML, absolute, link, self_links, told

router = Router(tags=["OGC API"])
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
PAGE, LARGEST_PAGE = 100, 1000
CONFORMS = (
    *(
        f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}"
        for name in ("core", "oas30", "html", "geojson")
    ),
    *(
        f"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/{name}"
        for name in (
            "core", "tileset", "tilesets-list", "dataset-tilesets", "geodata-tilesets",
            "collections-selection", "mvt",
        )
    ),
    *(
        f"http://www.opengis.net/spec/tms/2.0/conf/{name}"
        for name in ("tilematrixset", "json-tilematrixset", "json-tilesetmetadata")
    ),
)  # fmt: skip
VECTOR_TILES = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
TILING_SCHEMES = "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes"
A_TIME = r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))?"
TIME = re.compile(rf"{A_TIME}|(?:{A_TIME}|\.\.)?/(?:{A_TIME}|\.\.)?")
SITE = {"fr": "Le site, pour les personnes", "en": "The site, for people"}
DESCRIPTION = {
    "fr": "Les territoires de cet atlas et leurs chiffres, avec leurs intervalles et leurs statuts.",
    "en": "The areas of this atlas and their figures, with their intervals and statuses.",
}
FILTERS = ("code", "name", "category")


def in_forms(*kinds: str) -> dict[str, Any]:
    """Name the forms of an answer for the description of the API."""
    return {"x-forms": list(kinds)}


class AskedForm(Asked):
    """An answer in one of two forms."""

    f: Literal["json", "html"] | None = Field(None, description="Form of the answer; else Accept")


class AskedItems(AskedForm):
    """A page of features."""

    limit: int = Field(
        PAGE, ge=1, description=f"More than {LARGEST_PAGE} is read as {LARGEST_PAGE}"
    )
    offset: Offset = 0
    bbox: str = Field("", max_length=200, description="west,south,east,north in degrees")
    datetime: str = Field("", max_length=80, description="No feature has a time: all of them match")
    code: str = Field("", max_length=200)
    name: str = Field("", max_length=200)
    category: str = Field("", max_length=200, description="Of places")
    indicators: Codes = Field("", description="Codes with commas: their figures become properties")


def url(name: str, **where: object) -> str:
    """Give the path of an address of the API."""
    return reverse(f"api:{name}", kwargs=where)


@router.get("/", url_name="landing", response=schemas.Landing, openapi_extra=in_forms(JSON, HTML))
def landing(request: HttpRequest, asked: Query[AskedForm]) -> HttpResponse:
    """Lead to all that the API offers."""
    table = table_for(request, asked)
    lang, recipe = table.lang, table.recipe
    links = [
        *self_links(request),
        link(absolute(request, url("openapi")), "service-desc", kind=OPENAPI, title="OpenAPI"),
        link(absolute(request, f"/{lang}/"), "service-doc", kind=HTML, title=SITE[lang]),
        link(absolute(request, url("conformance")), "conformance"),
        link(absolute(request, url("collections")), "data"),
        link(absolute(request, url("tilesets")), VECTOR_TILES),
        link(absolute(request, url("tile_matrix_sets")), TILING_SCHEMES),
        *(link(absolute(request, url(f"{name}_list")), "related", title=name) for name in LISTS),
        link(
            absolute(request, url("catalogue")), "related", kind="application/ld+json", title="DCAT"
        ),
    ]
    notice = recipe.notice.in_(lang) if recipe.notice else ""
    used = {s.licence for s in recipe.sources if s.code in table.served.pack.loaded_sources}
    credits_ = [held.attribution.in_(lang) for held in recipe.licences if held.code in used]
    answer = {
        "title": recipe.name.in_(lang),
        "description": notice or DESCRIPTION[lang],
        "attribution": " · ".join(credits_),
        "links": links,
    }
    return told(request, answer, lang=lang)


LISTS = ("areas", "indicators", "sources", "releases")


@router.get(
    "/conformance", url_name="conformance", response=schemas.Conformance,
    openapi_extra=in_forms(JSON, HTML),
)  # fmt: skip
def conformance(request: HttpRequest, asked: Query[AskedForm]) -> HttpResponse:
    """Name the conformance classes that the API meets."""
    table = table_for(request, asked)
    return told(request, {"conformsTo": list(CONFORMS)}, lang=table.lang)


@router.get(
    "/collections", url_name="collections", response=schemas.Collections,
    openapi_extra=in_forms(JSON, HTML),
)  # fmt: skip
def listed(request: HttpRequest, asked: Query[AskedForm]) -> HttpResponse:
    """List the collections: areas of each type and vintage, layers of places."""
    table = table_for(request, asked)
    held = [_collection(request, table, one) for one in collections(table)]
    return told(request, {"links": self_links(request), "collections": held}, lang=table.lang)


@router.get(
    "/collections/{collection_id}", url_name="collection", response=schemas.CollectionTold,
    openapi_extra=in_forms(JSON, HTML),
)  # fmt: skip
def one(request: HttpRequest, collection_id: str, asked: Query[AskedForm]) -> HttpResponse:
    """Describe a collection."""
    table = table_for(request, asked)
    answer = _collection(request, table, collection(table, collection_id))
    return told(request, answer | {"links": self_links(request) + answer["links"]}, lang=table.lang)


def _collection(request: HttpRequest, table: Table, held: Collection) -> dict[str, Any]:
    here = absolute(request, url("collection", collection_id=held.id))
    items = url("items", collection_id=held.id)
    return {
        "id": held.id,
        "title": held.title,
        "description": held.description,
        "itemType": "feature",
        "extent": {"spatial": {"bbox": [extent_of(table.served, held)], "crs": CRS84}},
        "crs": [CRS84],
        "links": [
            link(here, "collection", title=held.title),
            link(absolute(request, items, f="json"), "items", kind=GEOJSON, title=held.title),
            link(absolute(request, items, f="html"), "items", kind=HTML, title=held.title),
            *_tiles(request, held),
        ],
    }


def _tiles(request: HttpRequest, held: Collection) -> list[dict[str, Any]]:
    """Link to the tiles of areas; places have none."""
    if held.areas is None:
        return []
    tiles = url("collection_tilesets", collection_id=held.id)
    return [link(absolute(request, tiles), VECTOR_TILES, title=held.title)]


@router.get(
    "/collections/{collection_id}/items", url_name="items", response=schemas.Features,
    openapi_extra=in_forms(GEOJSON, HTML),
)  # fmt: skip
def items(request: HttpRequest, collection_id: str, asked: Query[AskedItems]) -> HttpResponse:
    """Give features, page by page."""
    table = table_for(request, asked)
    held = collection(table, collection_id)
    chosen = chosen_indicators(table, asked.indicators)
    rows = _rows(table, held, asked)
    limit = min(asked.limit, LARGEST_PAGE)
    page = rows[asked.offset : asked.offset + limit]
    found = features(table, held, page, [indicator.code for indicator in chosen])
    answer = {
        "type": "FeatureCollection",
        "features": found,
        "links": self_links(request, kind=GEOJSON) + _turns(request, asked, len(rows), limit),
        "timeStamp": timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        "numberMatched": len(rows),
        "numberReturned": len(found),
    }
    return told(request, answer, kind=GEOJSON, lang=table.lang)


def _rows(table: Table, held: Collection, asked: AskedItems) -> Ints:
    if asked.datetime and TIME.fullmatch(asked.datetime) is None:
        raise BadInput("api_datetime", value=asked.datetime)
    names = FILTERS if held.places is not None else FILTERS[:2]
    wanted = {name: getattr(asked, name) for name in FILTERS if getattr(asked, name)}
    strange = [name for name in wanted if name not in names]
    if strange:
        raise BadInput("api_unknown_parameter", value=strange[0], expected=", ".join(names))
    rows = matching(held, wanted)
    if not asked.bbox:
        return rows
    found = set(inside(table.served, held, boxes_of(asked.bbox)).tolist())
    return rows[[row in found for row in rows.tolist()]]


def boxes_of(text: str) -> list[tuple[float, float, float, float]]:
    """Read a box; one that crosses the antimeridian is two."""
    try:
        sides = [float(part) for part in text.split(",")]
    except ValueError:
        sides = []
    if len(sides) == 6:
        sides = [*sides[:2], *sides[3:5]]
    if len(sides) != 4 or not all(abs(side) <= 360.0 for side in sides) or sides[1] > sides[3]:
        raise BadInput("api_bbox", value=text[:80])
    west, south, east, north = sides
    if west <= east:
        return [(west, south, east, north)]
    return [(west, south, 180.0, north), (-180.0, south, east, north)]


def _turns(request: HttpRequest, asked: AskedItems, total: int, limit: int) -> list[dict[str, Any]]:
    """Link to the pages before and after."""
    turns = []
    question = {name: value for name, value in request.GET.items() if name != "offset"}
    if asked.offset + limit < total:
        turns.append(("next", asked.offset + limit))
    if asked.offset > 0:
        turns.append(("prev", max(asked.offset - limit, 0)))
    return [
        link(absolute(request, request.path, **question, offset=at), rel, kind=GEOJSON)
        for rel, at in turns
    ]


@router.get(
    "/collections/{collection_id}/items/{path:feature_id}", url_name="item",
    response=schemas.Feature, openapi_extra=in_forms(GEOJSON, HTML),
)  # fmt: skip
def item(
    request: HttpRequest, collection_id: str, feature_id: str, asked: Query[AskedForm]
) -> HttpResponse:
    """Give one feature."""
    table = table_for(request, asked)
    held = collection(table, collection_id)
    rows = matching(held, {"code": feature_id})
    if rows.size == 0:
        raise NotFound("api_unknown_feature", value=feature_id[:80], collection=held.id)
    found = features(table, held, rows[:1])[0]
    parent = absolute(request, url("collection", collection_id=held.id))
    links = [*self_links(request, kind=GEOJSON), link(parent, "collection", title=held.title)]
    return told(request, found | {"links": links}, kind=GEOJSON, lang=table.lang)


def item_path(collection_id: str, feature_id: str) -> str:
    """Give the path of a feature."""
    return f"{url('items', collection_id=collection_id)}/{quote(feature_id, safe='')}"
