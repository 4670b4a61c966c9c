"""A portrait of two neighbours with readings, for tests of shared readings and their pages."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from tests.support.resilience_made import begin
from tests.support.table import NOW, Table

from courtepointe.people.access import workspace_to
from courtepointe.people.actions import answer_agreement, offer_agreement, stand_on
from courtepointe.people.queries import territories_of
from courtepointe.people.values import Person, WorkspaceSeen
from courtepointe.portraits.readings import actions
from courtepointe.portraits.readings.values import Entry, NewReading, Validation
from courtepointe.portraits.resilience.actions import (
    begin_portrait,
    choose_indicators,
    observe,
)
from courtepointe.portraits.resilience.models import Indicator
from courtepointe.portraits.resilience.numbers import NewObservation
from courtepointe.portraits.resilience.queries import portrait
from courtepointe.portraits.resilience.values import NewPortrait, PortraitSeen

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


def scored(
    slug: str, portrait: int, value: float, half: float, *, by: Person, now: datetime = NOW
) -> None:
    """Have a portrait count one indicator of health, with an interval."""
    keys = {"by": by, "now": now}
    choose_indicators(slug, portrait, ["SBE.health"], **keys)
    one = Indicator.objects.get(portrait_id=portrait, code="SBE.health")
    what = NewObservation(
        "2026", "Table", value, low=value - half, high=value + half, interval="given"
    )
    observe(slug, one.pk, what, **keys)


def neighbour(table: Table, value: float, half: float) -> int:
    """Have the other workspace make a portrait whose health its people validated; give its number."""
    keys = {"by": table.stranger, "now": NOW}
    stand_on(table.other, atlas_code="demo", area_key="x:2021:9", name="L’Île",
             since=date(2020, 1, 1), **keys)  # fmt: skip
    theirs = workspace_to("read", table.other, by=table.stranger, now=NOW)
    (territory,) = territories_of(theirs.id)
    number = begin_portrait(table.other, NewPortrait("Portrait de l’Île", territory.number), **keys)
    scored(table.other, number, value, half, by=table.stranger)
    what = written(text_fr="Les gens de l’Île prennent soin.", state="present", agreement="agreement")  # fmt: skip
    reading = actions.write_reading(table.other, number, "SBE", what, **keys)
    actions.validate_reading(table.other, reading, Validation(GROUP, NOW.date()), **keys)
    return number


def consents(table: Table, until: date = date(2036, 1, 1)) -> int:
    """Have the other workspace show its profile to the table, which accepts; give the agreement."""
    number = offer_agreement(
        table.other, receiver=table.slug, what="resilience_profile", purpose="apprendre l’une de l’autre",
        since=NOW.date(), until=until, by=table.stranger, now=NOW,
    )  # fmt: skip
    answer_agreement(table.slug, number, accepted=True, by=table.coordinator, now=NOW)
    return number
