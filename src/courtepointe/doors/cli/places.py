"""`courtepointe places`: directories of organisations, services and places, as HSDS 3; workshops."""

from __future__ import annotations

import importlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from courtepointe.atlas.pack.open import open_pack
from courtepointe.core.errors import BadInput
from courtepointe.doors.words import sentence
from courtepointe.formats.hsds import Directory, Read, read_hsds, write_json, write_package
from courtepointe.formats.whole import write_whole
from courtepointe.places.alike import LIKELY, Pair, likely_same
from courtepointe.places.decisions import pairs_csv, read_decisions
from courtepointe.places.gather import gathered
from courtepointe.places.merge import merged
from courtepointe.places.sights import COMPARED, sights

FILE = click.argument("file", type=click.Path(path_type=Path))
LANG = click.option("--lang", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
SHOWN = 50


LATE = {
    "form": ("places_collect", "Write a field form for telephones, as XLSForm."),
    "submissions": ("places_collect", "Read what filled forms brought."),
    "sheets": ("places_sheets", "Print the sheets of a mapping workshop: guide, map, cards."),
    "cells": ("places_sheets", "Straighten photos of sheets and cut them in cells."),
    "keyed": ("places_sheets", "Check keyed cards and put them on the map."),
}
"""Verbs whose libraries are loaded when they are called."""


class Verbs(click.Group):
    """The verbs of directories, of collecting by telephone and of workshops on paper."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the verbs."""
        return [*super().list_commands(ctx), *LATE]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a verb."""
        if cmd_name not in LATE:
            return super().get_command(ctx, cmd_name)
        module: Any = importlib.import_module(f"courtepointe.doors.cli.{LATE[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs without loading their libraries."""
        own = [(name, one.get_short_help_str(80)) for name, one in self.commands.items()]
        late = [(name, told) for name, (_, told) in LATE.items()]
        with formatter.section("Verbs"):
            formatter.write_dl([*own, *late])


@click.group(
    cls=Verbs,
    help="Directories of organisations, services and places (HSDS 3): gather, check, convert, compare, "
    "merge; field forms and what they brought; mapping workshops on paper.",
)
def group() -> None:
    """Hold the verbs."""


@group.command()
@FILE
@LANG
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def check(file: Path, lang: str, as_json: bool) -> None:
    """Say what FILE holds and all that is wrong with it: JSON, a zip of CSV files, or a folder of them."""
    read = read_hsds(file)
    counts = {table: len(read.directory.of(table)) for table in read.directory.records}
    if as_json:
        faults = [{"code": one.code, **one.facts, "sentence": sentence(one, lang=lang)} for one in read.faults]  # fmt: skip
        unknown = [f"{table}.{name}" for table, name in read.unknown]
        click.echo(json.dumps({"records": counts, "faults": faults, "unknown": unknown}, ensure_ascii=False, indent=1))  # fmt: skip
    else:
        for table, n in counts.items():
            click.echo(f"{table}\t{n}")
        for table, name in read.unknown:
            click.echo(f"{table}.{name}\t?")
        for one in read.faults[:SHOWN]:
            click.echo(sentence(one, lang=lang), err=True)
        if len(read.faults) > SHOWN:
            click.echo(f"… {len(read.faults) - SHOWN}", err=True)
    if read.faults:
        raise click.exceptions.Exit(3)


@group.command()
@click.argument("pack", type=click.Path(path_type=Path))
@click.option("--layer", "layers", multiple=True, help="A layer of places of the pack; all of them where none is named.")  # fmt: skip
@click.option("--city", default="", help="For addresses; else the name of the area that the layer describes.")  # fmt: skip
@click.option("--province", default="QC", show_default=True)
@click.option("--country", default="CA", show_default=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="A .json or a .zip.")  # fmt: skip
def gather(
    pack: Path, layers: tuple[str, ...], city: str, province: str, country: str, out: Path
) -> None:
    """Write the places of PACK as a directory to start from, each with its source.

    Then `alike --out pairs.csv` says which of them are likely one place twice, and `merge` makes
    them one.
    """
    _check_form(out)
    told = gathered(open_pack(pack), layers, city=city, province=province, country=country)
    _write(told, out)


@group.command()
@FILE
@click.option("--least", type=click.FloatRange(0.0, 1.0), default=LIKELY, show_default=True, help="Probability from which a pair is told.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="A .csv to decide in, for `merge`.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the pairs as JSON.")
def alike(file: Path, least: float, out: Path | None, as_json: bool) -> None:
    """Say which organisations and which locations of FILE are likely the same one twice, and why.

    Nothing is changed: whoever knows the places decides. Each line holds the probability, the
    table, the two records, how far apart they are, and what was compared.
    """
    directory = read_hsds(file).directory
    pairs = [
        (table, pair)
        for table in COMPARED
        for pair in likely_same(sights(directory, table), least=least)
    ]
    if out is not None:
        write_whole(out, pairs_csv(directory, pairs).encode())
        click.echo(f"{out} · {len(pairs)}")
        return
    found = [_told(directory, table, pair) for table, pair in pairs]
    if as_json:
        click.echo(json.dumps({"pairs": found}, ensure_ascii=False, indent=1))
        return
    for one in found:
        away = "" if one["distance_m"] is None else f"{one['distance_m']:.0f} m"
        why = " ".join(f"{what}:{level}" for what, level in one["reasons"].items())
        names = (f"{held['name']} ({held['id']})" for held in one["records"])
        click.echo("\t".join((f"{one['probability']:.2f}", one["table"], *names, away, why)))


def _told(directory: Directory, table: str, pair: Pair) -> dict[str, Any]:
    records = (directory.of(table)[n] for n in (pair.first, pair.second))
    named = [{"id": one.id, "name": one.values.get("name", "")} for one in records]
    return {
        "table": table, "probability": round(pair.probability, 4), "records": named,
        "distance_m": pair.distance_m, "reasons": dict(pair.reasons),
    }  # fmt: skip


@group.command()
@FILE
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="A .json or a .zip.")  # fmt: skip
@click.option("--as-it-is", is_flag=True, help="Write even what has faults.")
def convert(file: Path, out: Path, as_it_is: bool) -> None:
    """Write FILE in the other form of HSDS: JSON, or a tabular package."""
    _check_form(out)
    _write(_without_faults(file, as_it_is).directory, out)


@group.command()
@FILE
@click.argument("decisions", type=click.Path(path_type=Path))
@click.option("--by", required=True, help="Who decided; it stands in the trace.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="A .json or a .zip.")  # fmt: skip
@click.option("--as-it-is", is_flag=True, help="Merge even what has faults.")
def merge(file: Path, decisions: Path, by: str, out: Path, as_it_is: bool) -> None:
    """Make one of the records of FILE that DECISIONS says are one thing, and leave a trace.

    DECISIONS is the table that `alike --out` writes, with « oui », « yes » or « x » in the column
    decision; « inverser » or « swap » keeps the second record instead of the first. What the other
    record said is kept in the table metadata of the directory.
    """
    _check_form(out)
    if not by.strip():
        raise click.BadParameter("a name", param_hint="--by")
    read = _without_faults(file, as_it_is)
    merges = read_decisions(decisions)
    told = merged(
        read.directory, merges, by=by.strip(), on=datetime.now(tz=UTC).astimezone().date()
    )
    _write(told, out)


def _check_form(out: Path) -> None:
    if out.suffix.lower() not in (".json", ".zip"):
        raise BadInput("hsds_form", value=out.name)


def _without_faults(file: Path, as_it_is: bool) -> Read:
    read = read_hsds(file)
    if read.faults and not as_it_is:
        raise BadInput("hsds_faults", file=file.name, value=len(read.faults))
    return read


def _write(directory: Directory, out: Path) -> None:
    json_text = out.suffix.lower() == ".json"
    write_whole(out, write_json(directory) if json_text else write_package(directory))
    click.echo(f"{out} · {len(directory)}")
