"""The zones of a workspace, and which touch which."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from courtepointe.core.errors import Refused
from courtepointe.engagement.access import row_of, to_change
from courtepointe.engagement.kinds import folded
from courtepointe.engagement.models import Call, Zone, ZoneTouch
from courtepointe.engagement.texts import NAME, line
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import change, create, remove
from courtepointe.people.values import Person

MOST_ZONES = 400


@transaction.atomic
def add_zone(
    slug: str, name: str, *, code: str = "", area_key: str = "", by: Person, now: datetime
) -> int:
    """Name a zone; give its number. Its code is its name where it has no shorter one."""
    workspace = workspace_to("write", slug, by=by, now=now)
    plain = line(name, longest=NAME, needed=True)
    short = line(code or plain[:40], longest=40, needed=True)
    _refuse_named(workspace.id, plain, short)
    if Zone.objects.filter(workspace_id=workspace.id).count() >= MOST_ZONES:
        raise Refused("too_many_zones", value=MOST_ZONES)
    row = Zone(
        workspace_id=workspace.id, code=short, name=plain, area_key=line(area_key, longest=250)
    )
    return create(row, by=by, now=now).pk


def _refuse_named(workspace: int, *texts: str, but: int = 0) -> None:
    """Refuse what another zone answers to: people, and the sheets that they bring, fold names."""
    rows = Zone.objects.filter(workspace_id=workspace).exclude(pk=but)
    held = {folded(text) for names in rows.values_list("name", "code") for text in names}
    for text in texts:
        if folded(text) in held:
            raise Refused("zone_named_already", value=text)


@transaction.atomic
def rename_zone(slug: str, number: int, name: str, *, by: Person, now: datetime) -> None:
    """Give a zone another name; its code stays."""
    row = to_change(Zone, slug, number, by=by, now=now)
    plain = line(name, longest=NAME, needed=True)
    _refuse_named(row.workspace_id, plain, but=row.pk)
    change(row, {"name": plain}, by=by, now=now)


@transaction.atomic
def change_zone(
    slug: str, number: int, name: str, touches: Iterable[int], *, by: Person, now: datetime
) -> None:
    """Give a zone another name and say which zones it touches, both or neither."""
    rename_zone(slug, number, name, by=by, now=now)
    set_touching(slug, number, touches, by=by, now=now)


@transaction.atomic
def drop_zone(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Remove a zone that nobody is in, and that no call went to."""
    row = to_change(Zone, slug, number, by=by, now=now)
    called = Call.objects.filter(zone=row)
    if any(held.exists() for held in (row.volunteers, row.pivots, row.missions, called)):
        raise Refused("zone_has_people")
    for touch in ZoneTouch.objects.filter(Q(one=row) | Q(other=row)):
        remove(touch, by=by, now=now)
    remove(row, by=by, now=now)


@transaction.atomic
def set_touching(
    slug: str, number: int, others: Iterable[int], *, by: Person, now: datetime
) -> None:
    """Say which zones a zone touches: those and no others."""
    row = to_change(Zone, slug, number, by=by, now=now)
    wanted = {row_of(Zone, other, workspace=row.workspace_id).pk for other in others} - {row.pk}
    held = {}
    for touch in ZoneTouch.objects.filter(Q(one=row) | Q(other=row)):
        held[touch.other_id if touch.one_id == row.pk else touch.one_id] = touch
    for other in held.keys() - wanted:
        remove(held[other], by=by, now=now)
    for other in sorted(wanted - held.keys()):
        one, two = sorted((row.pk, other))
        create(ZoneTouch(workspace_id=row.workspace_id, one_id=one, other_id=two), by=by, now=now)
