"""Options that the verbs of hubs share, in the same words."""

from __future__ import annotations

from pathlib import Path

import click

FILE = click.Path(path_type=Path)
STREETS = click.option("--streets", "streets_file", type=FILE,
                       help="Lines (GeoPackage, GeoJSON...), OSMnx GraphML or OpenStreetMap PBF; else those of --pack.")  # fmt: skip
PACK = click.option("--pack", type=FILE, help="An atlas that tells how many people live where; it may hold streets.")  # fmt: skip
LAYER = click.option("--layer", help="Of the streets, where their file has several of lines.")
LONGITUDE = click.option("--longitude", help="Column of the sites' file.")
LATITUDE = click.option("--latitude", help="Column of the sites' file.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
LANG = click.option("--lang", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
