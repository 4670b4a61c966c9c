"""Details of a record: addresses, telephones, hours, languages, contact persons; places of a service; capacities."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput, NotAllowed, NotFound, Refused
from courtepointe.formats.hsds import Record
from courtepointe.formats.hsds.spec import ATTACHED, tables
from courtepointe.people.actions import change, create, remove
from courtepointe.people.values import WorkspaceSeen
from courtepointe.places.access import entry_to_change, part_to_change
from courtepointe.places.actions.records import Writing
from courtepointe.places.actions.written import (
    by_hand,
    entry_rows,
    holder_touched,
    part_row,
    rewritten,
    to_the_standard,
)
from courtepointe.places.models import Capacity, Entry, Part
from courtepointe.places.planned import ALL
from courtepointe.places.private import HEADS, of_a_contact

MOST = 2_000_000_000


def offered(table: str) -> tuple[str, ...]:
    """Say which details a kind of record can have, in the standard's order."""
    return tuple(
        name
        for name, spec in tables().items()
        if name not in HEADS and table in spec.links.values() and name != "funding"
    )


@transaction.atomic
def add_part(
    slug: str, number: int, table: str, values: Mapping[str, Any], *, writing: Writing
) -> int:
    """Add a detail to a record, and give its number."""
    workspace, row = entry_to_change("write", slug, number, **writing.told)
    if table not in offered(row.table):
        raise BadInput("detail_kind", value=table, expected=", ".join(offered(row.table)))
    filled = {name: told for name, told in values.items() if told not in (None, "")}
    own = {"id": str(uuid4()), f"{row.table}_id": str(row.uid)}
    record = to_the_standard(Record(table, {**filled, **own}))
    _allow_contacts(workspace, record)
    told = by_hand(writing.by, writing.now)
    part = part_row(workspace.id, record, {ALL: told}, holder_id=row.pk)
    create(part, **writing.told)
    holder_touched(row, told, **writing.told)
    return part.pk


def _allow_contacts(workspace: WorkspaceSeen, record: Record) -> None:
    if of_a_contact(record) and "contacts" not in workspace.rights:
        raise NotAllowed("role_needed")


@transaction.atomic
def change_part(slug: str, number: int, fields: Mapping[str, Any], *, writing: Writing) -> int:
    """Correct a detail; give the number of the record that it belongs to."""
    _, part = part_to_change("write", slug, number, **writing.told)
    spec = tables()[part.table]
    private = json.loads(part.private) if part.private else {}
    held = {**private, **part.values}
    links = {*spec.links, "id", *(ATTACHED[part.table][1:] if part.table in ATTACHED else ())}
    differ = {n: v for n, v in fields.items() if n in spec.fields and n not in links and (v or "") != held.get(n, "")}  # fmt: skip
    if differ:
        rewritten(part, differ, by_hand(writing.by, writing.now), areas=None, **writing.told)
    return _holder(part)


@transaction.atomic
def remove_part(slug: str, number: int, *, why: str = "", writing: Writing) -> int:
    """Remove a detail that is wrong; the history keeps what it said."""
    _, part = part_to_change("write", slug, number, **writing.told)
    holder = part.holder
    for one in part.proposals.all():
        remove(one, **writing.told)
    remove(part, why=why, **writing.told)
    if holder is not None:
        holder_touched(holder, {}, **writing.told)
    return _holder(part)


def _holder(part: Part) -> int:
    found: int | None = part.holder_id
    if found is None:
        raise NotFound("unknown_record")
    return found


@transaction.atomic
def offer_at(slug: str, number: int, place: int, *, writing: Writing) -> None:
    """Say that a service is offered at a place."""
    workspace, service = entry_to_change("write", slug, number, **writing.told)
    location = Entry.objects.filter(workspace_id=workspace.id, pk=place, table="location").first()
    if location is None or service.table != "service":
        raise NotFound("unknown_record")
    held = Entry.objects.filter(workspace_id=workspace.id, table="service_at_location")
    if held.filter(owner=service.uid, place=location.uid).exists():
        raise Refused("already_offered_there")
    values = {"service_id": str(service.uid), "location_id": str(location.uid)}
    record = Record("service_at_location", {"id": str(uuid4()), **values})
    (row,) = entry_rows(
        workspace.id, [record], {ALL: by_hand(writing.by, writing.now)}, labels={}, areas=None,
        verified_on=localdate(writing.now), visibility=service.visibility,
    )  # fmt: skip
    create(row, **writing.told)


@transaction.atomic
def offer_no_more(slug: str, number: int, *, writing: Writing) -> None:
    """Say that a service is not offered at a place any more."""
    _, row = entry_to_change("write", slug, number, **writing.told)
    if row.table != "service_at_location":
        raise NotFound("unknown_record")
    for part in row.parts.all():
        remove(part, **writing.told)
    remove(row, **writing.told)


@transaction.atomic
def count_capacity(
    slug: str, number: int, *, unit: str, maximum: int, available: int | None, writing: Writing
) -> None:
    """Say how many a record can take in a unit; who says it has verified it today."""
    workspace, row = entry_to_change("write", slug, number, **writing.told)
    plain = " ".join(unit.split())[:60]
    if not plain or set(plain) & set(";@()"):
        raise BadInput("capacity_unit", value=unit[:60])
    if not 0 <= maximum <= MOST or (available is not None and not 0 <= available <= maximum):
        raise BadInput("capacity_numbers", value=available, expected=maximum)
    told = {
        "maximum": maximum, "available": available, "verified_on": localdate(writing.now),
        "verified_by_id": writing.by.id,
    }  # fmt: skip
    there = Capacity.objects.filter(holder=row, unit=plain).first()
    if there is not None:
        change(there, told, **writing.told)
    else:
        create(Capacity(workspace_id=workspace.id, holder=row, unit=plain, **told), **writing.told)
    change(row, {"verified_on": localdate(writing.now)}, **writing.told)


@transaction.atomic
def drop_capacity(slug: str, number: int, capacity: int, *, writing: Writing) -> None:
    """Say that a record holds nothing in a unit any more."""
    _, row = entry_to_change("write", slug, number, **writing.told)
    held = row.capacities.filter(pk=capacity).first()
    if held is None:
        raise NotFound("unknown_record")
    remove(held, **writing.told)
