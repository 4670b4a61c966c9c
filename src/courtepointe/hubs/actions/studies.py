"""A study is asked, stopped, asked again, taken away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from courtepointe.core.errors import Refused
from courtepointe.engagement.texts import line
from courtepointe.hubs.access import to_change
from courtepointe.hubs.models import Study
from courtepointe.hubs.queries.studies import LOST_AFTER
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import change, create, remove
from courtepointe.people.values import Person

State = Study.State
MOST_WAITING = 5
"""Studies of a workspace that wait or run at the same time; one that was lost does neither."""
MOST_SEED = 2**32 - 1
Send = Callable[[int], object]


@transaction.atomic
def ask_study(
    slug: str, kind: str, title: str, asked: Mapping[str, Any], *, send: Send, by: Person, now: datetime, seed: int = 1
) -> int:  # fmt: skip
    """Keep a question and send it to be answered; give the study's number.

    Parameters
    ----------
    asked : mapping
        As JSON keeps it; checked by the caller, whose dataclass it comes from.
    send : function
        Puts the study's number in the line of what waits; as the row, both or neither.

    Raises
    ------
    Refused
        ``studies_waiting``.
    """
    workspace = workspace_to("write", slug, by=by, now=now)
    waiting = Q(state=State.WAITING) | Q(state=State.RUNNING, beat__gte=now - LOST_AFTER)
    living = Study.objects.filter(waiting, workspace_id=workspace.id, stop_asked=False)
    if living.count() >= MOST_WAITING:
        raise Refused("studies_waiting", value=MOST_WAITING)
    made = Study(
        workspace_id=workspace.id, kind=kind, title=line(title, needed=True), asked=dict(asked),
        seed=seed, made=now,
    )  # fmt: skip
    number: int = create(made, by=by, now=now).pk
    send(number)
    return number


@transaction.atomic
def ask_again(slug: str, number: int, *, send: Send, by: Person, now: datetime) -> int:
    """Ask the same once more: the same atlas and the same programme give the same mark."""
    row = to_change(Study, slug, number, by=by, now=now)
    return ask_study(slug, row.kind, row.title, row.asked, send=send, by=by, now=now, seed=row.seed)


@transaction.atomic
def stop_study(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Stop a study: one that waits at once, one that runs at its next breath; one that ended stays as it is."""
    row = to_change(Study, slug, number, by=by, now=now)
    if row.state == State.WAITING:
        change(row, {"state": State.STOPPED, "ended": now}, by=by, now=now)
    elif row.state == State.RUNNING and not row.stop_asked:
        change(row, {"stop_asked": True}, by=by, now=now)


@transaction.atomic
def call_study(slug: str, number: int, title: str, *, by: Person, now: datetime) -> None:
    """Give a study another title."""
    row = to_change(Study, slug, number, by=by, now=now)
    change(row, {"title": line(title, needed=True)}, by=by, now=now)


@transaction.atomic
def drop_study(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Take a study away; what still runs notices, and ends."""
    remove(to_change(Study, slug, number, by=by, now=now), by=by, now=now)
