"""Hubs are formed and changed; what they stand on, and their agreements."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from courtepointe.core.errors import BadInput, NotFound, Refused
from courtepointe.engagement.texts import line, text, web_address
from courtepointe.hubs.access import hub_to_fill, line_of, to_change
from courtepointe.hubs.actions.told import close_page, past
from courtepointe.hubs.kinds import known
from courtepointe.hubs.models import Agreement, Commitment, Hub, Member
from courtepointe.hubs.queries.directory import record_uid, records_of
from courtepointe.hubs.values import NewAgreement, NewCommitment, NewHub, NewMember
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import change, create, remove
from courtepointe.people.queries import territories_of
from courtepointe.people.values import Person


def _hub(what: NewHub, workspace: int, *, host: UUID | None = None) -> dict[str, Any]:
    if what.territory is not None and what.territory not in {
        one.number for one in territories_of(workspace)
    }:
        raise NotFound("unknown_territory")
    return {
        "form": known("forms", what.form),
        "way": known("ways", what.way) if what.way else "",
        "name": line(what.name, needed=True),
        "about": text(what.about, longest=4_000),
        "host": _host(workspace, what.host, host),
        "territory_id": what.territory,
        "serves": line(what.serves),
        "aim": known("levels", what.aim),
        "status": known("statuses", what.status),
        "link": web_address(what.link),
    }


def _host(workspace: int, number: int | None, was: UUID | None) -> UUID | None:
    """Give a host's identifier; the one that a hub has stays, even where its record was closed."""
    if number is None:
        return None
    held = None if was is None else records_of(workspace, [was]).get(was)
    if held is not None and held.pk == number:
        return was
    return record_uid(workspace, number, "organization")


@transaction.atomic
def form_hub(slug: str, what: NewHub, *, by: Person, now: datetime) -> int:
    """Begin a hub and give its number."""
    workspace = workspace_to("write", slug, by=by, now=now)
    row = Hub(workspace_id=workspace.id, **_hub(what, workspace.id))
    return create(row, by=by, now=now).pk


@transaction.atomic
def change_hub(slug: str, number: int, what: NewHub, *, by: Person, now: datetime) -> None:
    """Change what a hub says of itself; an ended one may be taken up again."""
    row = to_change(Hub, slug, number, by=by, now=now)
    change(row, _hub(what, row.workspace_id, host=row.host), by=by, now=now)
    if row.status == "ended":
        # Taken up again, it is shown to everyone when somebody says so.
        close_page(row, by=by, now=now)


@transaction.atomic
def add_member(slug: str, hub: int, what: NewMember, *, by: Person, now: datetime) -> int:
    """Have a hub stand on a place, an organisation or a vehicle."""
    row = hub_to_fill(slug, hub, by=by, now=now)
    kind, name = known("members", what.kind), line(what.name)
    if what.record is None and not name:
        raise BadInput("hub_member_nameless")
    uid = None if what.record is None else record_uid(row.workspace_id, what.record, kind)
    if uid is not None and row.members.filter(record=uid).exists():
        raise Refused("hub_member_twice")
    made = Member(workspace_id=row.workspace_id, hub=row, kind=kind, record=uid, name=name)  # fmt: skip
    return create(made, by=by, now=now).pk


@transaction.atomic
def drop_member(slug: str, hub: int, number: int, *, by: Person, now: datetime) -> None:
    """Have a hub no longer stand on something; its commitments go with it."""
    row = hub_to_fill(slug, hub, by=by, now=now)
    member = line_of(Member, number, hub=row)
    for one in member.commitments.all():
        remove(one, by=by, now=now)
    remove(member, by=by, now=now)


@transaction.atomic
def commit(
    slug: str, hub: int, member: int, what: NewCommitment, *, by: Person, now: datetime
) -> None:
    """Write down what a member does in a mode, in place of what it said before."""
    row = hub_to_fill(slug, hub, by=by, now=now)
    held = line_of(Member, member, hub=row)
    mode = known("modes", what.mode)
    told = {"text": line(what.text, longest=400, needed=True), "role": line(what.role, longest=120)}
    was = held.commitments.filter(mode=mode).first()
    if was is not None:
        change(was, told, by=by, now=now)
        return
    create(
        Commitment(workspace_id=row.workspace_id, member=held, mode=mode, **told), by=by, now=now
    )


@transaction.atomic
def uncommit(slug: str, hub: int, number: int, *, by: Person, now: datetime) -> None:
    """Take a commitment back."""
    row = hub_to_fill(slug, hub, by=by, now=now)
    held = Commitment.objects.select_for_update().filter(member__hub=row, pk=number).first()
    if held is None:
        raise NotFound("unknown_hub_line")
    remove(held, by=by, now=now)


@transaction.atomic
def agree(slug: str, hub: int, what: NewAgreement, *, by: Person, now: datetime) -> int:
    """Write an agreement down."""
    row = hub_to_fill(slug, hub, by=by, now=now)
    if what.until is not None and what.until < what.signed:
        raise BadInput("ends_before_it_begins", value=what.until, expected=what.signed)
    told = asdict(what) | {
        "partner": line(what.partner, needed=True),
        "about": text(what.about, longest=4_000),
    }
    return create(Agreement(workspace_id=row.workspace_id, hub=row, **told), by=by, now=now).pk


@transaction.atomic
def end_agreement(
    slug: str, hub: int, number: int, on: date, *, by: Person, now: datetime, why: str = ""
) -> None:
    """End an agreement before its day; it stays readable."""
    row = hub_to_fill(slug, hub, by=by, now=now)
    held = line_of(Agreement, number, hub=row)
    if held.ended is not None:
        raise Refused("hub_agreement_ended", date=held.ended)
    past(on, now=now)
    change(held, {"ended": on}, by=by, now=now, why=line(why, longest=400))
