"""Rows of a sheet of volunteers, held against what the workspace has: its zones, its contacts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from courtepointe.core.errors import BadInput
from courtepointe.engagement.brought import HEADER_ROWS, LONGEST_CONTACT, Sheet, read_rows
from courtepointe.engagement.kinds import folded
from courtepointe.engagement.models import VolunteerContact, Zone
from courtepointe.engagement.texts import line
from courtepointe.engagement.values.volunteers import NewVolunteer
from courtepointe.people.sealed import fingerprint


def zones_by_name(workspace: int) -> dict[str, int]:
    """Give the numbers of zones by code and by name, folded."""
    rows = Zone.objects.filter(workspace_id=workspace).values_list("pk", "code", "name")
    return {folded(text): number for number, *texts in rows for text in texts}


def sheet_read(
    workspace: int, rows: Sequence[Mapping[str, str]], *, today: date, file: str = ""
) -> tuple[list[NewVolunteer], list[BadInput]]:
    """Read rows as `brought.read_rows`; give those that can be kept, and every fault of the others."""
    read, faults = read_rows(rows, Sheet(zones_by_name(workspace), today, file))
    return read, faults + _twice([*map(_of_read, read), *_of_others(rows, read)], workspace, file)


def _of_read(one: NewVolunteer) -> tuple[int, str]:
    return one.row, one.contact


def _of_others(
    rows: Sequence[Mapping[str, str]], read: Sequence[NewVolunteer]
) -> Iterator[tuple[int, str]]:
    """Give the contacts of rows that have another fault: they are told whole at once."""
    kept = {one.row for one in read}
    for place, cells in enumerate(rows, start=HEADER_ROWS + 1):
        row, told = int(cells.get("row") or place), cells.get("contact", "")
        if row not in kept and len(told) <= LONGEST_CONTACT:
            yield row, line(told, longest=LONGEST_CONTACT)


def _twice(some: Iterable[tuple[int, str]], workspace: int, file: str) -> list[BadInput]:
    """Say which contacts stand twice in the sheet, or are known already."""
    rows = VolunteerContact.objects.filter(workspace_id=workspace)
    seen = dict.fromkeys(rows.values_list("fingerprint", flat=True), 0)
    faults = []
    for row, contact in some:
        mark = fingerprint(contact)
        if mark and mark in seen:
            faults.append(BadInput("volunteer_twice", file=file, row=row, column="contact", first=seen[mark] or "—"))  # fmt: skip
        seen.setdefault(mark, row)
    return faults
