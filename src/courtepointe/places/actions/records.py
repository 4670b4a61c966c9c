"""A record is added, corrected, verified, shown, closed, by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput, NotFound, Refused
from courtepointe.formats.hsds import Record
from courtepointe.formats.hsds.spec import tables
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import change, create, remove
from courtepointe.people.values import Person
from courtepointe.places.access import entry_to_change, proposal_to_decide
from courtepointe.places.actions.written import (
    by_hand,
    entry_rows,
    rewritten,
    to_the_standard,
)
from courtepointe.places.areas import Areas
from courtepointe.places.models import Entry, Proposal
from courtepointe.places.planned import ALL, source_of
from courtepointe.places.private import HEADS

DEFUNCT = "defunct"
Visibility = Entry.Visibility


@dataclass(frozen=True, slots=True)
class Writing:
    """Who writes, when, with which atlas at hand to say where points lie."""

    by: Person
    now: datetime
    areas: Areas | None = None

    @property
    def told(self) -> dict[str, Any]:
        """Give who and when, as every action wants them."""
        return {"by": self.by, "now": self.now}


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: told for name, told in values.items() if told not in (None, "")}


@transaction.atomic
def add(
    slug: str,
    table: str,
    values: Mapping[str, Any],
    *,
    visibility: str = Visibility.WORKSPACE,
    writing: Writing,
) -> int:
    """Add a record and give its number; who may only contribute adds one that somebody reviews.

    Raises
    ------
    BadInput
        ``record_kind``; ``field_value`` with the field, the value and what was expected.
    """
    workspace = workspace_to("contribute", slug, **writing.told)
    if table not in HEADS:
        raise BadInput("record_kind", value=table, expected=", ".join(HEADS))
    record = to_the_standard(Record(table, {"id": str(uuid4()), **_filled(values)}))
    _check_links(workspace.id, record)
    may_write = "write" in workspace.rights
    (row,) = entry_rows(
        workspace.id, [record], {ALL: by_hand(writing.by, writing.now)}, labels={},
        areas=writing.areas, verified_on=localdate(writing.now), awaits_review=not may_write,
        visibility=_visibility(visibility) if may_write else Visibility.WORKSPACE,
    )  # fmt: skip
    create(row, **writing.told)
    return row.pk


def _visibility(text: str) -> str:
    if text not in Visibility.values:
        raise BadInput("record_visibility", value=text, expected=", ".join(Visibility.values))
    return text


def _check_links(workspace_id: int, record: Record) -> None:
    """Refuse a link to what is not in this workspace."""
    for name, table in tables()[record.table].links.items():
        uid = record.values.get(name)
        here = Entry.objects.filter(workspace_id=workspace_id, table=table)
        if uid and table in HEADS and not here.filter(uid=UUID(str(uid))).exists():
            raise NotFound("unknown_record")


@transaction.atomic
def change_fields(
    slug: str, number: int, fields: Mapping[str, Any], *, why: str = "", writing: Writing
) -> int:
    """Correct fields of a record; who may only contribute proposes. Give how many differ.

    A field that a person writes is thereby verified by them, today. A link to another record is
    checked to be of this workspace.
    """
    workspace, row = entry_to_change("contribute", slug, number, **writing.told)
    known = tables()[row.table].fields
    private = json.loads(row.private) if row.private else {}
    held = {**row.more, **private, **row.values}
    differ = {n: v for n, v in fields.items() if n in known and n != "id" and v != held.get(n, "") and (v or held.get(n))}  # fmt: skip
    if not differ:
        return 0
    after = {**held, **differ}
    record = Record(row.table, {"id": str(row.uid), **{n: v for n, v in _filled(after).items() if n in known}})  # fmt: skip
    _check_links(workspace.id, to_the_standard(record))
    if "write" in workspace.rights:
        told = by_hand(writing.by, writing.now)
        rewritten(row, differ, told, areas=writing.areas, why=why, **writing.told)
    else:
        for name, value in differ.items():
            propose(row, name, value, writing=writing)
    return len(differ)


def propose(row: Entry, field: str, value: Any, *, writing: Writing) -> None:
    """Leave a value for somebody who may review."""
    create(
        Proposal(
            workspace_id=row.workspace_id, holder=row, field=field,
            value=json.dumps(value, ensure_ascii=False), by_id=writing.by.id, at=writing.now,
        ),
        **writing.told,
    )  # fmt: skip


@transaction.atomic
def decide_proposal(slug: str, number: int, *, taken: bool, writing: Writing) -> int | None:
    """Take a proposed value or leave it; give the number of the record that it is about."""
    row = proposal_to_decide(slug, number, **writing.told)
    about = row.part or row.holder
    if taken and about is not None:
        value = json.loads(row.value)
        told = by_hand(writing.by, writing.now)
        if row.source_id:
            told["source"] = row.source_id
        rewritten(about, {row.field: value}, told, areas=writing.areas, **writing.told)
    state = Proposal.State.TAKEN if taken else Proposal.State.LEFT
    change(row, {"state": state}, **writing.told)
    return row.holder_id


@transaction.atomic
def verify(slug: str, number: int, *, fields: tuple[str, ...] = (), writing: Writing) -> None:
    """Say that a record, or some of its fields, is as it says: seen today, by this person.

    Without fields: all that it says, and its details; contact persons only by who may see them.
    """
    workspace, row = entry_to_change("write", slug, number, **writing.told)
    day = localdate(writing.now)
    seen = {"verified_on": day.isoformat(), "verified_by": writing.by.id}
    told = [n for n in fields or (*row.values, ALL) if n in row.values or n == ALL]
    if not told:
        raise BadInput("nothing_to_verify", value=", ".join(fields))
    change(
        row,
        {"sources": _verified(row.sources, told, seen), "verified_on": day},
        **writing.told,
    )
    if not fields:
        for part in row.parts.all():
            if part.table != "metadata" and (not part.private or "contacts" in workspace.rights):
                whole = _verified(part.sources, [*part.values, ALL], seen)
                change(part, {"sources": whole}, **writing.told)


def _verified(
    sources: Mapping[str, Any], fields: list[str], seen: Mapping[str, Any]
) -> dict[str, Any]:
    """Add to what is known of some fields that they were verified; fields alike are told once."""
    after = {**sources, **{name: {**source_of(sources, name), **seen} for name in fields}}
    general = after.get(ALL)
    return {name: told for name, told in after.items() if name == ALL or told != general}


@transaction.atomic
def show_to(slug: str, number: int, visibility: str, *, writing: Writing) -> None:
    """Say who may see a record besides the workspace."""
    _, row = entry_to_change("write", slug, number, **writing.told)
    change(row, {"visibility": _visibility(visibility)}, **writing.told)


@transaction.atomic
def close(slug: str, number: int, *, on: date, why: str, writing: Writing) -> None:
    """Say that an organisation, a service or a place is no more; its record stays, and is not shown."""
    _, row = entry_to_change("write", slug, number, **writing.told)
    if on > localdate(writing.now):
        raise BadInput("closed_later", value=on)
    change(row, {"closed": on}, why=why, **writing.told)
    if row.table == "service":
        told = by_hand(writing.by, writing.now)
        rewritten(row, {"status": DEFUNCT}, told, areas=None, why=why, **writing.told)


@transaction.atomic
def open_again(slug: str, number: int, *, writing: Writing) -> None:
    """Say that what was closed is there."""
    _, row = entry_to_change("write", slug, number, **writing.told)
    change(row, {"closed": None}, **writing.told)
    if row.values.get("status") == DEFUNCT:
        told = by_hand(writing.by, writing.now)
        rewritten(row, {"status": "active"}, told, areas=None, **writing.told)


@transaction.atomic
def review(slug: str, number: int, *, accepted: bool, why: str = "", writing: Writing) -> None:
    """Accept a record that somebody contributed, or remove it."""
    _, row = entry_to_change("review", slug, number, **writing.told)
    if not row.awaits_review:
        raise Refused("already_reviewed")
    if accepted:
        change(row, {"awaits_review": False}, why=why, **writing.told)
    else:
        # What hangs on it would go with it untold: each is told, so that it can be given back.
        for hanging in (*row.proposals.all(), *row.parts.all(), *row.capacities.all()):
            remove(hanging, why=why, **writing.told)
        remove(row, why=why, **writing.told)
