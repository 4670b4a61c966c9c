"""An area that a stranger sends: drawn on the map, or uploaded as a file.

Nothing of what comes is trusted: not its size, not its name, not what it says it is.
"""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import shapely
import shapely.geometry

from courtepointe.core import shapes as core
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Shapes
from courtepointe.formats import archives
from courtepointe.formats.boundaries import kinds
from courtepointe.formats.boundaries.engine import read_with_engine
from courtepointe.formats.boundaries.kml import read_kml
from courtepointe.formats.boundaries.layers import one_file
from courtepointe.formats.boundaries.read import polygons_of
from courtepointe.formats.boundaries.values import Drawn, Layer
from courtepointe.formats.tables.values import table_of

UPLOAD_LIMIT_BYTES = 10 * 1024**2
UNPACKED_LIMIT_BYTES = 30 * 1024**2
VERTEX_LIMIT = 200_000
FEATURE_LIMIT = 5_000
MARKS_LIMIT = 3 * VERTEX_LIMIT
"""Brackets or tags in a text: beyond this no parser is asked, as it would fill the memory."""
SCRIBBLE_MET, SCRIBBLE_PAIRS = 12, 100_000
UNION_PAIRS = 1_500_000
"""What is mended or united in a few seconds; see `core.shapes.edge_meetings`."""
SUFFIXES = (".geojson", ".json", ".gpkg", ".kml", ".kmz", ".zip")
NAME_COLUMNS = ("name", "Name", "NAME", "nom", "Nom", "NOM")
CRS_NAME = re.compile(r"(?:urn:ogc:def:crs:)?(?:EPSG|OGC):[\d.]*:?\w+")
"""A code of an authority only: a text of parameters could name files of this machine."""
GEOMETRIES = frozenset(("Polygon", "MultiPolygon", "GeometryCollection"))


def read_drawn(
    source: bytes | Path,
    *,
    filename: str,
    to_crs: str,
    limit_bytes: int = UPLOAD_LIMIT_BYTES,
    vertex_limit: int = VERTEX_LIMIT,
) -> Drawn:
    """Read an uploaded area: GeoJSON, GeoPackage, KML (or KMZ), or a zipped Shapefile.

    Parameters
    ----------
    source : bytes or path
    filename : str
        What the person calls it; used in messages and for its suffix, never as a path.
    to_crs : str
        Metric coordinate system of the answer.
    limit_bytes : int, bytes
    vertex_limit : int

    Returns
    -------
    Drawn
        All features of the file, united.

    Raises
    ------
    BadInput
    """
    shown = PurePosixPath(filename.replace("\\", "/")).name[:100] or "upload"
    content = source if isinstance(source, bytes) else _bytes_of(source, limit_bytes)
    if len(content) > limit_bytes:
        raise archives.too_large(shown, len(content), limit_bytes=limit_bytes)
    if not content:
        raise BadInput("file_empty", file=shown)
    layer = _layer(content, shown)
    if len(layer.shapes) > FEATURE_LIMIT:
        found = len(layer.shapes)
        raise BadInput("too_many_features", file=shown, found=found, limit=FEATURE_LIMIT)
    n_vertices = _check_work(layer.shapes, vertex_limit)
    read = polygons_of(layer, crs=None, to_crs=to_crs)
    notices = ["repaired"] if read.repairs else []
    notices += ["heights_dropped"] if read.n_heights_dropped else []
    notices += ["united"] if len(read) > 1 else []
    name = _name(layer) if len(read) == 1 else None
    return Drawn(_united(read.shapes), name, len(read), n_vertices, tuple(notices))


def check_drawn(shape: Any, *, vertex_limit: int = VERTEX_LIMIT) -> Drawn:
    """Check one shape drawn on the map, in metres; mend it where it crosses itself.

    Parameters
    ----------
    shape : shapely geometry
        In the atlas's metric coordinate system.
    vertex_limit : int

    Raises
    ------
    BadInput
        ``drawn_empty``, ``drawn_not_polygon``, ``drawn_not_finite``, ``drawn_tangled``,
        ``too_many_vertices``.
    """
    if shape is None or shape.is_empty:
        raise BadInput("drawn_empty")
    if shape.geom_type not in ("Polygon", "MultiPolygon"):
        raise BadInput("drawn_not_polygon", found=shape.geom_type)
    shapes = _array([shape])
    if not np.isfinite(shapely.bounds(shapes)).all():
        raise BadInput("drawn_not_finite")
    n_vertices = _check_work(shapes, vertex_limit)
    mended = core.repair(shapely.force_2d(shapes))
    if shapely.is_empty(mended.shapes[0]) or shapely.area(mended.shapes[0]) == 0:
        raise BadInput("drawn_empty")
    notices = ["repaired"] if mended.changed[0] else []
    notices += ["heights_dropped"] if shape.has_z else []
    return Drawn(mended.shapes[0], None, 1, n_vertices, tuple(notices))


def _bytes_of(path: Path, limit_bytes: int) -> bytes:
    return archives.check_file(path, limit_bytes=limit_bytes).read_bytes()


