"""Which room takes in which kind of table: the one list that joins shapes and rooms."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from courtepointe.core.errors import NotFound
from courtepointe.doors.site.gathering.bringing import bring_sheet, existing_volunteers
from courtepointe.doors.site.space.directory_table import (
    bring_organisations,
    existing_organisations,
)
from courtepointe.doors.site.space.frame import Space
from courtepointe.people.bringing import RowRead

Existing = Mapping[tuple[str, ...], Collection[str]]


@dataclass(frozen=True, slots=True)
class Bringer:
    """A room that takes in a kind of table.

    Attributes
    ----------
    right : str
        Beside *write*: what a person needs to bring it.
    existing : callable
        Says which keys are there already, so that they are told before anything is written.
    bring : callable
        Writes the rows under a batch, in the transaction of `people.actions.take_in`; says how many.
    """

    right: str
    existing: Callable[[Space], Existing]
    bring: Callable[[Space, Sequence[RowRead], str], int]


BRINGERS: dict[str, Bringer] = {
    "organisations": Bringer("read", existing_organisations, bring_organisations),
    "volunteers": Bringer("contacts", existing_volunteers, bring_sheet),
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
