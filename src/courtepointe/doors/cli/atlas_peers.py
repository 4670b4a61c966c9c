"""`courtepointe atlas peers | both`: areas alike, and two shares read together."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.doors.comparison_json import joint_json, peers_json
from courtepointe.press.galley import set_galley
from courtepointe.press.numbers import amount
from courtepointe.press.sentences import joint_sentence

PACK = click.argument("pack", type=click.Path(path_type=Path))
AREA = click.option("--area", required=True, help="TYPE:VINTAGE:CODE, or TYPE:CODE.")
LANG = click.option(
    "--lang", type=click.Choice(["fr", "en"]), default="en", show_default=True, help="Language."
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.command()
@PACK
@AREA
@click.option("--group", help="Code of a peer group; else the first of the area's type.")
@LANG
@AS_JSON
def peers(pack: Path, area: str, group: str | None, lang: str, as_json: bool) -> None:
    """Name the areas most alike by the variables that the recipe declares, and say by what.

    The order says how alike, not how good. The hash at the end stands for all that the answer
    follows from: the same hash, the same peers.
    """
    atlas = Atlas(open_pack(pack))
    portrait = atlas.portrait(atlas.find(area))
    found = atlas.peers(portrait, group)
    if as_json:
        _print_json(peers_json(found, atlas.pack.recipe, lang=lang))
        return
    galley = set_galley(portrait, atlas.pack.recipe, lang=lang)
    click.echo(galley.set(found.group.reason.in_(lang)))
    for one in found.variables:
        indicator = galley.indicators[one.indicator]
        values = "\t".join(
            amount(value, unit=indicator.unit, decimals=indicator.decimals, lang=lang)
            for value in (one.own, one.centre, one.spread)
        )
        click.echo(f"{galley.label(one.indicator)}\t{values}\t{one.weight:.2f}")
    for peer in found.peers:
        click.echo(f"{peer.key}\t{peer.name.in_(lang)}\t{peer.distance:.2f}")
    for key, codes in found.left_out:
        click.echo(f"{key}\t-\t{', '.join(codes)}", err=True)
    click.echo(found.inputs_hash)


@click.command()
@PACK
@AREA
@click.option("--first", required=True, help="Code of an indicator: a share in percent.")
@click.option("--second", required=True, help="Code of another one.")
@LANG
@AS_JSON
def both(pack: Path, area: str, first: str, second: str, lang: str, as_json: bool) -> None:
    """Bound how many may be both of two shares of an area; the two shares alone do not say it."""
    atlas = Atlas(open_pack(pack))
    portrait = atlas.portrait(atlas.find(area))
    found = atlas.both(portrait, first, second)
    galley = set_galley(portrait, atlas.pack.recipe, lang=lang)
    if as_json:
        _print_json(joint_json(found, galley))
        return
    for figure in (found.first, found.second):
        click.echo(f"{galley.label(figure.indicator)}\t{galley.value(figure)}")
    click.echo(joint_sentence(galley, found).text)
    click.echo(galley.say("joint.warning"))


def _print_json(value: dict[str, Any]) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1))
