"""Hubs, as lists and pages read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import localdate

from courtepointe.core.errors import NotFound
from courtepointe.core.readiness import State, level_reached
from courtepointe.hubs.kinds import words_of
from courtepointe.hubs.models import Hub, Member
from courtepointe.hubs.queries.directory import addresses, records_of
from courtepointe.hubs.queries.lines import (
    capacities,
    exercises,
    facts,
    keys,
    kit,
    modes,
    posts,
)
from courtepointe.hubs.queries.ready import autonomy_of, by_hour_of, by_level, new_power
from courtepointe.hubs.queries.shown import is_public, page_seen
from courtepointe.hubs.values import (
    HubLine,
    HubSeen,
    MemberSeen,
    NewAgreement,
    NewCommitment,
    NewHub,
    Row,
)
from courtepointe.people.values import WorkspaceSeen
from courtepointe.places.models import Entry

LINES = (
    "agreements", "keys", "kit", "posts", "exercises", "facts", "capacities", "members__commitments",
    "modes", "adoptions",
)  # fmt: skip


def _rows(seen: WorkspaceSeen) -> QuerySet[Hub]:
    related = ("territory", "power", "page__shown_by")
    rows = Hub.objects.filter(workspace_id=seen.id).select_related(*related)
    return rows.prefetch_related(*LINES)


def hubs(seen: WorkspaceSeen, *, now: datetime) -> tuple[HubLine, ...]:
    """List the hubs of a workspace by name, those that ended last."""
    today = localdate(now)
    rows = sorted(_rows(seen).order_by("name", "pk"), key=lambda row: row.status == "ended")
    hosts = records_of(seen.id, (row.host for row in rows))
    return tuple(_line(row, hosts, today) for row in rows)


Records = Mapping[UUID, Entry]


def _name(uid: UUID | None, records: Records) -> str:
    """Give a record's name; empty where the directory does not hold it any more."""
    record = None if uid is None else records.get(uid)
    return "" if record is None else str(record.values.get("name", ""))


def _line(row: Hub, hosts: Records, today: date) -> HubLine:
    found = by_level(row, today=today)
    parts = found[row.aim].parts
    codes = {
        state: tuple(part.code for part in parts if part.state == state)
        for state in (State.LACKS, State.FADING, State.UNKNOWN)
    }
    return HubLine(
        number=row.pk,
        name=row.name,
        form=row.form,
        status=row.status,
        aim=row.aim,
        reached=level_reached(found),
        host=_name(row.host, hosts),
        serves=row.serves or (row.territory.name if row.territory else ""),
        lacking=codes[State.LACKS],
        fading=codes[State.FADING],
        unknown=codes[State.UNKNOWN],
    )


def hub(seen: WorkspaceSeen, number: int, *, now: datetime) -> HubSeen:
    """Give a hub of a workspace, or raise `NotFound`."""
    row = _rows(seen).filter(pk=number).first()
    if row is None:
        raise NotFound("unknown_hub")
    today = localdate(now)
    found = by_level(row, today=today)
    power = getattr(row, "power", None)
    told = None if power is None else new_power(power)
    living, ended = _agreements(row, today)
    records = records_of(seen.id, (row.host, *(one.record for one in row.members.all())))
    return HubSeen(
        number=row.pk,
        told=_told(row, records),
        host=_name(row.host, records),
        territory=row.territory.name if row.territory else "",
        members=_members(row, records),
        agreements=living,
        agreements_ended=ended,
        capacities=capacities(row),
        facts=facts(row),
        power=told,
        keys=keys(row),
        posts=posts(row),
        modes=modes(row),
        kit=kit(row, today=today),
        exercises=exercises(row),
        adoptions=tuple((one.model_code, one.pk) for one in row.adoptions.all()),
        by_level=found,
        reached=level_reached(found),
        autonomy=autonomy_of(told),
        by_hour=by_hour_of(told),
        page=page_seen(row),
    )  # fmt: skip


def _told(row: Hub, records: Records) -> NewHub:
    host = None if row.host is None else records.get(row.host)
    return NewHub(
        row.form, row.name, row.aim, row.status, row.about, row.way, None if host is None else host.pk, row.territory_id,
        row.serves, row.link,
    )  # fmt: skip


def _agreements(
    row: Hub, today: date
) -> tuple[tuple[Row[NewAgreement], ...], tuple[Row[NewAgreement], ...]]:
    living: list[Row[NewAgreement]] = []
    over: list[Row[NewAgreement]] = []
    for one in sorted(row.agreements.all(), key=lambda one: (one.signed, one.pk)):
        until = one.until if one.ended is None else one.ended
        told = Row(one.pk, NewAgreement(one.partner, one.signed, until, one.about))
        is_over = one.ended is not None or (until is not None and until < today)
        (over if is_over else living).append(told)
    return tuple(living), tuple(over)


def _members(row: Hub, records: Records) -> tuple[Row[MemberSeen], ...]:
    streets = addresses(one.pk for one in records.values())
    kinds = list(words_of("members"))
    members = sorted(row.members.all(), key=lambda one: (kinds.index(one.kind), one.pk))
    return tuple(Row(one.pk, _member(one, records, streets)) for one in members)


def _member(one: Member, records: Records, streets: Mapping[int, str]) -> MemberSeen:
    record = None if one.record is None else records.get(one.record)
    modes = list(words_of("modes"))
    return MemberSeen(
        kind=one.kind,
        name=one.name or _name(one.record, records),
        record=None if record is None else record.pk,
        address="" if record is None else streets.get(record.pk, ""),
        uid=str(record.uid) if record is not None and is_public(record) else "",
        commitments=tuple(
            Row(c.pk, NewCommitment(c.mode, c.text, c.role))
            for c in sorted(one.commitments.all(), key=lambda c: modes.index(c.mode))
        ),
    )
