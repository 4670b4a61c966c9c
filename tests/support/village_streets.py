"""Streets of the village, with all that is odd in a city's file: worked by hand.

Metres from the village's corner; ``+`` are crossings::

    y  50   +--~--+          ~ bends up to y 60; on its west side a crescent comes back to (0, 50)
                  |          the east side is stairs
    y   0   +-----+          told twice; a street of no length lies at (100, 0)
           x 0   100         a street of 100 m lies alone at (500, 500); a motorway crosses all
"""

from __future__ import annotations

from pathlib import Path

import geopandas
import shapely
from tests.support.village import CORNER, METRIC, RECIPE

BEND_M = 2 * (50.0**2 + 10.0**2) ** 0.5
LINES: list[tuple[list[tuple[float, float]], str, str | None, int]] = [
    ([(0, 0), (100, 0)], "rue", "2,5", 0),
    ([(100, 0), (100, 50)], "rue", None, 1),
    ([(100, 50), (50, 60), (0, 50)], "rue", "-4 %", 0),
    ([(0, 0), (100, 0)], "rue", "2,5", 0),
    ([(100, 0), (100, 0)], "rue", None, 0),
    ([(0, 50), (-30, 50), (-30, 90), (0, 50)], "rue", None, 0),
    ([(500, 500), (600, 500)], "rue", None, 0),
    ([(0, 0), (1000, 0)], "autoroute", None, 0),
]
"""Ends and bends, class, slope, stairs."""

KEPT = [0, 1, 2, 5, 6]
"""Positions of the lines that are streets, once the motorway, the repeated and the pointlike are out."""

SOURCE = """
[[sources]]
code = "streets"
publisher = "Commune"
title = { fr = "Rues", en = "Streets" }
licence = "open"
citation = { fr = "Commune, Rues.", en = "Commune, Streets." }
files = ["rues.gpkg"]
date_published = "2024-05-01"
optional = true
"""
STREETS = """
[streets]
source = "streets"
layer = "rues"
where = "classe <> 'autoroute'"
stairs = "escalier = '1'"
slope = "pente"
"""
WALKED = RECIPE + SOURCE + STREETS
"""The village's recipe, with its streets."""


def write_streets(sources: Path) -> Path:
    """Write the streets as a GeoPackage with a second layer, as a city publishes them."""
    file = sources / "rues.gpkg"
    ends = [[(x + CORNER[0], y + CORNER[1]) for x, y in points] for points, *_ in LINES]
    columns = {
        name: [line[place] for line in LINES]
        for place, name in enumerate(("classe", "pente", "escalier"), start=1)
    }
    lines = geopandas.GeoDataFrame(
        columns, geometry=[shapely.LineString(one) for one in ends], crs=METRIC
    )
    lines.to_file(file, layer="rues", driver="GPKG")
    beside = geopandas.GeoDataFrame({"nom": ["x"]}, geometry=lines.geometry[:1].values, crs=METRIC)
    beside.to_file(file, layer="pistes", driver="GPKG")
    return file
