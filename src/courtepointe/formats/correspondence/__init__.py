"""Statistics Canada's correspondence files (92-156-X): which areas of one census were which before."""

from courtepointe.formats.correspondence.read import read_correspondence
from courtepointe.formats.correspondence.values import Correspondence, Level, relation_flags
from courtepointe.formats.correspondence.write import write_correspondence

__all__ = [
    "Correspondence",
    "Level",
    "read_correspondence",
    "relation_flags",
    "write_correspondence",
]
