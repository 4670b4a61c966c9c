"""Where hubs stand, and where the places of the directory that could hold one are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from courtepointe.hubs.models import Hub
from courtepointe.hubs.queries.directory import records_of
from courtepointe.hubs.queries.ready import lasting, new_power
from courtepointe.people.values import WorkspaceSeen
from courtepointe.places.belongs import point_of
from courtepointe.places.hours import is_open
from courtepointe.places.models import Entry
from courtepointe.places.queries.listing import schedules_of


@dataclass(frozen=True, slots=True)
class SiteSeen:
    """A hub that did not end, with the points of its places; none where no place has one.

    Attributes
    ----------
    points : tuple of (longitude, latitude)
        A network has several.
    places : tuple of int
        The directory's number of the place of each point.
    autonomy_h : float or None, hours
        Without the network, in the season in which they are fewest; inf where the sun renews them;
        None where nobody wrote enough to tell.
    may_be_more : bool
        Whether something of its power is not known, so that it may last longer.
    """

    number: int
    name: str
    status: str
    points: tuple[tuple[float, float], ...]
    places: tuple[int, ...] = ()
    autonomy_h: float | None = None
    may_be_more: bool = True


@dataclass(frozen=True, slots=True)
class PointSeen:
    """A place of the directory that has a point."""

    number: int
    name: str
    longitude: float
    latitude: float


def sites(seen: WorkspaceSeen) -> tuple[SiteSeen, ...]:
    """List the hubs of a workspace that did not end, by name, with the points of their places."""
    rows = Hub.objects.filter(workspace_id=seen.id).exclude(status="ended").select_related("power")
    found = list(rows.order_by("name", "pk").prefetch_related("members"))
    members = {row.pk: [one.record for one in row.members.all()] for row in found}
    records = records_of(seen.id, (uid for held in members.values() for uid in held))
    told = []
    for row in found:
        held = {records[uid].pk: records[uid] for uid in members[row.pk] if uid in records}
        told.append(_site(row, held))
    return tuple(told)


def _site(row: Hub, held: Mapping[int, Entry]) -> SiteSeen:
    found = {
        number: point
        for number, one in held.items()
        if one.table == "location" and (point := point_of(one.values)) is not None
    }
    power = getattr(row, "power", None)
    least, may_be_more = lasting(None if power is None else new_power(power))
    return SiteSeen(
        row.pk, row.name, row.status, tuple(found.values()), tuple(found), least, may_be_more
    )


def open_places(numbers: Iterable[int], *, at: datetime) -> dict[int, bool | None]:
    """Say which places of the directory are open at a local time; None where their hours do not tell."""
    asked = list(numbers)
    hours = schedules_of(asked)
    return {number: is_open(hours[number], at) for number in asked}


def placed_places(seen: WorkspaceSeen) -> tuple[PointSeen, ...]:
    """List the open places of a workspace's directory that have a point, by name."""
    rows = Entry.objects.filter(workspace_id=seen.id, table="location", closed=None)
    told = []
    for row in rows.order_by("folded", "pk"):
        point = point_of(row.values)
        if point is not None:
            told.append(PointSeen(row.pk, str(row.values.get("name") or "—"), *point))
    return tuple(told)
