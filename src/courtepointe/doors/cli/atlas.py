"""`courtepointe atlas`: build an atlas from a recipe, and ask it questions.

Each verb is loaded when it is called, so that `--help` answers at once.
"""

from __future__ import annotations

import importlib

import click

VERBS = {
    "demo": ("atlas_demo", "demo", "Write the files of the fictional demo city."),
    "fetch": ("atlas_build", "fetch", "Download the publishers' files that are absent."),
    "build": ("atlas_build", "build", "Build a pack from a recipe and publishers' files."),
    "report": ("atlas_build", "report", "Say what a build read, matched, repaired, refused."),
    "indicators": ("atlas_build", "indicators", "Write the list of indicators of recipes."),
    "areas": ("atlas_questions", "areas", "List the areas of a pack."),
    "search": ("atlas_questions", "search", "Find areas by name, forgiving spelling."),
    "peers": ("atlas_peers", "peers", "Name the areas most alike, and say by what."),
    "both": ("atlas_peers", "both", "Bound how many may be both of two shares of an area."),
    "series": ("atlas_series", "series", "Print one quantity of an area through time."),
    "clusters": ("atlas_clusters", "clusters", "Say where values of an indicator gather."),
    "show": ("atlas_questions", "show", "Print the portrait of an area."),
}


class Verbs(click.Group):
    """The verbs of the atlas."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the verbs."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a verb."""
        if cmd_name not in VERBS:
            return None
        module, name, _ = VERBS[cmd_name]
        command: click.Command = getattr(
            importlib.import_module(f"courtepointe.doors.cli.{module}"), name
        )
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs without loading them."""
        with formatter.section("Verbs"):
            formatter.write_dl([(name, told) for name, (_, _, told) in VERBS.items()])


@click.group(cls=Verbs)
def group() -> None:
    """Build an atlas from a recipe, and ask it questions."""
