"""Statistics Canada's Census Profile in bulk: read it as it is published, and write it alike."""

from courtepointe.formats.census_profile.layout import ProfileLayout, headings
from courtepointe.formats.census_profile.read import read_layout, read_profile
from courtepointe.formats.census_profile.schema import (
    PROFILE_SCHEMA,
    Characteristic,
    Geography,
    ProfileQuery,
)
from courtepointe.formats.census_profile.symbols import CellFlag, CellStatus
from courtepointe.formats.census_profile.tree import characteristic_tree
from courtepointe.formats.census_profile.write import (
    ProfileRows,
    dense_rows,
    rows_of,
    write_profile,
)

__all__ = [
    "PROFILE_SCHEMA",
    "CellFlag",
    "CellStatus",
    "Characteristic",
    "Geography",
    "ProfileLayout",
    "ProfileQuery",
    "ProfileRows",
    "characteristic_tree",
    "dense_rows",
    "headings",
    "read_layout",
    "read_profile",
    "rows_of",
    "write_profile",
]
