"""Tables that people bring: what waits, what is remembered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from courtepointe.people.bringing import Remembered, read_remembered
from courtepointe.people.models import HistoryRow, RememberedHeadings, TableDraft
from courtepointe.people.sealed import unseal_bytes
from courtepointe.people.values import Person


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that waits to be taken in, and what its person said of it so far."""

    number: int
    shape: str
    file: str
    content: bytes = field(repr=False)
    sheet: str
    place: int | None
    matched: Remembered | None
    made: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that waits, without its content."""

    number: int
    shape: str
    file: str
    made: datetime


@dataclass(frozen=True, slots=True)
class TakenIn:
    """An import that was done: its batch, by whom, when, from which file, how many writes."""

    batch: str
    by: str
    at: datetime
    why: str
    undone: bool


def waiting_of(workspace_id: int, by: Person, *, now: datetime) -> tuple[Waiting, ...]:
    """List the files that a person brought and has not taken in, the newest first."""
    rows = TableDraft.objects.filter(workspace_id=workspace_id, by_id=by.id, expires__gt=now)
    found = rows.order_by("-made").values_list("pk", "shape", "file", "made")
    return tuple(Waiting(*row) for row in found)


def brought(row: TableDraft) -> Brought:
    """Open a draft."""
    return Brought(
        number=row.pk,
        shape=row.shape,
        file=row.file,
        content=unseal_bytes(row.content),
        sheet=row.sheet,
        place=row.place,
        matched=read_remembered(row.matched) if row.matched else None,
        made=row.made,
    )


def headings_remembered(workspace_id: int, shape: str) -> Remembered | None:
    """Give what a workspace said last of the headings of a kind of table."""
    row = RememberedHeadings.objects.filter(workspace_id=workspace_id, shape=shape).first()
    return read_remembered(row.told) if row else None


def imports_of(workspace_id: int, *, limit: int = 20) -> tuple[TakenIn, ...]:
    """List the last imports of a workspace, the newest first."""
    lines = HistoryRow.objects.filter(workspace_id=workspace_id).exclude(batch="")
    heads: dict[str, TakenIn] = {}
    marks = lines.order_by("-pk").values_list("batch", "by_name", "at", "why", "verb")
    undone = set(
        lines.filter(verb=HistoryRow.Verb.UNDONE).values_list("batch", flat=True).distinct()
    )
    firsts = marks.exclude(verb=HistoryRow.Verb.UNDONE).filter(what="people.rememberedheadings")
    for batch, by, at, why, _ in firsts[:limit]:
        heads.setdefault(batch, TakenIn(batch, by, at, why, batch in undone))
    return tuple(heads.values())
