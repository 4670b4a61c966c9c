"""`courtepointe hubs <verb>`: who reaches a pôle, where the next should go, what holds on the bad day."""

from __future__ import annotations

import click

from courtepointe.doors.cli.hubs_access import access
from courtepointe.doors.cli.hubs_solve import solve
from courtepointe.doors.cli.hubs_stress import stress


@click.group()
def group() -> None:
    """Say who reaches a pôle on foot, what holds on a bad day; choose where the next should go."""


group.add_command(access)
group.add_command(solve)
group.add_command(stress)
