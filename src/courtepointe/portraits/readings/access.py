"""The one gate: a row of a portrait's readings to whoever may change it, an open workshop to whoever holds its code."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from courtepointe.core.errors import NotFound
from courtepointe.people.access import Gate, workspace_to
from courtepointe.people.secrets import hashed
from courtepointe.people.values import Person
from courtepointe.portraits.readings.models import Reading, Reply, Workshop
from courtepointe.portraits.readings.queries.workshops import joined
from courtepointe.portraits.readings.values import OPEN_FOR, Joined
from courtepointe.portraits.resilience.access import portrait_to_fill

GATE = Gate(
    {Reading: "unknown_reading", Reply: "unknown_reply", Workshop: "unknown_reading_workshop"}
)
row_of, to_change = GATE.row_of, GATE.to_change


def reading_to_agree(slug: str, number: int, *, by: Person, now: datetime) -> Reading:
    """Give a version of a reading of an open portrait to somebody who may write.

    The portrait is locked before it, as whoever writes a version or an observation does: what the numbers say
    stays while a group's agreement is written down.
    """
    workspace = workspace_to("write", slug, by=by, now=now)
    rows = Reading.objects.filter(workspace_id=workspace.id, pk=number)
    portrait = rows.values_list("portrait_id", flat=True).first()
    if portrait is None:
        raise NotFound("unknown_reading")
    portrait_to_fill(slug, portrait, by=by, now=now)
    return row_of(Reading, number, workspace=workspace.id)


def workshop_to_run(slug: str, number: int, *, by: Person, now: datetime) -> Workshop:
    """Give a workshop, locked, to somebody who may write."""
    return to_change(Workshop, slug, number, by=by, now=now)


def workshop_to_join(code: str, *, now: datetime) -> Workshop:
    """Give an open workshop, locked, to whoever holds its code, or `NotFound` ``workshop_code_unknown``.

    A closed workshop, one that was forgotten open and a wrong code are told alike.
    """
    row = _open(now).select_for_update().filter(code=clean_code(code)).first()
    if row is None:
        raise NotFound("workshop_code_unknown")
    return row


def _open(now: datetime) -> QuerySet[Workshop]:
    rows = Workshop.objects.select_related("workspace", "portrait")
    return rows.filter(closed=None, opened__gt=now - OPEN_FOR, workspace__closed=None)


def clean_code(typed: str) -> str:
    """Give a code as it is kept, however a person typed it."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())[:8]


def workshop_joined(code: str, *, now: datetime) -> Joined:
    """Give an open workshop to whoever holds its code, as a telephone shows it."""
    return joined(workshop_to_join(code, now=now))


def voted_by(code: str, device: str, *, now: datetime) -> frozenset[str]:
    """Give the dimensions on which a telephone voted in the open workshop of a code."""
    row = _open(now).filter(code=clean_code(code)).first()
    if row is None:
        return frozenset()
    marks = {device_mark(row, one, device): one for one in _dimensions(row)}
    cast = row.casts.filter(device__in=marks).values_list("device", flat=True)
    return frozenset(marks[mark] for mark in cast)


def device_mark(row: Workshop, dimension: str, device: str) -> str:
    """Give what is kept of a telephone that votes: a hash that no other question shares."""
    return hashed(f"{row.salt}:{dimension}:{device}")


def _dimensions(row: Workshop) -> frozenset[str]:
    return frozenset(row.counts.values_list("dimension", flat=True))
