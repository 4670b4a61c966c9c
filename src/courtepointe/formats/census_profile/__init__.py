"""Statistics Canada's Census Profile in bulk: read it as it is published, and write it alike."""

from courtepointe.formats.census_profile.layout import ProfileLayout, headings
from courtepointe.formats.census_profile.read import read_layout, read_profile
from courtepointe.formats.census_profile.schema import PROFILE_SCHEMA, ProfileQuery
from courtepointe.formats.census_profile.symbols import CellFlag, CellStatus
from courtepointe.formats.census_profile.tree import Characteristic, characteristic_tree

__all__ = [
    "PROFILE_SCHEMA",
    "CellFlag",
    "CellStatus",
    "Characteristic",
    "ProfileLayout",
    "ProfileQuery",
    "characteristic_tree",
    "headings",
    "read_layout",
    "read_profile",
]
