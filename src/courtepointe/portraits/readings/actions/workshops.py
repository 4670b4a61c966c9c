"""A workshop is opened and closed; notes, counted hands and votes come in, each once."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import get_current_timezone, localdate

from courtepointe.core.errors import BadInput, CourtepointeError, Refused
from courtepointe.engagement.texts import at_least, line, text
from courtepointe.people.actions import change, create, create_many, forget_in_history
from courtepointe.people.lists import held
from courtepointe.people.values import Person
from courtepointe.portraits.readings.access import device_mark, workshop_to_join, workshop_to_run
from courtepointe.portraits.readings.kinds import VOTED
from courtepointe.portraits.readings.models import (
    HandsCounted,
    VoteCast,
    VoteCount,
    Workshop,
    WorkshopNote,
)
from courtepointe.portraits.readings.values import Entry
from courtepointe.portraits.resilience.access import portrait_to_fill
from courtepointe.portraits.resilience.queries import dimensions_of

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without what is taken for something else when it is read aloud from a screen."""
LONGEST = 1_000
MOST_HANDS = 2_000
AHEAD = timedelta(minutes=10)
"""How far a device's clock may run ahead."""


@transaction.atomic
def open_workshop(slug: str, portrait: int, name: str, *, by: Person, now: datetime) -> int:
    """Open a workshop on an open portrait and give its number; it has a code of its own to join."""
    row = portrait_to_fill(slug, portrait, by=by, now=now)
    made = Workshop(
        workspace_id=row.workspace_id,
        portrait=row,
        name=line(name, needed=True),
        code=_free_code(),
        opened=now,
    )
    number = create(made, by=by, now=now).pk
    counts = [
        VoteCount(workspace_id=row.workspace_id, workshop=made, dimension=code, state=state)
        for code in dimensions_of(row.workspace_id)
        for state in VOTED
    ]
    create_many(counts, by=by, now=now)
    return number


def _free_code() -> str:
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(6))
        if not Workshop.objects.filter(code=code).exists():
            return code


@transaction.atomic
def close_workshop(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Close a workshop: no telephone joins it any more, and which of them voted is destroyed.

    What its facilitator's page still keeps is taken afterwards too: the network may be away.
    """
    row = workshop_to_run(slug, number, by=by, now=now)
    if row.closed is not None:
        raise Refused("reading_workshop_closed")
    change(row, {"closed": now}, by=by, now=now)
    casts = list(row.casts.values_list("pk", flat=True))
    row.casts.all().delete()
    forget_in_history(VoteCast._meta.label_lower, casts)


@transaction.atomic
def vote(code: str, dimension: str, state: str, *, device: str, now: datetime) -> None:
    """Count the vote of a telephone on a dimension, once; what it chose is kept as a count alone.

    Raises
    ------
    NotFound
        ``workshop_code_unknown``, also for a workshop that was closed.
    Refused
        ``already_voted``.
    BadInput
        ``reading_unknown_kind``, ``resilience_unknown_kind``, ``vote_without_device``.
    """
    row = workshop_to_join(code, now=now)
    held(state, VOTED, unknown="reading_unknown_kind")
    if not 16 <= len(device) <= 200:
        raise BadInput("vote_without_device")
    count = VoteCount.objects.select_for_update().filter(
        workshop=row, dimension=dimension, state=state
    ).first()  # fmt: skip
    if count is None:
        offered = dimensions_of(row.workspace_id)
        raise BadInput("resilience_unknown_kind", value=dimension, expected=", ".join(offered))
    # The minute would tell which count a telephone is in.
    day = datetime.combine(localdate(now), time(0), tzinfo=get_current_timezone())
    mark = device_mark(row, dimension, device)
    if row.casts.filter(dimension=dimension, device=mark).exists():
        raise Refused("already_voted")
    cast = VoteCast(workspace_id=row.workspace_id, workshop=row, dimension=dimension, device=mark)
    create(cast, by=None, now=day)
    change(count, {"count": count.count + 1}, by=None, now=day)


def keep_entries(
    slug: str, number: int, entries: Sequence[Entry], *, by: Person, now: datetime
) -> Mapping[UUID, CourtepointeError | None]:
    """Keep what a facilitator's page sends, each by its ``uid`` once, in whatever order it comes.

    Returns
    -------
    mapping of uid to error or None
        None where it is kept, now or before. An entry that is refused does not stop the others.
    """
    found: dict[UUID, CourtepointeError | None] = {}
    for entry in entries:
        try:
            _keep(slug, number, entry, by=by, now=now)
            found[entry.uid] = None
        except BadInput as error:
            found[entry.uid] = error
    return found


@transaction.atomic
def _keep(slug: str, number: int, entry: Entry, *, by: Person, now: datetime) -> None:
    row = workshop_to_run(slug, number, by=by, now=now)
    kind = {"note": WorkshopNote, "hands": HandsCounted}.get(entry.kind)
    if kind is None:
        raise BadInput("reading_unknown_kind", value=entry.kind, expected="note, hands")
    held(entry.dimension, _asked(row), unknown="resilience_unknown_kind")
    if kind._default_manager.filter(uid=entry.uid).exists():
        return
    told: dict[str, Any] = {"text": text(entry.text, longest=LONGEST, needed=True)} if entry.kind == "note" else _hands(entry)  # fmt: skip
    made = kind(
        workspace_id=row.workspace_id,
        workshop=row,
        uid=entry.uid,
        dimension=entry.dimension,
        typed=_moment(entry.typed, row, now=now),
        **told,
    )
    create(made, by=by, now=now)


def _asked(row: Workshop) -> list[str]:
    """List what a workshop may speak of: the dimensions of today, and those that it opened with."""
    opened = row.counts.order_by("pk").values_list("dimension", flat=True)
    return list(dict.fromkeys([*dimensions_of(row.workspace_id), *opened]))


def _hands(entry: Entry) -> dict[str, int]:
    counts = entry.counts or {}
    told = {state: at_least(int(counts.get(state, 0)), 0, most=MOST_HANDS) for state in VOTED}
    if not any(told.values()):
        raise BadInput("hands_not_counted")
    return told


def _moment(typed: datetime, row: Workshop, *, now: datetime) -> datetime:
    """Hold a device's clock to the workshop: it neither came before it nor is to come."""
    if typed.tzinfo is None or typed > now + AHEAD:
        raise BadInput("entry_moment", value=typed)
    return max(min(typed, now), row.opened)
