"""A directory is taken in: all of it or nothing, as one batch that can be undone."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.core.errors import NotAllowed, Refused
from courtepointe.formats.hsds import Directory, Record, read_json, write_json
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import change, create, create_many, new_batch
from courtepointe.people.values import Person
from courtepointe.places import capacities
from courtepointe.places.access import waiting_import
from courtepointe.places.actions.written import (
    entry_rows,
    holder_touched,
    labels_of,
    part_row,
    rewritten,
)
from courtepointe.places.areas import Areas
from courtepointe.places.belongs import holders, owner_of
from courtepointe.places.models import Capacity, Entry, Part, Proposal, Source, Waiting
from courtepointe.places.planned import ALL, Difference, Key, Plan
from courtepointe.places.private import HEADS, of_a_contact
from courtepointe.places.queries.imports import compared_with, rows_held

WAITS = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Incoming:
    """What is said of an import besides its records.

    Attributes
    ----------
    name : str
        The source, as it will stand beside each field.
    dated : date or None
        On which day it was true; None where nobody knows.
    visibility : str
        Of the new records.
    """

    name: str
    file: str = ""
    dated: date | None = None
    visibility: str = "workspace"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    batch: str
    new: int
    changed: int
    proposed: int
    same: int


@transaction.atomic
def keep_waiting(
    slug: str, directory: Directory, incoming: Incoming, *, by: Person, now: datetime
) -> int:
    """Keep an import, sealed and for a day, while its sender looks at what it would do."""
    workspace = workspace_to("write", slug, by=by, now=now)
    Waiting.objects.filter(workspace_id=workspace.id, at__lt=now - WAITS).delete()
    row = Waiting.objects.create(
        workspace_id=workspace.id, by_id=by.id, at=now, name=incoming.name[:400],
        file=incoming.file[:250], dated=incoming.dated, visibility=_visibility(incoming.visibility),
        told=write_json(directory).decode(),
    )  # fmt: skip
    return row.pk


def waiting(slug: str, number: int, *, by: Person, now: datetime) -> tuple[Directory, Incoming]:
    """Give an import that waits to who sent it."""
    _, row = waiting_import(slug, number, by=by, now=now)
    read = read_json(row.told.encode(), file=row.file or row.name)
    return read.directory, Incoming(row.name, row.file, row.dated, row.visibility)


@transaction.atomic
def take_in(
    slug: str, number: int, *, areas: Areas | None, by: Person, now: datetime,
    only: Callable[[Directory], Directory] = lambda held: held,
) -> Imported:  # fmt: skip
    """Do an import that waits; ``only`` leaves out of it what another room takes in."""
    directory, incoming = waiting(slug, number, by=by, now=now)
    done = import_directory(slug, only(directory), incoming, areas=areas, by=by, now=now)
    drop_waiting(slug, number, by=by, now=now)
    return done


def drop_waiting(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Forget an import that waits."""
    _, row = waiting_import(slug, number, by=by, now=now)
    row.delete()


@transaction.atomic
def import_directory(
    slug: str,
    directory: Directory,
    incoming: Incoming,
    *,
    areas: Areas | None,
    by: Person,
    now: datetime,
    batch: str = "",
) -> Imported:
    """Take a directory in: add what is new, change what differs, propose where a person verified.

    Raises
    ------
    NotAllowed
        ``role_needed``: without the right to write, or with contacts without the right to see them.
    Refused
        ``import_has_faults``: the records do not hold to the standard; nothing was taken in.
    """
    workspace = workspace_to("write", slug, by=by, now=now)
    records = [*directory]
    if "contacts" not in workspace.rights and any(map(of_a_contact, records)):
        raise NotAllowed("role_needed")
    compared = compared_with(workspace.id, directory, dated=incoming.dated)
    if compared.faults:
        raise Refused("import_has_faults", found=len(compared.faults))
    source = Source(
        workspace_id=workspace.id, name=incoming.name[:400], file=incoming.file[:250],
        dated=incoming.dated, taken=now,
    )  # fmt: skip
    run = _Run(workspace.id, compared.rows, source, incoming, areas, by, now, batch or new_batch())
    run.write(compared.plan)
    plan = compared.plan
    changed = len({(one.table, one.uid) for one in plan.changes})
    return Imported(run.batch, len(plan.new), changed, run.proposed, plan.same)


def _visibility(text: str) -> str:
    return text if text in Entry.Visibility.values else Entry.Visibility.WORKSPACE


