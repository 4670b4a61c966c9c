"""What an action may be linked to elsewhere in its workspace."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.timezone import localdate

from courtepointe.core.errors import NotFound
from courtepointe.engagement.models import Activity, TrainingSession
from courtepointe.hubs.models import Exercise, Hub
from courtepointe.plans.models import ActionLink
from courtepointe.plans.values import LinkSeen

KINDS: Mapping[str, tuple[type[Model], str]] = {
    "hub": (Hub, "name"),
    "session": (TrainingSession, "-starts"),
    "activity": (Activity, "-starts"),
    "exercise": (Exercise, "-held"),
}
"""Of each kind of link, its rows and the order in which they are offered."""
MOST = 200


def _session(row: TrainingSession) -> str:
    return f"{row.course.title_fr} · {localdate(row.starts):%Y-%m-%d}"


def _activity(row: Activity) -> str:
    return f"{row.title} · {localdate(row.starts):%Y-%m-%d}"


def _exercise(row: Exercise) -> str:
    return f"{row.hub.name} · {row.scenario} · {row.held:%Y-%m-%d}"


NAMES: Mapping[str, Callable[[Any], str]] = {
    "hub": lambda row: str(row.name),
    "session": _session,
    "activity": _activity,
    "exercise": _exercise,
}
BESIDE = {"session": "course", "exercise": "hub"}


def _rows(workspace: int, kind: str) -> QuerySet[Any]:
    model, order = KINDS[kind]
    rows: QuerySet[Any] = model._default_manager.filter(workspace_id=workspace)
    rows = rows.select_related(BESIDE[kind]) if kind in BESIDE else rows
    return rows.order_by(order, "pk")


def linked_row(workspace: int, kind: str, number: int) -> tuple[Any, str]:
    """Give a row that an action may be linked to, and its name; or raise `NotFound` ``unknown_link``."""
    row = _rows(workspace, kind).filter(pk=number).first()
    if row is None:
        raise NotFound("unknown_link")
    return row, NAMES[kind](row)


def linkable(workspace: int, kind: str) -> tuple[tuple[int, str], ...]:
    """List what an action may be linked to, of a kind: no ended hub."""
    rows = _rows(workspace, kind)
    rows = rows.exclude(status="ended") if kind == "hub" else rows
    return tuple((row.pk, NAMES[kind](row)) for row in rows[:MOST])


def link_seen(row: ActionLink) -> LinkSeen:
    """Give a link as it stands today: its name of today, else the one of the day on which it was made.

    The rows that it may point to are fetched with it.
    """
    held = getattr(row, row.kind)
    if held is None:
        return LinkSeen(row.pk, row.kind, row.name, None)
    leads = held.hub_id if row.kind == "exercise" else held.pk
    hub = held.hub if row.kind == "exercise" else held
    ended = row.kind in ("hub", "exercise") and hub.status == "ended"
    return LinkSeen(row.pk, row.kind, NAMES[row.kind](held), leads, ended)


WITH = ("hub", "session__course", "activity", "exercise__hub")
"""What to fetch with links."""
