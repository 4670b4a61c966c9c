"""Rows of a sheet of volunteers, held against what the workspace has: its zones, its contacts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from courtepointe.core.errors import BadInput
from courtepointe.engagement.brought import Sheet, read_rows
from courtepointe.engagement.kinds import folded
from courtepointe.engagement.models import VolunteerContact, Zone
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
    return read, faults + _twice(read, workspace, file)


def _twice(read: Sequence[NewVolunteer], workspace: int, file: str) -> list[BadInput]:
    """Say which contacts stand twice in the sheet, or are known already."""
    rows = VolunteerContact.objects.filter(workspace_id=workspace)
    seen = dict.fromkeys(rows.values_list("fingerprint", flat=True), 0)
    faults = []
    for one in read:
        mark = fingerprint(one.contact)
        if mark and mark in seen:
            faults.append(BadInput("volunteer_twice", file=file, row=one.row, column="contact", first=seen[mark] or "—"))  # fmt: skip
        seen.setdefault(mark, one.row)
    return faults
