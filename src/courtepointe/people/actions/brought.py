"""A table that somebody brings: kept sealed while they look at it, taken in whole, remembered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from courtepointe.core.errors import Refused
from courtepointe.people.access import draft_to_take, workspace_to
from courtepointe.people.actions.rows import create, fields_of, new_batch, told
from courtepointe.people.bringing import Remembered
from courtepointe.people.models import HistoryRow, RememberedHeadings, TableDraft
from courtepointe.people.sealed import seal_bytes
from courtepointe.people.values import Person, WorkspaceSeen

LIFE = timedelta(days=1)
MOST_DRAFTS = 20
Verb = HistoryRow.Verb


def forget_drafts(*, now: datetime) -> int:
    """Destroy the files that nobody took in within a day."""
    return TableDraft.objects.filter(expires__lte=now).delete()[0]


@transaction.atomic
def keep_draft(
    slug: str, *, shape: str, file: str, content: bytes, by: Person, now: datetime
) -> int:
    """Keep a file while its person looks at it; give its number."""
    workspace = workspace_to("write", slug, by=by, now=now)
    forget_drafts(now=now)
    kept = TableDraft.objects.filter(workspace_id=workspace.id, by_id=by.id)
    if kept.count() >= MOST_DRAFTS:
        raise Refused("too_many_tables_wait", value=MOST_DRAFTS)
    row = TableDraft.objects.create(
        workspace_id=workspace.id,
        by_id=by.id,
        shape=shape,
        file=file[:200],
        content=seal_bytes(content),
        made=now,
        expires=now + LIFE,
    )
    return row.pk


@transaction.atomic
def match_draft(
    slug: str,
    number: int,
    *,
    sheet: str,
    place: int | None,
    matched: Remembered,
    by: Person,
    now: datetime,
) -> None:
    """Keep what somebody said of a draft's table and of its columns."""
    row = draft_to_take(slug, number, by=by, now=now)
    row.sheet, row.place, row.matched = sheet[:120], place, matched.to_json()
    row.save(update_fields=["sheet", "place", "matched"])


@transaction.atomic
def drop_draft(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Destroy a file that is not to be taken in."""
    draft_to_take(slug, number, by=by, now=now).delete()


@transaction.atomic
def take_in(
    slug: str,
    number: int,
    bring: Callable[[WorkspaceSeen, str], int],
    *,
    matched: Remembered,
    by: Person,
    now: datetime,
) -> tuple[str, int]:
    """Take a draft in through the function of its room: all of it, or nothing; then destroy the file.

    Parameters
    ----------
    bring : callable
        Writes the rows in the workspace under a batch, and says how many.

    Returns
    -------
    str, int
        The batch, by which it is undone, and what ``bring`` said.
    """
    workspace = workspace_to("write", slug, by=by, now=now)
    row = draft_to_take(slug, number, by=by, now=now)
    batch = new_batch()
    n_written = bring(workspace, batch)
    _remember(workspace.id, matched, file=row.file, by=by, now=now, batch=batch)
    row.delete()
    return batch, n_written


def _remember(
    workspace_id: int, matched: Remembered, *, file: str, by: Person, now: datetime, batch: str
) -> None:
    """Remember the headings; the line that tells it is the head of the import, and names its file."""
    held = {"workspace_id": workspace_id, "shape": matched.shape}
    row = RememberedHeadings.objects.filter(**held).first()
    if row is None:
        fresh = RememberedHeadings(**held, told=matched.to_json(), changed=now)
        create(fresh, by=by, now=now, why=file, batch=batch)
        return
    before = fields_of(row)
    row.told, row.changed = matched.to_json(), now
    row.save(update_fields=["told", "changed"])
    line = told(
        row, Verb.CHANGED, by=by, now=now, why=file, batch=batch,
        before=before, after=fields_of(row),
    )  # fmt: skip
    line.save()
