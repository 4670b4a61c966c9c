"""The rows of a workspace as a directory of the standard, for whoever it is read for."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from courtepointe.formats.hsds import Directory, Record
from courtepointe.formats.hsds.spec import tables
from courtepointe.places import capacities
from courtepointe.places.models import Capacity, Entry, Part, Waiting
from courtepointe.places.planned import HeldRecord, Key
from courtepointe.places.private import closed_upon_itself, together, without_persons
from courtepointe.places.values import Audience

SOME = 400
"""How many identifiers are asked for at a time."""


def record_of(row: Entry | Part) -> Record:
    """Give a row as a record of the standard, with what tells of persons."""
    private: Mapping[str, Any] = json.loads(row.private) if row.private else {}
    return together(row.table, str(row.uid), row.values, row.more, private)


def shown_to(rows: QuerySet[Entry], audience: Audience) -> QuerySet[Entry]:
    """Keep the records that may be seen."""
    if audience.visibilities is None:
        return rows
    return rows.filter(visibility__in=audience.visibilities, awaits_review=False, closed=None)


def directory_of(
    workspace_id: int, audience: Audience, *, uids: Iterable[str] | None = None
) -> Directory:
    """Give a workspace's directory as somebody may see it: it holds together, and to the standard.

    Parameters
    ----------
    audience : Audience
    uids : iterable of str, optional
        Only these records, with what belongs to them.

    Notes
    -----
    Closed records and those that wait for a review are left out. What belongs to a record that may
    not be seen is not seen; what is left without what it points to goes too.
    """
    entries = Entry.objects.filter(workspace_id=workspace_id, awaits_review=False, closed=None)
    if uids is not None:
        entries = entries.filter(uid__in=list(uids))
    rows = list(shown_to(entries, audience).order_by("pk"))
    found = Directory(_by_table(_with_parts(workspace_id, rows, all_loose=uids is None)))
    if not audience.contacts:
        found = without_persons(found)
    return closed_upon_itself(found)


def _with_parts(workspace_id: int, rows: Sequence[Entry], *, all_loose: bool) -> Iterator[Record]:
    numbers = {row.pk for row in rows}
    counted = capacities_held(workspace_id)
    for row in rows:
        record = record_of(row)
        held = counted.get(row.pk)
        more = {**record.more, capacities.FIELD: capacities.written(held)} if held else record.more
        yield Record(record.table, record.values, more)
    parts = Part.objects.filter(workspace_id=workspace_id).order_by("pk")
    for part in parts.iterator(chunk_size=2_000):
        if part.holder_id in numbers or (part.holder_id is None and all_loose):
            yield record_of(part)


def _by_table(records: Iterable[Record]) -> dict[str, tuple[Record, ...]]:
    found: dict[str, list[Record]] = {name: [] for name in tables()}
    for one in records:
        found[one.table].append(one)
    return {name: tuple(some) for name, some in found.items() if some}


def capacities_held(workspace_id: int) -> dict[int, list[capacities.Held]]:
    """Give the capacities of a workspace's records, by number."""
    found: dict[int, list[capacities.Held]] = defaultdict(list)
    for one in Capacity.objects.filter(workspace_id=workspace_id):
        told = capacities.Held(one.unit, one.maximum, one.available, one.verified_on)
        found[one.holder_id].append(told)
    return found


def rows_held(workspace_id: int, records: Iterable[Record]) -> dict[Key, Entry | Part]:
    """Find the rows of records, by table and identifier."""
    asked = sorted({one.id for one in records})
    found: dict[Key, Entry | Part] = {}
    for start in range(0, len(asked), SOME):
        some = asked[start : start + SOME]
        for model in (Entry, Part):
            for row in model.objects.filter(workspace_id=workspace_id, uid__in=some):
                found[row.table, str(row.uid)] = row
    return found


def held_records(workspace_id: int, rows: Mapping[Key, Entry | Part]) -> dict[Key, HeldRecord]:
    """Give rows as an import is compared with them."""
    counted = capacities_held(workspace_id)
    found = {}
    for key, row in rows.items():
        record = record_of(row)
        held = counted.get(row.pk) if isinstance(row, Entry) else None
        more = {**record.more, capacities.FIELD: capacities.written(held)} if held else record.more
        found[key] = HeldRecord(Record(record.table, record.values, more), row.sources)
    return found


def imports_waiting(workspace_id: int, by_id: int) -> list[tuple[int, str]]:
    """List the imports that somebody looked at and did not do yet."""
    rows = Waiting.objects.filter(workspace_id=workspace_id, by_id=by_id).order_by("-at")
    return list(rows.values_list("pk", "name"))
