"""`courtepointe portraits export`: a resilience portrait as files, so that nobody is held here by what they wrote."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from courtepointe.core.errors import NotFound, Refused
from courtepointe.doors.cli.hubs_options import LANG
from courtepointe.doors.cli.languages import FrenchToo
from courtepointe.formats.whole import write_folder


@click.command(cls=FrenchToo)
@click.argument("workspace")
@click.argument("number", type=int)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="A new folder for the files; all of them, or none.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
@LANG
def export(workspace: str, number: int, out: Path, as_json: bool, lang: str) -> None:
    """Write a resilience portrait as data: what its pages say, for other systems to read.

    \b
    courtepointe portraits export table-de-quartier-de-vieux-moulin 3 --out portrait
    courtepointe portraits index --data portrait/iData.csv --meta portrait/iMeta.csv \\
        --method portrait/method.toml --out steps

    WORKSPACE is what stands in the addresses of the workspace, NUMBER what stands in those of the portrait
    (…/resilience/3/). The folder holds:

    \b
    portrait.json              all of it: framework, indicators, observations, scores, voices, readings,
                               replies, priorities, actions
    portrait.schema.json       what stands where in it (JSON Schema 2020-12)
    portrait.xlsx              the same as sheets
    observations.csv           a row an observation; observations.csv-metadata.json says what each column
                               is (CSV on the Web)
    iData.csv, iMeta.csv,      the indicators as the tables of an index, for `portraits index`; the
    method.toml                portrait itself adds no dimension to another

    What would tell of a few people is in none of these files, and no name of a person is. The exit code is
    5 where there is no such workspace or portrait, 6 where the folder holds something already.
    """
    if out.is_dir() and any(out.iterdir()):
        raise Refused("composite_folder", file=out.name)
    files: Any = importlib.import_module("courtepointe.doors.resilience_data.files")
    held = files.PortraitData.of(_seen(workspace), number, now=timezone.now(), lang=lang)
    made = held.files()
    write_folder(out, made)
    told = {
        "workspace": workspace,
        "portrait": number,
        "uid": held.told["portrait"]["uid"],
        "indicators": len(held.told["indicators"]),
        "observations": sum(len(one["observations"]) for one in held.told["indicators"]),
        "files": sorted(made),
    }
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for name in told["files"]:
        click.echo(str(out / name))


def _seen(slug: str) -> Any:
    """Give a workspace as nobody's: an operator has no role in it, and what is protected stays so."""
    queries: Any = importlib.import_module("courtepointe.people.queries")
    values: Any = importlib.import_module("courtepointe.people.values")
    found = queries.workspace_named(slug)
    if found is None:
        raise NotFound("unknown_workspace")
    return values.WorkspaceSeen(
        found.id, found.slug, found.name, found.kind, frozenset(), frozenset()
    )
