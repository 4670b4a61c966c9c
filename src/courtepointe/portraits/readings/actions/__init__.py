"""Every write of shared readings."""

from __future__ import annotations

from courtepointe.portraits.readings.actions.readings import (
    take_back_validation,
    validate_reading,
    write_reading,
)
from courtepointe.portraits.readings.actions.replies import (
    add_reply,
    decline_reply,
    destroy_reply,
    reply_from_workshop,
    show_reply,
)
from courtepointe.portraits.readings.actions.workshops import (
    close_workshop,
    keep_entries,
    open_workshop,
    vote,
)

__all__ = [
    "add_reply",
    "close_workshop",
    "decline_reply",
    "destroy_reply",
    "keep_entries",
    "open_workshop",
    "reply_from_workshop",
    "show_reply",
    "take_back_validation",
    "validate_reading",
    "vote",
    "write_reading",
]
