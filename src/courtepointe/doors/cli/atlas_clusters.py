"""`courtepointe atlas clusters`: where values of an indicator gather."""

from __future__ import annotations

import json
from pathlib import Path

import click

from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.query.areas import area_table
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.doors.clusters_json import clusters_json
from courtepointe.press.clusters import (
    ClusterMap,
    ClustersAsked,
    clusters_csv,
    reading,
    set_clusters,
)
from courtepointe.press.maps.telling import folded


@click.command()
@click.argument("pack", type=click.Path(path_type=Path))
@click.argument("indicator")
@click.option("--type", "area_type", required=True, help="TYPE:VINTAGE, or TYPE for the current.")
@click.option("--within", help="TYPE:VINTAGE:CODE of a larger area: only the areas inside.")
@click.option("--along", help="Code of an indicator: is the first one higher where it is low?")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, one row for each area.")
@click.option("--lang", type=click.Choice(["fr", "en"]), default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def clusters(
    pack: Path,
    indicator: str,
    area_type: str,
    within: str | None,
    along: str | None,
    as_csv: bool,
    lang: str,
    as_json: bool,
) -> None:
    """Say where values of an INDICATOR gather among the areas of a type, and how unequal they are.

    A cluster is told only where neither chance nor the error of the values explains it. It
    describes places, not people, and nothing is ranked: areas stand in the order of their names.
    """
    if as_csv and as_json:
        raise click.UsageError("Give --csv or --json, not both.")
    atlas = Atlas(open_pack(pack))
    asked = ClustersAsked(
        area_table(atlas.pack, area_type).type_and_vintage,
        indicator,
        None if within is None else atlas.find(within),
        along or "",
    )
    made = set_clusters(atlas, asked, lang=lang, drawn=False)
    if as_json:
        click.echo(json.dumps(clusters_json(made), ensure_ascii=False, allow_nan=False, indent=1))
    elif as_csv:
        click.echo(clusters_csv(made, bom=False), nl=False)
    else:
        _print(made, lang=lang)


def _print(made: ClusterMap, *, lang: str) -> None:
    click.echo(made.title)
    for line in (*made.words, made.warning, "", *made.unequal_words, ""):
        click.echo(line)
    for one in sorted(made.areas, key=lambda one: folded(one.area.label)):
        if one.unit.kept or one.unit.unsure:
            told = (
                str(one.unit.key),
                one.area.label,
                one.area.value_text,
                reading(one.unit, lang=lang),
            )
            click.echo("\t".join(told))
    click.echo("")
    for line in made.how:
        click.echo(line)
