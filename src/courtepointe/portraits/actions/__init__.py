"""Every write of portraits: kept areas, notices about releases, portraits that people write in."""

from courtepointe.portraits.actions.kept import (
    DRAFT_LIFE,
    KEPT_LIFE,
    MOST_DRAFTS,
    forget_expired,
    keep_draft,
    lift_notice,
    name_area,
    note_told,
    note_uses,
    recall_release,
    supersede_release,
)
from courtepointe.portraits.actions.written import (
    arrange_portrait,
    forget_portraits,
    keep_portrait,
    mark_read,
    publish_edition,
    remove_paragraph,
    rewrite_paragraph,
    withdraw_edition,
    write_paragraph,
)

__all__ = [
    "DRAFT_LIFE",
    "KEPT_LIFE",
    "MOST_DRAFTS",
    "arrange_portrait",
    "forget_expired",
    "forget_portraits",
    "keep_draft",
    "keep_portrait",
    "lift_notice",
    "mark_read",
    "name_area",
    "note_told",
    "note_uses",
    "publish_edition",
    "recall_release",
    "remove_paragraph",
    "rewrite_paragraph",
    "supersede_release",
    "withdraw_edition",
    "write_paragraph",
]
