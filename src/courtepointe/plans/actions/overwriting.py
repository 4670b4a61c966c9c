"""What is written over is what its writer read: of two people who write at once, the second is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model

from courtepointe.core.errors import Refused
from courtepointe.people.actions import change
from courtepointe.people.values import Person
from courtepointe.plans.marks import mark_of


def overwrite(
    row: Model, told: Mapping[str, Any], *, after: str, by: Person, now: datetime
) -> None:
    """Change what a row says, where it still says what its writer read.

    What it says already is neither refused nor written: a form that is sent twice is kept once.

    Raises
    ------
    Refused
        ``plan_moved_on``.
    """
    if any(getattr(row, name) != value for name, value in told.items()):
        hold(after, mark_of(row))
        change(row, told, by=by, now=now)


def hold(after: str, stands: str) -> None:
    """Hold that what was read is what stands, or raise `Refused` ``plan_moved_on``."""
    if after != stands:
        raise Refused("plan_moved_on")
