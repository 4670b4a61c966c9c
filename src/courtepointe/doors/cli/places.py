"""`courtepointe places`: directories of organisations, services and places, as HSDS 3."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from courtepointe.core.errors import BadInput
from courtepointe.doors.words import sentence
from courtepointe.formats.hsds import Read, read_hsds, write_json, write_package

FILE = click.argument("file", type=click.Path(path_type=Path))
LANG = click.option("--lang", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
SHOWN = 50


@click.group(help="Check and convert directories of services (HSDS 3).")
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
@FILE
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="A .json or a .zip.")  # fmt: skip
@click.option("--as-it-is", is_flag=True, help="Write even what has faults.")
def convert(file: Path, out: Path, as_it_is: bool) -> None:
    """Write FILE in the other form of HSDS: JSON, or a tabular package."""
    ending = out.suffix.lower()
    if ending not in (".json", ".zip"):
        raise BadInput("hsds_form", value=out.name)
    read = read_hsds(file)
    if read.faults and not as_it_is:
        raise BadInput("hsds_faults", file=file.name, value=len(read.faults))
    content = _written(read, ending)
    beside = out.with_name(f".{out.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(out)
    click.echo(f"{out} · {len(read.directory)}")


def _written(read: Read, ending: str) -> bytes:
    return write_json(read.directory) if ending == ".json" else write_package(read.directory)
