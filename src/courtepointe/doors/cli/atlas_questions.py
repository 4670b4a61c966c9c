"""`courtepointe atlas show | areas | search`: questions to a pack, for people and as JSON."""

from __future__ import annotations

import importlib
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import django

from courtepointe.atlas.fits import FitMethod
from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.pack.values import Pack
from courtepointe.atlas.query.areas import area_table
from courtepointe.atlas.query.atlas import DRAWN, Atlas
from courtepointe.atlas.query.values import Portrait
from courtepointe.atlas.recipe.recalls import with_notices
from courtepointe.atlas.recipe.values import Words
from courtepointe.doors.cli.portrait_text import print_portrait
from courtepointe.doors.comparison_json import standing_json
from courtepointe.doors.portrait_json import portrait_json
from courtepointe.doors.series_json import series_json
from courtepointe.formats.boundaries import read_drawn
from courtepointe.press.galley import set_galley

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
@click.option(
    "--against",
    multiple=True,
    help="Read it against city, parent, peers, peers:GROUP, past, target or TYPE:VINTAGE:CODE; "
    "several times for several. Else what the recipe shows.",
)
@click.option("--notices", is_flag=True, help="Heed the recalls that the site's operator gave.")
@click.option("--series", is_flag=True, help="With --json: add every figure through time.")
@LANG
@AS_JSON
def show(
    pack: Path,
    area: str | None,
    geojson: Path | None,
    fit: str,
    units: str | None,
    against: tuple[str, ...],
    notices: bool,
    series: bool,
    lang: str,
    as_json: bool,
) -> None:
    """Print the portrait of an area: what stands for it, then every figure."""
    if series and not as_json:
        raise click.UsageError("--series goes with --json; or ask `atlas series`.")
    if (area is None) == (geojson is None):
        raise click.UsageError("Give either --area or --geojson.")
    opened = open_pack(pack)
    atlas = Atlas(_noticed(opened) if notices else opened)
    method = FitMethod(fit)
    if area is not None:
        portrait = atlas.portrait(atlas.find(area), method=method, unit_type=units)
    else:
        assert geojson is not None
        portrait = _drawn(atlas, geojson, method=method, units=units)
    stands = atlas.stands_out(portrait)
    if against:
        portrait = atlas.against(portrait, against)
    if as_json:
        told = portrait_json(portrait, atlas.pack.recipe, lang=lang)
        told["standing"] = standing_json(stands, set_galley(portrait, atlas.pack.recipe, lang=lang))
        if series:
            held = atlas.series_of(portrait)
            told["series"] = [series_json(one, lang=lang) for one in held.values() if one.points]
        _print_json(told)
    else:
        print_portrait(portrait, atlas.pack.recipe, lang=lang, stands=stands)


def _noticed(pack: Pack) -> Pack:
    """Give a pack whose releases say what the notices in the site's database say of them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "courtepointe.config.settings")
    django.setup()
    queries: Any = importlib.import_module("courtepointe.portraits.queries")
    found = queries.notices_in_force(pack.recipe.code)
    return replace(pack, recipe=with_notices(pack.recipe, found))


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
