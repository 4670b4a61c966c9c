"""Cards of a mapping workshop are keyed: begun, kept as they stand, handed in; by two people each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput, CourtepointeError, NotFound, Refused
from courtepointe.people.actions import change, forget_in_history, log_destruction
from courtepointe.people.values import Person
from courtepointe.places.assets.access import card_to, sheets_to
from courtepointe.places.assets.actions.proposing import propose
from courtepointe.places.assets.models import CardDraft, SheetCard
from courtepointe.places.assets.sheets import contribution_of
from courtepointe.places.collecting import field_form
from courtepointe.places.workshop import (
    FIELDS,
    Keyed,
    check_keyed,
    coded,
    differences,
    read_record,
)
from courtepointe.places.workshop import Contribution as Card

AGREED, DIFFERS, ONCE = "done", "differs", "once"
LONGEST = 2_000
RULE = "card_over"
WRITTEN = ("name", "map_cell", "need", "note")
"""What only a person reads: while none of it was keyed, nobody keyed the card yet."""

Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What became of cards that somebody handed in together.

    Attributes
    ----------
    keyed : mapping of card's number -> ``once``, ``done`` or ``differs``
    faults : mapping of card's number -> CourtepointeError
        Those cards stay as they were, and what was typed of them is kept.
    """

    keyed: Mapping[int, str]
    faults: Mapping[int, CourtepointeError]


@transaction.atomic
def keep_typed(slug: str, number: int, cards: Mapping[int, Typed], *, by: Person, now: datetime) -> int:  # fmt: skip
    """Keep what somebody began to key of cards of some sheets; give how many are kept.

    No history tells it: nobody else reads it, and it is handed in or destroyed.
    """
    sheets = sheets_to("contribute", slug, number, by=by, now=now)
    kept = 0
    for row in sheets.cards.filter(pk__in=cards, is_done=False):
        values = _clean(cards[row.pk])
        if not any(values.values()) or values == _clean(row.read):
            CardDraft.objects.filter(card_id=row.pk, by_id=by.id).delete()
            continue
        told = {"workspace_id": row.workspace_id, "values": values, "changed": now}
        CardDraft.objects.update_or_create(card_id=row.pk, by_id=by.id, defaults=told)
        kept += 1
    return kept


def hand_in(slug: str, number: int, cards: Mapping[int, Typed], *, by: Person, now: datetime) -> HandedIn:  # fmt: skip
    """Key the cards of which something was written down; what is wrong with one stops no other.

    What was typed is kept first, so that nothing of a card that is refused is lost.
    """
    keep_typed(slug, number, cards, by=by, now=now)
    keyed: dict[int, str] = {}
    faults: dict[int, CourtepointeError] = {}
    for card, values in cards.items():
        if not any(values.get(name, "").strip() for name in WRITTEN):
            continue
        try:
            with transaction.atomic():
                row = card_to("contribute", slug, card, by=by, now=now)
                keyed[card] = _key(slug, row, values, by=by, now=now)
        except (BadInput, Refused, NotFound) as error:
            faults[card] = error
    sheets = sheets_to("contribute", slug, number, by=by, now=now)
    _log(sheets.workspace_id, [*keyed.values()].count(AGREED), by=by, now=now)
    return HandedIn(keyed, faults)


@transaction.atomic
def key_card(slug: str, number: int, values: Typed, *, by: Person, now: datetime) -> str:
    """Key a card: ``once`` for the first, then ``done`` where a second person keyed alike, or ``differs``.

    Raises
    ------
    BadInput
        As `courtepointe.places.workshop.check_keyed` says.
    Refused
        ``keyed_by_you``: the second must be somebody else; ``keyed_twice_already``.
    """
    row = card_to("contribute", slug, number, by=by, now=now)
    found = _key(slug, row, values, by=by, now=now)
    _log(row.workspace_id, int(found == AGREED), by=by, now=now)
    return found


def _key(slug: str, row: SheetCard, values: Typed, *, by: Person, now: datetime) -> str:
    one, card = _checked(row, values)
    if row.first is None:
        change(row, {"first": one.values, "first_by_id": by.id}, by=by, now=now)
        row.drafts.filter(by_id=by.id).delete()
        return ONCE
    if row.second is not None:
        raise Refused("keyed_twice_already")
    if row.first_by_id == by.id:
        raise Refused("keyed_by_you")
    if differences([Keyed(row.code, coded(row.first))], [one]):
        change(row, {"second": one.values, "second_by_id": by.id}, by=by, now=now)
        row.drafts.all().delete()
        return DIFFERS
    _done(slug, row, card, by=by, now=now)
    return AGREED


@transaction.atomic
def settle_card(slug: str, number: int, values: Typed, *, by: Person, now: datetime) -> None:
    """Say what a card says that two people keyed differently: whoever reviews read the paper again."""
    row = card_to("review", slug, number, by=by, now=now)
    if row.second is None:
        raise Refused("keyed_once_only")
    _done(slug, row, _checked(row, values)[1], by=by, now=now)
    _log(row.workspace_id, 1, by=by, now=now)


@transaction.atomic
def drop_card(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Say that a card has nothing to key, or cannot be read: its picture is destroyed, and it is done."""
    row = card_to("review", slug, number, by=by, now=now)
    _empty(row, by=by, now=now)
    _log(row.workspace_id, 1, by=by, now=now)


def _clean(values: Mapping[str, Any]) -> dict[str, str]:
    return coded({name: str(values.get(name, ""))[:LONGEST] for name in FIELDS})


def _checked(row: SheetCard, values: Typed) -> tuple[Keyed, Card]:
    """Hold what was keyed to be a card of these sheets; an empty one says nothing."""
    one = Keyed(row.code, _clean(values))
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
    _empty(row, by=by, now=now)


def _empty(row: SheetCard, *, by: Person, now: datetime) -> None:
    gone: dict[str, Any] = {"picture": None, "first": None, "second": None, "read": {}, "is_done": True}  # fmt: skip
    change(row, gone, by=by, now=now)
    row.drafts.all().delete()
    forget_in_history(row._meta.label_lower, [row.pk])


def _log(workspace_id: int, count: int, *, by: Person, now: datetime) -> None:
    """Write in the log of destruction that pictures of cards ended: a line for all that ended together."""
    if count:
        log_destruction(
            workspace_id,
            because="retention", rule=RULE, what=SheetCard._meta.label_lower, then="emptied",
            counts={SheetCard._meta.label_lower: count}, by=by, now=now,
        )  # fmt: skip
