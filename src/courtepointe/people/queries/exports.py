"""Exports of contacts: asked, approved, taken, over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from courtepointe.people.models import ExportRequest

PAGE = 100


@dataclass(frozen=True, slots=True)
class ExportSeen:
    """A request to take contacts away; ``state`` is waiting, approved, refused, taken or over."""

    number: int
    what: str
    why: str
    count: int
    asked_by_id: int
    asked_by: str
    asked: datetime
    expires: datetime
    approved_by: str
    state: str


def exports_of(workspace_id: int, *, now: datetime) -> tuple[ExportSeen, ...]:
    """List the last 100 requests of a workspace, the newest first."""
    rows = ExportRequest.objects.select_related("asked_by", "approved_by")
    rows = rows.filter(workspace_id=workspace_id).order_by("-pk")
    return tuple(
        ExportSeen(
            number=row.pk,
            what=row.what,
            why=row.why,
            count=row.count,
            asked_by_id=row.asked_by.pk,
            asked_by=row.asked_by.name,
            asked=row.asked,
            expires=row.expires,
            approved_by=row.approved_by.name if row.approved_by else "",
            state=_state(row, now),
        )
        for row in rows[:PAGE]
    )


def _state(row: ExportRequest, now: datetime) -> str:
    if row.taken:
        return "taken"
    if row.refused:
        return "refused"
    if row.expires <= now:
        return "over"
    return "approved" if row.approved else "waiting"
