"""Streets worked by hand in the first tract of the town: a comb of four teeth, 850 m each.

Metres from the town's corner; 4,000 m in all, near to nearly every spot of the tract::

    y 800  +------------------------ x 900
    y 600  +------------------------
    y 400  +------------------------
    y 200  +------------------------
          x 50

From the corner (50, 200), in 5 minutes at 1.3 m/s (390 m): 390 m of the first tooth, 390 m of the
back, 190 m of the second tooth. On stretches of 25 m, whose middles count: 400 + 400 + 200 m, so that
of the tract's 1,000 people a quarter, 250.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely
from tests.support.town import CRS, EAST, NORTH, words

from courtepointe.atlas.pack.open import Lazy
from courtepointe.atlas.pack.streets import read_street_table, write_street_table
from courtepointe.atlas.pack.values import Pack, StreetTable
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.recipe.values import StreetPlan
from courtepointe.core.streets import Streets
from courtepointe.core.typing import Floats
from courtepointe.doors import served
from courtepointe.formats.boundaries.crs import DEGREES, move_points
from courtepointe.formats.streets import read_streets

TEETH = (200.0, 400.0, 600.0, 800.0)
WEST, EAST_END = 50.0, 900.0


def degrees(x: float, y: float) -> tuple[float, float]:
    """Give longitude and latitude of metres from the town's corner."""
    moved = move_points(np.array([[EAST + x, NORTH + y]]), source=CRS, target=DEGREES)
    return float(moved[0, 0]), float(moved[0, 1])


def comb_lines() -> list[list[tuple[float, float]]]:
    """Give the streets' ends in metres from the corner."""
    teeth = [[(WEST, y), (EAST_END, y)] for y in TEETH]
    back = [[(WEST, low), (WEST, low + 200.0)] for low in TEETH[:-1]]
    return teeth + back


def write_comb(folder: Path) -> Path:
    """Write the comb as a city publishes its streets."""
    features = [
        {
            "type": "Feature", "properties": {},
            "geometry": {"type": "LineString", "coordinates": [degrees(*end) for end in line]},
        }
        for line in comb_lines()
    ]  # fmt: skip
    file = folder / "rues.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return file


def comb(folder: Path) -> Streets:
    """Read the comb in the town's metres."""
    return read_streets(write_comb(folder), to_crs=CRS).streets


def with_comb(pack: Pack, folder: Path) -> Pack:
    """Give a pack the comb as a build does: from the city's file to the pack's own, read when asked for."""
    read = read_streets(write_comb(folder), to_crs=CRS)
    table = StreetTable("rues", read.streets, read.file, read.kind)
    entry = write_street_table(folder, table, metric_crs=CRS)
    source = replace(
        pack.recipe.sources[0], code="rues", title=words("Géobase", "Street base"), files=("rues.geojson",)
    )  # fmt: skip
    recipe = replace(
        pack.recipe, streets=StreetPlan("rues"), sources=(*pack.recipe.sources, source)
    )
    return replace(
        pack,
        recipe=recipe,
        content_hash=f"{pack.content_hash} on streets",
        street_tables=Lazy({"rues": lambda: read_street_table(folder, entry)}),
    )


def comb_served(folder: Path) -> None:
    """Give the town that a test serves (`town_served`) the comb as its streets."""
    door = served._door
    assert door.now is not None
    pack = with_comb(door.now.pack, folder)
    door.now = served.Served(pack, Atlas(pack), (0, 0), served.Shelf())


def at(*points: tuple[float, float]) -> Floats:
    """Give points in the town's metres."""
    return np.array([(EAST + x, NORTH + y) for x, y in points]).reshape(-1, 2)


def box(west: float, south: float, east: float, north: float) -> shapely.Polygon:
    """Draw a rectangle in the town's metres."""
    return shapely.box(EAST + west, NORTH + south, EAST + east, NORTH + north)
