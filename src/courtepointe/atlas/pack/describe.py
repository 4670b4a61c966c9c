"""What describes a pack: its Data Package descriptor, its content's hash, and a word to readers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from courtepointe.atlas.pack import layout
from courtepointe.atlas.pack.write import write_json
from courtepointe.atlas.recipe.values import Recipe

METHODS = {"build": 1, "boundaries": 1, "overlaps": 1, "streets": 1}
"""Versions of the methods of ``docs/methods``; a new one gives other numbers from the same files."""

MEANINGS = {
    "code": "The area's code, as its steward writes it.",
    "name_fr": "Name in French.",
    "name_en": "Name in English; the French one where the steward has none.",
    "dguid": "Statistics Canada's dissemination geography unique identifier.",
    "parent": "TYPE:VINTAGE:CODE of the area that contains this one.",
    "surface_m2": "Surface in square metres, in the metric system of the recipe.",
    "area_code": "Code of the area.",
    "variable": "Code of the variable, declared in recipe.toml.",
    "value": "The published value; empty exactly where status is not `published`.",
    "low": "Lower limit of the publisher's 95 % confidence interval, where it gives one.",
    "high": "Upper limit of the publisher's 95 % confidence interval, where it gives one.",
    "status": "published, suppressed, unreliable, not_available or not_applicable.",
    "flags": "Sum of 1 (use with caution), 2 (revised), 4 (high non-response), 8 (no row).",
    "category": "Code of the category, declared in recipe.toml; empty where none fits.",
    "share_surface": "Part of the from area's surface that lies in the to area.",
    "share_weight": "The same part, by what datapackage.json calls the weight.",
    "share": "Part of the older area that counts in the newer one.",
    "share_computed": "The same part by blocks alone.",
    "squares": "Sum of the squares of the parts of the older area in each block of the pair.",
    "official": "Whether the publisher lists the pair.",
    "node": "Number of the node.",
    "row": "Position of the street among those that the source has.",
    "from_node": "Number of the node where the line begins.",
    "to_node": "Number of the node where the line ends.",
    "length_m": "Length in metres, of the line in the metric system of the recipe.",
    "slope_percent": "Rise from the first node to the second; empty where it is not known.",
    "stairs": "Whether the street is stairs.",
    "geometry": "Well-known binary, longitude and latitude (EPSG:4326).",
}

README = """COURTEPOINTE — {name_fr}
=======================================================================

Ce dossier est un atlas complet. Il s’ouvre sans le logiciel qui l’a fait.

  datapackage.json   ce que le dossier contient, d’où cela vient, sous quelles licences
  recipe.toml        comment il a été fait : sources, territoires, variables, indicateurs
  report.json        ce qui a été lu, rapproché, réparé, refusé
  areas/             les territoires (GeoParquet : QGIS, geopandas, DuckDB, R)
  observations/      les valeurs publiées : une ligne par territoire et par variable
  places/            les lieux (GeoParquet)
  streets/           les rues où l’on marche et leurs nœuds, si la recette en a (GeoParquet)
  overlaps/          les recoupements entre découpages
  correspondences/   ce qu’un découpage d’un recensement est devenu au suivant
  arrays/            les mêmes contenus, rangés pour répondre vite

Une valeur absente n’est jamais un zéro : la colonne « status » dit pourquoi elle manque.
Gardez les mentions de source partout où un chiffre ou une carte est montré :

{credits_fr}

-----------------------------------------------------------------------

COURTEPOINTE — {name_en}
=======================================================================

This folder is a complete atlas. It opens without the software that made it.

  datapackage.json   what is here, where it comes from, under which licences
  recipe.toml        how it was made: sources, areas, variables, indicators
  report.json        what was read, matched, repaired, refused
  areas/             the areas (GeoParquet: QGIS, geopandas, DuckDB, R)
  observations/      published values: one row per area and variable
  places/            the places (GeoParquet)
  streets/           the streets people walk and their nodes, if the recipe has some (GeoParquet)
  overlaps/          shares between divisions
  correspondences/   what the areas of one census became in the next
  arrays/            the same content, laid out to answer fast

A missing value is never a zero: the column “status” says why it is missing.
Keep the credits wherever a figure or a map is shown:

{credits_en}
"""


def content_hash(folder: Path) -> str:
    """Hash what a pack says, whenever and wherever it was built.

    Returns
    -------
    str
        SHA-256 over the sorted names and the bytes of all files but the descriptor and README.
    """
    whole = hashlib.sha256()
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        if name not in layout.HASHED_APART:
            whole.update(f"{name}\0{file_hash(path)}\n".encode())
    return whole.hexdigest()


def file_hash(path: Path) -> str:
    """Give the SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(path for path in folder.rglob("*") if path.is_file())


def seal(
    folder: Path,
    recipe: Recipe,
    *,
    loaded_sources: Mapping[str, Mapping[str, Any]],
    now: datetime,
) -> str:
    """Add the README and the descriptor to a finished folder; give the content's hash."""
    (folder / layout.README).write_text(_readme(recipe), encoding="utf-8")
    whole = content_hash(folder)
    used = [source for source in recipe.sources if source.code in loaded_sources]
    described = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": recipe.code.replace("_", "-"),
        "title": recipe.name.fr,
        "created": now.isoformat(timespec="seconds"),
        "licenses": _licences(recipe),
        "sources": [
            {"title": f"{source.publisher}, {source.title.fr}", "path": source.page or source.url}
            if source.page or source.url
            else {"title": f"{source.publisher}, {source.title.fr}"}
            for source in used
        ],
        "resources": [_resource(folder, path) for path in _files(folder) if _is_table(path)],
        "courtepointe": {
            "format": layout.FORMAT,
            "content_hash": whole,
            "methods": METHODS,
            "fictional": recipe.fictional,
            "loaded_sources": loaded_sources,
        },
    }
    write_json(folder / layout.DESCRIPTOR, described)
    return whole


def _licences(recipe: Recipe) -> list[dict[str, str]]:
    return [
        {"name": licence.code, "title": licence.title.en, "path": licence.url}
        for licence in recipe.licences
    ]


def _is_table(path: Path) -> bool:
    return path.suffix == ".parquet"


def _resource(folder: Path, path: Path) -> dict[str, Any]:
    name = path.relative_to(folder).as_posix()
    schema = pq.read_schema(path)
    return {
        "name": name.removesuffix(".parquet").replace("/", "-").replace("@", "-").lower(),
        "path": name,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{file_hash(path)}",
        "schema": {"fields": [_field(schema.field(place)) for place in range(len(schema))]},
    }


def _field(field: Any) -> dict[str, str]:
    told = {"name": field.name, "type": _kind(field.type)}
    if field.name in MEANINGS:
        told["description"] = MEANINGS[field.name]
    return told


def _kind(kind: Any) -> str:
    if pa.types.is_floating(kind):
        return "number"
    if pa.types.is_integer(kind):
        return "integer"
    if pa.types.is_boolean(kind):
        return "boolean"
    return "any" if pa.types.is_binary(kind) else "string"


def _readme(recipe: Recipe) -> str:
    return README.format(
        name_fr=recipe.name.fr,
        name_en=recipe.name.en,
        credits_fr="\n".join(f"  - {one.attribution.fr}" for one in recipe.licences),
        credits_en="\n".join(f"  - {one.attribution.en}" for one in recipe.licences),
    )
