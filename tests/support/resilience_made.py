"""A resilience portrait of the table's territory, for tests of the rooms that fill it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tests.support.table import NOW, Table

from courtepointe.people.actions.workspaces import stand_on
from courtepointe.people.queries import territories_of
from courtepointe.portraits.resilience.actions import begin_portrait
from courtepointe.portraits.resilience.values import NewPortrait

TERRITORY = "Vieux-Moulin"
NAME = "Portrait de résilience de Vieux-Moulin"


@dataclass(frozen=True)
class Begun:
    """A portrait, its number and its territory's."""

    portrait: int
    territory: int


def begin(table: Table, *, area_key: str = "x:2021:1", now: datetime = NOW) -> Begun:
    """Have the table stand on a territory and begin its portrait."""
    stand_on(table.slug, atlas_code="demo", area_key=area_key, name=TERRITORY,
             since=date(2020, 1, 1), by=table.coordinator, now=now)  # fmt: skip
    (territory,) = territories_of(table.id)
    new = NewPortrait(NAME, territory.number)
    number = begin_portrait(table.slug, new, by=table.coordinator, now=now)
    return Begun(number, territory.number)
