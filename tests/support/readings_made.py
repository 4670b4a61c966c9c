"""A portrait of two neighbours with readings, for tests of shared readings and their pages."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from tests.support.resilience_made import begin
from tests.support.table import NOW, Table

from courtepointe.people.access import workspace_to
from courtepointe.people.values import WorkspaceSeen
from courtepointe.portraits.readings import actions
from courtepointe.portraits.readings.values import Entry, NewReading, Validation
from courtepointe.portraits.resilience.queries import portrait
from courtepointe.portraits.resilience.values import PortraitSeen

TEXT = "Les gens se connaissent ; la relève manque."
GROUP = "assemblée du quartier"
DEVICE = "d" * 32


def uid(number: int) -> UUID:
    """Give the uid of a page's n-th entry."""
    return UUID(int=number + (4 << 76))


def written(after: int = 0, **told: str) -> NewReading:
    """Give a reading that says something of both sides."""
    held = {
        "number_view": "Les données disent peu.",
        "local_view": "Les gens se connaissent.",
        "agreement": "tension",
        "state": "fragile",
        "text_fr": TEXT,
    }
    return NewReading(**{**held, **told}, after=after)


def seen(table: Table, now: datetime = NOW) -> WorkspaceSeen:
    """Give the table as its coordinator sees it."""
    return workspace_to("read", table.slug, by=table.coordinator, now=now)


def portrait_of(table: Table) -> PortraitSeen:
    """Begin a portrait of the table, and give it."""
    return portrait(seen(table), begin(table).portrait)


def validated(table: Table, number: int, on: date | None = None) -> None:
    """Have the assembly agree to a reading."""
    what = Validation(GROUP, on or NOW.date(), 34)
    actions.validate_reading(table.slug, number, what, by=table.coordinator, now=NOW)


def hands(number: int, typed: datetime, *counts: int, dimension: str = "REL") -> Entry:
    """Count hands: present, fragile, absent."""
    held = dict(zip(("present", "fragile", "absent"), counts, strict=True))
    return Entry(uid(number), "hands", dimension, typed, counts=held)


def note(number: int, typed: datetime, text: str, dimension: str = "REL") -> Entry:
    """Note what was said."""
    return Entry(uid(number), "note", dimension, typed, text=text)
