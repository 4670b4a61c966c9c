"""Where everything lies in the folder of a pack.

```
datapackage.json                        what is here, whose it is, how it was made
recipe.toml · report.json · README.txt
areas/TYPE@VINTAGE.parquet              GeoParquet, longitude and latitude
observations/RELEASE@TYPE@VINTAGE.parquet
places/LAYER.parquet                    GeoParquet, longitude and latitude
streets/streets.parquet                 GeoParquet, longitude and latitude; nodes.parquet beside it
overlaps/FROM--TO.parquet
correspondences/FROM--TO.parquet
arrays/...                              the same content for fast reading, and its index
```
"""

from __future__ import annotations

FORMAT = 1
"""Raised when a pack of an older format can no longer be opened."""

DESCRIPTOR = "datapackage.json"
RECIPE = "recipe.toml"
REPORT = "report.json"
README = "README.txt"
INDEX = "arrays/index.json"
HASHED_APART = (DESCRIPTOR, README)
"""Files that say when and with what the pack was built: left out of the content's hash."""


def division_name(type_and_vintage: str) -> str:
    """Write ``TYPE:VINTAGE`` as a file name."""
    return type_and_vintage.replace(":", "@")


def areas_file(type_and_vintage: str) -> str:
    """Name the file of an area table."""
    return f"areas/{division_name(type_and_vintage)}.parquet"


def shapes_file(type_and_vintage: str) -> str:
    """Name the file of metric shapes."""
    return f"arrays/shapes/{division_name(type_and_vintage)}"


def resolved_file(type_and_vintage: str) -> str:
    """Name the file of metric shapes without overlaps."""
    return f"arrays/divisions/{division_name(type_and_vintage)}"


def observations_file(release: str, type_and_vintage: str) -> str:
    """Name the table of a release."""
    return f"observations/{release}@{division_name(type_and_vintage)}.parquet"


def release_folder(release: str, type_and_vintage: str) -> str:
    """Name the folder of a release's arrays."""
    return f"arrays/releases/{release}@{division_name(type_and_vintage)}"


def places_file(layer: str) -> str:
    """Name the file of a layer of places."""
    return f"places/{layer}.parquet"


def overlap_file(from_: str, to: str) -> str:
    """Name the file of the overlaps of two divisions."""
    return f"overlaps/{division_name(from_)}--{division_name(to)}.parquet"


def tile_file(type_and_vintage: str, zoom: int) -> str:
    """Name the file of a type's vector tiles at one zoom."""
    return f"arrays/tiles/{division_name(type_and_vintage)}/{zoom}.npy"


def correspondence_file(from_: str, to: str) -> str:
    """Name the file of the correspondence of two vintages."""
    return f"correspondences/{division_name(from_)}--{division_name(to)}.parquet"


BLOCKS = "arrays/blocks"
STREETS = "streets/streets.parquet"
STREET_NODES = "streets/nodes.parquet"
STREET_LINES = "arrays/streets"
