"""`courtepointe hubs <verb>`: where the next pôles should go."""

from __future__ import annotations

import click

from courtepointe.doors.cli.hubs_solve import solve


@click.group()
def group() -> None:
    """Choose where the next pôles should go, and prove it."""


group.add_command(solve)
