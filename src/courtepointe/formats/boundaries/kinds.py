"""Tell what kind of boundary file this is: by what it contains, never by its name alone."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from courtepointe.core.errors import BadInput
from courtepointe.formats import archives

GEOJSON, TOPOJSON, GEOPACKAGE = "geojson", "topojson", "geopackage"
SHAPEFILE, GEOPARQUET, KML, ZIP = "shapefile", "geoparquet", "kml", "zip"

KINDS_BY_SUFFIX = {
    ".geojson": {GEOJSON, TOPOJSON},
    ".topojson": {GEOJSON, TOPOJSON},
    ".json": {GEOJSON, TOPOJSON},
    ".gpkg": {GEOPACKAGE},
    ".shp": {SHAPEFILE},
    ".parquet": {GEOPARQUET},
    ".geoparquet": {GEOPARQUET},
    ".kml": {KML},
    ".kmz": {ZIP},
    ".zip": {ZIP},
}
ZIPPED_SUFFIXES = tuple(s for s in KINDS_BY_SUFFIX if s not in (".kmz", ".zip"))
EXPECTED = "GeoJSON, TopoJSON, GeoPackage, Shapefile, GeoParquet, KML"

EDGE_BYTES = 64 * 1024
SQLITE_MAGIC = b"SQLite format 3\x00"
SHP_MAGIC = b"\x00\x00\x27\x0a"
JSON_TYPE = re.compile(rb'"type"\s*:\s*"(\w+)"')
SHAPELESS = frozenset((b"Point", b"MultiPoint", b"LineString", b"MultiLineString"))
"""Kinds of geometry that have no surface."""
GEOJSON_TYPES = frozenset(
    b"FeatureCollection Feature Polygon MultiPolygon GeometryCollection Point MultiPoint "
    b"LineString MultiLineString".split()
)


def kind_of(path: Path) -> str:
    """Tell the kind of a boundary file.

    Raises
    ------
    BadInput
        ``web_page_instead``, ``not_boundaries``, ``not_what_its_name_says``, ``json_cut``.
    """
    kind = _kind_by_content(path)
    suffix = PurePosixPath(path.name).suffix.lower()
    if kind not in KINDS_BY_SUFFIX.get(suffix, {kind}):
        raise BadInput("not_what_its_name_says", file=path.name, found=kind, expected=suffix)
    return kind


def _kind_by_content(path: Path) -> str:
    start = archives.first_bytes(path, n_bytes=EDGE_BYTES)
    if start[:4] in (archives.ZIP_MAGIC, archives.EMPTY_ZIP_MAGIC):
        return ZIP
    if start.startswith(SQLITE_MAGIC):
        return GEOPACKAGE
    if start.startswith(SHP_MAGIC):
        return SHAPEFILE
    if start.startswith(b"PAR1"):
        return GEOPARQUET
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<"):
        return _kind_of_xml(text, file=path.name)
    if text.startswith((b"{", b"[")):
        return _kind_of_json(path, start)
    raise BadInput("not_boundaries", file=path.name, expected=EXPECTED)


def _kind_of_xml(text: bytes, *, file: str) -> str:
    lowered = text[:4096].lower()
    if b"<!doctype html" in lowered or b"<html" in lowered:
        raise BadInput("web_page_instead", file=file)
    if re.search(rb"<(\w+:)?kml[\s>]", lowered):
        return KML
    raise BadInput("not_boundaries", file=file, expected=EXPECTED)


def _kind_of_json(path: Path, start: bytes) -> str:
    """Look for the type at both ends of the text, as it may be written first or last."""
    end = _last_bytes(path)
    if not end.rstrip().endswith((b"}", b"]")):
        raise BadInput("json_cut", file=path.name)
    types = {found for edge in (start, end) for found in JSON_TYPE.findall(edge)}
    if b"Topology" in types:
        return TOPOJSON
    if types & GEOJSON_TYPES or b'"features"' in start:
        return GEOJSON
    for other in sorted(types & SHAPELESS):
        raise BadInput("shape_not_polygon", file=path.name, row=1, found=other.decode())
    raise BadInput("not_boundaries", file=path.name, expected=EXPECTED)


def _last_bytes(path: Path) -> bytes:
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - EDGE_BYTES))
        return stream.read()
