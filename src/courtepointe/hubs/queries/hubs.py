"""Hubs, as lists and pages read them."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate

from courtepointe.core.errors import NotFound
from courtepointe.core.readiness import State, level_reached
from courtepointe.hubs.kinds import words_of
from courtepointe.hubs.models import Hub, Member
from courtepointe.hubs.queries.directory import addresses
from courtepointe.hubs.queries.lines import (
    capacities,
    exercises,
    facts,
    keys,
    kit,
    modes,
    posts,
)
from courtepointe.hubs.queries.ready import autonomy_of, by_level, new_power
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

LINES = (
    "agreements", "keys", "kit", "posts", "exercises", "facts", "capacities", "members__commitments",
    "members__record", "modes", "adoptions",
)  # fmt: skip


def _rows(seen: WorkspaceSeen) -> QuerySet[Hub]:
    rows = Hub.objects.filter(workspace_id=seen.id).select_related("host", "territory", "power")
    return rows.prefetch_related(*LINES)


def hubs(seen: WorkspaceSeen, *, now: datetime) -> tuple[HubLine, ...]:
    """List the hubs of a workspace by name, those that ended last."""
    today = localdate(now)
    rows = sorted(_rows(seen).order_by("name", "pk"), key=lambda row: row.status == "ended")
    return tuple(_line(row, today) for row in rows)


def _name(record: object) -> str:
    return "" if record is None else str(getattr(record, "values", {}).get("name", ""))


def _line(row: Hub, today: date) -> HubLine:
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
        host=_name(row.host),
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
    return HubSeen(
        number=row.pk,
        told=_told(row),
        host=_name(row.host),
        territory=row.territory.name if row.territory else "",
        members=_members(row),
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
    )  # fmt: skip


def _told(row: Hub) -> NewHub:
    return NewHub(
        row.form, row.name, row.aim, row.status, row.about, row.way, row.host_id, row.territory_id,
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


def _members(row: Hub) -> tuple[Row[MemberSeen], ...]:
    members = list(row.members.all())
    streets = addresses(one.record_id for one in members if one.record_id)
    kinds = list(words_of("members"))
    return tuple(
        Row(one.pk, _member(one, streets))
        for one in sorted(members, key=lambda one: (kinds.index(one.kind), one.pk))
    )


def _member(one: Member, streets: dict[int, str]) -> MemberSeen:
    record, modes = one.record, list(words_of("modes"))
    is_public = (
        record is not None
        and record.visibility == "public"
        and record.closed is None
        and not record.awaits_review
    )
    return MemberSeen(
        kind=one.kind,
        name=one.name or _name(record),
        record=one.record_id,
        address=streets.get(one.record_id or 0, ""),
        uid=str(record.uid) if is_public and record is not None else "",
        commitments=tuple(
            Row(c.pk, NewCommitment(c.mode, c.text, c.role))
            for c in sorted(one.commitments.all(), key=lambda c: modes.index(c.mode))
        ),
    )
