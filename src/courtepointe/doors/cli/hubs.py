"""`courtepointe hubs <verb>`: who reaches a pôle, where the next should go."""

from __future__ import annotations

import click

from courtepointe.doors.cli.hubs_access import access
from courtepointe.doors.cli.hubs_solve import solve


@click.group()
def group() -> None:
    """Say who reaches a pôle on foot; choose where the next should go, and prove it."""


group.add_command(access)
group.add_command(solve)
