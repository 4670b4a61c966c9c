"""Hubs as they leave with their workspace's directory, and those that a file may speak of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid5

from courtepointe.formats.hsds import Directory, Record
from courtepointe.hubs.exchange import NAMESPACE, HubTold, with_hubs
from courtepointe.hubs.models import Hub
from courtepointe.hubs.queries.directory import records_of
from courtepointe.hubs.queries.lines import capacities
from courtepointe.people.values import WorkspaceSeen


def leaving(seen: WorkspaceSeen, directory: Directory) -> Directory:
    """Add to a workspace's directory its hubs that did not end, with what each can take."""
    rows = Hub.objects.filter(workspace_id=seen.id).exclude(status="ended")
    held = list(rows.order_by("name", "pk").prefetch_related("members", "capacities"))
    uids = (uid for row in held for uid in (row.host, *(m.record for m in row.members.all())))
    records = records_of(seen.id, uids)

    def there(uid: UUID | None) -> str:
        return str(records[uid].uid) if uid in records else ""

    told = [
        HubTold(
            str(row.uid), row.name, row.about, row.status, there(row.host),
            tuple(filter(None, (there(one.record) for one in row.members.all() if one.kind == "location"))),
            tuple(one.told for one in capacities(row)),
        )
        for row in held
    ]  # fmt: skip
    own = {"id": _owner_id(seen), "name": seen.name, "description": seen.name}
    return with_hubs(directory, told, owner=Record("organization", own))


@dataclass(frozen=True, slots=True)
class Known:
    """The hubs that a file may speak of.

    Attributes
    ----------
    hubs : mapping of identifier to (int, str)
        Number and name of those that did not end.
    uids : frozenset of str
        Of all of them, and of the organisation that stands for the workspace where a hub has no host.
    """

    hubs: Mapping[str, tuple[int, str]]
    uids: frozenset[str]


def known_hubs(seen: WorkspaceSeen) -> Known:
    """Give the hubs of a workspace by their identifiers."""
    rows = Hub.objects.filter(workspace_id=seen.id).values_list("uid", "pk", "name", "status")
    told = list(rows)
    living = {str(uid): (number, name) for uid, number, name, status in told if status != "ended"}
    return Known(living, frozenset({_owner_id(seen), *(str(uid) for uid, *_ in told)}))


def _owner_id(seen: WorkspaceSeen) -> str:
    return str(uuid5(NAMESPACE, seen.slug))
