"""How the rows of a directory are made and changed: what they say, and what is found from it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput
from courtepointe.formats.hsds import Record
from courtepointe.formats.hsds.check import checked
from courtepointe.formats.hsds.spec import tables
from courtepointe.people.actions import change
from courtepointe.people.values import Person
from courtepointe.places.areas import NOWHERE, Area, Areas, disagree
from courtepointe.places.belongs import canonical, folded, key_of, point_of
from courtepointe.places.marks import marks_of
from courtepointe.places.models import Entry, Part
from courtepointe.places.private import apart
from courtepointe.places.queries.directories import record_of

Sources = Mapping[str, Mapping[str, Any]]


def to_the_standard(record: Record) -> Record:
    """Give a record that a person typed, or the first thing that is wrong with it."""
    told = checked([record], file="—").faults
    if told:
        raise BadInput("field_value", **{n: told[0].facts.get(n, "") for n in ("column", "value", "expected")})  # fmt: skip
    return record


def sealed(private: Mapping[str, Any]) -> str:
    """Write what tells of a person as the row holds it, before it is sealed."""
    return json.dumps(private, ensure_ascii=False) if private else ""


def by_hand(by: Person, now: datetime) -> dict[str, Any]:
    """Tell that a person said a field today, and thereby verified it."""
    day = localdate(now).isoformat()
    return {"by": by.id, "on": day, "verified_on": day, "verified_by": by.id}


def found_in(record: Record, area: Area, label: str) -> dict[str, Any]:
    """Find from a record what its row is listed by."""
    values = record.values
    owner = values.get("service_id" if record.table == "service_at_location" else "organization_id")
    place = values.get("location_id")
    return {
        "owner": UUID(str(owner)) if owner else None,
        "place": UUID(str(place)) if place else None,
        "folded": folded(str(values.get("name", "") or values.get("alternate_name", ""))),
        "is_located": point_of(values) is not None,
        "area_key": area[0],
        "area_name": area[1],
        "disagrees": disagree(label, area[1]),
    }


def entry_rows(
    workspace_id: int,
    records: Sequence[Record],
    sources: Sources,
    *,
    labels: Mapping[str, str],
    areas: Areas | None,
    **more: Any,
) -> list[Entry]:
    """Make the rows of new records; they are not saved yet.

    Parameters
    ----------
    labels : mapping of a place's identifier -> the area that its address names
    """
    points = [point_of(one.values) for one in records]
    lie_in = areas.at(points) if areas else [NOWHERE] * len(records)
    rows = []
    for record, area in zip(records, lie_in, strict=True):
        values, unknown, private = apart(record)
        rows.append(
            Entry(
                workspace_id=workspace_id, table=record.table, uid=UUID(record.id), values=values,
                more=unknown, private=sealed(private), sources=dict(sources),
                **found_in(record, area, labels.get(record.id, "")), **more,
            )
        )  # fmt: skip
    return rows


def part_row(workspace_id: int, record: Record, sources: Sources, *, holder_id: int | None) -> Part:
    """Make the row of a new detail; it is not saved yet."""
    values, unknown, private = apart(record)
    return Part(
        workspace_id=workspace_id, table=record.table, uid=UUID(record.id), values=values,
        more=unknown, private=sealed(private), sources=dict(sources), holder_id=holder_id,
        key=key_of(record.table, values), **asdict(marks_of(record)),
    )  # fmt: skip


def labels_of(records: Iterable[Record]) -> dict[str, str]:
    """Read which area each place's address names, as it was published."""
    return {
        str(one.values.get("location_id", "")): str(one.values["region"])
        for one in records
        if one.table == "address" and one.values.get("region")
    }


def rewritten(
    row: Entry | Part,
    fields: Mapping[str, Any],
    told: Mapping[str, Any],
    *,
    areas: Areas | None,
    by: Person,
    now: datetime,
    why: str = "",
    batch: str = "",
    check: bool = True,
) -> None:
    """Set fields of a record or of a detail, say where they come from, find the rest again.

    A field that is set to nothing is emptied. ``told`` is what is known of the source.
    """
    before = record_of(row)
    known = tables()[row.table].fields
    values, more = dict(before.values), dict(before.more)
    for name, value in fields.items():
        into = values if name in known else more
        if value is None or value == "":
            into.pop(name, None)
        else:
            into[name] = value
    record = canonical(Record(row.table, values, more))
    if check:
        to_the_standard(record)
    plain, unknown, private = apart(record)
    set_: dict[str, Any] = {
        "values": plain,
        "more": unknown,
        "private": sealed(private),
        "sources": {**row.sources, **{name: dict(told) for name in fields}},
    }
    if isinstance(row, Part):
        set_ |= {"key": key_of(row.table, plain), **asdict(marks_of(record))}
    else:
        set_ |= _found_again(row, before, record, areas)
        if told.get("verified_on"):
            set_["verified_on"] = localdate(now)
    change(row, set_, by=by, now=now, why=why, batch=batch)
    if isinstance(row, Part) and row.holder is not None:
        holder_touched(row.holder, told, by=by, now=now, batch=batch)


def _found_again(row: Entry, before: Record, after: Record, areas: Areas | None) -> dict[str, Any]:
    area = (row.area_key, row.area_name)
    if point_of(before.values) != point_of(after.values):
        area = areas.at([point_of(after.values)])[0] if areas else NOWHERE
    return found_in(after, area, label_of(row))


def label_of(row: Entry) -> str:
    """Give the area that a place's address names."""
    held = Part.objects.filter(holder=row, table="address").order_by("pk")
    told = (str(values.get("region", "")) for values in held.values_list("values", flat=True))
    return next((one for one in told if one), "")


def holder_touched(
    holder: Entry, told: Mapping[str, Any], *, by: Person, now: datetime, batch: str = ""
) -> None:
    """Find again what a record's details say of it, after one of them was written."""
    set_: dict[str, Any] = {"disagrees": disagree(label_of(holder), holder.area_name)}
    if told.get("verified_on"):
        set_["verified_on"] = localdate(now)
    change(holder, set_, by=by, now=now, batch=batch)
