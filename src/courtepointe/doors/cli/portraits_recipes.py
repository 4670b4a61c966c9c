"""`courtepointe portraits recipes`: the methods that are shipped, what each assumes, where it is published."""

from __future__ import annotations

import json

import click

from courtepointe.doors.cli.hubs_options import LANG
from courtepointe.doors.cli.languages import FrenchToo
from courtepointe.formats.composite import SHIPPED, method_hash, shipped_method

SAID = {
    "fr": {"assumes": "suppose :", "sources": "publié dans :", "hash": "empreinte : {0}"},
    "en": {"assumes": "assumes:", "sources": "published in:", "hash": "hash: {0}"},
}


@click.command(cls=FrenchToo)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@LANG
def recipes(as_json: bool, lang: str) -> None:
    """List the methods that `courtepointe portraits index --method` knows by name.

    Each with what it assumes, where it is published, and the hash of all that makes a score.
    """
    found = [shipped_method(code) for code in SHIPPED]
    if as_json:
        told = [
            {
                "code": one.code, "about": dict(one.about),
                "assumes": {own: list(lines) for own, lines in one.assumes.items()},
                "sources": list(one.sources), "method_sha256": method_hash(one, ()),
            }
            for one in found
        ]  # fmt: skip
        click.echo(json.dumps({"recipes": told}, ensure_ascii=False, indent=2))
        return
    said = SAID[lang]
    for one in found:
        click.echo(f"{one.code}\n  {one.about[lang]}\n  {said['assumes']}")
        for line in one.assumes[lang]:
            click.echo(f"    – {line}")
        click.echo(f"  {said['sources']}")
        for line in one.sources:
            click.echo(f"    – {line}")
        click.echo(f"  {said['hash'].format(method_hash(one, ())[:12])}")
