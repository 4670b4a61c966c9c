"""Streets as graphs for people on foot: layers of lines, OSMnx GraphML, OpenStreetMap PBF."""

from courtepointe.formats.streets.lines import read_street_lines
from courtepointe.formats.streets.osm import read_osm
from courtepointe.formats.streets.osmnx import read_osmnx
from courtepointe.formats.streets.read import read_streets
from courtepointe.formats.streets.values import StreetFile

__all__ = ["StreetFile", "read_osm", "read_osmnx", "read_street_lines", "read_streets"]
