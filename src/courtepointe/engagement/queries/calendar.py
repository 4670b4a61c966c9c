"""What happens when: meetings, activities, sessions and missions on one calendar, without anybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from courtepointe.atlas.recipe.values import Words
from courtepointe.engagement.models import (
    Activity,
    CalendarFeed,
    Meeting,
    Mission,
    TrainingSession,
)
from courtepointe.engagement.values.activities import FeedSeen, Moment
from courtepointe.people.values import WorkspaceSeen


def moments(workspace: int, *, since: datetime) -> tuple[Moment, ...]:
    """List what happens from a moment on, cancelled things too, in order."""
    found = (*_meetings(workspace, since), *_activities(workspace, since),
             *_sessions(workspace, since), *_missions(workspace, since))  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.starts, one.uid)))


def _moment(row: Meeting | Activity | TrainingSession | Mission, what: str, kind: str, title: Words) -> Moment:  # fmt: skip
    cancelled = row.state == "cancelled"
    return Moment(
        f"{row.uid}@courtepointe", row.sequence, what, kind, row.pk, title, row.starts, row.ends,
        row.place, "cancelled" if cancelled else "confirmed", row.changed,
    )  # fmt: skip


def _meetings(workspace: int, since: datetime) -> Iterator[Moment]:
    for row in Meeting.objects.filter(workspace_id=workspace, ends__gte=since):
        yield _moment(row, "meeting", row.kind, Words(row.title, row.title))


def _activities(workspace: int, since: datetime) -> Iterator[Moment]:
    for row in Activity.objects.filter(workspace_id=workspace, ends__gte=since):
        yield _moment(row, "activity", row.kind, Words(row.title, row.title))


def _sessions(workspace: int, since: datetime) -> Iterator[Moment]:
    rows = TrainingSession.objects.filter(workspace_id=workspace, ends__gte=since)
    for row in rows.select_related("course"):
        title = Words(row.course.title_fr, row.course.title_en)
        yield _moment(row, "session", row.course.level, title)


def _missions(workspace: int, since: datetime) -> Iterator[Moment]:
    for row in Mission.objects.filter(workspace_id=workspace, ends__gte=since):
        yield _moment(row, "mission", "", Words(row.title, row.title))


def feeds(seen: WorkspaceSeen) -> tuple[FeedSeen, ...]:
    """List the addresses of a workspace's calendar, the last first; the secrets were given once."""
    rows = CalendarFeed.objects.filter(workspace_id=seen.id).select_related("by")
    return tuple(
        FeedSeen(row.pk, row.label, row.lang, row.by.name, row.by_id, row.made, row.revoked)
        for row in rows.order_by("-made", "-pk")
    )