class _Run:
    """One import being written."""

    def __init__(
        self,
        workspace_id: int,
        rows: Mapping[Key, Entry | Part],
        source: Source,
        incoming: Incoming,
        areas: Areas | None,
        by: Person,
        now: datetime,
        batch: str,
    ) -> None:
        self.workspace_id, self.rows, self.source, self.incoming = workspace_id, rows, source, incoming  # fmt: skip
        self.areas, self.by, self.now, self.batch = areas, by, now, batch
        self.proposed = 0

    def write(self, plan: Plan) -> None:
        """Write all that a plan says."""
        create(self.source, **self._told())
        self._add(plan.new)
        self._change(plan.changes)
        self._propose(plan.proposals)

    def _told(self) -> dict[str, Any]:
        return {"by": self.by, "now": self.now, "why": self.incoming.name, "batch": self.batch}

    def _said(self) -> dict[str, Any]:
        dated = self.incoming.dated or localdate(self.now)
        return {"source": self.source.pk, "on": dated.isoformat()}

    def _add(self, new: Sequence[Record]) -> None:
        heads = [one for one in new if one.table in HEADS]
        counted = {one.id: read for one in heads if (read := _counted(one)) is not None}
        plain = [_without_capacity(one) if one.id in counted else one for one in heads]
        made = create_many(
            entry_rows(
                self.workspace_id, plain, {ALL: self._said()}, labels=labels_of(new),
                areas=self.areas, visibility=_visibility(self.incoming.visibility),
            ),
            **self._told(),
        )  # fmt: skip
        numbers = {(row.table, str(row.uid)): row.pk for row in made}
        self._add_parts([one for one in new if one.table not in HEADS], numbers)
        for row in made:
            for held in counted.get(str(row.uid), ()):
                self._count(row, held)

    def _add_parts(self, new: Sequence[Record], numbers: Mapping[Key, int]) -> None:
        beside = rows_held(self.workspace_id, _owners(new))
        known: dict[Key, Key | None] = {}
        at = {key: row.pk for key, row in beside.items() if isinstance(row, Entry)} | dict(numbers)
        for key, row in beside.items():
            if isinstance(row, Part) and row.holder_id is not None:
                known[key] = key = (HEADS[0], f"part {row.pk}")
                at[key] = row.holder_id
        found = holders(new, known)
        rows = [
            part_row(
                self.workspace_id, one, {ALL: self._said()},
                holder_id=at.get(found[one.table, one.id] or ("", "")),
            )
            for one in new
        ]  # fmt: skip
        create_many(rows, **self._told())
        addressed = {one.holder_id for one in rows if one.table == "address"}
        for key, row in beside.items():
            if isinstance(row, Entry) and row.pk in addressed and key not in numbers:
                holder_touched(row, {}, by=self.by, now=self.now, batch=self.batch)

    def _change(self, changes: Iterable[Difference]) -> None:
        by_row: dict[Key, dict[str, Any]] = defaultdict(dict)
        for one in changes:
            by_row[one.table, one.uid][one.field] = one.after
        for key, fields in by_row.items():
            row = self.rows[key]
            text = fields.get(capacities.FIELD)
            if isinstance(row, Entry) and isinstance(text, str) and (read := capacities.read(text)):
                fields.pop(capacities.FIELD)
                for held in read:
                    self._count(row, held)
            if fields:
                rewritten(row, fields, self._said(), areas=self.areas, check=False, **self._told())

    def _count(self, row: Entry, held: capacities.Held) -> None:
        values = {"maximum": held.maximum, "available": held.available, "verified_on": held.verified_on}  # fmt: skip
        there = Capacity.objects.filter(holder=row, unit=held.unit).first()
        if there is not None:
            change(there, values, **self._told())
        else:
            made = Capacity(workspace_id=self.workspace_id, holder=row, unit=held.unit, **values)
            create(made, **self._told())

    def _propose(self, proposals: Sequence[Difference]) -> None:
        rows = []
        open_ones = _open_proposals(self.workspace_id) if proposals else set()
        for one in proposals:
            row, value = self.rows[one.table, one.uid], json.dumps(one.after, ensure_ascii=False)
            part = row if isinstance(row, Part) else None
            holder_id = row.pk if part is None else part.holder_id
            part_id = None if part is None else part.pk
            if (holder_id, part_id, one.field, value) not in open_ones:
                rows.append(
                    Proposal(
                        workspace_id=self.workspace_id, holder_id=holder_id, part_id=part_id,
                        field=one.field, value=value, source=self.source, by_id=self.by.id, at=self.now,
                    )
                )  # fmt: skip
        create_many(rows, **self._told())
        self.proposed = len(rows)


def _owners(records: Iterable[Record]) -> list[Record]:
    """Give what parts hang on, as records to look for."""
    found = {owner for one in records if (owner := owner_of(one)) is not None}
    return [Record(table, {"id": uid}) for table, uid in found]


def _counted(record: Record) -> tuple[capacities.Held, ...] | None:
    text = record.more.get(capacities.FIELD)
    return capacities.read(text) if isinstance(text, str) else None


def _without_capacity(record: Record) -> Record:
    more = {name: told for name, told in record.more.items() if name != capacities.FIELD}
    return Record(record.table, record.values, more)


def _open_proposals(workspace_id: int) -> set[tuple[Any, Any, str, str]]:
    rows = Proposal.objects.filter(workspace_id=workspace_id, state=Proposal.State.OPEN)
    return {(one.holder_id, one.part_id, one.field, one.value) for one in rows}
