"""The hubs that their workspaces show to everyone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, QuerySet
from django.utils.timezone import localdate

from courtepointe.core.errors import NotFound
from courtepointe.core.readiness import State, confidence, level_reached, state_at
from courtepointe.hubs.kinds import half_lives
from courtepointe.hubs.models import Hub, HubPage
from courtepointe.hubs.queries.directory import addresses, records_of
from courtepointe.hubs.queries.lines import capacities, facts, modes
from courtepointe.hubs.queries.ready import autonomy_of, by_level, new_power
from courtepointe.hubs.shown import (
    PARTS,
    NewPage,
    PageSeen,
    PublicCapacity,
    PublicFact,
    PublicHub,
    PublicPlace,
)
from courtepointe.hubs.values import NewCapacity
from courtepointe.people.models import Workspace
from courtepointe.places.assets.queries import shown_rows
from courtepointe.places.belongs import point_of
from courtepointe.places.collecting.clues import clues_in
from courtepointe.places.models import Entry
from courtepointe.places.queries import public_rows

LINES = (
    "agreements", "keys", "kit", "posts", "exercises", "facts", "capacities", "members__commitments",
    "modes",
)  # fmt: skip
Records = Mapping[tuple[int, UUID], Entry]


def _shown() -> QuerySet[Hub]:
    """Give the hubs whose page is open: of open workspaces, and not ended."""
    rows = Hub.objects.filter(page__shown_since__isnull=False, workspace__closed=None)
    return rows.exclude(status="ended").order_by("name", "pk")


def any_hub_shown() -> bool:
    """Say whether any workspace shows any hub to everyone."""
    return _shown().exists()


def anything_shown() -> bool:
    """Say whether any workspace shows anything of its places, its assets or its hubs to everyone: one question."""
    some = Exists(public_rows()) | Exists(shown_rows()) | Exists(_shown().order_by())
    return Workspace.objects.filter(some).exists()


def shown_hubs(*, now: datetime) -> tuple[PublicHub, ...]:
    """List the hubs that are shown to everyone, by name."""
    return _public(_shown(), localdate(now))


def shown_hub(name: str, *, now: datetime) -> PublicHub:
    """Give a hub that is shown to everyone by the end of its address, or raise `NotFound`."""
    found = _public(_shown().filter(page__name=name), localdate(now))
    if not found:
        raise NotFound("unknown_hub")
    return found[0]


def page_seen(hub: Hub) -> PageSeen | None:
    """Give a hub's page as its workspace sees it; None where it never had one."""
    page: HubPage | None = getattr(hub, "page", None)
    if page is None:
        return None
    who = "" if page.shown_by is None else page.shown_by.name
    return PageSeen(page.name, NewPage(page.opening, page.arriving), page.shown_since, who)


def _public(rows: QuerySet[Hub], today: date) -> tuple[PublicHub, ...]:
    held = list(
        rows.select_related("workspace", "territory", "power", "page").prefetch_related(*LINES)
    )
    records = _records(held)
    streets = addresses(one.pk for one in records.values())
    return tuple(_hub(row, records, streets, today) for row in held)


def _records(rows: Iterable[Hub]) -> Records:
    """Find what hubs stand on, of what each workspace's directory shows to everyone."""
    asked: dict[int, list[UUID | None]] = {}
    for row in rows:
        uids = [row.host, *(one.record for one in row.members.all())]
        asked.setdefault(row.workspace_id, []).extend(uids)
    return {
        (workspace, uid): record
        for workspace, uids in asked.items()
        for uid, record in records_of(workspace, uids).items()
        if is_public(record)
    }


def is_public(record: Entry) -> bool:
    """Say whether the directory shows a record to everyone."""
    is_shown = record.closed is None and not record.awaits_review
    return is_shown and record.visibility == Entry.Visibility.PUBLIC


def _hub(row: Hub, records: Records, streets: Mapping[int, str], today: date) -> PublicHub:
    found, page = by_level(row, today=today), row.page
    assert page.shown_since is not None, "only open pages are read"
    power = getattr(row, "power", None)
    told = None if power is None else new_power(power)
    host = None if row.host is None else records.get((row.workspace_id, row.host))
    return PublicHub(
        name=page.name,
        title=plain(row.name),
        workspace=row.workspace.name,
        form=row.form,
        status=row.status,
        aim=row.aim,
        reached=level_reached(found),
        about=plain(row.about),
        serves=plain(row.serves) or (row.territory.name if row.territory else ""),
        host="" if host is None else str(host.values.get("name", "")),
        link=row.link,
        opening=plain(page.opening),
        arriving=plain(page.arriving),
        opens=_opens(row),
        places=_places(row, records, streets),
        capacities=tuple(_capacity(one.told, today) for one in capacities(row)),
        facts=tuple(PublicFact(one.told.code, one.told.has, one.told.verified_on) for one in facts(row)),
        parts=tuple(p for p in found[row.aim].parts if p.code in PARTS and p.state != State.NOT_ASKED),
        autonomy=autonomy_of(told),
        is_by_hour=told is not None and bool(told.uses),
        tested_on=None if told is None else told.tested_on,
        since=page.shown_since,
    )  # fmt: skip


def plain(text: str) -> str:
    """Give a text as everyone may read it: empty where a clue in it may tell who somebody is."""
    return "" if any(True for _ in clues_in("", text)) else text


def _opens(row: Hub) -> tuple[str, ...]:
    told = next((one.told.criteria for one in modes(row) if one.told.mode == "disruption"), "")
    return tuple(one.strip() for one in plain(told).splitlines() if one.strip())


def _places(row: Hub, records: Records, streets: Mapping[int, str]) -> tuple[PublicPlace, ...]:
    found = (records.get((row.workspace_id, one.record)) for one in row.members.all() if one.record)
    held = {one.pk: one for one in found if one is not None and one.table == "location"}
    return tuple(
        PublicPlace(str(one.uid), str(one.values.get("name", "")), streets.get(one.pk, ""), point_of(one.values))
        for one in held.values()
    )  # fmt: skip


def _capacity(told: NewCapacity, today: date) -> PublicCapacity:
    age = None if told.verified_on is None else max((today - told.verified_on).days, 0)
    half_life = half_lives()[told.code]
    return PublicCapacity(
        told.code, told.maximum, told.available, told.verified_on, half_life,
        confidence(age, half_life), state_at(age, half_life),
    )  # fmt: skip
