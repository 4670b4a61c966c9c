"""Siting problems as files: OR-Library p-median, TSPLIB points, tables of places, sites and distances."""

from courtepointe.formats.siting.orlib import OrLib, read_orlib
from courtepointe.formats.siting.tables import (
    Places,
    Ways,
    read_demand,
    read_sites,
    read_ways,
    way_table,
)
from courtepointe.formats.siting.tsplib import read_tsplib

__all__ = [
    "OrLib",
    "Places",
    "Ways",
    "read_demand",
    "read_orlib",
    "read_sites",
    "read_tsplib",
    "read_ways",
    "way_table",
]
