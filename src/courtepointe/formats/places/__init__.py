"""Places: points with their attributes, from GeoJSON, tables with coordinates or OpenStreetMap."""

from courtepointe.formats.places.read import read_places
from courtepointe.formats.places.values import PlaceFile, PlaceNote

__all__ = ["PlaceFile", "PlaceNote", "read_places"]
