"""Siting problems as files: OR-Library p-median, TSPLIB points, tables of places, sites and distances."""

from courtepointe.formats.siting.orlib import OrLib, read_orlib
from courtepointe.formats.siting.tsplib import read_tsplib

__all__ = ["OrLib", "read_orlib", "read_tsplib"]
