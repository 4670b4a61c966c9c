"""Every write of contributions."""

from __future__ import annotations

from courtepointe.places.assets.actions.importing import (
    Taken,
    drop_files,
    import_filled,
    keep_files,
    take_files,
)
from courtepointe.places.assets.actions.keying import (
    HandedIn,
    drop_card,
    hand_in,
    keep_typed,
    key_card,
    settle_card,
)
from courtepointe.places.assets.actions.proposing import propose
from courtepointe.places.assets.actions.reviewing import (
    accept,
    correct,
    merge,
    refuse,
    say_who_is_seen,
)
from courtepointe.places.assets.actions.withdrawing import withdraw, withdraw_for
from courtepointe.places.assets.actions.workshops import CardsAdded, add_cards, keep_sheets

__all__ = [
    "CardsAdded",
    "HandedIn",
    "Taken",
    "accept",
    "add_cards",
    "correct",
    "drop_card",
    "drop_files",
    "hand_in",
    "import_filled",
    "keep_files",
    "keep_sheets",
    "keep_typed",
    "key_card",
    "merge",
    "propose",
    "refuse",
    "say_who_is_seen",
    "settle_card",
    "take_files",
    "withdraw",
    "withdraw_for",
]
