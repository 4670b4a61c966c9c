"""`courtepointe people`: open a workspace, invite its first person, help somebody to come back, check tables."""

from __future__ import annotations

import importlib
import json
import os
from typing import Any

import click
import django
from django.conf import settings
from django.utils import timezone, translation

SETTINGS = "courtepointe.config.settings"
JSON = click.option("--json", "as_json", is_flag=True, help="Write JSON.")
SITE = click.option(
    "--site",
    default="http://localhost:8765",
    show_default=True,
    help="The site's own address, which the link begins with.",
)


FILES = {
    "check-file": ("check", "Say all that is wrong with a table, cell by cell."),
    "blank-file": ("blank", "Write an empty table to fill in."),
    "shapes": ("shapes", "List the kinds of tables that can be checked."),
}
"""Verbs of tables, which need no database: their libraries are loaded when they are called."""


class Verbs(click.Group):
    """The verbs of people."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the verbs."""
        return [*super().list_commands(ctx), *FILES]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a verb."""
        if cmd_name not in FILES:
            return super().get_command(ctx, cmd_name)
        module: Any = importlib.import_module("courtepointe.doors.cli.people_files")
        command: click.Command = getattr(module, FILES[cmd_name][0])
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs without loading their libraries."""
        own = ((name, super(Verbs, self).get_command(ctx, name)) for name in self.commands)
        told = [(name, verb.get_short_help_str(100)) for name, verb in own if verb]
        with formatter.section("Verbs"):
            formatter.write_dl([*told, *((name, about) for name, (_, about) in FILES.items())])


@click.group(
    cls=Verbs,
    help="Open workspaces, invite their first person, help somebody to come back; check tables.",
)
def group() -> None:
    """Load nothing: verbs that need the database call `set_up`."""


def set_up() -> None:
    """Set Django up: accounts and workspaces are in the site's database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()


def people(module: str) -> Any:
    """Give a module of the people app, which can be read once Django is set up."""
    return importlib.import_module(f"courtepointe.people.{module}")


def link(site: str, name: str, secret: str) -> str:
    """Write the address of a secret's page, in the site's first language."""
    reverse: Any = importlib.import_module("django.urls").reverse
    with translation.override(settings.LANGUAGE_CODE):
        return f"{site.rstrip('/')}{reverse(name, args=[secret])}"


@group.command("open")
@click.argument("name")
@click.option("--kind", default="table", show_default=True, help="table, sector, funder, city…")
@click.option("--first", default="", help="Who the first invitation is for, in your own words.")
@click.option("--if-none", is_flag=True, help="Do nothing where a workspace is open already.")
@SITE
@JSON
def open_(name: str, kind: str, first: str, if_none: bool, site: str, as_json: bool) -> None:
    """Open the workspace NAME and print the link that makes its first coordinator.

    \b
    courtepointe people open "Table de quartier de Vieux-Moulin" --first "Ana, coordination"
    """
    set_up()
    now, actions, queries = timezone.now(), people("actions"), people("queries.workspaces")
    if if_none and queries.any_open():
        return
    described = people("actions.workspaces").Described(name, kind)
    slug = actions.open_workspace(described, by=None, now=now)
    _told_link(slug, first or name, site, as_json)


@group.command()
@click.argument("slug")
@click.option("--first", default="", help="Who the invitation is for, in your own words.")
@SITE
@JSON
def invite(slug: str, first: str, site: str, as_json: bool) -> None:
    """Print a coordinator's link for a workspace where nobody can invite any more."""
    set_up()
    _told_link(slug, first or slug, site, as_json)


def _told_link(slug: str, label: str, site: str, as_json: bool) -> None:
    secret = people("actions").invite(
        slug,
        label=label,
        told_roles=["coordinator", "administrator"],
        by=None,
        now=timezone.now(),
    )
    address = link(site, "join", secret)
    if as_json:
        click.echo(json.dumps({"workspace": slug, "link": address}))
        return
    click.echo(f"Workspace: {slug}", err=True)
    click.echo("Its first coordinator joins here (once, within 14 days):", err=True)
    click.echo(address)


@group.command()
@click.argument("email")
@SITE
@JSON
def recover(email: str, site: str, as_json: bool) -> None:
    """Print a link with which EMAIL sets a new password and makes new second factors.

    Make sure that you give it to that very person: it serves once, within 24 hours.
    """
    set_up()
    secret = people("actions").offer_recovery(email, now=timezone.now())
    address = link(site, "recover", secret)
    click.echo(json.dumps({"link": address}) if as_json else address)


@group.command("destroy-due")
@click.option(
    "--dry-run", is_flag=True, help="Say what is due, and what falls with it; touch nothing."
)
@JSON
def destroy_due(dry_run: bool, as_json: bool) -> None:
    """End all personal information whose time is over: destroyed, emptied or anonymised.

    Each room declares its rules; each workspace's log says what ended, never what it was. Run it once
    a day; a second run finds nothing.

    \b
    courtepointe people destroy-due --dry-run
    """
    set_up()
    now = timezone.now()
    listed = people("queries.retention").due(now=now)
    over = people("queries.consents").consents_over(on=timezone.localdate(now))
    consents = [_consents(one) for one in over]
    if dry_run:
        _told([*consents, *map(_shown, listed)], as_json, done=False)
        return
    names = {one.rule.code: one for one in listed}
    ended = people("actions.privacy.retention").destroy_all_due(now=now)
    shown = [_shown(names[code]) | {"count": count} for code, count in ended if code in names]
    _told([*consents, *shown], as_json, done=True)


def _shown(one: Any) -> dict[str, Any]:
    return {
        "rule": one.rule.code,
        "what": one.rule.model,
        "then": one.rule.then,
        "why": one.rule.words.en,
        "count": one.count,
        "oldest": one.oldest.isoformat(),
        "beside": dict(one.beside),
    }


def _consents(one: Any) -> dict[str, Any]:
    return {
        "rule": f"consent_over.{one.text}",
        "what": one.kind or "people.consentrecord",
        "then": "withdrawn",
        "why": f"the last day of a consent is past: {one.text}",
        "count": one.count,
        "oldest": one.oldest.isoformat(),
        "beside": {},
    }


def _told(lines: list[dict[str, Any]], as_json: bool, *, done: bool) -> None:
    if as_json:
        click.echo(json.dumps({"done": done, "rules": lines}, ensure_ascii=False))
        return
    if not lines:
        click.echo("Nothing is due.")
    for line in lines:
        verb = line["then"] if done else f"to be {line['then']}"
        click.echo(f"{line['count']:>7}  {line['what']}: {verb} ({line['why']})")
        for what, count in line["beside"].items():
            click.echo(f"{count:>9}  with them: {what}")
