"""A mapping workshop: its sheets are printed, its cards come back, two people key each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput, Refused
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import change, create, forget_in_history
from courtepointe.people.values import Person
from courtepointe.places.assets.access import card_to, sheets_to
from courtepointe.places.assets.actions.proposing import propose
from courtepointe.places.assets.models import PrintedSheets, SheetCard
from courtepointe.places.assets.sheets import CardRead, contribution_of
from courtepointe.places.collecting import field_form
from courtepointe.places.workshop import (
    FIELDS,
    Keyed,
    PrintedWorkshop,
    check_keyed,
    differences,
    read_record,
    write_record,
)
from courtepointe.places.workshop import Contribution as Card

AGREED, DIFFERS, ONCE = "done", "differs", "once"


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
) -> int:
    """Keep cards that came back, to be keyed; one that is here already stays. Give how many are new."""
    sheets = sheets_to("contribute", slug, number, by=by, now=now)
    held = {*sheets.cards.values_list("code", flat=True)}
    new = {one.code: one for one in cards if one.code not in held}
    for one in new.values():
        row = SheetCard(
            workspace_id=sheets.workspace_id, sheets_id=sheets.pk, code=one.code,
            picture=one.picture, read=dict(one.answers), made=now,
        )  # fmt: skip
        create(row, by=by, now=now)
    return len(new)


@transaction.atomic
def key_card(
    slug: str, number: int, values: Mapping[str, str], *, by: Person, now: datetime
) -> str:
    """Key a card: ``once`` for the first, then ``done`` where a second person keyed alike, or ``differs``.

    Raises
    ------
    BadInput
        As `courtepointe.places.workshop.check_keyed` says.
    Refused
        ``keyed_by_you``: the second must be somebody else; ``keyed_twice_already``.
    """
    row = card_to("contribute", slug, number, by=by, now=now)
    one, card = _checked(row, values)
    if row.first is None:
        change(row, {"first": one.values, "first_by_id": by.id}, by=by, now=now)
        return ONCE
    if row.second is not None:
        raise Refused("keyed_twice_already")
    if row.first_by_id == by.id:
        raise Refused("keyed_by_you")
    if differences([Keyed(row.code, row.first)], [one]):
        change(row, {"second": one.values, "second_by_id": by.id}, by=by, now=now)
        return DIFFERS
    _done(slug, row, card, by=by, now=now)
    return AGREED


@transaction.atomic
def settle_card(
    slug: str, number: int, values: Mapping[str, str], *, by: Person, now: datetime
) -> None:
    """Say what a card says that two people keyed differently: whoever reviews read the paper again."""
    row = card_to("review", slug, number, by=by, now=now)
    if row.second is None:
        raise Refused("keyed_once_only")
    _done(slug, row, _checked(row, values)[1], by=by, now=now)


def _checked(row: SheetCard, values: Mapping[str, str]) -> tuple[Keyed, Card]:
    """Hold what was keyed to be a card of these sheets; an empty one says nothing."""
    one = Keyed(row.code, {name: str(values.get(name, ""))[:2_000] for name in FIELDS})
    made = read_record(row.sheets.record.encode(), file=row.sheets.area)
    found = check_keyed([one], made)
    if found.faults:
        raise found.faults[0]
    if not found.contributions:
        raise BadInput("contribution_says_nothing")
    return one, found.contributions[0]


def _done(slug: str, row: SheetCard, card: Card, *, by: Person, now: datetime) -> None:
    """Contribute what the card says; its picture and what was keyed are kept no more."""
    said = contribution_of(card, day=localdate(row.sheets.made))
    propose(slug, said, field_form(said.form), source="workshop", how="paper", by=by, now=now)
    gone: dict[str, Any] = {"picture": None, "first": None, "second": None, "read": {}, "is_done": True}  # fmt: skip
    change(row, gone, by=by, now=now)
    forget_in_history(row._meta.label_lower, [row.pk])
