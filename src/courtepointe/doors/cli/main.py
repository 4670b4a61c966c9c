"""`courtepointe <room> <verb>`: each room's verbs are loaded when they are called."""

from __future__ import annotations

import importlib
import sys
from io import TextIOWrapper
from typing import Any

import click

from courtepointe.core.errors import CourtepointeError
from courtepointe.doors.cli.languages import spoken
from courtepointe.doors.words import exit_code, sentence

ROOMS = {
    "atlas": (
        "courtepointe.doors.cli.atlas",
        "Build an atlas from a recipe, and ask it questions.",
    ),
    "press": ("courtepointe.doors.cli.press", "Print portraits and maps from a pack."),
    "places": (
        "courtepointe.doors.cli.places",
        "Directories of services (HSDS 3); field forms and what they bring.",
    ),
    "people": (
        "courtepointe.doors.cli.people",
        "Open workspaces, invite, help somebody to come back.",
    ),
    "site": ("courtepointe.doors.cli.site", "Prepare and serve the site."),
    "hubs": (
        "courtepointe.doors.cli.hubs",
        "Who reaches a pôle on foot; where the next should go, proven.",
    ),
    "portraits": (
        "courtepointe.doors.cli.portraits",
        "Recall a release, and list what rests on it; compute a composite index.",
    ),
}


class Rooms(click.Group):
    """The rooms, each imported only when one of its verbs is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the rooms."""
        return list(ROOMS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a room."""
        if cmd_name not in ROOMS:
            return None
        module: Any = importlib.import_module(ROOMS[cmd_name][0])
        group: click.Command = module.group
        return group

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the rooms without loading them."""
        with formatter.section("Rooms"):
            formatter.write_dl([(name, told) for name, (_, told) in ROOMS.items()])


@click.group(cls=Rooms, context_settings={"help_option_names": ["-h", "--help"]})
def courtepointe() -> None:
    """Know a neighbourhood, prepare, decide, act and learn.

    Each room has its verbs: `courtepointe atlas --help` lists those of the atlas.
    """


def _write_every_letter() -> None:
    """Write UTF-8 where the terminal's own encoding could not hold « œ » or a narrow space."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.encoding.lower() != "utf-8":
            stream.reconfigure(encoding="utf-8")


def main() -> None:
    """Run a command; tell an error of ours in one sentence on standard error, in the verb's language."""
    _write_every_letter()
    try:
        courtepointe()
    except CourtepointeError as error:
        lang = spoken(courtepointe, sys.argv[1:])
        click.echo(sentence(error, lang=lang), err=True)
        sys.exit(exit_code(error))
