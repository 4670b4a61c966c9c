"""What waits for review, what says the same as something known, what files would bring."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from math import cos, hypot, radians

from courtepointe.people.bringing.folding import key_of
from courtepointe.people.sealed import unseal_bytes
from courtepointe.people.values import Person, WorkspaceSeen
from courtepointe.places.assets.kept import hash_of, ids_of
from courtepointe.places.assets.models import Contribution, FieldDraft
from courtepointe.places.assets.queries.seen import Rows, State, clues_of, living, seen, titled
from courtepointe.places.assets.values import Arriving, ContributionSeen, DraftSeen
from courtepointe.places.collecting import Contributions, FieldForm

NEAR_M, ALIKE = 60.0, 0.8
"""Metres within which two assets may be one; share of letters that two names have in common."""
DEGREE_M = 111_320.0
MOST_ALIKE = 5


def waiting(workspace: WorkspaceSeen, by: Person) -> tuple[ContributionSeen, ...]:
    """List what waits for review: what may tell who somebody is first, then the oldest."""
    rows = living(workspace.id).filter(state=State.PROPOSED).order_by("made", "pk")
    ordered = sorted(rows, key=lambda row: not clues_of(row))
    return tuple(seen(row, by=by, reviews=True) for row in ordered)


def n_waiting(workspace_id: int) -> int:
    """Count what waits for review."""
    return living(workspace_id).filter(state=State.PROPOSED).count()


def likely_same(workspace: WorkspaceSeen, by: Person, number: int) -> tuple[ContributionSeen, ...]:
    """List accepted contributions that may be the same: near, or called alike; at most five.

    People's skills are compared by their names only.
    """
    row = living(workspace.id).filter(pk=number).first()
    if row is None:
        return ()
    rows: Rows = living(workspace.id).filter(state=State.ACCEPTED, kind=row.kind).exclude(pk=row.pk)
    scored = [(_likeness(row, other), other) for other in rows]
    best = sorted((one for one in scored if one[0] > 0), key=lambda one: (-one[0], one[1].pk))
    return tuple(seen(other, by=by, reviews=True) for _, other in best[:MOST_ALIKE])


def _likeness(one: Contribution, other: Contribution) -> float:
    first, second = (key_of(titled(row.texts)) for row in (one, other))
    alike = SequenceMatcher(None, first, second).ratio() if first and second else 0.0
    near = _metres(one, other) <= NEAR_M and bool({*one.category} & {*other.category})
    return (alike if alike >= ALIKE else 0.0) + float(near)


def _metres(one: Contribution, other: Contribution) -> float:
    """Give how far apart two points are, on a plane that touches the earth there."""
    if one.point is None or other.point is None:
        return float("inf")
    east = (one.point["lon"] - other.point["lon"]) * cos(radians(one.point["lat"]))
    return DEGREE_M * hypot(east, one.point["lat"] - other.point["lat"])


@dataclass(frozen=True, slots=True)
class Matched:
    """What is held already of what files bring.

    Attributes
    ----------
    rows : tuple of Contribution or None
        For each contribution of the files, the row that it is, if any.
    changes : tuple of bool
        Whether it says something else than that row was made of, and is no older version of it.
    """

    rows: tuple[Contribution | None, ...]
    changes: tuple[bool, ...]


def matched(workspace_id: int, found: Contributions, form: FieldForm) -> Matched:
    """Match contributions of telephones with what was taken in before, under any of their identifiers."""
    held = Contribution.objects.filter(
        workspace_id=workspace_id, source=Contribution.Source.PHONE, form=form.code
    ).order_by("pk")
    by_id = {(name, row.source_turn): row for row in held for name in row.source_ids}
    rows, changes = [], []
    for one in found.contributions:
        row = next(
            (by_id[name, one.turn] for name in ids_of(one) if (name, one.turn) in by_id), None
        )
        rows.append(row)
        changes.append(row is not None and _says_more(row, ids_of(one), hash_of(one, form)))
    return Matched(tuple(rows), tuple(changes))


def _says_more(row: Contribution, ids: Collection[str], said: str) -> bool:
    is_older = {*ids} < {*row.source_ids}
    return row.state != State.WITHDRAWN and not is_older and row.source_hash != said


def withdrawn_by(workspace_id: int, refused: Sequence[str], form: FieldForm) -> list[Contribution]:
    """Give what was taken in of filled forms whose consent was taken back since."""
    rows = living(workspace_id).filter(source=Contribution.Source.PHONE, form=form.code)
    return [row for row in rows if {*row.source_ids} & {*refused}]


def arriving(workspace_id: int, found: Contributions, form: FieldForm) -> Arriving:
    """Say what files would bring, before anything is written."""
    known = matched(workspace_id, found, form)
    n_corrected = sum(known.changes)
    n_old = sum(row is not None for row in known.rows)
    n_withdrawn = len(withdrawn_by(workspace_id, found.refused, form))
    return Arriving(
        len(known.rows) - n_old, n_old - n_corrected, n_corrected, n_withdrawn, len(found.refused)
    )


def field_draft(row: FieldDraft) -> list[tuple[str, bytes]]:
    """Open the files of a draft that passed the gate."""
    content, files = unseal_bytes(row.content), []
    for name, size in row.files:
        files.append((name, content[:size]))
        content = content[size:]
    return files


def field_drafts_of(workspace_id: int, by: Person, *, now: datetime) -> tuple[DraftSeen, ...]:
    """List files that wait for somebody to take them in."""
    rows = FieldDraft.objects.filter(workspace_id=workspace_id, by_id=by.id, expires__gt=now)
    return tuple(
        DraftSeen(row.pk, row.form, tuple(name for name, _ in row.files), row.made)
        for row in rows.defer("content").order_by("-made")
    )
