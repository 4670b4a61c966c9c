"""Whole files: GeoPackage, GeoParquet, SDMX, and the catalogue that lists them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from courtepointe.atlas.query.areas import area_table
from courtepointe.atlas.recipe.values import Indicator
from courtepointe.core.errors import BadInput
from courtepointe.doors.api.answers import attached
from courtepointe.doors.api.asked import Asked, Codes, Table, chosen_indicators, table_for
from courtepointe.doors.api.features import in_forms, url
from courtepointe.doors.api.pages import absolute
from courtepointe.formats.published.catalogue import write_catalogue
from courtepointe.formats.sdmx.csv_text import write_csv
from courtepointe.formats.sdmx.json_text import write_data, write_structure
from courtepointe.formats.sdmx.values import Message
from courtepointe.press.open_data.areas import about, areas_geopackage, areas_geoparquet
from courtepointe.press.open_data.catalogue import atlas_catalogue
from courtepointe.press.open_data.sdmx import sdmx_message

router = Router(tags=["Files"])
MOST_CELLS = 1_000_000
SIDES = 4
GEOPACKAGE = "application/geopackage+sqlite3"
PARQUET = "application/vnd.apache.parquet"
SDMX_CSV = "application/vnd.sdmx.data+csv;version=2.0.0"
SDMX_JSON = "application/vnd.sdmx.data+json;version=2.0.0"
SDMX_STRUCTURE = "application/vnd.sdmx.structure+json;version=2.0.0"
TURTLE, JSON_LD = "text/turtle", "application/ld+json"
CATALOGUE = {"ttl": ("turtle", TURTLE), "jsonld": ("json-ld", JSON_LD)}


class AskedFile(Asked):
    """The areas of a type with chosen figures."""

    type: str = Field(max_length=120, description="TYPE:VINTAGE, or TYPE for its current vintage")
    indicators: Codes = Field("", description="Codes with commas; else the key figures")


class AskedCatalogue(Asked):
    """The catalogue in one of two forms."""

    f: Literal["ttl", "jsonld"] | None = Field(None, description="Form; else Accept, else JSON-LD")


@dataclass(frozen=True, slots=True)
class Export:
    """What a file is made of."""

    table: Table
    type: str
    indicators: tuple[Indicator, ...]
    told: dict[str, str]

    @property
    def stem(self) -> str:
        """Name its file."""
        return f"{self.type.replace(':', '-')}-{self.table.served.pack.content_hash[:8]}"


def export_for(request: HttpRequest, asked: AskedFile) -> Export:
    """Read what is asked for, or refuse what would be too large."""
    table = table_for(request, asked)
    held = area_table(table.served.pack, asked.type)
    keys = tuple(code for section in table.recipe.sections for code in section.key_figures)
    indicators = chosen_indicators(table, asked.indicators, default=tuple(dict.fromkeys(keys)))
    cells = len(held) * (1 + SIDES * len(indicators))
    if cells > MOST_CELLS:
        raise BadInput("api_export_too_large", value=cells, expected=MOST_CELLS)
    told = about(
        table.atlas,
        held.type_and_vintage,
        indicators,
        lang=table.lang,
        address=request.build_absolute_uri(),
    )
    return Export(table, held.type_and_vintage, indicators, told)


@router.get("/areas.gpkg", url_name="geopackage", response=str, openapi_extra=in_forms(GEOPACKAGE))
def geopackage(request: HttpRequest, asked: Query[AskedFile]) -> HttpResponse:
    """Give a type's areas and figures as a GeoPackage."""
    made = export_for(request, asked)
    content = areas_geopackage(made.table.atlas, made.type, made.indicators, told=made.told)
    return attached(content, name=f"{made.stem}.gpkg", kind=GEOPACKAGE)


@router.get("/areas.parquet", url_name="geoparquet", response=str, openapi_extra=in_forms(PARQUET))
def geoparquet(request: HttpRequest, asked: Query[AskedFile]) -> HttpResponse:
    """Give a type's areas and figures as GeoParquet."""
    made = export_for(request, asked)
    content = areas_geoparquet(made.table.atlas, made.type, made.indicators, told=made.told)
    return attached(content, name=f"{made.stem}.parquet", kind=PARQUET)


def _sdmx(
    request: HttpRequest,
    asked: AskedFile,
    write: Callable[[Message], bytes],
    ending: str,
    kind: str,
) -> HttpResponse:
    made = export_for(request, asked)
    message = sdmx_message(
        made.table.atlas,
        made.type,
        made.indicators,
        lang=made.table.lang,
        told=made.told,
        prepared=timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    return attached(write(message), name=f"{made.stem}{ending}", kind=kind)


@router.get(
    "/figures.sdmx.csv", url_name="sdmx_csv", response=str, openapi_extra=in_forms(SDMX_CSV)
)
def sdmx_csv(request: HttpRequest, asked: Query[AskedFile]) -> HttpResponse:
    """Give a type's figures as SDMX-CSV 2.0."""
    return _sdmx(request, asked, write_csv, ".sdmx.csv", SDMX_CSV)


@router.get(
    "/figures.sdmx.json", url_name="sdmx_json", response=dict[str, Any],
    openapi_extra=in_forms(SDMX_JSON),
)  # fmt: skip
def sdmx_json(request: HttpRequest, asked: Query[AskedFile]) -> HttpResponse:
    """Give a type's figures as an SDMX-JSON 2.0 data message."""
    return _sdmx(request, asked, write_data, ".sdmx.json", SDMX_JSON)


@router.get(
    "/structure.sdmx.json", url_name="sdmx_structure", response=dict[str, Any],
    openapi_extra=in_forms(SDMX_STRUCTURE),
)  # fmt: skip
def sdmx_structure(request: HttpRequest, asked: Query[AskedFile]) -> HttpResponse:
    """Give the structure that explains the figures, with its code lists."""
    return _sdmx(request, asked, write_structure, "-structure.sdmx.json", SDMX_STRUCTURE)


catalogue_router = Router(tags=["Files"])


@catalogue_router.get(
    "/catalogue", url_name="catalogue", response=Any, openapi_extra=in_forms(JSON_LD, TURTLE)
)
def catalogue(request: HttpRequest, asked: Query[AskedCatalogue]) -> HttpResponse:
    """List every data set with its files, licences and sources, as DCAT."""
    table = table_for(request, asked)
    turtle = asked.f == "ttl" or (
        asked.f is None and request.get_preferred_type([JSON_LD, TURTLE]) == TURTLE
    )

    def file(form: str, name: str) -> str:
        if form == "items":
            return absolute(request, url("items", collection_id=name))
        return absolute(request, url(form), type=name)

    held = atlas_catalogue(table.atlas, address=absolute(request, url("catalogue")), file=file)
    form, kind = CATALOGUE["ttl" if turtle else "jsonld"]
    return HttpResponse(write_catalogue(held, form=form), content_type=kind)
