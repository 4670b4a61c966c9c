"""`courtepointe portraits`: the operator's notices about releases, and what they touch."""

from __future__ import annotations

import getpass
import importlib
import json
import os
from typing import Any

import click
import django
from django.conf import settings
from django.utils import timezone

from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.recipe.values import Recipe, Words
from courtepointe.doors.cli.portraits_demonstrate import demonstrate
from courtepointe.doors.cli.portraits_export import export
from courtepointe.doors.cli.portraits_index import index
from courtepointe.doors.cli.portraits_recipes import recipes

SETTINGS = "courtepointe.config.settings"
JSON = click.option("--json", "as_json", is_flag=True, help="Write JSON.")
BY = click.option("--by", default=getpass.getuser, help="Who gives the notice; else your login.")


@click.group(
    help="Recall a release, and list what rests on it; compute a composite index; write a resilience portrait as data, or the demonstration."
)
def group() -> None:
    """Set Django up: the notices are in the site's database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()


def portraits(module: str) -> Any:
    """Give a module of the portraits app, which can be read once Django is set up."""
    return importlib.import_module(f"courtepointe.portraits.{module}")


def atlas_recipe() -> Recipe:
    """Give the recipe of the pack that the site serves."""
    return open_pack(settings.PACK).recipe


@group.command()
@click.argument("release")
@click.option("--reason-fr", required=True, help="What is wrong, in French.")
@click.option("--reason-en", required=True, help="What is wrong, in English.")
@click.option("--superseded-by", default="", help="The release to use instead.")
@BY
@JSON
def recall(
    release: str, reason_fr: str, reason_en: str, superseded_by: str, by: str, as_json: bool
) -> None:
    """Say that RELEASE is no longer to be relied on: its figures stay, each with a caution."""
    recipe = atlas_recipe()
    portraits("actions").recall_release(
        release,
        atlas_code=recipe.code,
        known=[held.code for held in recipe.releases],
        reason=Words(reason_fr, reason_en),
        replaced_by=superseded_by,
        by=by,
        now=timezone.now(),
    )
    _told(recipe, release, as_json=as_json)


@group.command()
@click.argument("release")
@click.argument("newer")
@BY
@JSON
def supersede(release: str, newer: str, by: str, as_json: bool) -> None:
    """Say that NEWER takes the place of RELEASE; nothing is wrong with the older one."""
    recipe = atlas_recipe()
    portraits("actions").supersede_release(
        release,
        atlas_code=recipe.code,
        known=[held.code for held in recipe.releases],
        replaced_by=newer,
        by=by,
        now=timezone.now(),
    )
    _told(recipe, release, as_json=as_json)


@group.command()
@click.argument("release")
@BY
@JSON
def lift(release: str, by: str, as_json: bool) -> None:
    """Take the notice about RELEASE back; what was said stays written."""
    recipe = atlas_recipe()
    known = [held.code for held in recipe.releases]
    portraits("actions").lift_notice(
        release, atlas_code=recipe.code, known=known, by=by, now=timezone.now()
    )
    _told(recipe, release, as_json=as_json)


@group.command()
@click.argument("release")
@JSON
def touched(release: str, as_json: bool) -> None:
    """List every kept area that was read with RELEASE."""
    _told(atlas_recipe(), release, as_json=as_json)


@group.command()
@JSON
def notices(as_json: bool) -> None:
    """List the notices in force."""
    found = portraits("queries").notices_in_force(atlas_recipe().code)
    told = [
        {
            "release": one.release,
            "date": one.date,
            "recalled": one.reason is not None,
            "reason": None if one.reason is None else {"fr": one.reason.fr, "en": one.reason.en},
            "replaced_by": one.replaced_by,
        }
        for one in found
    ]
    if as_json:
        click.echo(json.dumps({"notices": told}, ensure_ascii=False, indent=2))
        return
    for one in found:
        kind = "superseded" if one.reason is None else f"recalled: {one.reason.en}"
        after = f" (use {one.replaced_by})" if one.replaced_by else ""
        click.echo(f"{one.date}  {one.release}  {kind}{after}")


def _told(recipe: Recipe, release: str, *, as_json: bool) -> None:
    """Write what rests on a release."""
    uses = portraits("queries").uses_of_release(release, atlas_code=recipe.code, now=timezone.now())
    if as_json:
        told = [
            {
                "kind": use.kind,
                "key": use.key,
                "name": use.name,
                "pack": use.pack_hash,
                "noted": use.noted.isoformat(),
            }
            for use in uses
        ]
        click.echo(json.dumps({"release": release, "touched": told}, ensure_ascii=False, indent=2))
        return
    click.echo(f"{release}: {len(uses)} kept", err=True)
    for use in uses:
        click.echo(f"{use.kind}  {use.key}  {use.name}  (pack {use.pack_hash[:12]})")


group.add_command(demonstrate)
group.add_command(export)
group.add_command(index)
group.add_command(recipes)
