"""A mapping workshop: its sheets are printed, its cards come back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from courtepointe.people.access import workspace_to
from courtepointe.people.actions import change, create
from courtepointe.people.values import Person
from courtepointe.places.assets.access import sheets_to
from courtepointe.places.assets.models import PrintedSheets, SheetCard
from courtepointe.places.assets.sheets import CardRead
from courtepointe.places.workshop import PrintedWorkshop, write_record


@dataclass(frozen=True, slots=True)
class CardsAdded:
    """How many cards are new, how many took a newer picture, how many were keyed already."""

    new: int
    again: int
    known: int


@transaction.atomic
def keep_sheets(slug: str, made: PrintedWorkshop, *, by: Person, now: datetime) -> int:
    """Keep the record of sheets to print; give its number."""
    workspace = workspace_to("write", slug, by=by, now=now)
    row = PrintedSheets(
        workspace_id=workspace.id,
        area=made.area[:250],
        record=write_record(made).decode(),
        made=now,
    )
    return create(row, by=by, now=now).pk


@transaction.atomic
def add_cards(
    slug: str, number: int, cards: Sequence[CardRead], *, by: Person, now: datetime
) -> CardsAdded:
    """Keep cards that came back, to be keyed.

    One that is here already and that nobody keyed yet takes the newer picture: a photograph is taken again
    because the first one was hard to read. One that somebody keyed stays as it was.
    """
    sheets = sheets_to("contribute", slug, number, by=by, now=now)
    held = {row.code: row for row in sheets.cards.select_for_update()}
    new = again = known = 0
    for one in {one.code: one for one in cards}.values():
        row = held.get(one.code)
        told = {"picture": one.picture, "read": dict(one.answers)}
        if row is None:
            row = SheetCard(workspace_id=sheets.workspace_id, sheets_id=sheets.pk, code=one.code, made=now, **told)  # fmt: skip
            create(row, by=by, now=now)
            new += 1
        elif row.is_done or row.first is not None:
            known += 1
        else:
            change(row, told, by=by, now=now)
            again += 1
    return CardsAdded(new, again, known)
