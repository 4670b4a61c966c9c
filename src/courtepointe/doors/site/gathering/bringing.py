"""Volunteers of a spreadsheet, from the clean rows of a brought table to the room that keeps them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from courtepointe.doors.site.space.frame import Space
from courtepointe.engagement.actions.volunteers import bring_volunteers
from courtepointe.engagement.kinds import sheet_slots
from courtepointe.engagement.queries.volunteers import codes_taken
from courtepointe.people.bringing import RowRead
from courtepointe.people.bringing.keys import key_of_row

REACHED = ("email", "phone", "contact")


def existing_volunteers(space: Space) -> Mapping[tuple[str, ...], Collection[str]]:
    """Say which codes volunteers have already."""
    taken = codes_taken(space.seen)
    return {("pseudonym",): {key_of_row({"pseudonym": code}, ("pseudonym",)) for code in taken}}


def bring_sheet(space: Space, rows: Sequence[RowRead], batch: str) -> int:
    """Keep the volunteers of clean rows, all or none; give how many.

    Raises
    ------
    BadInput
        The first fault that the room finds: a zone or a skill that it does not know, no consent, a
        contact that is known.
    """
    cells = [_cells(row) for row in rows]
    told = bring_volunteers(space.seen.slug, cells, by=space.by, now=space.now, batch=batch)
    if told.faults:
        raise told.faults[0]
    return told.made


def _cells(row: RowRead) -> dict[str, str]:
    held = row.values
    slots = [slot for code in _codes(held.get("availability")) for slot in sheet_slots().get(code, (code,))]  # fmt: skip
    consented = held.get("consent_date")
    reached = next((text for name in REACHED if (text := _text(held.get(name)))), "")
    return {
        "row": str(row.number),
        "code": _text(held.get("pseudonym")),
        "skills": ";".join(_codes(held.get("skills"))),
        "languages": ";".join(_codes(held.get("languages"))),
        "slots": ";".join(slots),
        "zone": _text(held.get("zone")),
        "contact": reached,
        "consented": consented.isoformat() if isinstance(consented, date) else "",
    }


def _codes(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, tuple | list) else [t for t in [_text(value)] if t]  # fmt: skip


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
