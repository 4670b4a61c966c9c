"""Small boundary files in every format, two squares in Montréal each."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio.raw
import pyproj
import shapely

WEST, SOUTH, SIDE = -73.6, 45.5, 0.01
SQUARE = [[WEST, SOUTH], [WEST + SIDE, SOUTH], [WEST + SIDE, SOUTH + SIDE], [WEST, SOUTH + SIDE]]


def ring(dx: float = 0.0, dy: float = 0.0) -> list[list[float]]:
    """Give a closed square in degrees, moved by so many sides."""
    moved = [[x + dx * SIDE, y + dy * SIDE] for x, y in SQUARE]
    return [*moved, moved[0]]


def polygon(dx: float = 0.0, dy: float = 0.0) -> dict[str, Any]:
    """Give that square as a GeoJSON geometry."""
    return {"type": "Polygon", "coordinates": [ring(dx, dy)]}


TWO = (({"code": "A", "n": 12}, polygon()), ({"code": "Œ", "n": 7}, polygon(1)))


def geojson(
    features: Sequence[tuple[Mapping[str, Any], Any]] = TWO, **members: Any
) -> dict[str, Any]:
    """Give a FeatureCollection."""
    return {
        "type": "FeatureCollection",
        **members,
        "features": [
            {"type": "Feature", "properties": properties, "geometry": geometry}
            for properties, geometry in features
        ],
    }


def write_json(path: Path, content: Any) -> Path:
    """Write JSON."""
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def write_with_engine(path: Path, driver: str, *, crs: str | None, **options: Any) -> Path:
    """Write the two squares with GDAL, in a coordinate system."""
    shapes = np.array([shapely.geometry.shape(shape) for _, shape in TWO])
    if crs is not None:
        move = pyproj.Transformer.from_crs("OGC:CRS84", crs, always_xy=True)
        shapes = shapely.transform(
            shapes, lambda p: np.column_stack(move.transform(p[:, 0], p[:, 1]))
        )
    fields = [np.array([one["code"] for one, _ in TWO], dtype=object), np.array([12, 7])]
    pyogrio.raw.write(
        str(path), shapely.to_wkb(shapes), fields, ["code", "n"], geometry_type="Polygon",
        crs=crs, driver=driver, **options,
    )  # fmt: skip
    return path


def write_geoparquet(path: Path, **described: Any) -> Path:
    """Write the two squares as GeoParquet; `described` goes into the column's description."""
    wkb = [shapely.to_wkb(shapely.geometry.shape(shape)) for _, shape in TWO]
    data = pa.table({"code": ["A", "Œ"], "n": [12, 7], "shape": wkb})
    column = {"encoding": "WKB", "geometry_types": [], **described}
    geo = {"version": "1.1.0", "primary_column": "shape", "columns": {"shape": column}}
    pq.write_table(data.replace_schema_metadata({"geo": json.dumps(geo)}), path)
    return path


def kml(body: str | None = None, head: str = "") -> bytes:
    """Write the two squares as KML, or another body."""
    marks = "".join(
        f"<Placemark><name>{one['code']}</name><ExtendedData><SchemaData><SimpleData name='n'>"
        f"{one['n']}</SimpleData></SchemaData></ExtendedData>{kml_polygon(ring(place))}</Placemark>"
        for place, (one, _) in enumerate(TWO)
    )
    start = f'<?xml version="1.0" encoding="UTF-8"?>{head}'
    space = 'xmlns="http://www.opengis.net/kml/2.2"'
    return f"{start}<kml {space}><Document>{body or marks}</Document></kml>".encode()


def kml_polygon(shell: Sequence[Sequence[float]]) -> str:
    """Write a ring as a KML polygon."""
    points = " ".join(f"{x},{y},0" for x, y in shell)
    inner = f"<LinearRing><coordinates>{points}</coordinates></LinearRing>"
    return f"<Polygon><outerBoundaryIs>{inner}</outerBoundaryIs></Polygon>"


def topojson() -> dict[str, Any]:
    """Give the two squares as a topology with one shared arc."""
    (a, b, c, d), (_, e, f, _) = SQUARE, ring(1)[:4]
    return {
        "type": "Topology",
        "objects": {
            "quarters": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1]], "properties": {"code": "A", "n": 12}},
                    {"type": "Polygon", "arcs": [[2, -1]], "properties": {"code": "Œ", "n": 7}},
                ],
            }
        },
        "arcs": [[b, c], [c, d, a, b], [b, e, f, c]],
    }


def zip_files(path: Path, files: Sequence[Path], *, folder: str = "") -> Path:
    """Put files in a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, folder + file.name)
    return path
