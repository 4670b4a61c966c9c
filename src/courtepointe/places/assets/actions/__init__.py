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

__all__ = [
    "Taken",
    "accept",
    "correct",
    "drop_files",
    "import_filled",
    "keep_files",
    "merge",
    "propose",
    "refuse",
    "say_who_is_seen",
    "take_files",
    "withdraw",
    "withdraw_for",
]
