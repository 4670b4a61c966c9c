"""Which room takes in which kind of table: the one list that joins shapes and rooms."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from courtepointe.core.errors import NotFound
from courtepointe.doors.site.gathering.bringing import (
    bring_sheet,
    existing_volunteers,
    look_at_volunteers,
)
from courtepointe.doors.site.gathering.bringing_activities import (
    bring_activities,
    existing_activities,
    look_at_activities,
)
from courtepointe.doors.site.gathering.bringing_attendance import (
    bring_attendance,
    look_at_attendance,
)
from courtepointe.doors.site.plans.bringing import (
    bring_actions,
    existing_actions,
    look_at_actions,
    portraits_of_actions,
)
from courtepointe.doors.site.resilience.bringing import bring_observations, look_at_observations
from courtepointe.doors.site.space.contacts_table import bring_contacts, look_at_contacts
from courtepointe.doors.site.space.directory_table import (
    bring_organisations,
    existing_organisations,
)
from courtepointe.doors.site.space.frame import Space
from courtepointe.people.bringing import RowRead, Unfit

Existing = Mapping[tuple[str, ...], Collection[str]]
Found = tuple[Sequence[Unfit], Collection[int]]
"""Cells that a room cannot take, and the numbers of the rows that say what it holds already."""


def nothing_there(space: Space) -> Existing:
    """Say that keys tell nothing of what is there: the room looks at the rows themselves."""
    return {}


def nothing_found(space: Space, rows: Sequence[RowRead]) -> Found:
    """Say that whatever is well written can be taken."""
    return (), ()


@dataclass(frozen=True, slots=True)
class Bringer:
    """A room that takes in a kind of table.

    Attributes
    ----------
    right : str
        Beside *write*: what a person needs to bring it.
    bring : callable
        Writes the rows under a batch, in the transaction of `people.actions.take_in`; says how many.
    existing : callable
        Says which keys are there already, so that they are told before anything is written.
    look : callable
        Looks at the rows before anything is written: which cells name what the room does not hold,
        which rows it holds already. A row lacks its faulty cells; what is said of these is not told.
    places : callable or None
        Lists where the rows may go, by a code and a name, first where they go when nobody says; the three
        others then take that code as ``place``. Of most kinds there is only one place: the workspace.
    """

    right: str
    bring: Callable[[Space, Sequence[RowRead], str], int]
    existing: Callable[[Space], Existing] = nothing_there
    look: Callable[[Space, Sequence[RowRead]], Found] = nothing_found
    places: Callable[[Space], Sequence[tuple[str, str]]] | None = None

    def at(self, place: str) -> Bringer:
        """Give the room as it takes rows in at a place."""
        bring, existing, look = (_at(one, place) for one in (self.bring, self.existing, self.look))
        return replace(self, bring=bring, existing=existing, look=look, places=None)


def _at(act: Any, place: str) -> Any:
    """Have an act of a room know the place, which only rooms that list places ask for."""
    return partial(act, place=place)


BRINGERS: dict[str, Bringer] = {
    "organisations": Bringer("read", bring_organisations, existing_organisations),
    "contacts": Bringer("contacts", bring_contacts, look=look_at_contacts),
    "volunteers": Bringer("contacts", bring_sheet, existing_volunteers, look_at_volunteers),
    "activities": Bringer("read", bring_activities, existing_activities, look_at_activities),
    "attendance": Bringer("read", bring_attendance, look=look_at_attendance),
    "actions": Bringer(
        "read", bring_actions, existing_actions, look_at_actions, portraits_of_actions
    ),
    "observations": Bringer("read", bring_observations, look=look_at_observations),
}


def bringer(code: str, space: Space) -> Bringer:
    """Give the room that takes in a kind of table, where the person may bring it."""
    offered = offered_to(space)
    if code not in offered:
        raise NotFound("nobody_takes_this", value=code, expected=", ".join(offered))
    return offered[code]


def offered_to(space: Space) -> Mapping[str, Bringer]:
    """Give the kinds of tables that a person may bring here."""
    if not space.may("write"):
        return {}
    return {code: one for code, one in BRINGERS.items() if space.may(one.right)}
