"""The JSON API: areas, figures, portraits of drawn areas, and what they rest on."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Body, Query, Router
from pydantic import Field

from courtepointe.atlas.query.areas import area_table
from courtepointe.atlas.query.values import Portrait
from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import BadInput
from courtepointe.doors.against import asked_against
from courtepointe.doors.api import schemas
from courtepointe.doors.api.answers import reply
from courtepointe.doors.api.asked import Asked, AskedFit, Codes, Offset, Table, table_for
from courtepointe.doors.api.features import url
from courtepointe.doors.api.pages import absolute, link
from courtepointe.doors.portrait_json import area_json, figure_json, fit_json, portrait_json
from courtepointe.formats.boundaries import read_drawn
from courtepointe.press.citation import View, cite, releases_used
from courtepointe.press.galley import area_place
from courtepointe.press.words import say

router = Router(tags=["JSON"])
PAGE, LARGEST_PAGE = 100, 1000
MOST_FIGURES = 5000
MOST_HITS = 50
LONGEST_SEARCH = 200
DRAWN = Words("Territoire tracé", "Drawn area")


class AskedAreas(Asked):
    """A page of areas of one type."""

    type: str = Field(max_length=120, description="TYPE:VINTAGE, or TYPE for its current vintage")
    limit: int = Field(
        PAGE, ge=1, description=f"More than {LARGEST_PAGE} is read as {LARGEST_PAGE}"
    )
    offset: Offset = 0


class AskedFigures(AskedFit):
    """One indicator over the areas of a type."""

    type: str = Field(max_length=120, description="TYPE:VINTAGE, or TYPE for its current vintage")
    indicator: str = Field(max_length=200)
    limit: int = Field(
        LARGEST_PAGE, ge=1, description=f"More than {MOST_FIGURES} is read as {MOST_FIGURES}"
    )
    offset: Offset = 0


class AskedAgainst(AskedFit):
    """What the figures are read against."""

    against: Codes = Field(
        "",
        description="city, parent, peers, peers:GROUP, past, target or TYPE:VINTAGE:CODE, "
        "several with commas; else what the atlas shows",
    )

    @property
    def refs(self) -> tuple[str, ...]:
        """Give what is asked for, each once."""
        return asked_against(self.against.split(","))


class AskedSearch(Asked):
    """Words of a name, forgiving spelling."""

    q: str = Field(max_length=LONGEST_SEARCH)
    limit: int = Field(8, ge=1, le=MOST_HITS)


class AskedPortrait(AskedFit):
    """The portrait of a drawn area."""

    name: str = Field("", max_length=120)


@router.get("/areas", url_name="areas_list", response=schemas.AreaList)
def areas(request: HttpRequest, asked: Query[AskedAreas]) -> HttpResponse:
    """List the areas of a type, by code."""
    table = table_for(request, asked)
    found = table.atlas.areas(asked.type)
    limit = min(asked.limit, LARGEST_PAGE)
    lines = [
        {
            "key": str(one.key),
            "name": one.name.in_(table.lang),
            "type_name": one.type_name.in_(table.lang),
            "parents": [str(parent) for parent in one.parents],
            "surface_km2": one.surface_km2,
            "bounds": list(one.bounds),
        }
        for one in found[asked.offset : asked.offset + limit]
    ]
    links = turns(request, total=len(found), limit=limit, offset=asked.offset)
    return reply({"total": len(found), "areas": lines, "links": links})


def turns(request: HttpRequest, *, total: int, limit: int, offset: int) -> list[dict[str, Any]]:
    """Link to the pages of a list before and after."""
    question = {name: value for name, value in request.GET.items() if name != "offset"}
    after = [("next", offset + limit)] if offset + limit < total else []
    before = [("prev", max(offset - limit, 0))] if offset > 0 else []
    return [
        link(absolute(request, request.path, **question, offset=at), rel)
        for rel, at in (*after, *before)
    ]


@router.get("/areas/{key}", url_name="area", response=schemas.AreaWithFit)
def area(request: HttpRequest, key: str, asked: Query[AskedFit]) -> HttpResponse:
    """Describe an area and how units stand for it."""
    table = table_for(request, asked)
    found = table.atlas.find(key)
    portrait = table.atlas.portrait(found, method=asked.method)
    figures = url("figures_of", key=str(found))
    collection = f"{found.area_type}:{found.vintage}"
    shape = f"{url('items', collection_id=collection)}/{quote(found.code, safe='')}"
    return reply(
        {
            "area": area_json(portrait.area, lang=table.lang),
            "fit": fit_json(portrait.fit),
            "citation": citation(request, table, portrait),
            "pack": portrait.pack_hash,
            "links": [
                link(absolute(request, figures), "related", title="figures"),
                link(absolute(request, shape), "related", kind="application/geo+json"),
            ],
        }
    )


@router.get("/areas/{key}/figures", url_name="figures_of", response=schemas.PortraitTold)
def figures_of(request: HttpRequest, key: str, asked: Query[AskedAgainst]) -> HttpResponse:
    """Give all figures of an area, as `courtepointe atlas show --json` writes them."""
    table = table_for(request, asked)
    portrait = table.atlas.portrait(table.atlas.find(key), method=asked.method)
    if refs := asked.refs:
        portrait = table.atlas.against(portrait, refs)
    return reply(_portrait(request, table, portrait))


@router.post("/portrait", url_name="portrait", response=schemas.PortraitTold)
def portrait(
    request: HttpRequest, asked: Query[AskedPortrait], shape: Body[schemas.Polygon]
) -> HttpResponse:
    """Give all figures of an area that you draw: nothing of it is kept.

    Protected releases, whose sums are told only against the list of all that was told before,
    stay silent here; the site's own pages tell them.
    """
    table = table_for(request, asked)
    drawn = _drawn(request.body, table)
    title = Words(asked.name, asked.name) if asked.name else DRAWN
    found = table.atlas.portrait_of_shape(drawn, name=title, method=asked.method, in_metres=True)
    return reply(_portrait(request, table, found))


def _drawn(content: bytes, table: Table) -> Any:
    """Read the shape as the site reads a file that somebody uploads, under the same limits."""
    told = json.loads(content)
    if not isinstance(told, dict) or told.get("type") in ("Feature", "FeatureCollection"):
        held = content
    else:
        held = json.dumps({"type": "Feature", "properties": {}, "geometry": told}).encode()
    if b"Polygon" not in held:
        raise BadInput("api_shape_without_surface")
    return read_drawn(
        held,
        filename="body.geojson",
        to_crs=table.recipe.metric_crs,
        limit_bytes=settings.UPLOAD_LIMIT_BYTES,
    ).shape


def _portrait(request: HttpRequest, table: Table, found: Portrait) -> dict[str, Any]:
    told = portrait_json(found, table.recipe, lang=table.lang)
    return told | {"citation": citation(request, table, found)}


def citation(request: HttpRequest, table: Table, found: Portrait) -> dict[str, Any]:
    """Write how to cite a portrait; a drawn area has no address of its own."""
    lang = table.lang
    key = found.area.key
    view = View(
        title=say("document.title", lang=lang, place_de=area_place(found, lang=lang).de),
        atlas=table.recipe.name.in_(lang),
        releases=releases_used(table.recipe, found.figures, lang=lang),
        address=absolute(request, url("area", key=str(key))) if key else "",
        pack_hash=found.pack_hash,
        built_on=table.served.built_on,
    )
    made = cite(view, lang=lang)
    return {"text": made.text, "bibtex": made.bibtex, "csl": made.csl}


@router.get("/figures", url_name="figures", response=schemas.FigureList)
def figures(request: HttpRequest, asked: Query[AskedFigures]) -> HttpResponse:
    """Give one indicator for every area of a type: the same figure as in each area's portrait."""
    table = table_for(request, asked)
    held = area_table(table.served.pack, asked.type)
    found = table.atlas.figures_for_type(
        held.type_and_vintage, asked.indicator, method=asked.method
    )
    names = held.names_en if table.lang == "en" else held.names_fr
    limit = min(asked.limit, MOST_FIGURES)
    rows = range(len(held))[asked.offset : asked.offset + limit]
    told = [
        {"code": held.codes[row], "name": names[row], **figure_json(found.figures[row])}
        for row in rows
    ]
    label = table.atlas.indicator(asked.indicator).label.in_(table.lang)
    return reply(
        {
            "type": held.type_and_vintage,
            "indicator": asked.indicator,
            "label": label,
            "total": len(held),
            "figures": told,
            "pack": table.served.pack.content_hash,
            "links": turns(request, total=len(held), limit=limit, offset=asked.offset),
        }
    )


@router.get("/search", url_name="search", response=schemas.Hits)
def search(request: HttpRequest, asked: Query[AskedSearch]) -> HttpResponse:
    """Find areas by name, forgiving spelling."""
    table = table_for(request, asked)
    hits = table.atlas.search(asked.q, limit=asked.limit)
    found = [
        {
            "key": str(hit.key),
            "name": hit.name.in_(table.lang),
            "type_name": hit.type_name.in_(table.lang),
            "score": hit.score,
        }
        for hit in hits
    ]
    return reply({"found": found})
