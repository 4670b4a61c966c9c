"""One record, with all that belongs to it, and where each field comes from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.timezone import localtime

from courtepointe.formats.hsds import Record
from courtepointe.formats.hsds.spec import tables
from courtepointe.places.hours import is_open
from courtepointe.places.models import Capacity, Entry, Part, Proposal, Source
from courtepointe.places.planned import source_of
from courtepointe.places.private import MORE, of_a_contact
from courtepointe.places.queries.directories import shown_to
from courtepointe.places.queries.listing import told_in_list
from courtepointe.places.values import (
    Audience,
    CapacityTold,
    FieldTold,
    Linked,
    PartTold,
    Proposed,
    Seen,
)

MOST_LINKED = 200


@dataclass(frozen=True, slots=True)
class _Names:
    """Names of sources and of persons, each asked for once."""

    sources: Mapping[int, str]
    persons: Mapping[int, str]


def seen_by(row: Entry, audience: Audience, *, now: datetime) -> Seen:
    """Give a record as somebody may see it."""
    parts = [
        part
        for part in Part.objects.filter(holder=row).order_by("table", "pk")
        if audience.contacts or not of_a_contact(Record(part.table, part.values))
    ]
    counted = list(Capacity.objects.filter(holder=row).order_by("unit"))
    waiting = _waiting(row) if audience.names else []
    names = _names(row, parts, counted, waiting, audience)
    hours = [part.values for part in parts if part.table == "schedule"]
    return Seen(
        listed=told_in_list([row])[0],
        area_key=row.area_key,
        label=next((str(p.values["region"]) for p in parts if p.values.get("region") and p.table == "address"), ""),
        fields=tuple(_fields(row, names, audience)),
        parts=tuple(
            PartTold(part.pk, part.table, tuple(_fields(part, names, audience)))
            for part in parts
            if part.table != "metadata" or audience.names
        ),
        capacities=tuple(_capacity(one, names) for one in counted),
        links=tuple(_links(row, audience)),
        proposals=tuple(_proposed(one, names, audience) for one in waiting),
        workspace=row.workspace.name,
        is_open=is_open(hours, localtime(now)),
        more=row.more,
    )  # fmt: skip


def _waiting(row: Entry) -> list[Proposal]:
    rows = Proposal.objects.filter(holder=row, state=Proposal.State.OPEN)
    return list(rows.select_related("part").order_by("pk"))


def _names(
    row: Entry,
    parts: Iterable[Part],
    counted: Iterable[Capacity],
    waiting: Iterable[Proposal],
    audience: Audience,
) -> _Names:
    told = [one for held in (row, *parts) for one in held.sources.values()]
    sources = {one.get("source") for one in told} | {one.source_id for one in waiting}
    persons: set[int] = set()
    if audience.names:
        persons = {one[k] for one in told for k in ("by", "verified_by") if one.get(k)}
        persons |= {one.verified_by_id for one in counted if one.verified_by_id}
        persons |= {one.by_id for one in waiting if one.by_id}
    of = dict(
        Source.objects.filter(pk__in={one for one in sources if one}).values_list("pk", "name")
    )
    who = get_user_model().objects.filter(pk__in=persons).values_list("pk", "name")
    return _Names(of, dict(who) if persons else {})


def _fields(row: Entry | Part, names: _Names, audience: Audience) -> Iterator[FieldTold]:
    """Give what a record says, in the standard's order, links left out."""
    spec = tables()[row.table]
    private = json.loads(row.private) if row.private and audience.contacts else {}
    private.pop(MORE, None)
    for name in spec.fields:
        if name in spec.links or name == "id" or name in ("link_id", "link_entity", "resource_id"):
            continue
        if name in row.values or name in private:
            told = source_of(row.sources, name)
            yield FieldTold(
                field=name,
                value=private.get(name, row.values.get(name)),
                source=names.sources.get(told.get("source", 0), ""),
                said_on=_day(told.get("on")),
                said_by=names.persons.get(told.get("by", 0), ""),
                verified_on=_day(told.get("verified_on")),
                verified_by=names.persons.get(told.get("verified_by", 0), ""),
                is_private=name in private,
            )


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None


def _capacity(one: Capacity, names: _Names) -> CapacityTold:
    by = names.persons.get(one.verified_by_id or 0, "")
    return CapacityTold(one.pk, one.unit, one.maximum, one.available, one.verified_on, by)


def _proposed(one: Proposal, names: _Names, audience: Audience) -> Proposed:
    row: Entry | Part | None = one.part or one.holder
    hidden = one.part is not None and of_a_contact(Record(one.part.table, one.part.values))
    hides = hidden and not audience.contacts
    before = row.values.get(one.field, "") if row is not None else ""
    return Proposed(
        one.pk,
        one.field,
        "•••" if hides else str(before),
        "•••" if hides else str(json.loads(one.value)),
        names.sources.get(one.source_id or 0, ""),
        names.persons.get(one.by_id or 0, ""),
        one.at,
    )


def _links(row: Entry, audience: Audience) -> Iterator[Linked]:
    """Give the records that this one belongs to, then those that belong to it; services through their places."""
    beside = Entry.objects.filter(workspace_id=row.workspace_id)
    own = [row.values[n] for n in tables()[row.table].links if row.values.get(n)]
    through: dict[str, int] = {}
    if row.table in ("service", "location"):
        side, other = ("owner", "place") if row.table == "service" else ("place", "owner")
        joined = beside.filter(table="service_at_location", **{side: row.uid})
        for one in shown_to(joined, audience).order_by("pk")[:MOST_LINKED]:
            through[str(getattr(one, other))] = one.pk
    wanted = Q(uid__in=[*own, *(one for one in through if one != "None")])
    if row.table == "organization":
        wanted |= Q(owner=row.uid)
    found = shown_to(beside.filter(wanted).exclude(pk=row.pk), audience).exclude(
        table="service_at_location"
    )
    for one in found.order_by("table", "folded", "pk")[:MOST_LINKED]:
        uid = str(one.uid)
        yield Linked(one.pk, uid, one.table, str(one.values.get("name", "")), through.get(uid))


def organisations_by_key(workspace_id: int) -> tuple[dict[str, str], dict[str, str]]:
    """Give the identifiers of organisations by their names, and by their registration numbers."""
    rows = Entry.objects.filter(workspace_id=workspace_id, table="organization", closed=None)
    uids = {row.pk: (str(row.uid), str(row.values.get("name", ""))) for row in rows}
    numbers = Part.objects.filter(holder_id__in=uids, table="organization_identifier")
    registered = {
        str(part.values.get("identifier", "")): uids[part.holder_id][0]
        for part in numbers
        if part.holder_id is not None
    }
    return {name: uid for uid, name in uids.values() if name}, registered
