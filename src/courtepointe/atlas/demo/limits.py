"""Write limits as their publishers do: zipped Shapefiles, GeoPackage, GeoJSON, KML."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias
from xml.sax.saxutils import escape

import numpy as np
import pyogrio
import shapely
from pyproj import Transformer

from courtepointe.atlas.demo.lattice import METRIC_CRS
from courtepointe.core.typing import AnyArray, Floats, Shapes

Columns: TypeAlias = Mapping[str, Sequence[Any] | AnyArray]
STATCAN_CRS = "EPSG:3347"
DEGREES = "EPSG:4326"
PRINTED = "2021-11-17"
"""The date inside files that insist on one: the same seed must give the same bytes."""
ZIP_DATE = (2021, 11, 17, 0, 0, 0)


def moved(shapes: Shapes, crs: str, *, decimals: int) -> Shapes:
    """Move shapes from the city's metres to another system, to so many decimals."""
    if crs == METRIC_CRS:
        return shapes
    change = Transformer.from_crs(METRIC_CRS, crs, always_xy=True)

    def change_all(xy: Floats) -> Floats:
        return np.round(np.column_stack(change.transform(xy[:, 0], xy[:, 1])), decimals)

    there: Shapes = shapely.transform(shapes, change_all)
    return there


@dataclass
class LayerFile:
    """A layer that GDAL writes, region after region.

    Attributes
    ----------
    path : Path
        ``.shp`` or ``.gpkg``.
    """

    path: Path
    crs: str
    geometry_type: str
    layer: str | None = None
    started: bool = field(default=False, init=False)

    def add(self, shapes: Shapes, columns: Columns) -> None:
        """Write some shapes with their columns."""
        decimals = 6 if self.crs == DEGREES else 3
        there = shapely.to_wkb(moved(shapes, self.crs, decimals=decimals))
        values = [np.asarray(column) for column in columns.values()]
        data = [v.astype(object) if v.dtype.kind in "US" else v for v in values]
        shapefile = self.path.suffix == ".shp"
        pyogrio.raw.write(
            str(self.path),
            there,
            data,
            list(columns),
            layer=self.layer or self.path.stem,
            driver="ESRI Shapefile" if shapefile else "GPKG",
            geometry_type=self.geometry_type,
            crs=self.crs,
            encoding="CP1252" if shapefile and not self.started else None,
            append=self.started,
            layer_options=None if self.started else self._options(shapefile),
        )
        self.started = True

    def _options(self, shapefile: bool) -> dict[str, str]:
        if shapefile:
            return {"DBF_DATE_LAST_UPDATE": PRINTED}
        return {"SPATIAL_INDEX": "YES"}


def zip_shapefile(folder: Path, name: str, to: Path) -> None:
    """Pack the parts of a Shapefile, dated so that the same parts make the same bytes."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in sorted(folder.glob(f"{name}.*")):
            info = zipfile.ZipInfo(part.name, date_time=ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, part.read_bytes())


class Shapefiles:
    """Shapefiles being written in a folder that goes away, and zipped at the end."""

    def __init__(self, to: Path) -> None:
        self._to = to
        self._kept = tempfile.TemporaryDirectory(prefix="courtepointe-demo-")
        self._folder = Path(self._kept.name)
        self._files: dict[str, LayerFile] = {}

    def add(self, name: str, shapes: Shapes, columns: Columns) -> None:
        """Write some areas to the Shapefile of that name."""
        if name not in self._files:
            path = self._folder / f"{name}.shp"
            self._files[name] = LayerFile(path, STATCAN_CRS, "MultiPolygon")
        self._files[name].add(shapes, columns)

    def close(self) -> None:
        """Zip them all."""
        with self._kept:
            for name in self._files:
                zip_shapefile(self._folder, name, self._to / f"{name}.zip")


class GeoJson:
    """A GeoJSON file in degrees, written feature by feature."""

    def __init__(self, path: Path, *, name: str) -> None:
        self._stream = path.open("w", encoding="utf-8", newline="\n")
        self._stream.write('{"type": "FeatureCollection", "name": ' + json.dumps(name))
        self._stream.write(', "features": [')
        self._separator = "\n"

    def add(self, shapes: Shapes, columns: Columns) -> None:
        """Write features; shapes are in the city's metres."""
        texts = shapely.to_geojson(moved(shapes, DEGREES, decimals=7))
        for text, *row in zip(texts, *columns.values(), strict=True):
            properties = dict(zip(columns, row, strict=True))
            told = json.dumps(properties, ensure_ascii=False, default=_plain)
            feature = f'{{"type": "Feature", "properties": {told}, "geometry": {text}}}'
            self._stream.write(self._separator + feature)
            self._separator = ",\n"

    def close(self) -> None:
        """End the file."""
        with self._stream:
            self._stream.write("\n]}\n")


def _plain(value: Any) -> Any:
    """Turn a number of numpy's into one that JSON knows."""
    return value.item()


def write_kml(path: Path, shapes: Shapes, names: Sequence[str], columns: Columns) -> None:
    """Write areas as KML placemarks.

    Parameters
    ----------
    shapes : (n,) shapely, metres
    """
    marks = []
    there = moved(shapes, DEGREES, decimals=7)
    for shape, name, *row in zip(there, names, *columns.values(), strict=True):
        data = "".join(
            f'<Data name="{key}"><value>{escape(str(value))}</value></Data>'
            for key, value in zip(columns, row, strict=True)
        )
        polygons = "".join(_kml_polygon(part) for part in shapely.get_parts(shape))
        marks.append(
            f"<Placemark><name>{escape(name)}</name><ExtendedData>{data}</ExtendedData>"
            f"<MultiGeometry>{polygons}</MultiGeometry></Placemark>\n"
        )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">'
    text = f"{head}<Document>\n{''.join(marks)}</Document></kml>\n"
    path.write_text(text, encoding="utf-8")


def _kml_polygon(polygon: shapely.Polygon) -> str:
    def ring(line: shapely.LinearRing) -> str:
        points = " ".join(f"{x:.7f},{y:.7f}" for x, y in shapely.get_coordinates(line))
        return f"<LinearRing><coordinates>{points}</coordinates></LinearRing>"

    outer = f"<outerBoundaryIs>{ring(polygon.exterior)}</outerBoundaryIs>"
    inner = "".join(
        f"<innerBoundaryIs>{ring(hole)}</innerBoundaryIs>" for hole in polygon.interiors
    )
    return f"<Polygon>{outer}{inner}</Polygon>"
