"""A village small enough to be worked by hand, as publishers' files and a recipe.

Metres from a corner of the metric system; four dissemination areas of one square kilometre::

    y 2000 +-----------+-----------+
           |   0003    |   0004    |     quarters  NORD = y 1000-2000
           |  people   |  people   |               SUD  = y    0-1050 (a strip of 50 m overlaps)
    y 1000 +-----------+-----------+     blocks    two halves of each area, west and east
           |   0001    |   0002    |
    y    0 +-----------+-----------+
           x 0       1000        2000
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyproj

from courtepointe.formats.census_profile import headings

CORNER = (300_000.0, 5_040_000.0)
CODES = ("24660001", "24660002", "24660003", "24660004")
METRIC = "EPSG:32188"

RECIPE = """
code = "village"
name = { fr = "Village", en = "Village" }
metric_crs = "EPSG:32188"
home = "quarter:2020"

[[stewards]]
code = "commune"
name = { fr = "La commune", en = "The commune" }

[[licences]]
code = "open"
title = { fr = "Ouverte", en = "Open" }
url = "https://example.org/licence"
attribution = { fr = "La commune", en = "The commune" }

[[sources]]
code = "areas"
publisher = "Bureau"
title = { fr = "Aires", en = "Areas" }
licence = "open"
citation = { fr = "Bureau, Aires.", en = "Bureau, Areas." }
files = ["areas.geojson"]

[[sources]]
code = "quarters"
publisher = "Commune"
title = { fr = "Quartiers", en = "Quarters" }
licence = "open"
citation = { fr = "Commune, Quartiers.", en = "Commune, Quarters." }
files = ["quarters.geojson"]
page = "https://example.org/quarters"

[[sources]]
code = "blocks"
publisher = "Bureau"
title = { fr = "Îlots", en = "Blocks" }
licence = "open"
citation = { fr = "Bureau, Îlots.", en = "Bureau, Blocks." }
files = ["blocks.geojson"]
optional = true

[[sources]]
code = "counts"
publisher = "Bureau"
title = { fr = "Comptes", en = "Counts" }
licence = "open"
citation = { fr = "Bureau, Comptes.", en = "Bureau, Counts." }
files = ["counts.csv"]

[[sources]]
code = "profile"
publisher = "Bureau"
title = { fr = "Profil", en = "Profile" }
licence = "open"
citation = { fr = "Bureau, Profil.", en = "Bureau, Profile." }
files = ["profile_*.csv"]
optional = true

[[sources]]
code = "halls"
publisher = "Commune"
title = { fr = "Salles", en = "Halls" }
licence = "open"
citation = { fr = "Commune, Salles.", en = "Commune, Halls." }
files = ["halls.csv"]
optional = true

[[area_types]]
code = "quarter"
name = { fr = "Quartier", en = "Quarter" }
plural = { fr = "Quartiers", en = "Quarters" }
steward = "commune"
order = 30
kind = "community"

[[area_types]]
code = "area"
name = { fr = "Aire", en = "Area" }
plural = { fr = "Aires", en = "Areas" }
steward = "commune"
order = 70

[[area_types]]
code = "block"
name = { fr = "Îlot", en = "Block" }
plural = { fr = "Îlots", en = "Blocks" }
steward = "commune"
order = 80
listed = false

[[boundaries]]
area_type = "quarter"
vintage = "2020"
source = "quarters"
code = "id"
name = "nom"

[[boundaries]]
area_type = "area"
vintage = "2021"
source = "areas"
code = "code"
dguid = "dguid"
parent = "quarter:2020"

[[boundaries]]
area_type = "block"
vintage = "2021"
source = "blocks"
code = "id"
properties = { people = "people", dwellings = "dwellings", area = "area" }

[[releases]]
code = "counts_2021"
source = "counts"
reader = "table"
title = { fr = "Comptes", en = "Counts" }
period = "2021"
area = "area:2021"
key = { column = "where", pattern = '^(\\d{8})' }
out_of_area = "^99"
symbols = { "x" = "suppressed" }
variables = [
    { code = "population", column = "people" },
    { code = "dwellings", column = "homes", rounded_to = 5 },
    { code = "people_per_home", derive = "people / homes" },
]

[[releases]]
code = "profile_2021"
source = "profile"
reader = "census_profile"
title = { fr = "Profil", en = "Profile" }
period = "2021"
levels = { "2021S0512" = "area:2021" }
out_of_area = "^99"
variables = [
    { code = "people_profile", characteristic = 1, column = "count" },
    { code = "renters", characteristic = 1416, column = "count", rounded_to = 5, sampled = true },
    { code = "renter_rate", characteristic = 1416, column = "rate", sampled = true },
    { code = "renters_again", characteristic = 1416, column = "count", sampled = true },
    { code = "women", characteristic = 1, column = "count", sex = "women" },
    { code = "nowhere", characteristic = 2631, column = "count" },
]

[[universes]]
code = "people"
name = { fr = "Personnes", en = "People" }

[[indicators]]
code = "population"
section = "all"
label = { fr = "Population", en = "Population" }
universe = "people"
measure = "count"
unit = "persons"
aggregation = "sum"
numerator = ["population"]

[[indicators]]
code = "renters"
section = "all"
label = { fr = "Locataires", en = "Renters" }
universe = "people"
measure = "count"
unit = "persons"
aggregation = "sum"
numerator = ["renters"]

[[sections]]
code = "all"
name = { fr = "Tout", en = "All" }
indicators = ["population", "renters"]

