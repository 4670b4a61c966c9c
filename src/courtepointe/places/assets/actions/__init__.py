"""Every write of contributions."""

from __future__ import annotations

from courtepointe.places.assets.actions.importing import (
    Taken,
    drop_files,
    import_filled,
    keep_files,
    take_files,
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
from courtepointe.places.assets.actions.workshops import (
    add_cards,
    keep_sheets,
    key_card,
    settle_card,
)

__all__ = [
    "Taken",
    "accept",
    "add_cards",
    "correct",
    "drop_files",
    "import_filled",
    "keep_files",
    "keep_sheets",
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
