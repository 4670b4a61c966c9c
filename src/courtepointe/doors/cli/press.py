"""`courtepointe press`: what is printed from a pack without a site."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import click

from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.core.errors import BadInput
from courtepointe.formats.whole import write_whole
from courtepointe.press.maps.asked import FEWEST, METHODS, MOST, MapAsked, MapKind
from courtepointe.press.maps.poster import draw_map, png
from courtepointe.press.maps.rows import map_csv
from courtepointe.press.maps.setting import set_map
from courtepointe.press.maps.themed import ThematicMap
from courtepointe.press.palette import Scheme

ENDINGS = (".svg", ".png", ".csv")


DOCUMENTS = {
    "portrait": (
        "portrait",
        "Print the portrait of an area: PDF, Word, PowerPoint, Excel, CSV, HTML.",
    ),
    "all": ("all_", "Print the portraits of all areas of a type."),
    "templates": ("templates", "List the templates of documents."),
}
"""Verbs whose libraries are loaded when they are called."""


class Verbs(click.Group):
    """The verbs of the press."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the verbs."""
        return [*DOCUMENTS, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a verb."""
        if cmd_name not in DOCUMENTS:
            return super().get_command(ctx, cmd_name)
        module: Any = importlib.import_module("courtepointe.doors.cli.press_documents")
        command: click.Command = getattr(module, DOCUMENTS[cmd_name][0])
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs without loading their libraries."""
        told = [(name, about) for name, (_, about) in DOCUMENTS.items()]
        with formatter.section("Verbs"):
            formatter.write_dl([*told, ("map", "Draw one map into a file, or say it in words.")])


@click.group(cls=Verbs, help="Print from a pack: portraits as documents, maps.")
def group() -> None:
    """Hold the verbs."""


@group.command("map")
@click.argument("pack", type=click.Path(path_type=Path))
@click.option("--indicator", required=True, help="Code of an indicator.")
@click.option("--areas", default="", help="TYPE:VINTAGE, or TYPE; else the recipe's home.")
@click.option(
    "--kind", type=click.Choice([one.value for one in MapKind]), default="shades", show_default=True
)
@click.option("--period", default="", help="The latest where not said.")
@click.option("--against", default="", help="The other period of a change or a pair.")
@click.option("--beside", multiple=True, help="Another indicator; may be said again.")
@click.option("--method", type=click.Choice(METHODS), help="How classes are made.")
@click.option("--number", type=click.IntRange(FEWEST, MOST), help="How many classes.")
@click.option("--here", default="", help="Code of an area to outline.")
@click.option("--lang", type=click.Choice(["fr", "en"]), default="en", show_default=True)
@click.option("--width", type=click.IntRange(240, 2400), default=720, show_default=True)
@click.option(
    "--scheme", type=click.Choice([one.value for one in Scheme]), default="light", show_default=True
)
@click.option("--out", type=click.Path(path_type=Path), help="A .svg, .png or .csv; else words.")
def map_(
    pack: Path,
    indicator: str,
    areas: str,
    kind: str,
    period: str,
    against: str,
    beside: tuple[str, ...],
    method: str | None,
    number: int | None,
    here: str,
    lang: str,
    width: int,
    scheme: str,
    out: Path | None,
) -> None:
    """Draw one map of a PACK into a file, or say it in words."""
    if out is not None and out.suffix not in ENDINGS:
        raise BadInput("map_file_ending", value=out.name, expected=", ".join(ENDINGS))
    atlas = Atlas(open_pack(pack))
    asked = MapAsked(
        areas or atlas.pack.recipe.home, indicator, MapKind(kind), period, against, beside,
        method or "", number or 0, here,
    )  # fmt: skip
    made = set_map(atlas, asked, lang=lang)
    if out is None:
        click.echo("\n".join((made.title, made.subtitle, "", *made.words, *made.warnings)))
        return
    write_whole(out, _file(atlas, made, out.suffix, width=width, scheme=scheme))
    click.echo(f"{out}: {made.title}")


def _file(atlas: Atlas, made: ThematicMap, ending: str, *, width: int, scheme: str) -> bytes:
    """Write a map in the form that an ending names."""
    held = {code: atlas.indicator(code) for code in made.asked.indicators}
    if ending == ".csv":
        return map_csv(made, held).encode()
    drawn = draw_map(made, list(held.values()), width=float(width), scheme=scheme)
    return png(drawn) if ending == ".png" else drawn.svg.encode()
