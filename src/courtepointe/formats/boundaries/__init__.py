"""Boundaries: polygons from any of the formats in which publishers and people give them."""

from courtepointe.formats.boundaries.drawn import check_drawn, read_drawn
from courtepointe.formats.boundaries.geojson import write_geojson
from courtepointe.formats.boundaries.layers import list_layers, read_layer, unpacked
from courtepointe.formats.boundaries.read import read_boundaries
from courtepointe.formats.boundaries.values import BoundaryFile, Drawn, Layer, Repair

__all__ = [
    "BoundaryFile",
    "Drawn",
    "Layer",
    "Repair",
    "check_drawn",
    "list_layers",
    "read_boundaries",
    "read_drawn",
    "read_layer",
    "unpacked",
    "write_geojson",
]