[[places]]
code = "halls"
source = "halls"
name = { fr = "Salles", en = "Halls" }
name_column = "nom"
longitude = "lon"
latitude = "lat"
borough_column = "quartier"
borough_type = "quarter:2020"
categories = [
    { code = "gym", name = { fr = "Gymnases", en = "Gyms" }, where = "kind = 'gym'" },
    { code = "any", name = { fr = "Autres", en = "Others" }, where = "kind <> ''" },
]

[[overlaps]]
from = "area:2021"
to = "quarter:2020"

[fit]
units = ["area:2021"]
people = "population"
weight = "people"
blocks = "block:2021"
block_people = "people"
block_dwellings = "dwellings"
block_unit = { "area:2021" = "area" }
"""


def ring(west: float, south: float, east: float, north: float) -> list[list[float]]:
    """Draw a rectangle given in metres from the corner, in degrees."""
    moves = pyproj.Transformer.from_crs(METRIC, "EPSG:4326", always_xy=True)
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return [list(moves.transform(x + CORNER[0], y + CORNER[1])) for x, y in corners]


def feature(limits: Sequence[float], **properties: object) -> dict[str, Any]:
    """Make a GeoJSON feature of a rectangle."""
    shape = {"type": "Polygon", "coordinates": [ring(*limits)]}
    return {"type": "Feature", "properties": properties, "geometry": shape}


def write_geojson(path: Path, features: Sequence[Mapping[str, Any]]) -> None:
    """Write a GeoJSON file."""
    whole = {"type": "FeatureCollection", "features": list(features)}
    path.write_text(json.dumps(whole), encoding="utf-8")


def area_features() -> list[dict[str, Any]]:
    """Draw the four areas."""
    limits = [(0, 0, 1000, 1000), (1000, 0, 2000, 1000), (0, 1000, 1000, 2000),
              (1000, 1000, 2000, 2000)]  # fmt: skip
    return [
        feature(limit, code=code, dguid=f"2021S0512{code}")
        for code, limit in zip(CODES, limits, strict=True)
    ]


def quarter_features() -> list[dict[str, Any]]:
    """Draw the two quarters, which overlap by a strip."""
    return [
        feature((0, 0, 2000, 1050), id="S", nom="Sud  –  L’Île"),
        feature((0, 1000, 2000, 2000), id="N", nom="Nord"),
    ]


def block_features() -> list[dict[str, Any]]:
    """Draw two blocks in each area: all people in the west one, dwellings in both."""
    features = []
    for place, code in enumerate(CODES):
        x, y = 1000 * (place % 2), 1000 * (place // 2)
        for half, people in ((0, 100), (1, 0)):
            limits = (x + 500 * half, y, x + 500 * half + 500, y + 1000)
            features.append(
                feature(limits, id=f"{code}{half}", people=people, dwellings=10, area=code)
            )
    return features


COUNTS = """where,people,homes
24660001 (village),400,200
24660002 (village),x,5
24660003 (village),0,0
99000000 (elsewhere),7,7
"""

HALLS = """nom,kind,quartier,lon,lat
Gymnase,gym,nord,{north}
Salle  double,hall,NORD,{south}
Remise,,,{north}
"""


def profile_row(code: str, characteristic: int, **cells: str) -> str:
    """Write one row of the bulk profile; cells are ``C1="100"``, ``C1S="x"``..."""
    names = headings(with_intervals=True)
    fields = ["2021", f"2021S0512{code}", code, "Dissemination area", code,
              cells.get("SF", "3.0"), cells.get("LF", "4.0"), "00000", str(characteristic),
              "Name", ""]  # fmt: skip
    for name in names[11::2]:
        number = name.split("_")[0]
        fields += [cells.get(number, ""), f'"{cells.get(f"{number}S", "")}"']
    return ",".join(fields)


def profile_text(*rows: str) -> str:
    """Write a bulk profile with intervals."""
    return "\r\n".join([",".join(headings(with_intervals=True)), *rows]) + "\r\n"


def profile_rows() -> list[str]:
    """Give three areas of four, and one of elsewhere."""
    return [
        profile_row(CODES[0], 1, C1="400", C3="210"),
        profile_row(CODES[0], 1416, C1="120", C4="100", C7="140", C10="60", C13="50", C16="70"),
        profile_row(CODES[1], 1, C1S="x", LF="55.0", SF="30.0"),
        profile_row(CODES[1], 1416, C1="80", C1S="E", C10S="F", LF="55.0", SF="30.0"),
        profile_row(CODES[2], 1, C1="0", C3S="..."),
        profile_row("99000000", 1, C1="9"),
    ]


def write_village(folder: Path, *, recipe: str = RECIPE) -> Path:
    """Write the village's recipe and sources; give the recipe's path."""
    sources = folder / "sources"
    sources.mkdir(parents=True, exist_ok=True)
    write_geojson(sources / "areas.geojson", area_features())
    write_geojson(sources / "quarters.geojson", quarter_features())
    write_geojson(sources / "blocks.geojson", block_features())
    (sources / "counts.csv").write_text(COUNTS, encoding="utf-8")
    (sources / "profile_1.csv").write_text(profile_text(*profile_rows()), encoding="cp1252")
    spots = {"south": ring(500, 500, 600, 600)[0], "north": ring(500, 1500, 600, 1600)[0]}
    told = {name: f"{x},{y}" for name, (x, y) in spots.items()}
    (sources / "halls.csv").write_text(HALLS.format(**told), encoding="utf-8")
    path = folder / "village.toml"
    path.write_text(recipe, encoding="utf-8")
    return path
