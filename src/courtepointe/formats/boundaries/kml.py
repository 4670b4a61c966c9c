"""KML: placemarks with their shapes and data, read without following any link."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

import defusedxml
import numpy as np
import shapely
from defusedxml.ElementTree import fromstring

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats
from courtepointe.formats.boundaries.values import Layer
from courtepointe.formats.tables.values import table_of

CRS = "OGC:CRS84"
SINGLE = ("Polygon", "LineString", "LinearRing", "Point")


def read_kml(content: bytes, *, file: str) -> Layer:
    """Read every placemark that has a shape.

    Parameters
    ----------
    content : bytes
    file : str
        Name for messages.

    Raises
    ------
    BadInput
        ``xml_unsafe`` (entities, a document type), ``xml_broken``, ``no_features``,
        ``shape_broken``.
    """
    try:
        root = fromstring(content, forbid_dtd=True)
    except defusedxml.DefusedXmlException as error:
        raise BadInput("xml_unsafe", file=file) from error
    except (ParseError, ValueError, LookupError) as error:
        raise BadInput("xml_broken", file=file, detail=str(error)) from error
    marks = [mark for mark in root.iter() if _name(mark) == "Placemark"]
    if not marks:
        raise BadInput("no_features", file=file)
    shapes = np.empty(len(marks), dtype=np.object_)
    for place, mark in enumerate(marks):
        shapes[place] = _shape_of(mark, file=file, row=place + 1)
    fields = [_fields(mark) for mark in marks]
    names = list(dict.fromkeys(name for one in fields for name in one))
    columns = {name: [one.get(name) for one in fields] for name in names}
    return Layer(table_of(columns, file=file, n_rows=len(marks)), shapes, CRS)


def _name(element: Element) -> str:
    """Give a tag without its namespace; publishers use four of them, or none."""
    return str(element.tag).rpartition("}")[2]


def _children(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element if _name(child) == name)


def _fields(mark: Element) -> dict[str, str | None]:
    fields: dict[str, str | None] = {}
    for name in ("name", "description"):
        for child in _children(mark, name):
            fields[name] = (child.text or "").strip()
    if "id" in mark.attrib:
        fields["id"] = mark.attrib["id"]
    for child in mark.iter():
        if _name(child) == "SimpleData":
            fields[child.attrib.get("name", "")] = (child.text or "").strip()
        elif _name(child) == "Data":
            value = next(_children(child, "value"), None)
            fields[child.attrib.get("name", "")] = (getattr(value, "text", "") or "").strip()
    return fields


def _shape_of(mark: Element, *, file: str, row: int) -> Any:
    try:
        found = [shape for child in mark for shape in _shapes(child)]
    except (ValueError, shapely.errors.GEOSException) as error:
        raise BadInput("shape_broken", file=file, row=row) from error
    if len(found) < 2:
        return found[0] if found else None
    polygons = all(shape.geom_type == "Polygon" for shape in found)
    return shapely.MultiPolygon(found) if polygons else shapely.GeometryCollection(found)


def _shapes(element: Element) -> Iterator[Any]:
    kind = _name(element)
    if kind == "MultiGeometry":
        for child in element:
            yield from _shapes(child)
    elif kind == "Polygon":
        yield _polygon(element)
    elif kind in SINGLE:
        points = _coordinates(element)
        yield shapely.Point(points[0]) if kind == "Point" else shapely.LineString(points)


def _polygon(element: Element) -> Any:
    shell = next(_children(element, "outerBoundaryIs"), None)
    if shell is None:
        raise ValueError("a polygon without an outer boundary")
    holes = [_coordinates(inner) for inner in _children(element, "innerBoundaryIs")]
    return shapely.Polygon(_coordinates(shell), holes)


def _coordinates(element: Element) -> Floats:
    """Read ``lon,lat[,height]`` groups; heights are dropped."""
    text = next((e.text for e in element.iter() if _name(e) == "coordinates"), None)
    points = [group.split(",")[:2] for group in (text or "").split()]
    return np.array(points, dtype=np.float64).reshape(len(points), 2)
