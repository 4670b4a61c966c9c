"""What a boundary file holds once read: attributes, valid polygons, and all that was repaired."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from courtepointe.core.typing import Shapes
from courtepointe.formats.tables.values import Table


@dataclass(frozen=True, slots=True)
class Layer:
    """Shapes of any kind with their attributes, as in the file.

    Attributes
    ----------
    attributes : Table
        Text columns.
    shapes : (n,) shapely geometries or None
    crs : str or None
        Coordinate system of the shapes, as an authority code or WKT; None where the file has none.
    notes : tuple of str
        What the engine remarked while reading.
    """

    attributes: Table
    shapes: Shapes
    crs: str | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Repair:
    """One shape that broke the rules of polygons and was mended.

    Attributes
    ----------
    position : int
        Of the shape in the answer, from 0.
    row : int
        Of the feature in the file, from 1.
    reason : str
        What was wrong and where, in the engine's words: ``Self-intersection[299000 5041000]``.
    area_before, area_after : float
        In square units of the answer's coordinate system.
    """

    position: int
    row: int
    reason: str
    area_before: float
    area_after: float


@dataclass(frozen=True, slots=True)
class BoundaryFile:
    """Polygons of a file, valid, in the coordinate system that was asked for.

    Attributes
    ----------
    attributes : Table
        Text columns; ``row_numbers`` count the file's features from 1.
    shapes : (n,) shapely polygons or multipolygons
    crs : str
        Coordinate system of `shapes`.
    source_crs : str
        Coordinate system of the file.
    repairs : tuple of Repair
    n_heights_dropped : int
        Shapes that had z or m coordinates; none is kept.
    notes : tuple of str
        What the engine remarked while reading.
    """

    attributes: Table
    shapes: Shapes
    crs: str
    source_crs: str
    repairs: tuple[Repair, ...] = ()
    n_heights_dropped: int = 0
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.attributes) != len(self.shapes):
            raise ValueError("each shape has one row of attributes")

    def __len__(self) -> int:
        return len(self.shapes)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One area that a person drew or uploaded.

    Attributes
    ----------
    shape : shapely polygon or multipolygon
        Valid, in the coordinate system that was asked for.
    name : str or None
        Where the file gives its only feature one.
    n_features, n_vertices : int
        Of the file, before they were united.
    notices : tuple of str
        Codes of what was done to it: ``repaired`` (it crossed itself or had other faults),
        ``united`` (several features became one area), ``heights_dropped``.
    """

    shape: Any
    name: str | None
    n_features: int
    n_vertices: int
    notices: tuple[str, ...] = ()
