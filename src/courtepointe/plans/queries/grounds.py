"""What a priority or an action may come from, and does."""

from __future__ import annotations

from typing import Any

from courtepointe.core.errors import NotFound
from courtepointe.portraits.readings.models import Reading


def ground_row(workspace: int, portrait: int, kind: str, number: int) -> Any:
    """Give a reading of a portrait, or raise `NotFound` ``unknown_ground``."""
    rows = Reading.objects.filter(workspace_id=workspace, portrait_id=portrait)
    row = rows.filter(pk=number).first() if kind == "reading" else None
    if row is None:
        raise NotFound("unknown_ground")
    return row
