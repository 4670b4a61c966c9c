"""Volunteers of a spreadsheet, from the clean rows of a brought table to the room that keeps them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput
from courtepointe.doors.site.space.frame import Space
from courtepointe.engagement.actions.volunteers import bring_volunteers
from courtepointe.engagement.brought import code_kept
from courtepointe.engagement.kinds import sheet_slots
from courtepointe.engagement.queries.sheets import sheet_read
from courtepointe.engagement.queries.volunteers import codes_taken
from courtepointe.people.bringing import RowRead, Unfit
from courtepointe.people.bringing.keys import key_of_row

REACHED = ("email", "phone", "contact")
UNFIT = {
    "skills": ("skills", "skill_not_known"),
    "languages": ("languages", "unknown_language"),
    "slots": ("availability", "unknown_choice"),
    "zone": ("zone", "zone_not_here"),
    "contact": ("contact", "contact_twice"),
    "consented": ("consent_date", "consent_not_in_force"),
}
"""Of a column of the room: the field of the table, and what is said of its cell."""


def existing_volunteers(space: Space) -> Mapping[tuple[str, ...], Collection[str]]:
    """Say which codes volunteers have already."""
    taken = codes_taken(space.seen)
    return {("pseudonym",): {key_of_row({"pseudonym": code}, ("pseudonym",)) for code in taken}}


def look_at_volunteers(
    space: Space, rows: Sequence[RowRead]
) -> tuple[tuple[Unfit, ...], frozenset[int]]:
    """Find the cells that the room cannot take, before anything is written; known volunteers are not looked at."""
    taken = codes_taken(space.seen)
    fresh = {row.number: row for row in rows if code_kept(_text(row.values.get("pseudonym"))) not in taken}  # fmt: skip
    columns = frozenset().union(*(row.values for row in rows))
    told = [_cells(row) | {"contact": _reached(row, columns)} for row in fresh.values()]
    _, faults = sheet_read(space.seen.id, told, today=localdate(space.now))
    unfit = (_unfit(fresh[int(str(one.facts["row"]))], one) for one in faults)
    return tuple(dict.fromkeys(unfit)), frozenset()


def _unfit(row: RowRead, fault: BadInput) -> Unfit:
    column = str(fault.facts["column"])
    field, code = UNFIT[column]
    if column == "contact":
        field = next(name for name in REACHED if _text(row.values.get(name)))
        code = "too_long" if fault.code == "volunteer_cell_long" else code
    return Unfit(row.number, field, code)


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
    return {
        "row": str(row.number),
        "code": _text(held.get("pseudonym")),
        "skills": ";".join(_codes(held.get("skills"))),
        "languages": ";".join(_codes(held.get("languages"))),
        "slots": ";".join(slots),
        "zone": _text(held.get("zone")),
        "contact": _reached(row),
        "consented": consented.isoformat() if isinstance(consented, date) else "",
    }


def _reached(row: RowRead, columns: Collection[str] = ()) -> str:
    """Give how somebody is reached: the first that the row says; nothing while that cell has a fault."""
    for name in REACHED:
        if name in columns and name not in row.values:
            return ""
        if text := _text(row.values.get(name)):
            return text
    return ""


def _codes(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, tuple | list) else [t for t in [_text(value)] if t]  # fmt: skip


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