def _layer(content: bytes, shown: str) -> Layer:
    """Read the content under a name of ours."""
    suffix = PurePosixPath(shown).suffix.lower()
    if suffix not in SUFFIXES:
        raise BadInput("upload_kind", file=shown, expected=", ".join(SUFFIXES))
    with tempfile.TemporaryDirectory(prefix="courtepointe-") as folder:
        path = Path(folder) / f"upload{suffix}"
        path.write_bytes(content)
        limit = UNPACKED_LIMIT_BYTES
        try:
            with one_file(path, layer=None, file=shown, limit_bytes=limit) as (inner, kind, layer):
                return _read(inner, kind, layer, shown)
        except BadInput as error:
            error.facts["file"] = shown
            raise


def _read(path: Path, kind: str, layer: str | None, shown: str) -> Layer:
    """Read text formats with parsers of our own, and the other two through the engine."""
    if kind in (kinds.GEOJSON, kinds.KML):
        content = path.read_bytes()
        marks = content.count(b"[" if kind == kinds.GEOJSON else b"<")
        if marks > MARKS_LIMIT:
            raise BadInput("too_many_vertices", found=marks, limit=VERTEX_LIMIT)
        return (_geojson if kind == kinds.GEOJSON else read_kml)(content, file=shown)
    if kind in (kinds.GEOPACKAGE, kinds.SHAPEFILE):
        return read_with_engine(path, kind, layer=layer, file=shown)
    raise BadInput("upload_kind", file=shown, expected=", ".join(SUFFIXES))


def _geojson(content: bytes, *, file: str) -> Layer:
    """Read GeoJSON with the standard library alone."""
    try:
        root = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise BadInput("json_broken", file=file, detail=str(error)[:200]) from error
    features = _features(root, file=file)
    if not features:
        raise BadInput("no_features", file=file)
    shapes = [_shape(one.get("geometry"), file, row) for row, one in enumerate(features, start=1)]
    columns: dict[str, list[str | None]] = {}
    for name in NAME_COLUMNS:
        cells = [(one.get("properties") or {}).get(name) for one in features]
        if any(isinstance(cell, str) for cell in cells):
            columns[name] = [cell if isinstance(cell, str) else None for cell in cells]
    table = table_of(columns, file=file, n_rows=len(shapes))
    return Layer(table, _array(shapes), _geojson_crs(root, file=file))


def _features(root: Any, *, file: str) -> list[dict[str, Any]]:
    if not isinstance(root, dict):
        raise BadInput("not_boundaries", file=file, expected="FeatureCollection")
    kind = str(root.get("type"))
    if kind == "Feature":
        features: Any = [root]
    elif kind in GEOMETRIES:
        features = [{"geometry": root}]
    else:
        features = root.get("features")
    if not isinstance(features, list) or not all(isinstance(one, dict) for one in features):
        raise BadInput("not_boundaries", file=file, expected="FeatureCollection")
    return features


def _shape(geometry: Any, file: str, row: int) -> Any:
    if geometry is None:
        return None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(kind, str) or kind not in GEOMETRIES:
        raise BadInput("shape_not_polygon", file=file, row=row, found=str(kind))
    try:
        return shapely.geometry.shape(geometry)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise BadInput("shape_broken", file=file, row=row) from error
    except shapely.errors.ShapelyError as error:
        raise BadInput("shape_broken", file=file, row=row) from error


def _geojson_crs(root: dict[str, Any], *, file: str) -> str:
    """Give the system of the old ``crs`` member; degrees where there is none."""
    declared = root.get("crs")
    if declared is None:
        return "OGC:CRS84"
    properties = declared.get("properties") if isinstance(declared, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(name, str) or not CRS_NAME.fullmatch(name):
        raise BadInput("unknown_crs", file=file, value=str(name)[:80], expected="EPSG:4326")
    return name


def _check_work(shapes: Shapes, vertex_limit: int) -> int:
    """Refuse what would take too long to mend or to unite; give the number of vertices."""
    found = int(shapely.get_num_coordinates(shapes).sum())
    if found > vertex_limit:
        raise BadInput("too_many_vertices", found=found, limit=vertex_limit)
    polygons = shapes[shapely.get_dimensions(shapes) == 2]
    polygons = polygons[np.isfinite(shapely.bounds(polygons).reshape(-1, 4)).all(axis=1)]
    _, pairs = core.edge_meetings(polygons)
    met, crossing = core.edge_meetings(polygons[~shapely.is_valid(polygons)])
    if pairs > UNION_PAIRS or (met > SCRIBBLE_MET and crossing > SCRIBBLE_PAIRS):
        raise BadInput("drawn_tangled", found=found)
    return found


def _name(layer: Layer) -> str | None:
    for column in NAME_COLUMNS:
        if column in layer.attributes.columns:
            return layer.attributes.texts(column)[0] or None
    return None


def _united(shapes: Shapes) -> Any:
    return shapes[0] if len(shapes) == 1 else core.surfaces(_array([shapely.union_all(shapes)]))[0]


def _array(shapes: list[Any]) -> Shapes:
    """Make an array of shapes that numpy does not take apart."""
    array = np.empty(len(shapes), dtype=np.object_)
    array[:] = shapes
    return array
