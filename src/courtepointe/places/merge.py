"""Two records of a directory made one, with what was lost told in the directory itself.

HSDS keeps a history of its own: the table ``metadata`` says of a record which field held what
before. A merge writes there what the kept record does not say any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from courtepointe.core.errors import BadInput
from courtepointe.formats.hsds import Directory, Record
from courtepointe.formats.hsds.spec import ATTACHED, tables
from courtepointe.formats.hsds.values import Value

ACTION = "merge"
EMPTY = "(empty)"
"""What a field held before that held nothing: the standard wants a word there."""
NAMESPACE = UUID("7f0d6d0c-3c86-5d5f-9d5c-0d9b8a3f3a11")


@dataclass(frozen=True, slots=True)
class Merge:
    """Two records of a table that are one thing.

    Attributes
    ----------
    table, keep, drop : str
        The table, and the two identifiers.
    """

    table: str
    keep: str
    drop: str


def merged(directory: Directory, merges: Sequence[Merge], *, by: str, on: date) -> Directory:
    """Make each pair of records one.

    Parameters
    ----------
    directory : Directory
    merges : sequence of Merge
        In order; a record that an earlier merge dropped stands for the one that took its place,
        so that three records of one place need two merges.
    by : str
        Who decided.
    on : date

    Returns
    -------
    Directory
        The kept record says what it said, and where it was empty what the other said; another
        name becomes its alternative name where it has none. All that pointed to the dropped
        record points to the kept one. What belongs to a merged record and then stands there
        twice, word for word, is one. Each value that is lost or taken over is a row of
        ``metadata``.

    Raises
    ------
    BadInput
        ``merge_unknown`` with the table and the identifier.
    """
    # A record without an identifier is a fault of its file, not a reason to lose it.
    held = {
        table: {one.id or f"{n} {one.where}": one for n, one in enumerate(some)}
        for table, some in directory.records.items()
    }
    gone: dict[tuple[str, str], str] = {}
    trace: list[Record] = []
    for merge in merges:
        keep, drop = (_standing(held, gone, merge.table, one) for one in (merge.keep, merge.drop))
        if keep.id != drop.id:
            held[merge.table][keep.id], rows = _joined(keep, drop, by=by, on=on)
            del held[merge.table][drop.id]
            gone[merge.table, drop.id] = keep.id
            trace += rows
    _follow(held, gone)
    for row in trace:
        at = gone.get((str(row.values["resource_type"]), str(row.values["resource_id"])))
        told = row if at is None else replace(row, values={**row.values, "resource_id": at})
        held.setdefault("metadata", {})[row.id] = told
    return Directory({name: tuple(held[name].values()) for name in tables() if held.get(name)})


Held = dict[str, dict[str, Record]]
Gone = dict[tuple[str, str], str]


def _standing(held: Held, gone: Gone, table: str, identifier: str) -> Record:
    """Give a record, or the one that took its place."""
    at = identifier
    while (table, at) in gone:
        at = gone[table, at]
    try:
        return held[table][at]
    except KeyError:
        raise BadInput("merge_unknown", table=table, value=identifier) from None


def _joined(keep: Record, drop: Record, *, by: str, on: date) -> tuple[Record, list[Record]]:
    """Join two records, and tell each field that changed or was lost."""
    spec = tables()[keep.table]
    # A part that is merged with its whole does not belong to itself.
    own = [name for name, table in spec.links.items() if table == keep.table]
    both = {**drop.values, **keep.values}
    values = {n: v for n, v in both.items() if n not in own or v not in (keep.id, drop.id)}
    other_name = drop.values.get("name", "")
    if "alternate_name" in spec.fields and other_name not in ("", keep.values.get("name")):
        values.setdefault("alternate_name", other_name)
    joined = replace(keep, values=values, more={**drop.more, **keep.more})
    changes = _changes(keep, drop, joined)
    return joined, [_row(keep, drop, name, *told, by=by, on=on) for name, told in changes.items()]


def _changes(keep: Record, drop: Record, joined: Record) -> dict[str, tuple[Value, Value]]:
    """Say of each field what it held and holds, where something was lost or taken over."""
    changes: dict[str, tuple[Value, Value]] = {"id": (drop.id, keep.id)}
    for name in [one for one in tables()[keep.table].fields if one != "id"]:
        after, told = joined.values.get(name), [one.values.get(name) for one in (keep, drop)]
        lost = [one for one in told if one is not None and one != after]
        if lost:
            changes[name] = (lost[-1], EMPTY if after is None else after)
        elif after is not None and told[0] is None:
            changes[name] = (EMPTY, after)
    return changes


def _row(
    keep: Record, drop: Record, name: str, before: Value, after: Value, *, by: str, on: date
) -> Record:
    own = uuid5(NAMESPACE, f"{keep.table} {keep.id} {drop.id} {name}")
    return Record(
        "metadata",
        {
            "id": str(own), "resource_id": keep.id, "resource_type": keep.table,
            "last_action_date": on.isoformat(), "last_action_type": ACTION, "field_name": name,
            "previous_value": str(before), "replacement_value": str(after), "updated_by": by,
        },
    )  # fmt: skip


def _follow(held: Held, gone: Gone) -> None:
    """Point all to what stands; what stands twice in one place then is one, and so on down."""
    while gone:
        touched = [
            (table, identifier, moved)
            for table, some in held.items()
            for identifier, one in some.items()
            if (moved := _pointed(one, gone)) is not None
        ]
        for table, identifier, moved in touched:
            held[table][identifier] = moved
        gone = dict(_twice(held, {table for table, _, _ in touched}))
        for table, identifier in gone:
            del held[table][identifier]


def _pointed(record: Record, gone: Gone) -> Record | None:
    """Give the record with its links on what stands; None where they did."""
    moved = {
        name: at
        for name, table in _links(record)
        if (at := _last(gone, table, str(record.values.get(name, ""))))
    }
    if not moved:
        return None
    return replace(record, values={**record.values, **moved})


def _links(record: Record) -> Iterator[tuple[str, str]]:
    yield from tables()[record.table].links.items()
    if record.table in ATTACHED:
        _, by_id, by_table = ATTACHED[record.table]
        yield by_id, str(record.values.get(by_table, ""))


def _last(gone: Gone, table: str, identifier: str) -> str:
    """Give what took a record's place in the end; empty where it stands."""
    at = ""
    while (table, at or identifier) in gone:
        at = gone[table, at or identifier]
    return at


def _twice(held: Held, among: Iterable[str]) -> Iterator[tuple[tuple[str, str], str]]:
    """Give the records of some tables that say the same as an earlier one, but for the identifier."""
    for table in sorted(set(among) - {"metadata"}):
        seen: dict[object, str] = {}
        for identifier, one in held[table].items():
            first = seen.setdefault(_said(one), identifier)
            if first != identifier:
                yield (table, identifier), first


def _said(record: Record) -> object:
    values: Mapping[str, Value] = record.values
    return (
        frozenset((name, told) for name, told in values.items() if name != "id"),
        repr(sorted(record.more.items())),
    )
