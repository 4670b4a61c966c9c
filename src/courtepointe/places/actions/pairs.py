"""Records that may be one: looked for, decided by a person, merged with a trace, taken apart again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput, Refused
from courtepointe.formats.hsds import Directory, Record
from courtepointe.formats.hsds.spec import tables
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import change, create_many, new_batch, remove
from courtepointe.people.values import Person
from courtepointe.places.access import candidate_to_decide
from courtepointe.places.actions.records import Writing
from courtepointe.places.actions.written import part_row, rewritten
from courtepointe.places.alike import likely_same
from courtepointe.places.belongs import owner_of
from courtepointe.places.merge import Merge, merged
from courtepointe.places.models import Candidate, Capacity, Entry, Part, Proposal
from courtepointe.places.planned import ALL
from courtepointe.places.private import HEADS
from courtepointe.places.queries.directories import record_of
from courtepointe.places.queries.pairs import compared_directory
from courtepointe.places.sights import COMPARED, sights

Decision = Candidate.Decision
SAID = (Decision.DIFFERENT, Decision.LATER, Decision.NONE)


@transaction.atomic
def look_for_doubles(slug: str, *, by: Person, now: datetime) -> int:
    """Compare a workspace's organisations and places; give how many pairs are new.

    What was decided of a pair stays decided; a pair that waits gets today's probability.
    """
    workspace = workspace_to("write", slug, by=by, now=now)
    directory = compared_directory(workspace.id)
    held = {(one.table, one.first, one.second): one for one in Candidate.objects.filter(workspace_id=workspace.id)}  # fmt: skip
    new: list[Candidate] = []
    waiting: list[Candidate] = []
    for table in COMPARED:
        uids = [UUID(one.id) for one in directory.of(table)]
        for pair in likely_same(sights(directory, table)):
            first, second = sorted((uids[pair.first], uids[pair.second]))
            there = held.get((table, first, second))
            told = {
                "probability": pair.probability,
                "distance_m": pair.distance_m,
                "reasons": [list(one) for one in pair.reasons],
            }
            if there is None:
                new.append(Candidate(workspace_id=workspace.id, table=table, first=first, second=second, **told))  # fmt: skip
            else:
                for name, value in told.items():
                    setattr(there, name, value)
                waiting.append(there)
    # What a comparison finds can be found again: only what people decide is told in the history.
    Candidate.objects.bulk_create(new, batch_size=1_000)
    Candidate.objects.bulk_update(waiting, ["probability", "distance_m", "reasons"], batch_size=500)
    return len(new)


@transaction.atomic
def decide_pair(slug: str, number: int, decision: str, *, by: Person, now: datetime) -> None:
    """Say that two records are not the same, or that it will be decided later."""
    _, row = candidate_to_decide(slug, number, by=by, now=now)
    if decision not in SAID:
        raise BadInput("pair_decision", value=decision, expected=", ".join(one for one in SAID if one))  # fmt: skip
    if row.decision == Decision.SAME:
        raise Refused("pair_merged")
    change(row, {"decision": decision, "decided": now}, by=by, now=now)


@transaction.atomic
def merge_pair(slug: str, number: int, *, keep: str, by: Person, now: datetime) -> str:
    """Make two records one and give the batch; `people.actions.undo_batch` takes them apart again.

    Parameters
    ----------
    keep : str
        ``first`` or ``second``: whose identifier and words stay. What the kept record does not say
        the other one says; what is lost is told in the directory's own history (``metadata``).
    """
    workspace, row = candidate_to_decide(slug, number, by=by, now=now)
    uids = (row.first, row.second) if keep == "first" else (row.second, row.first)
    found = Entry.objects.select_for_update().filter(
        workspace_id=workspace.id, table=row.table, uid__in=uids, closed=None
    )
    rows = {one.uid: one for one in found}
    if row.decision == Decision.SAME or len(rows) < 2:
        raise Refused("pair_merged")
    joining = _Joining(rows[uids[0]], rows[uids[1]], Writing(by, now), new_batch())
    joining.join()
    said = {"decision": Decision.SAME, "decided": now}
    change(row, said, by=by, now=now, batch=joining.batch)
    return joining.batch


class _Joining:
    """Two records being made one."""

    def __init__(self, keep: Entry, drop: Entry, writing: Writing, batch: str) -> None:
        self.keep, self.drop, self.writing, self.batch = keep, drop, writing, batch
        self.told: dict[str, Any] = {**writing.told, "batch": batch, "why": "merge"}

    def join(self) -> None:
        """Join them as `courtepointe.places.merge` does a directory, and write what that changed."""
        parts = list(Part.objects.filter(holder__in=(self.keep, self.drop)).order_by("pk"))
        pointing = self._pointing()
        held: tuple[Entry | Part, ...] = (self.keep, self.drop, *pointing, *parts)
        rows = {(one.table, str(one.uid)): one for one in held}
        before = _directory(map(record_of, rows.values()))
        asked = Merge(self.keep.table, str(self.keep.uid), str(self.drop.uid))
        after = merged(before, [asked], by=self.writing.by.name, on=localdate(self.writing.now))
        stands = {(one.table, one.id): one for one in after}
        for key, record in stands.items():
            if key in rows:
                self._write(rows[key], record)
        self._trace([one for key, one in stands.items() if key not in rows])
        self._move()
        for key in sorted(set(rows) - set(stands), key=lambda one: one[0] in HEADS):
            self._gone(rows[key])

    def _pointing(self) -> list[Entry]:
        """Find the records that point to the one that goes."""
        held = Entry.objects.select_for_update().filter(workspace_id=self.drop.workspace_id)
        field = "owner" if self.drop.table == "organization" else "place"
        return list(held.filter(**{field: self.drop.uid}).exclude(pk=self.keep.pk))

    def _write(self, row: Entry | Part, record: Record) -> None:
        was = record_of(row)
        names = {**was.values, **record.values, **was.more, **record.more}
        both = {**was.more, **was.values}, {**record.more, **record.values}
        differ = {n: both[1].get(n) for n in names if both[0].get(n) != both[1].get(n)}
        if isinstance(row, Part) and row.holder_id == self.drop.pk and owner_of(record) == (self.keep.table, str(self.keep.uid)):  # fmt: skip
            change(row, {"holder_id": self.keep.pk}, **self.told)
            row.holder = self.keep
        if not differ:
            return
        taken = {n: dict(told) for n in differ if (told := self._source(n)) and row is self.keep}
        rewritten(row, differ, {}, areas=self.writing.areas, check=False, **self.told)
        sources = {n: told for n, told in row.sources.items() if n not in differ}
        change(row, {"sources": {**sources, **taken}}, **self.told)
        if row is self.keep and row.is_located and not row.area_key:
            area = {"area_key": self.drop.area_key, "area_name": self.drop.area_name}
            change(row, area, **self.told)

    def _source(self, field: str) -> dict[str, Any]:
        told: dict[str, Any] = self.drop.sources.get(field) or self.drop.sources.get(ALL) or {}
        return told

    def _trace(self, new: Iterable[Record]) -> None:
        rows = [part_row(self.keep.workspace_id, one, {}, holder_id=self.keep.pk) for one in new]
        create_many(rows, **self.told)

    def _move(self) -> None:
        """Move to the kept record what the standard has no word for."""
        counted = set(Capacity.objects.filter(holder=self.keep).values_list("unit", flat=True))
        for one in Capacity.objects.filter(holder=self.drop):
            if one.unit in counted:
                remove(one, **self.told)
            else:
                change(one, {"holder_id": self.keep.pk}, **self.told)
        for part in Part.objects.filter(holder=self.drop):
            change(part, {"holder_id": self.keep.pk}, **self.told)
        for waits in Proposal.objects.filter(holder=self.drop):
            remove(waits, **self.told)
        days = [one for one in (self.keep.verified_on, self.drop.verified_on) if one]
        change(self.keep, {"verified_on": max(days, default=None)}, **self.told)

    def _gone(self, row: Entry | Part) -> None:
        for waits in row.proposals.all():
            remove(waits, **self.told)
        if isinstance(row, Entry):
            for part in row.parts.all():
                change(part, {"holder_id": self.keep.pk}, **self.told)
        remove(row, **self.told)


def _directory(records: Iterable[Record]) -> Directory:
    found: dict[str, list[Record]] = {name: [] for name in tables()}
    for one in records:
        found[one.table].append(one)
    return Directory({name: tuple(some) for name, some in found.items() if some})
