"""`courtepointe atlas series`: one quantity of an area through time."""

from __future__ import annotations

import json
from pathlib import Path

import click

from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.doors.series_json import series_json
from courtepointe.press.galley import set_galley
from courtepointe.press.sentences.change import break_words, change_words


@click.command()
@click.argument("pack", type=click.Path(path_type=Path))
@click.option("--area", required=True, help="TYPE:VINTAGE:CODE, or TYPE:CODE for the current one.")
@click.option("--indicator", required=True, help="Code of an indicator.")
@click.option("--on", help="TYPE:VINTAGE of the units that all points are brought to.")
@click.option("--lang", type=click.Choice(["fr", "en"]), default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def series(pack: Path, area: str, indicator: str, on: str | None, lang: str, as_json: bool) -> None:
    """Print one quantity of an area through time, with its breaks and its change."""
    atlas = Atlas(open_pack(pack))
    key = atlas.find(area)
    found = atlas.series(key, indicator, on=on)
    if as_json:
        told = series_json(found, lang=lang)
        click.echo(json.dumps(told, ensure_ascii=False, allow_nan=False, indent=1))
        return
    galley = set_galley(atlas.portrait(key, unit_type=on), atlas.pack.recipe, lang=lang)
    for point in found.points:
        interval = galley.interval(point.figure)
        beside = f" ({interval})" if interval else ""
        click.echo(f"{point.period}\t{galley.value(point.figure)}{beside}\t{point.carried.value}")
    for one in found.changes:
        click.echo(change_words(galley, found.indicator, one))
    for broken in found.breaks:
        click.echo(break_words(galley, broken))
