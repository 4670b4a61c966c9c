"""How many people agreed to which wording, as volunteers and for an activity; who they are is not told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Count, Max, Min, Model
from django.utils.timezone import localdate

from courtepointe.engagement.kinds import consents
from courtepointe.engagement.models import Registration, Volunteer
from courtepointe.people.queries.consents import ConsentCount


def consents_counted(workspace_id: int) -> tuple[ConsentCount, ...]:
    """Count a workspace's consents by wording; those that were withdrawn left no row."""
    return (
        *_of(Volunteer, workspace_id, given="consented", ends="keep_until"),
        *_of(Registration, workspace_id, given="made", ends="destroy_on"),
    )


def _of(model: type[Model], workspace_id: int, *, given: str, ends: str) -> Iterator[ConsentCount]:
    rows = model._default_manager.filter(workspace_id=workspace_id).values("consent")
    told = rows.annotate(n=Count("pk"), first=Min(given), last=Max(given), end=Min(ends))
    for one in told.order_by("consent"):
        text = consents().get(one["consent"])
        yield ConsentCount(
            kind=model._meta.label_lower,
            version=one["consent"],
            text=text.text if text else None,
            living=one["n"],
            withdrawn=0,
            first=_day(one["first"]),
            last=_day(one["last"]),
            next_end=one["end"],
        )


def _day(told: date | datetime) -> date:
    return localdate(told) if isinstance(told, datetime) else told
