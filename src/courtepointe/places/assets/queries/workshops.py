"""Sheets of workshops, and their cards to key."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Count, Q

from courtepointe.core.errors import NotFound
from courtepointe.people.values import Person, WorkspaceSeen
from courtepointe.places.assets.models import CardDraft, PrintedSheets, SheetCard
from courtepointe.places.assets.values import CardSeen, SheetsSeen
from courtepointe.places.workshop import PrintedWorkshop, coded, read_record


def sheets_of(workspace: WorkspaceSeen) -> tuple[SheetsSeen, ...]:
    """List the sheets that a workspace printed, the last first."""
    rows = PrintedSheets.objects.filter(workspace_id=workspace.id).annotate(
        n_cards=Count("cards"), n_done=Count("cards", filter=Q(cards__is_done=True))
    )
    return tuple(
        SheetsSeen(row.pk, row.area, row.made, row.n_cards, row.n_done)
        for row in rows.order_by("-made", "-pk")
    )


def printed_sheets(workspace: WorkspaceSeen, number: int) -> tuple[SheetsSeen, PrintedWorkshop]:
    """Give sheets with their record, or `NotFound`."""
    found = next((one for one in sheets_of(workspace) if one.number == number), None)
    if found is None:
        raise NotFound("unknown_sheets")
    row = PrintedSheets.objects.get(pk=number)
    return found, read_record(row.record.encode(), file=row.area)


def cards_of(workspace: WorkspaceSeen, number: int, by: Person) -> tuple[CardSeen, ...]:
    """List the cards of sheets, by their codes."""
    rows = SheetCard.objects.filter(workspace_id=workspace.id, sheets_id=number)
    return tuple(_seen(row, by) for row in rows.defer("picture").order_by("code"))


def cards_to_key(workspace: WorkspaceSeen, number: int, by: Person) -> tuple[CardSeen, ...]:
    """List the cards of sheets that somebody may key, by their codes, with what they began to key.

    Those that nobody keyed, and those that somebody else keyed once.
    """
    rows = SheetCard.objects.filter(workspace_id=workspace.id, sheets_id=number, is_done=False)
    rows = rows.filter(second__isnull=True).exclude(first__isnull=False, first_by_id=by.id)
    begun = CardDraft.objects.filter(card__sheets_id=number, by_id=by.id)
    held = dict(begun.values_list("card_id", "values"))
    found = rows.defer("picture").order_by("code")
    return tuple(replace(_seen(row, by), begun=held.get(row.pk, {})) for row in found)


def card(workspace: WorkspaceSeen, number: int, by: Person) -> CardSeen:
    """Give a card that waits to be keyed, or `NotFound`."""
    row = _waiting(workspace, number)
    begun = row.drafts.filter(by_id=by.id).values_list("values", flat=True).first()
    return replace(_seen(row, by), begun=begun or {})


def card_picture(workspace: WorkspaceSeen, number: int) -> bytes:
    """Give a card's picture as PNG."""
    row = _waiting(workspace, number)
    return bytes(row.picture or b"")


def _waiting(workspace: WorkspaceSeen, number: int) -> SheetCard:
    row = SheetCard.objects.filter(pk=number, workspace_id=workspace.id, is_done=False).first()
    if row is None:
        raise NotFound("unknown_sheets")
    return row


def _seen(row: SheetCard, by: Person) -> CardSeen:
    both = row.first is not None and row.second is not None
    state = "done" if row.is_done else "differs" if both else "once" if row.first is not None else "new"  # fmt: skip
    return CardSeen(
        number=row.pk,
        sheets=row.sheets_id,
        code=row.code,
        state=state,
        is_mine=row.first is not None and row.first_by_id == by.id,
        read=coded(row.read),
        first=coded(row.first or {}) if both else {},
        second=coded(row.second or {}) if both else {},
    )
