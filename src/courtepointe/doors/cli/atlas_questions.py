"""`courtepointe atlas show | areas | search`: questions to a pack, for people and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from courtepointe.atlas.fits import FitMethod
from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.query.areas import area_table
from courtepointe.atlas.query.atlas import DRAWN, Atlas
from courtepointe.atlas.query.values import Portrait
from courtepointe.atlas.recipe.values import Words
from courtepointe.doors.cli.portrait_text import print_portrait
from courtepointe.doors.portrait_json import portrait_json
from courtepointe.formats.boundaries import read_drawn

PACK = click.argument("pack", type=click.Path(path_type=Path))
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
LANG = click.option(
    "--lang", type=click.Choice(["fr", "en"]), default="en", show_default=True, help="Language."
)


@click.command()
@PACK
@click.option("--area", help="TYPE:VINTAGE:CODE, or TYPE:CODE for the current vintage.")
@click.option(
    "--geojson",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file with the area: GeoJSON, GeoPackage, KML or a zipped Shapefile.",
)
@click.option(
    "--fit",
    type=click.Choice(["best_fit", "as_drawn"]),
    default="best_fit",
    show_default=True,
    help="Take whole units that are half inside, or split those that the limit crosses.",
)
@click.option("--units", help="TYPE:VINTAGE of the only units to use; else the finest with data.")
@LANG
@AS_JSON
def show(
    pack: Path,
    area: str | None,
    geojson: Path | None,
    fit: str,
    units: str | None,
    lang: str,
    as_json: bool,
) -> None:
    """Print the portrait of an area: what stands for it, then every figure."""
    if (area is None) == (geojson is None):
        raise click.UsageError("Give either --area or --geojson.")
    atlas = Atlas(open_pack(pack))
    method = FitMethod(fit)
    if area is not None:
        portrait = atlas.portrait(atlas.find(area), method=method, unit_type=units)
    else:
        assert geojson is not None
        portrait = _drawn(atlas, geojson, method=method, units=units)
    if as_json:
        _print_json(portrait_json(portrait, atlas.pack.recipe, lang=lang))
    else:
        print_portrait(portrait, atlas.pack.recipe, lang=lang)


def _drawn(atlas: Atlas, file: Path, *, method: FitMethod, units: str | None) -> Portrait:
    """Read the area of a file; say on standard error what had to be done to it."""
    drawn = read_drawn(file, filename=file.name, to_crs=atlas.pack.recipe.metric_crs)
    for notice in drawn.notices:
        click.echo(f"{file.name}: {notice.replace('_', ' ')}", err=True)
    name = DRAWN if drawn.name is None else Words(drawn.name, drawn.name)
    return atlas.portrait_of_shape(
        drawn.shape, name=name, method=method, unit_type=units, in_metres=True
    )


@click.command()
@PACK
@click.option("--type", "area_type", help="TYPE, or TYPE:VINTAGE.")
@LANG
@AS_JSON
def areas(pack: Path, area_type: str | None, lang: str, as_json: bool) -> None:
    """List the areas of a pack, type by type, in the order of their codes."""
    opened = open_pack(pack)
    atlas = Atlas(opened)
    types = sorted(opened.area_tables) if area_type is None else _vintages(atlas, area_type)
    listed = [
        {
            "type": summary.key.area_type,
            "vintage": summary.key.vintage,
            "code": summary.key.code,
            "name": summary.name.in_(lang),
        }
        for name in types
        for summary in atlas.areas(name)
    ]
    if as_json:
        _print_json({"areas": listed})
        return
    for one in listed:
        click.echo(f"{one['type']}:{one['vintage']}:{one['code']}\t{one['name']}")


def _vintages(atlas: Atlas, area_type: str) -> list[str]:
    """Give all vintages of a type, or the one that is named."""
    held = sorted(n for n in atlas.pack.area_tables if n.partition(":")[0] == area_type)
    return held or [area_table(atlas.pack, area_type).type_and_vintage]


@click.command()
@PACK
@click.argument("text")
@click.option("--limit", default=8, show_default=True, type=click.IntRange(1, 100))
@LANG
@AS_JSON
def search(pack: Path, text: str, limit: int, lang: str, as_json: bool) -> None:
    """Find areas by name, however it is spelt; the likeliest first."""
    hits = Atlas(open_pack(pack)).search(text, limit=limit)
    found = [
        {
            "type": hit.key.area_type,
            "vintage": hit.key.vintage,
            "code": hit.key.code,
            "name": hit.name.in_(lang),
            "type_name": hit.type_name.in_(lang),
            "score": hit.score,
        }
        for hit in hits
    ]
    if as_json:
        _print_json({"areas": found})
        return
    for one in found:
        key = f"{one['type']}:{one['vintage']}:{one['code']}"
        click.echo(f"{key}\t{one['name']}\t{one['type_name']}")


def _print_json(value: dict[str, Any]) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1))
