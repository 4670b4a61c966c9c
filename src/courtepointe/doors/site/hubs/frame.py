"""What the pages of hubs share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.timezone import localdate

from courtepointe.doors.site.hubs.telling import capital, named
from courtepointe.doors.site.space.frame import Space
from courtepointe.hubs.values import HubSeen
from courtepointe.people.queries import territories_of
from courtepointe.places.queries import named as records_named

HERE = "space_hubs"
PAGES = "../hubs/"


def records(space: Space, *tables: str) -> list[tuple[str, str]]:
    """Offer records of the directory, by name."""
    return [
        (str(number), name) for table in tables for number, _, name in records_named(space.seen.id, table)
    ]  # fmt: skip


def hub_choices(space: Space, seen: HubSeen | None = None) -> dict[str, Any]:
    """Give what a form of a hub offers: hosts and territories; what the hub has is always offered."""
    hosts = dict(records(space, "organization"))
    territories = {
        str(one.number): one.name for one in territories_of(space.seen.id, on=localdate(space.now))
    }
    if seen is not None and seen.told.host is not None:
        hosts.setdefault(str(seen.told.host), seen.host)
    if seen is not None and seen.told.territory is not None:
        territories.setdefault(str(seen.told.territory), seen.territory)
    return {
        "lang": space.lang,
        "hosts": list(hosts.items()),
        "territories": list(territories.items()),
    }


def numbered(rows: Iterable[tuple[int, str]]) -> list[tuple[str, str]]:
    """Offer rows by their numbers."""
    return [(str(number), words) for number, words in rows]


def kit_choices(seen: HubSeen, *, lang: str) -> list[tuple[str, str]]:
    """Offer the lines of a box."""
    return numbered(
        (one.number, one.told.name or capital(named("kit", one.told.code, lang=lang)))
        for one in seen.kit
    )
