"""What the figures are made of: indicators, sources, releases."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from courtepointe.atlas.recipe.values import Release, Source
from courtepointe.doors.api import schemas
from courtepointe.doors.api.answers import reply
from courtepointe.doors.api.asked import Asked, Table, table_for

router = Router(tags=["JSON"])


@router.get("/indicators", url_name="indicators_list", response=schemas.IndicatorList)
def indicators(request: HttpRequest, asked: Query[Asked]) -> HttpResponse:
    """List what is measured."""
    table = table_for(request, asked)
    universes = {held.code: held.name.in_(table.lang) for held in table.recipe.universes}
    told = [
        {
            "code": one.code,
            "label": one.label.in_(table.lang),
            "section": one.section,
            "universe": universes.get(one.universe, one.universe),
            "measure": one.measure.value,
            "unit": one.unit,
            "aggregation": one.aggregation,
            "decimals": one.decimals,
            "note": one.note.in_(table.lang) if one.note else None,
        }
        for one in table.recipe.indicators
    ]
    return reply({"indicators": told, "pack": table.served.pack.content_hash})


@router.get("/sources", url_name="sources_list", response=schemas.SourceList)
def sources(request: HttpRequest, asked: Query[Asked]) -> HttpResponse:
    """List the sources, their licences, and the files that were read."""
    table = table_for(request, asked)
    told = [_source(table, source) for source in table.recipe.sources]
    return reply({"sources": told, "pack": table.served.pack.content_hash})


def _source(table: Table, source: Source) -> dict[str, Any]:
    lang = table.lang
    licence = next((held for held in table.recipe.licences if held.code == source.licence), None)
    read = table.served.pack.loaded_sources.get(source.code)
    return {
        "code": source.code,
        "publisher": source.publisher,
        "title": source.title.in_(lang),
        "citation": source.citation.in_(lang),
        "licence": licence.title.in_(lang) if licence else source.licence,
        "licence_url": licence.url if licence else None,
        "attribution": licence.attribution.in_(lang) if licence else "",
        "page": source.page,
        "date_published": source.date_published,
        "loaded": read is not None,
        "file": str(read["file"]) if read and "file" in read else None,
        "sha256": str(read["sha256"]) if read and "sha256" in read else None,
    }


@router.get("/releases", url_name="releases_list", response=schemas.ReleaseList)
def releases(request: HttpRequest, asked: Query[Asked]) -> HttpResponse:
    """List the editions of data, and which of them are recalled or superseded."""
    table = table_for(request, asked)
    told = [_release(release, table.lang) for release in table.recipe.releases]
    return reply({"releases": told, "pack": table.served.pack.content_hash})


def _release(release: Release, lang: str) -> dict[str, Any]:
    recall = release.recalled
    return {
        "code": release.code,
        "source": release.source,
        "title": release.title.in_(lang),
        "period": release.period,
        "recalled": None
        if recall is None
        else {
            "date": recall.date,
            "reason": recall.reason.in_(lang),
            "replaced_by": recall.replaced_by,
        },
        "superseded_by": release.superseded_by,
    }
