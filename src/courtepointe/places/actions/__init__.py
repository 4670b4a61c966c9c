"""Every write of the directory."""

from __future__ import annotations

from courtepointe.places.actions.imports import (
    Imported,
    Incoming,
    drop_waiting,
    import_directory,
    keep_waiting,
    take_in,
    waiting,
)
from courtepointe.places.actions.pairs import decide_pair, look_for_doubles, merge_pair
from courtepointe.places.actions.parts import (
    add_part,
    change_part,
    count_capacity,
    drop_capacity,
    offer_at,
    offer_no_more,
    remove_part,
)
from courtepointe.places.actions.records import (
    Writing,
    add,
    change_fields,
    close,
    decide_proposal,
    open_again,
    review,
    show_to,
    verify,
)

__all__ = [
    "Imported",
    "Incoming",
    "Writing",
    "add",
    "add_part",
    "change_fields",
    "change_part",
    "close",
    "count_capacity",
    "decide_pair",
    "decide_proposal",
    "drop_capacity",
    "drop_waiting",
    "import_directory",
    "keep_waiting",
    "look_for_doubles",
    "merge_pair",
    "offer_at",
    "offer_no_more",
    "open_again",
    "remove_part",
    "review",
    "show_to",
    "take_in",
    "verify",
    "waiting",
]
