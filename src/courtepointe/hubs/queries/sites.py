"""Where hubs stand, and where the places of the directory that could hold one are."""

from __future__ import annotations

from dataclasses import dataclass

from courtepointe.hubs.models import Hub
from courtepointe.hubs.queries.directory import records_of
from courtepointe.people.values import WorkspaceSeen
from courtepointe.places.belongs import point_of
from courtepointe.places.models import Entry


@dataclass(frozen=True, slots=True)
class SiteSeen:
    """A hub that did not end, with the points of its places; none where no place has one.

    Attributes
    ----------
    points : tuple of (longitude, latitude)
        A network has several.
    """

    number: int
    name: str
    status: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class PointSeen:
    """A place of the directory that has a point."""

    number: int
    name: str
    longitude: float
    latitude: float


def sites(seen: WorkspaceSeen) -> tuple[SiteSeen, ...]:
    """List the hubs of a workspace that did not end, by name, with the points of their places."""
    rows = Hub.objects.filter(workspace_id=seen.id).exclude(status="ended")
    found = list(rows.order_by("name", "pk").prefetch_related("members"))
    members = {row.pk: [one.record for one in row.members.all()] for row in found}
    records = records_of(seen.id, (uid for held in members.values() for uid in held))
    told = []
    for row in found:
        held = {records[uid].pk: records[uid] for uid in members[row.pk] if uid in records}
        placed = (point_of(one.values) for one in held.values() if one.table == "location")
        told.append(SiteSeen(row.pk, row.name, row.status, tuple(filter(None, placed))))
    return tuple(told)


def placed_places(seen: WorkspaceSeen) -> tuple[PointSeen, ...]:
    """List the open places of a workspace's directory that have a point, by name."""
    rows = Entry.objects.filter(workspace_id=seen.id, table="location", closed=None)
    told = []
    for row in rows.order_by("folded", "pk"):
        point = point_of(row.values)
        if point is not None:
            told.append(PointSeen(row.pk, str(row.values.get("name") or "—"), *point))
    return tuple(told)
